extension NumberReading {
  /// The markers that statistical tables write for a value that is not there, besides an empty cell.
  ///
  /// Letters may be of either case, and full-width forms count as half-width ones. `无` and `不变` are not
  /// among them: they may mean zero. `-9`, `-99` and `999` are not: they are numbers.
  public static let missingMarkers: [String] = [
    "NA", "N/A", "N.A.", "<NA>", "#N/A", "#NA", "NaN", "null", "none", "nil", "\\N",
    "-", "--", "---", "\u{2212}", "–", "––", "—", "——", "―", "─", "──",
    ".", "..", "...", "…", "……", "/", "空", "空缺", "缺失", "缺", "不详", "暂无", "暂缺",
  ]

  private static let foldedMarkers = Set(missingMarkers.map { $0.lowercased() })

  /// Whether a trimmed half-width text is a missing marker or empty.
  static func isMissingMarker(_ word: String) -> Bool {
    // The longest marker has six bytes; texts that are longer need not be folded.
    word.isEmpty || (word.utf8.count <= 6 && foldedMarkers.contains(word.lowercased()))
  }
}
