import RuralValue

/// A text in a field of a binary file.
struct TextField {
  /// Where its bytes stand.
  var range: Range<Int>
  /// Whether it fills its field, so that its last character may have been cut.
  var isFull = false
}

/// The texts of a file's fields as UTF-8, all of one encoding.
///
/// Plain ASCII stays where it stands in the file; only what has to be converted is written anew.
struct FieldTexts {
  /// Which encoding the fields have.
  enum Source {
    /// This one.
    case exactly(TextEncoding)
    /// The first of these as which every field can be read; else it is found out.
    case first(of: [TextEncoding])
    /// UTF-8 if every field can be, else GB18030 if it looks like it.
    case found
  }

  /// Why texts could not be read.
  enum Failure: Error {
    case unknownEncoding(TextEncoding)
    /// The C library does not read the field in the encoding; `found` are the first bytes that it refuses.
    case invalid(field: Int, found: [UInt8], encoding: TextEncoding)
    /// The texts can be Big5 and GB18030.
    case uncertain(field: Int)
  }

  /// The file's bytes and, behind them, what was converted.
  private(set) var bytes: [UInt8]
  /// Where each field's text stands, without the white space around it.
  private(set) var ranges: [Range<Int>] = []
  let encoding: TextEncoding
  /// The fields that ended within a character, of which the beginning is left out.
  private(set) var cut: [Int] = []
  /// A field with a text beyond ASCII, which shows whether the encoding is right.
  private(set) var example: Int?

  init(_ fields: [TextField], of bytes: [UInt8], in source: Source) throws(Failure) {
    switch source {
    case .exactly(let encoding): try self.init(fields, of: bytes, as: encoding)
    case .first(let encodings):
      for encoding in encodings {
        do throws(Failure) {
          try self.init(fields, of: bytes, as: encoding)
          return
        } catch {
          continue
        }
      }
      try self.init(fields, of: bytes, in: .found)
    case .found:
      let failure: Failure
      do throws(Failure) {
        try self.init(fields, of: bytes, as: .utf8)
        return
      } catch {
        failure = error
      }
      let sample = FieldTexts.sample(fields, of: bytes)
      guard DecodedText.looksLikeGB18030(sample) else { throw failure }
      let read: FieldTexts
      do throws(Failure) { read = try FieldTexts(fields, of: bytes, as: .gb18030) } catch { throw failure }
      if DecodedText.looksLikeBig5(sample), let example = read.example { throw .uncertain(field: example) }
      self = read
    }
  }

  /// The fields in one encoding.
  private init(
    _ fields: [TextField], of bytes: [UInt8], as encoding: TextEncoding
  ) throws(Failure) {
    self.bytes = bytes
    self.encoding = encoding
    ranges.reserveCapacity(fields.count)
    var foreign: [Int] = []
    for (number, field) in fields.enumerated() {
      var range = field.range
      if !FieldTexts.isASCII(bytes.span, range) {
        example = example ?? number
        if field.isFull {
          let end = CharacterCut.end(of: range, in: bytes.span, encoding)
          if end < range.upperBound { cut.append(number) }
          range = range.lowerBound..<end
        }
        if encoding == .utf8 {
          if let place = FieldTexts.invalidPlace(bytes.span, range) {
            throw .invalid(
              field: number, found: Array(bytes[place..<min(place + 3, range.upperBound)]), encoding: .utf8)
          }
        } else {
          foreign.append(number)
        }
      }
      ranges.append(range)
    }
    if !foreign.isEmpty { try convert(foreign) }
    let text = self.bytes
    for number in ranges.indices {
      let range = ranges[number]
      ranges[number] = CellText.trimmedRange(of: text.span, from: range.lowerBound, to: range.upperBound)
    }
  }

  /// Converts fields, each behind a zero byte, which is a character by itself in every encoding of such files.
  private mutating func convert(_ fields: [Int]) throws(Failure) {
    var joined: [UInt8] = []
    var starts: [Int] = []
    for field in fields {
      starts.append(joined.count)
      joined += bytes[ranges[field]]
      joined.append(0)
    }
    let converted: [UInt8]
    do throws(CharacterDecoding.Failure) {
      converted = try CharacterDecoding.utf8(of: joined, from: encoding)
    } catch {
      guard case .invalid(let position) = error else { throw .unknownEncoding(encoding) }
      let place = (starts.firstIndex { $0 > position } ?? starts.count) - 1
      let found = joined[position..<min(position + 2, ranges[fields[place]].count + starts[place])]
      throw .invalid(field: fields[place], found: Array(found), encoding: encoding)
    }
    let ends = converted.indices.filter { converted[$0] == 0 }
    // Wide encodings have other zeros.
    guard ends.count == fields.count else {
      throw .invalid(field: fields[0], found: Array(joined.prefix(2)), encoding: encoding)
    }
    var start = bytes.count
    for (field, end) in zip(fields, ends) {
      ranges[field] = start..<bytes.count + end
      start = bytes.count + end + 1
    }
    bytes += converted
  }

  /// A field's text.
  func text(_ field: Int) -> String { String(decoding: bytes[ranges[field]], as: UTF8.self) }

  /// The texts beyond ASCII in a row.
  private static func sample(_ fields: [TextField], of bytes: [UInt8]) -> [UInt8] {
    var sample: [UInt8] = []
    for field in fields where !isASCII(bytes.span, field.range) {
      sample += bytes[field.range]
      sample.append(UInt8(ascii: "\n"))
    }
    return sample
  }

  private static func isASCII(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var gathered: UInt8 = 0
    for place in range { gathered |= bytes[place] }
    return gathered < 0x80
  }

  /// Where UTF-8 ends to be such.
  private static func invalidPlace(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var place = range.lowerBound
    while place < range.upperBound {
      let length = UTF8Check.lengthOfCharacter(in: bytes, at: place)
      guard length > 0, place + length <= range.upperBound else { return place }
      place += length
    }
    return nil
  }
}

/// Where a text ends that a field's width has cut within a character.
enum CharacterCut {
  /// The end of the last whole character; the range's own end where none was cut.
  static func end(of range: Range<Int>, in bytes: Span<UInt8>, _ encoding: TextEncoding) -> Int {
    var place = range.lowerBound
    while place < range.upperBound {
      let length = lengthOfCharacter(bytes, at: place, before: range.upperBound, encoding)
      if length > range.upperBound - place { return place }
      place += length
    }
    return range.upperBound
  }

  /// How long the character is that a byte begins; one where nothing tells.
  private static func lengthOfCharacter(
    _ bytes: Span<UInt8>, at place: Int, before end: Int, _ encoding: TextEncoding
  ) -> Int {
    let lead = bytes[place]
    guard lead >= 0x80 else { return 1 }
    switch encoding {
    case .utf8:
      let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
      // Only a character that is sound as far as it goes was cut.
      let rest = place + 1..<min(place + length, end)
      return rest.contains { bytes[$0] & 0xC0 != 0x80 } ? 1 : length
    case .gb18030:
      guard (0x81...0xFE).contains(lead) else { return 1 }
      guard place + 1 < end else { return 2 }
      return (0x30...0x39).contains(bytes[place + 1]) ? 4 : 2
    case TextEncoding("BIG5"), TextEncoding("CP950"): return (0x81...0xFE).contains(lead) ? 2 : 1
    default: return 1
    }
  }
}
