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
