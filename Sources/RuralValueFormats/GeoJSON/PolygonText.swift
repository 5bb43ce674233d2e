import RuralValue

/// The UTF-8 of a file of polygons.
struct PolygonText {
  let bytes: [UInt8]
  /// Whether it was decoded against expectation.
  let notes: [Phrase]

  /// UTF-8, UTF-16 with its mark, or GB18030 where the bytes look like it: JSON is ASCII but for its texts.
  init(_ bytes: [UInt8], source: String) throws(GeoJSONError) {
    do throws(JSONCursor.ForeignBytes) {
      self.bytes = try JSONCursor.utf8(bytes)
      notes = []
    } catch {
      guard let decoded = try? DecodedText(bytes, encoding: nil, source: source), decoded.encoding == .gb18030
      else {
        throw .unexpected(
          found: error.found, expected: JSONCursor.ForeignBytes.expected, source: source,
          place: TextPlace(line: error.line, column: 1), feature: nil)
      }
      self.bytes = Array(decoded.bytes[decoded.start...])
      notes = [
        Phrase(
          "\(source): read as GB18030 (GBK), for it is not UTF-8, as JSON should be.",
          zh: "\(source)：文件不是 JSON 规定的 UTF-8 编码，按 GB18030（GBK）读取。")
      ]
    }
  }
}
