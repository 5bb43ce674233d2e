/// How many instruments come from which variable, equation and lag.
public struct InstrumentLedger: Sendable, Equatable {
  /// Columns of one variable in one equation of one set.
  public struct Entry: Sendable, Equatable {
    /// The set's name in tests; nil for the constant.
    public let set: String?
    /// The variable.
    public let variable: String
    /// What tables call the variable.
    var label: Phrase {
      let isTime = self.set == "iv:time"
      return isTime ? Phrase(variable, zh: "时间虚拟变量") : Phrase(verbatim: variable)
    }
    /// The equation that is instrumented.
    public let equation: InstrumentEquation
    /// The smallest and the largest lag; nil for standard instruments.
    public let lags: ClosedRange<Int>?
    /// The columns with at least one value that is not zero.
    public let columns: Int
    /// Those that are linearly independent of the others.
    public let independent: Int
  }

  /// The entries in the order of the columns.
  public let entries: [Entry]
  /// The number of instruments, j: the linearly independent columns.
  public let count: Int
  /// The number of units or clusters, above which the weight matrix is singular.
  public let units: Int

  init(_ instruments: InstrumentMatrix, dropped: [Int], units: Int) {
    let gone = Set(dropped)
    var entries: [Entry] = []
    for (position, column) in instruments.columns.enumerated() {
      let set = column.set.map { instruments.setNames[$0] }
      let variable = set == "iv:time" ? "time dummies" : column.variable
      let independent = gone.contains(position) ? 0 : 1
      if let index = entries.lastIndex(where: {
        $0.set == set && $0.variable == variable && $0.equation == column.equation
      }) {
        entries[index] = entries[index].adding(column, independent: independent)
      } else {
        entries.append(
          Entry(
            set: set, variable: variable, equation: column.equation,
            lags: column.lag.map { $0...$0 }, columns: 1, independent: independent))
      }
    }
    self.entries = entries
    count = instruments.columnCount - dropped.count
    self.units = units
  }
}

extension InstrumentLedger.Entry {
  fileprivate func adding(_ column: InstrumentMatrix.Column, independent: Int) -> Self {
    var range = lags
    if let lag = column.lag { range = min(lag, lags?.lowerBound ?? lag)...max(lag, lags?.upperBound ?? lag) }
    return Self(
      set: set, variable: variable, equation: equation, lags: range, columns: columns + 1,
      independent: self.independent + independent)
  }
}
