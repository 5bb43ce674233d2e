public import RuralValue

/// Text as HTML shows it literally, in content and in attributes.
public enum HTMLText {
  /// A text in which nothing is markup.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A text in which nothing is markup, and whose long words may break behind the signs that join them.
  static func breakable(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.count > 12 else { return escaped(String(word)) }
      return word.reduce(into: "") { result, letter in
        result += escaped(String(letter))
        if "_,:;/*+".contains(letter) { result += "<wbr>" }
      }
    }.joined(separator: " ")
  }

  /// The value of a `lang` attribute.
  public static func languageTag(_ language: Language) -> String {
    switch language {
    case .english: "en"
    case .chinese: "zh-Hans"
    }
  }
}
