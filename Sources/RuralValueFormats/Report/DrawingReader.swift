/// What keeps a drawing out of a page.
struct ForeignDrawing: Error {
  /// What it holds that no drawing of this program's does.
  let found: String
}

/// Reads a drawing from its first element to the end of it, and copies it with a prefix before every id.
///
/// It knows the narrow SVG that this program writes and no other: attributes in double quotes, no comments, no
/// declarations, no entities but those of text. So there is nothing that a browser could read otherwise than this does.
struct DrawingReader {
  private static let elements: Set<String> = [
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "line", "polyline", "polygon", "text",
    "tspan", "use",
    "pattern", "image",
  ]

  private let bytes: [UInt8]
  private let prefix: [UInt8]
  private var place: Int
  private var open: [String] = []
  private var result: [UInt8] = []

  init(_ bytes: [UInt8], from start: Int, prefix: [UInt8]) {
    self.bytes = bytes
    self.prefix = prefix
    place = start
    result.reserveCapacity(bytes.count + bytes.count / 8)
  }

  /// The drawing with the prefix before its ids. Throws for what no drawing of this program's has.
  mutating func drawing() throws(ForeignDrawing) -> [UInt8] {
    repeat {
      try readTag()
      if open.isEmpty { break }
      let start = place
      skip { $0 != UInt8(ascii: "<") }
      result += bytes[start..<place]
    } while place < bytes.count
    guard open.isEmpty else { throw ForeignDrawing(found: "a <\(open[open.count - 1])> without its end") }
    skip { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }
    guard place == bytes.count else { throw ForeignDrawing(found: "more behind its end") }
    return result
  }

  /// Reads a tag, at whose `<` it stands.
  private mutating func readTag() throws(ForeignDrawing) {
    let start = place
    place += 1
    let isEnd = byte == UInt8(ascii: "/")
    if isEnd { place += 1 }
    let name = word()
    guard Self.elements.contains(name) else {
      throw ForeignDrawing(found: name.isEmpty ? "<!…>" : "<\(name)>")
    }
    result += bytes[start..<place]
    if isEnd {
      guard open.popLast() == name, byte == UInt8(ascii: ">") else {
        throw ForeignDrawing(found: "</\(name)>")
      }
    } else {
      // A page reads what stands in a title as its own language, not as a drawing.
      if let outer = open.last, ["title", "desc"].contains(outer) {
        throw ForeignDrawing(found: "<\(name)> in a <\(outer)>")
      }
      while let space = byte, space == 0x20 || space == 0x0A {
        result.append(space)
        place += 1
        if let next = byte, next != UInt8(ascii: "/"), next != UInt8(ascii: ">") {
          try readAttribute(of: name)
        }
      }
      if byte == UInt8(ascii: "/") {
        result.append(UInt8(ascii: "/"))
        place += 1
      } else {
        open.append(name)
      }
    }
    guard byte == UInt8(ascii: ">") else { throw ForeignDrawing(found: "an unreadable <\(name)>") }
    result.append(UInt8(ascii: ">"))
    place += 1
  }

  private mutating func readAttribute(of element: String) throws(ForeignDrawing) {
    let name = word()
    result += Array(name.utf8)
    guard !name.isEmpty, byte == UInt8(ascii: "="), place + 1 < bytes.count,
      bytes[place + 1] == UInt8(ascii: "\"")
    else { throw ForeignDrawing(found: "an unreadable <\(element)>") }
    place += 2
    let start = place
    skip { $0 != UInt8(ascii: "\"") }
    guard place < bytes.count else { throw ForeignDrawing(found: "an unreadable <\(element)>") }
    result += [UInt8(ascii: "="), UInt8(ascii: "\"")]
    try copy(bytes[start..<place], of: name, in: element)
    result.append(UInt8(ascii: "\""))
    place += 1
  }

  /// Copies an attribute's value, with the prefix before what names an id.
  private mutating func copy(_ value: ArraySlice<UInt8>, of name: String, in element: String)
    throws(ForeignDrawing)
  {
    let small = name.lowercased()
    guard !small.hasPrefix("on"), !small.hasPrefix("xml:"), small != "style",
      !value.contains(UInt8(ascii: "<"))
    else { throw ForeignDrawing(found: "the attribute \(name)") }
    switch small {
    case "id": result += prefix + value
    case "aria-labelledby", "aria-describedby":
      for (number, id) in value.split(separator: 0x20).enumerated() {
        if number > 0 { result.append(0x20) }
        result += prefix + id
      }
    case "href", "xlink:href":
      if element == "use", value.first == UInt8(ascii: "#") {
        result += [UInt8(ascii: "#")] + prefix + value.dropFirst()
      } else if element == "image", Self.isPicture(value) {
        result += value
      } else {
        throw ForeignDrawing(found: "an address")
      }
    case "aria-label": result += value
    default: try copyPlaces(value, of: name)
    }
  }

  /// Copies a value in which `url(#id)` may stand, and no other address and no way of spelling one.
  private mutating func copyPlaces(_ value: ArraySlice<UInt8>, of name: String) throws(ForeignDrawing) {
    guard !value.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) else {
      throw ForeignDrawing(found: "a disguised \(name)")
    }
    let opening = Array("url(#".utf8)
    var rest = value
    while let bracket = rest.firstIndex(of: UInt8(ascii: "(")) {
      let before = rest[..<bracket]
      result += before + [UInt8(ascii: "(")]
      rest = rest[(bracket + 1)...]
      guard Self.isAddress(before) else { continue }
      guard before.suffix(3).elementsEqual(opening.prefix(3)), rest.first == UInt8(ascii: "#") else {
        throw ForeignDrawing(found: "an address")
      }
      result += [UInt8(ascii: "#")] + prefix
      rest = rest.dropFirst()
    }
    result += rest
  }

  /// Whether what stands before a bracket makes an address of what stands in it: `url`, `image`, `src` and the like.
  private static func isAddress(_ before: ArraySlice<UInt8>) -> Bool {
    let word = String(decoding: before.suffix(9), as: UTF8.self).lowercased()
    return ["url", "src", "image", "image-set", "import"].contains { word.hasSuffix($0) }
  }

  /// Whether a value is a picture whose bytes stand in it.
  private static func isPicture(_ value: ArraySlice<UInt8>) -> Bool {
    ["data:image/png;base64,", "data:image/jpeg;base64,"].contains { opening in
      value.starts(with: opening.utf8)
        && value.dropFirst(opening.utf8.count).allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
          default: false
          }
        }
    }
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while place < bytes.count, isSkipped(bytes[place]) { place += 1 }
  }

  /// A name of letters, digits, hyphens and colons.
  private mutating func word() -> String {
    let start = place
    skip { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: ":"): true
      default: false
      }
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }
}
