/// What people call variables, and the units of these.
///
/// Two names with one label are told apart by the names, which then stand behind the label.
public struct VariableLabels: Sendable, Equatable {
  /// What one name is called.
  public struct Label: Sendable, Equatable {
    /// The name, as results have it.
    public let name: String
    /// The English words; nil where there are none.
    public let english: String?
    /// The Chinese words; nil where they are the English ones.
    public let chinese: String?
    /// The unit, which stands in brackets behind the words.
    public let unit: String?

    /// A label from its parts.
    public init(name: String, english: String?, chinese: String? = nil, unit: String? = nil) {
      self.name = name
      self.english = english
      self.chinese = chinese
      self.unit = unit
    }

    /// The words in one language; nil where there are none.
    func text(in language: Language) -> String? {
      switch language {
      case .english: english
      case .chinese: chinese ?? english
      }
    }
  }

  private let labels: [String: Label]
  private let shared: [Language: Set<String>]

  /// Labels; of two for one name the last holds, and what it leaves open is as the earlier one has it.
  public init(_ labels: [Label] = []) {
    self.labels = Dictionary(labels.map { ($0.name, $0) }) { first, last in
      Label(
        name: last.name, english: last.english ?? first.english,
        chinese: last.chinese ?? last.english ?? first.chinese,
        unit: last.unit ?? first.unit)
    }
    let all = self.labels.values
    shared = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { language in
        let counts = Dictionary(all.compactMap { $0.text(in: language) }.map { ($0, 1) }, uniquingKeysWith: +)
        return (language, Set(counts.filter { $0.value > 1 }.keys))
      })
  }

  /// Whether there are none.
  public var isEmpty: Bool { labels.isEmpty }

  /// The names that have labels, in the order of their letters.
  public var names: [String] { labels.keys.sorted() }

  /// Those of some names and of what they are the logarithms of, in the order of their letters.
  public func labels(of names: Set<String>) -> [Label] {
    self.names.filter { name in [name, "ln_\(name)", "ln\(name)"].contains(where: names.contains) }
      .compactMap { labels[$0] }
  }

  /// The labels, and where they leave something open, others.
  public func over(_ others: [Label]) -> VariableLabels {
    VariableLabels(others + names.compactMap { labels[$0] })
  }

  /// All that they say, for digests.
  public var texts: [String] {
    names.compactMap { labels[$0] }.map {
      "\($0.name)\u{0}\($0.english ?? "")\u{0}\($0.chinese ?? "")\u{0}\($0.unit ?? "")"
    }
  }

  /// What a name is called in one language; nil where it has no label.
  public func label(of name: String, in language: Language) -> String? {
    guard let text = labels[name]?.text(in: language) else { return nil }
    guard shared[language]?.contains(text) == true else { return text }
    return Self.bracketed(text, name, language)
  }

  /// A variable's unit; nil where it has none.
  public func unit(of name: String) -> String? { labels[name]?.unit }

  /// The words for a name in one language.
  public func words(for name: WordedName, in language: Language) -> String {
    guard name.isTypeset || !isEmpty else { return name.key }
    return TermWording(labels: self, language: language).words(name)
  }

  /// A column's name as people read it, with its unit where that is wanted; the name itself where nothing is known of it.
  public func phrase(of name: String, withUnit: Bool = false) -> Phrase {
    Phrase(WordedName(name, withUnit ? .quantity : .variable)).worded(by: self)
  }

  /// A text with another in brackets behind it.
  static func bracketed(_ text: String, _ other: String, _ language: Language) -> String {
    language == .chinese ? "\(text)（\(other)）" : "\(text) (\(other))"
  }
}
