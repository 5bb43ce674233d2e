internal import RuralValueNumerics

/// One cell that alone, were it another number, would settle a check.
public struct AuditRepair: Sendable, Equatable {
  /// The cell's column: `estimate`, `std_error`, `statistic`, `p_value`, `stars`; for a total also `direct`
  /// and `indirect`.
  public let cell: String
  /// The nearest value, with as many decimals as are printed; for stars the stars, or nothing.
  public let value: String

  /// A repair from its cell and its value.
  public init(cell: String, value: String) {
    self.cell = cell
    self.value = value
  }

  /// The repair as people see it: `se 0.007`, `no stars`.
  public var phrase: Phrase {
    switch cell {
    case "estimate": Phrase(verbatim: "b \(value)")
    case "std_error": Phrase("se \(value)", zh: "标准误 \(value)")
    case "statistic": Phrase(verbatim: "z \(value)")
    case "p_value": Phrase("p \(value)", zh: "p值 \(value)")
    case "stars" where value.isEmpty: Phrase("no stars", zh: "无星号")
    case "stars": Phrase(verbatim: value)
    case "direct": Phrase("direct \(value)", zh: "直接 \(value)")
    case "indirect": Phrase("indirect \(value)", zh: "间接 \(value)")
    default: Phrase(verbatim: "\(cell) \(value)")
    }
  }
}

/// Looks for the nearest number in one cell that settles a check and upsets no other.
struct RepairSearch {
  let row: PublishedTable.Row
  /// The direct and indirect effect, where the row is a total.
  let parts: EffectParts?
  /// The kinds of checks that hold as printed.
  let sound: Set<AuditCheck.Kind>
  /// What the marks mean.
  let convention: StarConvention
  /// All checks of a row in which a cell was replaced.
  let checks: (PublishedTable.Row) -> [AuditCheck]

  /// The repairs of a check that fails, the cell that it is about first.
  func repairs(of check: AuditCheck) -> [AuditRepair] {
    switch check.kind {
    case .sum: middle(of: check) + sumParts
    case .totalFromCoefficients: middle(of: check)
    default:
      check.kind.cells.reversed().compactMap { cell in
        nearest(cell, settling: check.kind).map { AuditRepair(cell: cell, value: $0) }
      }
    }
  }

  /// The total that follows from other cells, in the middle of their rounding.
  private func middle(of check: AuditCheck) -> [AuditRepair] {
    guard let total = row.estimate, (0...12).contains(total.decimals),
      let replaced = PrintedNumber(
        FixedDecimals.text(written: check.allowed.middle, decimals: total.decimals)),
      settles(row.replacing("estimate", with: replaced), check.kind)
    else { return [] }
    return [AuditRepair(cell: "estimate", value: replaced.text)]
  }

  /// The direct and the indirect effect that would make the printed total right.
  private var sumParts: [AuditRepair] {
    guard let total = row.estimate, let parts else { return [] }
    return [("direct", parts.direct, parts.indirect), ("indirect", parts.indirect, parts.direct)].compactMap {
      cell, number, other in
      guard (0...12).contains(number.decimals) else { return nil }
      let value = total.interval.middle - other.interval.middle
      return AuditRepair(cell: cell, value: FixedDecimals.text(written: value, decimals: number.decimals))
    }
  }

  private func settles(_ changed: PublishedTable.Row, _ kind: AuditCheck.Kind) -> Bool {
    checks(changed).allSatisfy { check in
      check.verdict == .consistent || (check.kind != kind && !sound.contains(check.kind))
    }
  }

  private func nearest(_ cell: String, settling kind: AuditCheck.Kind) -> String? {
    func settles(_ changed: PublishedTable.Row) -> Bool { self.settles(changed, kind) }
    if cell == "stars" {
      let printed = convention.rank(of: row.mark ?? "")
      let ranks = (0...convention.marks.count).sorted { abs($0 - printed) < abs($1 - printed) }
      return ranks.map(convention.mark).first { settles(row.replacing(mark: $0)) }
    }
    guard let number = row.number(cell), (0...12).contains(number.decimals) else { return nil }
    let printed = (number.interval.middle * pow(10, Double(number.decimals))).rounded()
    func text(_ steps: Double) -> String {
      FixedDecimals.text(
        written: (printed + steps) * pow(10, Double(-number.decimals)), decimals: number.decimals)
    }
    func works(_ steps: Double) -> Bool {
      guard let replaced = PrintedNumber(text(steps)), isPossible(replaced, in: cell) else { return false }
      return settles(row.replacing(cell, with: replaced))
    }
    return Self.smallestStep(where: works).map(text)
  }

  /// Standard errors are above zero and p values between zero and one.
  private func isPossible(_ number: PrintedNumber, in cell: String) -> Bool {
    switch cell {
    case "std_error": number.interval.middle > 0
    case "p_value": (0...1).contains(number.interval.middle)
    default: true
    }
  }

  /// The step of the smallest size that works: one by one near the printed number, then in growing strides
  /// whose last one is searched by halves.
  private static func smallestStep(where works: (Double) -> Bool) -> Double? {
    var size = 1.0
    var before = 0.0
    while size < 1e7 {
      for sign in [1.0, -1.0] where works(sign * size) {
        var (fails, holds) = (before, size)
        while holds - fails > 1 {
          let middle = ((fails + holds) / 2).rounded(.down)
          if works(sign * middle) { holds = middle } else { fails = middle }
        }
        return sign * holds
      }
      before = size
      size = size < 200 ? size + 1 : (size * 1.02).rounded(.up)
    }
    return nil
  }
}

extension PublishedTable.Row {
  /// The number in a cell.
  fileprivate func number(_ cell: String) -> PrintedNumber? {
    switch cell {
    case "estimate": estimate
    case "std_error": standardError
    case "statistic": statistic
    case "p_value": pValue
    default: nil
    }
  }

  /// The row with another number in one cell.
  fileprivate func replacing(_ cell: String, with number: PrintedNumber) -> PublishedTable.Row {
    var row = self
    switch cell {
    case "estimate": row.estimate = number
    case "std_error": row.standardError = number
    case "statistic": row.statistic = number
    default: row.pValue = number
    }
    return row
  }

  /// The row with another mark.
  fileprivate func replacing(mark: String) -> PublishedTable.Row {
    var row = self
    row.mark = mark
    return row
  }
}
