/// A base model and its variants side by side, and what of the base model each variant keeps.
///
/// Parameters are matched by name and role: who varies the terms themselves, as lagged regressors do, gives them
/// the base model's names. A variant that failed keeps its column, filled with dashes, and its reason stands below.
public struct RobustnessTable: Sendable, Equatable {
  /// The model that the variants are held against.
  public let base: Model
  /// The variants in the order of the columns.
  public let variants: [Model]
  /// The significance level at which "significant" is decided.
  public let level: Double

  /// A comparison of variants with a base model.
  public init(base: Model, variants: [Model], level: Double = 0.05) {
    self.base = base
    self.variants = variants
    self.level = level
  }

  /// One model as plain values: coefficients and observations, or why there are none.
  public struct Model: Sendable, Equatable {
    /// What the column is called.
    public let name: Phrase
    /// The coefficients in the model's own order; none where the model failed.
    public let estimates: [Estimate]
    /// The level of its intervals.
    public let confidenceLevel: Double
    /// Why its coefficients may not carry a conclusion.
    public let cautions: [Phrase]
    /// The number of observations; nil where the model failed.
    public let observations: Int?
    /// Why the model has no result, if it failed.
    public let failure: String?

    /// A model that was estimated.
    public init(
      name: Phrase, estimates: [Estimate], confidenceLevel: Double = 0.95, observations: Int,
      cautions: [Phrase] = []
    ) {
      self.name = name
      self.cautions = cautions
      self.estimates = estimates
      self.confidenceLevel = confidenceLevel
      self.observations = observations
      failure = nil
    }

    /// A model that failed.
    public init(name: Phrase, failure: String) {
      self.name = name
      estimates = []
      cautions = []
      confidenceLevel = 0.95
      observations = nil
      self.failure = failure
    }
  }

  /// All models, the base model first.
  var models: [Model] { [base] + variants }

  /// The journal table: a column a model, standard errors in parentheses, and last, for each term, how many of
  /// the variants keep its sign and significance.
  public var table: ResultTable {
    let layout = CoefficientLayout(
      models.enumerated().map { place, model in
        .init(
          name: place == 0 ? "base" : "variant_\(place)", heading: model.heading, estimates: model.estimates,
          statistics: [
            .init("observations", Phrase("Observations", zh: "样本量"), .count(model.observations))
          ])
      })
    let table = layout.table(
      name: "robustness", title: Phrase("The base model and its variants", zh: "基准模型与稳健性检验"))
    let columns = zip(table.columns.dropFirst(), models).map { column, model in
      model.failure == nil ? column : column.dashed
    }
    return ResultTable(
      name: table.name, title: table.title,
      columns: [table.columns[0]] + columns + keptColumn(layout.estimatedParameters),
      sections: table.sections, notes: notes
    ).adding(cautions: cautions).adding(rowKinds: table.rowKinds ?? [])
  }

  /// What is to be said of the models' coefficients, each sentence once, with the numbers of its columns.
  var cautions: [Phrase] {
    models.flatMap(\.cautions).firstAppearances.map { caution in
      let columns = models.indices.filter { models[$0].cautions.contains(caution) }.map { "(\($0 + 1))" }
      return caution.said(of: Phrase(columns.joined(separator: ", "), zh: columns.joined(separator: "、")))
    }
  }

  /// For each row that holds an estimate, how many variants keep its sign and significance.
  private func keptColumn(_ rows: [Parameter?]) -> [ResultColumn] {
    guard !variants.isEmpty else { return [] }
    let verdicts = self.verdicts
    let cells = rows.map { parameter -> Phrase in
      guard let verdict = verdicts.first(where: { $0.base.parameter == parameter }) else {
        return Phrase(verbatim: "")
      }
      guard verdict.compared > 0 else { return Phrase(verbatim: "–") }
      return Phrase(
        "\(verdict.bothKept) of \(verdict.compared)", zh: "\(verdict.compared)个中\(verdict.bothKept)个")
    }
    return [
      ResultColumn(
        "kept", Phrase("Sign and\nsignificance kept", zh: "符号与\n显著性一致"), .phrase(cells), missing: .blank)
    ]
  }

  /// A reason as a note has room for it; the file of coefficients has the whole.
  private func brief(_ reason: String) -> String {
    let line = reason.prefix { !$0.isNewline }
    return line.count > 160 ? line.prefix(159) + "…" : String(line)
  }

  private var notes: [Phrase] {
    let percent = Percentage.text(level)
    return [
      Phrase(
        "Last column: of the variants that have the term, how many give it the base model's sign and stand on the"
          + " same side of the \(percent)% level.",
        zh: "末列：在含该变量的各变体中，系数符号与基准模型相同、且在\(percent)%水平上显著与否亦相同的个数。")
    ]
      + models.enumerated().compactMap { place, model in
        model.failure.map(brief).map {
          Phrase(
            "(\(place + 1)) \(model.name.english) has no result: \($0)",
            zh: "（\(place + 1)）\(model.name.chinese)未得出结果：\($0)")
        }
      }
  }
}

extension RobustnessTable.Model {
  /// The column's heading, which says so where the model failed.
  fileprivate var heading: Phrase {
    failure == nil ? name : Phrase("\(name.english) (failed)", zh: "\(name.chinese)（失败）")
  }
}

extension ResultColumn {
  /// The column with a dash in every cell.
  fileprivate var dashed: ResultColumn {
    ResultColumn(name, heading, .number([Double](repeating: .nan, count: values.count)), missing: .dash)
  }
}
