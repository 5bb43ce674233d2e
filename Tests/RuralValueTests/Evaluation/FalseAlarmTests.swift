import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// How often control limits warn where nothing happens.
@Suite struct FalseAlarmTests {
  @Test func `with sigma known 2.3 % of cells warn on the bad side and 0.13 % are red`() {
    expectClose(FalseAlarms.nominal.warned, 0.0227501319, relative: 1e-8, from: "a normal table")
    expectClose(FalseAlarms.nominal.red, 0.0013498980316, relative: 1e-8, from: "a normal table")
  }

  @Test
  func `few changes in the baseline make more alarms, and the share falls towards that of a known sigma`() {
    let shares = [3, 4, 5, 6, 8, 20].map { FalseAlarms.simulated(changes: $0) }
    for (fewer, more) in zip(shares, shares.dropFirst()) {
      #expect(fewer.warned > more.warned && fewer.red > more.red)
    }
    #expect(shares.allSatisfy { $0.warned > FalseAlarms.nominal.warned })
    // Three simulation errors of 80,000 draws are .4 points at 12 %.
    expectClose(
      shares[0].warned, FalseAlarms.simulated(changes: 3, seed: 2).warned, absolute: 0.004,
      from: "another seed")
    expectClose(
      shares[4].red, FalseAlarms.simulated(changes: 8, seed: 2).red, absolute: 0.002, from: "another seed")
  }

  /// Whole series through the estimator: random walks, whose changes are independent, and levels that are.
  @Test
  func `the estimator's alarms on stable series are those that the table foretells for independent changes`()
    throws
  {
    func share(ofLevels areIndependent: Bool) throws -> (warned: Double, red: Double) {
      var generator = CounterBasedGenerator(seed: 12)
      let (units, periods) = (6000, 7)
      var values: [Double] = []
      for _ in 0..<units {
        var level = 0.0
        for _ in 0..<periods {
          let step = generator.normal()
          level = areIndependent ? step : level + step
          values.append(level)
        }
      }
      let panel = try Panel(
        source: "p", unitOfRow: (0..<units).flatMap { unit in (0..<periods).map { _ in "c\(unit)" } },
        timeOfRow: (0..<units).flatMap { _ in (0..<periods).map { 2012 + $0 } },
        variables: [(name: "x", values: values)])
      let card = Scorecard(
        source: "card",
        indicators: [
          ScorecardIndicator(
            Indicator(
              index: "A", dimension: "", name: Phrase(verbatim: "x"), column: "x", direction: .positive),
            weight: 1, general: .init(target: 1))
        ])
      var specification = EvaluationSpecification(scorecard: card)
      specification.rule = .control(from: 2012, to: 2017)
      let indicator = try EvaluationEstimator.fit(panel, specification).indicators[0]
      #expect(indicator.judgedCount == units && Set(indicator.baselineChanges) == [5])
      let colours = indicator.colours
      return (
        Double(colours.count { $0 == .yellow || $0 == .red }) / Double(units),
        Double(colours.count { $0 == .red }) / Double(units)
      )
    }
    let foretold = FalseAlarms.simulated(changes: 5)
    let walks = try share(ofLevels: false)
    // Three standard errors of 6,000 cells: .011 at 8 %, .006 at 2.5 %.
    expectClose(walks.warned, foretold.warned, absolute: 0.012, from: "FalseAlarms")
    expectClose(walks.red, foretold.red, absolute: 0.007, from: "FalseAlarms")
    let levels = try share(ofLevels: true)
    #expect(levels.warned < walks.warned, "moving ranges of differences overstate sigma: \(levels) \(walks)")
  }
}
