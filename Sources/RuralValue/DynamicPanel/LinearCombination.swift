internal import RuralValueNumerics

/// A linear combination of coefficients: c′b with standard error √(c′Vc).
public struct LinearCombination: Sendable, Equatable {
  /// One coefficient and its factor.
  public struct Part: Sendable, Equatable {
    /// The coefficient's name.
    public let name: String
    /// What it is multiplied with.
    public let factor: Double

    /// A part from a coefficient's name and its factor.
    public init(name: String, factor: Double) {
      self.name = name
      self.factor = factor
    }
  }

  /// The combination as tables name it: `P+C`.
  public let name: String
  /// The parts.
  public let parts: [Part]

  /// A combination from its parts.
  public init(name: String, parts: [Part]) {
    self.name = name
    self.parts = parts
  }

  /// Every sum of two or more of these coefficients, small sums first.
  public static func sums(of names: [String]) -> [LinearCombination] {
    guard names.count >= 2 else { return [] }
    let subsets = (1..<(1 << names.count)).map { mask in names.indices.filter { mask >> $0 & 1 == 1 } }
    return subsets.filter { $0.count >= 2 }
      .sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
      .map { subset in
        LinearCombination(
          name: subset.map { names[$0] }.joined(separator: "+"),
          parts: subset.map { Part(name: names[$0], factor: 1) })
      }
  }

  /// Whether the combination is a plain sum.
  public var isSum: Bool { parts.count >= 2 && parts.allSatisfy { $0.factor == 1 } }
}

extension DynamicPanelResult {
  /// A combination's estimate with its inference.
  ///
  /// Throws `DynamicPanelError.noSuchCoefficient`, with the nearest name; `option` is what the call said.
  public func estimate(_ combination: LinearCombination, option: Setting = Setting("lincom"))
    throws(DynamicPanelError) -> Estimate
  {
    var weights = [Double](repeating: 0, count: estimates.count)
    for part in combination.parts {
      guard let position = estimates.firstIndex(where: { $0.name == part.name }) else {
        throw .noSuchCoefficient(name: part.name, option: option, known: estimates.map(\.name))
      }
      weights[position] += part.factor
    }
    let value = estimates.map(\.value).innerProduct(with: weights)
    let variance = Matrix(rows: covariance).quadraticForm(weights)
    return Estimate(
      Parameter(combination.name, combination.isSum ? .sum : .combination), value,
      standardError: max(variance, 0).squareRoot(), reference: reference)
  }

  /// The result with combinations of its coefficients; each has the option that asked for it.
  ///
  /// Throws `DynamicPanelError.noSuchCoefficient`.
  public func adding(
    _ combinations: [(combination: LinearCombination, option: Setting)]
  ) throws(DynamicPanelError) -> DynamicPanelResult {
    var result = self
    for (combination, option) in combinations {
      result.combinations.append(try estimate(combination, option: option))
    }
    return result
  }
}

extension LinearCombination {
  /// Reads `P+C` or `2*P - 0.5*P:C`, with the names of coefficients as tables show them.
  ///
  /// Throws `DynamicPanelError.unreadableCombination`.
  public init(_ text: String) throws(DynamicPanelError) {
    var parts: [Part] = []
    var word = ""
    var sign = 1.0
    var place = NamePlace()
    func part() throws(DynamicPanelError) -> Part { try LinearCombination.part(word, sign: sign, text: text) }
    for letter in text {
      place.pass(letter)
      guard !place.isInside, letter == "+" || letter == "-" else {
        word.append(letter)
        continue
      }
      let isLeading = word.allSatisfy(\.isWhitespace)
      // An exponent's sign, as in 1e-3, belongs to its number.
      if word.last == "e" || word.last == "E", PlainDecimal.value(of: word.dropLast()) != nil {
        word.append(letter)
        continue
      }
      if !isLeading {
        parts.append(try part())
      } else if !parts.isEmpty || sign < 0 {
        throw .unreadableCombination(text: text)
      }
      (word, sign) = ("", letter == "+" ? 1 : -1)
    }
    parts.append(try part())
    self.init(name: LinearCombination.compact(text), parts: parts)
  }

  /// `0.5*P:C`, `P:C*0.5` or `P:C`.
  private static func part(_ word: String, sign: Double, text: String) throws(DynamicPanelError) -> Part {
    let factors = factors(of: word).map { trimmed($0[...]) }
    guard factors.count <= 2, factors.allSatisfy({ !$0.isEmpty }) else {
      throw .unreadableCombination(text: text)
    }
    if factors.count == 1 { return Part(name: factors[0], factor: sign) }
    if factors.allSatisfy({ PlainDecimal.value(of: $0) != nil }) { throw .unreadableCombination(text: text) }
    if let number = PlainDecimal.value(of: factors[0]) {
      return Part(name: factors[1], factor: sign * number)
    }
    if let number = PlainDecimal.value(of: factors[1]) {
      return Part(name: factors[0], factor: sign * number)
    }
    throw .unreadableCombination(text: text)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// What stands between the signs of multiplication, of which those inside a name are none.
  private static func factors(of word: String) -> [String] {
    var place = NamePlace()
    return word.reduce(into: [""]) { factors, letter in
      place.pass(letter)
      if letter == "*" && !place.isInside {
        factors.append("")
      } else {
        factors[factors.count - 1].append(letter)
      }
    }
  }

  /// The text without spaces, but for those inside brackets and backticks: `lag(V, 1)+P`.
  private static func compact(_ text: String) -> String {
    var place = NamePlace()
    return String(
      text.filter { letter in
        place.pass(letter)
        return place.isInside || !letter.isWhitespace
      })
  }
}

/// Whether a letter stands inside brackets or backticks, where signs and spaces belong to a name.
private struct NamePlace {
  private var depth = 0
  private var isQuoted = false

  var isInside: Bool { depth > 0 || isQuoted }

  mutating func pass(_ letter: Character) {
    if letter == "`" { isQuoted.toggle() }
    guard !isQuoted else { return }
    if letter == "(" { depth += 1 }
    if letter == ")" { depth -= 1 }
  }
}
