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

extension [FormulaTerm] {
  /// The columns on which the terms rest.
  var columnMentions: [OptionMention] { flatMap(\.factors).flatMap(\.variables).map { .column($0) } }
}
