extension VariableLabels.Label {
  /// The labels of a table: `name,label,label_zh,unit`, of which only the name and one of the labels or the unit must be
  /// there, or an indicator system, whose columns are `column,indicator,label_zh,unit`.
  ///
  /// Throws `LabelError`.
  public static func labels(in table: Table) throws(LabelError) -> [Self] {
    let known = table.columnNames
    func place(_ names: String...) -> Int? { names.compactMap { known.firstIndex(of: $0) }.first }
    guard let name = place("name", "column") else {
      throw .noNames(source: table.source, columns: known)
    }
    let isSystem = known[name] == "column"
    let (english, chinese, unit) = (
      place("label", "label_en") ?? (isSystem ? place("indicator") : nil), place("label_zh"), place("unit")
    )
    guard english != nil || chinese != nil || unit != nil else {
      throw .noLabels(source: table.source, columns: known)
    }
    var labels: [Self] = []
    var lineOfName: [String: Int] = [:]
    for row in 0..<table.rowCount {
      func cell(_ column: Int?) -> String? {
        guard let column else { return nil }
        let text = CellText.trimmed(table.text(row: row, column: column))
        return text.isEmpty ? nil : text
      }
      let line = table.lines[row]
      guard let own = cell(name) else {
        throw .noName(source: table.source, line: line, column: known[name])
      }
      let label = Self(name: own, english: cell(english), chinese: cell(chinese), unit: cell(unit))
      if let first = lineOfName.updateValue(line, forKey: own) {
        // A column may serve two indices of one system; its first name holds.
        if isSystem { continue }
        throw .repeatedName(own, source: table.source, firstLine: first, secondLine: line)
      }
      labels.append(label)
    }
    return labels
  }
}

/// What can keep a table of labels from being read.
public enum LabelError: Fault {
  /// No column holds names.
  case noNames(source: String, columns: [String])
  /// No column holds labels or units.
  case noLabels(source: String, columns: [String])
  /// A row has no name.
  case noName(source: String, line: Int, column: String)
  /// A name stands twice.
  case repeatedName(String, source: String, firstLine: Int, secondLine: Int)

  /// Tables of labels are data.
  public var kind: FaultKind { .data }

  /// A sentence for the person who made the table.
  public var description: String {
    switch self {
    case .noNames(let source, let columns):
      "\(source) has no column \"name\" with the names of variables; it has \(listed(columns)). Expected"
        + " name,label,label_zh,unit, or an indicator system with a column \"column\"."
    case .noLabels(let source, let columns):
      "\(source) has none of the columns \"label\", \"label_zh\" and \"unit\"; it has \(listed(columns))."
    case .noName(let source, let line, let column):
      "\(source), line \(line), column \"\(column)\" is empty; expected the name of a variable. Take the row out if it is"
        + " none."
    case .repeatedName(let name, let source, let firstLine, let secondLine):
      "\(source), line \(secondLine): \"\(name)\" has a label already in line \(firstLine); expected each name once."
    }
  }
}
