extension ComparisonResult {
  /// The answer of `compare`.
  public var document: ResultDocument {
    ResultDocument(
      command: "compare",
      sample: nil,
      parts: [
        ResultDocument.Part(cellTable, jsonKey: nil), ResultDocument.Part(summaryTable, jsonKey: nil),
      ],
      values: [
        JSONMember("verdict", .string(verdict.rawValue)),
        JSONMember("cells", .array(cells.map(\.json))),
        JSONMember(
          "counts",
          .object(
            CellVerdict.allCases.map { verdict in
              JSONMember(verdict.rawValue, .integer(cells.count { $0.verdict == verdict }))
            })),
        JSONMember("unmatched", JSONValue(unmatched.map(\.row))),
      ])
  }
}

extension ComparedCell {
  fileprivate var json: JSONValue {
    var members = [JSONMember("term", .string(row.term))]
    if let effect = row.effect { members.append(JSONMember("effect", .string(effect.rawValue))) }
    members += [
      JSONMember("line", .integer(row.line)), JSONMember("quantity", .string(quantity.rawValue)),
      JSONMember("printed", .string(printed)), JSONMember("program", .number(program)),
      JSONMember("interval", interval.json), JSONMember("verdict", .string(verdict.rawValue)),
      JSONMember("off_by", .number(distance)),
    ]
    return .object(members)
  }
}
