import RuralValue
import Testing

@Suite struct IndicatorSimulationTableTests {
  @Test func `keys come first, names follow, and every row says that it is simulated`() throws {
    let table = IndicatorSimulationTable.table(
      of: IndicatorSimulator().draw(try HunanFixture.specification()))
    #expect(table.rowCount == 121 * 11)
    #expect(table.columns.prefix(5).map(\.name) == ["code", "year", "name_zh", "name_en", "simulated"])
    #expect(table.columns.count == 5 + 24)
    #expect(table.column("simulated")?.values == .text(Array(repeating: "yes", count: 121 * 11)))
    #expect(table.notes[0].english.contains("Simulated data"))
    #expect(table.notes[0].chinese.contains("模拟数据"))
  }

  @Test func `its indicators are those of the Hunan indicator system, in the same order`() throws {
    // The column's name and the direction stand around the only comma after the indicator's own text.
    let system = try HunanFixture.cells("data/hunan/indicators.csv").map { cells in
      cells[cells.lastIndex { $0 == "+" || $0 == "-" }! - 1]
    }
    #expect(IndicatorMagnitude.hunan.map(\.column) == system)
  }

  @Test func `a panel of any size and time comes from a grid`() throws {
    let specification = try IndicatorSimulationSpecification(
      network: .grid(unitCount: 60), firstPeriod: 2020, lastPeriod: 2020, seed: 5)
    let table = IndicatorSimulationTable.table(of: IndicatorSimulator().draw(specification))
    #expect(table.rowCount == 60)
    #expect(table.columns.prefix(3).map(\.name) == ["code", "year", "simulated"])
  }

  @Test func `impossible years and dependences are refused`() throws {
    let network = try CountyNetwork.grid(unitCount: 4)
    #expect(throws: SimulationError.noPeriods(first: 2022, last: 2012)) {
      try IndicatorSimulationSpecification(network: network, firstPeriod: 2022, lastPeriod: 2012, seed: 1)
    }
    #expect(throws: SimulationError.dependenceOutOfRange(1)) {
      try IndicatorSimulationSpecification(network: network, spatialDependence: 1, seed: 1)
    }
    let faults: [SimulationError] = [
      .noPeriods(first: 2022, last: 2012), .dependenceOutOfRange(1), .unitCountOutOfRange(1),
    ]
    #expect(faults.allSatisfy { $0.kind == .usage })
    #expect(faults.allSatisfy { $0.description.contains("expected") })
    let dataFaults: [SimulationError] = [.noLinks, .selfLink(code: "1"), .duplicateUnit(code: "1")]
    #expect(dataFaults.allSatisfy { $0.kind == .data && $0.description.contains("expected") })
  }
}
