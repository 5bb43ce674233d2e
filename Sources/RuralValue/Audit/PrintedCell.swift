/// A cell of a printed table taken apart: `0.123*** (0.045)` is a number, a mark and a number in parentheses.
struct PrintedCell: Equatable {
  /// A number in parentheses or brackets, with what the cell says that it is.
  struct Bracket: Equatable {
    /// Nil where something else stands in them, such as an interval.
    let number: PrintedNumber?
    let isSquare: Bool
    var role: ParenthesesReading?
  }

  /// The number outside brackets.
  private(set) var number: PrintedNumber?
  /// A second number outside brackets.
  private(set) var second: PrintedNumber?
  private(set) var mark = ""
  private(set) var brackets: [Bracket] = []
  /// Whether anything stands in the cell that is no number, mark or bracket.
  private(set) var hasWords = false
  /// Whether nothing stands in it, or a dash.
  let isBlank: Bool

  /// Whether it holds numbers and nothing else.
  var isNumeric: Bool { !hasWords && (number != nil || !brackets.isEmpty || !mark.isEmpty) }
  /// Whether all that it holds stands in brackets.
  var isBracketed: Bool { isNumeric && number == nil && !brackets.isEmpty }
  /// Whether it holds a mark alone.
  var isMark: Bool { isNumeric && number == nil && brackets.isEmpty }

  /// Reads a cell; in a table of decimal commas `0,064` is a number.
  init(_ text: String, decimalComma: Bool = false) {
    let plain = Self.cleaned(text, decimalComma: decimalComma)
    isBlank = plain.isEmpty || NumberReading(plain) == .missing
    guard !isBlank else { return }
    let letters = Array(plain)
    var place = 0
    while place < letters.count {
      let letter = letters[place]
      if letter == " " {
        place += 1
      } else if letter == "(" || letter == "[" {
        let close: Character = letter == "(" ? ")" : "]"
        guard let end = letters[place...].firstIndex(of: close) else {
          hasWords = true
          return
        }
        addBracket(String(letters[(place + 1)..<end]), isSquare: letter == "[")
        place = end + 1
      } else if MarkText.isStar(letter) || MarkText.weak.contains(letter), !Self.isSign(letters, place) {
        var end = place
        while end < letters.count, letters[end] == letter { end += 1 }
        mark += String(letters[place..<end])
        place = end
      } else if let end = Self.endOfNumber(letters, from: place) {
        let found = PrintedNumber(String(letters[place..<end]).replacing(" ", with: ""))
        if found == nil || (number != nil && second != nil) { hasWords = true }
        if number == nil { number = found } else { second = found }
        place = end
      } else {
        hasWords = true
        return
      }
    }
  }

  /// A plus that begins a number.
  private static func isSign(_ letters: [Character], _ place: Int) -> Bool {
    guard letters[place] == "+", place + 1 < letters.count else { return false }
    return letters[place + 1].isNumber || letters[place + 1] == "."
  }

  /// Where a number ends that begins here; nil where none does.
  private static func endOfNumber(_ letters: [Character], from start: Int) -> Int? {
    func isDigit(_ place: Int) -> Bool {
      place < letters.count && letters[place].isASCII && letters[place].isNumber
    }
    var end = start
    if end < letters.count, letters[end] == "<" { end += 1 }
    while end < letters.count, letters[end] == " ", end > start { end += 1 }
    if end < letters.count, letters[end] == "-" || letters[end] == "+" { end += 1 }
    // A blank behind a sign, as "- 0.05".
    if end < letters.count, end > start, letters[end] == " ",
      isDigit(end + 1) || letters[safe: end + 1] == "."
    {
      end += 1
    }
    guard isDigit(end) || (letters[safe: end] == "." && isDigit(end + 1)) else { return nil }
    var hasPoint = false
    while end < letters.count {
      if isDigit(end) {
        end += 1
      } else if letters[end] == ".", !hasPoint {
        hasPoint = true
        end += 1
      } else if letters[end] == "," || letters[end] == " ", !hasPoint, isDigit(end + 1), isDigit(end + 2),
        isDigit(end + 3), !isDigit(end + 4), letters[safe: end + 4] != "." || letters[end] == ","
      {
        end += 4
      } else {
        break
      }
    }
    if end < letters.count, letters[end] == "e" || letters[end] == "E" {
      let sign = letters[safe: end + 1] == "-" || letters[safe: end + 1] == "+" ? 1 : 0
      if isDigit(end + 1 + sign) {
        end += 1 + sign
        while isDigit(end) { end += 1 }
      }
    }
    return end
  }

  private mutating func addBracket(_ text: String, isSquare: Bool) {
    var word = CellText.trimmed(text)
    var role: ParenthesesReading?
    let names: [(String, ParenthesesReading)] = [
      ("s.e.", .standardErrors), ("se", .standardErrors), ("t", .statistics), ("z", .statistics),
      ("p", .pValues),
    ]
    for (name, meant) in names where word.lowercased().hasPrefix(name) {
      let rest = word.dropFirst(name.count).drop { " =:".contains($0) }
      guard let first = rest.first, first.isNumber || "-.<".contains(first) else { continue }
      (word, role) = (String(rest), meant)
      break
    }
    let stars = word.reversed().prefix { MarkText.isStar($0) }
    if !stars.isEmpty {
      mark += String(stars)
      word = CellText.trimmed(String(word.dropLast(stars.count)))
    }
    brackets.append(
      Bracket(number: PrintedNumber(word.replacing("< ", with: "<")), isSquare: isSquare, role: role))
  }

  /// A cell in plain signs, without what is left of markup, its decimal comma a point.
  static func cleaned(_ text: String, decimalComma: Bool = false) -> String {
    var plain = String(MarkText.plain(text).map { $0 == "\n" ? " " : $0 }.filter { !"$^{}\\".contains($0) })
    plain = CellText.trimmed(plain)
    // A dash before a digit is a minus.
    for dash in ["–", "—"] where plain.contains(dash) {
      let letters = Array(plain)
      plain = String(
        letters.indices.map { place in
          String(letters[place]) == dash && place + 1 < letters.count
            && (letters[place + 1].isNumber || letters[place + 1] == ".") ? "-" : letters[place]
        })
    }
    return decimalComma ? withPoint(plain) : plain
  }

  /// `1.234,5` as `1234.5`.
  private static func withPoint(_ text: String) -> String {
    let letters = Array(text)
    func isBetweenDigits(_ place: Int) -> Bool {
      place + 1 < letters.count && letters[place + 1].isNumber && (place == 0 || !letters[place - 1].isLetter)
    }
    var result = ""
    for (place, letter) in letters.enumerated() {
      switch letter {
      case ",": result.append(isBetweenDigits(place) ? "." : letter)
      case "." where isBetweenDigits(place): break
      default: result.append(letter)
      }
    }
    return result
  }

  /// Whether a cell can only be read with a decimal comma: `0,064`, `1,5`, `12,3456`.
  static func needsComma(_ text: String) -> Bool {
    let letters = Array(cleaned(text))
    guard !letters.contains("."), !letters.contains(";") else { return false }
    for (place, letter) in letters.enumerated() where letter == "," {
      let whole = letters[..<place].reversed().prefix { $0.isNumber }.count
      let fraction = letters[(place + 1)...].prefix { $0.isNumber }.count
      guard whole > 0, fraction > 0 else { continue }
      if fraction != 3 || whole > 3 || (whole == 1 && letters[place - 1] == "0") { return true }
    }
    return false
  }
}

extension Array {
  /// The element at a place, if there is one.
  fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
