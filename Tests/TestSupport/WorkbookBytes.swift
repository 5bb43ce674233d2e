/// A workbook of one sheet, written for one test: an archive of stored parts, texts in their cells.
public enum WorkbookBytes {
  /// The workbook of these rows; what reads as a number is one, unless its column holds texts.
  ///
  /// `formats` are number formats by the column and the row (from 0), or by the column alone where the row is −1;
  /// `formulas` the columns whose numbers are values of formulas, in a file that asks to be computed on opening;
  /// `merges` ranges of merged cells.
  public static func bytes(
    of rows: [[String]], texts: Set<Int>, formats: [[Int]: String] = [:], formulas: Set<Int> = [],
    merges: [String] = []
  ) -> [UInt8] {
    let codes = Array(Set(formats.values)).sorted()
    func style(_ row: Int, _ column: Int) -> String {
      guard let code = formats[[column, row]] ?? formats[[column, -1]] else { return "" }
      return " s=\"\(codes.firstIndex(of: code)! + 1)\""
    }
    var sheet = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
    for (position, row) in rows.enumerated() {
      sheet += "<row>"
      for (column, cell) in row.enumerated() {
        if cell.isEmpty {
          sheet += "<c/>"
        } else if position > 0, !texts.contains(column) {
          let formula = formulas.contains(column) ? "<f>1+1</f>" : ""
          sheet += "<c\(style(position, column))>\(formula)<v>\(cell)</v></c>"
        } else {
          let text = cell.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
          sheet += "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>"
        }
      }
      sheet += "</row>"
    }
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    func relationships(_ links: [(id: String, type: String, target: String)]) -> String {
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + links.map {
          "<Relationship Id=\"\($0.id)\" Type=\"\(office)/\($0.type)\" Target=\"\($0.target)\"/>"
        }.joined()
        + "</Relationships>"
    }
    let merged =
      merges.isEmpty
      ? "" : "<mergeCells>\(merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined())</mergeCells>"
    let styles =
      "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts>"
      + codes.enumerated().map { "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\($1)\"/>" }.joined()
      + "</numFmts><cellXfs><xf numFmtId=\"0\"/>"
      + codes.indices.map { "<xf numFmtId=\"\(164 + $0)\"/>" }.joined() + "</cellXfs></styleSheet>"
    return archive([
      ("_rels/.rels", relationships([("r1", "officeDocument", "xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"\(office)\"><sheets>"
          + "<sheet name=\"Panel\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
          + (formulas.isEmpty ? "" : "<calcPr fullCalcOnLoad=\"1\"/>") + "</workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        relationships([("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml")])
      ),
      ("xl/styles.xml", styles), ("xl/worksheets/sheet1.xml", sheet + "</sheetData>\(merged)</worksheet>"),
    ])
  }

  /// A zip archive of stored entries.
  public static func archive(_ parts: [(name: String, content: String)]) -> [UInt8] {
    archive(parts.map { ($0.name, Array($0.content.utf8)) })
  }

  /// A zip archive of stored entries.
  public static func archive(_ parts: [(name: String, content: [UInt8])]) -> [UInt8] {
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in parts {
      let common =
        little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(33, 2)
        + little(Int(checksum(content)), 4) + little(content.count, 4) + little(content.count, 4)
        + little(name.utf8.count, 2) + little(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + little(20, 2) + common + [UInt8](repeating: 0, count: 10)
        + little(bytes.count, 4) + Array(name.utf8)
      bytes += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
    }
    let end =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + little(parts.count, 2) + little(parts.count, 2)
      + little(directory.count, 4) + little(bytes.count, 4) + [0, 0]
    return bytes + directory + end
  }

  private static func little(_ value: Int, _ length: Int) -> [UInt8] {
    (0..<length).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
