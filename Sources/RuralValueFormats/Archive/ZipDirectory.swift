import RuralValue

/// The directory at the end of a zip archive.
struct ZipDirectory {
  private(set) var entries: [ZipArchive.Entry] = []
  private let source: String
  private let numbers: BinaryBytes
  private let bytes: [UInt8]

  /// What the end of the file says of its directory.
  private struct End {
    let count: Int
    let start: Int
    let size: Int
    /// Where what says so begins: the directory ends before it.
    let place: Int
  }

  init(_ bytes: [UInt8], source: String) throws(ArchiveError) {
    (self.bytes, self.source, numbers) = (bytes, source, BinaryBytes(bytes: bytes))
    let end = try end()
    guard end.start <= end.place, end.size <= end.place - end.start else {
      throw .directoryOutside(source: source)
    }
    guard end.count <= ArchiveLimits.entries else {
      throw .tooManyEntries(source: source, count: end.count)
    }
    var place = end.start
    while place < end.start + end.size {
      guard entries.count < end.count, let length = try addEntry(at: place, before: end.start + end.size)
      else {
        throw .wrongEntryCount(source: source, stated: end.count, found: entries.count)
      }
      place += length
    }
    guard entries.count == end.count else {
      throw .wrongEntryCount(source: source, stated: end.count, found: entries.count)
    }
    try requireApart(directory: end.start)
  }

  // MARK: - The end record

  /// The end record: the last mark whose comment reaches the end of the file.
  private func end() throws(ArchiveError) -> End {
    var place = bytes.count - 22
    while place >= 0, place >= bytes.count - 22 - 0xFFFF {
      if numbers.size(4, at: place) == 0x0605_4B50,
        place + 22 + numbers.size(2, at: place + 20) == bytes.count
      {
        return try end(at: place)
      }
      place -= 1
    }
    throw .noDirectory(source: source)
  }

  private func end(at place: Int) throws(ArchiveError) -> End {
    let (count, size, start) = (
      numbers.size(2, at: place + 10), numbers.size(4, at: place + 12), numbers.size(4, at: place + 16)
    )
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
      place >= 20, numbers.size(4, at: place - 20) == 0x0706_4B50
    {
      return try wideEnd(locator: place - 20)
    }
    guard numbers.size(4, at: place + 4) == 0, numbers.size(2, at: place + 8) == count else {
      throw .split(source: source)
    }
    return End(count: count, start: start, size: size, place: place)
  }

  /// The end record with wide numbers, to which a locator points.
  private func wideEnd(locator: Int) throws(ArchiveError) -> End {
    guard numbers.size(4, at: locator + 4) == 0, numbers.size(4, at: locator + 16) <= 1 else {
      throw .split(source: source)
    }
    guard let place = numbers.integer(at: locator + 8), locator >= 56, place <= locator - 56,
      numbers.size(4, at: place) == 0x0606_4B50, let here = numbers.integer(at: place + 24),
      let count = numbers.integer(at: place + 32), let size = numbers.integer(at: place + 40),
      let start = numbers.integer(at: place + 48)
    else { throw .directoryOutside(source: source) }
    guard numbers.size(4, at: place + 16) == 0, numbers.size(4, at: place + 20) == 0, here == count else {
      throw .split(source: source)
    }
    return End(count: count, start: start, size: size, place: place)
  }

  // MARK: - Entries

  /// Adds the entry that stands here; returns its length, or nil where none stands here whole.
  private mutating func addEntry(at place: Int, before end: Int) throws(ArchiveError) -> Int? {
    guard place + 46 <= end, numbers.size(4, at: place) == 0x0201_4B50 else { return nil }
    let (nameLength, extraLength) = (numbers.size(2, at: place + 28), numbers.size(2, at: place + 30))
    let length = 46 + nameLength + extraLength + numbers.size(2, at: place + 32)
    guard place + length <= end else { return nil }
    let nameBytes = Array(bytes[(place + 46)..<(place + 46 + nameLength)])
    let flags = numbers.size(2, at: place + 8)
    let name = ZipDirectory.text(nameBytes)
    var sizes = WideSizes(
      size: numbers.size(4, at: place + 24), packedSize: numbers.size(4, at: place + 20),
      header: numbers.size(4, at: place + 42))
    guard sizes.widen(by: numbers, in: (place + 46 + nameLength)..<(place + 46 + nameLength + extraLength)),
      sizes.header < bytes.count, sizes.packedSize <= bytes.count - sizes.header
    else { throw .entryOutside(source: source, name: name) }
    entries.append(
      ZipArchive.Entry(
        name: name, size: sizes.size, packedSize: sizes.packedSize,
        checksum: UInt32(truncatingIfNeeded: numbers.size(4, at: place + 16)),
        method: numbers.size(2, at: place + 10),
        isEncrypted: flags & 1 == 1, header: sizes.header, nameBytes: nameBytes))
    return length
  }

  /// A name in UTF-8, or in the GB18030 of Chinese systems, whose programs do not say so.
  private static func text(_ bytes: [UInt8]) -> String {
    if case .text = UTF8Check.outcome(of: bytes.span) { return String(decoding: bytes, as: UTF8.self) }
    let decoded = try? CharacterDecoding.utf8(of: bytes, from: .gb18030)
    return String(decoding: decoded ?? bytes, as: UTF8.self)
  }

  /// Throws where two entries share bytes, or one reaches into the directory.
  private func requireApart(directory: Int) throws(ArchiveError) {
    let ordered = entries.indices.sorted { entries[$0].header < entries[$1].header }
    for (one, other) in zip(ordered, ordered.dropFirst()) where end(of: entries[one]) > entries[other].header
    {
      throw .overlap(source: source, first: entries[one].name, second: entries[other].name)
    }
    if let last = ordered.last, end(of: entries[last]) > directory {
      throw .entryOutside(source: source, name: entries[last].name)
    }
  }

  /// Where an entry ends at the earliest.
  private func end(of entry: ZipArchive.Entry) -> Int {
    entry.header + 30 + entry.nameBytes.count + entry.packedSize
  }
}

/// An entry's sizes and place, of 32 bits or, where these are all ones, of 64 in an extra field.
/// Source: APPNOTE, section 4.5.3.
private struct WideSizes {
  private(set) var size: Int
  private(set) var packedSize: Int
  private(set) var header: Int

  init(size: Int, packedSize: Int, header: Int) {
    (self.size, self.packedSize, self.header) = (size, packedSize, header)
  }

  /// Takes what is wide from the extra fields; false where it is not there.
  mutating func widen(by numbers: BinaryBytes, in extra: Range<Int>) -> Bool {
    guard [size, packedSize, header].contains(0xFFFF_FFFF) else { return true }
    var place = extra.lowerBound
    while place + 4 <= extra.upperBound {
      let (kind, end) = (numbers.size(2, at: place), place + 4 + numbers.size(2, at: place + 2))
      guard end <= extra.upperBound else { return false }
      place += 4
      if kind == 1 {
        func next(_ value: inout Int) -> Bool {
          guard value == 0xFFFF_FFFF else { return true }
          guard place + 8 <= end, let wide = numbers.integer(at: place) else { return false }
          value = wide
          place += 8
          return true
        }
        return next(&size) && next(&packedSize) && next(&header)
      }
      place = end
    }
    return false
  }
}
