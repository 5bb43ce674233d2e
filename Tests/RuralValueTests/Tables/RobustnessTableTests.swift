import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// A base model with two variants and one that failed; the counts below are by hand.
@Suite struct RobustnessTableTests {
  /// An estimate with the standard error that gives it this two-sided p value.
  private static func estimate(_ parameter: Parameter, _ value: Double, p: Double) -> Estimate {
    Estimate(parameter, value, standardError: abs(value) / Normal().quantile(upperTail: p / 2))
  }

  private static let p = Parameter("P", .variable)
  private static let product = Parameter("P:C", .product)

  private static let comparison = RobustnessTable(
    base: .init(
      name: Phrase("Base", zh: "基准"),
      estimates: [
        estimate(p, 1, p: 0.01), estimate(product, -2, p: 0.2), estimate(.rho, 0.3, p: 0.04),
        Estimate(.variance, 0.1, standardError: 0.01),
      ], observations: 120),
    variants: [
      .init(
        name: Phrase("Five neighbours", zh: "五近邻"),
        estimates: [estimate(p, 0.8, p: 0.04), estimate(product, 1, p: 0.6), estimate(.rho, 0.2, p: 0.06)],
        observations: 120),
      .init(name: Phrase("Sub-sample", zh: "子样本"), failure: "No rows."),
      .init(
        name: Phrase("Winsorised", zh: "缩尾"),
        estimates: [
          estimate(p, 1.4, p: 0.001), estimate(product, -3, p: 0.03),
          estimate(Parameter("new", .variable), 9, p: 0.5),
        ],
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

  @Test func `the file of coefficients has a row a model and term`() {
    let table = Self.comparison.coefficientTable
    #expect(table.rowCount == 4 + 3 + 1 + 3)
    #expect(table.column("conf_low")?.heading == Phrase("95% low", zh: "95%下限"))
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

  /// Quantiles of t and N(0, 1) from R's qt and qnorm.
  @Test func `each interval is the model's own, by its distribution and its level`() {
    func model(_ reference: ReferenceDistribution, _ level: Double) -> RobustnessTable.Model {
      .init(
        name: Phrase(verbatim: "M"),
        estimates: [Estimate(Self.p, 1, standardError: 0.5, reference: reference)], confidenceLevel: level,
        observations: 9)
    }
    let small = RobustnessTable(base: model(.t(degreesOfFreedom: 10), 0.999), variants: []).coefficientTable
    #expect(small.column("conf_high")?.heading == Phrase("99.9% high", zh: "99.9%上限"))
    expectClose(numbers(small, "conf_high")[0], 3.293446929351354, relative: 1e-12, from: "qt(0.9995, 10)")
    expectClose(numbers(small, "p_value")[0], 0.07338803477074037, relative: 1e-12, from: "2 pt(-2, 10)")
    let mixed = RobustnessTable(base: model(.normal, 0.975), variants: [model(.normal, 0.9)])
      .coefficientTable
    #expect(mixed.column("conf_low")?.heading.english == "Low")
    expectClose(
      numbers(mixed, "conf_low")[0], 1 - 0.5 * 2.241402727604947, absolute: 1e-12, from: "qnorm(0.9875)")
    expectClose(
      numbers(mixed, "conf_low")[1], 1 - 0.5 * 1.6448536269514722, absolute: 1e-12, from: "qnorm(0.95)")
  }

  @Test(arguments: ["theta", "sigma2", "rho", "lambda", "(Intercept)", "time=2014", "P:C", "W*x"])
  func `a regressor of any name keeps its p value, its verdict and its panel`(name: String) {
    let regressor = Parameter(name, .variable)
    let estimates = [
      Self.estimate(regressor, 1, p: 0.01), Self.estimate(.rho, 0.3, p: 0.2), Estimate(.variance, 1),
      Self.estimate(.constant, 7, p: 0.001),
    ]
    let model = RobustnessTable.Model(name: Phrase(verbatim: "M"), estimates: estimates, observations: 9)
    let table = RobustnessTable(base: model, variants: [model])
    #expect(table.verdicts.map(\.base.parameter) == [regressor, .rho, .constant])
    #expect(table.verdicts.map(\.bothKept) == [1, 1, 1])
    #expect(words(table.table, "kept").prefix(4) == ["1 of 1", "", "1 of 1", ""])
    expectClose(numbers(table.coefficientTable, "p_value")[0], 0.01, relative: 1e-12, from: "its own p")
    guard case .intervals(let figure)? = table.figures.first else {
      Issue.record("No figure.")
      return
    }
    #expect(figure.panels.map(\.heading.english) == [name, "rho"])
  }

  @Test func `a document without estimates is a model that failed`() {
    let document = ResultDocument(command: "gmm", specification: [], sample: nil, parts: [])
    #expect(RobustnessTable.Model(name: Phrase(verbatim: "m"), document: document).failure != nil)
  }
}
