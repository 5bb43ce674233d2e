import RuralValue

/// A zip archive in memory: its directory, and each entry's bytes on demand.
///
/// Sizes, checksums and places are those of the directory at the end of the file; each is held against the bytes that
/// there are before anything is made of it. Names are keys and never paths. Entries that share bytes are refused, and
/// so are two of one name.
/// Source: PKWARE, APPNOTE 6.3.10, sections 4.3 and 4.5.3.
public struct ZipArchive: Sendable {
  /// A file in the archive.
  public struct Entry: Sendable, Equatable {
    /// Its name, with folders.
    public let name: String
    /// Its size once unpacked, in bytes.
    public let size: Int
    let packedSize: Int
    let checksum: UInt32
    let method: Int
    let isEncrypted: Bool
    /// Where its local header stands.
    let header: Int
    /// Its name's bytes.
    let nameBytes: [UInt8]
  }

  /// The entries, in the directory's order.
  public let entries: [Entry]
  /// What messages call the file.
  public let source: String
  private let bytes: [UInt8]
  private let places: [String: Int]
  /// How many bytes have been unpacked.
  private var expanded = 0

  /// The archive of a file's bytes. Throws `ArchiveError` where its directory is off.
  public init(_ bytes: [UInt8], source: String) throws(ArchiveError) {
    let directory = try ZipDirectory(bytes, source: source)
    (self.bytes, self.source, entries) = (bytes, source, directory.entries)
    var places: [String: Int] = [:]
    for (place, entry) in directory.entries.enumerated() {
      guard places.updateValue(place, forKey: entry.name) == nil else {
        throw .duplicateEntry(source: source, name: entry.name)
      }
    }
    // Some writers call parts otherwise than they name them; one that is called exactly so comes first.
    for (place, entry) in directory.entries.enumerated() where places[entry.name.lowercased()] == nil {
      places[entry.name.lowercased()] = place
    }
    self.places = places
  }

  /// The entry of this name, or of one that differs in capital letters only.
  public subscript(_ name: String) -> Entry? {
    (places[name] ?? places[name.lowercased()]).map { entries[$0] }
  }

  /// The text of the first entry where it is called `mimetype`, as OpenDocument has it.
  var mediaType: String? {
    guard let first = entries.first, first.name == "mimetype", first.method == 0, first.packedSize < 256,
      let start = try? start(of: first)
    else { return nil }
    return String(decoding: bytes[start..<(start + first.packedSize)], as: UTF8.self)
  }

  /// The bytes of an entry, unpacked.
  ///
  /// Throws `ArchiveError` before anything is unpacked where the entry has a password, is packed in another way,
  /// or would be too large, by itself or with those before it; and where its bytes are damaged.
  public mutating func unpack(_ entry: Entry) throws(ArchiveError) -> [UInt8] {
    guard !entry.isEncrypted else { throw .encrypted(source: source, name: entry.name) }
    guard entry.method == 0 || entry.method == 8 else {
      throw .otherMethod(source: source, name: entry.name, method: entry.method)
    }
    let start = try start(of: entry)
    guard entry.size <= ArchiveLimits.freeBytes || entry.size / ArchiveLimits.ratio <= entry.packedSize else {
      throw .bomb(source: source, name: entry.name, packed: entry.packedSize, size: entry.size)
    }
    guard entry.size <= ArchiveLimits.expandedBytes - expanded else {
      throw .tooLarge(source: source, name: entry.name, size: entry.size + expanded)
    }
    let unpacked = try entry.method == 0 ? stored(entry, from: start) : inflated(entry, from: start)
    guard CRC32.checksum(of: unpacked.span) == entry.checksum else { throw damaged(entry, .checksum) }
    expanded += entry.size
    return unpacked
  }

  private func stored(_ entry: Entry, from start: Int) throws(ArchiveError) -> [UInt8] {
    guard entry.size == entry.packedSize else { throw damaged(entry, .size(stated: entry.size)) }
    return Array(bytes[start..<(start + entry.size)])
  }

  private func inflated(_ entry: Entry, from start: Int) throws(ArchiveError) -> [UInt8] {
    let packed = bytes.span.extracting(start..<(start + entry.packedSize))
    let (unpacked, end): ([UInt8], Int)
    do throws(Inflater.Obstacle) {
      (unpacked, end) = try Inflater.unpack(packed, from: 0, limit: entry.size)
    } catch {
      throw damaged(entry, ArchiveError.Damage(error, stated: entry.size))
    }
    guard unpacked.count == entry.size else { throw damaged(entry, .size(stated: entry.size)) }
    guard end == entry.packedSize else { throw damaged(entry, .rest) }
    return unpacked
  }

  private func damaged(_ entry: Entry, _ reason: ArchiveError.Damage) -> ArchiveError {
    .damaged(source: source, name: entry.name, reason: reason)
  }

  /// Where an entry's bytes begin, once its local header is known to be its own and its bytes to be there.
  private func start(of entry: Entry) throws(ArchiveError) -> Int {
    let numbers = BinaryBytes(bytes: bytes)
    let outside = ArchiveError.entryOutside(source: source, name: entry.name)
    guard entry.header <= bytes.count - 30, numbers.size(4, at: entry.header) == 0x0403_4B50 else {
      throw outside
    }
    let (nameLength, extraLength) = (
      numbers.size(2, at: entry.header + 26), numbers.size(2, at: entry.header + 28)
    )
    let name = entry.header + 30
    guard nameLength + extraLength <= bytes.count - name,
      bytes[name..<(name + nameLength)].elementsEqual(entry.nameBytes)
    else { throw outside }
    let start = name + nameLength + extraLength
    guard entry.packedSize <= bytes.count - start else { throw outside }
    return start
  }
}

extension ArchiveError.Damage {
  /// What stopped the unpacking, in the words for archives.
  init(_ obstacle: Inflater.Obstacle, stated: Int) {
    self =
      switch obstacle {
      case .truncated: .cutShort
      case .tooLong: .size(stated: stated)
      default: .stream
      }
  }
}
