import RuralValue

/// The cells of a table's body before they become a table: in rows of one width, each a range of bytes.
///
/// What offices and statistical bureaus write about numbers is taken off here, a whole column at a time and never
/// without a note: per cent signs, decimal commas, Eurostat's flags, markers of missing values that a call names.
struct CSVCells {
  private(set) var names: [String]
  private(set) var bytes: [UInt8]
  private(set) var starts: [UInt32]
  private(set) var ends: [UInt32]
  private let rowCount: Int

  init(names: [String], bytes: [UInt8], starts: [UInt32], ends: [UInt32], rowCount: Int) {
    self.names = names
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
    self.rowCount = rowCount
  }

  private var columnCount: Int { names.count }

  private func text(_ cell: Int) -> ArraySlice<UInt8> { bytes[Int(starts[cell])..<Int(ends[cell])] }

  private func isEmpty(_ cell: Int) -> Bool { starts[cell] == ends[cell] }

  private func cells(of column: Int) -> StrideTo<Int> {
    stride(from: column, to: rowCount * columnCount, by: columnCount)
  }

  // MARK: - Missing values

  /// Empties the cells that hold one of the markers; returns how many hold which.
  mutating func empty(markers: [String]) -> [(marker: String, count: Int)] {
    var counts = [Int](repeating: 0, count: markers.count)
    let texts = markers.map { Array($0.utf8) }
    let numbers = markers.map { PlainDecimal.value(of: $0) }
    for cell in starts.indices where !isEmpty(cell) {
      let found = text(cell)
      let place =
        texts.firstIndex { found.elementsEqual($0) }
        ?? numbers.firstIndex { number in
          number != nil && number == PlainDecimal.value(of: String(decoding: found, as: UTF8.self))
        }
      guard let place else { continue }
      counts[place] += 1
      ends[cell] = starts[cell]
    }
    return Array(zip(markers, counts))
  }

  // MARK: - Signs about numbers

  /// Takes the per cent sign off columns all of whose numbers have one; returns their names and an example.
  mutating func stripPercent() -> [(column: String, example: String)] {
    var stripped: [(column: String, example: String)] = []
    for column in names.indices {
      guard let first = firstPercent(in: column) else { continue }
      stripped.append((names[column], String(decoding: text(first), as: UTF8.self)))
      for cell in cells(of: column) where !isEmpty(cell) && bytes[Int(ends[cell]) - 1] == UInt8(ascii: "%") {
        ends[cell] -= 1
      }
    }
    return stripped
  }

  /// The first number of a column all of whose numbers have a per cent sign; nil for any other column.
  private func firstPercent(in column: Int) -> Int? {
    var first: Int?
    for cell in cells(of: column) where !isEmpty(cell) {
      let word = text(cell)
      if case .missing = NumberReading(utf8: word) { continue }
      guard word.last == UInt8(ascii: "%"), case .number = NumberReading(utf8: word.dropLast()) else {
        return nil
      }
      first = first ?? cell
    }
    return first
  }

  /// Turns decimal commas into points where some number proves that commas are such; returns an example.
  ///
  /// `921,39` proves it, for no thousand has two digits; `1,234` alone does not, and `1.5` beside it speaks against it.
  /// Points then part thousands.
  mutating func readDecimalCommas() -> String? {
    var candidates: [Int] = []
    var proof: Int?
    var (withCommas, withPoints): (Set<Int>, Set<Int>) = ([], [])
    for cell in starts.indices {
      let word = text(cell)
      if word.contains(UInt8(ascii: ",")) {
        guard let hasProof = CSVCells.decimalComma(word) else { continue }
        candidates.append(cell)
        withCommas.insert(cell % columnCount)
        if hasProof, proof == nil { proof = cell }
      } else if word.contains(UInt8(ascii: ".")), case .number = NumberReading(utf8: word) {
        guard CSVCells.decimalComma(word + [UInt8(ascii: ","), UInt8(ascii: "0")]) != nil else { return nil }
        candidates.append(cell)
        withPoints.insert(cell % columnCount)
      }
    }
    // Where a column has points and no comma, the points may well be the decimal sign.
    guard let proof, withPoints.isSubset(of: withCommas) else { return nil }
    let example = String(decoding: text(proof), as: UTF8.self)
    for cell in candidates {
      let word = text(cell).filter { $0 != UInt8(ascii: ".") }.map {
        $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0
      }
      starts[cell] = UInt32(bytes.count)
      bytes += word
      ends[cell] = UInt32(bytes.count)
    }
    return example
  }

  /// Whether a number with one comma must have it as its decimal sign; nil where it is no such number.
  private static func decimalComma(_ word: ArraySlice<UInt8>) -> Bool? {
    let digits = word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+") ? word.dropFirst() : word
    let parts = digits.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy(isDigit) else { return nil }
    let groups = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.count == 1 || (groups[0].count <= 3 && groups[0].first != UInt8(ascii: "0"))
    else { return nil }
    return parts[1].count != 3 || groups.count > 1 || parts[0].first == UInt8(ascii: "0")
      || parts[0].count > 3
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  // MARK: - Eurostat

  /// Whether the first column holds several keys, as Eurostat writes them: `freq,unit,geo\\TIME_PERIOD`.
  var isEurostat: Bool {
    guard let first = names.first, let stroke = first.firstIndex(of: "\\") else { return false }
    return first[stroke...].dropFirst().lowercased().hasPrefix("time")
  }

  /// Parts the first column into its keys, the one before the stroke first, and takes flags off the numbers; returns
  /// how many numbers had flags and which keys are the same in every row, or nil where a row has other keys.
  mutating func unfoldEurostat() -> (flags: Int, constants: [String])? {
    let heading = names[0].split(separator: "\\")[0].split(separator: ",").map {
      CellText.trimmed(String($0))
    }
    let count = heading.count
    var keys: [[(UInt32, UInt32)]] = []
    for row in 0..<rowCount {
      let cell = row * columnCount
      var parts: [(UInt32, UInt32)] = []
      var start = starts[cell]
      for position in starts[cell]..<ends[cell] where bytes[Int(position)] == UInt8(ascii: ",") {
        parts.append((start, position))
        start = position + 1
      }
      parts.append((start, ends[cell]))
      guard parts.count == count else { return nil }
      keys.append([parts[count - 1]] + parts.dropLast())
    }
    let titles = [heading[count - 1]] + heading.dropLast()
    func text(_ range: (UInt32, UInt32)) -> ArraySlice<UInt8> { bytes[Int(range.0)..<Int(range.1)] }
    let constant = titles.indices.filter { key in
      key > 0 && keys.allSatisfy { text($0[key]).elementsEqual(text(keys[0][key])) }
    }
    let constants = constant.map { "\(titles[$0])=\(String(decoding: text(keys[0][$0]), as: UTF8.self))" }
    let kept = titles.indices.filter { !constant.contains($0) }
    var (flags, newStarts, newEnds): (Int, [UInt32], [UInt32]) = (0, [], [])
    for row in 0..<rowCount {
      newStarts += kept.map { keys[row][$0].0 }
      newEnds += kept.map { keys[row][$0].1 }
      for cell in row * columnCount + 1..<(row + 1) * columnCount {
        let end = endWithoutFlag(cell)
        if end < ends[cell], bytes[Int(end) - 1] != UInt8(ascii: ":") { flags += 1 }
        newStarts.append(starts[cell])
        newEnds.append(end)
      }
    }
    names = kept.map { titles[$0] } + names.dropFirst()
    (starts, ends) = (newStarts, newEnds)
    return (flags, constants)
  }

  /// Where a cell ends without a space and letters behind it: `12.3 p`, `: c`.
  private func endWithoutFlag(_ cell: Int) -> UInt32 {
    let word = text(cell)
    guard let space = word.firstIndex(of: UInt8(ascii: " ")), space > word.startIndex,
      word[space...].dropFirst().allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return ends[cell] }
    return UInt32(space)
  }
}
