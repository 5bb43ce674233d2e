extension StataLayout {
  /// The sections in the order of the map, which holds where each begins.
  private static let sections = [
    "stata_dta", "map", "variable_types", "varnames", "sortlist", "formats", "value_label_names",
    "variable_labels", "characteristics", "data", "strls", "value_labels",
  ]

  /// Where each section is in the map.
  private enum Section: Int {
    case types = 2
    case names, sortList, formats, valueLabelNames, labels, characteristics, data, longTexts, valueLabels
  }

  /// Release and byte order of a file with tags.
  static func taggedOpening(
    _ bytes: [UInt8], _ source: String
  ) throws(StataError) -> (StataRelease, BinaryBytes) {
    var cursor = TagCursor(file: BinaryBytes(bytes: bytes), source: source, place: 11)
    try cursor.pass("<header>")
    try cursor.pass("<release>")
    let number = try cursor.word(3)
    guard let release = Int(number).flatMap(StataRelease.init), release.isTagged else {
      throw .release(source: source, release: number)
    }
    try cursor.pass("</release>")
    try cursor.pass("<byteorder>")
    let order = try cursor.word(3)
    guard order == "LSF" || order == "MSF" else { throw .byteOrder(source: source, found: order) }
    return (release, BinaryBytes(bytes: bytes, isHighFirst: order == "MSF"))
  }

  /// Reads a file of releases from 117 on, by its map.
  mutating func parseTagged() throws(StataError) {
    var cursor = TagCursor(file: file, source: source, place: 11)
    for tag in ["<header>", "<release>"] { try cursor.pass(tag) }
    _ = try cursor.word(3)
    for tag in ["</release>", "<byteorder>"] { try cursor.pass(tag) }
    _ = try cursor.word(3)
    for tag in ["</byteorder>", "<K>"] { try cursor.pass(tag) }
    let count = try cursor.size(release.variableCountLength)
    for tag in ["</K>", "<N>"] { try cursor.pass(tag) }
    rowCount = try cursor.size(release.rowCountLength)
    for tag in ["</N>", "<label>"] { try cursor.pass(tag) }
    label = try cursor.field(lengthOf: release.number == 117 ? 1 : 2)
    for tag in ["</label>", "<timestamp>"] { try cursor.pass(tag) }
    _ = try cursor.field(lengthOf: 1)
    for tag in ["</timestamp>", "</header>"] { try cursor.pass(tag) }
    let mapPlace = cursor.place
    try cursor.pass("<map>")
    var offsets: [Int] = []
    for _ in 0..<14 { offsets.append(try cursor.size(8)) }
    try cursor.pass("</map>")
    guard offsets[0] == 0, offsets[1] == mapPlace else {
      throw .map(source: source, section: "<map>", offset: offsets[1], bytes: file.count)
    }
    try parseSections(offsets, variableCount: count)
  }

  private mutating func parseSections(_ offsets: [Int], variableCount count: Int) throws(StataError) {
    func section(_ section: Section) throws(StataError) -> Range<Int> {
      try self.section(section.rawValue, offsets)
    }
    /// A section that holds something for each variable.
    func descriptions(_ section: Section, each length: Int) throws(StataError) -> Int {
      let range = try self.section(section.rawValue, offsets)
      guard count.multipliedReportingOverflow(by: length) == (range.count, false) else {
        throw .counts(
          source: source, what: "variables", announced: count,
          part: "the section <\(StataLayout.sections[section.rawValue])>", bytes: range.count, each: length)
      }
      return range.lowerBound
    }
    var places = Descriptions()
    places.types = try descriptions(.types, each: release.typeLength)
    places.names = try descriptions(.names, each: release.nameLength)
    _ = try section(.sortList)
    places.formats = try descriptions(.formats, each: release.formatLength)
    places.valueLabels = try descriptions(.valueLabelNames, each: release.nameLength)
    places.labels = try descriptions(.labels, each: release.labelLength)
    try describe(count, places)
    _ = try section(.characteristics)
    try requireWholeData(offsets)
    data = try section(.data)
    guard rowCount.multipliedReportingOverflow(by: rowWidth) == (data.count, false) else {
      throw .counts(
        source: source, what: "observations", announced: rowCount, part: "the section <data>",
        bytes: data.count, each: rowWidth)
    }
    longTexts = try section(.longTexts)
    valueLabels = try section(.valueLabels)
    guard file.reads("</stata_dta>", at: offsets[12]) else {
      throw .missingTag(
        source: source, tag: "</stata_dta>", offset: offsets[12], found: found(at: offsets[12]))
    }
  }

  /// Throws with the number of whole observations where the file ends within the data.
  private func requireWholeData(_ offsets: [Int]) throws(StataError) {
    let start = offsets[Section.data.rawValue]
    guard offsets[Section.data.rawValue + 1] > file.count, offsets[13] > file.count,
      file.reads("<data>", at: start), rowWidth > 0
    else { return }
    throw .truncatedData(
      source: source, whole: min(rowCount, (file.count - start - 6) / rowWidth), announced: rowCount)
  }

  /// What stands between the tags of a section, which the map and the tags must agree on.
  private func section(_ number: Int, _ offsets: [Int]) throws(StataError) -> Range<Int> {
    let (start, end) = (offsets[number], offsets[number + 1])
    let (open, close) = ("<\(StataLayout.sections[number])>", "</\(StataLayout.sections[number])>")
    guard start <= file.count, end <= file.count else {
      if offsets[13] > file.count, start < end {
        throw .truncated(
          source: source, part: "the section \(open)", needed: end - start, left: max(0, file.count - start))
      }
      let isStart = start > file.count || number + 1 >= StataLayout.sections.count
      throw .map(
        source: source, section: isStart ? open : "<\(StataLayout.sections[number + 1])>",
        offset: isStart ? start : end, bytes: file.count)
    }
    guard end - start >= open.utf8.count + close.utf8.count else {
      throw .map(source: source, section: open, offset: start, bytes: file.count)
    }
    guard file.reads(open, at: start) else {
      throw .missingTag(source: source, tag: open, offset: start, found: found(at: start))
    }
    let inside = start + open.utf8.count..<end - close.utf8.count
    guard file.reads(close, at: inside.upperBound) else {
      throw .missingTag(
        source: source, tag: close, offset: inside.upperBound, found: found(at: inside.upperBound))
    }
    return inside
  }

  private func found(at place: Int) -> String {
    file.holds(1, at: place) ? file.words(place..<min(place + 16, file.count)) : "the end of the file"
  }
}

/// A place in the header of a file with tags.
private struct TagCursor {
  let file: BinaryBytes
  let source: String
  var place: Int

  private mutating func take(_ length: Int) throws(StataError) -> Int {
    guard file.holds(length, at: place) else {
      throw .truncated(source: source, part: "the header", needed: length, left: file.count - place)
    }
    defer { place += length }
    return place
  }

  mutating func pass(_ tag: String) throws(StataError) {
    let start = try take(tag.utf8.count)
    guard file.reads(tag, at: start) else {
      throw .missingTag(
        source: source, tag: tag, offset: start, found: file.words(start..<start + tag.utf8.count))
    }
  }

  mutating func word(_ length: Int) throws(StataError) -> String {
    let start = try take(length)
    return file.words(start..<start + length)
  }

  mutating func size(_ length: Int) throws(StataError) -> Int { file.size(length, at: try take(length)) }

  mutating func field(lengthOf length: Int) throws(StataError) -> Range<Int> {
    let count = try size(length)
    let start = try take(count)
    return start..<start + count
  }
}
