import RuralValue

/// A workbook's archive and what its first parts say: which sheets there are, and how days are counted.
struct Workbook {
  /// A sheet by the name that people see.
  struct Sheet: Equatable {
    let name: String
    /// Whether it is shown; hidden sheets are read where they are named.
    let isVisible: Bool
    /// Whether it is a table: not a chart or a dialogue.
    let isTable: Bool
    /// Its part; nil where its reference leads nowhere.
    let part: String?
    /// Where its reference leads, as it is written.
    let target: String
  }

  /// The sheets in the order of the workbook.
  private(set) var sheets: [Sheet] = []
  private(set) var dates = SerialDate()
  /// Whether the file asks a spreadsheet to compute all formulas when it opens it.
  private(set) var isComputedOnOpening = false
  let source: String
  private var archive: ZipArchive
  private var references = Relationships.none

  /// The workbook in a zip archive.
  init(_ bytes: [UInt8], source: String) throws(ExcelError) {
    self.source = source
    do throws(ArchiveError) { archive = try ZipArchive(bytes, source: source) } catch {
      throw .archive(error)
    }
    let kind = FileKind(archive: archive.entries.map(\.name), mediaType: archive.mediaType)
    guard kind == .workbook else { throw .otherFile(WrongFile(source: source, found: kind, use: .table)) }
    let root = try relationships(of: "")
    guard let main = root.first("officeDocument"), let part = main.part else {
      throw .missingPart(
        source: source, part: root.first("officeDocument")?.target ?? "an unnamed part", role: "the workbook")
    }
    let content = try content(part, as: "the workbook")
    references = archive[Relationships.file(of: part)] == nil ? .none : try relationships(of: part)
    do throws(XMLFault) { try readSheets(content.span) } catch { throw damaged(part, error) }
  }

  // MARK: - Parts

  /// The unpacked UTF-8 of a part that must be there.
  mutating func content(_ part: String, as role: String) throws(ExcelError) -> [UInt8] {
    guard let entry = archive[part] else { throw .missingPart(source: source, part: part, role: role) }
    do throws(MemoryLimitError) {
      // Measured on sheets of a million cells: the XML, and as much again for the cells and the table made of them.
      try MemoryLimit.require(
        bytes: 2.5 * Double(entry.size),
        for: "\(source): \(role) has \(entry.size) bytes unpacked; to read it",
        remedy: "Give only the rows and columns that are needed")
    } catch {
      throw .memory(error)
    }
    let bytes: [UInt8]
    do throws(ArchiveError) { bytes = try archive.unpack(entry) } catch { throw .archive(error) }
    do throws(XMLFault) { return try XMLText.utf8(bytes) } catch { throw damaged(part, error) }
  }

  private mutating func relationships(of part: String) throws(ExcelError) -> Relationships {
    let file = Relationships.file(of: part)
    let bytes = try content(file, as: "the list of parts")
    do throws(XMLFault) { return try Relationships(bytes.span, of: part) } catch {
      throw damaged(file, error)
    }
  }

  /// The shared strings, or none where the workbook has no such part.
  mutating func sharedStrings() throws(ExcelError) -> SharedStrings {
    guard let part = references.first("sharedStrings")?.part else { return SharedStrings() }
    let bytes = try content(part, as: "the texts of cells")
    do throws(XMLFault) { return try SharedStrings(bytes.span) } catch { throw damaged(part, error) }
  }

  /// The styles of cells, or none where the workbook has no such part.
  mutating func styles() throws(ExcelError) -> CellStyles {
    guard let part = references.first("styles")?.part else { return CellStyles() }
    let bytes = try content(part, as: "the styles of cells")
    do throws(XMLFault) { return try CellStyles(bytes.span) } catch { throw damaged(part, error) }
  }

  /// An error about a part.
  func damaged(_ part: String, _ fault: XMLFault) -> ExcelError {
    .damagedPart(source: source, part: part, reason: "byte \(fault.byte): \(fault.words)")
  }

  // MARK: - Sheets

  private mutating func readSheets(_ bytes: Span<UInt8>) throws(XMLFault) {
    var scanner = XMLScanner(bytes)
    while true {
      let piece = try scanner.next(bytes)
      if piece == .finished { return }
      guard piece == .start else { continue }
      if scanner.depth == 1, !scanner.isElement("workbook", bytes) {
        let found = "<\(XMLScanner.text(scanner.localName, bytes))>"
        throw XMLFault(reason: .unexpected(found: found, expected: "<workbook>"), byte: 1)
      }
      if scanner.isElement("workbookPr", bytes), let range = scanner.attribute("date1904", bytes) {
        dates.countsFrom1904 = ["1", "true"].contains(XMLScanner.text(range, bytes))
      } else if scanner.isElement("calcPr", bytes), let range = scanner.attribute("fullCalcOnLoad", bytes) {
        isComputedOnOpening = ["1", "true"].contains(XMLScanner.text(range, bytes))
      } else if scanner.isElement("sheet", bytes) {
        sheets.append(try sheet(scanner, bytes))
      }
    }
  }

  private func sheet(_ scanner: XMLScanner, _ bytes: Span<UInt8>) throws(XMLFault) -> Sheet {
    let name = try scanner.attribute("name", bytes).map { range throws(XMLFault) in
      try XMLText.value(range, bytes)
    }
    let state = scanner.attribute("state", bytes).map { XMLScanner.text($0, bytes) }
    let id = try scanner.attribute("id", in: .relationships, bytes).map { range throws(XMLFault) in
      try XMLText.value(range, bytes)
    }
    let reference = references.references.first { $0.id == id }
    return Sheet(
      name: name ?? "Sheet\(sheets.count + 1)", isVisible: state == nil || state == "visible",
      isTable: reference.map { $0.kind == "worksheet" } ?? true, part: reference?.part,
      target: reference?.target ?? "an unnamed part")
  }

  /// The sheet that is wanted: by its name, by its number, or the first visible table.
  ///
  /// Throws `ExcelError` where there is none.
  func sheet(named name: String?) throws(ExcelError) -> Sheet {
    guard !sheets.isEmpty else { throw .noSheets(source: source) }
    guard let name else {
      let tables = sheets.filter(\.isTable)
      guard let first = tables.first(where: \.isVisible) ?? tables.first else {
        throw .onlyCharts(source: source, sheets: sheets.map(\.name))
      }
      return first
    }
    let wanted = CellText.trimmed(name).lowercased()
    let number = Int(wanted).flatMap { (1...sheets.count).contains($0) ? sheets[$0 - 1] : nil }
    let found =
      sheets.first { $0.name == name } ?? sheets.first { CellText.trimmed($0.name).lowercased() == wanted }
    guard let sheet = found ?? number else {
      throw .noSuchSheet(source: source, name: name, sheets: sheets.map(\.name))
    }
    guard sheet.isTable else { throw .chartSheet(source: source, sheet: sheet.name) }
    return sheet
  }
}
