/// A heading, title or note in the languages that tables and maps are written in.
///
/// Names of columns and terms may stand in it as `WordedName`s, between signs; whoever does not put words in their place
/// reads the names.
public struct Phrase: Sendable, Hashable, Codable {
  /// The English wording with the signs of its names.
  let signedEnglish: String
  /// The Chinese wording with the signs of its names.
  let signedChinese: String

  private enum CodingKeys: String, CodingKey {
    case signedEnglish = "english"
    case signedChinese = "chinese"
  }

  /// The English wording.
  public var english: String { WordedName.keys(in: signedEnglish) }
  /// The Chinese wording, as Chinese economics and geography journals write it.
  public var chinese: String { WordedName.keys(in: signedChinese) }

  /// A phrase with its wording in both languages.
  public init(_ english: String, zh chinese: String) {
    signedEnglish = english
    signedChinese = chinese
  }

  /// A proper name or symbol, which reads the same in both languages.
  public init(verbatim text: String) {
    self.init(text, zh: text)
  }

  /// The sentence after whom it is about: `products: …`.
  public func said(of subject: Phrase) -> Phrase {
    Phrase(
      "\(subject.signedEnglish): \(signedEnglish)", zh: "\(subject.signedChinese)：\(signedChinese)")
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
