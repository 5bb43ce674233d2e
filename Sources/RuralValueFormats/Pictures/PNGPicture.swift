/// A picture in PNG as another program wrote it, and how large it is on paper.
///
/// Source: W3C, Portable Network Graphics (second edition), sections 5.3 and 11.3.5.3.
public struct PNGPicture: Sendable {
  /// Its size in pixels.
  public let width: Int
  /// The number of its rows.
  public let height: Int
  private let bytes: [UInt8]

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// A picture from its bytes; nil where they are none, or do not end as one.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count > 45, bytes.starts(with: Self.signature), Self.kind(bytes, 8) == Array("IHDR".utf8),
      Self.kind(bytes, bytes.count - 12) == Array("IEND".utf8)
    else { return nil }
    self.bytes = bytes
    (width, height) = (Self.number(bytes, 16), Self.number(bytes, 20))
  }

  /// The bytes with the number of pixels an inch, which printers and Word go by, in the place of any that there is.
  public func bytes(dotsPerInch: Int) -> [UInt8] {
    // The unit is a metre.
    let density = Int((Double(dotsPerInch) / 0.0254).rounded())
    let size = Array("pHYs".utf8) + Self.bytes(of: density) + Self.bytes(of: density) + [1]
    let chunk = Self.bytes(of: 9) + size + Self.bytes(of: Int(CRC32.checksum(of: size.span)))
    // The header is the first chunk, of 13 bytes.
    var result = Array(bytes[..<33]) + chunk
    var place = 33
    while place + 12 <= bytes.count {
      let end = place + 12 + Self.number(bytes, place)
      guard end <= bytes.count else { return bytes }
      if Self.kind(bytes, place) != Array("pHYs".utf8) { result += bytes[place..<end] }
      place = end
    }
    return result
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func bytes(of number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// The four letters of the chunk that begins there.
  private static func kind(_ bytes: [UInt8], _ place: Int) -> [UInt8] {
    Array(bytes[(place + 4)..<(place + 8)])
  }
}
