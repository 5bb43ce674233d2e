/// What a file is, told by its bytes and never by its name.
public enum FileKind: Sendable, Equatable {
  /// Nothing that is known by its first bytes: text, and so perhaps CSV.
  case text
  /// JSON, and so perhaps GeoJSON.
  case json
  /// A zip archive; what it is, its names tell.
  case zip
  /// A zip archive that is an Excel workbook, `.xlsx`.
  case workbook
  /// A zip archive with a shapefile in it.
  case zippedShapefile
  /// A gzip archive of one file.
  case gzip
  /// A Stata data set of any release.
  case stata
  /// The shapes of a shapefile, `.shp`.
  case shapes
  /// A dBASE table, as of a shapefile's attributes.
  case dbase
  /// A format that is not read.
  case foreign(ForeignFormat)

  /// The kind of a file of these bytes.
  public init(_ bytes: [UInt8]) {
    if let (_, kind) = FileKind.signatures.first(where: { bytes.starts(with: $0.0) }) {
      self = kind
    } else if bytes.starts(with: FileKind.compoundFile) {
      self = .foreign(ForeignFormat(compoundFile: bytes.span))
    } else if bytes.starts(with: FileKind.database) {
      self = .foreign(FileKind.isGeoPackage(bytes) ? .geoPackage : .database)
    } else if let format = ForeignFormat(signature: bytes) {
      self = .foreign(format)
    } else if FileKind.isOldStata(bytes) {
      self = .stata
    } else if FileKind.isDBase(bytes) {
      self = .dbase
    } else {
      self.init(head: FileKind.head(of: bytes))
    }
  }

  /// The kind of a zip archive of these names, the first of which may be `mimetype` with this text.
  ///
  /// An archive that could be a workbook and nothing else is taken as one: some programs call its parts as they like.
  public init(archive names: [String], mediaType: String? = nil) {
    if let mediaType, let format = ForeignFormat(mediaType: mediaType) {
      self = .foreign(format)
      return
    }
    func has(_ isMeant: (String) -> Bool) -> Bool { names.contains { isMeant($0.lowercased()) } }
    if has({ $0.hasPrefix("word/") }) {
      self = .foreign(.wordDocument)
    } else if has({ $0.hasPrefix("ppt/") }) {
      self = .foreign(.presentation)
    } else if has({ $0 == "xl/workbook.bin" }) {
      self = .foreign(.binaryWorkbook)
    } else if has({ $0 == "_rels/.rels" }) {
      self = .workbook
    } else if has({ $0.hasSuffix(".iwa") || $0 == "index.zip" }) {
      self = .foreign(.numbersDocument)
    } else if has({ $0.hasSuffix(".kml") }) {
      self = .foreign(.zippedKML)
    } else if has({ $0.hasSuffix(".shp") }) {
      self = .zippedShapefile
    } else {
      self = .foreign(.zippedFiles)
    }
  }

  /// The kind of a text that begins like this.
  private init(head: String) {
    if let format = ForeignFormat(head: head) {
      self = .foreign(format)
      return
    }
    let isJSON = head.first.map { $0 == "{" || $0 == "[" } ?? false
    let following = head.dropFirst().drop { $0.isWhitespace }.first
    self = isJSON && following.map { "\"{[".contains($0) } == true ? .json : .text
  }

  private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
  private static let database = Array("SQLite format 3\u{0}".utf8)

  private static let signatures: [([UInt8], FileKind)] = [
    ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x50, 0x4B, 0x05, 0x06], .zip), ([0x1F, 0x8B], .gzip),
    (Array("<stata_dta>".utf8), .stata), ([0x00, 0x00, 0x27, 0x0A], .shapes),
  ]

  /// Whether a file begins as Stata's releases up to 12 do: release, byte order, 1, 0.
  private static func isOldStata(_ bytes: [UInt8]) -> Bool {
    bytes.count > 4 && (102...115).contains(bytes[0]) && (1...2).contains(bytes[1]) && bytes[2] == 1
      && bytes[3] == 0
  }

  /// Whether a file begins as a dBASE table: a version, a day, and a header of whole field descriptors.
  private static func isDBase(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 33, [0x03, 0x04, 0x05, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5].contains(bytes[0]) else {
      return false
    }
    let header = Int(bytes[8]) | Int(bytes[9]) << 8
    // Some writers leave the day at zero; what else is small here no text has.
    return bytes[2] <= 12 && bytes[3] <= 31 && header >= 33 && bytes[12..<14].allSatisfy { $0 <= 1 }
  }

  /// Whether a database says of itself that it is a GeoPackage: `GPKG`, `GP10` or `GP11` at byte 68.
  private static func isGeoPackage(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 72 && ["GPKG", "GP10", "GP11"].contains { bytes[68..<72].elementsEqual($0.utf8) }
  }

  /// The first letters of a text, in small letters, without what stands before the first sign.
  private static func head(of bytes: [UInt8]) -> String {
    var start = bytes.prefix(2048)
    // Of UTF-16 with its mark every other byte is enough to know a format by.
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      start = ArraySlice(start.dropFirst(2).filter { $0 != 0 })
    }
    let text = String(decoding: start, as: UTF8.self).lowercased()
    return String(text.drop { $0.isWhitespace || $0 == "\u{FEFF}" })
  }
}
