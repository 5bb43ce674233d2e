/// Keeps what is read from being overwritten by what is written, however either is spelt: a name with dots or
/// without, links of both kinds, another case on a disk that takes it for the same.
struct InputGuard {
  /// Who reads, at the beginning of a sentence.
  let reader: String

  /// A file that is read.
  struct Input {
    /// What the call names it.
    let name: String
    /// Where it stands.
    let place: String
    let status: FileStatus?
  }

  /// What is written, with the words that follow "which stands where".
  enum Output {
    case file(String, writer: String)
    /// A folder all of whose files are the writer's.
    case folder(String, writer: String)
  }

  /// Throws `FileError.overwritesInput` for the first input that stands where something would be written.
  ///
  /// Where nothing stands yet, nothing can be overwritten, so that only the files that are there are compared.
  func requireApart(_ inputs: [Input], from outputs: [Output]) throws(FileError) {
    for input in inputs {
      guard let status = input.status, status.kind == .file else { continue }
      for output in outputs {
        let (isInTheWay, writer) =
          switch output {
          case .file(let path, let writer): (FileStatus(at: path)?.identity == status.identity, writer)
          case .folder(let path, let writer): (Self.stands(input.place, within: path), writer)
          }
        if isInTheWay { throw .overwritesInput(reader: reader, input: input.name, writer: writer) }
      }
    }
  }

  /// Whether a file stands in a folder or in one below it.
  private static func stands(_ file: String, within folder: String) -> Bool {
    guard let identity = FileStatus(at: folder)?.identity else { return false }
    var above = FileName.folder(of: SystemFile.realPath(file))
    while !above.isEmpty, FileStatus(at: above)?.identity != identity {
      above.removeLast()
      above = FileName.folder(of: above)
    }
    return !above.isEmpty
  }
}
