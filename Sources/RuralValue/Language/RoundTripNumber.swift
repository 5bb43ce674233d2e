/// Writes a number with the fewest digits, at most 17, from which the same Double is read back.
public enum RoundTripNumber {
  /// The text: `0.1`, `12`, `1e+16`; `nan`, `inf` and `-inf` for what is not finite.
  ///
  /// Every finite number's text is a JSON number.
  public static func text(_ value: Double) -> String {
    var text = ""
    append(value, to: &text)
    return text
  }

  /// Appends the text to another.
  public static func append(_ value: Double, to text: inout String) {
    // A whole number below 2^53 is written as an integer: shorter, and no year becomes 2012.0.
    if value == 0 {
      text += value.sign == .minus ? "-0" : "0"
    } else if value.magnitude < 9_007_199_254_740_992, value == value.rounded(.towardZero) {
      text += String(Int(value))
    } else {
      // `description` would make a string of its own for every number, which costs more than the digits.
      value.write(to: &text)
    }
  }

  /// Appends the text to bytes.
  public static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value == 0 || value.magnitude >= 9_007_199_254_740_992 || value != value.rounded(.towardZero) else {
      bytes.append(contentsOf: String(Int(value)).utf8)
      return
    }
    guard value != 0 else {
      bytes.append(contentsOf: (value.sign == .minus ? "-0" : "0").utf8)
      return
    }
    var stream = ASCIIBytes()
    swap(&stream.bytes, &bytes)
    value.write(to: &stream)
    swap(&stream.bytes, &bytes)
  }
}

/// Bytes to which the standard library writes digits without a string between, which would cost as much as they do.
private struct ASCIIBytes: TextOutputStream {
  var bytes: [UInt8] = []

  mutating func write(_ string: String) { bytes.append(contentsOf: string.utf8) }

  mutating func _writeASCII(_ digits: UnsafeBufferPointer<UInt8>) { unsafe bytes.append(contentsOf: digits) }
}

extension RoundTripNumber {
  /// Appends a whole number to bytes.
  public static func append(_ value: Int, to bytes: inout [UInt8]) {
    guard value.magnitude < 1_000_000_000 else {
      bytes.append(contentsOf: String(value).utf8)
      return
    }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = UInt32(truncatingIfNeeded: value.magnitude)
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    var (low, high) = (start, bytes.count - 1)
    while low < high {
      bytes.swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }

  /// Appends the shortest decimal that reads back to a number of single precision: 0.1, not 0.10000000149011612.
  public static func append(_ value: Float, to bytes: inout [UInt8]) {
    if value.magnitude < 16_777_216, value == value.rounded(.towardZero) {
      append(Double(value), to: &bytes)
    } else if value.magnitude < 16_777_216 {
      var stream = ASCIIBytes()
      swap(&stream.bytes, &bytes)
      value.write(to: &stream)
      swap(&stream.bytes, &bytes)
    } else {
      append(Double(value.description) ?? Double(value), to: &bytes)
    }
  }
}
