/// Which equations a set of instruments serves.
public enum InstrumentEquation: String, Sendable, CaseIterable {
  /// The transformed and the level equation.
  case both
  /// The transformed equation only.
  case transformed = "diff"
  /// The level equation only.
  case level
}

/// GMM-style instruments: lags of variables, each period a column of its own unless collapsed.
///
/// xtabond2's `gmmstyle(x, laglimits(a b) equation() collapse)`.
public struct GMMInstruments: Sendable, Equatable {
  /// The variables.
  public let terms: [FormulaTerm]
  /// The first lag.
  public let firstLag: Int
  /// The last lag; nil where all the deeper ones are used.
  public let lastLag: Int?
  /// The equations that are instrumented.
  public var equation: InstrumentEquation
  /// Whether there is one column a lag instead of one a lag and period.
  public var isCollapsed: Bool

  /// A set from its parts.
  public init(
    _ terms: [FormulaTerm], firstLag: Int, lastLag: Int?, equation: InstrumentEquation = .both,
    isCollapsed: Bool = false
  ) {
    self.terms = terms
    self.firstLag = firstLag
    self.lastLag = lastLag
    self.equation = equation
    self.isCollapsed = isCollapsed
  }

  /// The set as the option writes it: `n,2:4;collapse`.
  public var text: String {
    terms.map(\.name).joined(separator: ",") + ",\(firstLag):" + (lastLag.map(String.init) ?? "")
      + (isCollapsed ? ";collapse" : "") + (equation == .both ? "" : ";eq=\(equation.rawValue)")
  }

  /// The set's short name in tests: `gmm:n`.
  var name: String { "gmm:" + terms.map(\.name).joined(separator: ",") }
}

/// Standard instruments: each variable one column, transformed in the transformed equation.
///
/// xtabond2's `ivstyle(x, equation())`.
public struct StandardInstruments: Sendable, Equatable {
  /// The variables.
  public let terms: [FormulaTerm]
  /// The equations that are instrumented.
  public var equation: InstrumentEquation
  /// Whether a missing value counts as zero instead of taking the observation with it.
  public var takesMissingAsZero: Bool

  /// A set from its parts.
  public init(
    _ terms: [FormulaTerm], equation: InstrumentEquation = .both, takesMissingAsZero: Bool = false
  ) {
    self.terms = terms
    self.equation = equation
    self.takesMissingAsZero = takesMissingAsZero
  }

  /// The set as the option writes it: `w,k;eq=level`.
  public var text: String {
    terms.map(\.name).joined(separator: ",") + (equation == .both ? "" : ";eq=\(equation.rawValue)")
      + (takesMissingAsZero ? ";mz" : "")
  }

  /// The set's short name in tests: `iv:k`.
  var name: String { "iv:" + terms.map(\.name).joined(separator: ",") }
}

extension GMMInstruments {
  /// Reads `VARS,FIRST:LAST` with the suffixes `;collapse` and `;eq=diff|level|both`: `n,w,2:4;collapse`.
  ///
  /// Throws `DynamicPanelError.unreadableInstruments` and `FormulaError`.
  public init(_ text: String) throws {
    let words = InstrumentWords(text)
    guard words.items.count >= 2, let lags = GMMInstruments.lagRange(words.items.last!) else {
      throw DynamicPanelError.unreadableInstruments(
        option: Setting("gmm"), text: text,
        expected:
          "variables and their lags, such as \(Setting("gmm")) \"V,2:4\", with an open end \(Setting("gmm")) \"V,2:\""
      )
    }
    self.init(
      try words.items.dropLast().flatMap { item throws in try FormulaSpecification.terms(item) },
      firstLag: lags.first, lastLag: lags.last)
    for suffix in words.suffixes {
      if suffix == "collapse" {
        isCollapsed = true
      } else {
        equation = try InstrumentWords.equation(
          suffix, option: Setting("gmm"), text: text, others: ["collapse"])
      }
    }
  }

  /// `2:4`, `2:` or `2`.
  private static func lagRange(_ text: String) -> (first: Int, last: Int?)? {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map {
      InstrumentWords.trimmed($0)
    }
    // No calendar has a million periods.
    guard (1...2).contains(ends.count), let first = Int(ends[0]), (0...1_000_000).contains(first) else {
      return nil
    }
    if ends.count == 1 { return (first, first) }
    if ends[1].isEmpty || ends[1] == "." { return (first, nil) }
    guard let last = Int(ends[1]), last >= first else { return nil }
    return (first, last)
  }
}

extension StandardInstruments {
  /// Reads `VARS` with the suffixes `;eq=diff|level|both` and `;mz`: `w,k;eq=level`.
  ///
  /// Throws `DynamicPanelError.unreadableInstruments` and `FormulaError`.
  public init(_ text: String) throws {
    let words = InstrumentWords(text)
    self.init(try words.items.flatMap { item throws in try FormulaSpecification.terms(item) })
    for suffix in words.suffixes {
      if suffix == "mz" {
        takesMissingAsZero = true
      } else {
        equation = try InstrumentWords.equation(suffix, option: Setting("iv"), text: text, others: ["mz"])
      }
    }
  }
}

/// The words of an instrument option: items between commas outside brackets, suffixes after semicolons.
private struct InstrumentWords {
  let items: [String]
  let suffixes: [String]

  init(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    var items = [""]
    var depth = 0
    for letter in parts[0] {
      if letter == "(" { depth += 1 }
      if letter == ")" { depth -= 1 }
      if letter == "," && depth == 0 { items.append("") } else { items[items.count - 1].append(letter) }
    }
    self.items = items.map { InstrumentWords.trimmed($0[...]) }
    suffixes = parts.dropFirst().map { InstrumentWords.trimmed($0) }.filter { !$0.isEmpty }
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  static func equation(
    _ suffix: String, option: Setting, text: String, others: [String]
  ) throws(DynamicPanelError) -> InstrumentEquation {
    if suffix.hasPrefix("eq="), let equation = InstrumentEquation(rawValue: String(suffix.dropFirst(3))) {
      return equation
    }
    let known = others + InstrumentEquation.allCases.map { "eq=\($0.rawValue)" }
    throw .unknownSuffix(option: option, text: text, found: suffix, known: known)
  }
}
