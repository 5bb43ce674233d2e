import RuralValue
import RuralValueFormats

/// The key by which this program knows again what it wrote itself.
///
/// A study's folder may come from a stranger. What lies in its `.study` would otherwise be believed: results that
/// nobody computed, and lists of files that may be written over. So each record and each line of the journal carries
/// a code that only this key makes, and the key lies outside every study, where its user alone can read it. What has
/// no code, or another key's, is as if it were not there: steps are run again, and files are kept.
///
/// A code does not name the folder, so that a study that its user moves or copies is reused. Whoever has seen the
/// user's own records can put them into another folder, but unchanged, and there they say what is true: a record is
/// used only where program, call, inputs and outputs are the same bytes as when it was made, and a line of the journal
/// tells only that a file of exactly these bytes is this program's work, which it can make again.
///
/// The manifest has no code, for it is the same on every machine; it is believed where the journal has its digest.
struct RecordKey: Sendable {
  private let bytes: [UInt8]

  private static let byteCount = 32

  /// The code of some bytes, of which none serves for another purpose.
  func code(of bytes: [UInt8], for purpose: String) -> String {
    MessageAuthentication.hexadecimal(Array("\(purpose)\u{0}".utf8) + bytes, key: self.bytes)
  }

  /// The user's own key in the folder where programs keep what they must remember, made if it is missing.
  init(inStateFolder folder: String?) throws(RecordKeyError) {
    guard let folder else { throw .noHome }
    Self.makeFolder(folder)
    try self.init(file: Self.file(inStateFolder: folder))
  }

  /// The file of the user's own key, made or not.
  static func file(inStateFolder folder: String) -> String { "\(folder)/record-key" }

  /// The key in a file, made if it is missing: of several processes that begin at once, all have the same.
  init(file path: String) throws(RecordKeyError) {
    if let bytes = try Self.read(path) {
      self.bytes = bytes
      return
    }
    try Self.make(path)
    guard let bytes = try Self.read(path) else { throw .cannotMake(path: path, reason: "it has gone again") }
    self.bytes = bytes
  }

  /// A key's bytes from its file; nil where there is no file.
  private static func read(_ path: String) throws(RecordKeyError) -> [UInt8]? {
    // A pipe without a writer would wait for one.
    let descriptor = unsafe FileName.give(
      path, to: { unsafe open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }, failing: -1)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw .cannotRead(path: path, reason: systemReason()) }
      return nil
    }
    let file = SystemFile(descriptor: descriptor)
    defer { file.close() }
    guard let status = file.status, status.kind == .file else { throw .isNoKey(path: path) }
    guard status.owner == geteuid() else { throw .isOfAnother(path: path) }
    guard status.mode & 0o077 == 0 else { throw .isOpen(path: path, mode: status.mode & 0o777) }
    guard status.size <= 4096, let text = file.bytes, let bytes = bytes(ofText: text) else {
      throw .isNoKey(path: path)
    }
    return bytes
  }

  /// The bytes that 64 hexadecimal digits and a line break stand for.
  private static func bytes(ofText text: [UInt8]) -> [UInt8]? {
    let digits = text.prefix(2 * byteCount).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 2 * byteCount, text.dropFirst(digits.count) == [0x0A] else { return nil }
    return (0..<byteCount).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) }
  }

  /// Makes a key under a name of its own, and then gives it its place unless another process was faster: so the place
  /// never holds half a key, and never two one after the other.
  private static func make(_ path: String) throws(RecordKeyError) {
    let temporary = "\(path).\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    guard let file = SystemFile(temporary, for: .making, mode: 0o600) else {
      throw .cannotMake(path: path, reason: systemReason())
    }
    defer { SystemFile.remove(temporary) }
    // The system's own source of random numbers, which is fit for keys.
    let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255) }
    let isWritten =
      fchmod(file.descriptor, 0o600) == 0 && file.write(Array("\(SHA256.digits(of: bytes))\n".utf8))
      && fsync(file.descriptor) == 0
    let reason = systemReason()
    file.close()
    guard isWritten else { throw .cannotMake(path: path, reason: reason) }
    let answer = unsafe FileName.give(
      temporary, to: { made in unsafe FileName.give(path, to: { unsafe link(made, $0) }, failing: -1) },
      failing: -1)
    guard answer == 0 || errno == EEXIST else { throw .cannotMake(path: path, reason: systemReason()) }
  }

  /// Makes a folder for the user alone, and those above it; where that fails, the file in it says why.
  private static func makeFolder(_ path: String) {
    func make() -> Bool { unsafe FileName.give(path, to: { unsafe mkdir($0, 0o700) == 0 }, failing: false) }
    let above = String(FileName.folder(of: path).dropLast())
    guard !make(), errno == ENOENT, !above.isEmpty else { return }
    makeFolder(above)
    _ = make()
  }
}

/// What can keep a key from being used.
enum RecordKeyError: Fault {
  case noHome
  case cannotMake(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case isNoKey(path: String)
  case isOfAnother(path: String)
  case isOpen(path: String, mode: mode_t)

  var kind: FaultKind { .file }

  var description: String {
    switch self {
    case .noHome:
      "There is no folder for the key of records: neither XDG_STATE_HOME nor HOME names one."
    case .cannotMake(let path, let reason): "The key of records, \(path), cannot be made: \(reason)."
    case .cannotRead(let path, let reason): "The key of records, \(path), cannot be read: \(reason)."
    case .isNoKey(let path):
      "\(path) is no key of records; expected 64 hexadecimal digits and a line break. Remove it, and a new one is"
        + " made."
    case .isOfAnother(let path):
      "The key of records, \(path), belongs to another user; expected one of your own."
    case .isOpen(let path, let mode):
      "The key of records, \(path), can be read or changed by others (its mode is \(String(mode, radix: 8)));"
        + " expected 600. Remove it, and a new one is made; where nobody else can have used it, chmod 600 is enough."
    }
  }
}
