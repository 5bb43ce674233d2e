public import RuralValue

/// What can keep a zip or gzip archive from being read.
public enum ArchiveError: Fault {
  /// No directory stands at the end of the file.
  case noDirectory(source: String)
  /// The archive goes on in other files.
  case split(source: String)
  /// The directory does not lie within the file.
  case directoryOutside(source: String)
  /// The directory has another number of entries than the end of the file says.
  case wrongEntryCount(source: String, stated: Int, found: Int)
  /// More entries than are read.
  case tooManyEntries(source: String, count: Int)
  /// Two entries of one name.
  case duplicateEntry(source: String, name: String)
  /// Two entries share bytes.
  case overlap(source: String, first: String, second: String)
  /// An entry does not lie within the file, or something else stands in its place.
  case entryOutside(source: String, name: String)
  /// An entry has a password.
  case encrypted(source: String, name: String)
  /// An entry is packed in another way than by deflate.
  case otherMethod(source: String, name: String, method: Int)
  /// An entry, or a whole gzip archive where there is no name, cannot be unpacked.
  case damaged(source: String, name: String?, reason: Damage)
  /// An entry would be far larger than its packed bytes.
  case bomb(source: String, name: String?, packed: Int, size: Int)
  /// An archive's entries would be larger than is read.
  case tooLarge(source: String, name: String?, size: Int)

  /// What is wrong with packed bytes.
  public enum Damage: Sendable, Equatable {
    /// They are no deflate stream.
    case stream
    /// They end too early.
    case cutShort
    /// They give another number of bytes than was stated.
    case size(stated: Int)
    /// Other bytes follow where they end.
    case rest
    /// They give bytes of another checksum.
    case checksum
    /// The header is none.
    case header
  }

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, and what to do.
  public var description: String {
    switch self {
    case .noDirectory(let source):
      "\(source): the file begins as a zip archive (as .xlsx is one) and has no directory at its end, so that it is"
        + " cut short. Copy or download it again."
    case .split(let source):
      "\(source): the zip archive is split into several files. Join them, or pack it again as one."
    case .directoryOutside(let source):
      "\(source): the zip archive's directory does not lie within the file. \(Self.again)"
    case .wrongEntryCount(let source, let stated, let found):
      "\(source): the end of the zip archive promises \(stated) entries, and its directory holds \(found). \(Self.again)"
    case .tooManyEntries(let source, let count):
      "\(source): the zip archive has \(count) entries; at most \(ArchiveLimits.entries) are read. Pack only the file"
        + " that is needed."
    case .duplicateEntry(let source, let name):
      "\(source): two entries of the zip archive are called \(name), so that it is open which one counts. Open the file"
        + " in the program that made it and save it again."
    case .overlap(let source, let first, let second):
      "\(source): the entries \(first) and \(second) of the zip archive share the same bytes, as no program writes"
        + " them. \(Self.again)"
    case .entryOutside(let source, let name):
      "\(source): the zip archive's directory places \(name) where it does not stand, or beyond the end of the file."
        + " \(Self.again)"
    case .encrypted(let source, let name):
      "\(source): the entry \(name) of the zip archive has a password. Save the file without one."
    case .otherMethod(let source, let name, let method):
      "\(source): the entry \(name) is compressed by \(Self.name(ofMethod: method)); a spreadsheet has it stored or"
        + " deflated. Pack it again as an ordinary zip archive, or save it from the spreadsheet."
    case .damaged, .bomb, .tooLarge: descriptionOfContent
    }
  }

  private var descriptionOfContent: String {
    switch self {
    case .damaged(let source, let name, let reason):
      "\(Self.place(source, name)) is damaged: \(Self.words(for: reason)). \(Self.again)"
    case .bomb(let source, let name, let packed, let size):
      "\(Self.place(source, name)) would grow from \(packed) to \(size) bytes or more, over \(ArchiveLimits.ratio) times"
        + " its size, as no table does; nothing was unpacked. If it is no trick, save the table as CSV."
    case .tooLarge(let source, let name, let size):
      "\(Self.place(source, name)) would take \(size) bytes unpacked or more; at most"
        + " \(ArchiveLimits.expandedBytes >> 20) MiB are unpacked of one file. Give only the rows and columns that are"
        + " needed, or save the table as CSV."
    default: ""
    }
  }

  private static let again =
    "Copy or download it again, or open it in the program that made it and save it anew."

  private static func place(_ source: String, _ name: String?) -> String {
    name.map { "\(source): the entry \($0)" } ?? "\(source): the gzip archive"
  }

  private static func name(ofMethod method: Int) -> String {
    let known = [
      9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES encryption",
    ]
    return known[method].map { "\($0) (method \(method))" } ?? "method \(method)"
  }

  private static func words(for reason: Damage) -> String {
    switch reason {
    case .stream: "its bytes are no deflate stream"
    case .cutShort: "its bytes end too early"
    case .size(let stated): "it does not unpack to the \(stated) bytes that its header states"
    case .rest: "other bytes follow where it ends"
    case .checksum: "its checksum is wrong, so that some byte was changed"
    case .header: "its header is none"
    }
  }
}
