import RuralValue
import TestSupport
import Testing

struct LagSweepTests {
  @Test func `the sweep's last rows are the models with all lags`() throws {
    let panel = GMMReference.abdata
    var specification = DynamicPanelSpecification(try FormulaSpecification("n ~ lag(n) + w + k"))
    specification.gmmInstruments = [try GMMInstruments("n,w,2:")]
    specification.standardInstruments = [try StandardInstruments("k")]
    let base = try DynamicPanelEstimator.fit(panel, specification)
    let sweep = try LagSweep(panel, base: base)
    #expect(sweep.rows.count == 14)
    let last = try #require(sweep.rows.last { !$0.isCollapsed })
    expectClose(
      last.coefficient!.value, base.laggedOutcome!.value, relative: 1e-12, from: "the model itself")
    #expect(last.instruments == base.ledger.count)
    #expect(sweep.rows.first!.instruments! < last.instruments!)
  }
}
