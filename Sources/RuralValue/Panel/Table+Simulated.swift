extension Table {
  /// The column by which simulated data say so, in every row: `simulated` with the cell `yes`.
  public static let simulatedColumn = "simulated"

  /// Whether a row says that it is simulated.
  public var isSimulated: Bool {
    guard let column = columnNames.firstIndex(of: Table.simulatedColumn) else { return false }
    return (0..<rowCount).contains { text(row: $0, column: column) == "yes" }
  }
}
