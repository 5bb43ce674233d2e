import RuralValue
import RuralValueFormats

/// `prepare --as-is`: a table of any format as CSV.
extension PrepareCommand {
  static let conversionOptions: [Option<PrepareCommand>] = [
    Option(
      \.isAsIs, "as-is", .flag,
      "the table as it was read, cell by cell, without keys and steps: a workbook or Stata file becomes CSV"),
    Option(
      \.call.delivery.startsWithMark, "bom", .flag,
      "begin CSV with a byte-order mark, without which Excel does not take it for UTF-8"),
  ]

  /// Throws for `--as-is` beside an option that makes another table of the one that was read, and for `--bom` without
  /// CSV.
  func checkAsIs() throws(UsageError) {
    if call.delivery.startsWithMark, call.delivery.isJSON {
      throw .conflict("--bom is about CSV, and --json gives JSON; expected one of the two.")
    }
    guard isAsIs else { return }
    let ofReading = CSVOptions.options.map(\.definition.name)
    let ofWriting =
      (DeliveryOptions.options.map(\.definition.name) + Self.conversionOptions.map(\.definition.name))
    if let other = call.given.sorted().first(where: { !(ofReading + ofWriting).contains($0) }) {
      throw .conflict(
        "--as-is gives the table as it was read; expected it without \(other), which changes it.")
    }
  }

  /// The table as it was read.
  func tableAsIs(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try inputs.table(call.inputs[0], input.csv)
    let result = ResultTable(
      name: "panel", title: Phrase("Table as it was read", zh: "原样读取的表"),
      columns: table.columnNames.indices.map { column in
        ResultColumn(
          table.columnNames[column], Phrase(verbatim: table.columnNames[column]),
          .text(
            (0..<table.rowCount).map { row in
              table.isEmpty(row: row, column: column) ? nil : table.text(row: row, column: column)
            }))
      })
    let document = ResultDocument(
      command: "prepare", sample: nil, parts: [.init(result, shown: false, jsonKey: "panel")],
      notes: inputs.notes)
    return CommandAnswer(document: document, piped: result)
  }
}
