import RuralValue
import RuralValueFormats

/// Reads a call's input files and keeps a record of them.
final class InputReader {
  /// A file that was read: what the call named, and its bytes.
  struct Input {
    let path: String
    let bytes: [UInt8]
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
    if let known = inputs.first(where: { $0.path == path }) { return known.bytes }
    let bytes = path == "-" ? try console.readInput() : try files.bytes(of: path)
    inputs.append(Input(path: path, bytes: bytes))
    return bytes
  }

  /// Progress on the console's terminal, if it has one; none for a quiet call.
  func progress(isQuiet: Bool) -> Progress { Progress(isQuiet ? nil : console.progressLine) }

  /// The user's folder for what this program must remember, if there is a place for one.
  var stateFolder: String? { console.stateFolder }

  /// What messages call an input.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// Remembers where a table says of itself that it is simulated.
  func look(at table: Table) {
    if table.isSimulated { hasSimulatedData = true }
  }

  /// Adds to the notes.
  func note(_ notes: [Phrase]) {
    for note in notes where !self.notes.contains(note) { self.notes.append(note) }
  }
}

/// What the system said to Foundation, such as that a folder of the path is a file.
private func underlyingReason(_ error: CocoaError) -> String? {
  guard let system = error.underlying as? POSIXError else { return nil }
  let number = system.code.rawValue
  return number == ENOTDIR ? "a file stands in the way" : systemReason(number)
}

/// What the system says of a failed file operation, in a few words.
func reason(_ error: any Error) -> String {
  guard let cocoa = error as? CocoaError else { return "\(error)" }
  return switch cocoa.code {
  case .fileReadNoPermission, .fileWriteNoPermission: "permission denied"
  case .fileNoSuchFile, .fileReadNoSuchFile: "no such file or folder"
  case .fileWriteOutOfSpace: "the disk is full"
  case .fileWriteVolumeReadOnly: "the disk is read-only"
  case .fileWriteFileExists: "a file of that name is in the way"
  default: underlyingReason(cocoa) ?? "error \(cocoa.code.rawValue)"
  }
}
