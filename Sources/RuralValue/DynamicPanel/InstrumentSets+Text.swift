extension GMMInstruments {
  /// Reads `VARS,FIRST:LAST` with the suffixes `;collapse` and `;eq=diff|level|both`: `n,w,2:4;collapse`.
  ///
  /// Throws `DynamicPanelError.unreadableInstruments` and `FormulaError`.
  public init(_ text: String) throws {
    let words = InstrumentWords(text)
    guard words.items.count >= 2, let lags = GMMInstruments.lagRange(words.items.last!) else {
      throw DynamicPanelError.unreadableInstruments(
        option: "--gmm", text: text,
        expected: "variables and their lags, such as --gmm \"V,2:4\", with an open end --gmm \"V,2:\"")
    }
    self.init(
      try words.items.dropLast().flatMap { item throws in try FormulaSpecification.terms(item) },
      firstLag: lags.first, lastLag: lags.last)
    for suffix in words.suffixes {
      if suffix == "collapse" {
        isCollapsed = true
      } else {
        equation = try InstrumentWords.equation(suffix, option: "--gmm", text: text, others: ["collapse"])
      }
    }
  }

  /// `2:4`, `2:` or `2`.
  private static func lagRange(_ text: String) -> (first: Int, last: Int?)? {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map {
      InstrumentWords.trimmed($0)
    }
    guard (1...2).contains(ends.count), let first = Int(ends[0]), first >= 0 else { return nil }
    if ends.count == 1 { return (first, first) }
    if ends[1].isEmpty || ends[1] == "." { return (first, nil) }
    guard let last = Int(ends[1]), last >= first else { return nil }
    return (first, last)
  }
}

extension StandardInstruments {
  /// Reads `VARS` with the suffixes `;eq=diff|level|both` and `;mz`: `w,k;eq=level`.
  ///
  /// Throws `DynamicPanelError.unreadableInstruments` and `FormulaError`.
  public init(_ text: String) throws {
    let words = InstrumentWords(text)
    self.init(try words.items.flatMap { item throws in try FormulaSpecification.terms(item) })
    for suffix in words.suffixes {
      if suffix == "mz" {
        takesMissingAsZero = true
      } else {
        equation = try InstrumentWords.equation(suffix, option: "--iv", text: text, others: ["mz"])
      }
    }
  }
}

/// The words of an instrument option: items between commas outside brackets, suffixes after semicolons.
private struct InstrumentWords {
  let items: [String]
  let suffixes: [String]

  init(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    var items = [""]
    var depth = 0
    for letter in parts[0] {
      if letter == "(" { depth += 1 }
      if letter == ")" { depth -= 1 }
      if letter == "," && depth == 0 { items.append("") } else { items[items.count - 1].append(letter) }
    }
    self.items = items.map { InstrumentWords.trimmed($0[...]) }
    suffixes = parts.dropFirst().map { InstrumentWords.trimmed($0) }.filter { !$0.isEmpty }
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  static func equation(
    _ suffix: String, option: String, text: String, others: [String]
  ) throws(DynamicPanelError) -> InstrumentEquation {
    if suffix.hasPrefix("eq="), let equation = InstrumentEquation(rawValue: String(suffix.dropFirst(3))) {
      return equation
    }
    let known = others + InstrumentEquation.allCases.map { "eq=\($0.rawValue)" }
    throw .unknownSuffix(option: option, text: text, found: suffix, known: known)
  }
}
