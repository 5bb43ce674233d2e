import RuralValue

/// A file's bytes as UTF-8 text without NUL.
struct DecodedText {
  /// The UTF-8.
  let bytes: [UInt8]
  /// Where the text begins: behind a byte-order mark.
  let start: Int
  /// The encoding that was given or found.
  let encoding: TextEncoding
  /// Whether it was found against expectation, so that people should know.
  let notes: [Phrase]

  /// Decodes a file, whose encoding is found out unless it is given.
  ///
  /// A byte-order mark decides; else the text is UTF-8 if it can be, and else GB18030 if it can be and
  /// looks like it.
  init(_ input: [UInt8], encoding: TextEncoding?, source: String) throws(CSVError) {
    if let encoding, encoding != .utf8 {
      try self.init(converting: input, from: encoding, source: source, notes: [])
    } else if encoding == nil, let (found, length) = TextEncoding.wideMark(in: input) {
      let note = Phrase(
        "\(source): read as \(found.name), as its byte-order mark says.",
        zh: "\(source)：根据字节顺序标记，按 \(found.name) 编码读取。")
      try self.init(converting: Array(input[length...]), from: found, source: source, notes: [note])
    } else {
      try self.init(detecting: input, mayBeOther: encoding == nil, source: source)
    }
  }

  /// UTF-8, or GB18030 where that may be.
  private init(detecting input: [UInt8], mayBeOther: Bool, source: String) throws(CSVError) {
    let start = input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let outcome = UTF8Check.outcome(of: input.span, from: start)
    switch outcome {
    case .text:
      (bytes, self.start, encoding, notes) = (input, start, .utf8, [])
    case .nul(let position):
      throw DecodedText.nulByte(in: input, at: position, source: source)
    case .invalid(let position):
      guard mayBeOther, DecodedText.looksLikeGB18030(input),
        let decoded = try? DecodedText(converting: input, from: .gb18030, source: source, notes: [])
      else { throw DecodedText.invalidBytes(in: input, at: position, encoding: .utf8, source: source) }
      if DecodedText.looksLikeBig5(input) { throw .uncertainEncoding(source: source) }
      (bytes, self.start, encoding) = (decoded.bytes, decoded.start, .gb18030)
      notes = [
        Phrase(
          "\(source): read as GB18030 (GBK), for it is not UTF-8; \(Setting("encoding")) says otherwise.",
          zh: "\(source)：文件不是 UTF-8 编码，按 GB18030（GBK）读取；可用 \(Setting("encoding")) 另行指定。")
      ]
    }
  }

  private init(
    converting input: [UInt8], from encoding: TextEncoding, source: String, notes: [Phrase]
  ) throws(CSVError) {
    let bytes = try DecodedText.converted(input, from: encoding, source: source)
    if case .nul(let position) = UTF8Check.outcome(of: bytes.span) {
      throw DecodedText.nulByte(in: bytes, at: position, source: source)
    }
    self.bytes = bytes
    // The mark survives the conversion of a UTF-16 file whose encoding was given.
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    self.encoding = encoding
    self.notes = notes
  }

  private static func converted(
    _ input: [UInt8], from encoding: TextEncoding, source: String
  ) throws(CSVError) -> [UInt8] {
    do throws(CharacterDecoding.Failure) {
      return try CharacterDecoding.utf8(of: input, from: encoding)
    } catch {
      switch error {
      case .unknownEncoding: throw .unknownEncoding(source: source, name: encoding.name)
      case .invalid(let position):
        throw invalidBytes(in: input, at: position, encoding: encoding, source: source)
      }
    }
  }

  /// Whether bytes that are not UTF-8 may be GB18030, rather than UTF-8 with a broken character or a
  /// European encoding.
  ///
  /// A broken UTF-8 file has many sound characters and few stray bytes; of GB18030 about one pair in six
  /// looks like UTF-8 by chance. In a European file a high byte stands before a plain letter; in Chinese
  /// text nearly all pairs have two high bytes.
  static func looksLikeGB18030(_ input: [UInt8]) -> Bool {
    let (characters, strays) = UTF8Check.census(of: input.span)
    guard characters < 4 * strays else { return false }
    var (chinese, others, next) = (0, 0, 0)
    while next + 1 < input.count {
      guard input[next] >= 0x80 else {
        next += 1
        continue
      }
      if input[next] >= 0xA1, input[next + 1] >= 0xA1 { chinese += 1 } else { others += 1 }
      next += 2
    }
    return chinese > others
  }

  /// Whether text that can be GB18030 is more likely Big5: two in five of its characters have a second byte below
  /// 0x80, of simplified Chinese hardly any.
  static func looksLikeBig5(_ input: [UInt8]) -> Bool {
    var (low, all, next) = (0, 0, 0)
    while next + 1 < input.count {
      guard input[next] >= 0x81 else {
        next += 1
        continue
      }
      all += 1
      if input[next + 1] < 0x80 { low += 1 }
      next += 2
    }
    guard low >= 3, 6 * low > all else { return false }
    return (try? CharacterDecoding.utf8(of: input, from: TextEncoding("big5"))) != nil
  }

  private static func nulByte(in bytes: [UInt8], at position: Int, source: String) -> CSVError {
    let (line, byte) = place(of: position, in: bytes)
    return .nulByte(source: source, line: line, byte: byte)
  }

  private static func invalidBytes(
    in bytes: [UInt8], at position: Int, encoding: TextEncoding, source: String
  ) -> CSVError {
    let (line, byte) = place(of: position, in: bytes)
    return .invalidBytes(
      source: source, line: line, byte: byte, found: Array(bytes[position...].prefix(2)), encoding: encoding)
  }

  /// The line of a position and its place in the line, both from one.
  private static func place(of position: Int, in bytes: [UInt8]) -> (line: Int, byte: Int) {
    var (line, start, next) = (1, 0, 0)
    while let end = LineEnd.next(in: bytes.span, from: next), end.upperBound <= position {
      line += 1
      (start, next) = (end.upperBound, end.upperBound)
    }
    return (line, position - start + 1)
  }
}
