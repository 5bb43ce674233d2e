public import RuralValue

/// The stars behind estimates, and the note that says what they mean.
public struct StarMarks: Sendable, Equatable {
  /// The levels of most economics journals.
  public static let defaultLevels = [0.1, 0.05, 0.01]

  /// The levels, largest first.
  public let levels: [Double]

  /// Marks at these levels, given in any order.
  public init(levels: [Double] = StarMarks.defaultLevels) {
    self.levels = levels.sorted(by: >)
  }

  /// One star for every level above the p value; none where there is no p value.
  public func marks(pValue: Double) -> String {
    String(repeating: "*", count: levels.count { pValue < $0 })
  }

  /// The note below a table: what parentheses or brackets under estimates hold, and the levels; nil if there is nothing
  /// to say.
  public func note(
    language: Language, hasStars: Bool, hasStandardErrors: Bool, inBrackets: Phrase? = nil
  ) -> String? {
    var clauses: [String] = []
    if let inBrackets { clauses.append(inBrackets.text(in: language)) }
    switch language {
    case .english:
      if hasStandardErrors { clauses.append("Standard errors in parentheses") }
      if hasStars, !levels.isEmpty { clauses.append(englishLevels) }
      return clauses.isEmpty ? nil : clauses.joined(separator: "; ") + "."
    case .chinese:
      if hasStandardErrors { clauses.append("括号内为标准误") }
      if hasStars, !levels.isEmpty { clauses.append(chineseLevels) }
      return clauses.isEmpty ? nil : clauses.joined(separator: "；") + "。"
    }
  }

  private var englishLevels: String {
    levels.enumerated().map { place, level in "\(stars(place + 1)) p < \(RoundTripNumber.text(level))" }
      .joined(separator: ", ")
  }

  private var chineseLevels: String {
    let marks = levels.indices.map { stars($0 + 1) }.joined(separator: "、")
    let percents = levels.map { percent($0) + "%" }
    return marks + (levels.count > 1 ? "分别表示在" : "表示在") + percents.joined(separator: "、") + "水平上显著"
  }

  /// 100 times a level. In floating point 0.07 × 100 is not quite 7, hence a fixed number of digits.
  private func percent(_ level: Double) -> String { FixedDecimals.text(level * 100, atMost: 9) }

  private func stars(_ count: Int) -> String {
    String(repeating: "*", count: count)
  }
}
