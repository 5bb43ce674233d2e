public import RuralValue

/// GAL files, as GeoDa, spdep and PySAL write them: neighbours without weights.
///
///     0 3 counties code        or just the number of units
///     430103 2                 a unit and the number of its neighbours
///     430104 430105            the neighbours; the line may be empty
public enum GALFile {
  /// Reads the bytes of a GAL file; every link has weight one.
  ///
  /// Throws `WeightsError`, with the line where one is off.
  public static func read(_ bytes: [UInt8], source: String) throws(WeightsError) -> WeightsReading {
    let lines = TextLines(bytes).lines
    guard let header = lines.first,
      let count = Int(header.words.count >= 2 ? header.words[1] : header.words[0]), count >= 0
    else {
      throw .unreadable(
        source: source, line: 1, found: lines.first?.words.joined(separator: " ") ?? "",
        expected: "the number of units, alone or as in \"0 121 counties code\"")
    }
    var units: [String] = []
    var neighbours: [(line: Int, ids: [String])] = []
    var rest = lines.dropFirst()
    while let head = rest.popFirst() {
      guard head.words.count == 2, let size = Int(head.words[1]), size >= 0 else {
        throw .unreadable(
          source: source, line: head.number, found: head.words.joined(separator: " "),
          expected: "a unit and the number of its neighbours")
      }
      units.append(head.words[0])
      var ids: [String] = []
      while ids.count < size, let line = rest.popFirst() { ids += line.words }
      guard ids.count == size else {
        throw .unreadable(
          source: source, line: head.number, found: "\(ids.count) neighbours",
          expected: "\(size) neighbours of \(head.words[0])")
      }
      neighbours.append((head.number, ids))
    }
    guard units.count == count else {
      throw .unreadable(
        source: source, line: header.number, found: "\(units.count) units",
        expected: "\(count) units, as the first line says")
    }
    return try WeightsReading(weights: SpatialWeights(units: units, links: links(units, neighbours, source)))
  }

  private static func links(
    _ units: [String], _ neighbours: [(line: Int, ids: [String])], _ source: String
  ) throws(WeightsError) -> [SpatialWeights.Link] {
    let position = units.positions
    var links: [SpatialWeights.Link] = []
    for (from, list) in neighbours.enumerated() {
      for id in list.ids {
        guard let to = position[id] else {
          throw .unreadable(
            source: source, line: list.line, found: id, expected: "a neighbour that is a unit of the file")
        }
        links.append(.init(from: from, to: to))
      }
    }
    return links
  }

  /// The bytes of a GAL file; weights are not kept, for the format has none.
  public static func bytes(of weights: SpatialWeights, idName: String = "id") -> [UInt8] {
    var text = "0 \(weights.unitCount) ruralvalue \(idName)\n"
    for unit in 0..<weights.unitCount {
      let neighbours = weights.links(of: unit).map { weights.units[$0.to] }
      text += "\(weights.units[unit]) \(neighbours.count)\n\(neighbours.joined(separator: " "))\n"
    }
    return Array(text.utf8)
  }
}

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
