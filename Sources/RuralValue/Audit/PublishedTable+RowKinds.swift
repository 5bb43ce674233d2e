extension PublishedTable {
  /// Whether a table has errors beneath estimates and says so in a column `row_kind`, as the program writes its tables
  /// of models side by side.
  static func hasRowKinds(_ table: Table) -> Bool {
    table.columnNames.contains("row_kind") && !table.columnNames.contains("std_error")
  }

  /// Reads a table whose rows say what they hold: `estimate`, `std_error`, `z_or_t`, `p_value` or `statistic`.
  ///
  /// Throws `AuditError` where a cell is off or no estimate is there.
  init(rowKindsOf table: Table) throws(AuditError) {
    let names = table.columnNames
    let keys = ["key", "term", "label"].compactMap { names.firstIndex(of: $0) }
    guard let kinds = names.firstIndex(of: "row_kind"), let key = keys.first else {
      throw .noEstimates(source: table.source)
    }
    let models = names.indices.filter {
      !keys.contains($0) && !["row_kind", "cautions", "conf_low", "conf_high"].contains(names[$0])
    }
    var rows: [Row] = []
    var open: [Int: Int] = [:]
    for row in 0..<table.rowCount {
      let kind = CellText.trimmed(table.text(row: row, column: kinds))
      if kind == "estimate" { open = [:] }
      for model in models where kind != "statistic" {
        let text = table.text(row: row, column: model)
        guard NumberReading(text) != .missing else { continue }
        guard let number = PrintedNumber(text) else {
          throw .notANumber(
            found: text, source: table.source, line: table.lines[row], column: names[model])
        }
        if kind == "estimate" {
          open[model] = rows.count
          let name = CellText.trimmed(table.text(row: row, column: key))
          let effect = Effect.allCases.first { name.hasPrefix("\($0.rawValue) ") }
          rows.append(
            Row(
              term: effect.map { String(name.dropFirst($0.rawValue.count + 1)) } ?? name, effect: effect,
              column: models.count > 1 ? names[model] : nil, line: table.lines[row], estimate: number))
        } else if let place = open[model] {
          switch kind {
          case "std_error": rows[place].standardError = number
          case "z_or_t": rows[place].statistic = number
          case "p_value": rows[place].pValue = number
          default: break
          }
        }
      }
    }
    guard !rows.isEmpty else { throw .noEstimates(source: table.source) }
    self.init(
      source: table.source, rows: rows, hasEffects: rows.contains { $0.effect != nil }, hasStars: false)
  }
}
