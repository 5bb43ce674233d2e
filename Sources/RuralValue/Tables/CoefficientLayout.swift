/// Models side by side as journals print them: a column a model, the estimate with its stars, the standard
/// error in parentheses beneath, and the statistics of the models below a rule.
///
/// A term that only some models have stands behind the term that it follows there; its place in the other
/// models' columns stays blank. The table needs nothing special of a renderer.
public struct CoefficientLayout: Sendable, Equatable {
  /// The models, from left to right.
  public let models: [Model]
  /// The words for terms that have any; the others stand as they are named.
  public let labels: [String: Phrase]

  /// A layout of models; `labels` are words for their terms.
  public init(_ models: [Model], labels: [String: Phrase] = [:]) {
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
    public let statistics: [Statistic]

    /// A model from its coefficients and statistics.
    public init(name: String, heading: Phrase, estimates: [Estimate], statistics: [Statistic]) {
      self.name = name
      self.heading = heading
      self.estimates = estimates
      self.statistics = statistics
    }
  }

  /// One coefficient.
  public struct Estimate: Sendable, Equatable {
    /// The term as R names it.
    public let term: String
    /// The estimate.
    public let estimate: Double
    /// Its standard error; NaN where there is none.
    public let standardError: Double
    /// Its p value, which decides the stars; NaN where there is none.
    public let pValue: Double

    /// A coefficient from its numbers.
    public init(term: String, estimate: Double, standardError: Double = .nan, pValue: Double = .nan) {
      self.term = term
      self.estimate = estimate
      self.standardError = standardError
      self.pValue = pValue
    }
  }

  /// One number about a model.
  public struct Statistic: Sendable, Equatable {
    /// What the row is called; models share a row where this is the same.
    public let label: Phrase
    /// The number; NaN where it cannot be computed.
    public let value: Double
    /// How it is shown: `.fixedDecimals(0)` for counts, `.probability` for tests.
    public let display: NumberDisplay

    /// A statistic from its number.
    public init(_ label: Phrase, _ value: Double, display: NumberDisplay = .decimals) {
      self.label = label
      self.value = value
      self.display = display
    }

    /// A statistic that counts something.
    public init(_ label: Phrase, count: Int) {
      self.init(label, Double(count), display: .fixedDecimals(0))
    }

    /// A statistic that is yes or no.
    public init(_ label: Phrase, isPresent: Bool) {
      self.init(label, isPresent ? 1 : 0, display: .yesNo)
    }
  }

  /// The journal table, whose first column holds the terms and the names of the statistics.
  public func table(name: String, title: Phrase, notes: [Phrase] = []) -> ResultTable {
    let terms = Self.merged(models.map { $0.estimates.map(\.term) })
    let labelled = models.map { $0.statistics.map(\.label) }
    let statistics = Self.merged(labelled)
    let rows =
      terms.flatMap { term in
        hasStandardError(term) ? [Row.estimate(term), .standardError(term)] : [.estimate(term)]
      } + statistics.map(Row.statistic)
    let firstStatistic = rows.count - statistics.count
    return ResultTable(
      name: name, title: title,
      columns: [ResultColumn("term", Phrase("Variable", zh: "变量"), .phrase(rows.map(label)))]
        + models.indices.map { column(models[$0], number: $0 + 1, rows: rows) },
      sections: statistics.isEmpty || terms.isEmpty ? [] : [.init(firstRow: firstStatistic)], notes: notes)
  }

  /// What one row of the table shows.
  private enum Row {
    case estimate(String)
    case standardError(String)
    case statistic(Phrase)
  }

  private func hasStandardError(_ term: String) -> Bool {
    models.contains { $0.estimates.contains { $0.term == term && !$0.standardError.isNaN } }
  }

  private func label(of row: Row) -> Phrase {
    switch row {
    case .estimate(let term): labels[term] ?? Phrase(verbatim: term)
    case .standardError: Phrase(verbatim: "")
    case .statistic(let label): label
    }
  }

  private func column(_ model: Model, number: Int, rows: [Row]) -> ResultColumn {
    let cells = rows.map { cell($0, in: model) }
    return ResultColumn(
      model.name,
      Phrase("(\(number))\n\(model.heading.english)", zh: "(\(number))\n\(model.heading.chinese)"),
      .number(cells.map(\.value)), rowDisplays: cells.map(\.display), missing: .blank,
      significance: cells.map(\.pValue))
  }

  private func cell(_ row: Row, in model: Model) -> (value: Double, display: NumberDisplay, pValue: Double) {
    switch row {
    case .estimate(let term):
      let estimate = model.estimates.first { $0.term == term }
      return (estimate?.estimate ?? .nan, .decimals, estimate?.pValue ?? .nan)
    case .standardError(let term):
      let estimate = model.estimates.first { $0.term == term }
      return (estimate?.standardError ?? .nan, .standardError, .nan)
    case .statistic(let label):
      let statistic = model.statistics.first { $0.label == label }
      return (statistic?.value ?? .nan, statistic?.display ?? .decimals, .nan)
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
