/// A picture in PDF as another program wrote it.
public enum PDFPicture {
  /// The bytes with the date of every other picture, so that the same drawing gives the same file; nil where they are
  /// no PDF.
  ///
  /// Dates stand as `/CreationDate (D:20260102…` and are replaced digit by digit: no offset in the file changes.
  /// Source: ISO 32000-1, sections 7.9.4 and 14.3.3.
  public static func dateless(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.starts(with: Array("%PDF-".utf8)) else { return nil }
    var result = bytes
    let date = Array("19800101000000".utf8)
    for key in ["/CreationDate", "/ModDate"] {
      var place = 0
      while let found = bytes[place...].firstRange(of: Array(key.utf8)) {
        place = found.upperBound
        // Behind the key stand blanks, a parenthesis and mostly D:.
        guard let first = bytes[place...].prefix(8).firstIndex(where: { (0x30...0x39).contains($0) }) else {
          continue
        }
        for (offset, digit) in date.enumerated() {
          let target = first + offset
          guard target < result.count, (0x30...0x39).contains(result[target]) else { break }
          result[target] = digit
        }
      }
    }
    return result
  }
}
