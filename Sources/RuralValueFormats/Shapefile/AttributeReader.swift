public import RuralValue

/// Reads dBASE tables, `.dbf`, as those of shapefiles.
public enum AttributeReader {
  /// A table and what reading it had to decide.
  public struct Document: Sendable, Equatable {
    /// The cells. The lines of its rows are the numbers of records, deleted ones counted.
    public let table: Table
    /// The encoding of the texts.
    public let encoding: TextEncoding
    /// What was found out or left out.
    public let notes: [Phrase]
    /// How many records there are, deleted ones included.
    let recordCount: Int
  }

  /// The table of a file's bytes.
  ///
  /// `codePage` are the bytes of the `.cpg` file beside it, if there is one. Deleted records are left out. Texts have
  /// the encoding that the call, the `.cpg` file or the header names, if all of them can be read as it, else UTF-8 or
  /// GB18030. Throws `ShapefileError`, which names the record and the field.
  public static func read(
    _ bytes: [UInt8], codePage: [UInt8]? = nil, source: String, encoding: TextEncoding? = nil,
    missingMarkers: [String] = []
  ) throws(ShapefileError) -> Document {
    let attributes = try AttributeTable(bytes, source: source)
    let texts = try AttributeTexts(attributes, codePage: codePage, encoding: encoding)
    let cells = try AttributeCells(attributes, texts)
    var notes = ShapefileNotes(source: source)
    notes.add(encodingOf: texts, isGiven: encoding != nil)
    notes.add(cut: texts.cutCells(attributes))
    notes.add(deleted: attributes.recordCount - texts.records.count, of: attributes)
    notes.add(absent: cells.absent)
    for (position, odd) in cells.odd.sorted(by: { $0.key < $1.key }) {
      notes.add(odd: odd.count, field: texts.names[position], record: odd.record, found: odd.found)
    }
    guard !texts.records.isEmpty else { throw .noRecords(source: source, fields: texts.names) }
    var plain = CSVCells(
      names: texts.names, bytes: cells.bytes, starts: cells.starts, ends: cells.ends,
      rowCount: texts.records.count)
    if !missingMarkers.isEmpty { notes.add(markers: plain.empty(markers: missingMarkers)) }
    let table = Table(
      source: RowWord.record.signed(source), columnNames: texts.names, headerLine: 0,
      lines: texts.records.map { $0 + 1 }, bytes: plain.bytes, starts: plain.starts, ends: plain.ends)
    return Document(
      table: table, encoding: texts.texts.encoding, notes: notes.notes, recordCount: attributes.recordCount)
  }
}
