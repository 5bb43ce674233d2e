/// A name of a column, a term or a parameter inside a phrase, in whose place people may read words.
///
/// The library does not know what a caller calls its variables. In a phrase the name stands between signs that no text has,
/// as a `Setting` does; `Phrase.worded(by:)` puts words in its place, and whoever does not ask for them reads the name
/// itself. What a name is of is said beside it and never read from it.
public struct WordedName: Sendable, Hashable {
  /// The name as results have it: `P`, `lag(V, 1)`, `W*lnP`.
  public let name: String
  /// What it is of.
  public let kind: Kind
  /// Whether people read words for it even where no label is given at all, as in journal tables and plots.
  public let isTypeset: Bool

  /// What a name is of.
  public enum Kind: Sendable, Hashable {
    /// A column.
    case variable
    /// A column that stands with its unit, as on an axis.
    case quantity
    /// A term of a formula.
    case term
    /// The neighbours' mean of a term.
    case spatialLag
    /// A sum or another linear combination of coefficients.
    case combination
    /// A period's dummy.
    case period
    /// A parameter that has a sign of its own: ρ, λ, σ², θ, the constant.
    case sign(Sign)
    /// The effect of a term.
    case effect(EffectKind, EffectHorizon?)
    /// A name that is words already.
    case words
  }

  /// The parameters that have signs of their own.
  public enum Sign: Character, Sendable {
    case rho = "r"
    case lambda = "l"
    case variance = "s"
    case weight = "h"
    case constant = "c"
  }

  /// A name from its parts.
  public init(_ name: String, _ kind: Kind, typeset: Bool = false) {
    self.name = name
    self.kind = kind
    isTypeset = typeset
  }

  /// A parameter's name; an effect's is that of its term, unless it is `full`.
  public init(_ parameter: Parameter, full: Bool = false, typeset: Bool = false) {
    self.init(parameter.name, Kind(parameter.role, full: full), typeset: typeset)
  }

  /// What those read who want no words.
  var key: String {
    if case .effect(let kind, let horizon) = kind {
      Parameter(name, .effect(kind, horizon)).fullName
    } else {
      name
    }
  }

  /// The name between its signs, as a phrase carries it.
  public var signed: String {
    let safe = String(
      String.UnicodeScalarView(name.unicodeScalars.filter { !Self.signs.contains($0) }))
    return "\(Self.opening)\(kind.code)\(isTypeset ? "!" : "")\(Self.parting)\(safe)\(Self.closing)"
  }

  private static let (opening, parting, closing) = (
    Unicode.Scalar(0xFDD6 as UInt32)!, Unicode.Scalar(0xFDD7 as UInt32)!, Unicode.Scalar(0xFDD8 as UInt32)!
  )
  private static let signs: Set<Unicode.Scalar> = [opening, parting, closing]

  /// A text in which each name is what `word` makes of it.
  static func spelled(in text: String, _ word: (WordedName) -> String) -> String {
    // The first byte of the signs: nearly all texts are cells of tables, and have none.
    guard text.utf8.contains(0xEF) else { return text }
    var rest = text.unicodeScalars[...]
    guard rest.contains(opening) else { return text }
    var spelled = String.UnicodeScalarView()
    while let start = rest.firstIndex(of: opening) {
      spelled += rest[..<start]
      rest = rest[rest.index(after: start)...]
      guard let part = rest.firstIndex(of: parting), let end = rest[part...].firstIndex(of: closing),
        let name = WordedName(code: rest[..<part], name: rest[rest.index(after: part)..<end])
      else {
        spelled.append(opening)
        continue
      }
      spelled += word(name).unicodeScalars
      rest = rest[rest.index(after: end)...]
    }
    return String(spelled + rest)
  }

  /// A text in which each name is itself.
  static func keys(in text: String) -> String { spelled(in: text, \.key) }

  /// The names in a text.
  static func names(in text: String) -> [WordedName] {
    var names: [WordedName] = []
    _ = spelled(in: text) { name in
      names.append(name)
      return ""
    }
    return names
  }

  private init?(code: Substring.UnicodeScalarView, name: Substring.UnicodeScalarView) {
    var letters = code.map { Character($0) }
    let isTypeset = letters.last == "!"
    if isTypeset { letters.removeLast() }
    guard let kind = Kind(letters) else { return nil }
    self.init(String(String.UnicodeScalarView(name)), kind, typeset: isTypeset)
  }
}

extension WordedName.Kind {
  init(_ role: Parameter.Role, full: Bool) {
    self =
      switch role {
      case .laggedOutcome, .variable, .product, .omitted, .longRun: .term
      case .spatialLag: .spatialLag
      case .rho: .sign(.rho)
      case .lambda: .sign(.lambda)
      case .variance: .sign(.variance)
      case .randomEffectsWeight: .sign(.weight)
      case .period: .period
      case .constant: .sign(.constant)
      case .sum, .combination: .combination
      case .marginalEffect: .words
      case .effect(let kind, let horizon): full ? .effect(kind, horizon) : .term
      }
  }

  fileprivate var code: String {
    switch self {
    case .variable: "v"
    case .quantity: "q"
    case .term: "t"
    case .spatialLag: "w"
    case .combination: "a"
    case .period: "p"
    case .words: "o"
    case .sign(let sign): "s\(sign.rawValue)"
    case .effect(let kind, let horizon):
      "e\(kind.rawValue.prefix(1))\(horizon.map { $0.rawValue.prefix(1) } ?? "")"
    }
  }

  fileprivate init?(_ code: [Character]) {
    switch code {
    case ["v"]: self = .variable
    case ["q"]: self = .quantity
    case ["t"]: self = .term
    case ["w"]: self = .spatialLag
    case ["a"]: self = .combination
    case ["p"]: self = .period
    case ["o"]: self = .words
    default:
      if code.count == 2, code[0] == "s", let sign = WordedName.Sign(rawValue: code[1]) {
        self = .sign(sign)
      } else if 2...3 ~= code.count, code[0] == "e",
        let kind = EffectKind.allCases.first(where: { $0.rawValue.first == code[1] })
      {
        self = .effect(kind, code.count == 2 ? nil : code[2] == "s" ? .short : .long)
      } else {
        return nil
      }
    }
  }
}

extension Phrase {
  /// A name alone.
  public init(_ name: WordedName) { self.init(verbatim: name.signed) }

  /// The names in the phrase.
  var names: [WordedName] { WordedName.names(in: signedEnglish) }

  /// The phrase with words in the place of its names.
  public func worded(by labels: VariableLabels) -> Phrase {
    Phrase(
      WordedName.spelled(in: signedEnglish) { labels.words(for: $0, in: .english) },
      zh: WordedName.spelled(in: signedChinese) { labels.words(for: $0, in: .chinese) })
  }
}

extension String {
  /// A column's name as a phrase carries it.
  var asVariable: String { WordedName(self, .variable).signed }
  /// A column's name with its unit, as a phrase carries it.
  var asQuantity: String { WordedName(self, .quantity).signed }
  /// A term's name as a phrase carries it.
  var asTerm: String { WordedName(self, .term).signed }
}
