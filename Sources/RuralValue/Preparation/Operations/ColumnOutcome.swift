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
}
