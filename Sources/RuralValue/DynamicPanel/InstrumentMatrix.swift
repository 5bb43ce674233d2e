internal import RuralValueNumerics

/// Z, the instruments, without its zeros: in each block of the sample only the columns that are not zero there.
///
/// Z is never stacked. All sums over units, Z′X, Z′HZ and Z′e, are sums over blocks of products of these
/// panels, whose columns stand in contiguous memory.
struct InstrumentMatrix: Sendable {
  /// What a column is made of.
  struct Column: Sendable, Equatable {
    /// The position of its set in `setNames`; nil for the constant.
    let set: Int?
    /// The variable's name.
    let variable: String
    /// The equation that it instruments.
    let equation: InstrumentEquation
    /// Its lag; nil for a standard instrument.
    let lag: Int?
    /// Whether it is a level instrument of a set that serves both equations.
    var isLevelPart = false
  }

  /// The columns of a block that are not zero.
  struct Panel: Sendable {
    /// Their positions in Z, ascending.
    let columns: [Int]
    /// Their values, N × c.
    let values: Matrix
  }

  /// The columns, j of them, all with at least one value that is not zero.
  let columns: [Column]
  /// One panel a block of the sample.
  let panels: [Panel]
  /// The names of the sets, GMM-style ones first, as tests have them.
  let setNames: [String]
  /// N.
  let unitCount: Int

  /// j.
  var columnCount: Int { columns.count }

  /// ΣZᵢ′vᵢ, j elements, of vectors that stand block by block.
  func transposedTimes(_ vectors: [[Double]]) -> [Double] {
    var result = [Double](repeating: 0, count: columnCount)
    for (panel, vector) in zip(panels, vectors) {
      for (column, value) in zip(panel.columns, panel.values.transposedTimes(vector)) {
        result[column] += value
      }
    }
    return result
  }

  /// Zᵢ′vᵢ of each unit, N × j.
  func unitProducts(_ vectors: [[Double]]) -> Matrix {
    var result = [Double](repeating: 0, count: unitCount * columnCount)
    for (panel, vector) in zip(panels, vectors) {
      let values = panel.values.elements
      for (position, column) in panel.columns.enumerated() {
        let (source, target) = (position * unitCount, column * unitCount)
        for unit in 0..<unitCount { result[target + unit] += values[source + unit] * vector[unit] }
      }
    }
    return Matrix(rowCount: unitCount, columnCount: columnCount, columnMajor: result)
  }

  /// ΣwᵢZᵢ′Xᵢ, j × k, with a weight a unit.
  func transposedTimesRegressors(of sample: TransformedSample, weights: [Double]? = nil) -> Matrix {
    let k = sample.coefficientCount
    var result = [Double](repeating: 0, count: columnCount * k)
    for (panel, block) in zip(panels, sample.blocks) {
      let product = panel.values.transposedTimes(block.regressors.scalingRows(by: weights)).elements
      for c in 0..<k {
        for (position, column) in panel.columns.enumerated() {
          result[column + c * columnCount] += product[position + c * panel.columns.count]
        }
      }
    }
    return Matrix(rowCount: columnCount, columnCount: k, columnMajor: result)
  }

  /// Zᵢa, block by block.
  func times(_ vector: [Double]) -> [[Double]] {
    panels.map { panel in panel.values.times(panel.columns.map { vector[$0] }) }
  }

  /// Z with all its zeros, a row a unit and block.
  var stacked: Matrix {
    Matrix(
      columns: (0..<columnCount).map { column in
        panels.flatMap { panel in
          panel.columns.firstIndex(of: column).map { panel.values.column($0) }
            ?? [Double](repeating: 0, count: unitCount)
        }
      })
  }

  /// ΣZᵢ′HZᵢ, j × j, from the pairs of blocks between which H is not zero.
  func weighted(by covariance: InitialCovariance, rows: [EquationRow]) -> Matrix {
    var result = [Double](repeating: 0, count: columnCount * columnCount)
    for a in panels.indices {
      for b in a..<panels.count {
        let factor = covariance[rows[a], rows[b]]
        guard factor != 0, !panels[a].columns.isEmpty, !panels[b].columns.isEmpty else { continue }
        let product =
          a == b ? panels[a].values.crossProduct : panels[a].values.transposedTimes(panels[b].values)
        add(
          product.elements, panels[a].columns, panels[b].columns, factor, isDiagonal: a == b, to: &result)
      }
    }
    mirror(&result)
    return Matrix(rowCount: columnCount, columnCount: columnCount, columnMajor: result)
  }

  /// Adds a block's product where it belongs in the lower triangle; off the diagonal also its transpose.
  private func add(
    _ product: [Double], _ rows: [Int], _ columns: [Int], _ factor: Double, isDiagonal: Bool,
    to result: inout [Double]
  ) {
    for (q, column) in columns.enumerated() {
      for (p, row) in rows.enumerated() {
        let value = factor * product[p + q * rows.count]
        if row >= column { result[row + column * columnCount] += value }
        if !isDiagonal && column >= row { result[column + row * columnCount] += value }
      }
    }
  }

  private func mirror(_ matrix: inout [Double]) {
    for column in 0..<columnCount {
      for row in 0..<column { matrix[row + column * columnCount] = matrix[column + row * columnCount] }
    }
  }
}

extension Matrix {
  /// diag(w) A, or A itself without weights.
  func scalingRows(by weights: [Double]?) -> Matrix {
    guard let weights else { return self }
    var elements = elements
    for column in 0..<columnCount {
      for row in 0..<rowCount { elements[row + column * rowCount] *= weights[row] }
    }
    return Matrix(rowCount: rowCount, columnCount: columnCount, columnMajor: elements)
  }
}

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
      if isTime { return Phrase(variable, zh: "时间虚拟变量") }
      return Phrase(self.set == nil ? WordedName(.constant) : WordedName(variable, .term))
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
