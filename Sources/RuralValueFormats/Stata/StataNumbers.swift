import RuralValue

/// A stored number.
enum StataNumber {
  case whole(Int)
  case float(Float)
  case double(Double)
  /// The code of a missing value: 0 for `.`, 1 for `.a`, …, 26 for `.z`.
  case missing(Int)
  /// Bits that are no number: not finite.
  case none

  /// Its value; nil where it has none.
  var value: Double? {
    switch self {
    case .whole(let value): Double(value)
    case .float(let value): Double(value)
    case .double(let value): value
    case .missing, .none: nil
    }
  }

  /// Appends the shortest decimal that is the number.
  @inline(__always)
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .whole(let value): RoundTripNumber.append(value, to: &bytes)
    case .float(let value): RoundTripNumber.append(value, to: &bytes)
    case .double(let value): RoundTripNumber.append(value, to: &bytes)
    case .missing, .none: break
    }
  }
}

extension StataLayout {
  /// The number of a variable in a row.
  @inline(__always)
  func number(_ type: StataType, at place: Int) -> StataNumber {
    let codes = release.hasMissingCodes
    switch type {
    case .byte:
      let value = file.int8(at: place)
      if codes ? value > 100 : value == 127 { return .missing(codes ? value - 101 : 0) }
      return .whole(value)
    case .int:
      let value = file.int16(at: place)
      if codes ? value > 32_740 : value == 32_767 { return .missing(codes ? value - 32_741 : 0) }
      return .whole(value)
    case .long:
      let value = file.int32(at: place)
      if codes ? value > 2_147_483_620 : value == 2_147_483_647 {
        return .missing(codes ? value - 2_147_483_621 : 0)
      }
      return .whole(value)
    case .float:
      let bits = UInt32(truncatingIfNeeded: file.unsigned(4, at: place))
      if (0x7F00_0000...0x7F80_0000).contains(bits) {
        // What lies between and beyond the 27 codes is missing as the plain one is.
        let code = (bits - 0x7F00_0000) / 0x800
        return .missing(codes && code <= 26 ? Int(code) : 0)
      }
      let value = Float(bitPattern: bits)
      return value.isFinite ? .float(value) : .none
    case .double:
      let bits = file.unsigned(8, at: place)
      if (0x7FE0_0000_0000_0000...0x7FF0_0000_0000_0000).contains(bits) {
        let code = (bits - 0x7FE0_0000_0000_0000) >> 40
        return .missing(codes && code <= 26 ? Int(code) : 0)
      }
      let value = Double(bitPattern: bits)
      return value.isFinite ? .double(value) : .none
    case .text, .longText: return .none
    }
  }

  /// The number of a variable in a row.
  @inline(__always)
  func number(_ variable: Variable, row: Int) -> StataNumber {
    number(variable.type, at: data.lowerBound + row * rowWidth + variable.offset)
  }
}

/// The codes of missing values.
enum StataMissingCode {
  /// `.`, `.a`, …, `.z`
  static func text(_ code: Int) -> String {
    code == 0 ? "." : ".\(UnicodeScalar(UInt8(ascii: "a") + UInt8(code - 1)))"
  }

  /// The code that a value of a table of value labels stands for; nil for a number.
  static func code(ofLabelled value: Int) -> Int? {
    (2_147_483_621...2_147_483_647).contains(value) ? value - 2_147_483_621 : nil
  }
}
