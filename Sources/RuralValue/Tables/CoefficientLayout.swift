/// Models side by side as journals print them: a column a model, the estimate with its stars, the standard
/// error in parentheses beneath, and the statistics of the models below a rule.
///
/// A term that only some models have stands behind the term that it follows there; its place in the other
/// models' columns stays blank. The table needs nothing special of a renderer.
public struct CoefficientLayout: Sendable, Equatable {
  /// The models, from left to right.
  public let models: [Model]
  /// The words for parameters that have any; the others stand as they are named.
  public let labels: [Parameter: Phrase]

  /// What stands below an estimate.
  public let below: ModelTableSpecification.Below
  /// The parameters in the order of their rows; nil for the models' own orders, one merged into the other.
  public let order: [Parameter]?
  /// The labels of what stands below the rule, in its order; nil for the models' own orders, one merged into the other.
  public let foot: [Phrase]?
  /// Whether effects stand below the coefficients in a block for each kind.
  public let hasPanels: Bool
  /// Whether the columns are numbered: (1), (2), (3).
  public let isNumbered: Bool

  /// A layout of models; `labels` are words for their parameters.
  public init(
    _ models: [Model], labels: [Parameter: Phrase] = [:],
    below: ModelTableSpecification.Below = .standardError, hasPanels: Bool = false, isNumbered: Bool = true,
    order: [Parameter]? = nil, foot: [Phrase]? = nil
  ) {
    self.models = models
    self.labels = labels
    self.below = below
    self.hasPanels = hasPanels
    self.isNumbered = isNumbered
    self.order = order
    self.foot = foot
  }

  /// One model, which becomes one column.
  public struct Model: Sendable, Equatable {
    /// The column's name in CSV.
    public let name: String
    /// What stands below the column's number, mostly the outcome or the estimator.
    public let heading: Phrase
    /// The coefficients in the model's own order.
    public let estimates: [Estimate]
    /// What stands below the rule: sample size, fit, tests.
    public let statistics: [FitStatistic]

    /// A model from its coefficients and statistics.
    public init(name: String, heading: Phrase, estimates: [Estimate], statistics: [FitStatistic]) {
      self.name = name
      self.heading = heading
      self.estimates = estimates
      self.statistics = statistics
    }
  }

  /// The journal table, whose first column holds the terms and the names of the statistics.
  public func table(
    name: String, title: Phrase, notes: [Phrase] = [], termColumn: String = "term"
  ) -> ResultTable {
    let rows = self.rows
    return ResultTable(
      name: name, title: title,
      columns: [ResultColumn(termColumn, Phrase("Variable", zh: "变量"), .phrase(rows.map(label)))]
        + models.indices.map { column(models[$0], number: $0 + 1, rows: rows) },
      sections: sections(of: rows),
      notes: notes
    ).adding(rowKinds: rows.map { $0.kind(below) })
  }

  /// What scripts call each row of the table: a parameter's name, or a statistic's key.
  var rowKeys: [String] {
    let statistics = models.flatMap(\.statistics)
    return rows.map { row in
      switch row {
      case .estimate(let parameter), .standardError(let parameter): parameter.fullName
      case .statistic(let label): statistics.first { $0.label == label }?.key ?? label.english
      }
    }
  }

  /// For each row of the table the parameter whose estimate stands there, if one does.
  var estimatedParameters: [Parameter?] {
    rows.map { row in if case .estimate(let parameter) = row { parameter } else { nil } }
  }

  /// A rule above the statistics, and with panels a heading above each kind of effect.
  private func sections(of rows: [Row]) -> [ResultTable.Section] {
    rows.indices.dropFirst().compactMap { row in
      let (above, parameter) = (rows[row - 1].parameter, rows[row].parameter)
      guard let parameter else { return above == nil ? nil : .init(firstRow: row) }
      guard hasPanels, let heading = parameter.role.panelHeading, parameter.role != above?.role else {
        return nil
      }
      return .init(firstRow: row, title: heading)
    }
  }

  /// All parameters; with panels each kind of effect together, behind the coefficients.
  private var parameters: [Parameter] {
    let parameters = order ?? Self.merged(models.map { $0.estimates.map(\.parameter) })
    guard hasPanels else { return parameters }
    let effects = parameters.filter { $0.role.panelHeading != nil }
    return parameters.filter { $0.role.panelHeading == nil }
      + effects.map(\.role).firstAppearances.flatMap { role in effects.filter { $0.role == role } }
  }

  private var rows: [Row] {
    let parameters = self.parameters
    let statistics = foot ?? Self.merged(models.map { $0.statistics.map(\.label) })
    return parameters.flatMap { parameter in
      hasStandardError(parameter)
        ? [Row.estimate(parameter), .standardError(parameter)] : [.estimate(parameter)]
    } + statistics.map(Row.statistic)
  }

  /// What one row of the table shows.
  private enum Row {
    case estimate(Parameter)
    case standardError(Parameter)
    case statistic(Phrase)

    /// What its numbers are, of which some depend on what stands below an estimate.
    func kind(_ below: ModelTableSpecification.Below) -> ResultTable.RowKind {
      switch (self, below) {
      case (.estimate, _): .estimate
      case (.standardError, .standardError): .standardError
      case (.standardError, .statistic): .statisticBelow
      case (.standardError, .pValue): .pValue
      case (.statistic, _): .statistic
      }
    }

    /// What the row is about, above the rule.
    var parameter: Parameter? {
      switch self {
      case .estimate(let parameter), .standardError(let parameter): parameter
      case .statistic: nil
      }
    }
  }

  private func hasStandardError(_ parameter: Parameter) -> Bool {
    models.contains { $0.estimates.contains { $0.parameter == parameter && !$0.standardError.isNaN } }
  }

  /// What stands for a parameter in its row.
  func label(of parameter: Parameter) -> Phrase {
    labels[parameter] ?? Phrase(WordedName(parameter, full: !hasPanels, typeset: true))
  }

  private func label(of row: Row) -> Phrase {
    switch row {
    case .estimate(let parameter): label(of: parameter)
    case .standardError: Phrase(verbatim: "")
    case .statistic(let label): label
    }
  }

  private func column(_ model: Model, number: Int, rows: [Row]) -> ResultColumn {
    let cells = rows.map { cell($0, in: model) }
    let above = isNumbered ? "(\(number))\n" : ""
    return ResultColumn(
      model.name,
      Phrase("\(above)\(model.heading.signedEnglish)", zh: "\(above)\(model.heading.signedChinese)"),
      .number(cells.map(\.value)), rowDisplays: cells.map(\.display), missing: .blank,
      significance: cells.map(\.pValue))
  }

  private func cell(_ row: Row, in model: Model) -> (value: Double, display: NumberDisplay, pValue: Double) {
    switch row {
    case .estimate(let parameter):
      let estimate = model.estimates.first { $0.parameter == parameter }
      return (estimate?.value ?? .nan, .inference(.estimate), estimate?.significance ?? .nan)
    case .standardError(let parameter):
      let estimate = model.estimates.first { $0.parameter == parameter }
      guard let estimate, !estimate.standardError.isNaN else { return (.nan, .decimals, .nan) }
      return switch below {
      case .standardError: (estimate.standardError, .standardError, .nan)
      case .statistic: (estimate.statistic, .bracketed(isProbability: false), .nan)
      case .pValue: (estimate.significance, .bracketed(isProbability: true), .nan)
      }
    case .statistic(let label):
      let statistic = model.statistics.first { $0.label == label }
      return (statistic?.number ?? .nan, statistic?.display ?? .decimals, .nan)
    }
  }

  /// All names of several lists in one: the first list's order, and each further name behind the one that it
  /// follows in its own list; a list that shares none stands last.
  static func merged<Name: Equatable>(_ lists: [[Name]]) -> [Name] {
    var result: [Name] = []
    for list in lists {
      var place = list.contains(where: result.contains) ? 0 : result.count
      for name in list {
        if let known = result.firstIndex(of: name) {
          place = known + 1
        } else {
          result.insert(name, at: place)
          place += 1
        }
      }
    }
    return result
  }
}

extension Parameter.Role {
  /// What stands above the effects of a kind; nil for what is no effect.
  fileprivate var panelHeading: Phrase? {
    guard case .effect(let kind, let horizon) = self else { return nil }
    let run: Phrase? =
      switch horizon {
      case .short: Phrase("Short-run ", zh: "短期")
      case .long: Phrase("Long-run ", zh: "长期")
      case nil: nil
      }
    let name = kind.label
    let english = "\(run?.english ?? "")\(name.english) effects"
    return Phrase(
      english.prefix(1).uppercased() + english.dropFirst(), zh: "\(run?.chinese ?? "")\(name.chinese)")
  }
}
