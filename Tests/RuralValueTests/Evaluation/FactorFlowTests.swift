import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Flows of factors: balances that can be added up by hand, and identities.
@Suite struct FactorFlowTests {
  private let header = "from,to,time,factor,value\n"

  private func numbers(_ table: ResultTable?, _ column: String) -> [Double] {
    guard case .number(let values)? = table?.column(column)?.values else { return [] }
    return values
  }

  @Test func `inflow, outflow and net are the sums of the listed flows, and what stays is apart`() throws {
    let result = try FactorFlowEstimator.fit(
      smallTable(
        header
          + "a,b,2020,labour,5\nb,a,2020,labour,2\na,c,2020,labour,1\nc,c,2020,labour,9\nb,c,2020,loan,4\n"),
      units: ["a", "b", "c"], groupOfUnit: ["a": "East", "b": "East", "c": "West"])
    let table = result.table
    #expect(numbers(table, "in") == [2, 5, 1, 0, 0, 4])
    #expect(numbers(table, "out") == [6, 2, 0, 0, 4, 0])
    #expect(numbers(table, "net") == [-4, 3, 1, 0, -4, 4])
    #expect(numbers(table, "within") == [0, 0, 9, 0, 0, 0])
    #expect(numbers(table, "relative_net")[3].isNaN)
    #expect(numbers(result.groupTable, "net") == [-1, 1, -4, 4])
    #expect(numbers(result.groupTable, "within") == [7, 9, 0, 0])
    #expect(numbers(result.pairTable, "value") == [7, 1, 0, 9, 0, 4, 0, 0])
    #expect(result.notes.map(\.english).contains { $0.contains("1 flow begins and ends at one unit") })
  }

  @Test func `net adds up to zero over the units and over the groups, places outside included`() throws {
    var generator = CounterBasedGenerator(seed: 8)
    let places = (0..<9).map { "u\($0)" } + ["outside"]
    var rows: [[String]] = []
    for from in places {
      for to in places where generator.uniform() < 0.6 && !(from == "outside" && to == "outside") {
        rows.append([from, to, "2020", "labour", "\(generator.uniform())"])
      }
    }
    let table = Table(
      source: "flows.csv", columnNames: ["from", "to", "time", "factor", "value"], rows: rows)
    let result = try FactorFlowEstimator.fit(
      table, units: Array(places.dropLast()),
      groupOfUnit: Dictionary(uniqueKeysWithValues: (0..<8).map { ("u\($0)", "g\($0 % 3)") }))
    for table in [result.table, try #require(result.groupTable)] {
      let net = numbers(table, "net")
      #expect(net.contains { abs($0) > 0.1 })
      expectClose(net.reduce(0, +), 0, absolute: 1e-13, from: "every flow leaves one place and reaches one")
    }
    let all = rows.map { PlainDecimal.value(of: $0[4]) ?? .nan }.reduce(0, +)
    expectClose(numbers(result.pairTable, "value").reduce(0, +), all, relative: 1e-14, from: "all flows")
    // Units without a group, and places outside, are groups of their own.
    #expect(result.groupTable?.rowCount == 5)
  }

  @Test(arguments: [
    ("x,b,2020,labour,1\n", "\"x\" is no unit of the panel."),
    ("a,b,2020,labour,-1\n", "A flow the other way is a row of its own"),
    ("a,b,2020,labour,1\na,b,2020,labour,2\n", "stands on lines 2 and 3"),
    ("a,,2020,labour,2\n", "column \"to\": the cell is empty"),
    ("", "there is no row below the header"),
  ]) func `what is off in a table of flows is named with its place`(rows: String, message: String) {
    #expect {
      try FactorFlowEstimator.fit(smallTable(header + rows, source: "flows.csv"), units: ["a", "b"])
    } throws: { "\($0)".contains(message) }
  }

  @Test func `a misspelt column is named with the nearest, and a missing value is counted`() throws {
    #expect {
      try FactorFlowEstimator.fit(
        smallTable("from,to,time,factors,value\na,b,2020,l,1\n"), units: ["a", "b"])
    } throws: { "\($0)".contains("there is no \"factor\"") && "\($0)".contains("Did you mean \"factors\"?") }
    let result = try FactorFlowEstimator.fit(
      smallTable(header + "a,b,2020,labour,\nb,a,2020,labour,3\n"), units: ["a", "b"])
    #expect(numbers(result.table, "net") == [3, -3])
    #expect(result.notes.map(\.english).contains { $0.contains("1 flow has no value") })
    #expect(result.groupTable == nil && result.pairTable == nil)
  }
}
