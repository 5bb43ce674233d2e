import RuralValue

/// One step of a preparation as a call names it; `all` stands for every numeric column.
///
/// A step's option takes its variables, and settings behind semicolons: `--smooth "gdp,grain;window=5"`.
struct NamedStep: Sendable {
  /// The option, with its dashes.
  let option: String
  /// What the call gives it.
  let text: String
  let operation: PreparationOperation
  let variables: [String]
  let naming: OutputNaming

  /// A column computed from others. Throws `ExpressionError`.
  init(computing text: String) throws {
    let expression = try ColumnExpression(text)
    (option, self.text, operation) = ("--compute", text, .compute(expression))
    (variables, naming) = (expression.columns, .conventional)
  }

  /// Reads a step. Throws `UsageError`.
  init(_ text: String, option: String) throws(UsageError) {
    var parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      CellText.trimmed(String($0))
    }
    variables = listed(parts.removeFirst())
    guard !variables.isEmpty else { throw .missingValue(option: option, value: "VARS, such as gdp,grain") }
    var settings = StepSettings(option: option, value: text)
    for part in parts where !part.isEmpty { try settings.read(part) }
    operation =
      switch option {
      case "--interpolate":
        .interpolate(
          extend: settings.flag("extend"),
          missingRows: try settings.choice("rows", default: PreparationOperation.MissingRows.observedPeriods))
      case "--smooth": .smooth(window: try settings.integer("window", default: 3))
      case "--log": try Self.logarithm(&settings)
      case "--log1p": .logarithm(plusOne: true)
      case "--standardise": .standardise(try settings.choice("within", default: PoolingScope.panel))
      case "--minmax": .minMax(try settings.choice("within", default: PoolingScope.panel))
      case "--winsorise":
        try Self.winsorise(&settings)
      case "--change": .change(steps: try settings.integer("steps", default: 1))
      case "--growth":
        .growth(
          steps: try settings.integer("steps", default: 1),
          zeroBaseIsMissing: try settings.word("zero", among: ["error", "missing"]) == "missing")
      default: .lag(steps: try settings.integer("steps", default: 1))
      }
    naming = settings.naming()
    try settings.requireAllUsed()
    self.option = option
    self.text = text
  }

  private static func logarithm(_ settings: inout StepSettings) throws(UsageError) -> PreparationOperation {
    let (constant, isConditional) = (try settings.number("add"), settings.flag("if-zero"))
    guard constant != nil || !isConditional else {
      throw .conflict(
        "\(settings.option) \"\(settings.value)\": if-zero goes with a constant, such as ;add=0.01;if-zero.")
    }
    return .logarithm(adding: constant, onlyWhereNeeded: isConditional)
  }

  private static func winsorise(_ settings: inout StepSettings) throws(UsageError) -> PreparationOperation {
    let tails = try settings.numbers("tails", default: [0.01, 0.01])
    return .winsorise(
      lowerTail: tails[0], upperTail: tails[tails.count - 1],
      try settings.choice("within", default: PoolingScope.panel))
  }
}

extension PrepareCommand {
  /// The options that are steps.
  static let stepOptions: [Option<PrepareCommand>] =
    [
      (
        "interpolate",
        "fill gaps inside a county linearly, in VAR itself; ;extend also holds the first and last known value beyond them;"
          + " ;rows=none|observed|every-step says which absent rows are added (default observed)"
      ),
      ("smooth", "centred moving average, as ma_VAR; ;window=N, odd (default 3)"),
      (
        "log",
        "natural logarithm, as ln_VAR; ;add=0.01 adds a constant before it, where zero is a true value; with ;if-zero"
          + " only to a variable that has one"
      ),
      ("log1p", "ln(1 + x), as ln1p_VAR"),
      ("standardise", "z-scores, as z_VAR; ;within=year"),
      ("minmax", "0 to 1 by minimum and maximum, as mm_VAR; ;within=year"),
      (
        "winsorise",
        "cut values off at quantiles, as w_VAR; ;tails=LOW,HIGH (default 0.01,0.01) ;within=year"
      ),
      ("change", "change since a period before, as d_VAR; ;steps=K"),
      ("growth", "growth rate since a period before, as g_VAR; ;steps=K ;zero=missing allows zero bases"),
      ("lag", "the value of a period before, as l_VAR; ;steps=K"),
    ].map { name, help in
      Option(adding: \.steps, name, .step, own: { $0.option == "--\(name)" }, help)
    } + [
      Option(
        adding: \.steps, "compute", .computation, own: { $0.option == "--compute" },
        "a column from others, such as 'gap = urban_income / rural_income': + - * / ^, = != < <= > >=, and, or,"
          + " round(x, 2), if(c, a, b), lag(x), diff, growth, mean(x) over the unit's time, mean(x, by=prefecture,year),"
          + " index(cpi, base=2012)")
    ]
}

extension OptionKind where Value == NamedStep {
  fileprivate static let step = OptionKind(
    shape: .columns, placeholder: "VARS", read: { text, option in try NamedStep(text, option: option) },
    json: { .string($0.text) },
    mentions: { $0.variables == ["all"] ? [] : $0.variables.map { .column($0) } })
}

extension OptionKind where Value == NamedStep {
  fileprivate static let computation = OptionKind(
    shape: .formula, placeholder: "'NAME = EXPR'", read: { text, _ in try NamedStep(computing: text) },
    json: { .string($0.text) }, mentions: { $0.variables.map { .column($0) } })
}

/// The settings behind a step's variables, each of which must be used.
struct StepSettings {
  let option: String
  let value: String
  private var settings: [String: String] = [:]

  init(option: String, value: String) {
    self.option = option
    self.value = value
  }

  /// Reads `window=5` or `extend`.
  mutating func read(_ part: String) throws(UsageError) {
    let sides = part.split(separator: "=", maxSplits: 1).map { CellText.trimmed(String($0)) }
    guard let name = sides.first, !name.isEmpty, settings[name] == nil else {
      throw .conflict("\(option) \"\(value)\": found \"\(part)\"; expected a setting such as window=5, once.")
    }
    settings[name] = sides.count == 2 ? sides[1] : ""
  }

  mutating func flag(_ name: String) -> Bool { settings.removeValue(forKey: name) != nil }

  mutating func integer(_ name: String, default standard: Int) throws(UsageError) -> Int {
    guard let text = settings.removeValue(forKey: name) else { return standard }
    guard let number = Int(text) else {
      throw .notANumber(option: "\(option) …;\(name)", found: text, expected: "a whole number")
    }
    return number
  }

  /// One or two numbers separated by a comma.
  mutating func numbers(_ name: String, default standard: [Double]) throws(UsageError) -> [Double] {
    guard let text = settings.removeValue(forKey: name) else { return standard }
    let words = text.split(separator: ",").map { CellText.trimmed(String($0)) }
    let numbers = words.compactMap { PlainDecimal.value(of: $0) }
    guard numbers.count == words.count, (1...2).contains(numbers.count) else {
      throw .notANumber(
        option: "\(option) …;\(name)", found: text, expected: "one or two numbers, such as 0.01,0.01")
    }
    return numbers
  }

  /// One number, where it is given.
  mutating func number(_ name: String) throws(UsageError) -> Double? {
    guard let text = settings.removeValue(forKey: name) else { return nil }
    guard let number = PlainDecimal.value(of: text) else {
      throw .notANumber(option: "\(option) …;\(name)", found: text, expected: "a number")
    }
    return number
  }

  mutating func word(_ name: String, among choices: [String]) throws(UsageError) -> String? {
    guard let text = settings.removeValue(forKey: name) else { return nil }
    guard choices.contains(text) else {
      throw .notAChoice(option: "\(option) …;\(name)", found: text, choices: choices)
    }
    return text
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, default standard: Choice
  )
    throws(UsageError) -> Choice
  {
    try word(name, among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init) ?? standard
  }

  /// Names separated by commas.
  mutating func list(_ name: String) -> [String]? {
    settings.removeValue(forKey: name).map(listed)
  }

  mutating func text(_ name: String) -> String? { settings.removeValue(forKey: name) }

  /// How the results are named: `;in-place`, `;prefix=x_`, `;suffix=_x`, `;as=a,b`.
  mutating func naming() -> OutputNaming {
    if settings.removeValue(forKey: "in-place") != nil { return .inPlace }
    if let prefix = settings.removeValue(forKey: "prefix") { return .prefix(prefix) }
    if let suffix = settings.removeValue(forKey: "suffix") { return .suffix(suffix) }
    if let names = settings.removeValue(forKey: "as") {
      return .names(listed(names))
    }
    return .conventional
  }

  func requireAllUsed() throws(UsageError) {
    guard let unknown = settings.keys.min() else { return }
    let known = [
      "extend", "rows", "window", "within", "tails", "steps", "zero", "in-place", "prefix", "suffix", "as",
      "columns", "unit", "time", "add", "if-zero", "sum", "mean", "weighted", "keep", "distinct",
    ]
    throw .conflict(
      "\(option) \"\(value)\": there is no setting \"\(unknown)\" here."
        + NearestName.question(for: unknown, among: known.filter { $0 != unknown })
        + " See ruralvalue prepare --help.")
  }
}
