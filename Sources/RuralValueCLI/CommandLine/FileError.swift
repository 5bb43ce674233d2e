import RuralValue

/// What can keep a file from being read or written.
enum FileError: Fault {
  case noSuchFile(path: String, neighbours: [String])
  case isFolder(path: String)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case cannotWriteOutput(reason: String)
  case cannotMakeFolder(path: String, reason: String)

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .noSuchFile(let path, let neighbours):
      "There is no file \"\(path)\".\(NearestName.question(for: path, among: neighbours))"
    case .isFolder(let path):
      "\"\(path)\" is a folder; expected a file."
    case .cannotRead(let path, let reason):
      "\(path) cannot be read: \(reason)."
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(reason). Nothing stands there half-written."
    case .cannotWriteOutput(let reason):
      "Standard output cannot be written: \(reason). What it was to hold is not all there."
    case .cannotMakeFolder(let path, let reason):
      "The folder \(path) cannot be made: \(reason). Name another with --out."
    }
  }
}
