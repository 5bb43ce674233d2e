import Foundation
import RuralValue
import TestSupport
import Testing

@Suite struct GuangdongPanelFileTests {
  private func draw() throws -> IndicatorSimulationResult {
    let counties = try HunanFixture.cells("data/guangdong/counties.csv").map {
      SimulatedCounty(code: $0[0], names: [$0[1], $0[2]])
    }
    let links = try HunanFixture.cells("data/guangdong/queen.csv").map { CountyLink(from: $0[0], to: $0[1]) }
    return try IndicatorSimulator().draw(
      IndicatorSimulationSpecification(
        network: CountyNetwork(units: counties, nameColumns: ["name_zh", "name_en"], links: links),
        firstPeriod: 2014, lastPeriod: 2023, indicators: IndicatorTemplate.guangdong.magnitudes,
        seed: 20_142_023))
  }

  /// To write the file anew: `RURALVALUE_WRITE_FIXTURES=1 swift test --filter GuangdongPanelFileTests`.
  @Test func `the Guangdong panel in the fixtures is what the generator draws, byte for byte`() throws {
    let text = HunanFixture.csv(IndicatorSimulationTable.table(of: try draw()))
    let file = ProjectFiles.fixture("data/guangdong/panel-simulated.csv")
    if ProcessInfo.processInfo.environment["RURALVALUE_WRITE_FIXTURES"] != nil {
      try Data(text.utf8).write(to: file, options: .atomic)
    }
    #expect(try Data(contentsOf: file) == Data(text.utf8))
  }

  @Test func `the system in the fixtures is the library's, and every indicator has its magnitude`() throws {
    let system = IndicatorTemplate.guangdong.system
    let file = ProjectFiles.fixture("data/guangdong/indicators.csv")
    if ProcessInfo.processInfo.environment["RURALVALUE_WRITE_FIXTURES"] != nil {
      try Data(HunanFixture.csv(system.table).utf8).write(to: file, options: .atomic)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == HunanFixture.csv(system.table))
    #expect(system.indicators.map(\.column) == IndicatorTemplate.guangdong.magnitudes.map(\.column))
    #expect(Set(system.indicators.map(\.index)) == ["U", "L", "N", "K", "D", "T", "E"])
  }

  @Test func `percentages stay within bounds and amounts above zero`() throws {
    let result = try draw()
    for magnitude in IndicatorTemplate.guangdong.magnitudes {
      let values = try #require(result.values(of: magnitude.column))
      #expect(values.allSatisfy { $0 > 0 }, "\(magnitude.column)")
      if magnitude.form == .percentage { #expect(values.allSatisfy { $0 < 100 }, "\(magnitude.column)") }
    }
  }
}
