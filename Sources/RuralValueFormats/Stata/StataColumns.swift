import RuralValue

/// How the variables of a file become the columns of a table.
struct StataColumns {
  private let layout: StataLayout
  private let texts: StataTexts
  private let columns: [Column]

  private struct Column {
    let position: Int
    let variable: StataLayout.Variable
    let content: Content
  }

  private enum Content {
    case number
    /// Numbers with so many decimals, as their format shows them.
    case decimals(Int)
    case date(StataDate)
    /// Numbers of which some have a text.
    case labelled([Int: [UInt8]])
    /// A fixed text, by its place among those.
    case text(slot: Int)
    case longText
  }

  init(
    _ layout: StataLayout, _ texts: StataTexts, _ options: StataOptions, _ notes: inout StataNotes
  ) throws(StataError) {
    let takesValueLabels = options.takesValueLabels
    (self.layout, self.texts) = (layout, texts)
    let slots = texts.slots
    var columns: [Column] = []
    var labelled: [String] = []
    for (position, variable) in layout.variables.enumerated() {
      let name = texts.names[position]
      let content: Content
      switch variable.type {
      case .text: content = .text(slot: slots[position]!)
      case .longText:
        if let row = try StataColumns.firstBinary(layout, variable, texts.longTexts) {
          notes.add(binary: name, observation: row + 1)
          continue
        }
        content = .longText
      default:
        if !texts.valueLabelsName(of: position).isEmpty { labelled.append(name) }
        content = StataColumns.content(layout, texts, position, options, &notes)
      }
      columns.append(Column(position: position, variable: variable, content: content))
    }
    guard !columns.isEmpty else { throw .noVariables(source: layout.source) }
    if !takesValueLabels { notes.add(valueLabelsOf: labelled) }
    self.columns = columns
  }

  private static func content(
    _ layout: StataLayout, _ texts: StataTexts, _ position: Int, _ options: StataOptions,
    _ notes: inout StataNotes
  ) -> Content {
    let (variable, name) = (layout.variables[position], texts.names[position])
    if let row = firstCutCode(layout, variable) { notes.add(cutCode: name, observation: row + 1) }
    if options.takesValueLabels, !texts.valueLabelsName(of: position).isEmpty {
      guard let labels = texts.valueLabels(of: position) else {
        notes.add(missingLabels: texts.valueLabelsName(of: position), of: name)
        return .number
      }
      let entries = labels.entries.compactMap { entry in Int(entry.value).map { ($0, Array(entry.text.utf8)) }
      }
      return .labelled(Dictionary(entries) { first, _ in first })
    }
    if options.readsAsShown, StataDate(format: variable.format) == nil {
      guard let decimals = decimals(of: variable.format) else {
        notes.add(unknownDecimals: name)
        return .number
      }
      return .decimals(decimals)
    }
    guard let date = StataDate(format: variable.format) else {
      notes.add(unreadFormat: variable.format, of: name)
      return .number
    }
    for row in 0..<layout.rowCount {
      if let value = layout.number(variable, row: row).value, !date.holds(value) {
        notes.add(noDate: value, of: name, format: variable.format, observation: row + 1)
        return .number
      }
    }
    return .date(date)
  }

  /// The decimals of a format such as `%9.3f`; nil for one that shows as many as there is room for.
  private static func decimals(of format: String) -> Int? {
    guard let letters = format.split(separator: ".").last, format.contains("."), format.hasPrefix("%") else {
      return nil
    }
    let digits = letters.prefix { $0.isASCII && $0.isNumber }
    guard ["f", "fc"].contains(letters.dropFirst(digits.count)) else { return nil }
    return Int(digits).map { min($0, 15) }
  }

  /// The first row in which a float holds a whole number so large that its last digits are not the file's.
  private static func firstCutCode(_ layout: StataLayout, _ variable: StataLayout.Variable) -> Int? {
    guard variable.type == .float else { return nil }
    return (0..<layout.rowCount).first { row in
      guard case .float(let value) = layout.number(variable, row: row) else { return false }
      return value == value.rounded() && abs(value) > 16_777_216 && abs(value) < 1e18
    }
  }

  /// The first row whose long text is bytes and no text.
  private static func firstBinary(
    _ layout: StataLayout, _ variable: StataLayout.Variable, _ longTexts: StataLongTexts
  ) throws(StataError) -> Int? {
    for row in 0..<layout.rowCount {
      guard let position = try longTexts.position(layout, variable, row: row) else { continue }
      if longTexts.entries[position].isBinary { return row }
    }
    return nil
  }

  /// The table, and the cells that hold a code of a missing value.
  func table(
    missingMarkers: [String], _ notes: inout StataNotes
  ) throws(StataError) -> (Table, [StataMissing]) {
    var bytes = texts.bytes
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    var missing: [StataMissing] = []
    starts.reserveCapacity(columns.count * layout.rowCount)
    ends.reserveCapacity(columns.count * layout.rowCount)
    // Cells may share a long text.
    var total = 0
    var notFinite: (count: Int, column: Int, row: Int) = (0, 0, 0)
    for row in 0..<layout.rowCount {
      for column in columns {
        let range: Range<Int>
        switch column.content {
        case .text(let slot): range = texts.cell(row: row, slot: slot)
        case .longText:
          range = try texts.longTexts.position(layout, column.variable, row: row).map(texts.longText) ?? 0..<0
        default:
          let start = bytes.count
          let number = layout.number(column.variable, row: row)
          switch number {
          case .missing(0): break
          case .missing(let code):
            missing.append(
              StataMissing(
                observation: row + 1, variable: texts.names[column.position],
                code: StataMissingCode.text(code)))
          case .none:
            if notFinite.count == 0 { notFinite = (0, column.position, row) }
            notFinite.count += 1
          default: append(number, column.content, to: &bytes)
          }
          range = start..<bytes.count
        }
        total += range.count
        guard max(total, bytes.count) <= Int(UInt32.max) else {
          throw .tooLarge(source: layout.source, bytes: max(total, bytes.count))
        }
        starts.append(UInt32(truncatingIfNeeded: range.lowerBound))
        ends.append(UInt32(truncatingIfNeeded: range.upperBound))
      }
    }
    notes.add(
      notFinite: notFinite.count, variable: texts.names[notFinite.column], observation: notFinite.row + 1)
    var cells = CSVCells(
      names: columns.map { texts.names[$0.position] }, bytes: bytes, starts: starts, ends: ends,
      rowCount: layout.rowCount)
    if !missingMarkers.isEmpty { notes.add(markers: cells.empty(markers: missingMarkers)) }
    let table = Table(
      source: RowWord.observation.signed(layout.source), columnNames: cells.names, headerLine: 0,
      lines: Array(1...layout.rowCount), bytes: cells.bytes, starts: cells.starts, ends: cells.ends)
    return (table, missing)
  }

  @inline(__always)
  private func append(_ number: StataNumber, _ content: Content, to bytes: inout [UInt8]) {
    switch content {
    case .date(let date): if let value = number.value { date.append(value, to: &bytes) }
    case .labelled(let labels):
      if let value = number.value, let whole = Int(exactly: value), let text = labels[whole] {
        bytes += text
      } else {
        number.append(to: &bytes)
      }
    case .decimals(let count):
      if let value = number.value, abs(value) < 1e15 {
        bytes += FixedDecimals.text(value, decimals: count).utf8
      } else {
        number.append(to: &bytes)
      }
    default: number.append(to: &bytes)
    }
  }
}
