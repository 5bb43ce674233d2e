/// What an audit found: a verdict a row, and what concerns several rows.
public struct AuditResult: Sendable, Equatable {
  /// The table as printed.
  public let table: PublishedTable
  /// What it was held to.
  public let specification: AuditSpecification
  /// The rows with their checks, in the order of the table.
  public let rows: [AuditedRow]
  /// What concerns several rows.
  public let findings: [AuditFinding]

  /// The rows of one verdict.
  public func rows(_ verdict: AuditVerdict) -> [AuditedRow] { rows.filter { $0.verdict == verdict } }

  /// Whether any row's stars or p value put it on the wrong side of the weakest level.
  public var hasDecisionErrors: Bool { rows.contains { $0.verdict == .decisionError } }

  /// The finding of a kind.
  public func finding(_ kind: AuditFinding.Kind) -> AuditFinding? { findings.first { $0.kind == kind } }
}

/// What an audit says of several rows together.
public struct AuditFinding: Sendable, Equatable {
  /// What it is about.
  public let kind: Kind
  /// The rows that it concerns.
  public let rows: [String]
  /// The finding in a sentence or two.
  public let text: Phrase
  /// Its numbers, for scripts.
  public let values: [JSONMember]

  /// What a finding is about.
  public enum Kind: String, Sendable, CaseIterable {
    /// Which levels the marks stand for.
    case levels
    /// How the table was read: what parentheses hold.
    case reading
    /// p values printed as 0.000.
    case zeroPValue = "zero-p-value"
    /// Which distribution explains the p values.
    case reference = "reference-distribution"
    /// What the column of standard errors holds.
    case parentheses
    /// Rows that are sums of other rows.
    case combinations
    /// Whether one covariance gives the standard errors of such sums.
    case covariance
    /// Whether total effects are direct plus indirect ones.
    case sums
    /// Whether total effects follow from the coefficients.
    case totals
    /// Rows of which nothing could be checked.
    case unchecked
  }

  init(_ kind: Kind, rows: [String], _ text: Phrase, values: [JSONMember] = []) {
    self.kind = kind
    self.rows = rows
    self.text = text
    self.values = values
  }
}

extension AuditResult {
  /// The answer of `audit` for one table.
  ///
  /// - Parameter effects: the audit of the effects that should follow from these coefficients.
  public func document(effects: AuditResult? = nil) -> ResultDocument {
    Self.document(of: [self], effects: effects)
  }

  /// The answer of `audit` for the tables of a document, and of the effects that should follow from their coefficients.
  public static func document(of results: [AuditResult], effects: AuditResult? = nil) -> ResultDocument {
    let parts = results.enumerated().flatMap { place, result in
      result.parts(suffix: place == 0 ? "" : "_\(result.table.place?.number ?? place + 1)")
    }
    let counts = AuditVerdict.allCases.map { verdict in
      JSONMember(verdict.rawValue, .integer(results.reduce(0) { $0 + $1.rows(verdict).count }))
    }
    let values = [
      JSONMember("rows", .array(results.flatMap(\.rowValues))),
      JSONMember("findings", .array(results.flatMap(\.findingValues))),
      JSONMember("counts", .object(counts)),
      JSONMember("tables", .array(results.map { .object($0.summaryValues) })),
    ]
    return ResultDocument(
      command: "audit", sample: nil, parts: parts + (effects?.parts(prefix: "effects_") ?? []),
      values: values
        + (effects.map { effects in
          [
            JSONMember(
              "effects_audit",
              .object([
                JSONMember("rows", .array(effects.rowValues)),
                JSONMember("findings", .array(effects.findingValues)), effects.countsMember,
              ]))
          ]
        } ?? []),
      notes: (results + [effects].compactMap(\.self)).flatMap(\.otherColumnsNote))
  }

  private func parts(prefix: String = "", suffix: String = "") -> [ResultDocument.Part] {
    func named(_ table: ResultTable) -> ResultTable {
      ResultTable(
        name: prefix + table.name + suffix, title: table.title, columns: table.columns,
        keyColumns: table.keyColumns, sections: table.sections, notes: table.notes)
    }
    return [
      ResultDocument.Part(named(rowTable), jsonKey: nil),
      .init(named(failureTable), shown: failureTable.rowCount > 0, jsonKey: nil),
      .init(named(findingTable), shown: false, jsonKey: nil),
    ]
  }

  /// The table's number, for rows and findings of a document.
  private var placeMembers: [JSONMember] {
    table.place.map { [JSONMember("table", .integer($0.number))] } ?? []
  }

  private var rowValues: [JSONValue] { rows.map { .object(placeMembers + $0.members) } }

  private var findingValues: [JSONValue] { findings.map { .object(placeMembers + $0.members) } }

  private var countsMember: JSONMember {
    JSONMember(
      "counts", .object(AuditVerdict.allCases.map { JSONMember($0.rawValue, .integer(rows($0).count)) }))
  }

  /// What the table is and what it was held to.
  private var summaryValues: [JSONMember] {
    placeMembers
      + (table.place.map { [JSONMember("caption", .string($0.caption))] } ?? []) + [
        JSONMember("source", .string(table.source)),
        JSONMember("levels", .array(specification.levels.map(JSONValue.number))),
        JSONMember("marks", JSONValue(specification.convention.marks)),
        JSONMember("reference", .string(specification.reference.name)), countsMember,
      ]
  }

  private var otherColumnsNote: [Phrase] {
    let names = table.otherColumns
    return names.isEmpty
      ? []
      : [
        Phrase(
          "Not read: \(names.joined(separator: ", ")).", zh: "未读取的列：\(names.joined(separator: "、"))。")
      ]
  }
}

extension RoundingInterval {
  /// `[lower, upper]`, null for a bound that is infinite.
  var json: JSONValue { .array([.number(lower), .number(upper)]) }
}

extension AuditedRow {
  fileprivate var members: [JSONMember] {
    var members = [JSONMember("term", .string(printed.term))]
    if let column = printed.column { members.append(JSONMember("column", .string(column))) }
    if let effect = printed.effect { members.append(JSONMember("effect", .string(effect.rawValue))) }
    members += [
      JSONMember("line", .integer(printed.line)),
      JSONMember(
        "printed",
        .object([
          JSONMember("estimate", JSONValue(printed.estimate?.text)),
          JSONMember("std_error", JSONValue(printed.standardError?.text)),
          JSONMember("statistic", JSONValue(printed.statistic?.text)),
          JSONMember("p_value", JSONValue(printed.pValue?.text)),
          JSONMember("stars", JSONValue(printed.mark)),
        ])),
      JSONMember("verdict", .string(verdict.rawValue)),
      JSONMember("checks", .array(checks.map { $0.json(repairs: repairs[$0.kind] ?? []) })),
      JSONMember("allowed", .object(allowed)),
      JSONMember("repairs", JSONValue(settlingCells)),
    ]
    return members
  }

  private var allowed: [JSONMember] {
    let stars = allowedStars.map { RoundingInterval(Double($0.lowerBound), Double($0.upperBound)) }
    let pairs = [
      ("statistic", allowedStatistic), ("p_value", allowedPValue), ("stars", stars), ("total", allowedTotal),
    ]
    return pairs.compactMap { key, interval in interval.map { JSONMember(key, $0.json) } }
  }
}

extension AuditCheck {
  fileprivate func json(repairs: [AuditRepair]) -> JSONValue {
    let cells = repairs.map { JSONMember($0.cell, .string($0.value)) }
    return .object([
      JSONMember("check", .string(kind.rawValue)), JSONMember("printed", .string(printed)),
      JSONMember("allowed", allowed.json), JSONMember("verdict", .string(verdict.rawValue)),
      JSONMember("repairs", .object(cells)),
    ])
  }
}

extension AuditFinding {
  fileprivate var members: [JSONMember] {
    [
      JSONMember("finding", .string(kind.rawValue)), JSONMember("rows", JSONValue(rows)),
      JSONMember("text", .string(text.english)),
    ] + values
  }
}
