import RuralValue
import RuralValueFormats

/// Reads a call's input files and keeps a record of them.
final class InputReader {
  /// A file that was read: what the call named, its bytes, and which file it is, if it is one.
  struct Input {
    let path: String
    let bytes: [UInt8]
    let status: FileStatus?

    /// The file's name and digest as JSON names them.
    var digest: InputDigest { InputDigest(path: FileName.written(path), bytes: bytes) }
  }

  /// The files read so far, in the order of reading.
  private(set) var inputs: [Input] = []
  /// What reading had to decide, such as a detected encoding.
  private(set) var notes: [Phrase] = []
  /// Whether a table that was read says of itself that it is simulated.
  private(set) var hasSimulatedData = false
  private let console: any Console
  private let files: any InputFiles

  /// A reader of files, by default those of the disk under their own names.
  init(_ console: any Console, files: any InputFiles = DiskFiles()) {
    self.console = console
    self.files = files
  }

  /// The bytes of a file, or of standard input for `-`.
  ///
  /// Throws `FileError`, with the nearest name in the same folder where the file is not there.
  func bytes(of path: String) throws -> [UInt8] {
    if let known = inputs.first(where: { FileName.isSame($0.path, path) }) { return known.bytes }
    let status = path == "-" ? console.inputStatus : files.status(of: path)
    // A pipe gives its bytes once, whatever it is called.
    let known = inputs.first { $0.status?.kind == .pipe && $0.status?.identity == status?.identity }
    let bytes = try known?.bytes ?? (path == "-" ? console.readInput() : files.bytes(of: path))
    inputs.append(Input(path: path, bytes: bytes, status: status))
    return bytes
  }

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

  /// Remembers where a table says of itself that it is simulated.
  func look(at table: Table) {
    if table.isSimulated { hasSimulatedData = true }
  }

  /// Adds to the notes.
  func note(_ notes: [Phrase]) {
    for note in notes where !self.notes.contains(note) { self.notes.append(note) }
  }
}
