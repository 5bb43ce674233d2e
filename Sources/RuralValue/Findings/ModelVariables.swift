/// What the variables of a study's models are: which is explained, which explain, what each is called.
public struct ModelVariables: Sendable, Equatable {
  private var rows: [Row] = []

  private struct Row: Sendable, Equatable {
    let isOutcome: Bool
    let name: String
    var models: [String]
  }

  /// The variables of models by their formulas, those that are explained first; a lag of the outcome is no variable of its own.
  public init(_ models: [(name: String, formula: FormulaSpecification)]) {
    for (name, formula) in models { add(formula.outcome.variables, of: name, isOutcome: true) }
    for (name, formula) in models {
      let outcome = Set(formula.outcome.variables)
      let others = formula.terms.flatMap(\.factors).flatMap(\.variables).filter { !outcome.contains($0) }
      add(others, of: name, isOutcome: false)
    }
  }

  private mutating func add(_ names: [String], of model: String, isOutcome: Bool) {
    for name in names.firstAppearances {
      if let place = rows.firstIndex(where: { $0.name == name && $0.isOutcome == isOutcome }) {
        if !rows[place].models.contains(model) { rows[place].models.append(model) }
      } else {
        rows.append(Row(isOutcome: isOutcome, name: name, models: [model]))
      }
    }
  }

  /// Whether there are none.
  public var isEmpty: Bool { rows.isEmpty }

  /// A row a variable: what it is in the models, its words, its symbol, and the models that have it.
  public var table: ResultTable {
    let kinds = rows.map {
      $0.isOutcome
        ? Phrase("Dependent variable", zh: "被解释变量") : Phrase("Independent variable", zh: "解释变量")
    }
    let first = rows.firstIndex { !$0.isOutcome }
    return ResultTable(
      name: "variables", title: Phrase("Variables of the models", zh: "模型变量说明"),
      columns: [
        ResultColumn("type", Phrase("Type", zh: "类型"), .phrase(kinds)),
        ResultColumn("variable", Phrase("Variable", zh: "变量"), .text(rows.map(\.name)))
          .shown(as: rows.map { Phrase(WordedName($0.name, .quantity)) }),
        ResultColumn("symbol", Phrase("Symbol", zh: "符号"), .text(rows.map(\.name))),
        ResultColumn(
          "models", Phrase("In the models", zh: "所在模型"),
          .phrase(
            rows.map {
              Phrase($0.models.joined(separator: ", "), zh: $0.models.joined(separator: "、"))
            })),
      ], keyColumns: 2, sections: first.map { $0 > 0 ? [.init(firstRow: $0)] : [] } ?? [])
  }
}
