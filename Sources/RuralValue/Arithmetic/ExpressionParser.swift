/// Reads expressions by recursive descent.
///
///     assignment = name "=" either
///     either     = both { "or" both }
///     both       = comparison { "and" comparison }
///     comparison = sum [ ("=" | "==" | "!=" | "<" | "<=" | ">" | ">=") (sum | text) ]
///     sum        = product { ("+" | "-") product }
///     product    = signed { ("*" | "/") signed }
///     signed     = [ "-" | "+" ] signed | power
///     power      = atom [ "^" signed ]
///     atom       = number | name | function "(" … ")" | "(" either ")"
struct ExpressionParser {
  private typealias Node = ColumnExpression.Node

  private let text: String
  private let tokens: [ExpressionScanner.Placed]
  private var next = 0
  private var depth = 0
  /// Deeper brackets are a slip.
  private static let deepest = 100
  private(set) var columns: [String] = []
  private(set) var textColumns: [String] = []

  init(_ text: String) throws(ExpressionError) {
    self.text = text
    tokens = try ExpressionScanner.tokens(of: text)
  }

  mutating func assignment() throws(ExpressionError) -> (output: String, root: ColumnExpression.Node) {
    let sentence = "a name, = and an expression, such as gap = urban_income / rural_income"
    let output: String
    switch upcoming.token {
    case .name(let name), .word(let name): output = name
    default: throw unexpected(sentence)
    }
    next += 1
    guard skip("=") else { throw unexpected(sentence) }
    let root = try either()
    guard upcoming.token == .end else { throw unexpected("a sign such as + - * / ^ or the end") }
    return (output, root)
  }

  private var upcoming: ExpressionScanner.Placed { tokens[next] }

  private mutating func skip(_ signs: String...) -> Bool {
    guard case .sign(let sign) = upcoming.token, signs.contains(sign) else { return false }
    next += 1
    return true
  }

  private mutating func skip(word: String) -> Bool {
    guard upcoming.token == .word(word) else { return false }
    next += 1
    return true
  }

  private func unexpected(_ expected: String) -> ExpressionError {
    var hint = ""
    if next > 0, upcoming.token.isName, tokens[next - 1].token.isName {
      hint = "; a name with spaces or signs stands in backticks"
    } else if next > 0, upcoming.token == .sign("*"), tokens[next - 1].token == .sign("*") {
      hint = "; a power is written with ^, as in x ^ 2"
    }
    return .unexpected(found: upcoming.token.description, expected: expected + hint, at: upcoming.place)
  }

  private mutating func either() throws(ExpressionError) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw unexpected("at most \(Self.deepest) open brackets") }
    var left = try both()
    while skip(word: "or") { left = .binary(.or, left, try both()) }
    return left
  }

  private mutating func both() throws(ExpressionError) -> Node {
    var left = try comparison()
    while skip(word: "and") { left = .binary(.and, left, try comparison()) }
    return left
  }

  private mutating func comparison() throws(ExpressionError) -> Node {
    let start = next
    let left = try sum()
    guard case .sign(let sign) = upcoming.token,
      let comparison = ColumnExpression.Operator(rawValue: sign == "=" ? "==" : sign == "<>" ? "!=" : sign),
      [.equal, .notEqual, .below, .atMost, .above, .atLeast].contains(comparison)
    else { return left }
    next += 1
    guard case .text(let value) = upcoming.token else { return .binary(comparison, left, try sum()) }
    guard case .column(let column) = left, next == start + 2, comparison == .equal || comparison == .notEqual
    else {
      throw unexpected("a number; a text stands behind a column and = or !=, as in region = \"East\"")
    }
    next += 1
    // The column was read as one of numbers.
    columns.removeLast()
    textColumns.append(column)
    return .textIs(column: column, text: value, isEqual: comparison == .equal)
  }

  private mutating func sum() throws(ExpressionError) -> Node {
    var left = try product()
    while true {
      if skip("+") {
        left = .binary(.plus, left, try product())
      } else if skip("-") {
        left = .binary(.minus, left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(ExpressionError) -> Node {
    var left = try signed()
    while true {
      if skip("*") {
        left = .binary(.times, left, try signed())
      } else if skip("/") {
        left = .binary(.divided, left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(ExpressionError) -> Node {
    var isNegative = false
    while true {
      if skip("-") { isNegative.toggle() } else if !skip("+") { break }
    }
    let node = try power()
    return isNegative ? .negative(node) : node
  }

  private mutating func power() throws(ExpressionError) -> Node {
    let base = try atom()
    guard skip("^") else { return base }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw unexpected("at most \(Self.deepest) powers of powers") }
    return .binary(.power, base, try signed())
  }

  private mutating func atom() throws(ExpressionError) -> Node {
    if skip("(") {
      let node = try either()
      guard skip(")") else { throw unexpected("\")\"") }
      return node
    }
    switch upcoming.token {
    case .number(let number):
      next += 1
      return .number(number)
    case .name(let name):
      next += 1
      columns.append(name)
      return .column(name)
    case .word(let word):
      guard tokens[next + 1].token == .sign("(") else {
        guard word != "and", word != "or" else { throw unexpected("a number, a column or a function") }
        next += 1
        columns.append(word)
        return .column(word)
      }
      return try call(word)
    default: throw unexpected("a number, a column or a function")
    }
  }

  private mutating func call(_ word: String) throws(ExpressionError) -> Node {
    let place = upcoming.place
    guard let function = ExpressionFunction(rawValue: word) else {
      throw .noSuchFunction(name: word, at: place)
    }
    next += 2
    var (arguments, settings): ([Node], ColumnExpression.Settings) = ([], .init())
    while !skip(")") {
      if !(arguments.isEmpty && settings == .init()), !skip(",") {
        throw unexpected("\",\" or \")\" in \(word)(…)")
      }
      if function.takesGroups, isKey("by") {
        next += 2
        settings.groups = try names()
        textColumns += settings.groups
      } else if function.takesBase, isKey("base") {
        next += 2
        settings.base = try wholeNumber("a year, as in \(word)(x, base=2012)")
      } else if arguments.count == 1, function.takesWholeNumber {
        arguments.append(.number(Double(try wholeNumber("a whole number, as in \(word)(x, 2)"))))
      } else {
        arguments.append(try either())
      }
    }
    guard function.arguments.contains(arguments.count) else {
      throw .wrongCount(function: word, found: arguments.count, expected: function.arguments, at: place)
    }
    guard settings.base != nil || !function.takesBase else {
      throw .unexpected(found: "no base", expected: "a year, as in \(word)(x, base=2012)", at: place)
    }
    if arguments.count > 1, !settings.groups.isEmpty {
      throw .unexpected(
        found: "\(arguments.count) arguments and by=", expected: "one argument over a group", at: place)
    }
    return .call(function, arguments, settings)
  }

  private func isKey(_ name: String) -> Bool {
    upcoming.token == .word(name) && tokens[next + 1].token == .sign("=")
  }

  /// Names up to the closing bracket.
  private mutating func names() throws(ExpressionError) -> [String] {
    var names: [String] = []
    repeat {
      switch upcoming.token {
      case .name(let name), .word(let name): names.append(name)
      default: throw unexpected("a column, as in by=prefecture,year")
      }
      next += 1
    } while skip(",")
    return names
  }

  private mutating func wholeNumber(_ expected: String) throws(ExpressionError) -> Int {
    let sign = skip("-") ? -1 : 1
    guard case .number(let number) = upcoming.token, number == number.rounded(), abs(number) < 100_000 else {
      throw unexpected(expected)
    }
    next += 1
    return sign * Int(number)
  }
}

/// The words and signs of an expression, with their places.
enum ExpressionScanner {
  enum Token: Equatable {
    /// A name in backticks, which is a column and nothing else.
    case name(String)
    /// A bare word: a column, a function, `and`, `or`.
    case word(String)
    case number(Double)
    case text(String)
    case sign(String)
    case end

    var isName: Bool {
      switch self {
      case .name, .word: true
      default: false
      }
    }

    var description: String {
      switch self {
      case .name(let text), .word(let text), .sign(let text): "\"\(text)\""
      case .text(let text): "the text \"\(text)\""
      case .number(let number): "\"\(number)\""
      case .end: "the end"
      }
    }
  }

  struct Placed {
    let token: Token
    let place: FormulaPlace
  }

  private static let signs = [
    "==", "!=", "<=", ">=", "<>", "+", "-", "*", "/", "^", "(", ")", ",", "=", "<", ">",
  ]
  /// Signs as people and word processors write them.
  private static let spellings: [Character: String] = [
    "×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "（": "(", "）": ")",
    "，": ",",
    "＝": "=", "＋": "+", "－": "-", "＊": "*", "／": "/",
  ]

  /// More words and signs are a slip, and the chain of their sums would be too long to follow.
  private static let mostTokens = 2000

  /// The tokens of a text, the last of them `.end`.
  static func tokens(of text: String) throws(ExpressionError) -> [Placed] {
    let letters = Array(text)
    var tokens: [Placed] = []
    var position = 0
    while position < letters.count {
      if letters[position].isWhitespace {
        position += 1
        continue
      }
      guard tokens.count < mostTokens else {
        throw .unexpected(
          found: "more than \(mostTokens) words and signs", expected: "fewer; make it in several steps",
          at: FormulaPlace(text: text, position: position, length: 1))
      }
      let start = position
      let token = try token(letters, &position, text)
      tokens.append(
        Placed(token: token, place: FormulaPlace(text: text, position: start, length: position - start)))
    }
    tokens.append(Placed(token: .end, place: FormulaPlace(text: text, position: letters.count, length: 1)))
    return tokens
  }

  private static func token(
    _ letters: [Character], _ position: inout Int, _ text: String
  ) throws(ExpressionError) -> Token {
    let (start, letter) = (position, letters[position])
    if letter == "`" || letter == "\"" || letter == "'" {
      guard let end = letters[(start + 1)...].firstIndex(of: letter) else {
        throw .unexpected(
          found: "an open \(letter == "`" ? "backtick" : "quotation mark")", expected: "a second one",
          at: FormulaPlace(text: text, position: start, length: letters.count - start))
      }
      position = end + 1
      let inner = String(letters[(start + 1)..<end])
      return letter == "`" ? .name(inner) : .text(inner)
    }
    if letter.isASCII, letter.isNumber || letter == "." {
      return try number(letters, &position, text)
    }
    if FormulaScanner.isNameLetter(letter) {
      while position < letters.count, FormulaScanner.isNameLetter(letters[position]) { position += 1 }
      return .word(String(letters[start..<position]))
    }
    if let sign = spellings[letter] {
      position += 1
      return .sign(sign)
    }
    let two = String(letters[start..<Swift.min(start + 2, letters.count)])
    guard let sign = signs.first(where: { two.hasPrefix($0) }) else {
      throw .unexpected(
        found: "\"\(letter)\"", expected: "a number, a column, a function or one of + - * / ^ = < > ( )",
        at: FormulaPlace(text: text, position: start, length: 1))
    }
    position += sign.count
    return .sign(sign)
  }

  /// 12, 1.5, 1e-3; and names that begin with a digit, such as 2012gdp.
  private static func number(
    _ letters: [Character], _ position: inout Int, _ text: String
  ) throws(ExpressionError) -> Token {
    let start = position
    while position < letters.count {
      let letter = letters[position]
      let isSignOfExponent =
        "+-".contains(letter) && "eE".contains(letters[position - (position > start ? 1 : 0)])
        && PlainDecimal.value(of: String(letters[start..<position].dropLast())) != nil
      guard FormulaScanner.isNameLetter(letter) || isSignOfExponent else { break }
      position += 1
    }
    let word = String(letters[start..<position])
    if let value = PlainDecimal.value(of: word), value.isFinite { return .number(value) }
    guard word.contains(where: \.isLetter) else {
      throw .unexpected(
        found: "\"\(word)\"", expected: "a number such as 1000 or 0.5",
        at: FormulaPlace(text: text, position: start, length: position - start))
    }
    return .word(word)
  }
}
