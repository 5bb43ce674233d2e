import RuralValue

extension OptionKind where Value == FormulaSpecification {
  /// A model.
  static let formula = OptionKind(
    shape: .formula, placeholder: "F", read: { text, _ in try FormulaSpecification(text) },
    json: { .string($0.text) }, mentions: { $0.variables.map(OptionMention.column) })
}

extension OptionKind where Value == RowCondition {
  /// A condition on rows.
  static let condition = OptionKind(
    shape: .condition, placeholder: "COL=VALUE", read: { text, _ in try RowCondition(text) },
    json: { .string($0.text) }, mentions: { [.column($0.column)] })
}

extension OptionKind where Value == GMMInstruments {
  /// GMM-style instruments: lags of terms.
  static let gmmInstruments = OptionKind(
    shape: .terms, placeholder: "VARS,A:B", read: { text, _ in try GMMInstruments(text) },
    json: { .string($0.text) }, mentions: { $0.terms.columnMentions })
}

extension OptionKind where Value == StandardInstruments {
  /// Standard instruments: terms.
  static let instruments = OptionKind(
    shape: .terms, placeholder: "VARS", read: { text, _ in try StandardInstruments(text) },
    json: { .string($0.text) }, mentions: { $0.terms.columnMentions })
}

extension OptionKind where Value == LinearCombination {
  /// A linear combination of coefficients.
  static let combination = OptionKind(
    shape: .terms, placeholder: "EXPR", read: { text, _ in try LinearCombination(text) },
    json: { .string($0.name) }, mentions: { $0.parts.map { .term($0.name) } })
}

extension OptionKind where Value == CoefficientTest {
  /// A hypothesis about coefficients.
  static let hypothesis = OptionKind(
    shape: .terms, placeholder: "TERMS", read: { text, _ in try CoefficientTest(text) },
    json: { .string($0.text) }, mentions: { $0.names.map { .term($0) } })
}

extension OptionKind where Value == SpatialDurbinSpecification.StandardError {
  /// Standard errors of spatial panels: a word, and of Conley's the cutoff behind it.
  static let spatialErrors: OptionKind = {
    let words = SpatialDurbinSpecification.StandardError.plain.map(\.name) + ["conley:KM"]
    return OptionKind(
      shape: .text, placeholder: words.joined(separator: "|"),
      read: { text, option in
        if let plain = SpatialDurbinSpecification.StandardError.plain.first(where: { $0.name == text }) {
          return plain
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts[0] == "conley" else {
          throw UsageError.notAChoice(option: option, found: text, choices: words)
        }
        guard parts.count == 2, let kilometres = PlainDecimal.value(of: String(parts[1])), kilometres > 0
        else {
          throw UsageError.notANumber(
            option: option, found: text, expected: "conley: and a cutoff in kilometres, such as conley:100")
        }
        return .conley(kilometres: kilometres)
      }, json: { .string($0.text) })
  }()
}

extension [FormulaTerm] {
  /// The columns on which the terms rest.
  var columnMentions: [OptionMention] { flatMap(\.factors).flatMap(\.variables).map { .column($0) } }
}

extension OptionKind where Value == FixedEffectsSpecification.StandardError {
  /// Standard errors of linear panels: a word, and behind some of them a number.
  static let linearErrors: OptionKind = {
    let words =
      FixedEffectsSpecification.StandardError.plain.map(\.name) + ["conley:KM", "bootstrap:R"]
    return OptionKind(
      shape: .text, placeholder: words.joined(separator: "|"),
      read: { text, option in
        if let plain = FixedEffectsSpecification.StandardError.plain.first(where: { $0.name == text }) {
          return plain
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch parts[0] {
        case "conley":
          guard parts.count == 2, let kilometres = PlainDecimal.value(of: parts[1]), kilometres > 0 else {
            throw UsageError.notANumber(
              option: option, found: text, expected: "conley: and a cutoff in kilometres, such as conley:100")
          }
          return .conley(kilometres: kilometres)
        case "bootstrap":
          guard parts.count == 2, let draws = Int(parts[1]), (2...1_000_000).contains(draws) else {
            throw UsageError.notANumber(
              option: option, found: text, expected: "bootstrap: and a number of draws, such as bootstrap:999"
            )
          }
          return .bootstrap(draws: draws)
        default: throw UsageError.notAChoice(option: option, found: text, choices: words)
        }
      }, json: { .string($0.text) })
  }()
}

extension OptionKind where Value == InstrumentedRegressors {
  /// Endogenous regressors, `~` and instruments.
  static let instrumented = OptionKind(
    shape: .formula, placeholder: "\"P ~ Z1 + Z2\"", read: { text, _ in try InstrumentedRegressors(text) },
    json: { .string($0.text) }, mentions: { $0.variables.map(OptionMention.column) })
}

extension OptionKind where Value == VariableRange {
  /// A variable and its range.
  static let variableRange = OptionKind(
    shape: .text, placeholder: "P=A:B", read: { text, _ in try VariableRange(text) },
    json: { .string($0.text) }, mentions: { [.factor($0.variable)] })
}

extension OptionKind where Value == [FormulaTerm] {
  /// Terms that are not the formula's, separated by commas.
  static let formulaTerms = OptionKind(
    shape: .columns, placeholder: "LIST",
    read: { text, _ in
      try elements(of: text).filter { !$0.isEmpty }.flatMap { try FormulaSpecification.terms($0) }
    }, json: { JSONValue($0.map(\.name)) }, mentions: { $0.columnMentions })
}
