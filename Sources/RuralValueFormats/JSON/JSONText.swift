import RuralValue

/// The JSON text of single values.
enum JSONText {
  /// Appends a string in quotes.
  ///
  /// What a terminal or an editor would obey is written by its number: the same text to every reader of JSON.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let backslash = UInt8(ascii: "\\")
    bytes.append(quote)
    if text.utf8.allSatisfy({ isPlain($0) && $0 != quote && $0 != backslash }) {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": bytes += [backslash, quote]
        case "\\": bytes += [backslash, backslash]
        case "\n": bytes += [backslash, UInt8(ascii: "n")]
        case "\r": bytes += [backslash, UInt8(ascii: "r")]
        case "\t": bytes += [backslash, UInt8(ascii: "t")]
        case _ where scalar.value <= 0xFFFF && VisibleText.isHidden(scalar):
          let number = String(scalar.value, radix: 16)
          bytes += Array("\\u\(String(repeating: "0", count: 4 - number.utf8.count))\(number)".utf8)
        default: bytes += Array(String(scalar).utf8)
        }
      }
    }
    bytes.append(quote)
  }

  /// Whether a byte belongs to a character that stands for itself, told without looking at the others of it.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case ..<0x20, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF: false
    default: true
    }
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
