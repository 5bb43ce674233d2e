public import RuralValue

/// A table as it was read from a file, whatever its kind.
public struct TableReading: Sendable, Equatable {
  /// The cells.
  public let table: Table
  /// The lines above the header that were skipped.
  public let preamble: [String]
  /// What was found out or left out.
  public let notes: [Phrase]
}

/// Reads tables from files of any kind that is read, told by their bytes and not by their names.
public enum TableReader {
  /// The table of a file's bytes.
  ///
  /// `codePage` are the bytes of the `.cpg` file beside a dBASE table. Throws the error of the format, or `WrongFile`.
  public static func read(
    _ bytes: [UInt8], codePage: [UInt8]? = nil, source: String, options: CSVOptions = CSVOptions()
  ) throws -> TableReading {
    switch FileKind(lookingInto: bytes) {
    case .stata:
      let document = try StataReader.read(
        bytes, source: source,
        options: StataOptions(
          encoding: options.encoding, takesValueLabels: options.takesValueLabels,
          missingMarkers: options.missingMarkers))
      return TableReading(table: document.table, preamble: [], notes: document.notes)
    case .dbase:
      let document = try AttributeReader.read(
        bytes, codePage: codePage, source: source, encoding: options.encoding,
        missingMarkers: options.missingMarkers)
      return TableReading(table: document.table, preamble: [], notes: document.notes)
    case .workbook:
      let document = try ExcelReader.read(bytes, source: source, sheet: options.sheet, options: options)
      return TableReading(table: document.table, preamble: document.preamble, notes: document.notes)
    case .shapes: throw WrongFile(source: source, found: .shapes, use: .table)
    case .zippedShapefile: throw WrongFile(source: source, found: .zippedShapefile, use: .table)
    default:
      let document = try CSVReader.read(bytes, source: source, options: options)
      return TableReading(table: document.table, preamble: document.preamble, notes: document.notes)
    }
  }
}

extension FileKind {
  /// Whether it is a table of another kind than text.
  public var isOtherTable: Bool { self == .stata || self == .dbase || self == .workbook }

  /// Whether its rows and columns are laid down, so that there is no header to be found.
  public var isLaidDown: Bool { self == .stata || self == .dbase }
}
