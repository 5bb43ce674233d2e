/// Files that people pass for CSV and that are something else, told by their first bytes.
public enum ForeignFile: Sendable, Equatable, CaseIterable {
  /// A zip archive: `.xlsx`, `.ods`, `.docx`.
  case zippedOffice
  /// A compound file of older Office: `.xls`, `.doc`.
  case oldOffice
  /// A PDF.
  case pdf
  /// A page of HTML, which many sites offer as `.xls`.
  case html
  /// XML, also Excel's "XML spreadsheet".
  case xml
  /// A gzip archive.
  case gzip
  /// A Stata data set.
  case stata
  /// An SPSS data set.
  case spss
  /// The shapes of a shapefile.
  case shapefile
  /// A pointer that Git LFS leaves in place of a file.
  case lfsPointer
  /// JSON or GeoJSON.
  case json

  /// The kind of a file that begins with these bytes, or nil where it may be CSV.
  static func recognised(in bytes: [UInt8]) -> ForeignFile? {
    for (signature, kind) in signatures where bytes.starts(with: signature) { return kind }
    if isOldStata(bytes) { return .stata }
    let head = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    for (opening, kind) in openings where head.hasPrefix(opening) { return kind }
    let isJSON = head.first.map { $0 == "{" || $0 == "[" } ?? false
    let following = head.dropFirst().drop { $0.isWhitespace }.first
    return isJSON && following.map { "\"{[".contains($0) } == true ? .json : nil
  }

  private static let signatures: [([UInt8], ForeignFile)] = [
    ([0x50, 0x4B, 0x03, 0x04], .zippedOffice), ([0xD0, 0xCF, 0x11, 0xE0], .oldOffice),
    (Array("%PDF".utf8), .pdf), ([0x1F, 0x8B], .gzip), (Array("<stata_dta>".utf8), .stata),
    (Array("$FL2".utf8), .spss), ([0x00, 0x00, 0x27, 0x0A], .shapefile),
    (Array("version https://git-lfs".utf8), .lfsPointer),
  ]

  /// Whether a file begins as Stata's releases up to 12 do: release, byte order, 1, 0.
  private static func isOldStata(_ bytes: [UInt8]) -> Bool {
    bytes.count > 4 && (102...115).contains(bytes[0]) && (1...2).contains(bytes[1]) && bytes[2] == 1
      && bytes[3] == 0
  }

  private static let openings: [(String, ForeignFile)] = [
    ("<!doctype html", .html), ("<html", .html), ("<table", .html), ("<meta", .html), ("<head", .html),
    ("<?xml", .xml),
  ]

  /// What it is and what to do.
  var advice: String {
    switch self {
    case .zippedOffice:
      "this is an Excel or other Office file (.xlsx, .ods), not CSV. Open it in the spreadsheet and save the"
        + " sheet as \"CSV UTF-8\"."
    case .oldOffice:
      "this is an old Excel file (.xls), not CSV. Open it in the spreadsheet and save the sheet as \"CSV"
        + " UTF-8\"."
    case .pdf: "this is a PDF, not CSV. Extract its tables to a spreadsheet and save them as CSV."
    case .html:
      "this is a web page, not CSV, even if its name ends in .xls. Open it in a spreadsheet and save it as"
        + " \"CSV UTF-8\"."
    case .xml: "this is XML, not CSV. Open it in a spreadsheet and save it as \"CSV UTF-8\"."
    case .gzip: "this is a gzip archive, not CSV. Unpack it: gunzip -c FILE | ruralvalue … -"
    case .stata:
      "this is a Stata data set, not CSV. In Stata: export delimited using FILE.csv; in R:"
        + " write.csv(haven::read_dta(\"FILE.dta\"), \"FILE.csv\", row.names = FALSE)"
    case .spss:
      "this is an SPSS data set, not CSV. In R: write.csv(haven::read_sav(\"FILE.sav\"), \"FILE.csv\", row.names ="
        + " FALSE)"
    case .shapefile:
      "this is a shapefile, not CSV. Convert it: ogr2ogr -f GeoJSON polygons.geojson FILE.shp"
    case .lfsPointer: "this is a pointer of Git LFS, not the file it stands for. Fetch that: git lfs pull"
    case .json: "this is JSON, not CSV; expected rows of cells separated by commas, tabs or semicolons."
    }
  }
}
