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
        below: specification.below, hasPanels: specification.effects == .panels,
        isNumbered: specification.effects != .wide,
        order: specification.effects == .wide ? nil : shown.coefficients + shown.effects)
      let title =
        specification.title.map { Phrase(verbatim: $0) } ?? Phrase("Models side by side", zh: "模型估计结果对比")
      return layout.table(name: "table", title: title, notes: notes, termColumn: "label")
        .adding(rowKeys: layout.rowKeys).adding(cautions: cautions).adding(spans: spans)
    }
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
      let outcome = models[place].model.outcome
      let name = models.count == 1 ? outcome : "(\(place + 1)) \(outcome)"
      return .init(
        columns: (1 + position * kinds)..<(1 + (position + 1) * kinds), heading: Phrase(verbatim: name))
    }
  }

  /// What brackets hold, and where each column comes from.
  private var notes: [Phrase] {
    let below: [Phrase] =
      switch specification.below {
      case .standardError: []
      case .statistic: [Phrase("z or t statistics in brackets.", zh: "方括号内为z值或t值。")]
      case .pValue: [Phrase("p values in brackets.", zh: "方括号内为p值。")]
      }
    return below
  }

  /// The places of the models that have a column: beside each other stand effects alone.
  private var shownModels: [Int] {
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
    guard !model.name.english.isEmpty else { return Phrase(verbatim: model.outcome) }
    return Phrase("\(model.outcome)\n\(model.name.english)", zh: "\(model.outcome)\n\(model.name.chinese)")
  }

  /// A column for each kind of effect of each model that has effects.
  private func wideModels(_ parameters: [Parameter]) -> [CoefficientLayout.Model] {
    shownModels.flatMap { place in
      let source = models[place]
      return EffectKind.allCases.map { kind in
        CoefficientLayout.Model(
          name: "(\(place + 1))_\(kind.rawValue)", heading: kind.label,
          estimates: parameters.compactMap { parameter in
            guard case .effect(kind, let horizon) = parameter.role else { return nil }
            let name = horizon.map { "\(parameter.name) (\($0.rawValue) run)" } ?? parameter.name
            return source.model.effects.first { $0.parameter == parameter }.map {
              // The kinds of one effect share a row.
              Estimate(
                Parameter(name, .variable), $0.value, standardError: $0.standardError, reference: $0.reference
              )
            }
          }, statistics: kind == .direct ? source.model.footer : [])
      }
    }
  }

  /// The cautions of all columns, each once, with the columns that it is about.
  private var cautions: [Phrase] {
    let shown = shownModels
    return shown.flatMap { models[$0].model.cautions }.firstAppearances.map { caution in
      let columns = shown.filter { models[$0].model.cautions.contains(caution) }.map { "(\($0 + 1))" }
      guard models.count > 1 else { return caution }
      return Phrase(
        "\(columns.joined(separator: ", ")): \(caution.english)",
        zh: "\(columns.joined(separator: "、"))：\(caution.chinese)")
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
