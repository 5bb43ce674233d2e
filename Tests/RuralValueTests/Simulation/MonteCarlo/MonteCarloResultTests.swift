import Foundation
import TestSupport
import Synchronization
import Testing

@testable import RuralValue

/// What is computed from replications, by hand.
@Suite struct MonteCarloResultTests {
  /// An estimate of P, which is 2, and Hansen's test with 2 degrees of freedom, whose p is exp(−J/2).
  private func estimate(_ value: Double, se: Double = 1, hansen p: Double? = nil) -> MonteCarloDraw {
    let hypothesis = Phrase(verbatim: "valid")
    return MonteCarloDraw(
      estimates: [Estimate(Parameter("P", .variable), value, standardError: se)], truth: [2],
      tests: [
        p.map { TestResult("hansen", hypothesis, -2 * log($0), .chiSquared(2)) }
          ?? TestResult("hansen", hypothesis, notComputed: hypothesis)
      ])
  }

  @Test func `bias, spread, coverage and rejection are those of four draws by hand`() throws {
    let draws = [
      estimate(1, hansen: 0.2), estimate(3, hansen: 0.04), estimate(5, hansen: 0.009), estimate(4.5, se: 2),
    ]
    let heard = Mutex<[String]>([])
    let listener = ProgressReport { done, total, what in
      heard.withLock { $0.append("\(done) of \(total) \(what.english)") }
    }
    let result = try ProgressReport.$current.withValue(listener) {
      try MonteCarlo.run(replications: 4) { replication in
        // What a replication reports of itself is nobody's news.
        if ProgressReport.current != nil { Issue.record("a replication is heard") }
        return draws[replication - 1]
      }
    }
    let term = try #require(result.term("P"))
    #expect(heard.withLock { $0 } == (1...4).map { "\($0) of 4 replications" })
    expectClose(term.mean, 3.375, absolute: 1e-15, from: "13.5/4")
    expectClose(term.bias, 1.375, absolute: 1e-15, from: "3.375 − 2")
    expectClose(
      term.rootMeanSquaredError, (17.25 / 4).squareRoot(), relative: 1e-15, from: "√((1+1+9+6.25)/4)")
    // Intervals [−0.96, 2.96], [1.04, 4.96], [3.04, 6.96], [0.58, 8.42]: the third misses 2.
    expectClose(term.coverage, 0.75, absolute: 0, from: "3 of 4")
    let interval = term.coverageInterval
    expectClose(interval.lower, 0.300641842582402, absolute: 1e-14, from: "Wilson's formula in numpy")
    expectClose(interval.upper, 0.954412739190299, absolute: 1e-14, from: "Wilson's formula in numpy")
    // z is 1, 3, 5 and 2.25.
    expectClose(term.rejectionRate(level: 0.05), 0.75, absolute: 0, from: "3 of 4")
    expectClose(term.rejectionRate(level: 0.01), 0.5, absolute: 0, from: "2 of 4")
    expectClose(term.meanStandardError, 1.25, absolute: 1e-15, from: "5/4")
    for (p, expected) in zip(try #require(result.test("hansen")?.pValues), [0.2, 0.04, 0.009]) {
      expectClose(p, expected, relative: 1e-13, from: "exp(−J/2)")
    }
    #expect(result.test("hansen")?.pValues.count == 3)
  }

  @Test(arguments: [
    (0, 20, 0, 0.161125158052819), (20, 20, 0.838874841947181, 1),
    (1, 3, 0.061491944720396, 0.792340399197952), (0, 0, 0, 1),
  ]) func `Wilson's interval has a length where all or none cover`(
    successes: Int, trials: Int, lower: Double, upper: Double
  ) {
    let interval = WilsonInterval(successes: successes, trials: trials)
    expectClose(interval.lower, lower, absolute: 1e-14, from: "Wilson's formula in numpy")
    expectClose(interval.upper, upper, absolute: 1e-14, from: "Wilson's formula in numpy")
  }

  @Test func `a replication whose numbers fail is counted and left out, another error is not`() throws {
    let result = try MonteCarlo.run(replications: 3) { number in
      if number == 2 { throw DynamicPanelError.overflow(what: "X") }
      return estimate(2)
    }
    #expect(result.failures.map(\.replication) == [2] && result.estimated == 2)
    #expect(result.termTable(levels: [0.05]).notes.count == 3)
    #expect(throws: SimulationError.self) {
      try MonteCarlo.run(replications: 2) { _ in throw DynamicPanelError.overflow(what: "X") }
    }
    #expect(throws: DynamicPanelError.self) {
      try MonteCarlo.run(replications: 2) { _ in
        throw DynamicPanelError.unreadableCombination(text: "P+")
      }
    }
  }

  @Test func `a replication is the same whatever ran before it`() throws {
    let design = SimulationDesign(
      units: (1...30).map { "u\($0)" }, periods: 2016...2022, outcome: "V",
      coefficients: [TermCoefficient("P", 0.2)], seed: 9)
    let simulation = DynamicPanelSimulationSpecification(design, lag: 0.4)
    let trial = DynamicPanelTrial(
      simulation, estimator: DynamicPanelSpecification(try simulation.formula))
    let third = try trial.draw(3)
    _ = try trial.draw(1)
    #expect(try trial.draw(3) == third)
    #expect(try trial.draw(2) != third)
  }
}
