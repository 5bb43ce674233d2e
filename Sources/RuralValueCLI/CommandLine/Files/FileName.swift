import RuralValue

/// Names of files, which are bytes to the system and text to everything else.
///
/// A byte that is no UTF-8 stands in the text as the scalar U+10FE00 + byte, which is for private use, and is that
/// byte again where the name goes to the system, as Python's surrogateescape has it. So a name of GBK bytes, whether
/// from the call's words or from the list of a folder, opens its file, and every text is a valid one. What stands
/// between slashes is found among the bytes: to Swift, a slash with a combining mark behind it is another letter.
enum FileName {
  private static let mark: UInt32 = 0x10FE00

  /// The name as text.
  static func text(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var position = 0
    func escape(_ count: Int) {
      for byte in bytes[position..<position + count] { text.append(Unicode.Scalar(mark + UInt32(byte))!) }
      position += count
    }
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let sequence):
        let scalar = UTF8.decode(sequence)
        // A name that has such a scalar by itself must come back as its own four bytes.
        guard byte(of: scalar) == nil else {
          escape(sequence.count)
          continue
        }
        text.append(scalar)
        position += sequence.count
      case .error(let length): escape(length)
      case .emptyInput: return String(text)
      }
    }
  }

  /// The bytes behind the text.
  static func bytes(_ name: String) -> [UInt8] {
    guard name.utf8.contains(where: { $0 == 0xF4 }) else { return Array(name.utf8) }
    return name.unicodeScalars.flatMap { scalar in
      byte(of: scalar).map { [$0] } ?? Array(UTF8.encode(scalar)!)
    }
  }

  /// The name as files of data hold it: a byte that is no UTF-8 as `\xC4`, and all else as it is.
  static func written(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == 0xF4 }) else { return name }
    return name.unicodeScalars.map { byte(of: $0) == nil ? String($0) : VisibleText.of(String($0)) }.joined()
  }

  /// Whether two texts are one name: of the same bytes, for Swift takes é in one scalar and in two for equal.
  static func isSame(_ name: String, _ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }

  /// The path up to its last slash; empty where it has none.
  static func folder(of path: String) -> String {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    return String(decoding: path.utf8[..<end], as: UTF8.self)
  }

  /// What follows the path's last slash.
  static func last(of path: String) -> String {
    String(decoding: path.utf8.dropFirst(folder(of: path).utf8.count), as: UTF8.self)
  }

  /// A name inside a folder.
  static func path(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") || folder.isEmpty ? folder + name : "\(folder)/\(name)"
  }

  /// Whether the path begins at the root.
  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  /// Calls the system with the name. No file has a byte 0 in its name, which would end it too early.
  static func give<Answer>(_ name: String, to body: (UnsafePointer<CChar>) -> Answer, failing: Answer)
    -> Answer
  {
    let bytes = bytes(name)
    guard !bytes.contains(0) else {
      errno = ENOENT
      return failing
    }
    return unsafe (bytes + [0]).withUnsafeBytes { buffer in
      unsafe body(buffer.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
  }

  private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    (mark + 0x80...mark + 0xFF).contains(scalar.value) ? UInt8(scalar.value - mark) : nil
  }
}

extension CommandLine {
  /// The words after the program's name, as names of files: `arguments` would lose what is no UTF-8 in them.
  static var words: [String] {
    let words = unsafe unsafeArgv
    return (1..<max(1, Int(argc))).compactMap { place in
      unsafe words[place].map { word in
        unsafe FileName.text(Array(UnsafeRawBufferPointer(start: word, count: strlen(word))))
      }
    }
  }
}
