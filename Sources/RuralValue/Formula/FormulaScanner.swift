/// The words and signs of a formula, with their places.
struct FormulaScanner {
  enum Token: Equatable {
    case name(String)
    case number(Int)
    case sign(Character)
    case end
  }

  struct Placed {
    let token: Token
    let place: FormulaPlace
  }

  /// The tokens of a text, the last of them `.end`. Throws `FormulaError.unexpected`.
  static func tokens(of text: String) throws(FormulaError) -> [Placed] {
    let letters = Array(text)
    var tokens: [Placed] = []
    var position = 0
    while position < letters.count {
      let start = position
      let letter = letters[position]
      if letter.isWhitespace {
        position += 1
        continue
      }
      let token: Token
      if letter == "`" {
        guard let end = letters[(start + 1)...].firstIndex(of: "`") else {
          throw .unexpected(
            found: "an open backtick", expected: "a second one after the column's name",
            at: FormulaPlace(text: text, position: start, length: letters.count - start))
        }
        token = .name(String(letters[(start + 1)..<end]))
        position = end + 1
      } else if letter.isASCII && letter.isNumber {
        while position < letters.count, isNameLetter(letters[position]) { position += 1 }
        let word = String(letters[start..<position])
        token = Int(word).map(Token.number) ?? .name(word)
      } else if isNameLetter(letter) {
        while position < letters.count, isNameLetter(letters[position]) { position += 1 }
        token = .name(String(letters[start..<position]))
      } else if "~+-*/:^(),".contains(letter) {
        token = .sign(letter)
        position += 1
      } else {
        throw .unexpected(
          found: "\"\(letter)\"", expected: "a column, a function or one of ~ + - * / : ^ ( )",
          at: FormulaPlace(text: text, position: start, length: 1))
      }
      tokens.append(
        Placed(token: token, place: FormulaPlace(text: text, position: start, length: position - start)))
    }
    tokens.append(
      Placed(token: .end, place: FormulaPlace(text: text, position: letters.count, length: 1)))
    return tokens
  }

  static func isNameLetter(_ letter: Character) -> Bool {
    letter.isLetter || letter.isNumber || letter == "_" || letter == "."
  }
}

extension FormulaScanner.Token {
  /// The token as messages call it.
  var description: String {
    switch self {
    case .name(let name): "\"\(name)\""
    case .number(let number): "\"\(number)\""
    case .sign(let sign): "\"\(sign)\""
    case .end: "the end"
    }
  }
}
