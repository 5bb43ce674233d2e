/// The characters of a study file.
enum StudyEncoding {
  /// The text as UTF-8 without a byte-order mark.
  ///
  /// Takes UTF-8 and UTF-16 with its mark. Throws where there are bytes that are neither.
  static func utf8(_ bytes: [UInt8]) throws(StudyMisreading) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try checked(Array(bytes[3...])) }
    if let text = wide(bytes) { return try checked(text) }
    return try checked(bytes)
  }

  /// UTF-16 by its mark.
  private static func wide(_ bytes: [UInt8]) -> [UInt8]? {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]), bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: 2, to: bytes.count, by: 2).map { place -> UInt16 in
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func checked(_ bytes: [UInt8]) throws(StudyMisreading) -> [UInt8] {
    let remedy = "; expected UTF-8. Save the file with this encoding."
    if let place = bytes.firstIndex(of: 0) {
      throw misreading(bytes, place, "found a byte 0, as UTF-16 without its mark has them" + remedy)
    }
    guard String(validating: bytes, as: UTF8.self) == nil else { return bytes }
    // The first place that had to be mended.
    let mended = String(decoding: bytes, as: UTF8.self).utf8
    let place = zip(bytes, mended).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
    throw misreading(bytes, place, "found bytes that are no UTF-8, as GB18030 or GBK has them" + remedy)
  }

  private static func misreading(_ bytes: [UInt8], _ place: Int, _ message: String) -> StudyMisreading {
    let line = bytes[..<min(place, bytes.count)].count { $0 == 0x0A } + 1
    return StudyMisreading(line: line, column: 1, message: message)
  }
}
