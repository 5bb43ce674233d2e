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
