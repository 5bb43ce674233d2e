import Testing

@testable import RuralValue

/// Figures of a model's values, by role and never by name.
@Suite struct EstimateFigureTests {
  /// A model that is nothing but its estimates.
  private struct Stub: FittedModel {
    static let verb = "stub"
    static let form = SpatialDurbinResult.form
    let outcomeName = "V"
    let title = Phrase("A model of V", zh: "V的模型")
    let estimates: [Estimate]
    var covariance: [[Double]] { estimates.indices.map { i in estimates.indices.map { $0 == i ? 1 : 0 } } }
    var confidenceLevel = 0.95
    let tests: [TestResult] = []
    let statistics = FitStatistics(all: [], json: [], table: [], journal: [])
    let sample = ResultDocument.Sample(observations: 9, units: 3, periods: 3)
    let notes: [Phrase] = []
    let furtherEstimates: [Estimate] = []
    func effectTables(_ layout: CoefficientLayout.Shape) -> [ResultDocument.Part] { [] }
    let testNotes: [Phrase] = []
    let furtherTables: [ResultDocument.Part] = []
    var journal: JournalTable? { nil }
    var figures: [ResultFigure] { coefficientFigures }
  }

  private func figure(_ estimates: [Estimate], level: Double = 0.95) throws -> IntervalFigure {
    let figure = try #require(Stub(estimates: estimates, confidenceLevel: level).figures.first)
    guard case .intervals(let intervals) = figure else { throw Missing() }
    return intervals
  }

  private struct Missing: Error {}

  private func estimate(_ name: String, _ value: Double, _ role: Parameter.Role = .variable) -> Estimate {
    Estimate(Parameter(name, role), value, standardError: 0.1)
  }

  @Test func `constants, dummies of periods and variances are no coefficients to plot`() throws {
    let found = try figure([
      estimate("P", 1), estimate("time=2014", 2, .period), Estimate(.constant, 3, standardError: 0.1),
      Estimate(.variance, 4, standardError: 0.1), Estimate(.randomEffectsWeight, 5, standardError: 0.1),
    ])
    #expect(found.labels.map(\.english) == ["P"])
    #expect(found.caption.english.contains("Constants, dummies of periods and variances are left out."))
  }

  @Test(arguments: [
    "rho", "lambda", "sigma2", "theta", "W*x", "(Intercept)", "_cons", "constant", "time=2014",
  ])
  func `a regressor of any name is plotted`(name: String) throws {
    let found = try figure([estimate(name, 1), Estimate(.variance, 4, standardError: 0.1)])
    #expect(found.labels.map(\.english) == [name])
  }

  @Test func `a coefficient that would hide the others is left out, and the caption gives its value`() throws
  {
    let far = try figure([estimate("lag(V, 1)", 5, .laggedOutcome), estimate("P", 0.1), estimate("C", -0.2)])
    #expect(far.labels.map(\.english) == ["P", "C"])
    #expect(far.caption.english.contains("lag(V, 1) = 5.000 lies far outside"))
    let near = try figure([estimate("lag(V, 1)", 1, .laggedOutcome), estimate("P", 0.1), estimate("C", -0.2)])
    #expect(near.labels.count == 3)
  }

  @Test(arguments: [(0.999, "99.9%"), (0.975, "97.5%"), (0.95, "95%")])
  func `captions and headings name the level exactly`(level: Double, text: String) throws {
    let found = try figure([estimate("P", 1)], level: level)
    #expect(found.caption.english.hasPrefix("Coefficients with \(text) intervals: A model of V."))
    let table = Stub(estimates: [estimate("P", 1)], confidenceLevel: level).coefficientTable
    #expect(table.column("conf_low")?.heading == Phrase("\(text) low", zh: "\(text)下限"))
    #expect(table.column("conf_high")?.heading == Phrase("\(text) high", zh: "\(text)上限"))
  }

  @Test func `a figure has room for 36 rows, and more of them stand on several`() throws {
    let estimates = (0..<40).map { estimate("x\($0)", 1) }
    #expect(Stub(estimates: estimates).figures.count == 2)
  }

  @Test func `the covariance has a row and a column for each coefficient, and each column its own name`() {
    let table = Stub(estimates: [estimate("rho", 1), Estimate(.rho, 0.3)]).covarianceTable
    #expect(table.columns.map(\.name) == ["term", "rho", "rho.1"])
    #expect(table.columns[0].values == .text(["rho", "rho"]))
    #expect(table.columns[2].values == .number([0, 1]))
  }
}
