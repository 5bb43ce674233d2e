import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Price indices against exact fractions and 40-digit logarithms: reference/evaluation/evaluate.json and published.json, 1e-10.
@Suite struct PriceIndexTests {
  private func compare(_ own: PriceIndices, _ expected: [String: Any], _ what: String) {
    for (key, value) in [
      ("laspeyres", own.laspeyres), ("paasche", own.paasche), ("fisher", own.fisher),
      ("tornqvist", own.tornqvist),
    ] {
      expectDefinedAlike(value, expected[key], absolute: 1e-12, from: "the reference", "\(what): \(key)")
    }
  }

  private func bundle(_ prices: [Double], _ quantities: [Double]) -> [PriceIndices.Item?] {
    zip(prices, quantities).map { PriceIndices.Item(price: $0, quantity: $1) }
  }

  private func prices() throws -> Table {
    let lines = try ProjectFiles.fixtureText("reference/evaluation/prices.csv")
    return smallTable(lines, source: "prices.csv")
  }

  @Test func `indices over time are those of the reference, by a fixed base and chained`() throws {
    let reference = try #require(try evaluationReference("evaluate.json")["prices"] as? [String: Any])
    let time = try #require(reference["over_time"] as? [String: Any])
    let result = try PriceIndexEstimator.fit(try prices())
    #expect(result.overTime.count == 12)
    for row in result.overTime {
      let place = try #require(time[row.unit] as? [String: Any])
      let year = try #require(place["\(row.to)"] as? [String: Any])
      compare(row.fixed, try #require(year["fixed"] as? [String: Any]), "\(row.unit) \(row.to), fixed")
      compare(row.chained, try #require(year["chained"] as? [String: Any]), "\(row.unit) \(row.to), chained")
      #expect(row.fixed.coverage == 1 && row.chained.coverage == 1)
    }
  }

  @Test func `levels across places are those of the reference`() throws {
    let reference = try #require(try evaluationReference("evaluate.json")["prices"] as? [String: Any])
    let across = try #require(reference["across_counties"] as? [String: Any])
    let result = try PriceIndexEstimator.fit(try prices())
    #expect(result.acrossPlaces.count == 3)
    for row in result.acrossPlaces {
      let period = try #require(row.period)
      let year = try #require(across["\(period)"] as? [String: Any])
      let fisher = try #require(year["geks_fisher"] as? [String: Double])
      let tornqvist = try #require(year["geks_tornqvist"] as? [String: Double])
      let against = try #require(year["against_m1"] as? [String: [String: Any]])
      for (place, unit) in row.units.enumerated() {
        compare(row.againstBase[place], try #require(against[unit]), "\(unit) against m1")
        expectClose(
          try #require(row.fisher)[place], try #require(fisher[unit]), absolute: 1e-12, from: "evaluate.json")
        expectClose(
          try #require(row.tornqvist)[place], try #require(tornqvist[unit]), absolute: 1e-12,
          from: "evaluate.json")
      }
    }
  }

  @Test func `an item of quantity zero, equal prices and tripled prices are as in the reference`() throws {
    let reference = try #require(try evaluationReference("evaluate.json")["prices"] as? [String: Any])
    let cases = try #require(reference["edge"] as? [[String: Any]])
    #expect(cases.count == 3)
    for one in cases {
      func numbers(_ key: String) throws -> [Double] { try #require(one[key] as? [Double]) }
      compare(
        PriceIndices(
          base: bundle(try numbers("p0"), try numbers("q0")),
          current: bundle(try numbers("p1"), try numbers("q1"))),
        one, try #require(one["name"] as? String))
    }
  }

  @Test func `the manual's six goods over five years come out as it defines them`() throws {
    let manual = try #require(
      try evaluationReference("published.json")["price_index_manual"] as? [String: Any])
    let (p, q) = (try #require(manual["p"] as? [[Double]]), try #require(manual["q"] as? [[Double]]))
    var rows: [[String]] = []
    for item in p.indices {
      for year in p[item].indices {
        rows.append(["x", "\(year + 1)", "good \(item)", "\(p[item][year])", "\(q[item][year])"])
      }
    }
    let table = Table(
      source: "manual.csv", columnNames: ["unit", "time", "item", "price", "quantity"], rows: rows)
    let result = try PriceIndexEstimator.fit(table)
    let fixed = try #require(manual["fixed_base"] as? [[String: Any]])
    let chained = try #require(manual["chained"] as? [[String: Any]])
    #expect(result.overTime.count == 5 && fixed.count == 5)
    for (place, row) in result.overTime.enumerated() {
      compare(row.fixed, fixed[place], "year \(place + 1), fixed")
      compare(row.chained, chained[place], "year \(place + 1), chained")
    }
  }

  @Test func `time and factor reversal hold where they should, and a chain of one's own is one`() throws {
    var generator = CounterBasedGenerator(seed: 11)
    for _ in 0..<40 {
      func draw() -> ([Double], [Double]) {
        ((0..<5).map { _ in 0.2 + generator.uniform() }, (0..<5).map { _ in generator.uniform() })
      }
      let ((p0, q0), (p1, q1)) = (draw(), draw())
      let (there, back) = (
        PriceIndices(base: bundle(p0, q0), current: bundle(p1, q1)),
        PriceIndices(base: bundle(p1, q1), current: bundle(p0, q0))
      )
      func number(_ value: Double?) throws -> Double { try #require(value) }
      expectClose(
        try number(there.fisher) * number(back.fisher), 1, absolute: 1e-14, from: "time reversal of Fisher")
      expectClose(
        try number(there.tornqvist) * number(back.tornqvist), 1, absolute: 1e-14,
        from: "time reversal of Törnqvist")
      expectClose(
        try number(there.laspeyres) * number(back.paasche), 1, absolute: 1e-14, from: "L(0,1) = 1/P(1,0)")
      // The index of quantities exchanges the two.
      let quantities = PriceIndices(base: bundle(q0, p0), current: bundle(q1, p1))
      let values = zip(p1, q1).map { $0 * $1 }.reduce(0, +) / zip(p0, q0).map { $0 * $1 }.reduce(0, +)
      expectClose(
        try number(there.fisher) * number(quantities.fisher), values, relative: 1e-14,
        from: "factor reversal of Fisher")
    }
  }

  @Test func `levels are transitive: another base only rescales them`() throws {
    let table = try prices()
    let (one, other) = (
      try PriceIndexEstimator.fit(table), try PriceIndexEstimator.fit(table, baseUnit: "m3")
    )
    for (first, second) in zip(one.acrossPlaces, other.acrossPlaces) {
      let (a, b) = (try #require(first.fisher), try #require(second.fisher))
      #expect(second.base == 2 && b[2] == 1)
      for place in a.indices {
        expectClose(a[place] / a[2], b[place], relative: 1e-14, from: "the other base")
      }
    }
  }

  @Test func `an item that one side lacks is left out, and its share of value is not covered`() throws {
    let own = PriceIndices(
      base: [.init(price: 2, quantity: 3), .init(price: 1, quantity: 4)],
      current: [.init(price: 3, quantity: 3), nil])
    expectClose(own.laspeyres ?? .nan, 1.5, absolute: 0, from: "the item that both have")
    expectClose(own.coverage ?? .nan, 0.6, absolute: 1e-15, from: "6 of 10")
    let apart = PriceIndices(
      base: [.init(price: 2, quantity: 3), nil], current: [nil, .init(price: 3, quantity: 3)])
    #expect(apart.fisher == nil && apart.tornqvist == nil && apart.coverage == 0)
  }

  @Test(arguments: [
    ("unit,time,item,price,quantity\na,2020,land,0,1\n", "the price of \"land\" of unit \"a\" in 2020 is 0"),
    ("unit,time,item,price,quantity\na,2020,land,3,-1\n", "is -1, below zero"),
    ("unit,time,item,price,quantity\na,2020,land,3,1\na,2020,land,4,1\n", "stands on lines 2 and 3"),
    ("unit,time,item,prices,quantity\na,2020,land,3,1\n", "Did you mean \"prices\"?"),
    ("unit,time,item,price,quantity\n", "there is no row below the header"),
  ]) func `what is off in a table of prices is named with its place`(text: String, message: String) {
    #expect {
      try PriceIndexEstimator.fit(smallTable(text, source: "p.csv"))
    } throws: { "\($0)".contains(message) }
  }

  @Test func `a base that is not there is named with what there is`() throws {
    let table = try prices()
    #expect { try PriceIndexEstimator.fit(table, baseUnit: "m9") } throws: {
      "\($0)".contains("It has: m1, m2, m3, m4.")
    }
    #expect { try PriceIndexEstimator.fit(table, basePeriod: 1999) } throws: {
      "\($0)".contains("2021, 2022, 2023")
    }
  }
}
