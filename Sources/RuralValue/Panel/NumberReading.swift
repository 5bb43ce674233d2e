/// What a cell of statistical data says when it is read as a number.
public enum NumberReading: Sendable, Equatable {
  /// A finite number.
  case number(Double)
  /// One of the markers for a missing value, or nothing at all.
  case missing
  /// Neither, with advice where the cause is plain.
  case unreadable(advice: String?)

  /// Reads a cell's UTF-8.
  public init(utf8 bytes: ArraySlice<UInt8>) {
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  /// Reads a cell's text.
  public init(_ text: String) {
    if text.isEmpty || text == "NA" { self = .missing; return }
    if let value = Double(text), value.isFinite {
      self = .number(value)
    } else {
      self = .unreadable(advice: nil)
    }
  }
}
