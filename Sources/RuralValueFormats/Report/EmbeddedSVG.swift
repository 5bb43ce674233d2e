import RuralValue

/// A drawing inside a page: without what belongs to a file of its own, and with ids that no other drawing has.
///
/// Drawings stand in the page itself and not behind an address, so that tool tips, copied text and screen
/// readers work. A drawing is read from a file, which anybody may have written, and a page runs what it holds; so only
/// what this program draws with is let in: elements that show something, no style sheet, no address but that of a
/// place in the drawing itself or of a picture whose bytes stand there. Anything else, and the whole drawing is refused.
enum EmbeddedSVG {
  /// The drawing as HTML; every id and every reference to one begins with `prefix`.
  static func html(_ svg: String, prefix: String) throws(ForeignDrawing) -> String {
    let bytes = Array(svg.utf8)
    guard let start = bytes.firstIndex(of: Array("<svg".utf8)) else {
      throw ForeignDrawing(found: "no <svg>")
    }
    let shape = width(of: bytes[start...]) > 600 ? "rv-drawing rv-broad" : "rv-drawing"
    var reader = DrawingReader(bytes, from: start, prefix: Array(prefix.utf8))
    return "<div class=\"\(shape)\">" + String(decoding: try reader.drawing(), as: UTF8.self) + "</div>\n"
  }

  /// The drawing's own width; 0 where it has none.
  private static func width(of bytes: ArraySlice<UInt8>) -> Double {
    let opening = String(decoding: bytes.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
    guard let start = opening.firstRange(of: " width=\"")?.upperBound else { return 0 }
    return PlainDecimal.value(of: opening[start...].prefix { $0 != "\"" }) ?? 0
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
