import Foundation
import RuralValueNumerics
import Testing

/// The digits that a NIST StRD regression is held to, as log relative errors.
struct NISTGate: Sendable, CustomTestStringConvertible {
  let name: String
  let coefficients: Double
  let standardErrors: Double
  let summary: Double
  var testDescription: String { name }
}

@Suite struct NISTTests {
  static let gates = [
    NISTGate(name: "Norris", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Pontius", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "NoInt1", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "NoInt2", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Filip", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Longley", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Wampler1", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Wampler2", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Wampler3", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Wampler4", coefficients: 0, standardErrors: 0, summary: 0),
    NISTGate(name: "Wampler5", coefficients: 0, standardErrors: 0, summary: 0),
  ]

  @Test(arguments: gates)
  func `regressions agree with NIST's certified digits`(_ gate: NISTGate) throws {
    let data = try NISTDataset(gate.name)
    let problem = try LeastSquares(data.regressors)
    for steps in [0, 5] {
    let result = try problem.regress(data.outcome, centred: data.hasIntercept, refinementSteps: steps)
    let c = zip(result.coefficients, data.coefficients).map { logRelativeError($0, $1) }.min()!
    let s = zip(result.standardErrors, data.standardErrors).map { logRelativeError($0, $1) }.min()!
    print("LRE", gate.name, steps, c, s, logRelativeError(result.residualStandardDeviation, data.residualStandardDeviation), logRelativeError(result.rSquared, data.rSquared), result.coefficients.count, result.droppedColumns)
    }
  }

  /// −log₁₀ of the relative error, or of the absolute where the certified value is zero; at most 15,
  /// the number of certified digits.
  private func logRelativeError(_ value: Double, _ certified: Double) -> Double {
    let error = abs(value - certified) / (certified == 0 ? 1 : abs(certified))
    return error == 0 ? 15 : min(15, -log10(error))
  }
}
