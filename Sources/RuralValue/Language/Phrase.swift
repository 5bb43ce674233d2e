/// A heading, title or note in the languages that tables and maps are written in.
public struct Phrase: Sendable, Hashable, Codable {
  /// The English wording.
  public let english: String
  /// The Chinese wording, as Chinese economics and geography journals write it.
  public let chinese: String

  /// A phrase with its wording in both languages.
  public init(_ english: String, zh chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// A proper name or symbol, which reads the same in both languages.
  public init(verbatim text: String) {
    self.init(text, zh: text)
  }

  /// The wording in one language.
  public func text(in language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}

/// The languages of headings and notes; keys, column names and options are always English.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}
