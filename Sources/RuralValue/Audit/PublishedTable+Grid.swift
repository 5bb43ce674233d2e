extension PublishedTable {
  /// The estimates of a table of a document: which of its cells they are, what parentheses hold, and what its note says
  /// of its marks is found out.
  ///
  /// What parentheses hold follows from the headings, else from the note, else from what fits the marks: errors
  /// unless t or p values explain clearly more rows. Throws `AuditError.noEstimates` where it has no estimate
  /// beside which an error, z, t, p or mark is printed.
  public init(_ grid: PrintedGrid) throws(AuditError) {
    let found = CoefficientGrid(grid)
    guard !found.entries.isEmpty else { throw .noEstimates(source: grid.name) }
    let texts = found.notes + grid.notes + [grid.caption]
    let reading = BracketReading(found.entries, notes: texts)
    var table = Self.table(grid, found, reading.roles, texts)
    if !reading.isSettled, let roles = reading.likeliest({ Self.table(grid, found, $0, texts) }) {
      table = Self.table(grid, found, roles.roles, texts)
      table.readings = [roles.phrase]
    } else if let phrase = reading.phrase {
      table.readings = [phrase]
    }
    self = table
  }

  private static func table(
    _ grid: PrintedGrid, _ found: CoefficientGrid, _ roles: BracketReading.Roles, _ texts: [String]
  ) -> PublishedTable {
    let hasMarks = found.entries.contains { !$0.mark.isEmpty }
    let rows = found.entries.map { entry in
      func number(_ reading: ParenthesesReading) -> PrintedNumber? {
        entry.named[reading]
          ?? entry.brackets.lazy.filter { ($0.role ?? roles.reading(isSquare: $0.isSquare)) == reading }
          .compactMap(\.number).first
      }
      let pValue = number(.pValues)
      return Row(
        term: entry.term, effect: entry.effect, column: entry.column, line: entry.line,
        estimate: entry.cell.number, standardError: number(.standardErrors), statistic: number(.statistics),
        pValue: pValue.flatMap { $0.interval.upper >= 0 && $0.interval.lower <= 1 ? $0 : nil },
        mark: hasMarks ? entry.mark : nil,
        leastDegrees: leastDegrees(entry.column, found, texts)
      ).withoutMarkOfVariance
    }
    var table = PublishedTable(
      source: grid.name, rows: rows, hasEffects: rows.contains { $0.effect != nil }, hasStars: hasMarks)
    table.stated = texts.lazy.compactMap { StarConvention(note: $0) }.first
    table.place = Place(number: grid.number, caption: grid.caption, countsRows: grid.countsRows)
    let statistics = rows.compactMap { row in row.statistic.map { (row, $0) } }
    table.ignoresSign =
      statistics.count >= 2 && statistics.allSatisfy { $0.1.interval.upper >= 0 && !$0.1.text.contains("-") }
      && statistics.contains { $0.0.estimate.map { $0.interval.upper < 0 } ?? false }
    return table
  }

  /// The fewest degrees of freedom of a model: those that a note gives as t(139), else units or observations less one
  /// and less the regressors.
  private static func leastDegrees(_ column: String?, _ found: CoefficientGrid, _ texts: [String]) -> Double?
  {
    let stated = texts.flatMap { text in
      text.split(separator: "t(").dropFirst().compactMap { part in
        part.firstIndex(of: ")").flatMap { Double(part[..<$0]) }
      }
    }
    if let least = stated.filter({ $0 >= 1 }).min() { return least }
    guard let counts = found.counts[column] else { return nil }
    let regressors = Double(found.entries.count { $0.column == column && $0.effect == nil })
    let candidates = [counts[.units].map { $0 - 1 }, counts[.observations].map { $0 - regressors - 1 }]
    return candidates.compactMap(\.self).filter { $0 >= 1 }.min()
  }
}

/// What round and square brackets hold in a table whose columns do not say.
struct BracketReading {
  /// What each kind holds.
  struct Roles: Equatable {
    var round = ParenthesesReading.standardErrors
    var square: ParenthesesReading?

    func reading(isSquare: Bool) -> ParenthesesReading? { isSquare ? square : round }
  }

  private(set) var roles = Roles()
  /// Whether the note says it, or there is nothing to say.
  private(set) var isSettled = true
  /// How it was settled.
  private(set) var phrase: Phrase?
  private var kinds: Set<Bool> = []

  init(_ entries: [CoefficientGrid.Entry], notes: [String]) {
    let brackets = entries.flatMap(\.brackets).filter { $0.role == nil && $0.number != nil }
    kinds = Set(brackets.map(\.isSquare))
    guard !brackets.isEmpty else { return }
    isSettled = false
    // Square brackets alone hold what the note says of any.
    if kinds == [true] { roles.square = .standardErrors }
    let clauses = notes.flatMap { $0.split(whereSeparator: { ";；。,，\n".contains($0) }) }.flatMap {
      $0.components(separatedByStop: ". ")
    }
    let stated = clauses.compactMap { GridWords.reading(ofClause: $0) }
    guard !stated.isEmpty else { return }
    isSettled = true
    for (reading, isSquare) in stated {
      if kinds.count == 1 || isSquare == nil {
        set(reading, isSquare: kinds.contains(true) && kinds.count == 1)
        if kinds.count == 1 { break }
      } else {
        set(reading, isSquare: isSquare ?? false)
      }
    }
    let main = roles.reading(isSquare: kinds == [true]) ?? .standardErrors
    phrase =
      main == .standardErrors
      ? nil
      : Phrase(
        "Brackets hold \(main.noun.english), as the note says.", zh: "依表注，括号内为\(main.noun.chinese)。")
  }

  private mutating func set(_ reading: ParenthesesReading, isSquare: Bool) {
    if isSquare { roles.square = reading } else { roles.round = reading }
  }

  /// The reading that explains the marks best, errors unless another is clearly better; nil where there is no bracket
  /// to read, or no mark to tell.
  func likeliest(_ table: (Roles) -> PublishedTable) -> (roles: Roles, phrase: Phrase)? {
    let isSquare = kinds == [true]
    func roles(_ reading: ParenthesesReading) -> Roles {
      isSquare ? Roles(round: .standardErrors, square: reading) : Roles(round: reading, square: nil)
    }
    let tried = ParenthesesReading.allCases.map { reading in
      (reading: reading, table: table(roles(reading)))
    }
    let hasNegative = tried[0].table.rows.contains(where: \.hasNegativeError)
    func explained(_ table: PublishedTable) -> (fitting: Int, judged: Int) {
      if let stated = table.stated {
        let judged = table.rows.filter { $0.mark != nil && !$0.impliedPValues(AuditReference()).isEmpty }
          .count
        return (ConventionSearch.fitting(stated, table, AuditReference()).count, judged)
      }
      guard let search = ConventionSearch(table, AuditReference()) else { return (0, 0) }
      return (search.trials.first?.fitting.count ?? 0, search.judged.count)
    }
    let counts = tried.map { explained($0.table) }
    let judged = counts[0].judged
    var best = 0
    if hasNegative { best = 1 }
    for place in counts.indices.dropFirst() where !hasNegative || place == 1 {
      // A reading that must win has to explain most rows and clearly more than errors do.
      if counts[place].fitting >= counts[0].fitting + max(2, judged / 5),
        3 * counts[place].fitting > 2 * judged,
        counts[place].fitting > counts[best].fitting
      {
        best = place
      }
    }
    let listing = zip(tried, counts).map { "\($0.1.fitting) as \($0.0.reading.noun.english)" }
    let chinese = zip(tried, counts).map { "作\($0.0.reading.noun.chinese)\($0.1.fitting)行" }
    let noun = tried[best].reading.noun
    let reason =
      judged == 0
      ? Phrase("", zh: "")
      : Phrase(
        "; of \(judged) rows the marks fit \(listing.joined(separator: ", "))",
        zh: "；\(judged)行中标记相符的行数：\(chinese.joined(separator: "，"))")
    return (
      roles(tried[best].reading),
      Phrase(
        "What brackets hold is not stated; they are taken for \(noun.english)\(reason.english).",
        zh: "未说明括号内为何；视为\(noun.chinese)\(reason.chinese)。")
    )
  }
}

extension Substring {
  /// The parts between stops of sentences.
  fileprivate func components(separatedByStop stop: String) -> [String] {
    String(self).split(separator: stop).map(String.init)
  }
}
