/// Changes to the bytes of a binary file: single bytes, hostile numbers, stretches taken out or doubled, ends cut off.
public enum ByteMutation {
  private static let hostile: [UInt64] = [
    0, 1, .max, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF, 1 << 40, 0x7FF0_0000_0000_0000, 100,
  ]

  /// One to four changes.
  public static func mutated(_ seed: [UInt8], using dice: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes = seed
    for _ in 0...Int.random(in: 0..<4, using: &dice) {
      guard !bytes.isEmpty else { return bytes }
      let place = Int.random(in: 0..<bytes.count, using: &dice)
      let end = min(bytes.count, place + Int.random(in: 1..<48, using: &dice))
      switch Int.random(in: 0..<6, using: &dice) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
      case 1: bytes.removeLast(Int.random(in: 0...bytes.count, using: &dice) / 4)
      case 2:
        var value = hostile.randomElement(using: &dice)!
        let length = [2, 4, 8].randomElement(using: &dice)!
        if Bool.random(using: &dice) { value = value.byteSwapped >> UInt64(64 - 8 * length) }
        for offset in 0..<min(length, bytes.count - place) {
          bytes[place + offset] = UInt8(truncatingIfNeeded: value >> UInt64(8 * offset))
        }
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.removeSubrange(place..<end)
      default: for offset in place..<end { bytes[offset] = 0 }
      }
    }
    return bytes
  }
}
