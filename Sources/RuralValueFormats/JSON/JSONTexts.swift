/// The texts in quotation marks of a JSON document, keys among them.
public enum JSONTexts {
  /// The document with other texts in the place of some; everything else, comments too, stays as it is written.
  ///
  /// `change` is given each text and, of a member's value, its key; nil leaves the text alone. The answer is UTF-8
  /// whatever the document was; bytes that are no JSON stay as far as they are none.
  public static func rewriting(
    _ bytes: [UInt8], _ dialect: JSONDialect = .strict, by change: (_ text: String, _ key: String?) -> String?
  ) -> [UInt8] {
    guard let bytes = try? JSONCursor.utf8(bytes) else { return bytes }
    var cursor = JSONCursor(bytes, dialect)
    var result: [UInt8] = []
    var (copied, word, key) = (0, [UInt8](), String?.none)
    while let byte = try? cursor.peek() {
      let start = cursor.position
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let text = try? cursor.string() else {
          cursor.position = start + 1
          continue
        }
        word = Array(text.utf8)
        guard let new = change(text, key) else { continue }
        result += bytes[copied..<start]
        JSONText.append(new, to: &result)
        copied = cursor.position
      case UInt8(ascii: ":"):
        key = String(decoding: word, as: UTF8.self)
        cursor.position += 1
      case UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
        (word, key) = ([], nil)
        cursor.position += 1
      default:
        word.append(byte)
        cursor.position += 1
      }
    }
    return result + bytes[copied...]
  }
}
