/// How classes of hot spots or of local Moran's I came about, as their table says it in its column `analysis`: a map of
/// them says it below.
public struct ClassAnalysis: Sendable, Equatable {
  /// What was measured.
  public enum Statistic: String, Sendable, CaseIterable {
    /// Getis and Ord's Gi*.
    case hotSpots = "gi"
    /// Local Moran's I.
    case clusters = "lisa"
  }

  /// What was done about many tests at once.
  public enum Correction: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Control of the false discovery rate by Benjamini and Hochberg, within the period.
    case fdr
  }

  /// What was made of the variable between two periods.
  public struct Span: Sendable, Equatable {
    /// Growth rates or differences.
    public let comparison: SpatialSeries.Comparison
    /// The first and the last period.
    public let periods: ClosedRange<Int>

    /// A span from its parts.
    public init(_ comparison: SpatialSeries.Comparison, _ periods: ClosedRange<Int>) {
      self.comparison = comparison
      self.periods = periods
    }
  }

  /// What was measured.
  public let statistic: Statistic
  /// What was made of the variable; nil for its levels.
  public let span: Span?
  /// The variable whose neighbours' values count; nil for the variable's own.
  public let laggedVariable: String?
  /// What the weights are called.
  public let weights: String
  /// How the weights are scaled; nil for binary ones with self.
  public let standardisation: WeightsStandardisation?
  /// The permutations on which p rests, zero for none.
  public let permutations: Int
  /// The largest p of a class.
  public let significance: Double
  /// What was done about many tests at once.
  public var correction: Correction

  /// That control of the false discovery rate leaves none of the units that are marked without it.
  ///
  /// `marked` are the marked units without and with control, by what they are of; nil where each has some left, or had none.
  static func emptied(_ marked: [(of: String, found: Int, left: Int)]) -> Phrase? {
    let empty = marked.filter { $0.found > 0 && $0.left == 0 }
    guard !empty.isEmpty else { return nil }
    func list(_ language: Language) -> String {
      listed(empty.map { "\($0.of) (\($0.found))" }, most: 6, in: language)
    }
    return Phrase(
      "No unit stays significant after FDR control where so many are marked without: \(list(.english)). Tested one by one, some"
        + " units are marked by chance alone; these are no finding.",
      zh: "经FDR校正后没有显著单元，而未校正时有：\(list(.chinese))。逐单元检验仅因偶然也会出现显著单元，不能视为研究发现。")
  }

  /// How hot spots came about.
  public static func hotSpots(of span: Span?, weights: String) -> ClassAnalysis {
    ClassAnalysis(
      statistic: .hotSpots, span: span, laggedVariable: nil, weights: weights, standardisation: nil,
      permutations: 0, significance: 0.1, correction: .none)
  }

  /// How clusters came about.
  public static func clusters(
    _ specification: MoranSpecification, laggedVariable: String?, weights: String
  ) -> ClassAnalysis {
    ClassAnalysis(
      statistic: .clusters, span: nil, laggedVariable: laggedVariable, weights: weights,
      standardisation: specification.standardisation, permutations: specification.permutations,
      significance: specification.significance, correction: .none)
  }

  /// The same with another correction.
  func corrected(by correction: Correction) -> ClassAnalysis {
    var analysis = self
    analysis.correction = correction
    return analysis
  }
}

extension ClassAnalysis {
  /// The name of the column in which tables of classes say it.
  public static let column = "analysis"

  /// The name of the column with a variable's classes under a correction, beside those that bear its own name.
  public static func column(of variable: String, _ correction: Correction) -> String {
    "\(variable)_\(correction == .fdr ? "fdr" : "raw")"
  }

  /// The columns that stand behind the classes: those under the other correction, and what all of them rest on.
  ///
  /// A column whose name a variable has is left out.
  func columns(_ others: [(name: String, cells: [Int?])], rowCount: Int) -> [ResultColumn] {
    let taken = Set(others.map(\.name))
    let other: Correction = correction == .fdr ? .none : .fdr
    let basis = other == .fdr ? Phrase("FDR", zh: "FDR校正") : Phrase("uncorrected", zh: "未校正")
    let classes = others.map { name, cells in
      ResultColumn(
        Self.column(of: name, other), Phrase("\(name) (\(basis.english))", zh: "\(name)（\(basis.chinese)）"),
        .integer(cells))
    }
    let facts = ResultColumn(
      Self.column, Phrase("Analysis", zh: "分析方法"), .text([String?](repeating: text, count: rowCount)))
    return (classes + [facts]).filter { !taken.contains($0.name) }
  }

  /// What the column holds: `gi; growth=2012:2022; weights=queen; permutations=0; level=0.1; correction=none`.
  var text: String {
    var parts = [statistic.rawValue]
    if let span {
      parts.append("\(span.comparison.rawValue)=\(span.periods.lowerBound):\(span.periods.upperBound)")
    }
    if let laggedVariable { parts.append("with=\(Self.plain(laggedVariable))") }
    parts.append("weights=\(Self.plain(weights))")
    if let standardisation { parts.append("standardise=\(standardisation.rawValue)") }
    return
      (parts + [
        "permutations=\(permutations)", "level=\(RoundTripNumber.text(significance))",
        "correction=\(correction.rawValue)",
      ]).joined(separator: "; ")
  }

  private static func plain(_ name: String) -> String { name.replacing(";", with: ",") }

  /// What a cell of the column says; nil for one that says nothing of classes.
  init?(_ text: String) {
    let parts = text.split(separator: ";").map { CellText.trimmed(String($0)) }
    guard let statistic = parts.first.flatMap(Statistic.init(rawValue:)) else { return nil }
    var members: [String: String] = [:]
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      if pair.count == 2 { members[pair[0]] = pair[1] }
    }
    guard let weights = members["weights"],
      let correction = members["correction"].flatMap(Correction.init(rawValue:)),
      let permutations = members["permutations"].flatMap({ Int($0) }),
      let level = members["level"].flatMap({ Double($0) }), level > 0, level < 1
    else { return nil }
    let spans = SpatialSeries.Comparison.allCases.compactMap { comparison -> Span? in
      let ends = members[comparison.rawValue]?.split(separator: ":").compactMap { Int($0) } ?? []
      return ends.count == 2 && ends[0] < ends[1] ? Span(comparison, ends[0]...ends[1]) : nil
    }
    self.init(
      statistic: statistic, span: spans.first, laggedVariable: members["with"], weights: weights,
      standardisation: members["standardise"].flatMap(WeightsStandardisation.init(rawValue:)),
      permutations: permutations, significance: level, correction: correction)
  }

  /// What a table of classes says of them; nil where it says nothing, or not the same of all.
  public init?(of table: Table) {
    guard let column = try? table.column(named: Self.column) else { return nil }
    let texts = table.texts(column: column).map(CellText.trimmed).filter { !$0.isEmpty }.firstAppearances
    guard texts.count == 1 else { return nil }
    self.init(texts[0])
  }
}
