/// What the column of standard errors would have to hold for the rest of a row to fit.
enum ParenthesesReading: String, CaseIterable {
  case standardErrors = "standard_errors"
  case statistics
  case pValues = "p_values"

  /// Whether a row's statistic, p value and stars fit this reading; nil where it prints none of them.
  func fits(_ row: PublishedTable.Row, _ specification: AuditSpecification) -> Bool? {
    guard let estimate = row.estimate, let cell = row.standardError,
      row.statistic != nil || row.pValue != nil || row.mark != nil
    else { return nil }
    let reference = specification.reference.reaching(row.leastDegrees)
    let implied: RoundingInterval
    switch self {
    case .standardErrors:
      guard cell.interval.upper > 0 else { return false }
      let ratio = estimate.interval.divided(byPositive: cell.nonNegative)
      if let statistic = row.statistic, !statistic.interval.overlaps(ratio) { return false }
      implied = reference.pValues(of: ratio)
    case .statistics:
      if cell.interval.upper < 0, estimate.interval.lower > 0 { return false }
      if let statistic = row.statistic, !statistic.interval.magnitude.overlaps(cell.interval.magnitude) {
        return false
      }
      implied = reference.pValues(of: cell.interval)
    case .pValues:
      guard cell.interval.upper >= 0, cell.interval.lower <= 1 else { return false }
      implied = cell.probability
      if let statistic = row.statistic, !reference.pValues(of: statistic.interval).overlaps(implied) {
        return false
      }
    }
    if let pValue = row.pValue, !pValue.probability.overlaps(implied) { return false }
    return row.mark.map { specification.stars(of: implied).contains(specification.convention.rank(of: $0)) }
      ?? true
  }

  var noun: Phrase {
    switch self {
    case .standardErrors: Phrase("standard errors", zh: "标准误")
    case .statistics: Phrase("t values", zh: "t值")
    case .pValues: Phrase("p values", zh: "p值")
    }
  }

  /// How many rows fit each reading, and which misfits another reading would mend.
  ///
  /// Nil where every row fits with standard errors, or no row can tell.
  static func finding(_ table: PublishedTable, _ specification: AuditSpecification) -> AuditFinding? {
    let judged = table.rows.filter { Self.standardErrors.fits($0, specification) != nil }
    func fitting(_ reading: Self) -> [String] {
      judged.filter { reading.fits($0, specification) == true }.map(\.name)
    }
    let asErrors = fitting(.standardErrors)
    guard asErrors.count < judged.count else { return nil }
    let counts = allCases.map { ($0, fitting($0)) }
    let best = counts.reduce(counts[0]) { $1.1.count > $0.1.count ? $1 : $0 }
    let listing = counts.map { "\($0.1.count) as \($0.0.noun.english)" }.joined(separator: ", ")
    let chinese = counts.map { "作\($0.0.noun.chinese)\($0.1.count)行" }.joined(separator: "，")
    let mended = best.1.filter { !asErrors.contains($0) }
    let more =
      best.0 == .standardErrors
      ? Phrase("; no other reading fits more.", zh: "；其他解释并不更好。")
      : Phrase(
        "; as \(best.0.noun.english) also \(mended.joined(separator: ", ")) would fit.",
        zh: "；作\(best.0.noun.chinese)时\(mended.joined(separator: "、"))亦相符。")
    return AuditFinding(
      .parentheses, rows: judged.map(\.name).filter { !asErrors.contains($0) },
      Phrase(
        "Of \(judged.count) rows, what stands as standard error fits the rest of the row in: \(listing)"
          + more.english,
        zh: "标准误一列与该行其余数字相符的行数（共\(judged.count)行）：\(chinese)\(more.chinese)"),
      values: counts.map { JSONMember($0.0.rawValue, JSONValue($0.1)) } + [
        JSONMember("best", .string(best.0.rawValue))
      ])
  }
}
