/// A format that is known by its first bytes and not read.
public enum ForeignFormat: String, Sendable, CaseIterable {
  // MARK: Spreadsheets and documents
  case oldWorkbook, encryptedWorkbook, binaryWorkbook, openDocumentSpreadsheet, numbersDocument
  case xmlSpreadsheet, webPage, webArchive
  case oldOffice, wordDocument, presentation, openDocument, pdf, picture
  // MARK: Data
  case spss, sas, sasTransport, rObject, rWorkspace, parquet, feather, hdf, matlab
  // MARK: Maps and databases
  case geoPackage, database, kml, zippedKML, gml, otherXML
  // MARK: Archives and stand-ins
  case zippedFiles, tar, sevenZip, rar, bzip2, xz, zstandard, lfsPointer
}

extension ForeignFormat {
  /// The format of a compound file, by the streams that its directory names.
  ///
  /// A directory entry takes 128 bytes and begins with its name in UTF-16.
  /// Source: [MS-CFB], section 2.6.1.
  init(compoundFile bytes: Span<UInt8>) {
    var (isEncrypted, isWorkbook) = (false, false)
    var entry = 512
    while entry + 128 <= bytes.count {
      if ForeignFormat.stands("EncryptedPackage", in: bytes, at: entry) { isEncrypted = true }
      if ForeignFormat.stands("Workbook", in: bytes, at: entry)
        || ForeignFormat.stands("Book", in: bytes, at: entry)
      {
        isWorkbook = true
      }
      entry += 128
    }
    self = isEncrypted ? .encryptedWorkbook : isWorkbook ? .oldWorkbook : .oldOffice
  }

  /// Whether a name, with the zero at its end, stands here in UTF-16.
  private static func stands(_ name: String, in bytes: Span<UInt8>, at entry: Int) -> Bool {
    var place = entry
    for letter in name.utf8 {
      guard bytes[place] == letter, bytes[place + 1] == 0 else { return false }
      place += 2
    }
    return bytes[place] == 0 && bytes[place + 1] == 0
  }

  /// The format of a zip archive whose first entry says what it is; nil for a media type that is not known.
  init?(mediaType: String) {
    guard mediaType.hasPrefix("application/vnd.oasis.opendocument.") else { return nil }
    self = mediaType.contains("spreadsheet") ? .openDocumentSpreadsheet : .openDocument
  }

  /// The format of a file that begins with these bytes; nil where none is known by them.
  init?(signature bytes: [UInt8]) {
    // Source: POSIX.1, pax, ustar interchange format.
    if bytes.count >= 512, bytes[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
      return
    }
    guard let (_, format) = ForeignFormat.signatures.first(where: { bytes.starts(with: $0.0) }) else {
      return nil
    }
    // Parquet and Feather repeat their four letters at the end; of a table they may be a column's name.
    if format == .parquet || format == .feather && bytes.starts(with: "FEA1".utf8) {
      guard bytes.count > 8, bytes.suffix(4).elementsEqual(bytes.prefix(4)) else { return nil }
    }
    self = format
  }

  private static let signatures: [([UInt8], ForeignFormat)] =
    [
      (Array("%PDF-".utf8), .pdf), (Array("$FL2".utf8), .spss), (Array("$FL3".utf8), .spss),
      ([UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x60], .sas),
      (Array("HEADER RECORD*******LIB".utf8), .sasTransport),
      (Array("RDX2\n".utf8), .rWorkspace), (Array("RDX3\n".utf8), .rWorkspace),
      (Array("RDA2\n".utf8), .rWorkspace), (Array("RDA3\n".utf8), .rWorkspace),
      (Array("X\n\0\0\0".utf8), .rObject), (Array("A\n2\n".utf8), .rObject), (Array("A\n3\n".utf8), .rObject),
      (Array("PAR1".utf8), .parquet), (Array("ARROW1\0\0".utf8), .feather), (Array("FEA1".utf8), .feather),
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf), (Array("MATLAB 5.0 MAT-file".utf8), .matlab),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip), (Array("Rar!\u{1A}\u{7}".utf8), .rar),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz), ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], .picture), ([0xFF, 0xD8, 0xFF], .picture),
      (Array("GIF87a".utf8), .picture), (Array("GIF89a".utf8), .picture),
      (Array("version https://git-lfs".utf8), .lfsPointer),
    ]
    + (UInt8(ascii: "1")...UInt8(ascii: "9")).map { level in
      (Array("BZh".utf8) + [level, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], .bzip2)
    }

  /// The format of a text that begins like this, in small letters; nil where none is known by it.
  init?(head: String) {
    if let (_, format) = ForeignFormat.openings.first(where: { head.hasPrefix($0.0) }) {
      self = format
    } else if head.hasPrefix("<?xml") || head.hasPrefix("<kml") || head.hasPrefix("<gml") {
      self = ForeignFormat.marks.first { head.contains($0.0) }?.1 ?? .otherXML
    } else {
      return nil
    }
  }

  private static let openings: [(String, ForeignFormat)] = [
    ("<!doctype html", .webPage), ("<html", .webPage), ("<table", .webPage), ("<meta", .webPage),
    ("<head", .webPage), ("mime-version:", .webArchive),
  ]

  /// What stands near the beginning of XML of a kind.
  private static let marks: [(String, ForeignFormat)] = [
    ("urn:schemas-microsoft-com:office:spreadsheet", .xmlSpreadsheet), ("excel.sheet", .xmlSpreadsheet),
    ("<!doctype html", .webPage), ("<html", .webPage), ("<kml", .kml), ("opengis.net/kml", .kml),
    ("opengis.net/gml", .gml), ("<gml:", .gml),
  ]
}
