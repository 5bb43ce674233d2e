import RuralValue

extension SimulateCommand {
  /// The options of simulated models: outcome, regressors, effects and errors.
  static let designOptions: [Option<SimulateCommand>] = [
    Option(
      \.design.outcome, "outcome",
      .text.called("NAME").limited(to: { !$0.isEmpty }, expected: "the name of a column"), default: "V",
      "the outcome's column"),
    Option(
      \.design.coefficients, "coefficients", .coefficients,
      "terms and their coefficients: \"P=0.2,C=-0.035,P:C=0.01\""),
    Option(
      \.design.unitDeviation, "sd-unit", .number.called("S"), default: 1,
      "standard deviation of unit effects"),
    Option(
      \.design.timeDeviation, "sd-time", .number.called("S"), default: 0.5,
      "standard deviation of time effects"),
    Option(
      \.design.errorDeviation, "sd-error", .number.called("S"), default: 1,
      "standard deviation of errors"),
    Option(
      \.design.heteroskedasticity, "heteroskedasticity", .number.called("H"), default: 0,
      "standard deviation of the log of a unit's own error deviation"),
    Option(
      \.design.dependence, "regressors", .choice, default: .exogenous,
      "whether regressors move with the errors: not, with the last one, with the present one"),
    Option(
      \.design.feedback, "feedback", .number.called("R"), default: 0.5,
      "correlation of a regressor's shock with that error"),
    Option(
      \.design.effectLoading, "effect-loading", .number.called("C"), default: 0,
      "how much of the standardised unit effect is in a regressor"),
    Option(
      \.design.persistence, "persistence", .number.called("PHI"), default: 0.5,
      "autoregression of the regressors"),
    Option(
      \.design.burnIn, "burn-in", .integer(0...1000), default: 50,
      "periods before the first, for models with a lag"),
  ]
}

extension OptionKind where Value == [TermCoefficient] {
  /// Terms and their coefficients.
  static let coefficients = OptionKind(
    shape: .coefficients, placeholder: "LIST", read: { text, option in try terms(text, option: option) },
    json: { .object($0.map { JSONMember($0.term.name, .number($0.value)) }) })

  /// Reads terms and numbers, `P=0.2,lag(C, 1)=-0.1`; commas inside brackets belong to a term.
  private static func terms(_ text: String, option: String) throws -> [TermCoefficient] {
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
