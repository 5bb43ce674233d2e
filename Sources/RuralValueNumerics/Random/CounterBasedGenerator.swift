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
  @usableFromInline var words: SIMD4<UInt32> = .zero
  @usableFromInline var used = 4

  /// The stream of this number under a seed, from its beginning.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
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
    if used == 4 {
      words = Philox.image(of: Philox.words(block, stream), key: Philox.words(seed))
      block &+= 1
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
