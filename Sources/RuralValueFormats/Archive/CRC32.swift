/// The checksum of zip and gzip: a cyclic redundancy check with the reflected polynomial 0xEDB88320.
///
/// Eight bytes at a time by eight tables: a byte's table entry is moved on by the zeros that follow it.
/// Source: RFC 1952, section 8; Kounavis and Berry (2008), slicing-by-8.
enum CRC32 {
  /// The checksum of bytes.
  static func checksum(of bytes: Span<UInt8>) -> UInt32 {
    let tables = tables.span
    var sum = UInt32.max
    var place = 0
    while place + 8 <= bytes.count {
      let first = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
      let second = UInt32(bytes[place + 2]) | UInt32(bytes[place + 3]) << 8
      let low = sum ^ (first | second << 16)
      let early = tables[0x700 + Int(low & 0xFF)] ^ tables[0x600 + Int(low >> 8 & 0xFF)]
      let middle = tables[0x500 + Int(low >> 16 & 0xFF)] ^ tables[0x400 + Int(low >> 24)]
      let late = tables[0x300 + Int(bytes[place + 4])] ^ tables[0x200 + Int(bytes[place + 5])]
      let last = tables[0x100 + Int(bytes[place + 6])] ^ tables[Int(bytes[place + 7])]
      sum = early ^ middle ^ late ^ last
      place += 8
    }
    while place < bytes.count {
      sum = tables[Int((sum ^ UInt32(bytes[place])) & 0xFF)] ^ sum >> 8
      place += 1
    }
    return ~sum
  }

  /// Table k holds at k · 256 + b what byte b comes to when k zeros follow it.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = []
    for byte: UInt32 in 0..<256 {
      var sum = byte
      for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
      tables.append(sum)
    }
    for place in 256..<2048 {
      let before = tables[place - 256]
      tables.append(tables[Int(before & 0xFF)] ^ before >> 8)
    }
    return tables
  }()
}
