import RuralValue

/// The lines of a text file that hold anything, each cut into words, with their numbers.
struct TextLines {
  let lines: [(number: Int, words: [String])]

  init(_ bytes: [UInt8]) {
    var lines: [(number: Int, words: [String])] = []
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    for (number, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        .map { String(decoding: $0, as: UTF8.self) }
      if !words.isEmpty { lines.append((number + 1, words)) }
    }
    self.lines = lines
  }
}
