/// A random number generator whose n-th number is a function of (seed, stream, n) alone.
///
/// Streams need no coordination: give task k the stream k, and the results do not depend on how many
/// threads there are or in which order they run. A stream has 2⁶⁶ words.
///
/// Source: Philox 4×32-10 (`Philox`), counter (n, stream), key the seed.
public struct CounterBasedGenerator: RandomNumberGenerator, Sendable, Equatable {
  /// The key of the bijection.
  public let seed: UInt64
  /// The number of this stream.
  public let stream: UInt64
  @usableFromInline var block: UInt64 = 0
  /// Two blocks, for two cost little more than one.
  @usableFromInline var words = InlineArray<8, UInt32>(repeating: 0)
  @usableFromInline var used = 8

  /// The stream of this number under a seed, from its beginning.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// Whether two generators give the same numbers from here on.
  public static func == (one: CounterBasedGenerator, other: CounterBasedGenerator) -> Bool {
    (one.seed, one.stream, one.block, one.used) == (other.seed, other.stream, other.block, other.used)
  }

  /// An independent generator for task `index`, from its beginning wherever this one stands.
  ///
  /// Its seed is the image of (index, stream) under this seed with its bits turned, so that streams of
  /// streams do not meet the streams of this seed, but for an accident of probability 2⁻⁶⁴.
  public func stream(_ index: Int) -> CounterBasedGenerator {
    let image = Philox.image(
      of: Philox.words(UInt64(bitPattern: Int64(index)), stream), key: Philox.words(~seed))
    return CounterBasedGenerator(seed: UInt64(image[0]) | UInt64(image[1]) << 32)
  }

  /// The next 32 random bits.
  @inlinable
  public mutating func nextWord() -> UInt32 {
    if used == words.count {
      words = Philox.images(ofTwoFrom: block, stream: stream, key: Philox.words(seed))
      block &+= 2
      used = 0
    }
    let word = words[used]
    used += 1
    return word
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let low = nextWord()
    return UInt64(low) | UInt64(nextWord()) << 32
  }
}

extension Philox {
  @inlinable
  static func words(_ value: UInt64) -> SIMD2<UInt32> {
    SIMD2(UInt32(truncatingIfNeeded: value), UInt32(value >> 32))
  }

  @inlinable
  static func words(_ low: UInt64, _ high: UInt64) -> SIMD4<UInt32> {
    SIMD4(lowHalf: words(low), highHalf: words(high))
  }
}

extension CounterBasedGenerator {
  /// A uniform number strictly between 0 and 1: (m + ½) · 2⁻⁵² with m of 52 random bits.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A standard normal number, Φ⁻¹ of one uniform number.
  ///
  /// Two words a number, always, so that the n-th normal of a stream can be found without the others.
  @inlinable
  public mutating func normal() -> Double { normalQuantile(uniform()) }

  /// Independent standard normal numbers.
  public mutating func normals(_ count: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(normal()) }
    return result
  }

  /// A uniform integer from 0 to bound − 1, without bias; bound from 1 to 2³².
  ///
  /// Source: Lemire (2019), "Fast random integer generation in an interval".
  @inlinable
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= 1 << 32, "A bound is between 1 and 2³².")
    if bound == 1 << 32 { return Int(nextWord()) }
    let limit = UInt32(truncatingIfNeeded: bound)
    var product = UInt64(nextWord()) &* UInt64(limit)
    if UInt32(truncatingIfNeeded: product) < limit {
      let threshold = (0 &- limit) % limit
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(nextWord()) &* UInt64(limit)
      }
    }
    return Int(product >> 32)
  }

  /// Puts the elements in a uniformly random order, in place.
  ///
  /// Source: Fisher and Yates, in Durstenfeld's form (1964).
  @inlinable
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    unsafe elements.withUnsafeMutableBufferPointer { elements in
      guard elements.count > 1 else { return }
      for i in stride(from: elements.count - 1, to: 0, by: -1) {
        unsafe elements.swapAt(i, integer(below: i + 1))
      }
    }
  }

  /// A uniformly random permutation of 0 ..< count.
  public mutating func permutation(of count: Int) -> [Int] {
    var result = Array(0..<count)
    shuffle(&result)
    return result
  }

  /// A uniformly random choice of `size` different numbers from 0 ..< count, in random order.
  ///
  /// Source: Bentley and Floyd (1987), "A sample of brilliance", then a shuffle.
  public mutating func sample(_ size: Int, of count: Int) -> [Int] {
    precondition(size >= 0 && size <= count, "A sample is no larger than what it is drawn from.")
    var chosen: Set<Int> = []
    var result: [Int] = []
    for last in (count - size)..<count {
      let draw = integer(below: last + 1)
      let next = chosen.insert(draw).inserted ? draw : last
      chosen.insert(next)
      result.append(next)
    }
    shuffle(&result)
    return result
  }
}

/// The Philox 4×32 bijection with ten rounds: four 32-bit words of counter and two of key to four
/// words that pass every known statistical test.
///
/// Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
@usableFromInline
enum Philox {
  /// The image of a counter under a key.
  @inlinable
  static func image(of counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      (c0, c2) = (UInt32(second >> 32) ^ c1 ^ k0, UInt32(first >> 32) ^ c3 ^ k1)
      (c1, c3) = (UInt32(truncatingIfNeeded: second), UInt32(truncatingIfNeeded: first))
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }

  /// The images of (block, stream) and (block + 1, stream) under a key, one after the other.
  ///
  /// Side by side, each word in the lower half of 64 bits: processors multiply such halves together.
  @inlinable
  static func images(
    ofTwoFrom block: UInt64, stream: UInt64, key: SIMD2<UInt32>
  ) -> InlineArray<8, UInt32> {
    typealias Pair = SIMD2<UInt64>
    let lower = Pair(repeating: 0xFFFF_FFFF)
    let blocks = Pair(block, block &+ 1)
    var (c0, c1) = (blocks & lower, blocks &>> 32)
    var (c2, c3) = (Pair(repeating: stream & 0xFFFF_FFFF), Pair(repeating: stream >> 32))
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let first = (c0 & lower) &* 0xD251_1F53
      let second = (c2 & lower) &* 0xCD9E_8D57
      c0 = (second &>> 32) ^ c1 ^ Pair(repeating: UInt64(k0))
      c2 = (first &>> 32) ^ c3 ^ Pair(repeating: UInt64(k1))
      (c1, c3) = (second, first)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    var result = InlineArray<8, UInt32>(repeating: 0)
    for block in 0..<2 {
      result[4 * block] = UInt32(truncatingIfNeeded: c0[block])
      result[4 * block + 1] = UInt32(truncatingIfNeeded: c1[block])
      result[4 * block + 2] = UInt32(truncatingIfNeeded: c2[block])
      result[4 * block + 3] = UInt32(truncatingIfNeeded: c3[block])
    }
    return result
  }
}
