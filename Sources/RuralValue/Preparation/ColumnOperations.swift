internal import RuralValueNumerics

/// A variable that an operation is applied to.
struct PreparedVariable {
  let panel: Panel
  let name: String
  let values: [Double]

  func place(_ row: Int) -> CellPlace { CellPlace(panel, row: row, column: name) }
}

/// What an operation made of one variable.
struct ColumnOutcome {
  /// The result, in row order, NaN where missing.
  var values: [Double]
  /// The single cells that the report lists.
  var touched: [(row: Int, action: PreparationReport.Action)] = []
  /// The numbers taken from the data.
  var parameters: [(period: Int?, name: String, value: Double)] = []
  /// Whether the result is on the variable's own scale, so that changed cells can be counted.
  var keepsScale = false
  /// What the reader must know.
  var notes: [Phrase] = []
  /// What the result is, where its name does not say it; goes wherever the column goes.
  var meaning: Phrase? = nil
}

/// The rows over which means, extremes and quantiles are taken.
public enum PoolingScope: String, Sendable, CaseIterable {
  /// All rows of the panel: values stay comparable over time.
  case panel
  /// The rows of one period at a time: values tell a unit's place among the others of its year.
  case year

  /// The rows of each pool, by the period that the pool stands for; nil for the whole panel.
  func pools(of panel: Panel) -> [(period: Int?, rows: [Int])] {
    switch self {
    case .panel: [(nil, Array(0..<panel.rowCount))]
    case .year: panel.periods.indices.map { (panel.periods[$0], panel.rows(ofPeriod: $0)) }
    }
  }
}

/// The growth rate x_t / x_(t−k) − 1 since k calendar steps earlier.
struct GrowthRate {
  let steps: Int
  let zeroBaseIsMissing: Bool

  func outcome(_ variable: PreparedVariable) throws(PreparationError) -> ColumnOutcome {
    let panel = variable.panel
    let base = panel.lag(variable.values, by: steps)
    let zeroBases = variable.values.indices.filter { base[$0] == 0 && !variable.values[$0].isNaN }
    if let first = zeroBases.first, !zeroBaseIsMissing {
      throw .zeroBase(
        place: variable.place(first),
        basePeriod: panel.calendar.period(panel.period(ofRow: first), movedBy: -steps) ?? 0,
        others: zeroBases.count - 1)
    }
    var outcome = ColumnOutcome(values: zip(variable.values, base).map { $0 / $1 - 1 })
    for row in zeroBases {
      outcome.values[row] = .nan
      outcome.touched.append((row, .zeroBase))
    }
    let negative = variable.values.indices.count { base[$0] < 0 && !variable.values[$0].isNaN }
    if negative > 0 {
      outcome.notes.append(
        Phrase(
          "\(variable.name): \(negative) growth rates have a negative base; their sign says the opposite of"
            + " the change.",
          zh: "\(variable.name)：\(negative)个增长率的基期值为负，其符号与实际变化方向相反。"))
    }
    return outcome
  }
}

/// ln x, ln(1 + x), which keeps its digits near zero, or ln(x + a), be it of every variable or of those alone that have
/// no logarithm otherwise.
struct NaturalLogarithm {
  let plusOne: Bool
  let adding: Double?
  let onlyWhereNeeded: Bool
  /// What the result is called.
  let output: String

  func outcome(_ variable: PreparedVariable) throws(PreparationError) -> ColumnOutcome {
    if let adding, !onlyWhereNeeded || variable.values.contains(where: { $0 <= 0 }) {
      return try shifted(variable, by: adding)
    }
    let bound = plusOne ? -1.0 : 0.0
    let outside = variable.values.indices.filter { variable.values[$0] <= bound }
    if let first = outside.first {
      throw .noLogarithm(
        place: variable.place(first), value: variable.values[first], plusOne: plusOne,
        isScore: variable.values.allSatisfy { $0.isNaN || 0...1 ~= $0 }, others: outside.count - 1)
    }
    return ColumnOutcome(values: variable.values.map { $0.isNaN ? .nan : plusOne ? log1p($0) : log($0) })
  }

  /// ln(x + a), with a note of what was added and how many zeros it serves.
  private func shifted(_ variable: PreparedVariable, by constant: Double) throws(PreparationError)
    -> ColumnOutcome
  {
    let outside = variable.values.indices.filter { variable.values[$0] + constant <= 0 }
    if let first = outside.first {
      throw .noLogarithmAfterAdding(
        place: variable.place(first), value: variable.values[first], added: constant,
        others: outside.count - 1)
    }
    var outcome = ColumnOutcome(values: variable.values.map { $0.isNaN ? .nan : log($0 + constant) })
    let known = variable.values.filter { !$0.isNaN }
    let zeros = known.count { $0 == 0 }
    let text = RoundTripNumber.text(constant)
    outcome.notes = [
      Phrase(
        "\(variable.name): \(text) was added to every value before the logarithm; \(zeros) of \(known.count) values"
          + " \(zeros == 1 ? "is" : "are") 0. Results depend on the constant: compare another one, or"
          + " ln(1 + x).",
        zh: "\(variable.name)：取对数前各值均加\(text)；\(known.count)个值中有\(zeros)个为0。结果取决于所加常数，宜换用其他常数或"
          + "ln(1＋x)比较。")
    ]
    outcome.meaning = Phrase(
      "\(output) is ln(\(variable.name) + \(text)): \(zeros) of \(known.count) values of \(variable.name)"
        + " \(zeros == 1 ? "is" : "are") 0, and its coefficients depend on the constant.",
      zh: "\(output)为ln(\(variable.name)＋\(text))：\(variable.name)的\(known.count)个值中有\(zeros)个为0，其系数取决于所加常数。")
    return outcome
  }
}

/// Standardisation and min–max scaling: (x − centre) / width, over the panel or within each year.
struct Rescaling {
  enum Kind { case zScore, minMax }

  let kind: Kind
  let scope: PoolingScope
  let operation: String

  func outcome(_ variable: PreparedVariable) throws(PreparationError) -> ColumnOutcome {
    var outcome = ColumnOutcome(values: variable.values)
    for (period, rows) in scope.pools(of: variable.panel) {
      let known = rows.filter { !variable.values[$0].isNaN }
      // A year without any value has nothing to scale; a column without any is an error.
      if known.isEmpty, period != nil { continue }
      let values = known.map { variable.values[$0] }
      let (centre, width) = measures(values)
      guard known.count > 1, width > 0 else {
        throw .noVariation(
          source: variable.panel.source, column: variable.name, period: period, known: known.count,
          operation: operation)
      }
      // The way between the ends of the range of numbers is longer than any number.
      let unit = width.isFinite ? 1 : PowerOfTwo.below(.infinity)
      let scaledWidth = width.isFinite ? width : values.max()! / unit - values.min()! / unit
      for row in known {
        outcome.values[row] = (variable.values[row] / unit - centre / unit) / scaledWidth
      }
      switch kind {
      case .zScore: outcome.parameters += [(period, "mean", centre), (period, "sd", width)]
      case .minMax: outcome.parameters += [(period, "min", values.min()!), (period, "max", values.max()!)]
      }
    }
    return outcome
  }

  private func measures(_ values: [Double]) -> (centre: Double, width: Double) {
    switch kind {
    case .zScore:
      let moments = Moments(values)
      return (moments.mean, moments.standardDeviation)
    case .minMax:
      guard let least = values.min(), let most = values.max() else { return (.nan, .nan) }
      return (least, most - least)
    }
  }
}

/// Winsorising: values below the quantile at `lowerTail` or above that at 1 − `upperTail` become the quantile.
///
/// Quantiles are of type 7 (`Quantile`), over the panel or within each year; missing values stay missing.
/// Stata's `winsor2` takes type 2 quantiles, whose cut-offs differ in small samples.
struct Winsorising {
  let lowerTail: Double
  let upperTail: Double
  let scope: PoolingScope

  func outcome(_ variable: PreparedVariable) -> ColumnOutcome {
    var outcome = ColumnOutcome(values: variable.values, keepsScale: true)
    for (period, rows) in scope.pools(of: variable.panel) {
      let known = rows.filter { !variable.values[$0].isNaN }
      guard !known.isEmpty else { continue }
      let sorted = known.map { variable.values[$0] }.sorted()
      let lower = Quantile.value(at: lowerTail, ofSorted: sorted)
      let upper = Quantile.value(at: 1 - upperTail, ofSorted: sorted)
      outcome.parameters += [(period, "lower", lower), (period, "upper", upper)]
      for row in known {
        let value = variable.values[row]
        guard value < lower || value > upper else { continue }
        outcome.values[row] = value < lower ? lower : upper
        outcome.touched.append((row, .winsorised))
      }
    }
    return outcome
  }
}
