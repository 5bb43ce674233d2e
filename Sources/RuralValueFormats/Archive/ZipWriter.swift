/// Writes a zip archive of stored entries: nothing is packed, and every date is 1980-01-01, so that the same parts give
/// the same bytes.
///
/// Source: PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
enum ZipWriter {
  /// The archive of parts in their order; their names, with folders, are ASCII and differ.
  static func bytes(of parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    archive.reserveCapacity(parts.reduce(22) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 76 })
    var directory: [UInt8] = []
    for part in parts {
      let place = archive.count
      let facts = facts(of: part)
      archive += number(0x0403_4B50, bytes: 4) + facts + part.name.utf8 + part.bytes
      directory += number(0x0201_4B50, bytes: 4) + number(20, bytes: 2) + facts
      // No comment, the first disk, no attributes.
      directory += number(0, bytes: 10) + number(place, bytes: 4) + part.name.utf8
    }
    let start = archive.count
    return archive + directory + number(0x0605_4B50, bytes: 4) + number(0, bytes: 4)
      + number(parts.count, bytes: 2) + number(parts.count, bytes: 2) + number(directory.count, bytes: 4)
      + number(start, bytes: 4) + number(0, bytes: 2)
  }

  /// What an entry's own header and the directory say alike: version, flags, method, time, date, checksum, sizes, and
  /// the lengths of the name and of nothing more.
  private static func facts(of part: (name: String, bytes: [UInt8])) -> [UInt8] {
    let firstDay = 1 << 5 | 1
    return number(20, bytes: 2) + number(0, bytes: 2) + number(0, bytes: 2) + number(0, bytes: 2)
      + number(firstDay, bytes: 2) + number(Int(CRC32.checksum(of: part.bytes.span)), bytes: 4)
      + number(part.bytes.count, bytes: 4) + number(part.bytes.count, bytes: 4)
      + number(part.name.utf8.count, bytes: 2) + number(0, bytes: 2)
  }

  private static func number(_ number: Int, bytes count: Int) -> [UInt8] {
    (0..<count).map { place in place < 8 ? UInt8(truncatingIfNeeded: number >> (8 * place)) : 0 }
  }
}
