/// Reads Stata's `.dta`, releases 105 to 119.
public enum StataReader {
  /// The table of a file's bytes.
  ///
  /// Every count and offset is held against the bytes that are there before it is used. Texts before release 118 have
  /// no declared encoding: they are UTF-8 if they can be, else GB18030, with a note. Throws `StataError`, which names
  /// the variable and the observation.
  public static func read(
    _ bytes: [UInt8], source: String, options: StataOptions = StataOptions()
  ) throws(StataError) -> StataDocument {
    let layout = try StataLayout(bytes, source: source)
    if let encoding = options.encoding, encoding != .utf8, layout.release.isUTF8 {
      throw .knownEncoding(source: source, release: layout.release.number, name: encoding.name)
    }
    let labels = try StataLabelTables(layout)
    let longTexts = try StataLongTexts(layout)
    let texts = try StataTexts(layout, labels, longTexts, options)
    try requireDistinctNames(texts.names, source)
    guard layout.rowCount > 0 else { throw .noObservations(source: source, variables: texts.names) }
    var notes = StataNotes(source: source)
    notes.add(encodingOf: texts, release: layout.release, isGiven: options.encoding != nil)
    let columns = try StataColumns(layout, texts, options, &notes)
    let (table, missing) = try columns.table(missingMarkers: options.missingMarkers, &notes)
    notes.add(missing: missing)
    return StataDocument(
      table: table, release: layout.release.number, label: texts.label,
      variables: layout.variables.indices.map { texts.variable($0, in: layout) },
      valueLabels: texts.valueLabels, missing: missing, encoding: texts.encoding, notes: notes.notes)
  }

  private static func requireDistinctNames(_ names: [String], _ source: String) throws(StataError) {
    var positions: [String: Int] = [:]
    for (position, name) in names.enumerated() {
      if let first = positions.updateValue(position, forKey: name) {
        throw .duplicateVariable(source: source, name: name, first: first + 1, second: position + 1)
      }
    }
  }
}
