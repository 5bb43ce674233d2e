/// Words and comments as one types them in a shell, or pastes them: whoever chose them, they stay what they are.
public enum ShellText {
  /// The word, in single quotes where a shell would otherwise read something else in it.
  ///
  /// What a terminal would take for a key, such as tab or escape, is spelled by printf; a line break may stand between
  /// quotes.
  public static func quoted(_ word: String) -> String {
    // Scalar by scalar: a quote with a combining mark behind it is one letter to Swift and still a quote to the shell.
    let scalars = word.unicodeScalars
    guard scalars.isEmpty || scalars.first == "=" || !scalars.allSatisfy(isPlain) else { return word }
    var text = String.UnicodeScalarView()
    var isInQuotes = false
    func quote(_ isWanted: Bool) {
      if isInQuotes != isWanted { text.append("'") }
      isInQuotes = isWanted
    }
    for scalar in scalars {
      if scalar == "'" {
        quote(false)
        text += "\\'".unicodeScalars
      } else if VisibleText.isHidden(scalar), scalar != "\n" {
        quote(false)
        text += "\"$(printf '\(octal(scalar))')\"".unicodeScalars
      } else {
        quote(true)
        text.append(scalar)
      }
    }
    if text.isEmpty { quote(true) }
    quote(false)
    return String(text)
  }

  /// A line that does nothing.
  ///
  /// Not every shell knows comments at its prompt (zsh does not), so that what could command one stands in quotes.
  public static func comment(_ text: String) -> String {
    let line = VisibleText.line(text).unicodeScalars.map { $0 == "'" ? "’" : $0 }
    let isHarmless = line.allSatisfy { isPlain($0) || !$0.isASCII || " %".unicodeScalars.contains($0) }
    let words = String(String.UnicodeScalarView(line))
    return isHarmless ? "# \(words)" : "# '\(words)'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else {
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    return Character(scalar).isLetter || Character(scalar).isNumber
      || "-_./=,:+@".unicodeScalars.contains(scalar)
  }

  /// The scalar's bytes as printf takes them; of one that stands for a byte that is no UTF-8, that byte.
  private static func octal(_ scalar: Unicode.Scalar) -> String {
    let bytes =
      (0x10FE80...0x10FEFF).contains(scalar.value)
      ? [UInt8(scalar.value - 0x10FE00)] : Array(String(Character(scalar)).utf8)
    return bytes.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined()
  }
}
