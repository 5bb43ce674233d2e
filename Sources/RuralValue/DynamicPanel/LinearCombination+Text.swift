extension LinearCombination {
  /// Reads `P+C` or `2*P - 0.5*P:C`, with the names of coefficients as tables show them.
  ///
  /// Throws `DynamicPanelError.unreadableCombination`.
  public init(_ text: String) throws(DynamicPanelError) {
    var parts: [Part] = []
    var word = ""
    var sign = 1.0
    var depth = 0
    func part() throws(DynamicPanelError) -> Part { try LinearCombination.part(word, sign: sign, text: text) }
    for letter in text {
      if letter == "(" { depth += 1 }
      if letter == ")" { depth -= 1 }
      guard depth == 0, letter == "+" || letter == "-" else {
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
    let factors = word.split(separator: "*", omittingEmptySubsequences: false).map(trimmed)
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

  /// The text without spaces, but for those inside brackets: `lag(V, 1)+P`.
  private static func compact(_ text: String) -> String {
    var depth = 0
    return String(
      text.filter { letter in
        if letter == "(" { depth += 1 }
        if letter == ")" { depth -= 1 }
        return depth > 0 || !letter.isWhitespace
      })
  }
}
