/// Models of any family side by side: a column a model, what each is below the rule.
public struct ModelTable: Sendable, Equatable {
  /// The models, from left to right.
  public let models: [Source]
  /// How they are set.
  public let specification: ModelTableSpecification

  /// A model and where it comes from.
  public struct Source: Sendable, Equatable {
    /// The model.
    public let model: ModelColumn
    /// The file or the step of its result.
    public let source: String

    /// A model from a result.
    public init(_ model: ModelColumn, source: String) {
      self.model = model
      self.source = source
    }
  }

  /// A table of models.
  ///
  /// Throws `ModelTableError` for terms, columns and effects that there are not.
  public init(_ models: [Source], _ specification: ModelTableSpecification = .init()) throws(ModelTableError)
  {
    guard !models.isEmpty else { throw .noModels }
    self.specification = specification
    self.models = models
    let shown = try rows()
    guard !shown.coefficients.isEmpty || !shown.effects.isEmpty else {
      throw specification.effects == .wide && !models.contains { !$0.model.effects.isEmpty }
        ? .noEffects : .nothingLeft
    }
    try requireColumns()
  }

  /// The parameters of the table's rows.
  var shownParameters: [Parameter] {
    get throws(ModelTableError) {
      let shown = try rows()
      return shown.coefficients + shown.effects
    }
  }

  /// The parameters that are shown, those of effects apart.
  private func rows() throws(ModelTableError) -> (coefficients: [Parameter], effects: [Parameter]) {
    let all = CoefficientLayout.merged(models.map { $0.model.coefficients.map(\.parameter) })
    // Constants, and the parameters of space and errors, stand below the slopes of all models.
    let coefficients = (0...2).flatMap { rank in all.filter { $0.role.rank == rank } }
    let effects = CoefficientLayout.merged(models.map { $0.model.effects.map(\.parameter) })
    let terms = coefficients + effects
    func chosen(_ patterns: [TermPattern], _ option: String) throws(ModelTableError) -> [Parameter] {
      var chosen: [Parameter] = []
      for pattern in patterns {
        let found = pattern.matches(among: terms)
        guard !found.isEmpty else {
          throw .noSuchTerm(option: option, pattern: pattern.text, terms: terms.map(\.name).firstAppearances)
        }
        chosen += found
      }
      return chosen.firstAppearances
    }
    let kept = try specification.kept.isEmpty ? terms : chosen(specification.kept, "keep")
    let dropped = try chosen(specification.dropped, "drop")
    let first = try chosen(specification.ordered, "order")
    func shown(_ parameters: [Parameter]) -> [Parameter] {
      let left = parameters.filter { kept.contains($0) && !dropped.contains($0) }
      return first.filter(left.contains) + left.filter { !first.contains($0) }
    }
    return (
      specification.effects == .wide ? [] : shown(coefficients),
      specification.effects == .none ? [] : shown(effects)
    )
  }

  private func requireColumns() throws(ModelTableError) {
    var headings: [Int: String] = [:]
    for group in specification.groups {
      guard group.columns.lowerBound >= 1, group.columns.upperBound <= models.count else {
        throw .noSuchColumns(heading: group.heading, columns: group.columns, count: models.count)
      }
      for column in group.columns {
        if let first = headings.updateValue(group.heading, forKey: column) {
          throw .sharedColumn(first: first, second: group.heading, column: column)
        }
      }
    }
  }
}

extension ModelTable {
  /// The table for journals.
  public var table: ResultTable {
    get throws(ModelTableError) {
      let shown = try rows()
      let layout = CoefficientLayout(
        specification.effects == .wide
          ? wideModels(shown.effects) : tallModels(shown.coefficients + shown.effects),
        labels: specification.effects == .wide ? Self.sharedLabels(shown.effects) : [:],
        below: specification.below, hasPanels: specification.effects == .panels,
        isNumbered: specification.effects != .wide,
        order: specification.effects == .wide ? nil : shown.coefficients + shown.effects, foot: foot)
      let outcomes = models.map(\.model.outcome).firstAppearances
      let title =
        specification.title.map { Phrase(verbatim: $0) }
        ?? (outcomes.count == 1
          ? Self.title(of: outcomes[0]) : Phrase("Models side by side", zh: "模型估计结果对比"))
      return layout.table(name: "table", title: title, notes: notes, termColumn: "label")
        .adding(rowKeys: layout.rowKeys).adding(cautions: cautions).adding(spans: spans)
    }
  }

  /// What stands above models of one outcome.
  public static func title(of outcome: String) -> Phrase {
    let name = WordedName(outcome, .term, typeset: true).signed
    return Phrase("Models of \(name)", zh: "\(name)的模型估计结果")
  }

  /// Headings above columns: those that were asked for, and above the effects of a model its number and outcome.
  private var spans: [ResultTable.Span] {
    let groups = specification.groups.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
    guard specification.effects == .wide else {
      return groups.map { group in
        .init(
          columns: group.columns.lowerBound..<(group.columns.upperBound + 1),
          heading: Phrase(verbatim: group.heading))
      }
    }
    let kinds = EffectKind.allCases.count
    return shownModels.enumerated().map { position, place in
      let heading = wideHeading(place)
      return .init(columns: (1 + position * kinds)..<(1 + (position + 1) * kinds), heading: heading)
    }
  }

  /// Which models have no effects to show.
  private var notes: [Phrase] {
    let absent = models.indices.filter { !shownModels.contains($0) }.map { "(\($0 + 1))" }
    guard !absent.isEmpty else { return [] }
    return [
      Phrase(
        "Not here, for they have no direct and indirect effects: \(absent.joined(separator: ", ")).",
        zh: "未列出（无直接与间接效应）：\(absent.joined(separator: "、"))。")
    ]
  }

  /// What models of several families have below the rule, like beside like; further ones stand before the last.
  private static let footOrder = [
    "estimator", "unit_effects", "time_effects", "weights", "observations", "units", "periods", "r2_within",
    "log_likelihood", "instruments", "ar1", "ar2", "hansen", "hansen_df", "kleibergen_paap_f",
  ]

  /// The labels below the rule of all models that have a column.
  private var foot: [Phrase] {
    let all = CoefficientLayout.merged(
      shownModels.map { models[$0].model.footer.map { Row(key: $0.key, label: $0.label) } })
    let last = Self.footOrder.count
    func rank(_ row: Row) -> Int {
      row.key == "std_errors" ? last + 1 : Self.footOrder.firstIndex(of: row.key) ?? last
    }
    return (0...(last + 1)).flatMap { place in all.filter { rank($0) == place } }.map(\.label)
      .firstAppearances
  }

  /// What a row below the rule is about.
  private struct Row: Equatable {
    let key: String
    let label: Phrase
  }

  /// The places of the models that have a column: beside each other stand effects alone.
  var shownModels: [Int] {
    models.indices.filter { specification.effects != .wide || !models[$0].model.effects.isEmpty }
  }

  private func tallModels(_ parameters: [Parameter]) -> [CoefficientLayout.Model] {
    models.enumerated().map { place, source in
      let model = source.model
      let own = model.coefficients + model.effects
      return CoefficientLayout.Model(
        name: "(\(place + 1))", heading: heading(of: model),
        estimates: parameters.compactMap { parameter in own.first { $0.parameter == parameter } },
        statistics: model.footer)
    }
  }

  /// The outcome, and below it what tells the model from others of its result.
  private func heading(of model: ModelColumn) -> Phrase {
    let outcome = outcome(of: model)
    guard !model.name.english.isEmpty else { return Phrase(verbatim: outcome) }
    return Phrase(
      "\(outcome)\n\(model.name.signedEnglish)", zh: "\(outcome)\n\(model.name.signedChinese)")
  }

  /// The outcome as people read it.
  func outcome(of model: ModelColumn) -> String {
    WordedName(model.outcome, .term, typeset: true).signed
  }

  /// The cautions of all columns, each once, with the columns that it is about.
  private var cautions: [Phrase] {
    let shown = shownModels
    return shown.flatMap { models[$0].model.cautions }.firstAppearances.map { caution in
      let columns = shown.filter { models[$0].model.cautions.contains(caution) }.map { "(\($0 + 1))" }
      guard models.count > 1 else { return caution }
      return caution.said(
        of: Phrase(columns.joined(separator: ", "), zh: columns.joined(separator: "、")))
    }
  }
}

extension Parameter.Role {
  /// Where its row stands: slopes, then constants, then what describes space and errors.
  fileprivate var rank: Int {
    switch self {
    case .constant: 1
    case .rho, .lambda, .variance, .randomEffectsWeight: 2
    default: 0
    }
  }
}
