/// Reads terms by recursive descent: sums of products of interactions of factors.
///
///     sum         = ["-"] product { ("+" | "-") product }
///     product     = interaction { "*" interaction }
///     interaction = ratio { ":" ratio }
///     ratio       = power { "/" power }
///     power       = atom [ "^" number ]
///     atom        = column | function "(" … ")" | "(" sum ")" | "I" "(" arithmetic ")" | 0 | 1
///     arithmetic  = ratio { "*" ratio }
///
/// A factor times itself is its square, x:x = x*x - x = x^2 = I(x^2). The power of a sum is R's: (a + b)^2 is
/// a + b + a:b. A ratio is a quotient of two columns or functions of one, and not R's nesting. factor(x) is a dummy for
/// every level of x but the first.
struct FormulaParser {
  /// A term and where its text began.
  struct PlacedTerm {
    let term: FormulaTerm
    let place: FormulaPlace
  }

  /// The terms of a sum, and whether 0, 1, -1 or nothing was said about the constant.
  struct Sum {
    var terms: [PlacedTerm] = []
    var hasIntercept = true
  }

  var tokens: [FormulaScanner.Placed]
  /// The position of the token that comes next.
  var next = 0
  /// How many brackets and functions are open.
  var depth = 0
  /// The most of them, the most terms and the most periods of a lag: more is a slip, and would only use up memory.
  static let (deepest, mostTerms, mostSteps) = (100, 1000, 99_999)
  private static let powers = 1...10
  /// The columns named so far, with their places.
  var variables: [(name: String, isOfLevels: Bool, place: FormulaPlace)] = []

  init(_ text: String) throws(FormulaError) {
    tokens = try FormulaScanner.tokens(of: text)
  }

  /// The token that comes next.
  var upcoming: FormulaScanner.Placed { tokens[next] }

  /// Steps over a sign if it comes next.
  mutating func skip(_ sign: Character) -> Bool {
    guard upcoming.token == .sign(sign) else { return false }
    next += 1
    return true
  }

  mutating func expect(_ sign: Character, _ expected: String) throws(FormulaError) {
    guard skip(sign) else { throw unexpected(expected) }
  }

  func unexpected(_ expected: String) -> FormulaError {
    // Two names beside each other are one with a space in it.
    var hint = ""
    if case .name = upcoming.token, next > 0, case .name = tokens[next - 1].token {
      hint = "; a name with spaces or signs stands in backticks"
    }
    return .unexpected(found: upcoming.token.description, expected: expected + hint, at: upcoming.place)
  }

  mutating func sum() throws(FormulaError) -> Sum {
    var sum = Sum()
    var drops = skip("-")
    while true {
      if case .number(let number) = upcoming.token {
        guard number <= 1 else { throw unexpected("a column; 0 or 1 alone say whether there is a constant") }
        sum.hasIntercept = (number == 1) != drops
        next += 1
      } else {
        let terms = try product()
        if drops {
          try drop(terms, from: &sum)
        } else {
          add(terms, to: &sum)
        }
      }
      if skip("+") {
        drops = false
      } else if skip("-") {
        drops = true
      } else {
        return sum
      }
    }
  }

  private func add(_ terms: [PlacedTerm], to sum: inout Sum) {
    for term in terms where !sum.terms.contains(where: { $0.term.hasSameFactors(as: term.term) }) {
      sum.terms.append(term)
    }
  }

  private func drop(_ terms: [PlacedTerm], from sum: inout Sum) throws(FormulaError) {
    for dropped in terms {
      guard let index = sum.terms.firstIndex(where: { $0.term.hasSameFactors(as: dropped.term) }) else {
        throw .nothingToDrop(
          term: dropped.term.name, terms: sum.terms.map(\.term.name), at: dropped.place)
      }
      sum.terms.remove(at: index)
    }
  }

  /// a*b is a + b + a:b; longer chains have every product, ordered by the number of factors as in R.
  private mutating func product() throws(FormulaError) -> [PlacedTerm] {
    var terms = try interaction()
    while skip("*") {
      let place = upcoming.place
      let right = try interaction()
      terms = terms + right + (try crossed(terms, right, at: place))
    }
    let longest = terms.map(\.term.factors.count).max() ?? 0
    return (0...longest).flatMap { count in terms.filter { $0.term.factors.count == count } }
  }

  private mutating func interaction() throws(FormulaError) -> [PlacedTerm] {
    var terms = try ratio()
    while skip(":") {
      let place = upcoming.place
      terms = try crossed(terms, try ratio(), at: place)
    }
    return terms
  }

  /// x^2; of a sum in brackets R's power.
  mutating func power() throws(FormulaError) -> [PlacedTerm] {
    let isSum = upcoming.token == .sign("(")
    let terms = try atom()
    guard skip("^") else { return terms }
    let place = upcoming.place
    guard case .number(let power) = upcoming.token, Self.powers.contains(power) else {
      throw unexpected("a power from \(Self.powers.lowerBound) to \(Self.powers.upperBound)")
    }
    next += 1
    guard isSum, terms.count > 1 else {
      return terms.map { placed in
        PlacedTerm(
          term: FormulaTerm(Array(repeating: placed.term.factors, count: power).flatMap(\.self)),
          place: placed.place)
      }
    }
    var sum = Sum()
    add(terms, to: &sum)
    let once = sum.terms
    for _ in 1..<max(1, power) {
      let products = try crossed(sum.terms, once, at: place)
      let isNew = sum.terms.flatMap { a in once.map { b in !Set(b.term.factors).isSubset(of: a.term.factors) }
      }
      add(zip(products, isNew).filter(\.1).map(\.0), to: &sum)
    }
    return sum.terms
  }

  /// The product inside `I(…)`, in which signs are arithmetic.
  mutating func arithmetic() throws(FormulaError) -> [PlacedTerm] {
    try expect("(", "\"(\" after I, as in I(x^2)")
    try descend()
    defer { depth -= 1 }
    var terms = try ratio()
    while skip("*") {
      let place = upcoming.place
      terms = try crossed(terms, try ratio(), at: place)
    }
    try expect(")", "\")\", for I(…) holds a product such as I(x^2), I(x*z) or I(x/z)")
    return terms
  }

  func crossed(
    _ left: [PlacedTerm], _ right: [PlacedTerm], at place: FormulaPlace
  ) throws(FormulaError) -> [PlacedTerm] {
    guard left.count * right.count <= Self.mostTerms else {
      throw .unexpected(
        found: "a product of \(left.count) by \(right.count) terms",
        expected: "at most \(Self.mostTerms) terms", at: place)
    }
    return left.flatMap { a in
      right.map { b in PlacedTerm(term: a.term.times(b.term), place: a.place) }
    }
  }
}
