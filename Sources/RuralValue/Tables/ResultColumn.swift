/// One column of a result table.
public struct ResultColumn: Sendable, Equatable, Codable {
  /// The name in CSV and, without a group, the key in JSON.
  public let name: String
  /// The heading in text, Markdown, LaTeX and HTML; a line break in it begins a second row of headings.
  public let heading: Phrase
  /// The cells.
  public let values: ResultValues
  /// What people read in the place of the cells; CSV and JSON keep the cells.
  public private(set) var shown: [Phrase]?
  /// How people see the numbers.
  public let display: NumberDisplay
  /// How people see the numbers of a column whose rows differ in kind, row by row.
  public let rowDisplays: [NumberDisplay]?
  /// How people see a number that is not there.
  public let missing: MissingDisplay
  /// p values beside the numbers, from which the renderers for people add stars; NaN where there is none.
  public let significance: [Double]?
  /// Where columns form one object in JSON: `weight_by_time` with the member `2012`.
  public let group: Group?

  /// A place inside a nested JSON object.
  public struct Group: Sendable, Equatable, Codable {
    /// The key of the nested object.
    public let key: String
    /// This column's key inside it.
    public let member: String

    /// A place from its two keys.
    public init(key: String, member: String) {
      self.key = key
      self.member = member
    }
  }

  /// How people see the number in one row.
  public func display(row: Int) -> NumberDisplay {
    rowDisplays?[row] ?? display
  }

  /// A column from its parts.
  public init(
    _ name: String, _ heading: Phrase, _ values: ResultValues, display: NumberDisplay = .decimals,
    rowDisplays: [NumberDisplay]? = nil, missing: MissingDisplay = .dash, significance: [Double]? = nil,
    group: Group? = nil
  ) {
    precondition(rowDisplays == nil || rowDisplays!.count == values.count, "Every cell needs its display.")
    precondition(significance == nil || significance!.count == values.count, "Every cell needs its p value.")
    self.name = name
    self.heading = heading
    self.values = values
    self.display = display
    self.rowDisplays = rowDisplays
    self.missing = missing
    self.significance = significance
    self.group = group
  }
}

extension ResultColumn {
  func rows(_ places: [Int]) -> ResultColumn {
    ResultColumn(
      name, heading, values.rows(places), display: display,
      rowDisplays: rowDisplays.map { displays in places.map { displays[$0] } }, missing: missing,
      significance: significance.map { values in places.map { values[$0] } }, group: group
    ).shown(as: shown.map { words in places.map { words[$0] } })
  }

  /// The cells as words, whole numbers among them; nil for a column of numbers.
  var words: [String]? {
    switch values {
    case .text(let cells): cells.map { $0 ?? "" }
    case .phrase(let cells): cells.map(\.english)
    case .remark(let cells): cells.map { $0?.english ?? "" }
    case .integer(let cells): cells.map { $0.map { "\($0)" } ?? "" }
    case .number: nil
    }
  }

  func worded(_ wording: (String) -> String) -> ResultColumn {
    let words: ResultValues =
      switch values {
      case .text(let cells): .text(cells.map { $0.map(wording) })
      case .phrase(let cells): .phrase(cells.map { $0.worded(wording) })
      case .remark(let cells): .remark(cells.map { $0?.worded(wording) })
      case .number, .integer: values
      }
    return ResultColumn(
      name, heading.worded(wording), words, display: display, rowDisplays: rowDisplays, missing: missing,
      significance: significance, group: group
    ).shown(as: shown?.map { $0.worded(wording) })
  }

  /// The column with other words in its remarks, which are sentences; its other cells stay.
  func wordedSentences(_ wording: (String) -> String) -> ResultColumn {
    guard case .remark = values else { return self }
    return worded(wording)
  }

  /// The column with what people read in the place of its cells.
  public func shown(as words: [Phrase]?) -> ResultColumn {
    precondition(words == nil || words!.count == values.count, "Every cell needs its words.")
    var column = self
    column.shown = words
    return column
  }

  /// Whether this is a column of words in which every cell is empty; one without cells is not.
  public var isWordless: Bool {
    switch values {
    case .text(let cells): !cells.isEmpty && cells.allSatisfy { $0?.isEmpty ?? true }
    case .phrase(let cells): !cells.isEmpty && cells.allSatisfy(\.english.isEmpty)
    case .remark(let cells): !cells.isEmpty && cells.allSatisfy { $0?.english.isEmpty ?? true }
    case .number, .integer: false
    }
  }
}

/// The cells of a column, all of one kind.
public enum ResultValues: Sendable, Equatable, Codable {
  /// Texts; nil is an empty cell and null in JSON.
  case text([String?])
  /// Texts that read differently in the two languages; CSV and JSON carry the English one.
  case phrase([Phrase])
  /// Words in both languages, or nothing.
  case remark([Phrase?])
  /// Numbers; NaN is an empty cell and null in JSON.
  case number([Double])
  /// Whole numbers; nil is an empty cell and null in JSON.
  case integer([Int?])

  /// The number of cells.
  public var count: Int {
    switch self {
    case .text(let cells): cells.count
    case .phrase(let cells): cells.count
    case .remark(let cells): cells.count
    case .number(let cells): cells.count
    case .integer(let cells): cells.count
    }
  }
}

extension ResultValues {
  func rows(_ places: [Int]) -> ResultValues {
    switch self {
    case .text(let cells): .text(places.map { cells[$0] })
    case .phrase(let cells): .phrase(places.map { cells[$0] })
    case .remark(let cells): .remark(places.map { cells[$0] })
    case .number(let cells): .number(places.map { cells[$0] })
    case .integer(let cells): .integer(places.map { cells[$0] })
    }
  }
}

/// How the renderers for people show a column's numbers; CSV and JSON always carry full precision.
public enum NumberDisplay: Sendable, Equatable, Codable {
  /// With the number of decimals that the user chose.
  case decimals
  /// As an estimate, its error or an end of its interval: with the number of decimals that the user chose, and with
  /// more where that would be nothing but zeros.
  case inference(InferencePart)
  /// Likewise, with this number of decimals at least, for rates that three decimals would hide.
  case finerInference(InferencePart, decimals: Int)
  /// As a quantity in units of any size, such as a mean: with significant digits and with signs between thousands.
  case quantity
  /// With a number of decimals of its own, for weights and shares that three decimals would hide.
  case fixedDecimals(Int)
  /// As a probability: `0.023`, and `<0.001` instead of `0.000`.
  case probability
  /// A standard error that journal tables set in parentheses under the estimate.
  case standardError
  /// Yes where the number is not zero, no where it is.
  case yesNo
  /// A check mark where the number is not zero, no where it is: which effects a model of a journal table has.
  case checkMark
  /// In brackets under the estimate, as journal tables set a statistic or its p value.
  case bracketed(isProbability: Bool)
  /// As these words, which stand in the place of a number.
  case words(Phrase)
  /// As so many stars: `**` for 2, nothing for 0.
  case stars

  /// Whether words stand in the place of a number.
  public var isWords: Bool {
    if case .words = self { true } else { false }
  }
}

/// What a number is of an estimate; all of a row have the same decimals.
public enum InferencePart: Sendable, Equatable, Codable {
  /// The estimate.
  case estimate
  /// Its standard error.
  case error
  /// An end of its interval.
  case end
}

/// How people see a number that is not there.
public enum MissingDisplay: Sendable, Equatable, Codable {
  /// A dash: the number was wanted and could not be had.
  case dash
  /// Nothing: the place has no number, as where a model lacks a term.
  case blank
}
