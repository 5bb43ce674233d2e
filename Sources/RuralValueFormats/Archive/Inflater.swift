/// Unpacks deflate: the compression of zip and gzip.
///
/// The next bits of the stream stand in a word of 64, the next one lowest. 48 of them are enough for a length and a
/// distance with all their extra bits, so that the word is filled once for each.
/// Source: RFC 1951.
struct Inflater {
  /// What keeps a stream from being unpacked.
  enum Obstacle: Error, Equatable {
    /// The bytes end within the stream.
    case truncated
    /// A block of the kind that there is not.
    case blockKind
    /// A stored block whose length and its complement differ.
    case storedLength
    /// Lengths that are those of no prefix code.
    case codeLengths
    /// Bits that are no code.
    case code
    /// A distance beyond the first byte.
    case distance
    /// More than may be unpacked.
    case tooLong
  }

  /// What has been unpacked, and room behind it.
  private var output: [UInt8]
  /// How many bytes have been unpacked.
  private var count = 0
  /// The most that may be unpacked.
  private let limit: Int
  /// The next byte of the input.
  private var position: Int
  /// The bits that were taken out of the input and not used yet, and how many they are.
  private var (bits, bitCount): (UInt64, Int) = (0, 0)

  /// Unpacks the stream that begins at a place, up to `limit` bytes; says where the stream ends.
  static func unpack(
    _ input: Span<UInt8>, from start: Int, limit: Int
  ) throws(Obstacle) -> (bytes: [UInt8], end: Int) {
    var inflater = Inflater(start: start, limit: limit, packed: input.count - start)
    try inflater.unpack(input)
    inflater.output.removeSubrange(inflater.count...)
    return (inflater.output, inflater.position - inflater.bitCount / 8)
  }

  /// Room for more than the longest match, so that the inner loop asks once.
  private static let margin = 320

  private init(start: Int, limit: Int, packed: Int) {
    position = start
    self.limit = limit
    // Most sheets have 5 to 10 times their packed size; more is added when it is needed.
    output = [UInt8](repeating: 0, count: min(limit, packed * 4) + Inflater.margin)
  }

  private mutating func unpack(_ input: Span<UInt8>) throws(Obstacle) {
    var isLast = false
    while !isLast {
      isLast = try take(1, of: input) == 1
      switch try take(2, of: input) {
      case 0: try copyStored(input)
      case 1: try unpackBlock(input, Inflater.fixed.literals, Inflater.fixed.distances)
      case 2:
        let tables = try dynamicTables(input)
        try unpackBlock(input, tables.literals, tables.distances)
      default: throw .blockKind
      }
    }
  }

  // MARK: - Bits

  /// Fills the word of bits to at least 56, or to the end of the input.
  @inline(__always)
  private mutating func fill(_ input: Span<UInt8>) {
    while bitCount <= 56, position < input.count {
      bits |= UInt64(input[position]) << UInt64(truncatingIfNeeded: bitCount)
      position &+= 1
      bitCount &+= 8
    }
  }

  /// The next few bits as a number.
  private mutating func take(_ number: Int, of input: Span<UInt8>) throws(Obstacle) -> Int {
    if bitCount < number { fill(input) }
    guard bitCount >= number else { throw .truncated }
    let value = Int(bits & (1 << UInt64(number) - 1))
    bits >>= UInt64(number)
    bitCount -= number
    return value
  }

  // MARK: - Blocks

  private mutating func copyStored(_ input: Span<UInt8>) throws(Obstacle) {
    // The block begins with the next whole byte; those taken too early go back.
    position -= bitCount / 8
    (bits, bitCount) = (0, 0)
    guard position + 4 <= input.count else { throw .truncated }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    let complement = Int(input[position + 2]) | Int(input[position + 3]) << 8
    guard length ^ complement == 0xFFFF else { throw .storedLength }
    position += 4
    guard length <= input.count - position else { throw .truncated }
    guard length <= limit - count else { throw .tooLong }
    makeRoom(for: length)
    for place in 0..<length { output[count + place] = input[position + place] }
    count += length
    position += length
  }

  private static let fixed: (literals: HuffmanTable, distances: HuffmanTable) = {
    // A span needs somebody who holds its array.
    let (literalLengths, distanceLengths) = (DeflateSymbols.fixedLiterals, DeflateSymbols.fixedDistances)
    let literals = HuffmanTable(
      lengths: literalLengths.span, width: 10, symbols: DeflateSymbols.literals,
      allowsFew: false)
    let distances = HuffmanTable(
      lengths: distanceLengths.span, width: 9, symbols: DeflateSymbols.distances,
      allowsFew: false)
    return (literals!, distances!)
  }()

  /// The two codes that stand before a block's data.
  private mutating func dynamicTables(
    _ input: Span<UInt8>
  ) throws(Obstacle) -> (literals: HuffmanTable, distances: HuffmanTable) {
    let literals = try take(5, of: input) + 257
    let distances = try take(5, of: input) + 1
    let ordered = try take(4, of: input) + 4
    guard literals <= 286, distances <= 30 else { throw .codeLengths }
    var lengthsOfLengths = [UInt8](repeating: 0, count: 19)
    for place in 0..<ordered { lengthsOfLengths[DeflateSymbols.order[place]] = UInt8(try take(3, of: input)) }
    guard
      let code = HuffmanTable(
        lengths: lengthsOfLengths.span, width: 7, symbols: DeflateSymbols.codeLengths, allowsFew: false)
    else { throw .codeLengths }
    let lengths = try self.lengths(input, count: literals + distances, by: code)
    guard lengths[256] > 0,
      let first = HuffmanTable(
        lengths: lengths.span.extracting(0..<literals), width: 10, symbols: DeflateSymbols.literals,
        allowsFew: true),
      let second = HuffmanTable(
        lengths: lengths.span.extracting(literals...), width: 9, symbols: DeflateSymbols.distances,
        allowsFew: true)
    else { throw .codeLengths }
    return (first, second)
  }

  /// The lengths of both codes, run together: 16 repeats the one before, 17 and 18 are runs of zeros.
  private mutating func lengths(
    _ input: Span<UInt8>, count: Int, by code: HuffmanTable
  ) throws(Obstacle) -> [UInt8] {
    var lengths: [UInt8] = []
    while lengths.count < count {
      if bitCount < 7 { fill(input) }
      let entry = code.entries[Int(bits & 0x7F)]
      guard entry & HuffmanTable.Mark.special == 0 else { throw .code }
      _ = try take(Int(entry & 0xF), of: input)
      let symbol = entry >> 16
      var (value, times) = (UInt8(truncatingIfNeeded: symbol), 1)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw .codeLengths }
        (value, times) = (last, 3 + (try take(2, of: input)))
      case 17: (value, times) = (0, 3 + (try take(3, of: input)))
      case 18: (value, times) = (0, 11 + (try take(7, of: input)))
      default: break
      }
      lengths.append(contentsOf: repeatElement(value, count: times))
    }
    guard lengths.count == count else { throw .codeLengths }
    return lengths
  }

  // MARK: - The inner loop

  /// Unpacks a block's data, for a stretch of output at a time.
  private mutating func unpackBlock(
    _ input: Span<UInt8>, _ literals: HuffmanTable, _ distances: HuffmanTable
  ) throws(Obstacle) {
    while !(try unpackStretch(input, literals.entries.span, distances.entries.span)) {
      makeRoom(for: 1 << 16)
    }
  }

  /// Unpacks until the block ends, which is true, or the room does, which is false.
  private mutating func unpackStretch(
    _ input: Span<UInt8>, _ literals: Span<UInt32>, _ distances: Span<UInt32>
  ) throws(Obstacle) -> Bool {
    var (bits, bitCount, position, count) = (bits, bitCount, position, count)
    defer { (self.bits, self.bitCount, self.position, self.count) = (bits, bitCount, position, count) }
    // With room for all that may come, the end of the block must come, too.
    let stop = output.count - Inflater.margin >= limit ? Int.max : output.count - Inflater.margin
    let limit = limit
    var output = output.mutableSpan
    while count < stop {
      while bitCount <= 56, position < input.count {
        bits |= UInt64(input[position]) &<< UInt64(truncatingIfNeeded: bitCount)
        position &+= 1
        bitCount &+= 8
      }
      var entry = literals[Int(truncatingIfNeeded: bits & 0x3FF)]
      if entry & HuffmanTable.Mark.next != 0 {
        let second = bits &>> 10 & (1 &<< UInt64(truncatingIfNeeded: entry >> 8 & 0xF) &- 1)
        bits &>>= 10
        bitCount &-= 10
        entry = literals[Int(truncatingIfNeeded: entry >> 16) &+ Int(truncatingIfNeeded: second)]
      }
      bits &>>= UInt64(truncatingIfNeeded: entry & 0xF)
      bitCount &-= Int(truncatingIfNeeded: entry & 0xF)
      if entry & HuffmanTable.Mark.literal != 0 {
        guard bitCount >= 0 else { throw .truncated }
        guard count < limit else { throw .tooLong }
        output[count] = UInt8(truncatingIfNeeded: entry >> 16)
        count &+= 1
        continue
      }
      if entry & HuffmanTable.Mark.special != 0 {
        guard bitCount >= 0 else { throw .truncated }
        guard entry >> 16 == 0 else { throw .code }
        return true
      }
      let lengthBits = UInt64(truncatingIfNeeded: entry >> 8 & 0xF)
      let length =
        Int(truncatingIfNeeded: entry >> 16) &+ Int(truncatingIfNeeded: bits & (1 &<< lengthBits &- 1))
      bits &>>= lengthBits
      bitCount &-= Int(truncatingIfNeeded: lengthBits)
      entry = distances[Int(truncatingIfNeeded: bits & 0x1FF)]
      if entry & HuffmanTable.Mark.next != 0 {
        let second = bits &>> 9 & (1 &<< UInt64(truncatingIfNeeded: entry >> 8 & 0xF) &- 1)
        bits &>>= 9
        bitCount &-= 9
        entry = distances[Int(truncatingIfNeeded: entry >> 16) &+ Int(truncatingIfNeeded: second)]
      }
      let codeBits = UInt64(truncatingIfNeeded: entry & 0xF)
      let extraBits = UInt64(truncatingIfNeeded: entry >> 8 & 0xF)
      let distance =
        Int(truncatingIfNeeded: entry >> 16)
        &+ Int(truncatingIfNeeded: bits &>> codeBits & (1 &<< extraBits &- 1))
      bits &>>= codeBits &+ extraBits
      bitCount &-= Int(truncatingIfNeeded: codeBits &+ extraBits)
      guard bitCount >= 0 else { throw .truncated }
      guard entry & HuffmanTable.Mark.special == 0 else { throw .code }
      guard distance <= count else { throw .distance }
      guard length <= limit &- count else { throw .tooLong }
      let end = count &+ length
      while count < end {
        output[count] = output[count &- distance]
        count &+= 1
      }
    }
    return false
  }

  /// Makes the output longer, by half at least, so that `number` more bytes and the margin find room.
  private mutating func makeRoom(for number: Int) {
    let needed = min(limit, count + max(number, count / 2)) + Inflater.margin
    guard needed > output.count else { return }
    output.append(contentsOf: repeatElement(0, count: needed - output.count))
  }
}
