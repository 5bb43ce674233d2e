#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a file's bytes stand for characters.
public struct TextEncoding: Sendable, Equatable {
  /// The name that the C library knows it by.
  public let name: String

  /// An encoding by its name, of any case; GB2312, GBK and CP936 count as the GB18030 that contains them.
  public init(_ name: String) {
    let upper = name.uppercased()
    self.name =
      switch upper {
      case "UTF8", "UTF-8", "UTF-8-SIG", "UTF-8-BOM", "ASCII", "US-ASCII": "UTF-8"
      case "GB2312", "GB-2312", "EUC-CN", "GBK", "CP936", "MS936", "GB18030", "ANSI936": "GB18030"
      case "UTF16LE": "UTF-16LE"
      case "UTF16BE": "UTF-16BE"
      default: upper
      }
  }

  /// UTF-8, with or without a byte-order mark.
  public static let utf8 = TextEncoding("UTF-8")
  /// GB18030, which contains GBK and GB2312.
  public static let gb18030 = TextEncoding("GB18030")
  /// UTF-16, low byte first, as Excel saves "Unicode text".
  public static let utf16LittleEndian = TextEncoding("UTF-16LE")
  /// UTF-16, high byte first.
  public static let utf16BigEndian = TextEncoding("UTF-16BE")

  /// UTF-16 by its byte-order mark, and the length of that.
  static func wideMark(in input: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if input.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if input.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }
}

/// Bytes of any encoding to UTF-8, by the C library's iconv.
///
/// The only file of this module with `unsafe`: Foundation knows GB18030 too, but brings 50 MB of tables and
/// a slower start, and iconv is a C interface of pointers. All of them stay inside this one function.
enum CharacterDecoding {
  /// Why bytes could not be decoded.
  enum Failure: Error, Equatable {
    /// The C library does not know the encoding.
    case unknownEncoding
    /// The bytes from this position on are no character of the encoding.
    case invalid(position: Int)
  }

  /// The bytes as UTF-8.
  static func utf8(of input: [UInt8], from encoding: TextEncoding) throws(Failure) -> [UInt8] {
    let descriptor = unsafe iconv_open("UTF-8", encoding.name)
    // iconv_open answers (iconv_t)(-1) for an encoding that it does not know.
    guard Int(bitPattern: descriptor) != -1 else { throw .unknownEncoding }
    defer { unsafe _ = iconv_close(descriptor) }

    var input = input
    var consumed = 0
    var output: [UInt8] = []
    // GB18030 grows by half at most; other encodings take another turn of the loop.
    var room = input.count + input.count / 2 + 16
    while true {
      var code: Int32 = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        unsafe input.withUnsafeMutableBytes { source in
          var from = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
          unsafe from = unsafe from.map { unsafe $0 + consumed }
          var left = source.count - consumed
          var to: UnsafeMutablePointer<CChar>? = unsafe UnsafeMutableRawPointer(buffer.baseAddress!)
            .assumingMemoryBound(to: CChar.self)
          var free = buffer.count
          let result = unsafe iconv(descriptor, &from, &left, &to, &free)
          code = result == -1 ? errno : 0
          consumed = source.count - left
          count = buffer.count - free
        }
      }
      output += chunk
      guard code != 0 else { return output }
      // EILSEQ: no character; EINVAL: the text ends within one.
      guard code == E2BIG else { throw .invalid(position: consumed) }
      room = max(room, 4096)
    }
  }
}

/// Finds what keeps bytes from being UTF-8 text.
enum UTF8Check {
  /// What the bytes are.
  enum Outcome: Equatable {
    /// UTF-8 text without a NUL.
    case text
    /// A NUL stands at this position, and all before it is text.
    case nul(position: Int)
    /// No character begins at this position, and all before it is text.
    case invalid(position: Int)
  }

  /// Looks at all bytes from a position on.
  static func outcome(of bytes: Span<UInt8>, from start: Int = 0) -> Outcome {
    var next = start
    while next < bytes.count {
      next = endOfPlainText(in: bytes, from: next)
      // Characters one by one, for a stretch; most of a table is digits again soon.
      let stretch = min(next + 32, bytes.count)
      while next < stretch {
        if bytes[next] == 0 { return .nul(position: next) }
        let length = lengthOfCharacter(in: bytes, at: next)
        if length == 0 { return .invalid(position: next) }
        next += length
      }
    }
    return .text
  }

  /// How many characters beyond ASCII are sound, and how many bytes belong to none.
  static func census(of bytes: Span<UInt8>) -> (characters: Int, strays: Int) {
    var characters = 0
    var strays = 0
    var next = 0
    while next < bytes.count {
      let length = lengthOfCharacter(in: bytes, at: next)
      if length == 0 { strays += 1 }
      if length > 1 { characters += 1 }
      next += max(length, 1)
    }
    return (characters, strays)
  }

  /// Skips blocks of 32 bytes that are ASCII without NUL.
  private static func endOfPlainText(in bytes: Span<UInt8>, from start: Int) -> Int {
    var next = start
    while next + 32 <= bytes.count {
      var gathered: UInt8 = 0
      for offset in 0..<32 {
        let byte = bytes[next &+ offset]
        // The highest bit of the second term is set for zero only.
        gathered |= byte | ((byte &- 1) & ~byte)
      }
      if gathered >= 0x80 { break }
      next += 32
    }
    return next
  }

  /// The number of bytes of the character that begins here, zero where none does.
  /// Source: The Unicode Standard, table 3-7.
  static func lengthOfCharacter(in bytes: Span<UInt8>, at position: Int) -> Int {
    let lead = bytes[position]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return 0 }
    for offset in 2..<max(length, 2) where bytes[position + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
