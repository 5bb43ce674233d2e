import RuralValue

/// What can keep a file from being read or written.
enum FileError: Fault {
  case noSuchFile(path: String, neighbours: [String])
  case isFolder(path: String)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case cannotMakeFolder(path: String, reason: String)
  case cannotWriteOutput(reason: String)
  case cannotRun(program: String, reason: String)
  /// No program on the path makes PNG and PDF of a drawing.
  case noPictureProgram
  case pictureFailed(name: String, program: String, reason: String)
  /// Nothing but bytes 0.
  case isEmptySpace(path: String)
  /// What is written would take the place of what was read.
  case overwritesInput(reader: String, input: String, writer: String)

  var kind: FaultKind {
    switch self {
    case .overwritesInput: .usage
    case .isEmptySpace: .data
    default: .file
    }
  }

  var description: String {
    switch self {
    case .noSuchFile(let path, let neighbours):
      return "There is no file \"\(path)\".\(NearestName.question(for: path, among: neighbours))"
    case .isFolder(let path):
      return "\"\(path)\" is a folder; expected a file."
    case .cannotRead(let path, let reason):
      return "\(path) cannot be read: \(reason)."
    case .cannotWrite(let path, let reason):
      return "\(path) cannot be written: \(reason). Nothing stands there half-written."
    case .cannotWriteOutput(let reason):
      return "Standard output cannot be written: \(reason). What it was to hold is not all there."
    case .cannotRun(let program, let reason):
      return "\(program) cannot be run: \(reason)."
    case .noPictureProgram:
      return
        "No program that makes PNG and PDF of a drawing is on the PATH: neither rsvg-convert nor Chromium nor Inkscape."
        + " Install one, as with: apt install librsvg2-bin. Or take SVG."
    case .pictureFailed(let name, let program, let reason):
      return
        "\(program) did not make the picture \(name): \(reason). Nothing stands there half-written; SVG needs no other"
        + " program."
    case .cannotMakeFolder(let path, let reason):
      return "The folder \(path) cannot be made: \(reason). Name another with --out."
    case .isEmptySpace(let path):
      return
        "\(path) begins with \(InputFile.first) bytes 0; expected text. A device such as /dev/zero, or a file"
        + " whose download broke off, has such bytes."
    case .overwritesInput(let reader, let input, let writer):
      return "\(reader) reads \(input), which stands where \(writer)."
        + " Move the file, or name another place with --out."
    }
  }
}
