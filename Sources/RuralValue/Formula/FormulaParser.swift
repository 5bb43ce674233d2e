/// Reads terms by recursive descent: sums of products of interactions of factors.
///
///     sum         = ["-"] product { ("+" | "-") product }
///     product     = interaction { "*" interaction }
///     interaction = power { ":" power }
///     power       = atom [ "^" number ]
///     atom        = column | function "(" … ")" | "(" sum ")" | "I" "(" arithmetic ")" | 0 | 1
///     arithmetic  = power { "*" power }
///
/// A factor times itself is its square, x:x = x*x - x = x^2 = I(x^2). The power of a sum is R's: (a + b)^2 is
/// a + b + a:b.
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

  private var tokens: [FormulaScanner.Placed]
  private var next = 0
  /// How many brackets and functions are open.
  private var depth = 0
  /// The most of them, the most terms and the most periods of a lag: more is a slip, and would only use up memory.
  private static let (deepest, mostTerms, mostSteps) = (100, 1000, 99_999)
  private static let powers = 1...10
  /// The columns named so far, with their places.
  private(set) var variables: [(name: String, place: FormulaPlace)] = []

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
    var terms = try power()
    while skip(":") {
      let place = upcoming.place
      terms = try crossed(terms, try power(), at: place)
    }
    return terms
  }

  /// x^2; of a sum in brackets R's power.
  private mutating func power() throws(FormulaError) -> [PlacedTerm] {
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
  private mutating func arithmetic() throws(FormulaError) -> [PlacedTerm] {
    try expect("(", "\"(\" after I, as in I(x^2)")
    try descend()
    defer { depth -= 1 }
    var terms = try power()
    while skip("*") {
      let place = upcoming.place
      terms = try crossed(terms, try power(), at: place)
    }
    try expect(")", "\")\", for I(…) holds a product such as I(x^2) or I(x*z)")
    return terms
  }

  private func crossed(
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

  private mutating func atom() throws(FormulaError) -> [PlacedTerm] {
    let place = upcoming.place
    if skip("(") {
      try descend()
      defer { depth -= 1 }
      let terms = try sum().terms
      try expect(")", "\")\"")
      return terms
    }
    guard case .name(let name) = upcoming.token else { throw unexpected("a column or a function") }
    if name == "I", tokens[next + 1].token == .sign("(") {
      next += 1
      return try arithmetic()
    }
    return try factors().map { PlacedTerm(term: FormulaTerm([$0]), place: place) }
  }

  /// A column or a function of one; `lag(x, 0:2)` is three factors.
  private mutating func factors() throws(FormulaError) -> [FormulaFactor] {
    guard case .name(let name) = upcoming.token else { throw unexpected("a column") }
    let place = upcoming.place
    next += 1
    guard skip("(") else {
      variables.append((name, place))
      return [.variable(name)]
    }
    guard let function = FormulaFunction(rawValue: name) else { throw .noSuchFunction(name: name, at: place) }
    try descend()
    defer { depth -= 1 }
    let inner = try factors()
    let steps = try stepRange(of: function)
    guard steps.count * inner.count <= Self.mostTerms else {
      throw .unexpected(
        found: "\(steps.count) lags", expected: "at most \(Self.mostTerms / max(1, inner.count))", at: place)
    }
    try expect(")", "\")\" at the end of \(name)(…)")
    return inner.flatMap { factor in steps.map { FormulaParser.apply(function, to: factor, steps: $0) } }
  }

  /// The periods of `lag(x, 0:2)` and `diff(x, 2)`, by default one.
  private mutating func stepRange(of function: FormulaFunction) throws(FormulaError) -> ClosedRange<Int> {
    guard [.lag, .lead, .diff].contains(function), skip(",") else { return 1...1 }
    let first = try wholeNumber()
    guard function != .diff, skip(":") else {
      guard function != .diff || first > 0 else { throw unexpected("a number of periods above 0 before") }
      return first...first
    }
    let last = try wholeNumber()
    return min(first, last)...max(first, last)
  }

  private mutating func wholeNumber() throws(FormulaError) -> Int {
    let sign = skip("-") ? -1 : 1
    guard case .number(let number) = upcoming.token, number <= Self.mostSteps else {
      throw unexpected("a number of periods such as 1 or 0:2")
    }
    next += 1
    return sign * number
  }

  /// Goes one bracket deeper.
  private mutating func descend() throws(FormulaError) {
    depth += 1
    guard depth <= Self.deepest else { throw unexpected("at most \(Self.deepest) open brackets") }
  }

  private static func apply(_ function: FormulaFunction, to factor: FormulaFactor, steps: Int)
    -> FormulaFactor
  {
    switch function {
    case .lag: steps == 0 ? factor : .lag(factor, steps: steps)
    case .lead: steps == 0 ? factor : .lag(factor, steps: -steps)
    case .diff: .difference(factor, steps: steps)
    case .log: .logarithm(factor)
    case .center: .centred(factor)
    case .scale: .scaled(factor)
    }
  }
}
