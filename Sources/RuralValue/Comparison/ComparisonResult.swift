/// A printed table beside the program's numbers.
public struct ComparisonResult: Sendable, Equatable {
  /// The table as printed.
  public let table: PublishedTable
  /// What must agree, and how nearly.
  public let specification: ComparisonSpecification
  /// Every printed cell, in the order of the table.
  public let cells: [ComparedCell]
  /// The printed rows that the results do not have.
  public let unmatched: [Unmatched]

  /// For effects: the totals that the printed coefficients allow, (b + θ)/(1 − ρ).
  public let totals: [String: RoundingInterval]

  /// A printed row that the results do not have.
  public struct Unmatched: Sendable, Equatable {
    /// The row's name.
    public let row: String
    /// The name in the results that was probably meant.
    public let suggestion: String?
  }

  /// The cells of one quantity.
  public func cells(_ quantity: ComparedQuantity) -> [ComparedCell] {
    cells.filter { $0.quantity == quantity }
  }

  /// The quantities that the table prints.
  public var quantities: [ComparedQuantity] {
    ComparedQuantity.allCases.filter { quantity in cells.contains { $0.quantity == quantity } }
  }

  /// The quantities among them that must agree.
  public var required: [ComparedQuantity] { quantities.filter(specification.required.contains) }

  /// The cells that had to agree and do not.
  public var failures: [ComparedCell] {
    cells.filter { specification.required.contains($0.quantity) && !$0.verdict.isReproduced }
  }

  /// What the comparison says of the table.
  public var verdict: TableVerdict {
    if !failures.isEmpty { return .differs }
    if let whole = TableVerdict(whole: cells) { return whole }
    return required.isEmpty ? .compared : .reproducedWhereRequired
  }
}

/// What a comparison says of a printed table.
public enum TableVerdict: String, Sendable, CaseIterable {
  /// Every printed cell agrees.
  case reproduced
  /// Every printed cell agrees, some of them only within the tolerance.
  case reproducedWithinTolerance = "reproduced-within-tolerance"
  /// Every required cell agrees; others do not.
  case reproducedWhereRequired = "reproduced-where-required"
  /// Not every cell agrees, and none is required to.
  case compared = "compared-only"
  /// A required cell does not agree.
  case differs

  /// The verdict where every cell agrees, nil where one does not.
  init?(whole cells: [ComparedCell]) {
    guard cells.allSatisfy(\.verdict.isReproduced) else { return nil }
    self = cells.allSatisfy { $0.verdict == .agrees } ? .reproduced : .reproducedWithinTolerance
  }

  /// The verdict in both languages.
  public var phrase: Phrase {
    switch self {
    case .reproduced: Phrase("reproduced", zh: "已复现")
    case .reproducedWithinTolerance: Phrase("reproduced within tolerance", zh: "在容差内复现")
    case .reproducedWhereRequired: Phrase("reproduced where required", zh: "要求的部分已复现")
    case .compared: Phrase("compared only", zh: "仅作对照")
    case .differs: Phrase("differs", zh: "不一致")
    }
  }
}

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
