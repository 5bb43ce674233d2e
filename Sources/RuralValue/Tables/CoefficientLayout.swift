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

  /// A layout of models; `labels` are words for their parameters.
  public init(_ models: [Model], labels: [Parameter: Phrase] = [:]) {
    self.models = models
    self.labels = labels
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
  public func table(name: String, title: Phrase, notes: [Phrase] = []) -> ResultTable {
    let rows = self.rows
    let firstStatistic = rows.count { $0.parameter != nil }
    return ResultTable(
      name: name, title: title,
      columns: [ResultColumn("term", Phrase("Variable", zh: "变量"), .phrase(rows.map(label)))]
        + models.indices.map { column(models[$0], number: $0 + 1, rows: rows) },
      sections: firstStatistic == 0 || firstStatistic == rows.count ? [] : [.init(firstRow: firstStatistic)],
      notes: notes)
  }

  /// For each row of the table the parameter whose estimate stands there, if one does.
  var estimatedParameters: [Parameter?] {
    rows.map { row in if case .estimate(let parameter) = row { parameter } else { nil } }
  }

  private var rows: [Row] {
    let parameters = Self.merged(models.map { $0.estimates.map(\.parameter) })
    let statistics = Self.merged(models.map { $0.statistics.map(\.label) })
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

  private func label(of row: Row) -> Phrase {
    switch row {
    case .estimate(let parameter):
      labels[parameter] ?? Phrase(WordedName(parameter, full: true, typeset: true))
    case .standardError: Phrase(verbatim: "")
    case .statistic(let label): label
    }
  }

  private func column(_ model: Model, number: Int, rows: [Row]) -> ResultColumn {
    let cells = rows.map { cell($0, in: model) }
    return ResultColumn(
      model.name,
      Phrase(
        "(\(number))\n\(model.heading.signedEnglish)", zh: "(\(number))\n\(model.heading.signedChinese)"),
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
      return (estimate?.standardError ?? .nan, .standardError, .nan)
    case .statistic(let label):
      let statistic = model.statistics.first { $0.label == label }
      return (statistic?.number ?? .nan, statistic?.display ?? .decimals, .nan)
    }
  }

  /// All names of several lists in one: the first list's order, and each further name behind the one that it
  /// follows in its own list.
  static func merged<Name: Equatable>(_ lists: [[Name]]) -> [Name] {
    var result: [Name] = []
    for list in lists {
      var place = 0
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
