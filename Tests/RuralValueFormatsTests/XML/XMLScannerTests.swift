import Testing

@testable import RuralValueFormats

/// XML piece by piece.
@Suite struct XMLScannerTests {
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  /// What a document says: `<a`, `a>` and texts.
  private static func pieces(_ document: String) throws(XMLFault) -> [String] {
    let bytes = try XMLText.utf8(Array(document.utf8))
    let span = bytes.span
    var scanner = XMLScanner(span)
    var pieces: [String] = []
    while true {
      switch try scanner.next(span) {
      case .start: pieces.append("<" + XMLScanner.text(scanner.localName, span))
      case .end: pieces.append(XMLScanner.text(scanner.localName, span) + ">")
      case .text:
        var text: [UInt8] = []
        try XMLText.append(scanner.text, of: span, isLiteral: scanner.isLiteral, to: &text)
        pieces.append(String(decoding: text, as: UTF8.self))
      case .finished: return pieces
      }
    }
  }

  @Test(arguments: [
    ("<a/>", ["<a", "a>"]), ("<?xml version='1.0'?>\n<a>x</a>\n<!-- end -->", ["<a", "x", "a>"]),
    ("<a>x<!-- y -->z<?p q?></a>", ["<a", "x", "z", "a>"]), ("<a><![CDATA[<&>]]></a>", ["<a", "<&>", "a>"]),
    ("<a>&lt;&#65;&#x4E2D;&amp;</a >", ["<a", "<A中&", "a>"]), ("<a>\r\nb\rc</a>", ["<a", "\nb\nc", "a>"]),
    ("\u{FEFF}<a b='\"' c = \"'\"/>", ["<a", "a>"]),
    ("<x:a xmlns:x='u'><x:b/></x:a>", ["<a", "<b", "b>", "a>"]),
  ])
  func `a document is read piece by piece`(document: String, pieces: [String]) throws {
    #expect(try Self.pieces(document) == pieces)
  }

  @Test(arguments: [
    ("", "found nothing"), ("<a", "ends within <a>"), ("<a>", "ends within <a>"),
    ("<a></b>", "the end of <b>"),
    ("<a/><b/>", "a second element"), ("x<a/>", "found text"), ("<a/>x", "found text"),
    ("</a>", "the end of <a>"),
    ("<a b/>", "without a value"), ("<a b=c/>", "without quotes"), ("<a b='<'/>", "&lt;"),
    ("<a b='1'c='2'/>", "no space"),
    ("<a>&nbsp;</a>", "&nbsp; stands for no character"), ("<a>&#0;</a>", "&#0;"),
    ("<a>&#xD800;</a>", "&#xD800;"),
    ("<a>&#+65;</a>", "&#+65;"), ("<a>& b</a>", "stands for no character"),
    ("<a>&amp</a>", "stands for no character"),
    ("<!DOCTYPE a><a/>", "<!DOCTYPE"), ("<a><!ELEMENT></a>", "found <!"),
    ("<a><!-- ", "ends within a comment"),
    ("<a><![CDATA[", "ends within a CDATA section"), ("<x:a/>", "the prefix \"x\" is not declared"),
    ("<a/ >", "found /"), ("< a/>", "a name"),
  ])
  func `what is no XML says what is wrong`(document: String, words: String) {
    let fault = #expect(throws: XMLFault.self) { () throws(XMLFault) in try Self.pieces(document) }
    #expect(fault?.words.contains(words) == true, "\(fault?.words ?? "")")
  }

  @Test func `elements within each other have a limit`() throws {
    let most = ArchiveLimits.depth
    _ = try Self.pieces(String(repeating: "<a>", count: most) + String(repeating: "</a>", count: most))
    let fault = #expect(throws: XMLFault.self) { try Self.pieces(String(repeating: "<a>", count: most + 1)) }
    #expect(fault?.reason == .depth)
  }

  @Test func `an element is known by its namespace, whatever its prefix`() throws {
    for (document, isMeant) in [
      ("<row xmlns='\(Self.main)'/>", true), ("<q:row xmlns:q='\(Self.main)'/>", true), ("<row/>", false),
      ("<row xmlns='u'/>", false), ("<row xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'/>", true),
    ] {
      let bytes = Array(document.utf8)
      var scanner = XMLScanner(bytes.span)
      _ = try scanner.next(bytes.span)
      let isRow = scanner.isElement("row", bytes.span)
      #expect(isRow == isMeant, "\(document)")
    }
  }

  @Test func `a namespace holds up to the end of its element`() throws {
    let bytes = Array("<a xmlns='\(Self.main)'><b xmlns='u'><c/></b><d/></a>".utf8)
    var scanner = XMLScanner(bytes.span)
    var names: [String] = []
    while try scanner.next(bytes.span) != .finished {
      if scanner.namespace == .spreadsheet { names.append(XMLScanner.text(scanner.localName, bytes.span)) }
    }
    #expect(names == ["a", "d", "d", "a"])
  }

  @Test func `UTF-16 with its mark is read, and other bytes are refused`() throws {
    let units = "<a>中</a>".utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let wide: [UInt8] = [0xFF, 0xFE] + units
    #expect(try XMLText.utf8(wide) == Array("<a>中</a>".utf8))
    for bytes: [UInt8] in [[0x3C, 0x61, 0x3E, 0xFF], [0x3C, 0x00], [0xFF, 0xFE, 0x00, 0xD8]] {
      #expect(throws: XMLFault.self) { try XMLText.utf8(bytes) }
    }
  }
}
