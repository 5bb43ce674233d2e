extension AuditResult {
  /// The answer of `audit`.
  ///
  /// - Parameter effects: the audit of the effects that should follow from these coefficients.
  public func document(effects: AuditResult? = nil) -> ResultDocument {
    ResultDocument(
      command: "audit", sample: nil,
      parts: parts(prefix: "") + (effects?.parts(prefix: "effects_") ?? []),
      values: values + (effects.map { [JSONMember("effects_audit", .object($0.values))] } ?? []),
      notes: otherColumnsNote + (effects?.otherColumnsNote ?? []))
  }

  private func parts(prefix: String) -> [ResultDocument.Part] {
    func named(_ table: ResultTable) -> ResultTable {
      ResultTable(
        name: prefix + table.name, title: table.title, columns: table.columns, keyColumns: table.keyColumns,
        sections: table.sections, notes: table.notes)
    }
    return [
      ResultDocument.Part(named(rowTable), jsonKey: nil),
      .init(named(failureTable), shown: failureTable.rowCount > 0, jsonKey: nil),
      .init(named(findingTable), shown: false, jsonKey: nil),
    ]
  }

  private var values: [JSONMember] {
    [
      JSONMember("rows", .array(rows.map(\.json))),
      JSONMember("findings", .array(findings.map(\.json))),
      JSONMember(
        "counts", .object(AuditVerdict.allCases.map { JSONMember($0.rawValue, .integer(rows($0).count)) })),
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
  fileprivate var json: JSONValue {
    var members = [JSONMember("term", .string(printed.term))]
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
          JSONMember("stars", JSONValue(printed.stars.map(StarText.stars))),
        ])),
      JSONMember("verdict", .string(verdict.rawValue)),
      JSONMember("checks", .array(checks.map { $0.json(repairs: repairs[$0.kind] ?? []) })),
      JSONMember("allowed", .object(allowed)),
      JSONMember("repairs", JSONValue(settlingCells)),
    ]
    return .object(members)
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
  fileprivate var json: JSONValue {
    .object(
      [
        JSONMember("finding", .string(kind.rawValue)), JSONMember("rows", JSONValue(rows)),
        JSONMember("text", .string(text.english)),
      ] + values)
  }
}
