import RuralValue

/// The JSON text of single values.
enum JSONText {
  /// Appends a string in quotes.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    bytes.append(quote)
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != quote && $0 != backslash }) {
      bytes.append(contentsOf: text.utf8)
    } else {
      for byte in text.utf8 {
        switch byte {
        case quote, backslash: bytes += [backslash, byte]
        case 0x0A: bytes += [backslash, UInt8(ascii: "n")]
        case 0x0D: bytes += [backslash, UInt8(ascii: "r")]
        case 0x09: bytes += [backslash, UInt8(ascii: "t")]
        case ..<0x20:
          bytes +=
            Array("\\u00".utf8) + [byte >> 4 == 0 ? 0x30 : 0x31] + Array(String(byte & 15, radix: 16).utf8)
        default: bytes.append(byte)
        }
      }
    }
    bytes.append(quote)
  }

  /// Appends a number; null where it is not finite.
  static func append(_ number: Double, to bytes: inout [UInt8]) {
    if number.isFinite {
      RoundTripNumber.append(number, to: &bytes)
    } else {
      appendNull(to: &bytes)
    }
  }

  /// Appends null.
  static func appendNull(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "null".utf8)
  }

  /// Appends a value that is neither an object nor an array.
  static func append(scalar: JSONValue, to bytes: inout [UInt8]) {
    switch scalar {
    case .boolean(let isTrue): bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .number(let number): append(number, to: &bytes)
    case .string(let text): append(text, to: &bytes)
    case .null, .array, .object: appendNull(to: &bytes)
    }
  }
}
