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
