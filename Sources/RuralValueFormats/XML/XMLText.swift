/// The texts of XML: the bytes of a document as UTF-8, and what references in them stand for.
enum XMLText {
  /// The bytes of a document in UTF-8, without NUL; of UTF-16 with its mark they are converted.
  static func utf8(_ bytes: [UInt8]) throws(XMLFault) -> [UInt8] {
    var bytes = bytes
    if let (encoding, length) = TextEncoding.wideMark(in: bytes) {
      guard let decoded = try? CharacterDecoding.utf8(of: Array(bytes[length...]), from: encoding) else {
        throw XMLFault(reason: .encoding, byte: 1)
      }
      bytes = decoded
    }
    switch UTF8Check.outcome(of: bytes.span) {
    case .text: return bytes
    case .nul(let position), .invalid(let position): throw XMLFault(reason: .encoding, byte: position + 1)
    }
  }

  /// A value of an attribute as text.
  static func value(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(XMLFault) -> String {
    var text: [UInt8] = []
    try append(range, of: bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends a range of text with its references resolved and its line ends as line feeds.
  static func append(
    _ range: Range<Int>, of bytes: Span<UInt8>, isLiteral: Bool = false, to text: inout [UInt8]
  ) throws(XMLFault) {
    var place = range.lowerBound
    while place < range.upperBound {
      let byte = bytes[place]
      if byte == UInt8(ascii: "&"), !isLiteral {
        place = try appendReference(at: place, before: range.upperBound, of: bytes, to: &text)
        continue
      }
      place &+= 1
      if byte == UInt8(ascii: "\r") {
        if place < range.upperBound, bytes[place] == UInt8(ascii: "\n") { place &+= 1 }
        text.append(UInt8(ascii: "\n"))
      } else {
        text.append(byte)
      }
    }
  }

  /// Appends what a reference stands for; returns where it ends.
  private static func appendReference(
    at start: Int, before end: Int, of bytes: Span<UInt8>, to text: inout [UInt8]
  ) throws(XMLFault) -> Int {
    var place = start + 1
    while place < end, place < start + 12, bytes[place] != UInt8(ascii: ";") { place += 1 }
    let name = XMLScanner.text((start + 1)..<place, bytes)
    guard place < end, bytes[place] == UInt8(ascii: ";"), let scalar = scalar(named: name) else {
      let shown = place < end && bytes[place] == UInt8(ascii: ";") ? "&\(name);" : "&\(name)"
      throw XMLFault(reason: .reference(shown), byte: start + 1)
    }
    text.append(contentsOf: String(Character(scalar)).utf8)
    return place + 1
  }

  /// The character of a reference: one of the five entities, or a number that is no surrogate and no NUL.
  private static func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x"
    let number = isHexadecimal ? digits.dropFirst() : digits
    guard let first = number.first, first != "+", first != "-",
      let value = UInt32(number, radix: isHexadecimal ? 16 : 10), value != 0
    else { return nil }
    return Unicode.Scalar(value)
  }
}
