import RuralValue

/// The names and the texts of a dBASE table, in the encoding that the files name if everything can be read as it.
struct AttributeTexts {
  let texts: FieldTexts
  let names: [String]
  /// The encoding that the files name.
  let declared: TextEncoding?
  /// The records that are not deleted.
  let records: [Int]
  /// The fields of texts, by position, and the place of each among those.
  let slots: [Int: Int]

  /// - Parameters:
  ///   - codePage: what stands in the `.cpg` file.
  ///   - encoding: the one that the call names.
  init(
    _ table: AttributeTable, codePage: [UInt8]?, encoding: TextEncoding?
  ) throws(ShapefileError) {
    let records = (0..<table.recordCount).filter { !table.isDeleted($0) }
    self.records = records
    let textFields = table.fields.indices.filter { table.fields[$0].kind == .text }
    slots = Dictionary(uniqueKeysWithValues: textFields.enumerated().map { ($1, $0) })
    var fields = table.fields.map(\.name)
    fields.reserveCapacity(fields.count + records.count * textFields.count)
    for record in records {
      for field in textFields { fields.append(table.text(of: table.fields[field], in: record)) }
    }
    let named = codePage.flatMap(CodePage.encoding(named:))
    declared = named ?? CodePage.encoding(ofDriver: table.driver)
    do throws(FieldTexts.Failure) {
      texts = try AttributeTexts.read(
        fields, table.file.bytes, encoding: encoding, named: named, driver: declared)
    } catch {
      func place(_ field: Int) -> (record: Int?, name: String) {
        let count = table.fields.count
        func name(_ field: Int) -> String { table.file.words(table.fields[field].name.range) }
        guard field >= count else { return (nil, name(field)) }
        let (row, slot) = (field - count).quotientAndRemainder(dividingBy: textFields.count)
        return (records[row] + 1, name(textFields[slot]))
      }
      switch error {
      case .unknownEncoding(let encoding):
        throw .unknownEncoding(source: table.source, name: encoding.name)
      case .uncertain(let field):
        throw .uncertainEncoding(source: table.source, record: place(field).record, field: place(field).name)
      case .invalid(let field, let found, let encoding):
        throw .invalidText(
          source: table.source, record: place(field).record, field: place(field).name, found: found,
          encoding: encoding)
      }
    }
    names = table.fields.indices.map { [texts] in texts.text($0) }
    var positions: [String: Int] = [:]
    for (position, name) in names.enumerated() {
      if let first = positions.updateValue(position, forKey: name) {
        throw .duplicateField(source: table.source, name: name, first: first + 1, second: position + 1)
      }
    }
  }

  /// The fields in the encoding of the call; or the declared one; or what can be found out.
  private static func read(
    _ fields: [TextField], _ bytes: [UInt8], encoding: TextEncoding?, named: TextEncoding?,
    driver: TextEncoding?
  ) throws(FieldTexts.Failure) -> FieldTexts {
    if let encoding { return try FieldTexts(fields, of: bytes, in: .exactly(encoding)) }
    guard let declared = named ?? driver else { return try FieldTexts(fields, of: bytes, in: .found) }
    guard CodePage.readsAnything(declared) else {
      return try FieldTexts(fields, of: bytes, in: .first(of: [declared]))
    }
    // What would read anything is asked last.
    do throws(FieldTexts.Failure) {
      return try FieldTexts(fields, of: bytes, in: .found)
    } catch {
      return try FieldTexts(fields, of: bytes, in: .exactly(declared))
    }
  }

  /// The place of a text in a row of records that are not deleted.
  func cell(row: Int, slot: Int) -> Range<Int> { texts.ranges[names.count + row * slots.count + slot] }

  /// The fields whose texts were cut within a character: how many cells, and the first one's record and field.
  func cutCells(_ table: AttributeTable) -> (count: Int, record: Int, field: String)? {
    let cells = texts.cut.filter { $0 >= names.count }
    guard let first = cells.first else { return nil }
    let (row, slot) = (first - names.count).quotientAndRemainder(dividingBy: slots.count)
    let field = slots.first { $0.value == slot }?.key ?? 0
    return (cells.count, records[row] + 1, names[field])
  }
}
