import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What must hold of any scorecard on any panel.
@Suite struct EvaluationIdentityTests {
  /// A random card of five indicators, + and − in turn, and a panel of counties in which some values are missing.
  private struct Draw {
    let card: Scorecard
    let panel: Panel

    init(_ seed: UInt64, missing: Double = 0.05, units: Int = 14, periods: Int = 7) throws {
      var generator = CounterBasedGenerator(seed: seed)
      let weights = (0..<5).map { _ in 0.1 + generator.uniform() }
      let total = weights.reduce(0, +)
      card = Scorecard(
        source: "card.csv",
        indicators: (0..<5).map { j in
          let sign = j % 2 == 0 ? 1.0 : -1.0
          return ScorecardIndicator(
            Indicator(
              index: "A", dimension: j < 3 ? "one" : "two", name: Phrase(verbatim: "x\(j)"), column: "x\(j)",
              direction: sign > 0 ? .positive : .negative), weight: weights[j] / total,
            general: .init(target: 5 + sign, yellow: 5, red: 5 - sign))
        })
      var values = (0..<5).map { _ in [Double]() }
      for _ in 0..<units * periods {
        for j in 0..<5 {
          let value = (10 * (4 + 2 * generator.uniform())).rounded() / 10
          values[j].append(generator.uniform() < missing ? .nan : value)
        }
      }
      panel = try Panel(
        source: "panel.csv", unitOfRow: (0..<units).flatMap { unit in (0..<periods).map { _ in "c\(unit)" } },
        timeOfRow: (0..<units).flatMap { _ in (0..<periods).map { 2012 + $0 } },
        variables: values.enumerated().map { (name: "x\($0)", values: $1) })
    }

    func result(_ change: (inout EvaluationSpecification) -> Void = { _ in }) throws -> EvaluationResult {
      var specification = EvaluationSpecification(scorecard: card)
      change(&specification)
      return try EvaluationEstimator.fit(panel, specification)
    }
  }

  @Test func `obstacle shares add up to one where anything is lacking`() throws {
    for seed in 1...20 {
      let result = try Draw(UInt64(seed)).result { $0.missing = .renormalise }
      for place in 0..<result.count {
        let shares = result.indices[0].obstacleShares(place, result.indicators).compactMap(\.self)
        guard !shares.isEmpty else { continue }
        expectClose(shares.reduce(0, +), 1, absolute: 1e-12, from: "the whole")
      }
    }
  }

  @Test func `with a release of one the colour that stands is the colour of the day`() throws {
    for seed in 1...20 {
      let result = try Draw(UInt64(seed)).result()
      for indicator in result.indicators {
        for (place, colour) in indicator.colours.enumerated() {
          guard let colour else {
            #expect(indicator.standings[place].isStale)
            continue
          }
          #expect(indicator.standings[place].colour == colour)
        }
      }
    }
  }

  @Test func `what stands is the worst of the last observations, and never better under a longer release`()
    throws
  {
    var generator = CounterBasedGenerator(seed: 4)
    for _ in 0..<3000 {
      let colours = (0..<9).map { _ in WarningColour(rawValue: generator.integer(below: 4)) }
      var earlier: [WarningColour?] = colours.map { _ in nil }
      for release in 1...3 {
        let own = StandingWarning.run(colours, release: release)
        var seen: [WarningColour] = []
        for (place, colour) in colours.enumerated() {
          if let colour { seen.append(colour) }
          #expect(own[place].colour == seen.suffix(release).max())
          if let before = earlier[place], let now = own[place].colour { #expect(now >= before) }
        }
        earlier = own.map(\.colour)
      }
    }
  }

  @Test func `a county that reaches every target has score one, all green, and nothing to answer for`() throws
  {
    let draw = try Draw(1, missing: 0)
    let met = draw.panel.with(
      draw.card.indicators.map { entry in
        let target = entry.general?.target ?? 0
        return (name: entry.indicator.column, values: (0..<draw.panel.rowCount).map { _ in target })
      })
    for attainment in EvaluationSpecification.Attainment.allCases {
      var specification = EvaluationSpecification(scorecard: draw.card)
      specification.attainment = attainment
      let result = try EvaluationEstimator.fit(met, specification)
      #expect(result.indices[0].scores.allSatisfy { abs($0 - 1) < 1e-15 })
      #expect(result.indices[0].colours.allSatisfy { $0 == .green })
      #expect(result.list.entries.isEmpty)
      #expect(result.indices[0].ranks.allSatisfy { $0 == 1 })
    }
  }

  @Test func `a value on a threshold has the better colour, one just beyond it the worse`() {
    for (isPositive, yellow, red) in [(true, 50.0, 30.0), (false, 30, 50)] {
      func colour(_ value: Double) -> WarningColour {
        ColourRule.fixed(value, isPositive: isPositive, yellow: yellow, red: red)
      }
      func beyond(_ value: Double) -> Double { isPositive ? value.nextDown : value.nextUp }
      #expect(colour(yellow) == .green && colour(beyond(yellow)) == .yellow)
      #expect(colour(red) == .yellow && colour(beyond(red)) == .red)
    }
  }

  @Test
  func `a share of the target that is a written decimal is reached, whatever the rounding of its product`() {
    // 0.8 · 0.75 is 0.6000000000000001 in binary.
    func colour(_ value: Double, _ isPositive: Bool, target: Double) -> WarningColour? {
      ColourRule.share(value, isPositive: isPositive, target: target, green: 1, yellow: 0.8)
    }
    #expect(colour(0.6, true, target: 0.75) == .yellow && colour(0.5999999, true, target: 0.75) == .red)
    #expect(colour(2.375, false, target: 1.9) == .yellow && colour(2.3750001, false, target: 1.9) == .red)
    #expect(colour(1.9, false, target: 1.9) == .green && colour(1, true, target: 0) == nil)
  }

  @Test func `an increasing transformation changes no colour by quantiles`() throws {
    var generator = CounterBasedGenerator(seed: 9)
    for draw in 0..<200 {
      let count = 3 + draw % 40
      let values = (0..<count).map { _ in (20 * generator.uniform()).rounded() / 4 - 2 }
      for isPositive in [true, false] {
        let own = ColourRule.quantile(values, isPositive: isPositive, red: 0.2, yellow: 0.4)
        let moved = ColourRule.quantile(
          values.map { $0 * $0 * $0 + 5 * $0 - 3 }, isPositive: isPositive, red: 0.2, yellow: 0.4)
        #expect(own == moved)
        #expect(own.count { $0 == .red } <= Int((0.2 * Double(count - 1)).rounded(.up)))
      }
    }
  }

  @Test func `a quantile at a whole place is the value there, whatever the rounding of its product`() {
    // 0.55 · 100 is 55.00000000000001 in binary.
    let values = (0...100).map(Double.init)
    let own = ColourRule.quantile(values, isPositive: true, red: 0.55, yellow: 0.55)
    #expect(own.count { $0 == .red } == 55)
  }

  @Test func `quantile colours are those of the quantiles of type 7`() {
    var generator = CounterBasedGenerator(seed: 2)
    for draw in 0..<300 {
      let values = (0..<(4 + draw % 30)).map { _ in (8 * generator.uniform()).rounded() }
      let own = ColourRule.quantile(values, isPositive: true, red: 0.23, yellow: 0.41)
      let (red, yellow) = (
        Quantile.value(at: 0.23, ofSorted: values.sorted()),
        Quantile.value(at: 0.41, ofSorted: values.sorted())
      )
      #expect(own == values.map { $0 < red ? .red : $0 < yellow ? .yellow : .green })
    }
  }

  @Test func `the order of rows and the scale of weights inside TOPSIS change no score`() throws {
    let draw = try Draw(5)
    let order = Array((0..<draw.panel.rowCount).reversed())
    let moved = try Panel(
      source: "panel.csv", unitOfRow: order.map { draw.panel.unit(ofRow: $0) },
      timeOfRow: order.map { draw.panel.period(ofRow: $0) },
      variables: draw.card.columns.map { name in
        let values = (try? draw.panel.values(of: name)) ?? []
        return (name: name, values: order.map { values[$0] })
      })
    for weighting in [EvaluationSpecification.Weighting.given, .topsis] {
      var specification = EvaluationSpecification(scorecard: draw.card)
      specification.weighting = weighting
      let (one, other) = (
        try EvaluationEstimator.fit(draw.panel, specification),
        try EvaluationEstimator.fit(moved, specification)
      )
      for place in 0..<one.count {
        let there = try other.place(one.unit(place), one.time(place))
        let (a, b) = (one.indices[0].scores[place], other.indices[0].scores[there])
        #expect(a == b || a.isNaN && b.isNaN)
      }
    }
  }

  @Test func `a county without a row in the last year is on the list with what stood, stale`() throws {
    let draw = try Draw(7, missing: 0)
    let kept = (0..<draw.panel.rowCount).filter {
      draw.panel.unit(ofRow: $0) != "c3" || draw.panel.period(ofRow: $0) < 2018
    }
    let panel = try Panel(
      source: "panel.csv", unitOfRow: kept.map { draw.panel.unit(ofRow: $0) },
      timeOfRow: kept.map { draw.panel.period(ofRow: $0) },
      variables: try draw.card.columns.map { name in
        let values = try draw.panel.values(of: name)
        return (name: name, values: kept.map { values[$0] })
      })
    let whole = try draw.result()
    let result = try EvaluationEstimator.fit(panel, EvaluationSpecification(scorecard: draw.card))
    let place = try result.place("c3", 2018)
    for (own, all) in zip(result.indicators, whole.indicators) {
      #expect(own.standings[place].colour == all.standings[place - 1].colour)
      #expect(own.standings[place].isStale && own.reasons[place] == .missing)
    }
    #expect(result.indices[0].scores[place].isNaN && result.indices[0].colours[place] == nil)
  }

  @Test func `regions put their thresholds in the place of the general row and fill up from it`() throws {
    let card = try Scorecard(
      smallTable(
        """
        index,dimension,indicator,column,direction,target,yellow,red,weight,region
        A,d,Talents,x,+,60,50,30,1,
        A,d,Talents,x,+,40,30,,,North
        """, source: "card.csv"))
    let table = smallTable(
      """
      county,year,region,x
      a,2020,North,35
      b,2020,South,35
      c,2020,North,29
      """)
    let regions = try GroupColumn(table, column: "region")
    let panel = try Panel(
      table, unitColumn: "county", timeColumn: "year", variables: ["x"], levels: nil, groups: [regions])
    var specification = EvaluationSpecification(scorecard: card)
    specification.region = regions
    let result = try EvaluationEstimator.fit(panel, specification)
    #expect(result.indicators[0].colours == [.green, .yellow, .red])
    #expect(result.indicators[0].targets == [40, 60, 40])
    expectClose(result.indices[0].scores[0], 35.0 / 40, relative: 1e-15, from: "35 of 40")
  }

  @Test func `Sen's slope and Mann–Kendall's p are those of a count by hand`() throws {
    let times = (0..<8).map { Double($0) }
    let trend = try #require(SensSlope(times: times, values: [1, 2, 3, 4, 6, 5, 7, 8]))
    // S = 28 − 2 = 26, variance 8·7·21/18 = 65.333; z = 25/8.0829 = 3.0930.
    expectClose(
      try #require(trend.mannKendall), 2 * Normal().upperTail(at: 25 / (8.0 * 7 * 21 / 18).squareRoot()),
      relative: 1e-12, from: "S = 26")
    expectClose(trend.slope, 1, absolute: 1e-15, from: "the median of 28 slopes")
    #expect(SensSlope(times: [0, 1, 2], values: [1, 2, 3])?.mannKendall == nil)
    #expect(SensSlope(times: times, values: times.map { _ in 2 })?.mannKendall == nil)
    #expect(SensSlope(times: [0], values: [1]) == nil)
  }

  @Test func `of ten years of noise few have a trend that leads to a year`() throws {
    var generator = CounterBasedGenerator(seed: 18)
    let times = (0..<10).map { Double($0) }
    let trends = (0..<2000).compactMap { _ in
      SensSlope(times: times, values: times.map { _ in generator.normal() })
    }
    let rising = trends.filter { $0.slope > 0 }
    // Half rise; by the normal form 8.5 % of series have a p below .1, half of which rise.
    #expect((900...1100).contains(rising.count))
    #expect((50...130).contains(rising.count { !$0.couldBeNoise }), "\(rising.count { !$0.couldBeNoise })")
  }
}
