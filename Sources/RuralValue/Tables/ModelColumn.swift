/// A model as one column of a table of models: its estimates, and what stands below the rule.
///
/// It is all that such a table needs of a model, and the member `models` of a result's JSON, from which `table` sets
/// results side by side.
public struct ModelColumn: Sendable, Equatable {
  /// What tells it from the other models of its result, such as a group or its weights; empty where there is one model.
  public var name: Phrase
  /// The outcome's name.
  public let outcome: String
  /// The coefficients in the model's order, without dummies of periods.
  public let coefficients: [Estimate]
  /// Direct, indirect and total effects.
  public let effects: [Estimate]
  /// What stands below the rule.
  public let footer: [FitStatistic]
  /// Why its numbers may not carry a conclusion.
  public let cautions: [Phrase]

  /// A column from its parts.
  public init(
    name: Phrase = Phrase(verbatim: ""), outcome: String, coefficients: [Estimate], effects: [Estimate] = [],
    footer: [FitStatistic], cautions: [Phrase] = []
  ) {
    self.name = name
    self.outcome = outcome
    self.coefficients = coefficients
    self.effects = effects
    self.footer = footer
    self.cautions = cautions
  }
}

extension ModelColumn {
  /// The column with one more statistic, behind the one of a key.
  public func adding(_ statistic: FitStatistic, behind key: String) -> ModelColumn {
    let place = footer.firstIndex { $0.key == key }.map { $0 + 1 } ?? footer.count
    return ModelColumn(
      name: name, outcome: outcome, coefficients: coefficients, effects: effects,
      footer: footer[..<place] + [statistic] + footer[place...], cautions: cautions)
  }

  /// The column with more cautions.
  func adding(cautions more: [Phrase]) -> ModelColumn {
    ModelColumn(
      name: name, outcome: outcome, coefficients: coefficients, effects: effects, footer: footer,
      cautions: cautions + more)
  }

  /// The column with other words in its cautions.
  func worded(_ wording: (String) -> String) -> ModelColumn {
    ModelColumn(
      name: name, outcome: outcome, coefficients: coefficients, effects: effects, footer: footer,
      cautions: cautions.map { $0.worded(wording) })
  }

  /// A model of all units and those that its result holds besides: beside groups it is named as being of all.
  static func beside(_ further: [ModelColumn], _ whole: ModelColumn) -> [ModelColumn] {
    var whole = whole
    if whole.name.english.isEmpty, further.contains(where: { !$0.name.english.isEmpty }) {
      whole.name = Phrase("all", zh: "全样本")
    }
    return [whole] + further
  }

  /// The column whose name begins with that of a column of the data, which people may know by a label.
  public func named(after column: String) -> ModelColumn {
    guard name.english.hasPrefix(column), name.chinese.hasPrefix(column) else { return self }
    var model = self
    let word = column.asVariable
    model.name = Phrase(
      word + name.english.dropFirst(column.count), zh: word + name.chinese.dropFirst(column.count))
    return model
  }

  /// The JSON object of the model.
  public var json: JSONValue {
    // The column of a group, which people may know by a label.
    let column = name.names.first.map { [JSONMember("name_column", .string($0.name))] } ?? []
    return .object(
      [
        JSONMember("name", .string(name.english)), JSONMember("name_zh", .string(name.chinese)),
      ] + column + [
        JSONMember("outcome", .string(outcome)), JSONMember("coefficients", Self.json(coefficients)),
        JSONMember("effects", Self.json(effects)), JSONMember("footer", .array(footer.map(\.footerJSON))),
        JSONMember("cautions", .array(cautions.map(Self.json))),
      ])
  }

  private static func json(_ phrase: Phrase) -> JSONValue {
    .object([JSONMember("text", .string(phrase.english)), JSONMember("text_zh", .string(phrase.chinese))])
  }

  private static func json(_ estimates: [Estimate]) -> JSONValue {
    .array(
      estimates.map { estimate in
        let role = estimate.parameter.role
        return .object([
          JSONMember("parameter", .string(estimate.name)), JSONMember("role", .string(role.name)),
          JSONMember("of", JSONValue(role.detail)), JSONMember("estimate", .number(estimate.value)),
          JSONMember("std_error", .number(estimate.standardError)),
          JSONMember("df", estimate.reference.degreesOfFreedom.map(JSONValue.integer) ?? .null),
        ])
      })
  }
}

extension FitStatistic {
  /// What the foot of a table of models has of it, with its kind and its labels.
  fileprivate var footerJSON: JSONValue {
    var members = [
      JSONMember("name", .string(key)), JSONMember("label", .string(label.english)),
      JSONMember("label_zh", .string(label.chinese)), JSONMember("kind", .string(value.kind)),
      JSONMember("value", json),
    ]
    if case .phrase(let phrase) = value { members.append(JSONMember("value_zh", .string(phrase.chinese))) }
    return .object(members)
  }
}

extension FitStatistic.Value {
  /// The word for what it is: `count`.
  public var kind: String {
    switch self {
    case .number: "number"
    case .count: "count"
    case .probability: "p_value"
    case .flag: "flag"
    case .word, .phrase: "text"
    }
  }
}

extension FittedModel {
  /// The model as a column of a table of models.
  public var column: ModelColumn {
    ModelColumn(
      outcome: outcomeName,
      coefficients: (estimates + furtherEstimates).filter { $0.parameter.role != .period },
      effects: effectEstimates, footer: statistics.selected(statistics.footer), cautions: cautions)
  }
}
