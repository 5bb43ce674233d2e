/// What a comparison says of a printed cell; the later, the worse.
public enum CellVerdict: String, Sendable, CaseIterable {
  /// The program's number rounds to the printed one.
  case agrees
  /// It does not, but is within the tolerance of a number that does.
  case withinTolerance = "within-tolerance"
  /// It is further off.
  case off
  /// The results have no such number.
  case absent = "not-in-the-results"

  /// Whether the cell counts as reproduced.
  public var isReproduced: Bool { self == .agrees || self == .withinTolerance }

  /// The verdict in both languages.
  public var phrase: Phrase {
    switch self {
    case .agrees: Phrase("agrees", zh: "一致")
    case .withinTolerance: Phrase("within tolerance", zh: "在容差内")
    case .off: Phrase("off", zh: "不一致")
    case .absent: Phrase("not in the results", zh: "结果中没有")
    }
  }
}

/// One printed cell beside the program's number.
public struct ComparedCell: Sendable, Equatable {
  /// The printed row.
  public let row: PublishedTable.Row
  /// Which of its cells.
  public let quantity: ComparedQuantity
  /// The cell as printed.
  public let printed: String
  /// How many decimals the printed number has; zero for stars.
  public let decimals: Int
  /// What the printed number may have been before rounding; for stars, their number.
  public let interval: RoundingInterval
  /// The program's number, or NaN where the results have none.
  public let program: Double
  /// What the comparison came to.
  public let verdict: CellVerdict
  /// The distance from the printed number in units of its last digit, or NaN where the results have none.
  public let distance: Double

  /// Compares a printed number; `program` is nil where the results have none.
  init(
    _ row: PublishedTable.Row, _ quantity: ComparedQuantity, _ printed: PrintedNumber, program: Double?,
    tolerance: Double
  ) {
    self.row = row
    self.quantity = quantity
    self.printed = printed.text
    decimals = printed.decimals
    interval = printed.interval
    self.program = program ?? .nan
    guard let program, program.isFinite else {
      (verdict, distance) = (.absent, .nan)
      return
    }
    let number = RoundingInterval(program, program)
    let widened = interval + RoundingInterval(-tolerance, tolerance)
    verdict =
      interval.overlaps(number) ? .agrees : widened.overlaps(number) ? .withinTolerance : .off
    // The number itself; of a bound such as <0.001, the bound.
    let target = printed.isBound ? interval.upper : interval.middle
    distance = abs(program - target) / printed.unit
  }

  /// Compares printed stars with those that the program's p value earns.
  init(_ row: PublishedTable.Row, stars: Int, program: Int?) {
    self.row = row
    quantity = .stars
    printed = StarText.stars(stars)
    decimals = 0
    interval = RoundingInterval(Double(stars), Double(stars))
    self.program = program.map(Double.init) ?? .nan
    verdict = program.map { $0 == stars ? .agrees : .off } ?? .absent
    distance = program.map { Double(abs($0 - stars)) } ?? .nan
  }
}

/// What a cell of a printed table is: the name of its column.
public enum ComparedQuantity: String, Sendable, CaseIterable {
  /// The coefficient or effect, b.
  case estimate
  /// Its standard error, se.
  case standardError = "std_error"
  /// The statistic, z or t.
  case statistic
  /// The p value.
  case pValue = "p_value"
  /// The stars, which follow from the p value and the levels of the table's note.
  case stars

  /// The quantity in both languages; the English one is the column's name, as `--require` takes it.
  public var phrase: Phrase {
    switch self {
    case .estimate: Phrase(rawValue, zh: "估计值")
    case .standardError: Phrase(rawValue, zh: "标准误")
    case .statistic: Phrase(rawValue, zh: "统计量")
    case .pValue: Phrase(rawValue, zh: "p值")
    case .stars: Phrase(rawValue, zh: "星号")
    }
  }
}
