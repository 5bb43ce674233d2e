extension AuditResult {
  /// The answer of `audit`.
  ///
  /// - Parameter members: what the document states as asked besides levels and reference distribution.
  public func document(specification members: [JSONMember] = []) -> ResultDocument {
    var parts = [ResultDocument.Part(rowTable, jsonKey: nil)]
    parts.append(.init(failureTable, shown: failureTable.rowCount > 0, jsonKey: nil))
    parts.append(.init(findingTable, shown: false, jsonKey: nil))
    return ResultDocument(
      command: "audit",
      specification: [
        JSONMember("levels", .array(specification.levels.map(JSONValue.number))),
        JSONMember("reference", .string(specification.reference.name)),
      ] + members, sample: nil, parts: parts,
      values: [
        JSONMember("rows", .array(rows.map(\.json))),
        JSONMember("findings", .array(findings.map(\.json))),
        JSONMember(
          "counts", .object(AuditVerdict.allCases.map { JSONMember($0.rawValue, .integer(rows($0).count)) })),
      ], notes: otherColumnsNote)
  }

  private var otherColumnsNote: [Term] {
    let names = table.otherColumns
    return names.isEmpty
      ? []
      : [
        Term(
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
      JSONMember("checks", .array(checks.map(\.json))),
      JSONMember("allowed", .object(allowed)),
      JSONMember("repairs", JSONValue(repairs)),
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
  fileprivate var json: JSONValue {
    .object([
      JSONMember("check", .string(kind.rawValue)), JSONMember("printed", .string(printed)),
      JSONMember("allowed", allowed.json), JSONMember("verdict", .string(verdict.rawValue)),
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
