import RuralValue

/// All texts of a Stata file, decoded together: what cannot be read in one of them says something about all.
struct StataTexts {
  let label: String
  let names: [String]
  let valueLabels: [StataValueLabels]
  private let labels: [String]
  private let valueLabelNames: [String]
  private let texts: FieldTexts
  /// Where the fields of the long texts and of the cells begin among all fields.
  private let firstLongText: Int
  private let firstCell: Int
  let longTexts: StataLongTexts
  /// The positions of variables of fixed texts.
  private let textVariables: [Int]

  init(
    _ layout: StataLayout, _ tables: StataLabelTables, _ longTexts: StataLongTexts, _ options: StataOptions
  ) throws(StataError) {
    self.longTexts = longTexts
    var fields = [TextField(range: layout.label)]
    for variable in layout.variables { fields += [variable.name, variable.label, variable.valueLabels] }
    let firstTable = fields.count
    for table in tables.tables { fields += [table.name] + table.texts }
    let firstLongText = fields.count
    fields += longTexts.entries.map { $0.isBinary ? TextField(range: 0..<0) : $0.field }
    let firstCell = fields.count
    let textVariables = layout.variables.indices.filter {
      if case .text = layout.variables[$0].type { true } else { false }
    }
    StataTexts.addCells(of: textVariables, layout, to: &fields)
    let source: FieldTexts.Source =
      options.encoding.map { .exactly($0) } ?? (layout.release.isUTF8 ? .exactly(.utf8) : .found)
    do throws(FieldTexts.Failure) {
      texts = try FieldTexts(fields, of: layout.file.bytes, in: source)
    } catch {
      func place(_ field: Int) -> StataError.Place {
        StataTexts.place(
          of: field, layout, tables, longTexts, textVariables, firstTable, firstLongText, firstCell)
      }
      switch error {
      case .unknownEncoding(let encoding):
        throw .unknownEncoding(source: layout.source, name: encoding.name)
      case .uncertain(let field): throw .uncertainEncoding(source: layout.source, place: place(field))
      case .invalid(let field, let found, let encoding):
        throw .invalidText(source: layout.source, place: place(field), found: found, encoding: encoding)
      }
    }
    let texts = texts
    (self.firstLongText, self.firstCell, self.textVariables) = (firstLongText, firstCell, textVariables)
    label = texts.text(0)
    names = layout.variables.indices.map { texts.text(1 + 3 * $0) }
    labels = layout.variables.indices.map { texts.text(2 + 3 * $0) }
    valueLabelNames = layout.variables.indices.map { texts.text(3 + 3 * $0) }
    var next = firstTable
    var valueLabels: [StataValueLabels] = []
    for table in tables.tables {
      let first = next
      next += 1 + table.values.count
      valueLabels.append(
        StataValueLabels(
          name: texts.text(first),
          entries: table.values.enumerated().map { position, value in
            let code = layout.release.hasMissingCodes ? StataMissingCode.code(ofLabelled: value) : nil
            return .init(
              value: code.map(StataMissingCode.text) ?? "\(value)", text: texts.text(first + 1 + position))
          }))
    }
    self.valueLabels = valueLabels
  }

  private static func addCells(of variables: [Int], _ layout: StataLayout, to fields: inout [TextField]) {
    fields.reserveCapacity(fields.count + variables.count * layout.rowCount)
    let bytes = layout.file.bytes.span
    for row in 0..<layout.rowCount {
      let start = layout.data.lowerBound + row * layout.rowWidth
      for variable in variables {
        let first = start + layout.variables[variable].offset
        let last = first + layout.variables[variable].type.width
        var end = first
        while end < last, bytes[end] != 0 { end += 1 }
        fields.append(TextField(range: first..<end, isFull: end == last))
      }
    }
  }

  private static func place(
    of field: Int, _ layout: StataLayout, _ tables: StataLabelTables, _ longTexts: StataLongTexts,
    _ textVariables: [Int], _ firstTable: Int, _ firstLongText: Int, _ firstCell: Int
  ) -> StataError.Place {
    func name(_ variable: Int) -> String {
      let range = layout.variables[variable].name.range
      let bytes = layout.file.bytes[range]
      return String(validating: bytes, as: UTF8.self) ?? layout.file.words(range)
    }
    if field >= firstCell {
      let (row, column) = (field - firstCell).quotientAndRemainder(dividingBy: textVariables.count)
      return .cell(variable: name(textVariables[column]), observation: row + 1)
    }
    if field >= firstLongText {
      let key = longTexts.entries[field - firstLongText].key
      guard (1...UInt64(layout.variables.count)).contains(key.variable) else { return .longText(key.text) }
      return .cell(variable: name(Int(key.variable) - 1), observation: Int(clamping: key.observation))
    }
    if field >= firstTable {
      var first = firstTable
      let table = tables.tables.first { table in
        first += 1 + table.values.count
        return field < first
      }
      return .valueLabels(table.map { layout.file.words($0.name.range) } ?? "")
    }
    guard field > 0 else { return .header }
    let (variable, part) = (field - 1).quotientAndRemainder(dividingBy: 3)
    return part == 0 ? .name(variable + 1) : .label(variable: name(variable))
  }

  var encoding: TextEncoding { texts.encoding }
  var bytes: [UInt8] { texts.bytes }

  /// A text beyond ASCII, which shows how the encoding reads.
  var example: String? { texts.example.map { String(texts.text($0).prefix(20)) } }

  func variable(_ position: Int, in layout: StataLayout) -> StataVariable {
    StataVariable(
      name: names[position], type: layout.variables[position].type,
      format: layout.variables[position].format, label: labels[position],
      valueLabels: valueLabelNames[position])
  }

  /// The value labels of a variable; nil where it has none, or the file lacks them.
  func valueLabels(of variable: Int) -> StataValueLabels? {
    guard !valueLabelNames[variable].isEmpty else { return nil }
    return valueLabels.first { $0.name == valueLabelNames[variable] }
  }

  /// The name of the value labels of a variable; empty where it has none.
  func valueLabelsName(of variable: Int) -> String { valueLabelNames[variable] }

  /// The place of a variable's text in a row, where fixed texts are numbered by `slot`.
  @inline(__always)
  func cell(row: Int, slot: Int) -> Range<Int> { texts.ranges[firstCell + row * textVariables.count + slot] }

  /// A long text's place.
  func longText(_ position: Int) -> Range<Int> { texts.ranges[firstLongText + position] }

  /// Where each variable of fixed texts stands among these.
  var slots: [Int: Int] {
    Dictionary(uniqueKeysWithValues: textVariables.enumerated().map { ($1, $0) })
  }

  /// The cells that ended within a character: how many, and the first one's variable and observation.
  var cutCells: (count: Int, variable: String, observation: Int)? {
    let cells = texts.cut.filter { $0 >= firstCell }
    guard let first = cells.first else { return nil }
    let (row, slot) = (first - firstCell).quotientAndRemainder(dividingBy: textVariables.count)
    return (cells.count, names[textVariables[slot]], row + 1)
  }
}
