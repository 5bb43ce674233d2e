/// The tables of value labels, whose texts are not decoded yet.
struct StataLabelTables {
  struct LabelTable {
    let name: TextField
    let values: [Int]
    let texts: [TextField]
  }

  private(set) var tables: [LabelTable] = []

  init(_ layout: StataLayout) throws(StataError) {
    let release = layout.release
    let lengths = release.number < 110 ? [9, 33] : [release.nameLength]
    var failure: StataError?
    // No paper that is left says how long names of labels are before release 110: as those of variables, or as later.
    for length in lengths {
      do throws(StataError) {
        tables = try StataLabelTables.tables(layout, nameLength: length)
        return
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private static func tables(
    _ layout: StataLayout, nameLength: Int
  ) throws(StataError) -> [LabelTable] {
    let (file, end) = (layout.file, layout.valueLabels.upperBound)
    var tables: [LabelTable] = []
    var place = layout.valueLabels.lowerBound
    func pass(_ tag: String) throws(StataError) {
      guard layout.release.isTagged else { return }
      guard end - place >= tag.utf8.count, file.reads(tag, at: place) else {
        throw .missingTag(
          source: layout.source, tag: tag, offset: place,
          found: file.words(place..<max(place, min(place + tag.utf8.count, end))))
      }
      place += tag.utf8.count
    }
    while place < end {
      try pass("<lbl>")
      let head = 4 + nameLength + 3
      guard end - place >= head + 8 else {
        throw .truncated(
          source: layout.source, part: "the value labels", needed: head + 8, left: end - place)
      }
      let length = file.size(4, at: place)
      let field = place + 4..<place + 4 + nameLength
      let name = file.upToZero(field)
      place += head
      guard length >= 8, length <= end - place else {
        throw .truncated(
          source: layout.source, part: "the value labels \"\(file.words(name))\"", needed: length,
          left: end - place)
      }
      tables.append(
        try table(layout, TextField(range: name, isFull: name == field), place..<place + length))
      place += length
      try pass("</lbl>")
    }
    return tables
  }

  private static func table(
    _ layout: StataLayout, _ name: TextField, _ range: Range<Int>
  ) throws(StataError) -> LabelTable {
    let file = layout.file
    let (count, textLength) = (file.size(4, at: range.lowerBound), file.size(4, at: range.lowerBound + 4))
    let offsets = range.lowerBound + 8
    guard count <= (range.count - 8) / 8, textLength <= range.count - 8 - 8 * count else {
      throw .valueLabels(
        source: layout.source, name: file.words(name.range), announced: count, bytes: range.count - 8)
    }
    let values = offsets + 4 * count
    let texts = values + 4 * count..<values + 4 * count + textLength
    // Texts that overlapped could be read a million times over.
    let zeros = texts.filter { file.bytes[$0] == 0 }
    var (fields, total): ([TextField], Int) = ([], 0)
    for entry in 0..<count {
      let start = texts.lowerBound + min(file.size(4, at: offsets + 4 * entry), textLength)
      let end = zeros[zeros.partition(at: start)...].first ?? texts.upperBound
      total += end - start
      fields.append(TextField(range: start..<end))
    }
    guard total <= textLength else {
      throw .valueLabels(
        source: layout.source, name: file.words(name.range), announced: count, bytes: range.count - 8)
    }
    return LabelTable(
      name: name, values: (0..<count).map { file.int32(at: values + 4 * $0) }, texts: fields)
  }
}

extension [Int] {
  /// The position of the first number of an ascending list that is not below a bound.
  fileprivate func partition(at bound: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
