import RuralValue

/// What the files of a shapefile say of the encoding of their texts.
enum CodePage {
  /// The encoding that a `.cpg` file names: `UTF-8`, `936`, `ANSI 936`, `GBK`, `ISO-8859-1`; nil for an empty one.
  static func encoding(named bytes: [UInt8]) -> TextEncoding? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let word = CellText.trimmed(String(decoding: bytes.dropFirst(start).prefix(40), as: UTF8.self))
      .uppercased()
    guard !word.isEmpty else { return nil }
    let name = word.split(separator: " ").last.map(String.init) ?? word
    let isPage = ["ANSI", "OEM", "CP", "WINDOWS", "MS"].contains { word.hasPrefix($0) } || Int(word) != nil
    if isPage, let page = Int(String(name.filter { ("0"..."9").contains($0) })) {
      return encoding(ofPage: page)
    }
    if word.hasPrefix("ISO"), let part = Int(String(word.filter { ("0"..."9").contains($0) }.dropFirst(4))) {
      return TextEncoding("ISO-8859-\(part)")
    }
    return TextEncoding(word)
  }

  /// The encoding of a code page by its number.
  private static func encoding(ofPage page: Int) -> TextEncoding {
    switch page {
    case 65001: .utf8
    case 936, 54936: .gb18030
    case 950: TextEncoding("BIG5")
    case 88591: TextEncoding("ISO-8859-1")
    case 1250...1258: TextEncoding("WINDOWS-\(page)")
    default: TextEncoding("CP\(page)")
    }
  }

  /// The encoding that byte 29 of a `.dbf` names; nil where it names none.
  ///
  /// Source: dBASE's language drivers, as listed in ESRI's and the Visual FoxPro documentation.
  static func encoding(ofDriver driver: UInt8) -> TextEncoding? {
    switch driver {
    case 0x01: TextEncoding("CP437")
    case 0x02: TextEncoding("CP850")
    case 0x03, 0x57, 0x58, 0x59: TextEncoding("WINDOWS-1252")
    case 0x13, 0x7B: TextEncoding("CP932")
    case 0x4D, 0x7A: .gb18030
    case 0x4E, 0x79: TextEncoding("CP949")
    case 0x4F, 0x78: TextEncoding("BIG5")
    case 0x64: TextEncoding("CP852")
    case 0x65: TextEncoding("CP866")
    case 0xC8: TextEncoding("WINDOWS-1250")
    case 0xC9: TextEncoding("WINDOWS-1251")
    default: nil
    }
  }

  /// Whether an encoding reads whatever bytes there are, so that it proves nothing: writers name one that was never
  /// meant.
  static func readsAnything(_ encoding: TextEncoding) -> Bool {
    ["WINDOWS-1252", "ISO-8859-1", "CP437", "CP850"].contains(encoding.name)
  }
}
