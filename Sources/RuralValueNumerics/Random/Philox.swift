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
}
