import RuralValue
import TestSupport
import Testing

@Suite struct EntropyEstimatorTests {
  static func panel(
    units: [String] = ["a", "b", "c"], periods: [Int] = [2012, 2013], _ variables: [(String, [Double])]
  ) throws -> Panel {
    try Panel(
      source: "panel.csv", unitColumn: "county", timeColumn: "year",
      unitOfRow: units.flatMap { unit in periods.map { _ in unit } },
      timeOfRow: units.flatMap { _ in periods }, variables: variables.map { (name: $0.0, values: $0.1) })
  }

  static func system(_ columns: [(String, Indicator.Direction)]) throws -> IndicatorSystem {
    try IndicatorSystem(
      columns.map { column, direction in
        Indicator(
          index: "V", dimension: "economic", name: Phrase(verbatim: column), column: column,
          direction: direction)
      })
  }

  @Test func `one county with everything has entropy 0 and equal counties have entropy 1`() throws {
    let panel = try Self.panel(periods: [2012], [("x", [0, 0, 5]), ("y", [1, 2, 2])])
    let result = try EntropyEstimator.fit(
      panel, EntropySpecification(system: Self.system([("x", .positive), ("y", .positive)])))
    expectClose(result.indicators[0].entropy, 0, absolute: 1e-15, from: "p = (0, 0, 1)")
    // y′ = (0, 1, 1): p = (0, ½, ½), e = ln 2 / ln 3.
    expectClose(result.indicators[1].entropy, 0.630929753571457437, relative: 1e-15, from: "ln 2 / ln 3")
    expectClose(
      result.indicators[0].weight, 1 / (2 - 0.630929753571457437), relative: 1e-14, from: "d₁/(d₁ + d₂)")
  }

  @Test func `a negative indicator counts from its maximum`() throws {
    let panel = try Self.panel(periods: [2012], [("x", [1, 2, 5]), ("y", [-1, -2, -5])])
    func scores(_ column: String, _ direction: Indicator.Direction) throws -> [Double] {
      try EntropyEstimator.fit(panel, EntropySpecification(system: Self.system([(column, direction)])))
        .scores[0].values
    }
    #expect(try scores("x", .negative) == [1, 0.75, 0])
    #expect(try scores("x", .negative) == scores("y", .positive))
  }

  @Test func `the weights of an index add up to 1 in every period and on average`() throws {
    let panel = try Self.panel([
      ("x", [1, 2, 3, 5, 8, 13]), ("y", [4, 1, 5, 9, 2, 6]), ("z", [2, 7, 1, 8, 2, 8]),
    ])
    let system = try Self.system([("x", .positive), ("y", .negative), ("z", .positive)])
    for weighting in EntropySpecification.Weighting.allCases {
      let result = try EntropyEstimator.fit(panel, EntropySpecification(system: system, weighting: weighting))
      expectClose(result.indicators.reduce(0) { $0 + $1.weight }, 1, absolute: 1e-14, from: "Σ w")
      for period in result.periods.indices {
        expectClose(
          result.indicators.reduce(0) { $0 + $1.weightByPeriod[period] }, 1, absolute: 1e-14, from: "Σ w")
      }
    }
  }

  @Test func `the final weight of annual-mean is the mean of the periods' weights`() throws {
    let panel = try Self.panel([("x", [1, 2, 3, 5, 8, 13]), ("y", [4, 1, 5, 9, 2, 6])])
    let result = try EntropyEstimator.fit(
      panel, EntropySpecification(system: Self.system([("x", .positive), ("y", .positive)])))
    for indicator in result.indicators {
      expectClose(
        indicator.weight, indicator.weightByPeriod.reduce(0, +) / 2, relative: 1e-15, from: "the mean")
    }
  }

  @Test func `the scores of the dimensions add up to the index`() throws {
    let panel = try Self.panel([("x", [1, 2, 3, 5, 8, 13]), ("y", [4, 1, 5, 9, 2, 6])])
    let indicators = [("x", "economic"), ("y", "social")].map { column, dimension in
      Indicator(
        index: "V", dimension: dimension, name: Phrase(verbatim: column), column: column, direction: .positive
      )
    }
    for weighting in EntropySpecification.Weighting.allCases {
      let result = try EntropyEstimator.fit(
        panel, EntropySpecification(system: IndicatorSystem(indicators), weighting: weighting))
      #expect(result.scores.map(\.columnName) == ["V", "V_economic", "V_social"])
      for row in 0..<panel.rowCount {
        expectClose(
          result.scores[1].values[row] + result.scores[2].values[row], result.scores[0].values[row],
          absolute: 1e-15, from: "the whole index")
      }
    }
    let rescaled = try EntropyEstimator.fit(
      panel, EntropySpecification(system: IndicatorSystem(indicators), subIndex: .rescaled))
    expectClose(rescaled.scores[1].values.max()!, 1, absolute: 1e-15, from: "the best x′")
  }

  @Test func `permuting the rows permutes the scores and leaves the weights`() throws {
    let panel = try Self.panel([("x", [1, 2, 3, 5, 8, 13]), ("y", [4, 1, 5, 9, 2, 6])])
    let order = [3, 0, 5, 1, 4, 2]
    let shuffled = try Panel(
      source: "panel.csv", unitOfRow: order.map { panel.unit(ofRow: $0) },
      timeOfRow: order.map { panel.period(ofRow: $0) },
      variables: try ["x", "y"].map { name in
        let values = try panel.values(of: name)
        return (name: name, values: order.map { values[$0] })
      })
    let specification = try EntropySpecification(system: Self.system([("x", .positive), ("y", .positive)]))
    let (a, b) = (
      try EntropyEstimator.fit(panel, specification), try EntropyEstimator.fit(shuffled, specification)
    )
    for (one, other) in zip(a.indicators, b.indicators) {
      expectClose(other.weight, one.weight, relative: 1e-14, from: "the rows in order")
    }
    for row in 0..<6 {
      let place = try #require(
        (0..<6).first { b.unitOfRow[$0] == a.unitOfRow[row] && b.periodOfRow[$0] == a.periodOfRow[row] })
      expectClose(
        b.scores[0].values[place], a.scores[0].values[row], relative: 1e-14, from: "the rows in order")
    }
  }

  @Test func `a change of unit or origin changes no weight`() throws {
    let x: [Double] = [1, 2, 3, 5, 8, 13]
    let panel = try Self.panel([("x", x), ("u", x.map { 1000 * $0 + 7 }), ("y", [4, 1, 5, 9, 2, 6])])
    func weight(_ column: String) throws -> Double {
      try EntropyEstimator.fit(
        panel, EntropySpecification(system: Self.system([(column, .positive), ("y", .positive)]))
      ).indicators[0].weight
    }
    expectClose(try weight("u"), try weight("x"), relative: 1e-13, from: "the same indicator in other units")
  }

  @Test func `the do-file that divides by the logarithm of the years reverses the ranking`() throws {
    // Two counties over nine years: x is nearly even, y is concentrated, so y tells more apart.
    let x: [Double] = (0..<18).map { 50 + Double($0 % 5) }
    let y: [Double] = (0..<18).map { $0 == 3 ? 100 : Double($0 % 3) }
    let panel = try Self.panel(units: ["a", "b"], periods: Array(2012...2020), [("x", x), ("y", y)])
    let result = try EntropyEstimator.fit(
      panel,
      EntropySpecification(
        system: Self.system([("x", .positive), ("y", .positive)]), weighting: .pooled))
    #expect(result.indicators.allSatisfy { (0...1).contains($0.entropy) })
    #expect(result.indicators[1].weight > result.indicators[0].weight)

    // The do-file: shares over all n·T rows, but k = 1/ln T.
    func trap(_ values: [Double]) -> Double {
      let (low, high) = (values.min()!, values.max()!)
      let shares = values.map { ($0 - low) / (high - low) }
      let sum = shares.reduce(0, +)
      return -shares.map { $0 / sum }.filter { $0 > 0 }.reduce(0) { $0 + $1 * log($1) } / log(9)
    }
    let wrongEntropies = [trap(x), trap(y)]
    #expect(wrongEntropies[0] > 1, "the do-file's entropy leaves the interval")
    let wrongDivergences = wrongEntropies.map { 1 - $0 }
    let sum = wrongDivergences.reduce(0, +)
    let wrongWeights = wrongDivergences.map { $0 / sum }
    #expect(abs(wrongWeights[0] - result.indicators[0].weight) > 0.1, "the trap's weights are not ours")
  }

  @Test
  func `with a floor no score is 0, and without entropy's part scores are the old ones moved and shrunk`()
    throws
  {
    // One county is worst in both, and the second indicator is the first upside down.
    let panel = try Self.panel(
      periods: [2012, 2013], [("x", [0, 1, 2, 5, 4, 3]), ("y", [0, -1, -2, -5, -4, -3])])
    let system = try Self.system([("x", .positive), ("y", .negative)])
    let plain = try EntropyEstimator.fit(panel, EntropySpecification(system: system))
    let raised = try EntropyEstimator.fit(panel, EntropySpecification(system: system, floor: 0.01))
    #expect(plain.scores[0].values[0] == 0)
    for (score, old) in zip(raised.scores[0].values, plain.scores[0].values) {
      // Weights are ½ each in both, for the indicators are the same.
      expectClose(score, 0.01 + 0.99 * old, relative: 1e-14, from: "a + (1 − a)x′")
    }
    #expect(
      raised.weightTable.notes[0].english.contains("min–max over all periods to the range from 0.01 to 1"))
    #expect(raised.weightTable.notes[0].chinese.contains("[0.01, 1]"))
    for floor in [-0.1, 1, Double.nan] {
      let error = #expect(throws: EntropyError.self) {
        try EntropySpecification(system: system, floor: floor)
      }
      #expect(error?.kind == .usage && error?.description.contains("from 0 to below 1") == true)
    }
  }

  @Test func `a constant year does not bring a score down to 0 below a floor`() throws {
    let panel = try Self.panel(periods: [2012, 2013], [("x", [3, 1, 3, 2, 3, 5])])
    let result = try EntropyEstimator.fit(
      panel,
      EntropySpecification(
        system: Self.system([("x", .positive)]), weighting: .pooled, normalisation: .annual, floor: 0.05))
    // x is the same in 2012.
    expectSame(
      result.scores[0].values.enumerated().filter { $0.offset % 2 == 0 }.map(\.element), [0.05, 0.05, 0.05])
  }

  @Test func `an indicator with more than half of its index's weight is named in the tables of weights`()
    throws
  {
    // x is one county's alone, y and z hardly differ.
    let panel = try Self.panel(periods: [2012], [("x", [0, 0, 5]), ("y", [1, 2, 2]), ("z", [2, 1, 2])])
    func cautions(_ columns: [String]) throws -> [Phrase] {
      let result = try EntropyEstimator.fit(
        panel, EntropySpecification(system: Self.system(columns.map { ($0, .positive) })))
      #expect(result.weightTable.cautions == result.weightSummaryTable.cautions)
      return result.weightTable.cautions
    }
    // d is 1 for x and 1 − ln 2/ln 3 = 0.369 for y and z: 1/1.738 = 0.575.
    let caution = try #require(try cautions(["x", "y", "z"]).first)
    #expect(caution.english.hasPrefix("More than half of the weight rests on one indicator: V (x, 58 %)."))
    #expect(caution.chinese.hasPrefix("单个指标的权重过半：V（x，58%）。"))
    // Of two alike one has half; of one alone nothing is to be said.
    #expect(try cautions(["y", "z"]).isEmpty && cautions(["x"]).isEmpty)
    // 1/1.369 = 0.73 is more than two thirds.
    #expect(try cautions(["x", "y"]).count == 1)
  }

  @Test func `a nearly even indicator keeps its digits`() throws {
    // p = (1 + δ, 1 − δ)/2 up to the shift: d = δ²/(2 ln 2) (1 + δ²/6 + …), far below the rounding of 1 − e.
    let panel = try Self.panel(units: ["a", "b"], periods: [2012], [("x", [0, 1])])
    let shift = 1e6
    let result = try EntropyEstimator.fit(
      panel, EntropySpecification(system: Self.system([("x", .positive)]), shift: shift))
    let delta = 0.5 / (shift + 0.5)
    expectClose(
      result.indicators[0].divergence, delta * delta / (2 * log(2)), relative: 1e-9, from: "the series in δ")
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif
