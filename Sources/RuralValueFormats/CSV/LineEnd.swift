/// Line ends: LF, CRLF and the lone CR of old Macintosh files.
enum LineEnd {
  /// The bytes of the first line end from a position on.
  static func next(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var next = start
    while next < bytes.count {
      if let length = length(in: bytes, at: next) { return next..<(next + length) }
      next += 1
    }
    return nil
  }

  /// The length of the line end that stands here.
  @inline(__always)
  static func length(in bytes: Span<UInt8>, at position: Int) -> Int? {
    switch bytes[position] {
    case UInt8(ascii: "\n"): 1
    case UInt8(ascii: "\r"):
      position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n") ? 2 : 1
    default: nil
    }
  }
}
