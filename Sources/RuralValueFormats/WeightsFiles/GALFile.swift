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
    let text = try WeightsText(bytes, source: source)
    let (count, header) = try text.unitCount()
    var units: [String] = []
    var lists: [NeighbourList] = []
    var rest = text.lines.dropFirst()
    while let head = rest.popFirst() {
      guard units.count < count else {
        throw text.unreadable(
          head, "the end of the file behind the \(count) units that line \(header.number) counts")
      }
      guard head.words.count == 2, let size = WeightsText.count(head.words[1]) else {
        throw text.unreadable(head, "a unit and the number of its neighbours")
      }
      units.append(head.words[0])
      var ids: [String] = []
      while ids.count < size, let line = rest.popFirst() { ids += line.words }
      guard ids.count == size else {
        throw .unreadable(
          source: source, line: head.number, found: "\(ids.count) neighbours",
          expected: "\(size) neighbours of \(head.words[0])")
      }
      lists.append(NeighbourList(line: head.number, ids: ids))
    }
    guard units.count == count else {
      throw .unreadable(
        source: source, line: header.number, found: "\(units.count) units",
        expected: "\(count) units, as the first line says")
    }
    try WeightsError.requireEachOnce(units, lines: lists.map(\.line), source: source)
    return try WeightsReading(
      weights: SpatialWeights(units: units, links: links(units, lists, source)), notes: text.notes)
  }

  /// The neighbours of a unit and the line of its head.
  private struct NeighbourList {
    let line: Int
    let ids: [String]
  }

  private static func links(
    _ units: [String], _ lists: [NeighbourList], _ source: String
  ) throws(WeightsError) -> [SpatialWeights.Link] {
    let position = units.positions
    var links: [SpatialWeights.Link] = []
    for (from, list) in lists.enumerated() {
      var known: Set<Int> = []
      for id in list.ids {
        guard let to = position[id] else {
          throw .unreadable(
            source: source, line: list.line, found: id, expected: "a neighbour that is a unit of the file")
        }
        guard known.insert(to).inserted else {
          throw .unreadable(
            source: source, line: list.line, found: "\(id) twice",
            expected: "each neighbour of \(units[from]) once")
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
