import Testing

@testable import RuralValue

@Suite struct VariableLabelsTests {
  private static let labels = VariableLabels([
    .init(name: "P", english: "Population flow", chinese: "人口流", unit: "10⁴ persons"),
    .init(name: "C", english: "Capital flow", chinese: "资本流"), .init(name: "V", english: "Rural value"),
    .init(name: "regional gdp", english: "GDP"),
  ])

  private func words(
    _ name: String, _ kind: WordedName.Kind, _ labels: VariableLabels = labels,
    _ language: Language = .english
  ) -> String {
    labels.words(for: WordedName(name, kind, typeset: true), in: language)
  }

  @Test(arguments: [
    ("P", "Population flow"), ("P:C", "Population flow × Capital flow"),
    ("P:C:I:T", "Population flow × Capital flow × I × T"), ("lag(V, 1)", "Rural value (t−1)"),
    ("lag(V, 12)", "Rural value (t−12)"), ("lead(V, 2)", "Rural value (t+2)"), ("diff(V)", "ΔRural value"),
    ("diff(V, 2)", "Δ₂Rural value"), ("log(P)", "ln Population flow"), ("x^2", "x²"),
    ("P^2:C", "Population flow² × Capital flow"), ("log(x)^10", "(ln x)¹⁰"), ("ln_P", "ln Population flow"),
    ("lnP", "ln Population flow"), ("lnGDP", "ln GDP"), ("line", "line"), ("ln", "ln"),
    ("lag(log(P), 1)", "ln Population flow (t−1)"), ("diff(log(P))", "Δln Population flow"),
    ("log(P/C)", "ln (Population flow / Capital flow)"), ("(P/C)^2", "(Population flow / Capital flow)²"),
    ("P/(C/x)", "Population flow / (Capital flow / x)"),
    ("center(P)", "Population flow (centred)"), ("scale(C)", "Capital flow (standardised)"),
    ("`regional gdp`", "GDP"), ("`regional gdp`:P", "GDP × Population flow"),
    ("factor(region)East", "region = East"), ("factor(region)East:P", "region = East × Population flow"),
    ("`factor(region)Far East`", "region = Far East"), ("not a term (", "not a term ("),
  ])
  func `a term's words are put together from those of its factors`(name: String, expected: String) {
    #expect(words(name, .term) == expected)
  }

  @Test(arguments: [
    ("W*lnP", "W × ln Population flow"), ("W*P:C", "W × Population flow × Capital flow"),
    ("W*lag(V, 1)", "W × Rural value (t−1)"), ("East:W*C", "East × W × Capital flow"),
  ])
  func `a spatial lag is W times the term`(name: String, expected: String) {
    #expect(words(name, .spatialLag) == expected)
  }

  @Test(arguments: [
    ("P+C", "Population flow + Capital flow"), ("P-C", "Population flow − Capital flow"),
    ("2*P-0.5*P:C", "2 Population flow − 0.5 Population flow × Capital flow"), ("-P", "−Population flow"),
    ("P +", "P +"),
  ])
  func `a combination adds words`(name: String, expected: String) {
    #expect(words(name, .combination) == expected)
  }

  @Test func `parameters have their signs, whatever regressors are called`() {
    #expect(words("rho", .sign(.rho)) == "ρ")
    #expect(words("rho", .term) == "rho")
    #expect(words("sigma2", .sign(.variance)) == "σ²")
    #expect(words("(Intercept)", .sign(.constant)) == "Constant")
    #expect(words("(Intercept)", .sign(.constant), VariableLabels(), .chinese) == "常数项")
    #expect(words("time=2014", .period) == "2014")
    #expect(words("P", .effect(.indirect, .long)) == "Population flow (long-run indirect)")
    #expect(words("P", .effect(.total, nil), Self.labels, .chinese) == "人口流（总效应）")
  }

  @Test func `Chinese has its own words, and the English ones where there are none`() {
    #expect(words("P:C", .term, Self.labels, .chinese) == "人口流 × 资本流")
    #expect(words("lag(V, 1)", .term, Self.labels, .chinese) == "Rural value（t−1）")
    #expect(words("P", .quantity, Self.labels, .chinese) == "人口流（10⁴ persons）")
    #expect(words("scale(P)", .term, Self.labels, .chinese) == "人口流（标准化）")
  }

  @Test func `a unit stands behind quantities alone, also where a name has no other words`() {
    #expect(words("P", .quantity) == "Population flow (10⁴ persons)")
    #expect(words("P", .variable) == "Population flow")
    let unit = VariableLabels([.init(name: "grain", english: nil, unit: "10⁴ t")])
    #expect(words("grain", .quantity, unit) == "grain (10⁴ t)")
    #expect(words("grain", .term, unit) == "grain")
  }

  @Test func `without a label names stay, unless they are to be set as journals do`() {
    let none = VariableLabels()
    #expect(none.words(for: WordedName("lag(V, 1)", .term), in: .english) == "lag(V, 1)")
    #expect(none.words(for: WordedName("lag(V, 1)", .term, typeset: true), in: .english) == "V (t−1)")
    #expect(none.words(for: WordedName("P:C", .term, typeset: true), in: .english) == "P × C")
  }

  @Test func `names that share a label are told apart by themselves`() {
    let labels = VariableLabels([
      .init(name: "a", english: "Flow", chinese: "流量"), .init(name: "b", english: "Flow", chinese: "流动"),
    ])
    #expect(words("a", .variable, labels) == "Flow (a)" && words("b", .variable, labels) == "Flow (b)")
    #expect(words("a", .variable, labels, .chinese) == "流量")
  }

  @Test func `of two labels for a name the last holds, and what it leaves open stays`() {
    let labels = VariableLabels([
      .init(name: "P", english: "One", chinese: "一", unit: "t"), .init(name: "P", english: "Two"),
    ])
    #expect(words("P", .quantity, labels) == "Two (t)")
    #expect(words("P", .variable, labels, .chinese) == "Two")
  }

  @Test func `a label of a term or a factor holds before its parts`() {
    let labels = VariableLabels([
      .init(name: "P:C", english: "Interaction"), .init(name: "lag(V, 1)", english: "Past value"),
      .init(name: "P", english: "Flow"),
    ])
    #expect(words("P:C", .term, labels) == "Interaction")
    #expect(words("P:lag(V, 1)", .term, labels) == "Flow × Past value")
  }

  @Test func `a phrase is its names for those who ask for no words, and the words survive composition`() {
    let title = Phrase("Moran's I of \("P".asVariable)", zh: "\("P".asVariable) 的莫兰指数")
    #expect(title.english == "Moran's I of P" && title.chinese == "P 的莫兰指数")
    #expect(title.worded(by: Self.labels).english == "Moran's I of Population flow")
    #expect(title.worded(by: Self.labels).chinese == "人口流 的莫兰指数")
    #expect(title.worded(by: VariableLabels()).english == "Moran's I of P")
  }

  @Test func `a name that holds the signs of names breaks nothing`() {
    for scalar in [0xFDD6, 0xFDD7, 0xFDD8] as [UInt32] {
      let sign = String(Character(Unicode.Scalar(scalar)!))
      let name = "a\(sign)b"
      #expect(Phrase(WordedName(name, .variable)).english == "ab")
      // Signs that stand in a text of their own accord are left for whoever shows it.
      #expect(Phrase(verbatim: name).english == name)
      #expect(Phrase(verbatim: "\(sign)v\(sign)x").worded(by: Self.labels).english.contains("x"))
    }
  }

  @Test func `tables keep their keys in the cells and have words beside them`() throws {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: ""),
      columns: [
        .terms("term", Phrase("Term", zh: "变量"), ["P:C", nil]),
        ResultColumn(
          "label", Phrase(WordedName("P", .variable)),
          .phrase([Phrase(WordedName("C", .term)), Phrase("x", zh: "x")])),
      ]
    ).worded(by: Self.labels)
    #expect(table.columns[0].values == .text(["P:C", nil]))
    #expect(table.columns[0].shown?.map(\.english) == ["Population flow × Capital flow", ""])
    #expect(table.columns[1].heading.english == "Population flow")
    guard case .phrase(let cells) = table.columns[1].values else { return #expect(Bool(false)) }
    #expect(cells.map(\.english) == ["C", "x"])
    #expect(table.columns[1].shown?.map(\.chinese) == ["资本流", "x"])
  }
}

@Suite struct LabelTableTests {
  private func labels(_ header: [String], _ rows: [[String]]) throws -> [VariableLabels.Label] {
    try VariableLabels.Label.labels(in: Table(source: "labels.csv", columnNames: header, rows: rows))
  }

  @Test func `a table of labels may leave out columns and cells`() throws {
    #expect(
      try labels(["name", "label_zh", "unit"], [["P", "人口流", ""], ["C", "", "元"]])
        == [
          .init(name: "P", english: nil, chinese: "人口流"),
          .init(name: "C", english: nil, chinese: nil, unit: "元"),
        ])
  }

  @Test func `an indicator system is a table of labels`() throws {
    #expect(
      try labels(
        ["index", "indicator", "column", "label_zh"],
        [["V", "Grain output", "grain", "粮食产量"], ["C", "Grain, too", "grain", "粮食"]])
        == [.init(name: "grain", english: "Grain output", chinese: "粮食产量")])
  }

  @Test func `what cannot be read says where`() {
    #expect(throws: LabelError.noNames(source: "labels.csv", columns: ["a", "label"])) {
      try labels(["a", "label"], [["P", "x"]])
    }
    #expect(throws: LabelError.noLabels(source: "labels.csv", columns: ["name", "b"])) {
      try labels(["name", "b"], [["P", "x"]])
    }
    #expect(throws: LabelError.noName(source: "labels.csv", line: 3, column: "name")) {
      try labels(["name", "label"], [["P", "x"], ["", "y"]])
    }
    #expect(
      throws: LabelError.repeatedName("P", source: "labels.csv", firstLine: 2, secondLine: 3)
    ) { try labels(["name", "label"], [["P", "x"], ["P", "y"]]) }
  }
}
