public import RuralValue

/// A table as it was read from a file, whatever its kind.
public struct TableReading: Sendable, Equatable {
  /// The cells.
  public let table: Table
  /// The lines above the header that were skipped.
  public let preamble: [String]
  /// What was found out or left out.
  public let notes: [Phrase]
  /// Of a workbook: the other sheets, where none was named.
  public var otherSheets: [String] = []
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
      return TableReading(
        table: document.table, preamble: [], notes: misnamed(source, kind) + document.notes)
    case .dbase:
      let document = try AttributeReader.read(
        bytes, codePage: codePage, source: source, encoding: options.encoding,
        missingMarkers: options.missingMarkers)
      return TableReading(table: document.table, preamble: [], notes: document.notes)
    // A zip archive whose directory cannot be read gets its own error there.
    case .workbook, .zip:
      let document = try ExcelReader.read(bytes, source: source, sheet: options.sheet, options: options)
      return TableReading(
        table: document.table, preamble: document.preamble, notes: misnamed(source, kind) + document.notes,
        otherSheets: document.otherSheets)
    case .gzip:
      let unpacked = try GzipArchive.unpack(bytes, source: source)
      // An archive of an archive is no table.
      guard FileKind(unpacked) != .gzip else { throw WrongFile(source: source, found: .gzip, use: .table) }
      return try read(unpacked, codePage: codePage, source: source, options: options)
    case .shapes, .zippedShapefile, .foreign, .json: throw WrongFile(source: source, found: kind, use: .table)
    case .text:
      let document = try CSVReader.read(bytes, source: source, options: options)
      return TableReading(
        table: document.table, preamble: document.preamble, notes: misnamed(source, kind) + document.notes)
    }
  }
}

extension TableReader {
  /// What is to be said of a table whose name is that of another kind of file.
  private static func misnamed(_ source: String, _ kind: FileKind) -> [Phrase] {
    let endings: [(ending: String, kind: FileKind)] = [
      (".xlsx", .workbook), (".xls", .workbook), (".dta", .stata), (".dbf", .dbase), (".csv", .text),
    ]
    let name = source.lowercased()
    guard let named = endings.first(where: { name.hasSuffix($0.ending) }), named.kind != kind else {
      return []
    }
    let (found, read, chinese): (String, String, String) =
      switch kind {
      case .workbook: ("a workbook", "one", "工作簿，按工作簿读取")
      case .stata: ("a Stata file", "one", "Stata 文件，按 Stata 文件读取")
      case .dbase: ("a dBASE table", "one", "dBASE 表，按 dBASE 表读取")
      default: ("text", "CSV", "文本，按 CSV 读取")
      }
    return [
      Phrase(
        "\(source): the name ends in \(named.ending), but the file is \(found) and is read as \(read).",
        zh: "\(source)：文件名以 \(named.ending) 结尾，但内容为\(chinese)。")
    ]
  }
}

extension FileKind {
  /// Whether it is a table of another kind than text.
  public var isOtherTable: Bool { self == .stata || self == .dbase || self == .workbook }

  /// Whether its rows and columns are laid down, so that there is no header to be found.
  public var isLaidDown: Bool { self == .stata || self == .dbase }
}
