public import RuralValue

/// A file of another kind than the one that is wanted here.
public struct WrongFile: Fault {
  /// What messages call the file.
  public let source: String
  /// What it is.
  public let found: FileKind
  /// What it was to be.
  public let use: FileUse

  /// A file that messages call `source`, that is `found` and was to be used as `use`.
  public init(source: String, found: FileKind, use: FileUse) {
    (self.source, self.found, self.use) = (source, found, use)
  }

  /// The input is of an unsupported format.
  public var kind: FaultKind { .data }

  /// What the file is, what was expected, and the command that converts it.
  public var description: String {
    "\(source): this is \(found.name), not \(use.expected). \(found.remedy(for: use, NamedFile(source)))"
  }
}

extension FileKind {
  /// What people call it, with an article.
  var name: String {
    switch self {
    case .text: "text"
    case .json: "JSON"
    case .zip: "a zip archive"
    case .workbook: "an Excel workbook (.xlsx)"
    case .zippedShapefile: "a shapefile in a zip archive"
    case .gzip: "a gzip archive"
    case .stata: "a Stata data set (.dta)"
    case .shapes: "the shapes of a shapefile (.shp)"
    case .dbase: "a dBASE table (.dbf)"
    case .foreign(let format): format.name
    }
  }

  /// How the file becomes what is wanted, or which file is.
  func remedy(for use: FileUse, _ file: NamedFile) -> String {
    switch self {
    case .foreign(let format): format.remedy(for: use, file)
    case .zip: "Unpack it and give the file itself: unzip \(file.word)"
    case .gzip: "Unpack it: gunzip -k \(file.word)"
    case .zippedShapefile: "Unpack it and give the .dbf: unzip \(file.word)"
    case .shapes: "The table of a shapefile is the .dbf beside it."
    case .dbase where use == .polygons:
      "It holds the attributes of a shapefile; give the outlines, the .shp beside it."
    case .json: "Expected rows of cells; outlines of units are for weights and map."
    case .text, .workbook, .stata, .dbase: "A table holds no outlines; give it to a verb that reads tables."
    }
  }
}
