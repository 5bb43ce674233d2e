/// Numbers keys by first appearance: equal keys get one number.
///
/// An open-addressing table over two words a key, for a dictionary would take three times as long for the
/// million vertices of a national map.
struct DistinctKeys {
  private var slots: [Int32]
  private var high: [UInt64] = []
  private var low: [UInt64] = []
  private let mask: Int

  /// A table for at most so many keys.
  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    high.reserveCapacity(capacity)
    low.reserveCapacity(capacity)
  }

  /// The number of different keys.
  var count: Int { high.count }

  /// The number of a key.
  mutating func number(_ a: UInt64, _ b: UInt64) -> Int32 {
    var hash = (a ^ (b &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 32
    hash = hash &* 0x94D0_49BB_1331_11EB
    var slot = Int(truncatingIfNeeded: hash >> 24) & mask
    while true {
      let known = slots[slot]
      if known < 0 {
        let number = Int32(high.count)
        slots[slot] = number
        high.append(a)
        low.append(b)
        return number
      }
      if high[Int(known)] == a, low[Int(known)] == b { return known }
      slot = (slot + 1) & mask
    }
  }
}
