import RuralValueNumerics
import TestSupport
import Testing

/// A row of `Fixtures/reference/probability/tails.csv`.
struct TailReference: Sendable, CustomTestStringConvertible {
  let name: String
  let parameters: [Double]
  let x: Double
  let lower: Double
  let upper: Double
  let logLower: Double
  let logUpper: Double
  let logDensity: Double

  /// The distribution that the row is of.
  var distribution: any ContinuousDistribution {
    switch name {
    case "normal": Normal()
    case "t": StudentT(degreesOfFreedom: parameters[0])
    case "chi-squared": ChiSquared(degreesOfFreedom: parameters[0])
    default:
      FDistribution(
        numeratorDegreesOfFreedom: parameters[0], denominatorDegreesOfFreedom: parameters[1])
    }
  }

  var testDescription: String { "\(name)\(parameters) at \(x)" }

  static func load() throws -> [TailReference] {
    let text = try ProjectFiles.fixtureText("reference/probability/tails.csv")
    return text.split(separator: "\n").dropFirst(2).map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = fields.dropFirst(3).map { Double($0) ?? .nan }
      return TailReference(
        name: String(fields[0]), parameters: fields[1...2].compactMap { Double($0) }, x: numbers[0],
        lower: numbers[1], upper: numbers[2], logLower: numbers[3], logUpper: numbers[4],
        logDensity: numbers[5])
    }
  }
}
