import TestSupport
import Testing

@testable import RuralValueFormats

/// Deflate, gzip and the checksum that both archives have.
@Suite struct InflaterTests {
  private static func unpacked(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> String {
    String(decoding: try unpack(bytes, limit: limit).bytes, as: UTF8.self)
  }

  private static func unpack(
    _ bytes: [UInt8], limit: Int
  ) throws(Inflater.Obstacle) -> (bytes: [UInt8], end: Int) {
    try Inflater.unpack(bytes.span, from: 0, limit: limit)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 { CRC32.checksum(of: bytes.span) }

  /// Streams that zlib wrote, with what they hold.
  @Test func `stored, fixed and dynamic blocks are unpacked`() throws {
    #expect(try Self.unpacked([1, 3, 0, 0xFC, 0xFF, 0x61, 0x62, 0x63]) == "abc")
    #expect(try Self.unpacked([0x4B, 0x4C, 0x4A, 0x06, 0x00]) == "abc")
    // A run: one literal and a match that reaches into itself.
    #expect(try Self.unpacked([0x4B, 0x4C, 0x44, 0x02, 0x00]) == String(repeating: "a", count: 13))
    #expect(try Self.unpacked(Packed.dynamic) == Packed.text)
  }

  @Test func `bytes behind the stream are not read`() throws {
    let (bytes, end) = try Self.unpack([0x4B, 0x4C, 0x4A, 0x06, 0x00] + Array("rest".utf8), limit: 9)
    #expect(bytes == Array("abc".utf8) && end == 5)
  }

  @Test(arguments: [
    ([] as [UInt8], Inflater.Obstacle.truncated), ([0x4B, 0x4C], .truncated), ([7], .blockKind),
    ([1, 3, 0, 0xFC, 0xFE, 1, 2, 3], .storedLength), ([1, 3, 0, 0xFC, 0xFF, 1], .truncated),
    // A distance of one before the first byte.
    ([0x03, 0x02, 0x00], .distance),
  ])
  func `what is no stream says why`(bytes: [UInt8], obstacle: Inflater.Obstacle) {
    #expect(throws: obstacle) { try Self.unpack(bytes, limit: 100) }
  }

  @Test func `no more than the limit is unpacked`() throws {
    #expect(try Self.unpacked(Packed.dynamic, limit: Packed.text.utf8.count) == Packed.text)
    #expect(throws: Inflater.Obstacle.tooLong) {
      try Self.unpack(Packed.dynamic, limit: Packed.text.utf8.count - 1)
    }
  }

  @Test func `a code with too many or too few words is none`() {
    let symbols = [UInt32](repeating: 0, count: 4)
    func code(_ lengths: [UInt8], allowsFew: Bool = true) -> HuffmanTable? {
      HuffmanTable(lengths: lengths.span, width: 9, symbols: symbols, allowsFew: allowsFew)
    }
    #expect(code([1, 1, 0, 0]) != nil && code([1, 2, 3, 3]) != nil && code([1, 0, 0, 0]) != nil)
    #expect(code([1, 1, 1, 0]) == nil && code([2, 2, 2, 0]) == nil && code([2, 0, 0, 0]) == nil)
    #expect(code([1, 0, 0, 0], allowsFew: false) == nil)
    // Words of more bits than the first table has.
    #expect(code([1, 2, 15, 15]) == nil)
  }

  @Test func `the checksum of the nine digits is the one that the standards give`() {
    #expect(Self.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(Self.checksum([]) == 0)
    let long = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var sum: UInt32 = .max
    for byte in long {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    #expect(Self.checksum(long) == ~sum)
  }

  // MARK: - gzip

  private static func member(_ name: String? = nil) -> [UInt8] {
    let head: [UInt8] = [0x1F, 0x8B, 8, name == nil ? 0 : 8, 0, 0, 0, 0, 0, 3]
    let abc: [UInt8] = [0x4B, 0x4C, 0x4A, 0x06, 0x00, 0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0]
    return head + (name.map { Array($0.utf8) + [0] } ?? []) + abc
  }

  @Test func `the members of an archive stand behind each other`() throws {
    let one = try GzipArchive.unpack(Self.member("a.csv"), source: "a.gz")
    #expect(one == Array("abc".utf8))
    let two = try GzipArchive.unpack(Self.member() + Self.member("b") + [0, 0, 0], source: "a.gz")
    #expect(two == Array("abcabc".utf8))
  }

  @Test func `a damaged archive is refused with what is wrong`() {
    func requireDamage(_ bytes: [UInt8], _ reason: ArchiveError.Damage) {
      #expect(throws: ArchiveError.damaged(source: "a.gz", name: nil, reason: reason)) {
        try GzipArchive.unpack(bytes, source: "a.gz")
      }
    }
    requireDamage(Array(Self.member().dropLast()), .cutShort)
    requireDamage(Array(Self.member().prefix(12)), .cutShort)
    requireDamage(Array(Self.member().prefix(5)), .cutShort)
    requireDamage(Self.member() + Array("text".utf8), .rest)
    var sum = Self.member()
    sum[sum.count - 8] ^= 1
    requireDamage(sum, .checksum)
    var size = Self.member()
    size[size.count - 4] = 4
    requireDamage(size, .size(stated: 4))
    var method = Self.member()
    method[2] = 7
    requireDamage(method, .header)
  }

  @Test func `mutated streams never give more than the limit, nor an end beyond the input`() {
    var state: UInt64 = 42
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<20_000 {
      var bytes = Packed.dynamic
      for _ in 0...next(3) { bytes[next(bytes.count)] ^= UInt8(1 << next(8)) }
      if next(4) == 0 { bytes = Array(bytes.prefix(next(bytes.count))) }
      guard let (unpacked, end) = try? Self.unpack(bytes, limit: 5000) else { continue }
      #expect(unpacked.count <= 5000 && end <= bytes.count)
    }
  }
}
