/// The canonical prefix code of one alphabet of deflate, as a table that is looked up by the next bits.
///
/// A first table of `width` bits answers short codes at once and sends longer ones to a second table behind it.
/// An entry holds, from the lowest bit: how many bits it settles (4), what it is (4), the extra bits that follow the
/// code or, where it sends on, the width of the second table (8), and the value or the second table's place (16).
/// Source: RFC 1951, section 3.2.2.
struct HuffmanTable {
  /// What an entry is, if not a length or a distance.
  enum Mark {
    /// A literal byte.
    static let literal: UInt32 = 0x80
    /// The end of the block, with the value 0, or bits that are no code.
    static let special: UInt32 = 0x40
    /// Another table.
    static let next: UInt32 = 0x20
  }

  /// The entry of bits that are no code.
  static let none: UInt32 = 1 << 16 | Mark.special

  /// The tables, the first one first.
  private(set) var entries: [UInt32]
  /// The bits by which the first table is looked up.
  let width: Int

  /// The table of symbols with codes of these lengths, 0 for a symbol that is not used.
  ///
  /// `symbols` gives each symbol's entry but for the bits it settles. Nil where the lengths are those of no code: too
  /// many codes, or so few that some bits are none. A lone code of one bit, or none at all, may stand where `allowsFew`
  /// says so.
  init?(lengths: Span<UInt8>, width: Int, symbols: [UInt32], allowsFew: Bool) {
    var counts = [Int](repeating: 0, count: 16)
    for place in 0..<lengths.count { counts[Int(lengths[place])] += 1 }
    counts[0] = 0
    var (code, left) = (0, 1)
    var nextCode = [Int](repeating: 0, count: 16)
    for length in 1...15 {
      code = (code + counts[length - 1]) << 1
      nextCode[length] = code
      left = left << 1 - counts[length]
      guard left >= 0 else { return nil }
    }
    let used = counts.reduce(0, +)
    guard left == 0 || allowsFew && used == counts[1] && used <= 1 else { return nil }
    self.width = width
    entries = [UInt32](repeating: HuffmanTable.none, count: 1 << width)
    var longest = [UInt8](repeating: 0, count: 1 << width)
    var reversed = [UInt16](repeating: 0, count: lengths.count)
    for symbol in 0..<lengths.count where lengths[symbol] > 0 {
      let length = Int(lengths[symbol])
      reversed[symbol] = UInt16(truncatingIfNeeded: nextCode[length]).reversedBits >> UInt16(16 - length)
      nextCode[length] += 1
      let first = Int(reversed[symbol]) & (1 << width - 1)
      if length > width { longest[first] = max(longest[first], UInt8(length)) }
    }
    addSecondTables(longest)
    for symbol in 0..<lengths.count where lengths[symbol] > 0 {
      fill(Int(reversed[symbol]), length: Int(lengths[symbol]), with: symbols[symbol])
    }
  }

  /// Adds a table for each first part of codes that are longer.
  private mutating func addSecondTables(_ longest: [UInt8]) {
    for first in longest.indices where longest[first] > 0 {
      let bits = Int(longest[first]) - width
      entries[first] =
        UInt32(entries.count) << 16 | UInt32(bits) << 8 | HuffmanTable.Mark.next | UInt32(width)
      entries.append(contentsOf: repeatElement(HuffmanTable.none, count: 1 << bits))
    }
  }

  /// Writes a symbol's entry wherever the next bits begin with its code.
  private mutating func fill(_ code: Int, length: Int, with symbol: UInt32) {
    let first = code & (1 << width - 1)
    guard length > width else {
      for place in stride(from: code, to: 1 << width, by: 1 << length) {
        entries[place] = symbol | UInt32(length)
      }
      return
    }
    let sent = entries[first]
    let (start, bits) = (Int(sent >> 16), Int(sent >> 8 & 0xFF))
    for place in stride(from: code >> width, to: 1 << bits, by: 1 << (length - width)) {
      entries[start + place] = symbol | UInt32(length - width)
    }
  }
}

extension UInt16 {
  /// The same bits, the lowest first.
  fileprivate var reversedBits: UInt16 {
    var bits = self
    bits = bits >> 1 & 0x5555 | (bits & 0x5555) << 1
    bits = bits >> 2 & 0x3333 | (bits & 0x3333) << 2
    bits = bits >> 4 & 0x0F0F | (bits & 0x0F0F) << 4
    return bits.byteSwapped
  }
}
