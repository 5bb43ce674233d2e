import RuralValue

/// A drawing inside a page: without what belongs to a file of its own, and with ids that no other drawing has.
///
/// Drawings stand in the page itself and not behind an address, so that tool tips, copied text and screen
/// readers work.
enum EmbeddedSVG {
  /// The drawing as HTML; every id and every reference to one begins with `prefix`.
  static func html(_ svg: String, prefix: String) -> String {
    let bytes = Array(svg.utf8)
    guard let start = bytes.firstIndex(of: Array("<svg".utf8)) else { return "" }
    let prefix = Array(prefix.utf8)
    let shape = width(of: bytes[start...]) > 600 ? "rv-drawing rv-broad" : "rv-drawing"
    var result = Array("<div class=\"\(shape)\">".utf8)
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var isInTag = false
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "<") { isInTag = true }
      if byte == UInt8(ascii: ">") { isInTag = false }
      if isInTag, let form = Reference.all.first(where: { $0.stands(in: bytes, at: place) }) {
        result += form.opening
        place += form.opening.count
        guard form.isList else {
          result += prefix
          continue
        }
        place = copyList(bytes, from: place, prefix: prefix, to: &result)
      } else {
        result.append(byte)
        place += 1
      }
    }
    while result.last == UInt8(ascii: "\n") { result.removeLast() }
    return String(decoding: result, as: UTF8.self) + "</div>\n"
  }

  /// The drawing's own width; 0 where it has none.
  private static func width(of bytes: ArraySlice<UInt8>) -> Double {
    let opening = String(decoding: bytes.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
    guard let start = opening.firstRange(of: " width=\"")?.upperBound else { return 0 }
    return PlainDecimal.value(of: opening[start...].prefix { $0 != "\"" }) ?? 0
  }

  /// Copies ids up to the closing quotation mark, each with the prefix.
  private static func copyList(
    _ bytes: [UInt8], from start: Int, prefix: [UInt8], to result: inout [UInt8]
  ) -> Int {
    var place = start
    var isStart = true
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      let isSpace = bytes[place] == UInt8(ascii: " ")
      if isStart, !isSpace { result += prefix }
      isStart = isSpace
      result.append(bytes[place])
      place += 1
    }
    return place
  }

  /// A way in which SVG names an id.
  private struct Reference {
    let opening: [UInt8]
    let isList: Bool

    init(_ opening: String, isList: Bool = false) {
      self.opening = Array(opening.utf8)
      self.isList = isList
    }

    static let all = [
      Reference(" id=\""), Reference("href=\"#"), Reference("url(#"),
      Reference(" aria-labelledby=\"", isList: true), Reference(" aria-describedby=\"", isList: true),
    ]

    func stands(in bytes: [UInt8], at place: Int) -> Bool {
      bytes[place] == opening[0] && place + opening.count <= bytes.count
        && bytes[place..<place + opening.count].elementsEqual(opening)
    }
  }
}

extension [UInt8] {
  /// Where a sequence of bytes begins first.
  fileprivate func firstIndex(of part: [UInt8]) -> Int? {
    guard count >= part.count else { return nil }
    return (0...(count - part.count)).first {
      self[$0] == part[0] && self[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}
