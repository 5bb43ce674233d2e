extension SpatialWeights {
  /// Sixteen hexadecimal digits that tell whether two tables used the same weights.
  ///
  /// The sum modulo 2⁶⁴ of one hash a unit and one a link: it does not depend on the order of units.
  /// A link's hash is taken over both ids (FNV-1a) and the weight rounded to 36 bits of significand, so
  /// that the order in which a row was summed does not show. It guards against mistakes, not attackers.
  public var fingerprint: String {
    let unitHashes = units.map { SpatialWeights.fnv1a($0.utf8) }
    var sum: UInt64 = 0
    for i in 0..<unitCount {
      sum &+= SpatialWeights.mixed(unitHashes[i])
      for place in row(i) {
        let link =
          SpatialWeights.mixed(unitHashes[i]) ^ (unitHashes[Int(neighbours[place])] &* 0x9E37_79B9_7F4A_7C15)
        sum &+= SpatialWeights.mixed(link &+ SpatialWeights.rounded(values[place]))
      }
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func fnv1a(_ bytes: String.UTF8View) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// The finishing steps of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The bit pattern of a weight without its last sixteen bits, rounded.
  private static func rounded(_ weight: Double) -> UInt64 {
    (weight.bitPattern &+ (1 << 15)) >> 16
  }
}
