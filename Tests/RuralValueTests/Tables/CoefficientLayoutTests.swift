import RuralValue
import Testing

@Suite struct CoefficientLayoutTests {
  private func model(_ name: String, _ terms: [String], statistics: [FitStatistic] = [])
    -> CoefficientLayout.Model
  {
    .init(
      name: name, heading: Phrase(name, zh: "模型"),
      estimates: terms.map { Estimate(Parameter($0, .variable), 1, standardError: 0.4) },
      statistics: statistics)
  }

  private func labels(_ table: ResultTable) -> [String] {
    guard case .phrase(let terms)? = table.column("term")?.values else { return [] }
    return terms.map(\.english)
  }

  @Test func `a term of one model stands behind the term that it follows there`() {
    let table = CoefficientLayout([
      model("a", ["lag(V)", "P"]), model("b", ["lag(V)", "lag(V, 2)", "P", "C"]),
    ])
    .table(name: "t", title: Phrase(verbatim: "T"))
    #expect(labels(table) == ["lag(V)", "", "lag(V, 2)", "", "P", "", "C", ""])
    guard case .number(let cells)? = table.column("a")?.values else {
      Issue.record("No column a.")
      return
    }
    #expect(cells.map(\.isNaN) == [false, false, true, true, false, false, true, true])
  }

  @Test func `the estimate has the stars and the standard error stands beneath`() {
    let column = CoefficientLayout([model("a", ["P"])]).table(name: "t", title: Phrase(verbatim: "T"))
      .columns[
        1]
    #expect(column.values == .number([1, 0.4]))
    #expect(column.rowDisplays == [.inference(.estimate), .standardError])
    // z = 2.5.
    #expect(abs((column.significance?[0] ?? 0) - 0.012419330651552) < 1e-14)
    #expect(column.significance?[1].isNaN == true)
    #expect(column.heading == Phrase("(1)\na", zh: "(1)\n模型"))
    #expect(column.missing == .blank)
  }

  @Test func `statistics stand below a rule, each with its display`() {
    let table = CoefficientLayout([
      model(
        "a", ["P"],
        statistics: [
          .init("n", Phrase("N", zh: "样本量"), .count(121)),
          .init("effects", Phrase("County effects", zh: "县域固定"), .flag(true)),
        ]),
      model("b", ["P"], statistics: [.init("n", Phrase("N", zh: "样本量"), .count(99))]),
    ]).table(name: "t", title: Phrase(verbatim: "T"))
    #expect(labels(table) == ["P", "", "N", "County effects"])
    #expect(table.sections == [.init(firstRow: 2)])
    #expect(table.columns[1].rowDisplays?.suffix(2) == [.quantity, .checkMark])
    guard case .number(let cells) = table.columns[2].values else { return }
    #expect(cells[2] == 99 && cells[3].isNaN)
  }

  @Test func `a term without a standard error anywhere takes one row`() {
    let table = CoefficientLayout(
      [
        .init(
          name: "a", heading: Phrase(verbatim: "a"), estimates: [Estimate(.variance, 0.5)],
          statistics: [])
      ], labels: [.variance: Phrase("σ²", zh: "方差")]
    ).table(name: "t", title: Phrase(verbatim: "T"))
    #expect(labels(table) == ["σ²"])
    #expect(table.sections.isEmpty)
  }

  @Test func `a regressor called rho and ρ itself have rows of their own`() {
    let estimates = [
      Estimate(Parameter("rho", .variable), 1, standardError: 0.1), Estimate(.rho, 0.3, standardError: 0.2),
    ]
    let table = CoefficientLayout([
      .init(name: "a", heading: Phrase(verbatim: "a"), estimates: estimates, statistics: [])
    ]).table(name: "t", title: Phrase(verbatim: "T"))
    #expect(labels(table) == ["rho", "", "rho", ""])
    #expect(table.columns[1].values == .number([1, 0.1, 0.3, 0.2]))
  }
}
