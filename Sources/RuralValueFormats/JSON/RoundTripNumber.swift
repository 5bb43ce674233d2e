/// Writes a number with the fewest digits, at most 17, from which the same Double is read back.
public enum RoundTripNumber {
  /// The text: `0.1`, `12`, `1e+16`; `nan`, `inf` and `-inf` for what is not finite.
  ///
  /// Every finite number's text is a JSON number.
  public static func text(_ value: Double) -> String {
    let text = value.description
    return text.utf8.suffix(2).elementsEqual(".0".utf8) ? String(text.dropLast(2)) : text
  }

  /// Appends the text to bytes.
  public static func append(_ value: Double, to bytes: inout [UInt8]) {
    let text = value.description
    bytes.append(contentsOf: text.utf8)
    if text.utf8.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
  }
}
