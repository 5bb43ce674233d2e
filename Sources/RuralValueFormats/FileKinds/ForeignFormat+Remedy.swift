import RuralValue

extension ForeignFormat {
  /// What people call it, with an article: `an SPSS data set (.sav)`.
  var name: String {
    switch self {
    case .oldWorkbook: "an old Excel workbook (.xls)"
    case .encryptedWorkbook: "a workbook with a password"
    case .binaryWorkbook: "a binary Excel workbook (.xlsb)"
    case .openDocumentSpreadsheet: "an OpenDocument spreadsheet (.ods)"
    case .numbersDocument: "a Numbers or Pages document"
    case .xmlSpreadsheet: "an \"XML Spreadsheet 2003\""
    case .webPage: "a web page (HTML), even if its name ends in .xls"
    case .webArchive: "a web archive (MHTML), even if its name ends in .xls"
    case .oldOffice: "an old Office document (.doc, .ppt)"
    case .wordDocument: "a Word document (.docx)"
    case .presentation: "a PowerPoint presentation (.pptx)"
    case .openDocument: "an OpenDocument text or drawing"
    case .pdf: "a PDF"
    case .picture: "a picture"
    case .spss: "an SPSS data set (.sav)"
    case .sas: "a SAS data set (.sas7bdat)"
    case .sasTransport: "a SAS transport file (.xpt)"
    case .rObject: "an R object (.rds)"
    case .rWorkspace: "an R workspace (.RData)"
    case .parquet: "a Parquet file"
    case .feather: "a Feather or Arrow file"
    case .hdf: "an HDF5 file"
    case .matlab: "a MATLAB file (.mat)"
    case .geoPackage: "a GeoPackage (.gpkg)"
    case .database: "an SQLite database"
    case .kml: "KML"
    case .zippedKML: "KML in a zip archive (.kmz)"
    case .gml: "GML"
    case .otherXML: "XML"
    case .zippedFiles: "a zip archive without a workbook in it"
    case .tar: "a tar archive"
    case .sevenZip: "a 7z archive"
    case .rar: "a RAR archive"
    case .bzip2: "a bzip2 archive"
    case .xz: "an xz archive"
    case .zstandard: "a Zstandard archive"
    case .lfsPointer: "a Git LFS pointer, which stands for the file"
    }
  }

  /// How the file becomes one that can be read: the command, with the file's own name, or what to do by hand.
  func remedy(for use: FileUse, _ file: NamedFile) -> String {
    switch self {
    case .oldWorkbook, .binaryWorkbook, .openDocumentSpreadsheet, .xmlSpreadsheet:
      "Convert it: soffice --headless --convert-to xlsx \(file.word); or open it in Excel, WPS or LibreOffice and save"
        + " it as .xlsx."
    case .webPage, .webArchive:
      use == .polygons
        ? "The download failed, or gave the page around the file. Open it in a browser to see what it says, and"
          + " download the file itself."
        : "Open it in Excel, WPS or LibreOffice and save it as .xlsx; a download that failed also gives such a page."
    case .encryptedWorkbook:
      "Open it and save it without the password (Excel: File, Info, Protect Workbook, Encrypt with Password, and empty"
        + " the field), or: msoffcrypto-tool -p PASSWORD \(file.word) \(file.renamed("open.xlsx"))"
    case .numbersDocument: "In Numbers: File, Export To, Excel."
    case .oldOffice, .wordDocument, .presentation, .openDocument:
      "Open it, copy its table to a spreadsheet and save that as .xlsx."
    case .pdf:
      "Copy its tables to a spreadsheet and save that as .xlsx; pdftotext -layout \(file.word) gives its text."
    case .picture: "Type or recognise its numbers into a spreadsheet and save that as .xlsx."
    case .spss: "Convert it: \(file.byR("haven::read_sav"))"
    case .sas: "Convert it: \(file.byR("haven::read_sas"))"
    case .sasTransport: "Convert it: \(file.byR("haven::read_xpt"))"
    case .rObject: "Convert it: \(file.byR("readRDS"))"
    case .rWorkspace: "Convert its tables: \(file.byR(allOf: "load"))"
    case .parquet: "Convert it: \(file.byR("arrow::read_parquet"))"
    case .feather: "Convert it: \(file.byR("arrow::read_feather"))"
    case .hdf, .matlab: "Write the table as CSV in the program that made it."
    case .geoPackage where use == .table: "Convert it: ogr2ogr -f CSV \(file.renamed("csv")) \(file.word)"
    case .geoPackage, .zippedKML, .kml, .gml:
      "Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 \(file.renamed("geojson")) \(file.word)"
        + " (of several layers name one at the end; ogrinfo \(file.word) lists them)"
    case .database:
      "Write a table of it as CSV: sqlite3 -header -csv \(file.word) 'select * from TABLE' > \(file.renamed("csv"))"
        + " (sqlite3 \(file.word) .tables lists them)"
    case .otherXML: "Write it as \(use.expected) in the program that made it."
    case .zippedFiles: "Unpack it and give the file itself: unzip \(file.word)"
    case .tar: "Unpack it and give the file itself: tar -xf \(file.word)"
    case .sevenZip, .rar: "Unpack it and give the file itself: 7z x \(file.word)"
    case .bzip2: "Unpack it: bunzip2 -k \(file.word)"
    case .xz: "Unpack it: xz -dk \(file.word)"
    case .zstandard: "Unpack it: zstd -d \(file.word)"
    case .lfsPointer: "Fetch the file itself: git lfs pull --include \(file.word)"
    }
  }
}

/// What a file is read as.
public enum FileUse: Sendable, Equatable {
  /// Rows and columns.
  case table
  /// The outlines of units.
  case polygons

  /// What is expected, in words.
  var expected: String {
    switch self {
    case .table: "CSV, .xlsx or .dta"
    case .polygons: "GeoJSON, TopoJSON or a shapefile"
    }
  }
}

/// A file's name as a command has it.
struct NamedFile {
  private let name: String

  /// The file that messages call so; whatever came without a name is called FILE.
  init(_ source: String) { name = source == "standard input" ? "FILE" : source }

  /// The name as a word of a shell.
  var word: String { ShellText.quoted(name) }

  /// The name with another ending, in the working folder, as a word of a shell.
  func renamed(_ ending: String) -> String { ShellText.quoted("\(stem).\(ending)") }

  /// A call of R that reads the file by a function and writes it as CSV.
  func byR(_ reader: String) -> String {
    let call =
      "write.csv(\(reader)(\(NamedFile.text(name))), \(NamedFile.text("\(stem).csv")), row.names = FALSE, na = \"\","
      + " fileEncoding = \"UTF-8\")"
    return "Rscript -e \(ShellText.quoted(call))"
  }

  /// A call of R that writes every table that a file holds as CSV.
  func byR(allOf reader: String) -> String {
    let call =
      "for (n in \(reader)(\(NamedFile.text(name)))) if (is.data.frame(get(n))) write.csv(get(n), paste0(n, \".csv\"),"
      + " row.names = FALSE, na = \"\", fileEncoding = \"UTF-8\")"
    return "Rscript -e \(ShellText.quoted(call))"
  }

  private var stem: String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }

  /// A text of R.
  private static func text(_ text: String) -> String {
    "\"\(text.map { "\\\"".contains($0) ? "\\\($0)" : "\($0)" }.joined())\""
  }
}
