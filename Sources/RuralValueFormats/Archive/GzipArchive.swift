import RuralValue

/// A gzip archive: one file, in one member or in several behind each other.
/// Source: RFC 1952, section 2.3.
public enum GzipArchive {
  /// The bytes of the file, unpacked.
  ///
  /// Throws `ArchiveError` where they are damaged, or would be too large.
  public static func unpack(_ bytes: [UInt8], source: String) throws(ArchiveError) -> [UInt8] {
    var unpacked: [UInt8] = []
    var place = 0
    repeat {
      place = try unpackMember(of: bytes, from: place, into: &unpacked, source: source)
      // Tapes and some writers fill up with zeros.
      if place < bytes.count, bytes[place...].allSatisfy({ $0 == 0 }) { break }
    } while place < bytes.count
    return unpacked
  }

  /// Adds a member's bytes to those before; returns where the member ends.
  private static func unpackMember(
    of bytes: [UInt8], from start: Int, into unpacked: inout [UInt8], source: String
  ) throws(ArchiveError) -> Int {
    func damaged(_ reason: ArchiveError.Damage) -> ArchiveError {
      .damaged(source: source, name: nil, reason: reason)
    }
    guard bytes.count - start >= 2, bytes[start] == 0x1F, bytes[start + 1] == 0x8B else {
      throw damaged(start == 0 ? .header : .rest)
    }
    guard let data = try endOfHeader(of: bytes, from: start, source: source) else { throw damaged(.cutShort) }
    let most = max(ArchiveLimits.freeTextBytes, bytes.count * ArchiveLimits.ratio)
    let limit = min(most, ArchiveLimits.expandedBytes) - unpacked.count
    let (member, end): ([UInt8], Int)
    do throws(Inflater.Obstacle) {
      (member, end) = try Inflater.unpack(bytes.span, from: data, limit: limit)
    } catch {
      guard case .tooLong = error else { throw damaged(ArchiveError.Damage(error, stated: 0)) }
      let size = limit + unpacked.count
      throw most < ArchiveLimits.expandedBytes
        ? .bomb(source: source, name: nil, packed: bytes.count, size: size)
        : .tooLarge(source: source, name: nil, size: size)
    }
    guard end + 8 <= bytes.count else { throw damaged(.cutShort) }
    let numbers = BinaryBytes(bytes: bytes)
    guard numbers.size(4, at: end) == Int(CRC32.checksum(of: member.span)) else { throw damaged(.checksum) }
    guard numbers.size(4, at: end + 4) == member.count & 0xFFFF_FFFF else {
      throw damaged(.size(stated: numbers.size(4, at: end + 4)))
    }
    if unpacked.isEmpty { unpacked = member } else { unpacked += member }
    return end + 8
  }

  /// Where a member's data begin: behind ten bytes and what the flags announce; nil where the bytes end before.
  private static func endOfHeader(
    of bytes: [UInt8], from start: Int, source: String
  ) throws(ArchiveError) -> Int? {
    guard bytes.count - start >= 10 else { return nil }
    let flags = bytes[start + 3]
    guard bytes[start + 2] == 8, flags & 0xE0 == 0 else {
      throw .damaged(source: source, name: nil, reason: .header)
    }
    var place = start + 10
    if flags & 4 != 0 {
      guard place + 2 <= bytes.count else { return nil }
      place += 2 + BinaryBytes(bytes: bytes).size(2, at: place)
    }
    // The original name and a comment, each with a zero at its end.
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      guard place < bytes.count, let zero = bytes[place...].firstIndex(of: 0) else { return nil }
      place = zero + 1
    }
    if flags & 2 != 0 { place += 2 }
    return place <= bytes.count ? place : nil
  }
}
