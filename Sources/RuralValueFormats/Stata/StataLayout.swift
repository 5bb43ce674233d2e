/// Where the parts of a Stata file stand, once every count and offset in it is known to fit.
struct StataLayout {
  let source: String
  let release: StataRelease
  let file: BinaryBytes
  /// The label of the data.
  var label = 0..<0
  var variables: [Variable] = []
  var rowCount = 0
  /// Bytes of an observation.
  var rowWidth = 0
  /// The data, row after row.
  var data = 0..<0
  /// The texts that stand apart from their rows.
  var longTexts = 0..<0
  var valueLabels = 0..<0

  /// A variable whose texts are not decoded yet.
  struct Variable {
    let type: StataType
    /// Where its value begins in a row.
    let offset: Int
    let name: TextField
    let format: String
    let valueLabels: TextField
    let label: TextField
  }

  init(_ bytes: [UInt8], source: String) throws(StataError) {
    self.source = source
    if bytes.starts(with: "<stata_dta>".utf8) {
      (release, file) = try StataLayout.taggedOpening(bytes, source)
      try parseTagged()
    } else {
      (release, file) = try StataLayout.plainOpening(bytes, source)
      try parsePlain()
    }
    guard !variables.isEmpty else { throw .noVariables(source: source) }
  }

  /// The places of what describes the variables, each an array of fields.
  struct Descriptions {
    var types = 0
    var names = 0
    var formats = 0
    var valueLabels = 0
    var labels = 0
  }

  /// Reads what is said of so many variables; all of it is known to be there.
  mutating func describe(_ count: Int, _ places: Descriptions) throws(StataError) {
    variables.reserveCapacity(count)
    for position in 0..<count {
      func field(_ start: Int, _ length: Int) -> TextField {
        let all = start + position * length..<start + (position + 1) * length
        let range = file.upToZero(all)
        return TextField(range: range, isFull: range == all)
      }
      let name = field(places.names, release.nameLength)
      guard !name.range.isEmpty else { throw .unnamedVariable(source: source, position: position + 1) }
      let code = file.size(release.typeLength, at: places.types + position * release.typeLength)
      guard let type = StataType(code: code, release: release) else {
        throw .unknownType(
          source: source, variable: file.words(name.range), position: position + 1, code: code)
      }
      variables.append(
        Variable(
          type: type, offset: rowWidth, name: name,
          format: file.words(field(places.formats, release.formatLength).range),
          valueLabels: field(places.valueLabels, release.nameLength),
          label: field(places.labels, release.labelLength)))
      rowWidth += type.width
    }
  }
}

extension StataLayout {
  /// Release and byte order of a file before tags.
  static func plainOpening(
    _ bytes: [UInt8], _ source: String
  ) throws(StataError) -> (StataRelease, BinaryBytes) {
    guard bytes.count >= 4, (102...116).contains(bytes[0]), bytes[2] == 1 else {
      throw .notStata(source: source)
    }
    guard let release = StataRelease(Int(bytes[0])) else {
      throw .release(source: source, release: "\(bytes[0])")
    }
    guard bytes[1] == 1 || bytes[1] == 2 else { throw .byteOrder(source: source, found: "\(bytes[1])") }
    return (release, BinaryBytes(bytes: bytes, isHighFirst: bytes[1] == 1))
  }

  /// Reads a file of releases up to 115, in which one part follows the other.
  mutating func parsePlain() throws(StataError) {
    var place = 4
    func pass(_ length: Int, _ part: String) throws(StataError) -> Int {
      guard file.holds(length, at: place) else {
        throw .truncated(
          source: source, part: part, needed: length, left: max(0, file.count - place))
      }
      defer { place += length }
      return place
    }
    let labelLength = release.number >= 108 ? 81 : 32
    let header = try pass(6 + labelLength + 18, "the header")
    let count = file.size(2, at: header)
    rowCount = file.int32(at: header + 2)
    guard rowCount >= 0 else { throw .negativeRows(source: source, announced: rowCount) }
    label = file.upToZero(header + 6..<header + 6 + labelLength)
    let part = "the descriptions of \(count) variables"
    var places = Descriptions()
    places.types = try pass(count, part)
    places.names = try pass(count * release.nameLength, part)
    _ = try pass(2 * (count + 1), part)
    places.formats = try pass(count * release.formatLength, part)
    places.valueLabels = try pass(count * release.nameLength, part)
    places.labels = try pass(count * release.labelLength, part)
    try describe(count, places)
    while true {
      let field = try pass(1 + release.expansionLength, "the characteristics before the data")
      let length = file.size(release.expansionLength, at: field + 1)
      if file.bytes[field] == 0, length == 0 { break }
      guard file.holds(length, at: place) else {
        throw .expansion(source: source, announced: length, left: file.count - place)
      }
      place += length
    }
    let (size, overflows) = rowCount.multipliedReportingOverflow(by: rowWidth)
    guard !overflows, file.holds(size, at: place) else {
      throw .truncatedData(
        source: source, whole: (file.count - place) / max(rowWidth, 1), announced: rowCount)
    }
    data = place..<place + size
    valueLabels = data.upperBound..<file.count
  }
}
