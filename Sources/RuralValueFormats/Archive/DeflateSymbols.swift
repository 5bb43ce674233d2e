/// What deflate's symbols stand for.
/// Source: RFC 1951, section 3.2.5.
enum DeflateSymbols {
  /// Literals 0 to 255, the end of a block 256, lengths from 257 on; 286 and 287 are none.
  static let literals: [UInt32] =
    (0..<256).map { UInt32($0) << 16 | HuffmanTable.Mark.literal } + [HuffmanTable.Mark.special]
    + ranges(bases: lengthBases, extraBits: lengthExtraBits) + [HuffmanTable.none, HuffmanTable.none]

  /// Distances; 30 and 31 are none.
  static let distances: [UInt32] =
    ranges(bases: distanceBases, extraBits: distanceExtraBits) + [HuffmanTable.none, HuffmanTable.none]

  /// The lengths of codes, themselves symbols.
  static let codeLengths: [UInt32] = (0..<19).map { UInt32($0) << 16 }

  /// The lengths of the fixed codes.
  static let fixedLiterals: [UInt8] = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
  static let fixedDistances = [UInt8](repeating: 5, count: 32)

  /// The order in which the lengths of codes of lengths stand.
  static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private static func ranges(bases: [Int], extraBits: [Int]) -> [UInt32] {
    zip(bases, extraBits).map { UInt32($0) << 16 | UInt32($1) << 8 }
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227, 258,
  ]
  private static let lengthExtraBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
    4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceExtraBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
}
