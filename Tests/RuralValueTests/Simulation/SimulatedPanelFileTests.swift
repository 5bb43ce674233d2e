import Foundation
import RuralValue
import TestSupport
import Testing

@Suite struct SimulatedPanelFileTests {
  /// To write the file anew after a change of magnitudes:
  /// `RURALVALUE_WRITE_FIXTURES=1 swift test --filter SimulatedPanelFileTests`, then look at the difference.
  @Test func `the Hunan panel in the fixtures is what the generator draws, byte for byte`() throws {
    let result = try IndicatorSimulator().draw(HunanFixture.specification())
    let text = HunanFixture.csv(IndicatorSimulationTable.table(of: result))
    let file = ProjectFiles.fixture("data/hunan/panel-simulated.csv")
    if ProcessInfo.processInfo.environment["RURALVALUE_WRITE_FIXTURES"] != nil {
      try Data(text.utf8).write(to: file, options: .atomic)
    }
    #expect(try Data(contentsOf: file) == Data(text.utf8))
    #expect(text.utf8.count < 1_000_000)
  }
}
