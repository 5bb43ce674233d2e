import RuralValue
import RuralValueFormats

/// Reads a call's input files and keeps a record of them.
final class InputReader {
  /// A file that was read: what the call named, its bytes, and which file it is, if it is one.
  struct Input {
    let path: String
    /// What was read, whole or in pieces that are gone.
    let content: Content
    let status: FileStatus?

    enum Content {
      case bytes([UInt8])
      /// What a gzip archive holds, and the archive's digest.
      case unpacked([UInt8], sha256: String)
      case pieces(sha256: String)
    }

    var bytes: [UInt8]? {
      switch content {
      case .bytes(let bytes), .unpacked(let bytes, _): bytes
      case .pieces: nil
      }
    }

    /// The file's name and digest as JSON names them.
    var digest: InputDigest {
      switch content {
      case .bytes(let bytes): InputDigest(path: FileName.written(path), bytes: bytes)
      case .pieces(let sha256), .unpacked(_, let sha256):
        InputDigest(path: FileName.written(path), sha256: sha256)
      }
    }
  }

  /// The files read so far, in the order of reading.
  private(set) var inputs: [Input] = []
  /// What reading had to decide, such as a detected encoding.
  private(set) var notes: [Phrase] = []
  /// Whether a table that was read says of itself that it is simulated.
  private(set) var hasSimulatedData = false
  /// The names of all columns that were read.
  private(set) var columns: Set<String> = []
  /// The sheets beside those that were read because none was named.
  private var otherSheets: [(source: String, others: [String])] = []
  private let console: any Console
  private let files: any InputFiles
  /// Whether a label for a name that is not there is spoken of: not in a step of a study, whose labels serve all steps.
  let looksForLabels: Bool
  /// What has been said of the shape of panels, by the steps of a study before this one and by this call.
  private(set) var told: [Phrase]

  /// A reader of files, by default those of the disk under their own names.
  init(
    _ console: any Console, files: any InputFiles = DiskFiles(), looksForLabels: Bool = true,
    told: [Phrase] = []
  ) {
    self.console = console
    self.files = files
    self.looksForLabels = looksForLabels
    self.told = told
  }

  /// What a reader must know of a panel's shape, as far as no step of the study before this one has said it.
  func shapeNotes(of panel: Panel) -> [Phrase] {
    let fresh = panel.shapeNotes.filter { !told.contains($0) }
    told += fresh
    return fresh
  }

  /// The bytes of a file, or of standard input for `-`; of a gzip archive what it holds.
  ///
  /// Throws `FileError`, with the nearest name in the same folder where the file is not there.
  func bytes(of path: String) throws -> [UInt8] {
    let path = parts(of: path).file
    let same = inputs.first { FileName.isSame($0.path, path) }
    if let bytes = same?.bytes { return bytes }
    let status = path == "-" ? console.inputStatus : files.status(of: path)
    // A pipe gives its bytes once, whatever it is called.
    let known = inputs.first { $0.status?.kind == .pipe && $0.status?.identity == status?.identity }
    let bytes = try known?.bytes ?? (path == "-" ? console.readInput() : files.bytes(of: path))
    let content = try content(bytes, path)
    let input = Input(path: path, content: content, status: status)
    if same == nil { inputs.append(input) }
    return input.bytes ?? bytes
  }

  /// Whether what was read of a file stood in a gzip archive.
  func isUnpacked(_ path: String) -> Bool {
    inputs.contains { input in
      if case .unpacked = input.content { FileName.isSame(input.path, path) } else { false }
    }
  }

  /// What was read of a file: its bytes, or what a gzip archive holds.
  private func content(_ bytes: [UInt8], _ path: String) throws -> Input.Content {
    guard FileKind(bytes) == .gzip else { return .bytes(bytes) }
    let unpacked = try GzipArchive.unpack(bytes, source: Self.name(of: path))
    try InputFile.requireRoom(for: unpacked, calledBy: Self.name(of: path))
    return .unpacked(unpacked, sha256: SHA256.hexadecimal(bytes))
  }

  /// The weights of a plain list of links, read from the disk in pieces that are not kept, or from bytes that are here
  /// anyway; nil for any other file, and for one that is too small for it to matter.
  func plainList(at path: String, _ options: WeightsOptions) throws -> WeightsReading? {
    guard parts(of: path).sheet == nil else { return nil }
    let source = InputReader.name(of: path)
    if path == "-" || inputs.contains(where: { FileName.isSame($0.path, path) }) {
      return try plainList(in: try bytes(of: path), source: source, options)
    }
    guard let status = files.status(of: path), status.kind == .file,
      status.size >= LinkListScanner.worthwhileSize
    else { return nil }
    var scanner = LinkListScanner(source: source, size: status.size)
    var hash = SHA256()
    var (isPlain, length) = (true, 0)
    let wasRead = try files.read(path) { piece in
      if length == 0, PolygonInput.isMeant(path, piece) { isPlain = false }
      length += piece.count
      isPlain = isPlain ? try scanner.take(piece) : false
      if isPlain { hash.update(piece) }
      return isPlain
    }
    guard wasRead else { return try plainList(in: try bytes(of: path), source: source, options) }
    guard isPlain, let reading = try scanner.finish(options) else { return nil }
    inputs.append(Input(path: path, content: .pieces(sha256: hash.hexadecimal), status: status))
    return reading
  }

  private func plainList(
    in bytes: [UInt8], source: String, _ options: WeightsOptions
  ) throws -> WeightsReading? {
    guard bytes.count >= LinkListScanner.worthwhileSize, !PolygonInput.isMeant(source, bytes) else {
      return nil
    }
    var scanner = LinkListScanner(source: source, size: bytes.count)
    return try scanner.take(bytes) ? try scanner.finish(options) : nil
  }

  /// A file and, where a name such as `book.xlsx#W` says so, one of its sheets.
  ///
  /// A file whose own name has such a sign is that file.
  func parts(of path: String) -> (file: String, sheet: String?) {
    SheetPath.parts(of: path) { isThere($0) }
  }

  /// Whether there is such a file.
  func isThere(_ path: String) -> Bool { files.status(of: path) != nil }

  /// Throws `FileError.overwritesInput` where a file that was read stands where one would be written.
  func requireApart(from outputs: [String]) throws(FileError) {
    try InputGuard(reader: "The call").requireApart(
      inputs.map { .init(name: Self.name(of: $0.path), place: $0.path, status: $0.status) },
      from: outputs.map { .file($0, writer: "it would write \($0)") })
  }

  /// Progress on the console's terminal, if it has one; none for a quiet call.
  func progress(isQuiet: Bool) -> Progress { Progress(isQuiet ? nil : console.progressLine) }

  /// The user's folder for what this program must remember, if there is a place for one.
  var stateFolder: String? { console.stateFolder }

  /// What messages call an input.
  static func name(of path: String) -> String { path == "-" ? "standard input" : VisibleText.line(path) }

  /// Remembers a table's columns, the sheets beside it, and whether it says of itself that it is simulated.
  func look(at table: Table, besides sheets: [String] = []) {
    columns.formUnion(table.columnNames)
    if table.isSimulated { hasSimulatedData = true }
    if !sheets.isEmpty { otherSheets.append((table.source, sheets)) }
  }

  /// The error, with the names of other sheets where it is about the whole of a sheet that nobody chose.
  func explained(_ error: any Error) -> any Error {
    guard let fault = error as? any Fault else { return error }
    let text = "\(error)"
    let sheet = otherSheets.first { text.contains($0.source) && !text.contains("\($0.source), line ") }
    return sheet.map { SheetFault(fault, others: $0.others) } ?? error
  }

  /// Remembers whether a result rests on simulated data.
  func look(at result: ResultFile) {
    if result.isSimulated { hasSimulatedData = true }
  }

  /// Adds to the notes.
  func note(_ notes: [Phrase]) {
    for note in notes where !self.notes.contains(note) { self.notes.append(note) }
  }
}
