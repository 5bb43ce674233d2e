public import RuralValue

/// The tables of a file as they were read, whatever its kind.
public enum PrintedTables: Sendable {
  /// One table with named columns: CSV, a workbook or a Stata file.
  case table(TableReading)
  /// The tables of a document, and what was found out.
  case grids([PrintedGrid], notes: [Phrase])
}

/// Reads printed tables from LaTeX, HTML, Markdown and Word documents, and from whatever `TableReader` reads.
///
/// A file is told by its bytes and by what stands in it. A spreadsheet with a column `term` is a table with named
/// columns; any other is taken as it looks, as a page would be.
public enum PrintedTableReader {
  /// The tables of a file's bytes. Throws `PrintedTableError`, or what the format's reader throws.
  public static func read(
    _ bytes: [UInt8], source: String, options: CSVOptions = CSVOptions()
  ) throws -> PrintedTables {
    var options = options
    options.readsAsShown = true
    switch FileKind(lookingInto: bytes) {
    case .foreign(.wordDocument):
      return .grids(try WordTableReader.grids(bytes, source: source), notes: [])
    case .foreign(.webPage): return try document(bytes, .html, source: source, options)
    case .text:
      let text = try DecodedText(bytes, encoding: options.encoding, source: source)
      if let format = format(of: text.text, source: source) {
        return try document(bytes, format, source: source, options)
      }
      return try sheet(bytes, source: source, options, isText: true)
    case .gzip:
      let unpacked = try GzipArchive.unpack(bytes, source: source)
      guard FileKind(unpacked) != .gzip else { throw WrongFile(source: source, found: .gzip, use: .table) }
      return try read(unpacked, source: source, options: options)
    case .workbook: return try sheet(bytes, source: source, options, isText: false)
    default: return .table(try TableReader.read(bytes, source: source, options: options))
    }
  }

  private static func document(
    _ bytes: [UInt8], _ format: PrintedFormat, source: String, _ options: CSVOptions
  ) throws -> PrintedTables {
    let decoded = try DecodedText(bytes, encoding: options.encoding, source: source)
    let builders =
      switch format {
      case .latex: LaTeXTableReader.tables(decoded.text)
      case .html: HTMLTableReader.tables(decoded.text)
      default: MarkdownTableReader.tables(decoded.text)
      }
    return .grids(
      try grids(builders, format, source: source, countsRows: format == .html), notes: decoded.notes)
  }

  /// The tables that were read, numbered. Throws where there is none, or one is too large.
  static func grids(
    _ builders: [GridBuilder], _ format: PrintedFormat, source: String, countsRows: Bool
  ) throws(PrintedTableError) -> [PrintedGrid] {
    guard !builders.isEmpty else { throw .noTable(source: source, format: format) }
    if let place = builders.firstIndex(where: \.isTooLarge) {
      throw .tooLarge(source: source, number: place + 1)
    }
    return builders.enumerated().map { place, builder in
      builder.grid(source: source, number: place + 1, countsRows: countsRows)
    }
  }

  /// The format of a text that is no CSV; nil where it may be CSV.
  private static func format(of text: String, source: String) -> PrintedFormat? {
    let name = source.lowercased()
    func ends(_ endings: String...) -> Bool { endings.contains { name.hasSuffix($0) } }
    if text.contains("\\begin{") || text.contains("\\documentclass") || ends(".tex", ".ltx") { return .latex }
    if HTMLTableReader.isLikely(text) || ends(".html", ".htm") { return .html }
    if MarkdownTableReader.isLikely(text) || ends(".md", ".markdown", ".qmd", ".rmd") { return .markdown }
    return nil
  }

  // MARK: - Spreadsheets

  /// A spreadsheet: with named columns where one is called `term` or its rows say what they hold, else as it looks.
  private static func sheet(
    _ bytes: [UInt8], source: String, _ options: CSVOptions, isText: Bool
  ) throws -> PrintedTables {
    let reading: TableReading
    do {
      reading = try TableReader.read(bytes, source: source, options: options)
      let names = reading.table.columnNames
      if names.contains("term") || names.contains("row_kind") { return .table(reading) }
    } catch {
      // A page's table has rows that no table of data has: titles, notes, headings in several rows.
      guard let grid = try? looks(bytes, source: source, options, isText: isText),
        (try? PublishedTable(grid)) != nil
      else { throw error }
      return .grids([grid], notes: [])
    }
    guard let grid = try? looks(bytes, source: source, options, isText: isText),
      (try? PublishedTable(grid)) != nil
    else { return .table(reading) }
    return .grids([grid], notes: reading.notes)
  }

  private static func looks(
    _ bytes: [UInt8], source: String, _ options: CSVOptions, isText: Bool
  ) throws -> PrintedGrid {
    let records =
      try isText
      ? CSVReader.records(bytes, source: source, options: options)
      : ExcelReader.records(bytes, source: source, options: options)
    var builder = GridBuilder()
    for row in 0..<records.count {
      builder.add(
        records.cells(of: row).map { GridBuilder.Span(text: unwrapped(records.text($0))) },
        line: records.lines[row])
    }
    let grids = try grids([builder], .markdown, source: source, countsRows: !isText)
    return grids[0]
  }

  /// `="0.064"`, as some programs write texts for spreadsheets, as `0.064`.
  private static func unwrapped(_ text: String) -> String {
    text.hasPrefix("=\"") && text.hasSuffix("\"") && text.count > 2
      ? String(text.dropFirst(2).dropLast()) : text
  }
}

extension DecodedText {
  /// The whole text.
  var text: String { String(decoding: bytes[start...], as: UTF8.self) }
}
