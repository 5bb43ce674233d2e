import TestSupport
import Testing

@testable import RuralValue

/// Arithmetic on columns; numbers by hand.
@Suite struct ColumnExpressionTests {
  /// Three counties, three years, a hole in b's x; prefectures and names in Chinese.
  private let table = Table(
    source: "panel.csv", columnNames: ["county", "year", "x", "y", "城镇 收入", "prefecture", "cpi"],
    rows: [
      ["a", "2012", "1", "2", "10", "East", "100"], ["a", "2013", "2", "0", "20", "East", "102"],
      ["a", "2014", "4", "8", "30", "East", "105"], ["b", "2012", "3", "3", "40", "West", "100"],
      ["b", "2013", "", "5", "50", "West", "110"], ["b", "2014", "9", "-1", "60", "West", "120"],
      ["c", "2012", "5", "1", "70", "East", "100"], ["c", "2013", "5", "1", "80", "East", "100"],
      ["c", "2014", "6", "1", "90", "East", "100"],
    ])

  private func result(_ expressions: String...) throws -> PreparationResult {
    try Preparator(PreparationPlan(steps: try expressions.map { PreparationStep(try ColumnExpression($0)) }))
      .prepare(table)
  }

  private func values(_ expression: String) throws -> [Double] {
    guard case .numbers(let numbers) = try result("z = \(expression)").table.column("z")?.cells else {
      return []
    }
    return numbers
  }

  /// The same numbers, missing ones at the same places.
  private func agree(_ found: [Double], _ expected: [Double?]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { found, expected in
        expected.map { abs(found - $0) <= 1e-14 * max(1, abs($0)) } ?? found.isNaN
      }
  }

  private static let signs: [(String, [Double?])] = [
    ("x + y * 2", [5, 2, 20, 9, nil, 7, 7, 7, 8]),
    ("(x + y) * 2", [6, 4, 24, 12, nil, 16, 12, 12, 14]),
    ("-x^2", [-1, -4, -16, -9, nil, -81, -25, -25, -36]),
    ("2^3^2 + 0*y", [512, 512, 512, 512, 512, 512, 512, 512, 512]),
    ("x / y", [0.5, nil, 0.5, 1, nil, -9, 5, 5, 6]),
    ("x ÷ y × 2 − 1", [0, nil, 0, 1, nil, -19, 9, 9, 11]),
    ("`城镇 收入` / 10", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("1.5e1 - x", [14, 13, 11, 12, nil, 6, 10, 10, 9]),
    ("year - 2012", [0, 1, 2, 0, 1, 2, 0, 1, 2]),
    ("sqrt(y) ^ 2", [2, 0, 8, 3, 5, nil, 1, 1, 1]),
    ("round(x / 3, 2)", [0.33, 0.67, 1.33, 1, nil, 3, 1.67, 1.67, 2]),
    ("round(`城镇 收入` * 12, -2)", [100, 200, 400, 500, 600, 700, 800, 1000, 1100]),
    ("min(x, y, 4)", [1, 0, 4, 3, nil, -1, 1, 1, 1]),
    ("abs(y - 3)", [1, 3, 5, 0, 2, 4, 2, 2, 2]),
  ]

  @Test(arguments: signs) func `signs bind as in mathematics, and what has no result is missing`(
    expression: String, expected: [Double?]
  ) throws {
    let found = try values(expression)
    #expect(agree(found, expected), "\(found)")
  }

  private static let comparisons: [(String, [Double?])] = [
    ("x > 2", [0, 0, 1, 1, nil, 1, 1, 1, 1]),
    ("x >= 2 and y < 3", [0, 1, 0, 0, 0, 1, 1, 1, 1]),
    ("x > 100 or y = 0", [0, 1, 0, 0, nil, 0, 0, 0, 0]),
    ("if(prefecture = \"East\", x, -1)", [1, 2, 4, -1, -1, -1, 5, 5, 6]),
    ("if(x > 2, 1, 0)", [0, 0, 1, 1, nil, 1, 1, 1, 1]),
    ("not(prefecture != 'West')", [0, 0, 0, 1, 1, 1, 0, 0, 0]),
    ("missing(x)", [0, 0, 0, 0, 1, 0, 0, 0, 0]),
    ("coalesce(x, y)", [1, 2, 4, 3, 5, 9, 5, 5, 6]),
  ]

  @Test(arguments: comparisons) func `comparisons are 1 and 0, and of a missing value they are missing`(
    expression: String, expected: [Double?]
  ) throws {
    let found = try values(expression)
    #expect(agree(found, expected), "\(found)")
  }

  private static let functions: [(String, [Double?])] = [
    ("lag(x)", [nil, 1, 2, nil, 3, nil, nil, 5, 5]),
    ("lag(x, 2)", [nil, nil, 1, nil, nil, 3, nil, nil, 5]),
    ("lead(x)", [2, 4, nil, nil, 9, nil, 5, 6, nil]),
    ("diff(x)", [nil, 1, 2, nil, nil, nil, nil, 0, 1]),
    ("growth(y)", [nil, -1, nil, nil, 2.0 / 3, -1.2, nil, 0, 0]),
    ("mean(x)", [7.0 / 3, 7.0 / 3, 7.0 / 3, 6, 6, 6, 16.0 / 3, 16.0 / 3, 16.0 / 3]),
    ("mean(x, by=prefecture,year)", [3, 3.5, 5, 3, nil, 9, 3, 3.5, 5]),
    ("sum(x, by=year)", [9, 7, 19, 9, 7, 19, 9, 7, 19]),
    ("count(x, by=year)", [3, 2, 3, 3, 2, 3, 3, 2, 3]),
    ("max(y)", [8, 8, 8, 5, 5, 5, 1, 1, 1]),
    ("median(x, by=prefecture)", [4.5, 4.5, 4.5, 6, 6, 6, 4.5, 4.5, 4.5]),
    ("rank(y, by=year)", [2, 1, 3, 3, 3, 1, 1, 2, 2]),
    ("rank(y)", [2, 1, 3, 2, 3, 1, 2, 2, 2]),
    ("x / mean(x, by=year)", [1.0 / 3, 4.0 / 7, 12.0 / 19, 1, nil, 27.0 / 19, 5.0 / 3, 10.0 / 7, 18.0 / 19]),
    ("index(cpi, base=2013)", [100.0 / 102, 1, 105.0 / 102, 100.0 / 110, 1, 120.0 / 110, 1, 1, 1]),
    ("chain(cpi, base=2012)", [1, 1.02, 1.071, 1, 1.1, 1.32, 1, 1, 1]),
  ]

  @Test(arguments: functions)
  func `functions of time count on the calendar, those of groups leave missing values out`(
    expression: String, expected: [Double?]
  ) throws {
    let found = try values(expression)
    #expect(agree(found, expected), "\(found)")
  }

  @Test func `steps see what earlier ones made, and a column may take its own place`() throws {
    let result = try result("gap = x / y", "gap = 100 * gap", "wide = gap > 60")
    #expect(result.table.columns.map(\.name).suffix(2) == ["gap", "wide"])
    guard case .numbers(let gap) = result.table.column("gap")?.cells else { return }
    #expect(agree(gap, [50, nil, 50, 100, nil, -900, 500, 500, 600]))
  }

  @Test func `what has no result and what was missing are counted, with the first place`() throws {
    let notes = try result("gap = x / y").report.notes.map(\.english)
    #expect(
      notes.contains {
        $0.hasPrefix("gap: 1 cell has no value, for the divisor is zero; the first is panel.csv, line 3")
      }, "\(notes)")
    #expect(notes.contains { $0.hasPrefix("gap: 1 cell is missing") && $0.contains("line 6") }, "\(notes)")
  }

  @Test func `a sum that leaves out missing values says so`() throws {
    let notes = try result("share = y / sum(x, by=year)").report.notes.map(\.english)
    #expect(
      notes.contains("share: sum(…) leaves out 1 missing value; the first is of county \"b\", year 2013."),
      "\(notes)")
    #expect(try result("n = count(x, by=year)").report.notes.isEmpty)
  }

  @Test(arguments: [
    ("gap x / y", "column 5"), ("gap = x / ", "column 11"), ("gap = urban income / y", "backticks"),
    ("gap = (x", "\")\""), ("gap = mean(x, by=)", "by=prefecture,year"),
    ("gap = lagg(x)", "Did you mean \"lag\""),
    ("gap = if(x, 1)", "2 arguments; expected 3"), ("gap = index(cpi)", "base=2012"),
    ("gap = x $ y", "\"$\""),
    ("gap = lag(x, 0.5)", "whole number"), ("gap = x = \"a", "open quotation mark"), ("= x", "such as gap"),
    ("gap = 'East' + 1", "the text"), ("gap = x + 1 = 'East'", "behind a column"),
  ]) func `an expression that cannot be read is met with the place and what was expected`(
    text: String, words: String
  ) {
    #expect { try ColumnExpression(text) } throws: { "\($0)".contains(words) }
  }

  @Test func `an expression without end is met before it fills the stack`() {
    for text in [
      "z = " + String(repeating: "(", count: 5000) + "x" + String(repeating: ")", count: 5000),
      "z = x" + String(repeating: " + x", count: 100_000), "z = " + String(repeating: "2^", count: 900) + "x",
      "z = " + String(repeating: "-", count: 1500) + "x + y z",
    ] {
      #expect(throws: ExpressionError.self) { try ColumnExpression(text) }
    }
  }

  @Test func `columns that are absent, keys and columns of somebody else are refused by name`() throws {
    for (text, words) in [
      ("z = gdpp / y", "gdpp"), ("z = mean(x, by=prefectur)", "prefecture"), ("year = x", "key column"),
      ("y = x", "already exists"), ("z = index(cpi, base=1999)", "1999"), ("z = prefecture + 1", "East"),
    ] {
      #expect { try result(text) } throws: { "\($0)".contains(words) }
    }
  }
}
