/// Text as people are to see it, whoever wrote it: what would command a terminal, turn the direction of a line,
/// or be no character at all, is shown as signs that do nothing.
///
/// Names of columns, units and files come from strangers. Every renderer for people and every message takes its
/// texts through here; files of data do not, for there a text is what it is.
///
/// | what | as what |
/// | --- | --- |
/// | control characters U+0000 to U+001F, U+007F | their pictures, `␛` |
/// | control characters U+0080 to U+009F | `‹U+009B›` |
/// | marks that turn or part lines: U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069 | `‹U+202E›` |
/// | noncharacters, such as U+FFFE | U+FFFD |
/// | U+10FE80 to U+10FEFF, each a byte of a file's name that is no UTF-8 | `\xC4` |
public enum VisibleText {
  /// The text with what is not for people made visible; line breaks and tabs stay, and CRLF is one line break.
  public static func of(_ text: String) -> String { shown(text, keepsBreaks: true) }

  /// The text in one line: line breaks and tabs are made visible, too.
  public static func line(_ text: String) -> String { shown(text, keepsBreaks: false) }

  /// Whether a scalar is not shown as it is.
  public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x061B: false
    case 0...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: true
    case 0x10FE80...0x10FEFF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  private static func shown(_ text: String, keepsBreaks: Bool) -> String {
    guard mayHoldHidden(text, keepsBreaks: keepsBreaks) else { return text }
    var shown = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      // Of CR and LF the second is the line break.
      if isAfterReturn, scalar != "\n" || !keepsBreaks { shown.append("␍") }
      isAfterReturn = scalar == "\r"
      if isAfterReturn { continue }
      if keepsBreaks && (scalar == "\n" || scalar == "\t") || !isHidden(scalar) {
        shown.append(scalar)
      } else {
        shown += sign(for: scalar).unicodeScalars
      }
    }
    if isAfterReturn { shown.append("␍") }
    return String(shown)
  }

  /// Whether any byte is one with which something hidden may begin; of most texts none is.
  private static func mayHoldHidden(_ text: String, keepsBreaks: Bool) -> Bool {
    text.utf8.contains { byte in
      switch byte {
      case 0x0A, 0x09: !keepsBreaks
      case 0x20...0x7E, 0x80...0xBF: false
      // The lead bytes of U+0080, U+061C, U+200E, U+FDD0 and of all beyond U+FFFF.
      case ...0x1F, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF0...: true
      default: false
      }
    }
  }

  private static func sign(for scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case ...0x1F: String(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F: "␡"
    case 0x10FE80...0x10FEFF: "\\x\(hexadecimal(scalar.value - 0x10FE00, digits: 2))"
    case 0xFDD0...: "\u{FFFD}"
    default: "‹U+\(hexadecimal(scalar.value, digits: 4))›"
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
