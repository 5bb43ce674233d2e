extension FormulaParser {
  /// x/y, which binds tighter than x:y and looser than y^2.
  mutating func ratio() throws(FormulaError) -> [PlacedTerm] {
    let isSum = upcoming.token == .sign("(")
    var terms = try power()
    var isFirst = true
    while upcoming.token == .sign("/") {
      let place = upcoming.place
      next += 1
      let divisors = try power()
      guard divisors.count == 1, !(isFirst && isSum && terms.count > 1) else {
        throw .unreadableRatio(at: place)
      }
      let divisor = divisors[0].term.factors
      terms = try terms.map { dividend throws(FormulaError) in
        PlacedTerm(
          term: FormulaTerm([
            try FormulaParser.quotient(dividend.term.factors, divisor, at: place)
          ]), place: dividend.place)
      }
      isFirst = false
    }
    return terms
  }

  /// One factor divided by another.
  private static func quotient(
    _ dividend: [FormulaFactor], _ divisor: [FormulaFactor], at place: FormulaPlace
  ) throws(FormulaError) -> FormulaFactor {
    guard dividend.count == 1, divisor.count == 1, dividend[0].levelColumn == nil,
      divisor[0].levelColumn == nil
    else { throw .unreadableRatio(at: place) }
    return .ratio(dividend[0], divisor[0])
  }

  /// A column or a function of one, what stands in brackets, or I(…).
  mutating func atom() throws(FormulaError) -> [PlacedTerm] {
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
      variables.append((name, false, place))
      return [.variable(name)]
    }
    guard let function = FormulaFunction(rawValue: name) else { throw .noSuchFunction(name: name, at: place) }
    try descend()
    defer { depth -= 1 }
    if function == .factor { return [try levels()] }
    let inner = try argument()
    if let levels = inner.first(where: { $0.levelColumn != nil }) {
      throw .misplacedLevels(name: levels.name, at: place)
    }
    let steps = try stepRange(of: function)
    guard steps.count * inner.count <= Self.mostTerms else {
      throw .unexpected(
        found: "\(steps.count) lags", expected: "at most \(Self.mostTerms / max(1, inner.count))", at: place)
    }
    try expect(")", "\")\" at the end of \(name)(…)")
    return inner.flatMap { factor in steps.map { FormulaParser.apply(function, to: factor, steps: $0) } }
  }

  /// What stands in a function: a column, a function of one, or a ratio of these.
  private mutating func argument() throws(FormulaError) -> [FormulaFactor] {
    var left = try operand()
    while upcoming.token == .sign("/") {
      let place = upcoming.place
      next += 1
      let right = try operand()
      guard right.count == 1 else { throw .unreadableRatio(at: place) }
      left = try left.map { dividend throws(FormulaError) in
        try FormulaParser.quotient([dividend], right, at: place)
      }
    }
    return left
  }

  /// A column, a function of one, or a ratio in brackets.
  private mutating func operand() throws(FormulaError) -> [FormulaFactor] {
    guard skip("(") else { return try factors() }
    try descend()
    defer { depth -= 1 }
    let inner = try argument()
    try expect(")", "\")\"")
    return inner
  }

  /// The column of `factor(x)`, behind its bracket.
  private mutating func levels() throws(FormulaError) -> FormulaFactor {
    let place = upcoming.place
    guard case .name(let column) = upcoming.token else { throw unexpected("a column") }
    next += 1
    guard skip(")") else {
      throw .misplacedLevels(name: "factor(\(column))", at: upcoming.place)
    }
    variables.append((column, true, place))
    // The dummy of one level, as tables call it: factor(region)East, without a space.
    let isAdjacent = upcoming.place.position == tokens[next - 1].place.position + 1
    switch upcoming.token {
    case .name(let level) where isAdjacent:
      next += 1
      return .level(of: column, level)
    case .number(let level) where isAdjacent:
      next += 1
      return .level(of: column, "\(level)")
    default: return .levels(of: column)
    }
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
  mutating func descend() throws(FormulaError) {
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
    case .factor: preconditionFailure("The levels of a column are no function of a factor.")
    }
  }
}
