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

  /// The value of a `lang` attribute.
  public static func languageTag(_ language: Language) -> String {
    switch language {
    case .english: "en"
    case .chinese: "zh-Hans"
    }
  }
}
