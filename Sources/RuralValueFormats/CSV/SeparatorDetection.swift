/// Finds out which of comma, tab and semicolon parts the cells.
///
/// It is the one of which most rows have the same number, and of equals the one that makes more columns.
/// Separators inside quotes do not count, nor tabs right before a comma or semicolon, which bureau exports
/// put there to keep spreadsheets from turning codes into numbers.
struct SeparatorDetection {
  private static let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
  /// For each row the number of each candidate.
  private var counts: [[Int]] = []

  /// The separator of a text, looked for in its first 200 rows.
  static func separator(of bytes: Span<UInt8>, from start: Int) -> UInt8 {
    if isEurostat(bytes, from: start) { return UInt8(ascii: "\t") }
    var detection = SeparatorDetection()
    detection.count(bytes, from: start)
    let scores = candidates.indices.map { detection.score(of: $0) }
    let best = candidates.indices.max { scores[$0] < scores[$1] || (scores[$0] == scores[$1] && $0 > $1) }
    return candidates[best!]
  }

  /// Whether the first line has tabs behind a first cell such as `freq,unit,geo\TIME_PERIOD`.
  private static func isEurostat(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    var stroke = false
    for position in start..<bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\"): stroke = true
      case UInt8(ascii: "\t"): return stroke
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return false
      default: break
      }
    }
    return false
  }

  private mutating func count(_ bytes: Span<UInt8>, from start: Int) {
    var row = [0, 0, 0]
    var isQuoted = false
    var isBlank = true
    for position in start..<bytes.count {
      if counts.count == 200 { return }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted:
        if !isBlank { counts.append(row) }
        (row, isBlank) = ([0, 0, 0], true)
      case UInt8(ascii: "\t") where !isQuoted && !isBeforeSeparator(bytes, position): row[1] += 1
      case UInt8(ascii: ",") where !isQuoted: row[0] += 1
      case UInt8(ascii: ";") where !isQuoted: row[2] += 1
      default: break
      }
      if byte > 0x20 { isBlank = false }
    }
    if !isBlank { counts.append(row) }
  }

  private func isBeforeSeparator(_ bytes: Span<UInt8>, _ position: Int) -> Bool {
    position + 1 < bytes.count
      && (bytes[position + 1] == UInt8(ascii: ",") || bytes[position + 1] == UInt8(ascii: ";"))
  }

  /// How many rows have the most frequent number of a candidate, and that number.
  private func score(of candidate: Int) -> Score {
    var frequency: [Int: Int] = [:]
    for row in counts where row[candidate] > 0 { frequency[row[candidate], default: 0] += 1 }
    return frequency.map { Score(rows: $0.value, number: $0.key) }.max() ?? Score(rows: 0, number: 0)
  }

  private struct Score: Comparable {
    let rows: Int
    let number: Int
    static func < (one: Score, other: Score) -> Bool {
      (one.rows, one.number) < (other.rows, other.number)
    }
  }
}

/// Line ends: LF, CRLF and the lone CR of old Macintosh files.
enum LineEnd {
  /// The bytes of the first line end from a position on.
  static func next(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var next = start
    while next < bytes.count {
      if let length = length(in: bytes, at: next) { return next..<(next + length) }
      next += 1
    }
    return nil
  }

  /// The length of the line end that stands here.
  @inline(__always)
  static func length(in bytes: Span<UInt8>, at position: Int) -> Int? {
    switch bytes[position] {
    case UInt8(ascii: "\n"): 1
    case UInt8(ascii: "\r"):
      position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n") ? 2 : 1
    default: nil
    }
  }
}
