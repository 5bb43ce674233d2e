import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// The mismatch of supply and demand against exact fractions: reference/evaluation/evaluate.json, 1e-12.
@Suite struct ShareMismatchTests {
  @Test func `index, gaps and ratios are those of the reference, undefined where it says so`() throws {
    let cases = try #require(try evaluationReference("evaluate.json")["mismatch"] as? [[String: Any]])
    #expect(cases.count == 6)
    for one in cases {
      let name = try #require(one["name"] as? String)
      let own = ShareMismatch(
        supply: try #require(one["supply"] as? [Any]).map { $0 as? Double },
        demand: try #require(one["demand"] as? [Any]).map { $0 as? Double })
      expectDefinedAlike(own.index, one["index"], absolute: 1e-12, from: "evaluate.json", name)
      for (values, key) in [(own.gaps, "gaps"), (own.ratios, "ratio")] {
        guard let expected = one[key] as? [Any] else { continue }
        #expect(values.count == expected.count)
        for (value, expected) in zip(values, expected) {
          expectDefinedAlike(value, expected, absolute: 1e-12, from: "evaluate.json", "\(name): \(key)")
        }
      }
    }
  }

  @Test func `supply and demand exchanged give the same index, and it is the sum of the positive gaps`() {
    var generator = CounterBasedGenerator(seed: 5)
    for _ in 0..<50 {
      let supply = (0..<12).map { _ in generator.uniform() < 0.1 ? nil : 10 * generator.uniform() }
      let demand = (0..<12).map { _ in generator.uniform() < 0.1 ? nil : generator.uniform() }
      let (one, other) = (
        ShareMismatch(supply: supply, demand: demand), ShareMismatch(supply: demand, demand: supply)
      )
      expectClose(one.index ?? .nan, other.index ?? .nan, absolute: 1e-15, from: "the exchange")
      let positive = one.gaps.compactMap { $0 }.filter { $0 > 0 }.reduce(0, +)
      expectClose(one.index ?? .nan, positive, absolute: 1e-14, from: "the positive gaps")
      let scaled = ShareMismatch(supply: supply.map { $0.map { 7 * $0 } }, demand: demand)
      expectClose(
        one.index ?? .nan, scaled.index ?? .nan, absolute: 1e-14, from: "another unit of measurement")
    }
  }

  @Test func `a negative supply is refused with its unit, year and value`() throws {
    let panel = try Panel(
      smallTable("code,year,s,d\na,2020,1,2\nb,2020,-3,1\n"), variables: ["s", "d"])
    #expect {
      try ShareMismatchEstimator.fit(panel, pairs: [.init(supply: "s", demand: "d")])
    } throws: { error in
      let text = "\(error)"
      return text.contains("supply of code \"b\" in 2020 is -3, below zero")
    }
    #expect(throws: PanelError.self) {
      try ShareMismatchEstimator.fit(panel, pairs: [.init(supply: "supply", demand: "d")])
    }
  }

  @Test func `the tables hold the periods, and a note says who is left out and what is undefined`() throws {
    let panel = try Panel(
      smallTable("code,year,s,d\na,2020,1,2\nb,2020,3,2\nc,2020,,1\na,2021,0,1\nb,2021,0,1\nc,2021,0,1\n"),
      variables: ["s", "d"])
    let result = try ShareMismatchEstimator.fit(panel, pairs: [.init(supply: "s", demand: "d")])
    guard case .number(let values)? = result.table.column("value")?.values else {
      Issue.record("no numbers")
      return
    }
    expectClose(values[0], 0.25, absolute: 1e-15, from: "half of |1/4 − 1/2| twice")
    #expect(values[1].isNaN)
    #expect(result.notes.map(\.english).contains { $0.contains("left out in 2020 for a missing number: c") })
    #expect(result.notes.map(\.english).contains { $0.contains("no mismatch in 2021") })
    #expect(result.unitTable.rowCount == 6)
  }
}
