/// The long texts of a file (strL), each under the variable and the observation in which it first stood.
struct StataLongTexts {
  /// What names a long text in a cell.
  struct Key: Hashable {
    let variable: UInt64
    let observation: UInt64

    var text: String { "(\(variable), \(observation))" }
  }

  /// One text.
  struct Entry {
    let key: Key
    let field: TextField
    /// Whether it is bytes of any kind and no text.
    let isBinary: Bool
  }

  private(set) var entries: [Entry] = []
  private var positions: [Key: Int] = [:]

  init(_ layout: StataLayout) throws(StataError) {
    let (file, source) = (layout.file, layout.source)
    let keyLength = layout.release.number == 117 ? 4 : 8
    // "GSO", variable, observation, type, length.
    let head = 3 + 4 + keyLength + 1 + 4
    var place = layout.longTexts.lowerBound
    while place < layout.longTexts.upperBound {
      guard layout.longTexts.upperBound - place >= head, file.reads("GSO", at: place) else {
        throw .missingTag(
          source: source, tag: "GSO", offset: place,
          found: file.words(place..<min(place + 3, layout.longTexts.upperBound)))
      }
      let key = Key(
        variable: file.unsigned(4, at: place + 3), observation: file.unsigned(keyLength, at: place + 7))
      let isBinary = file.bytes[place + 7 + keyLength] == 129
      let length = file.size(4, at: place + 8 + keyLength)
      place += head
      guard length <= layout.longTexts.upperBound - place else {
        throw .longText(
          source: source, key: key.text, announced: length, left: layout.longTexts.upperBound - place)
      }
      let range = place..<place + length
      positions[key] = positions[key] ?? entries.count
      entries.append(
        Entry(key: key, field: TextField(range: isBinary ? range : file.upToZero(range)), isBinary: isBinary))
      place += length
    }
  }

  /// The position of the text that a cell names; nil where it names none, which is the empty text.
  func position(_ layout: StataLayout, _ variable: StataLayout.Variable, row: Int) throws(StataError) -> Int?
  {
    let place = layout.data.lowerBound + row * layout.rowWidth + variable.offset
    let lengths = layout.release.longTextKey
    let key = Key(
      variable: layout.file.unsigned(lengths.variable, at: place),
      observation: layout.file.unsigned(lengths.observation, at: place + lengths.variable))
    if key.variable == 0, key.observation == 0 { return nil }
    guard let position = positions[key] else {
      throw .danglingText(
        source: layout.source, variable: layout.file.words(variable.name.range), observation: row + 1,
        key: key.text)
    }
    return position
  }
}
