import RuralValue

@testable import RuralValueFormats

/// Tables that only a page has trouble with.
enum WordSamples {
  /// Models under two headings of several columns, a column between them without one.
  static let grouped = ResultTable(
    name: "grouped", title: Phrase("Models in groups", zh: "分组模型"),
    columns: [ResultColumn("term", Phrase("Variable", zh: "变量"), .text(["P", nil, "N"]))]
      + (1...5).map { number in
        ResultColumn(
          "m\(number)", Phrase("(\(number))\nV", zh: "(\(number))\n乡村价值"), .number([0.5, 0.25, 1210]),
          rowDisplays: [.decimals, .standardError, .fixedDecimals(0)], significance: [0.001, .nan, .nan])
      }, sections: [.init(firstRow: 2)]
  ).adding(spans: [
    .init(columns: 1..<3, heading: Phrase("Baseline", zh: "基准模型")),
    .init(columns: 4..<6, heading: Phrase("Robustness of a long name", zh: "稳健性检验")),
  ])

  /// More columns than stand side by side on an upright page.
  static let wide = table("wide", columns: 12)
  /// More than any page has room for.
  static let widest = table("widest", columns: 40).adding(spans: [
    .init(columns: 1..<30, heading: Phrase("Many", zh: "多列"))
  ])
  static let long = ResultTable(
    name: "long", title: Phrase("Long", zh: "长表"),
    columns: [ResultColumn("n", Phrase("n", zh: "序号"), .integer(Array(1...120)))])

  private static func table(_ name: String, columns: Int) -> ResultTable {
    ResultTable(
      name: name, title: Phrase("Wide", zh: "宽表"),
      columns: [ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(["Changsha", "浏阳市"]))]
        + (1..<columns).map {
          ResultColumn("c\($0)", Phrase("column \($0)", zh: "第\($0)列"), .number([-0.125, 1234.5]))
        })
  }
}
