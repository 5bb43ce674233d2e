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
    let kind = FileKind(lookingInto: bytes)
    switch kind {
    case .stata:
      let document = try StataReader.read(
        bytes, source: source,
        options: StataOptions(
          encoding: options.encoding, takesValueLabels: options.takesValueLabels,
          missingMarkers: options.missingMarkers, readsAsShown: options.readsAsShown))
      return TableReading(table: document.table, preamble: [], notes: document.notes)
    case .dbase:
      let document = try AttributeReader.read(
        bytes, codePage: codePage, source: source, encoding: options.encoding,
        missingMarkers: options.missingMarkers)
      return TableReading(table: document.table, preamble: [], notes: document.notes)
    // A zip archive whose directory cannot be read gets its own error there.
    case .workbook, .zip:
      let document = try ExcelReader.read(bytes, source: source, sheet: options.sheet, options: options)
      return TableReading(table: document.table, preamble: document.preamble, notes: document.notes)
    case .gzip:
      let unpacked = try GzipArchive.unpack(bytes, source: source)
      // An archive of an archive is no table.
      guard FileKind(unpacked) != .gzip else { throw WrongFile(source: source, found: .gzip, use: .table) }
      return try read(unpacked, codePage: codePage, source: source, options: options)
    case .shapes, .zippedShapefile, .foreign, .json: throw WrongFile(source: source, found: kind, use: .table)
    case .text:
      let document = try CSVReader.read(bytes, source: source, options: options)
      return TableReading(
        table: document.table, preamble: document.preamble, notes: misnamed(source) + document.notes)
    }
  }
}

extension TableReader {
  /// What is to be said of text whose name is that of a binary file.
  private static func misnamed(_ source: String) -> [Phrase] {
    guard let ending = [".xlsx", ".xls", ".dta", ".dbf"].first(where: source.lowercased().hasSuffix) else {
      return []
    }
    return [
      Phrase(
        "\(source): the name ends in \(ending), but the file is text and is read as CSV.",
        zh: "\(source)：文件名以 \(ending) 结尾，但内容为文本，按 CSV 读取。")
    ]
  }
}

extension FileKind {
  /// Whether it is a table of another kind than text.
  public var isOtherTable: Bool { self == .stata || self == .dbase || self == .workbook }

  /// Whether its rows and columns are laid down, so that there is no header to be found.
  public var isLaidDown: Bool { self == .stata || self == .dbase }
}
