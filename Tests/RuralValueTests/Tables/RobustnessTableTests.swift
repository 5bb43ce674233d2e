import RuralValue
import Testing

/// A base model with two variants and one that failed; the counts below are by hand.
@Suite struct RobustnessTableTests {
  private static func estimate(_ term: String, _ value: Double, p: Double, error: Double = 0.5)
    -> CoefficientLayout.Estimate
  {
    .init(term: term, estimate: value, standardError: error, pValue: p)
  }

  private static let comparison = RobustnessTable(
    base: .init(
      name: Phrase("Base", zh: "基准"),
      estimates: [
        estimate("P", 1, p: 0.01), estimate("P:C", -2, p: 0.2), estimate("rho", 0.3, p: 0.04),
        .init(term: "sigma2", estimate: 0.1, standardError: 0.01),
      ], observations: 120),
    variants: [
      .init(
        name: Phrase("Five neighbours", zh: "五近邻"),
        estimates: [estimate("P", 0.8, p: 0.04), estimate("P:C", 1, p: 0.6), estimate("rho", 0.2, p: 0.06)],
        observations: 120),
      .init(name: Phrase("Sub-sample", zh: "子样本"), failure: "No rows."),
      .init(
        name: Phrase("Winsorised", zh: "缩尾"),
        estimates: [estimate("P", 1.4, p: 0.001), estimate("P:C", -3, p: 0.03), estimate("new", 9, p: 0.5)],
        observations: 118),
    ])

  private func numbers(_ table: ResultTable, _ name: String) -> [Double] {
    guard case .number(let cells)? = table.column(name)?.values else { return [] }
    return cells
  }

  private func words(_ table: ResultTable, _ name: String) -> [String] {
    guard case .phrase(let cells)? = table.column(name)?.values else { return [] }
    return cells.map(\.english)
  }

  @Test func `each coefficient says how many variants keep its sign and significance`() {
    let verdicts = Self.comparison.verdicts
    #expect(verdicts.map(\.term) == ["P", "P:C", "rho"])
    #expect(verdicts.map(\.compared) == [2, 2, 1])
    #expect(verdicts.map(\.signKept) == [2, 1, 1])
    #expect(verdicts.map(\.significanceKept) == [2, 1, 0])
    #expect(verdicts.map(\.bothKept) == [2, 0, 0])
    #expect(verdicts[1].differing.map(\.english) == ["Five neighbours", "Winsorised"])
    #expect(verdicts.map(\.lowest) == [0.8, -3, 0.2])
    #expect(verdicts.map(\.highest) == [1.4, 1, 0.3])
  }

  @Test func `the last column counts the variants beside the estimate, not beside its standard error`() {
    let table = Self.comparison.table
    #expect(
      words(table, "term") == ["P", "", "P:C", "", "new", "", "rho", "", "sigma2", "", "Observations"])
    #expect(words(table, "kept") == ["2 of 2", "", "0 of 2", "", "", "", "0 of 1", "", "", "", ""])
  }

  @Test func `a variant that failed keeps its column of dashes, and its reason stands below`() {
    let table = Self.comparison.table
    #expect(table.columns.map(\.name) == ["term", "base", "variant_1", "variant_2", "variant_3", "kept"])
    #expect(numbers(table, "variant_2").allSatisfy { $0.isNaN })
    #expect(table.column("variant_2")?.missing == .dash)
    #expect(table.column("variant_2")?.heading.english == "(3)\nSub-sample (failed)")
    #expect(table.notes.contains { $0.english == "(3) Sub-sample has no result: No rows." })
    #expect(numbers(table, "variant_3").last == 118)
  }

  @Test func `a long reason is cut in the note and whole in the file`() {
    let reason = String(repeating: "long ", count: 60) + "\nsecond line"
    let table = RobustnessTable(
      base: Self.comparison.base, variants: [.init(name: Phrase(verbatim: "A"), failure: reason)])
    #expect(table.table.notes[1].english.count == "(2) A has no result: ".count + 160)
    #expect(table.coefficientTable.column("reason")?.values == .text([nil, nil, nil, nil, reason]))
  }

  @Test func `another level moves what counts as significant`() {
    let strict = RobustnessTable(
      base: Self.comparison.base, variants: Self.comparison.variants, level: 0.02)
    #expect(strict.verdicts.map(\.significanceKept) == [1, 2, 1])
    #expect(strict.table.notes[0].english.contains("2% level"))
  }

  @Test func `the file of coefficients has a row a model and term with its normal interval`() {
    let table = Self.comparison.coefficientTable
    #expect(table.rowCount == 4 + 3 + 1 + 3)
    // 1 ± 1.959963984540054 · 0.5.
    #expect(abs(numbers(table, "conf_low")[0] - 0.020018007729973) < 1e-12)
    #expect(abs(numbers(table, "conf_high")[0] - 1.979981992270027) < 1e-12)
    guard case .text(let reasons)? = table.column("reason")?.values else {
      Issue.record("No reasons.")
      return
    }
    #expect(reasons.compactMap(\.self) == ["No rows."])
  }

  @Test func `a base model that failed leaves a table and no verdict`() {
    let lone = RobustnessTable(
      base: .init(name: Phrase(verbatim: "Base"), failure: "Singular."), variants: Self.comparison.variants)
    #expect(lone.verdicts.isEmpty)
    #expect(lone.document.parts.map(\.table.name) == ["robustness", "robustness_coefficients"])
    let none = RobustnessTable(
      base: .init(name: Phrase(verbatim: "Base"), failure: "Singular."),
      variants: [.init(name: Phrase(verbatim: "A"), failure: "Too.")])
    #expect(words(none.table, "term") == ["Observations"])
    #expect(none.table.notes.count == 3)
  }

  @Test func `a document of coefficients becomes a model without its dummies of periods`() {
    let table = ResultTable(
      name: "coefficients", title: Phrase(verbatim: "T"),
      columns: [
        ResultColumn("term", Phrase(verbatim: "t"), .text(["P", "time=2013", "sigma2"])),
        ResultColumn(
          "kind", Phrase(verbatim: "k"),
          .phrase([Phrase("variable", zh: "变量"), Phrase("time", zh: "时间虚拟变量"), Phrase("variable", zh: "变量")])),
        ResultColumn("estimate", Phrase(verbatim: "e"), .number([1, 2, 3])),
        ResultColumn("std_error", Phrase(verbatim: "s"), .number([0.1, 0.2, 0.3])),
        ResultColumn("p_value", Phrase(verbatim: "p"), .number([0.01, 0.02, 0.03])),
      ])
    func document(_ parts: [ResultDocument.Part]) -> ResultDocument {
      ResultDocument(
        command: "gmm", specification: [], sample: .init(observations: 7, units: 3, periods: 3), parts: parts)
    }
    let model = RobustnessTable.Model(
      name: Phrase(verbatim: "m"), document: document([.init(table, jsonKey: nil)]))
    #expect(model.estimates.map(\.term) == ["P", "sigma2"])
    #expect(model.estimates.map(\.pValue.isNaN) == [false, true])
    #expect(model.observations == 7)
    #expect(RobustnessTable.Model(name: Phrase(verbatim: "m"), document: document([])).failure != nil)
  }
}
