import RuralValue

/// Where the bytes of named input files come from.
protocol InputFiles: Sendable {
  /// A file's bytes. Throws `FileError`.
  func bytes(of name: String) throws -> [UInt8]
  /// What the system knows of a file; nil where there is none.
  func status(of name: String) -> FileStatus?
  /// Hands over a file's bytes piece by piece until the reader has enough; false where they are held as a whole
  /// anyway. Throws `FileError`.
  func read(_ name: String, by reader: (_ piece: [UInt8]) throws -> Bool) throws -> Bool
}

extension InputFiles {
  func read(_ name: String, by reader: (_ piece: [UInt8]) throws -> Bool) throws -> Bool { false }
}

/// The files of the disk under their own names.
struct DiskFiles: InputFiles {
  func bytes(of name: String) throws -> [UInt8] { try InputFile.bytes(at: name, calledBy: name) }

  func status(of name: String) -> FileStatus? { FileStatus(at: name) }

  func read(_ name: String, by reader: (_ piece: [UInt8]) throws -> Bool) throws -> Bool {
    try InputFile.read(at: name, calledBy: name, by: reader)
  }
}

/// Files, pipes and devices that are read to their end.
enum InputFile {
  /// How many bytes are read at a time.
  static let first = 1 << 16

  /// What a file takes in all until a verb has read it and looked at it, in bytes for each of its own and for each
  /// comma or line break, which end a cell or a coordinate.
  ///
  /// Measured as the most that a process had at a time, less the 20 MB of an empty one (release build): `describe`
  /// takes 102 MB for 31.6 MB of long numbers in 1.8 million cells, and 383 MB for 20.3 MB of single digits in 8.8
  /// million cells; `prepare --log` 296 MB for the former, and 241 MB for 28.5 MB of texts in 1.6 million cells; `weights`
  /// and `map` 86 MB at most for 16.0 MB of polygons with 1.7 million commas. The sum below says 295, 650, 267 and 201 MB.
  private static let memory = (perByte: 6.0, perCell: 60.0)

  /// The bytes of a file that messages call by another name. Throws `FileError` and `MemoryLimitError`.
  static func bytes(at path: String, calledBy name: String) throws -> [UInt8] {
    guard let file = SystemFile(path, for: .reading) ?? ownFile(path) else {
      throw missing(path, calledBy: name)
    }
    defer { file.close() }
    return try bytes(of: file, calledBy: name)
  }

  /// Hands over the bytes of a file in pieces of a megabyte. Throws `FileError`.
  static func read(
    at path: String, calledBy name: String, by reader: (_ piece: [UInt8]) throws -> Bool
  ) throws -> Bool {
    guard let file = SystemFile(path, for: .reading) else { return false }
    defer { file.close() }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      var filled = 0
      // A piece is whole but at the end, so that its beginning shows what the file is.
      while filled < chunk.count {
        var part = [UInt8](repeating: 0, count: chunk.count - filled)
        guard let count = file.next(&part) else {
          throw FileError.cannotRead(path: name, reason: systemReason())
        }
        if count == 0 { break }
        if filled == 0, count == chunk.count {
          chunk = part
        } else {
          chunk.replaceSubrange(filled..<(filled + count), with: part[..<count])
        }
        filled += count
      }
      guard filled > 0 else { return true }
      let isLast = filled < chunk.count
      guard try reader(isLast ? Array(chunk[..<filled]) : chunk), !isLast else { return true }
    }
  }

  /// The bytes of an open file up to its end, wherever that is by then.
  static func bytes(of file: SystemFile, calledBy name: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    if let status = file.status, status.kind == .file {
      try require(status.size, cells: 0, calledBy: name)
      bytes.reserveCapacity(status.size + 1)
    }
    var chunk = [UInt8](repeating: 0, count: first)
    var cells = 0
    while true {
      guard let count = file.next(&chunk) else {
        throw errno == EISDIR
          ? FileError.isFolder(path: name) : FileError.cannotRead(path: name, reason: systemReason())
      }
      if count == 0 { return bytes }
      // Text in UTF-16 has bytes 0, but never as many in a row.
      if bytes.isEmpty, count == first, chunk.allSatisfy({ $0 == 0 }) {
        throw FileError.isEmptySpace(path: name)
      }
      cells += separators(in: chunk.span.extracting(..<count))
      try require(bytes.count + count, cells: cells, calledBy: name)
      bytes += chunk[..<count]
    }
  }

  /// Throws `MemoryLimitError` where the bytes that a file holds are too many to be read.
  static func requireRoom(for bytes: [UInt8], calledBy name: String) throws(MemoryLimitError) {
    try require(bytes.count, cells: separators(in: bytes.span), calledBy: name)
  }

  /// How many commas and line breaks there are, counted without a branch, for every byte of an input passes here. Of 128
  /// bytes the count fits a byte, so that sixteen are looked at together.
  private static func separators(in bytes: Span<UInt8>) -> Int {
    var count = 0
    var start = 0
    while start < bytes.count {
      let end = min(start + 128, bytes.count)
      var few: UInt8 = 0
      for place in start..<end {
        let byte = unsafe bytes[unchecked: place]
        few &+= (byte == 0x2C ? 1 : 0) &+ (byte == 0x0A ? 1 : 0)
      }
      count += Int(few)
      start = end
    }
    return count
  }

  /// Throws `FileError`, with the nearest name in the same folder, where there is no such file.
  static func require(_ path: String, calledBy name: String) throws {
    guard let status = FileStatus(at: path) else { throw missing(path, calledBy: name) }
    guard status.kind != .folder else { throw FileError.isFolder(path: name) }
  }

  /// Throws `MemoryLimitError` where so many bytes are too many to be read.
  private static func require(_ count: Int, cells: Int, calledBy name: String) throws(MemoryLimitError) {
    try MemoryLimit.require(
      bytes: memory.perByte * Double(count) + memory.perCell * Double(cells),
      for: "\(name) has \(count) bytes or more; to read it",
      remedy: "Give only the rows and columns that are needed")
  }

  /// A file that this process has open already. The system does not open a socket by its name, nor what only whoever
  /// started the process may open, though both can be read.
  private static func ownFile(_ path: String) -> SystemFile? {
    let reason = errno
    defer { errno = reason }
    return OutputFile.ownDescriptor(path).flatMap { SystemFile(descriptor: $0).copy }
  }

  /// Why a file was not opened.
  private static func missing(_ path: String, calledBy name: String) -> FileError {
    let reason = errno
    guard reason == ENOENT || reason == ENOTDIR else {
      return .cannotRead(path: name, reason: systemReason(reason))
    }
    if let target = SystemFile.destination(ofLink: path) {
      return .cannotRead(path: name, reason: "it is a symbolic link to \(target), which is not there")
    }
    let neighbours = SystemFile.names(in: FileName.folder(of: path))
    return .noSuchFile(path: name, neighbours: neighbours.map { FileName.folder(of: name) + $0 })
  }
}
