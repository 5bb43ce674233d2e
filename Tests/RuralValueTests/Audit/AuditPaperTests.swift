import RuralValue
import TestSupport
import Testing

/// The Hunan paper's tables, with what methods/audit.md finds in them.
@Suite struct AuditPaperTests {
  static func table(_ name: String) throws -> PublishedTable {
    let text = try ProjectFiles.fixtureText("data/paper/\(name).csv")
    return try PublishedTable(smallTable(text, source: "\(name).csv"))
  }

  static func audit(_ name: String, coefficients: String? = nil) throws -> AuditResult {
    try Auditor.audit(
      table(name), coefficients: coefficients.map(table), AuditSpecification(levels: [0.05, 0.01]))
  }

  static func value(_ finding: AuditFinding?, _ key: String) -> JSONValue? {
    finding?.values.first { $0.key == key }?.value
  }

  @Test func `table 4 is consistent in all 16 rows, with normal p values`() throws {
    let result = try Self.audit("table4")
    #expect(result.rows.count == 16)
    #expect(result.rows(.consistent).count == 16)
    #expect(!result.hasDecisionErrors)
    #expect(Self.value(result.finding(.reference), "normal") == .boolean(true))
    #expect(result.finding(.parentheses) == nil)
    #expect(result.finding(.zeroPValue)?.rows == ["I", "P×C", "I×T", "P×C×I", "P×C×T", "P×C×I×T"])
  }

  @Test func `table 4's interactions are sums of four numbers, with one covariance`() throws {
    let result = try Self.audit("table4")
    let sums = try #require(result.finding(.combinations))
    #expect(sums.rows.count == 11)
    #expect(Self.value(sums, "feasible") == .boolean(true))
    guard case .array(let exact) = Self.value(sums, "exact"),
      case .object(let mains) = Self.value(sums, "main_effects")
    else {
      Issue.record("the finding lacks its numbers")
      return
    }
    #expect(exact.count == 9)
    let numbers = mains.compactMap { member -> (String, Double)? in
      if case .number(let value) = member.value { (member.key, value) } else { nil }
    }
    #expect(numbers.map(\.0) == ["P", "C", "I", "T"])
    // Every row must come out of the four numbers, within half a unit of its third decimal.
    for row in result.table.rows where row.term != "V" {
      let factors = row.term.split(separator: "×").map(String.init)
      let sum = numbers.filter { factors.contains($0.0) }.map(\.1).reduce(0, +)
      expectClose(sum, try #require(row.estimate).interval.middle, absolute: 0.0005 + 1e-9, from: row.term)
    }
    for (number, expected) in zip(numbers, [0.1994, -0.0354, -0.0640, -0.0036]) {
      expectClose(number.1, expected, absolute: 0.0004, from: "methods/audit.md", number.0)
    }
  }

  @Test func `the covariance found gives all 15 standard errors of table 4`() throws {
    let result = try Self.audit("table4")
    let finding = try #require(result.finding(.covariance))
    #expect(Self.value(finding, "feasible") == .boolean(true))
    guard case .array(let rows) = Self.value(finding, "covariance") else {
      Issue.record("there is no covariance")
      return
    }
    let matrix = rows.map { row -> [Double] in
      guard case .array(let cells) = row else { return [] }
      return cells.map { if case .number(let value) = $0 { value } else { .nan } }
    }
    let names = ["P", "C", "I", "T"]
    var count = 0
    for row in result.table.rows where row.term != "V" {
      let chosen = row.term.split(separator: "×").compactMap { names.firstIndex(of: String($0)) }
      let variance = chosen.flatMap { i in chosen.map { matrix[i][$0] } }.reduce(0, +)
      let printed = try #require(row.standardError).interval
      #expect(printed.contains(variance.squareRoot()), "\(row.term): \(variance.squareRoot())")
      count += 1
    }
    #expect(count == 15)
  }

  @Test func `table 5 has three decision errors, and two rows with another number of stars`() throws {
    let result = try Self.audit("table5")
    #expect(result.rows(.decisionError).map(\.printed.term) == ["lnT", "W×lnI", "rho"])
    #expect(result.rows(.decisionError).allSatisfy { $0.allowedStars == 0...0 })
    let others = result.rows(.inconsistent)
    #expect(others.map(\.printed.term) == ["lnI", "W×lnC"])
    #expect(others.map(\.allowedStars) == [2...2, 1...1])
    #expect(result.finding(.combinations) == nil)
  }

  @Test func `table 5's parentheses fit one decision error more as p values`() throws {
    let finding = try #require(try Self.audit("table5").finding(.parentheses))
    #expect(finding.rows == ["lnI", "lnT", "W×lnC", "W×lnI", "rho"])
    #expect(Self.value(finding, "best") == .string("p_values"))
    #expect(finding.text.english.contains("as p values also lnT would fit"))
  }

  @Test func `table 6's totals are direct and indirect for lnI alone`() throws {
    let result = try Self.audit("table6")
    let sums = try #require(result.finding(.sums))
    #expect(sums.rows == ["lnP", "lnC", "lnT"])
    func stars(_ term: String) throws -> ClosedRange<Int>? {
      try #require(result.rows.first { $0.printed.term == term && $0.printed.effect == .indirect })
        .allowedStars
    }
    #expect(try stars("lnI") == 0...1)
    #expect(try stars("lnT") == 0...0)
    let indirect = result.rows.filter { $0.printed.effect == .indirect }
    #expect(indirect.map(\.verdict) == [.decisionError, .decisionError, .inconsistent, .decisionError])
  }

  @Test func `table 6 cannot follow from table 5 with a row-standardised W`() throws {
    let result = try Self.audit("table6", coefficients: "table5")
    let checks = result.rows.compactMap { row in
      row.checks.first { $0.kind == .totalFromCoefficients }
    }
    #expect(checks.map(\.verdict) == [.inconsistent, .inconsistent, .inconsistent, .inconsistent])
    for (check, expected) in zip(checks, [0.051, 0.177, 0.063, 0.171]) {
      #expect(check.allowed.contains(expected))
      expectClose(check.allowed.middle, expected, absolute: 0.0006, from: "methods/audit.md")
    }
    #expect(result.finding(.totals)?.rows == ["lnP", "lnC", "lnI", "lnT"])
  }
}
