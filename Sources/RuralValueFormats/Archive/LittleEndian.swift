/// Numbers with the low byte first, of bytes that are there: whoever asks has looked at the count.
struct LittleEndian {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Two bytes at a place.
  func two(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }

  /// Four bytes at a place.
  func four(_ place: Int) -> Int { two(place) | two(place + 2) << 16 }

  /// Eight bytes at a place; nil for a number beyond the range of integers.
  func eight(_ place: Int) -> Int? {
    let high = four(place + 4)
    return high < 1 << 31 ? four(place) | high << 32 : nil
  }
}
