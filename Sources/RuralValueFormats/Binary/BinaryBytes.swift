/// A file's bytes as numbers, low byte first or high byte first.
///
/// Whoever reads a number asks `holds` before, so that no count of a damaged file leads outside.
struct BinaryBytes {
  let bytes: [UInt8]
  var isHighFirst = false

  var count: Int { bytes.count }

  /// Whether so many bytes stand at a place; both may be what a hostile file says.
  @inline(__always)
  func holds(_ length: Int, at place: Int) -> Bool {
    length >= 0 && place >= 0 && place <= bytes.count && length <= bytes.count - place
  }

  /// The whole number in 1 to 8 bytes.
  @inline(__always)
  func unsigned(_ length: Int, at place: Int) -> UInt64 {
    var value: UInt64 = 0
    if isHighFirst {
      for offset in 0..<length { value = value << 8 | UInt64(bytes[place &+ offset]) }
    } else {
      for offset in 0..<length { value |= UInt64(bytes[place &+ offset]) << UInt64(8 &* offset) }
    }
    return value
  }

  /// A count or an offset in 1 to 8 bytes; one beyond `Int` counts as the largest, which nothing holds.
  func size(_ length: Int, at place: Int) -> Int { Int(clamping: unsigned(length, at: place)) }

  /// The whole number in 8 bytes; nil for one beyond `Int`.
  func integer(at place: Int) -> Int? { Int(exactly: unsigned(8, at: place)) }

  @inline(__always)
  func int8(at place: Int) -> Int { Int(Int8(bitPattern: bytes[place])) }

  @inline(__always)
  func int16(at place: Int) -> Int { Int(Int16(truncatingIfNeeded: unsigned(2, at: place))) }

  @inline(__always)
  func int32(at place: Int) -> Int { Int(Int32(truncatingIfNeeded: unsigned(4, at: place))) }

  @inline(__always)
  func double(at place: Int) -> Double { Double(bitPattern: unsigned(8, at: place)) }

  /// Whether a text of ASCII stands at a place.
  func reads(_ text: String, at place: Int) -> Bool {
    holds(text.utf8.count, at: place) && bytes[place..<place + text.utf8.count].elementsEqual(text.utf8)
  }

  /// The bytes of a field up to its first zero.
  func upToZero(_ field: Range<Int>) -> Range<Int> {
    field.lowerBound..<(bytes[field].firstIndex(of: 0) ?? field.upperBound)
  }

  /// Bytes as ASCII for a message, with a question mark for any other.
  func words(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
