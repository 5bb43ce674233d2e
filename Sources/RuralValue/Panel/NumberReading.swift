/// What a cell of statistical data says when it is read as a number.
///
/// A number is decimal digits with an optional sign, point and exponent. Full-width digits and signs, the
/// minus sign U+2212, white space around (NBSP and U+3000 included) and thousands separators in proper
/// groups of three are understood: `1,234,567`, `１，２３４`, `1 749`. All else is refused rather than guessed.
public enum NumberReading: Sendable, Equatable {
  /// A finite number.
  case number(Double)
  /// One of the markers for a missing value, or nothing at all.
  case missing
  /// Neither, with advice where the cause is plain.
  case unreadable(advice: String?)

  /// Reads a cell's UTF-8.
  public init(utf8 bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty {
      self = .missing
    } else if let value = PlainDecimal.value(of: bytes.span, from: 0, to: bytes.count) {
      self = .number(value)
    } else if NumberReading.isPlainlyAName(bytes) {
      self = .unreadable(advice: nil)
    } else {
      self.init(cleaning: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Reads a cell's text.
  public init(_ text: String) {
    self.init(utf8: ArraySlice(text.utf8))
  }

  /// Whether a text begins with a Chinese character (U+4E00 on) and is longer than any missing marker: the
  /// common case of a unit's name, which need not be cleaned. `约 5` is not such a name.
  private static func isPlainlyAName(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count > 6 && (0xE4...0xE9).contains(bytes.first!) && !bytes.starts(with: "约".utf8)
  }

  /// Reads a text that is not a plain decimal as it stands.
  private init(cleaning text: String) {
    let word = CellText.halfWidth(CellText.trimmed(text))
    if NumberReading.isMissingMarker(word) {
      self = .missing
    } else if let value = NumberReading.number(in: word) {
      self = .number(value)
    } else {
      self = .unreadable(advice: NumberReading.advice(on: word))
    }
  }

  /// The finite number in a trimmed half-width text, its thousands separators and U+2212 understood.
  private static func number(in word: String) -> Double? {
    var bytes = Array(word.utf8)
    if word.unicodeScalars.first == "\u{2212}" { bytes.replaceSubrange(0..<3, with: [UInt8(ascii: "-")]) }
    let plain = ThousandsSeparators.removed(from: bytes) ?? bytes
    return PlainDecimal.value(of: plain.span, from: 0, to: plain.count)
  }
}

extension NumberReading {
  /// The markers that statistical tables write for a value that is not there, besides an empty cell.
  ///
  /// Letters may be of either case, and full-width forms count as half-width ones. `无` and `不变` are not
  /// among them: they may mean zero. `-9`, `-99` and `999` are not: they are numbers.
  public static let missingMarkers: [String] = [
    "NA", "N/A", "N.A.", "<NA>", "#N/A", "#NA", "NaN", "null", "none", "nil", "\\N",
    "-", "--", "---", "\u{2212}", "–", "––", "—", "——", "―", "─", "──",
    ".", "..", "...", "…", "……", "/", ":", "(NA)", "(D)", "(X)", "(S)", "空", "空缺", "缺失", "缺", "不详", "暂无",
    "暂缺",
  ]

  private static let foldedMarkers = Set(missingMarkers.map { $0.lowercased() })

  /// Whether a trimmed half-width text is a missing marker or empty.
  static func isMissingMarker(_ word: String) -> Bool {
    // The longest marker has six bytes; texts that are longer need not be folded.
    word.isEmpty || (word.utf8.count <= 6 && foldedMarkers.contains(word.lowercased()))
  }
}

/// Thousands separators in numbers: one kind of separator, groups of three digits, nothing else.
enum ThousandsSeparators {
  /// The number without its separators, or nil where it has none or they do not part groups of three.
  ///
  /// `0,123` is refused, for no number begins with a group of zero: there the comma is a decimal sign.
  static func removed(from bytes: [UInt8]) -> [UInt8]? {
    var plain: [UInt8] = []
    var next = 0
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      plain.append(sign)
      next = 1
    }
    let leading = digits(in: bytes, from: next)
    guard (1...3).contains(leading.count), bytes[next] != UInt8(ascii: "0"),
      let separator = separator(in: bytes, at: leading.upperBound)
    else { return nil }
    plain += bytes[leading]
    next = leading.upperBound
    while let found = self.separator(in: bytes, at: next) {
      guard found == separator else { return nil }
      let group = digits(in: bytes, from: next + separator.count)
      guard group.count == 3 else { return nil }
      plain += bytes[group]
      next = group.upperBound
    }
    // A fraction or an exponent may follow; whether it does is for the reader of plain decimals.
    return plain + bytes[next...]
  }

  /// The run of ASCII digits that begins here.
  private static func digits(in bytes: [UInt8], from start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
    return start..<end
  }

  /// The comma or space that stands here.
  private static func separator(in bytes: [UInt8], at position: Int) -> [UInt8]? {
    separators.first { bytes[position...].starts(with: $0) }
  }

  /// Comma, space, NBSP, thin space, figure space, narrow NBSP, U+3000.
  private static let separators: [[UInt8]] = [
    ",", " ", "\u{A0}", "\u{2009}", "\u{2007}", "\u{202F}", "\u{3000}",
  ]
  .map { Array($0.utf8) }
}
