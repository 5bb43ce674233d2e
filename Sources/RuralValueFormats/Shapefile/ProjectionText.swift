import RuralValue

/// A coordinate system as a `.prj` file describes it in well-known text.
/// Source: OGC 01-009 (WKT 1) and OGC 18-010 (WKT 2).
struct ProjectionText {
  let reference: CoordinateReference
  /// The name of an old Chinese datum, where it is one.
  let oldDatum: String?

  /// Nil for an empty file.
  init?(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = Array(bytes.dropFirst(start).prefix(100_000))
    guard text.contains(where: { $0 > 0x20 }) else { return nil }
    var parser = WellKnownText(text)
    guard let root = parser.node(depth: 0) else {
      (reference, oldDatum) = (.undeclared, nil)
      return
    }
    reference = ProjectionText.reference(root)
    oldDatum = ProjectionText.oldDatum(root)
  }

  private static func reference(_ node: WellKnownText.Node) -> CoordinateReference {
    let name = node.name
    switch node.keyword {
    case "PROJCS", "PROJCRS", "PROJECTEDCRS":
      if isWebMercator(node) { return .webMercator(name) }
      guard let metres = metres(node), metres > 0, metres < 1e7 else { return .unknown(name) }
      return .projected(name, metresPerUnit: metres)
    case "GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS": return .geographic(name)
    case "COMPD_CS", "COMPOUNDCRS", "BOUNDCRS", "SOURCECRS":
      return node.children.first.map(reference) ?? .unknown(name)
    default: return .unknown(name)
    }
  }

  /// Metres in a unit of a plane: its own last unit, or one of its axes'.
  private static func metres(_ node: WellKnownText.Node) -> Double? {
    if let unit = node.children.last(where: { $0.keyword == "UNIT" || $0.keyword == "LENGTHUNIT" }) {
      return unit.numbers.first
    }
    return node.children.lazy.filter { $0.keyword == "AXIS" || $0.keyword == "CS" }.compactMap(metres).first
  }

  private static func isWebMercator(_ node: WellKnownText.Node) -> Bool {
    let words = [node.name] + node.children.filter { $0.keyword == "PROJECTION" }.map(\.name)
    let folded = words.map { word in String(word.lowercased().filter { $0.isLetter }) }
    return folded.contains { word in
      ["mercatorauxiliarysphere", "pseudomercator", "webmercator", "popularvisualisation"].contains {
        word.contains($0)
      }
    }
  }

  private static func oldDatum(_ node: WellKnownText.Node) -> String? {
    if ["DATUM", "GEODETICDATUM", "TRF"].contains(node.keyword) {
      let folded = node.name.lowercased()
      return ["krasovsky", "krassovsky", "beijing", "xian"].contains { folded.contains($0) } ? node.name : nil
    }
    return node.children.lazy.compactMap(oldDatum).first
  }
}

/// Well-known text as a tree: `KEYWORD["name", 1.5, KEYWORD[…]]`.
struct WellKnownText {
  struct Node {
    let keyword: String
    var name = ""
    var numbers: [Double] = []
    var children: [Node] = []
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func peek() -> UInt8? {
    while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
    return place < bytes.count ? bytes[place] : nil
  }

  /// The node that begins here; nil where the text is no such.
  mutating func node(depth: Int) -> Node? {
    guard depth < 32, peek() != nil else { return nil }
    let keyword = word()
    guard !keyword.isEmpty else { return nil }
    var node = Node(keyword: keyword.uppercased())
    guard let open = peek(), open == UInt8(ascii: "[") || open == UInt8(ascii: "(") else {
      // A bare word, as the directions of axes.
      return node
    }
    place += 1
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "]"), UInt8(ascii: ")"):
        place += 1
        return node
      case UInt8(ascii: ","): place += 1
      case UInt8(ascii: "\""):
        let text = quoted()
        if node.name.isEmpty { node.name = text }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        guard let child = self.node(depth: depth + 1) else { return nil }
        node.children.append(child)
      default:
        guard let number = number() else { return nil }
        node.numbers.append(number)
      }
    }
    return nil
  }

  private mutating func word() -> String {
    let start = place
    while place < bytes.count,
      bytes[place] == UInt8(ascii: "_") || Character(UnicodeScalar(bytes[place])).isLetter
        || Character(UnicodeScalar(bytes[place])).isNumber
    { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func quoted() -> String {
    place += 1
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += 1 }
    defer { place = min(place + 1, bytes.count) }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func number() -> Double? {
    let start = place
    while place < bytes.count, "+-.0123456789eE".utf8.contains(bytes[place]) { place += 1 }
    return PlainDecimal.value(of: bytes.span, from: start, to: place)
  }
}
