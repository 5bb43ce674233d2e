import RuralValue

/// The options of simulated models: outcome, regressors, effects and errors.
enum SimulatedDesignOptions {
  static let options: [OptionDefinition] = [
    OptionDefinition("--outcome", "NAME", "the outcome's column (default V)"),
    OptionDefinition(
      "--coefficients", "LIST", "terms and their coefficients: \"P=0.2,C=-0.035,P:C=0.01\""),
    OptionDefinition("--sd-unit", "S", "standard deviation of unit effects (default 1)"),
    OptionDefinition("--sd-time", "S", "standard deviation of time effects (default 0.5)"),
    OptionDefinition("--sd-error", "S", "standard deviation of errors (default 1)"),
    OptionDefinition(
      "--heteroskedasticity", "H", "standard deviation of the log of a unit's own error deviation (default 0)"
    ),
    OptionDefinition(
      "--regressors", choices: SimulationDesign.Dependence.allCases.map(\.rawValue),
      "whether regressors move with the errors: not, with the last one, with the present one (default exogenous)"
    ),
    OptionDefinition(
      "--feedback", "R", "correlation of a regressor's shock with that error (default 0.5)"),
    OptionDefinition(
      "--effect-loading", "C", "how much of the standardised unit effect is in a regressor (default 0)"),
    OptionDefinition("--persistence", "PHI", "autoregression of the regressors (default 0.5)"),
    OptionDefinition("--burn-in", "N", "periods before the first, for models with a lag (default 50)"),
  ]
  static let usedOptions = options.map(\.name)

  /// The design that a call asks for; its units come later.
  static func design(
    _ arguments: ParsedArguments, kind: String, seed: UInt64, periods: ClosedRange<Int>
  ) throws -> SimulationDesign {
    guard let text = arguments.text("--coefficients") else {
      throw UsageError.missingOption(
        option: "--coefficients LIST", command: "simulate \(kind)",
        purpose: "the regressors and their true coefficients, such as \"P=0.2,C=-0.035\"")
    }
    var design = SimulationDesign(
      units: [], periods: periods, outcome: arguments.text("--outcome") ?? "V",
      coefficients: try terms(text, option: "--coefficients"), seed: seed)
    if design.outcome.isEmpty {
      throw UsageError.notANumber(option: "--outcome", found: "", expected: "the name of a column")
    }
    design.unitDeviation = try arguments.number("--sd-unit") ?? design.unitDeviation
    design.timeDeviation = try arguments.number("--sd-time") ?? design.timeDeviation
    design.errorDeviation = try arguments.number("--sd-error") ?? design.errorDeviation
    design.heteroskedasticity = try arguments.number("--heteroskedasticity") ?? 0
    design.dependence = arguments.choice("--regressors", default: .exogenous)
    design.feedback = try arguments.number("--feedback") ?? design.feedback
    design.effectLoading = try arguments.number("--effect-loading") ?? design.effectLoading
    design.persistence = try arguments.number("--persistence") ?? design.persistence
    design.burnIn = try arguments.integer("--burn-in", in: 0...1000) ?? design.burnIn
    if arguments.text("--feedback") != nil, design.dependence == .exogenous {
      throw UsageError.conflict(
        "--feedback needs regressors that move with the errors: --regressors predetermined or endogenous.")
    }
    return design
  }

  /// Reads terms and numbers, `P=0.2,lag(C, 1)=-0.1`; commas inside brackets belong to a term.
  static func terms(_ text: String, option: String) throws -> [TermCoefficient] {
    var items = [""]
    var depth = 0
    for letter in text {
      if letter == "(" { depth += 1 }
      if letter == ")" { depth -= 1 }
      if letter == ",", depth == 0 { items.append("") } else { items[items.count - 1].append(letter) }
    }
    var result: [TermCoefficient] = []
    for item in items {
      guard let sign = item.lastIndex(of: "="),
        let value = PlainDecimal.value(of: CellText.trimmed(String(item[item.index(after: sign)...])))
      else {
        throw UsageError.notANumber(
          option: option, found: text, expected: "terms with numbers, such as \"P=0.2,C=-0.035\"")
      }
      let terms = try FormulaSpecification.terms(String(item[..<sign]))
      guard terms.count == 1 else {
        throw UsageError.notANumber(
          option: option, found: text, expected: "one term before each =; a product is written P:C")
      }
      guard !result.contains(where: { $0.term == terms[0] }) else {
        throw UsageError.conflict("\(option) names \(terms[0].name) twice.")
      }
      result.append(TermCoefficient(terms[0], value))
    }
    return result
  }
}
