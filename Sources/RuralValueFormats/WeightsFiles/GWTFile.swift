public import RuralValue

/// GWT files, as GeoDa, spdep and PySAL write them: one weighted link a line.
///
///     0 3 counties code        or just the number of units
///     430103 430104 0.25       from, to, weight
public enum GWTFile {
  /// Reads the bytes of a GWT file.
  ///
  /// Units stand in the order of their first appearance. Units that the first line counts but no line
  /// names cannot be known; a note tells their number. Throws `WeightsError`, with the line where one is off.
  public static func read(_ bytes: [UInt8], source: String) throws(WeightsError) -> WeightsReading {
    let text = try WeightsText(bytes, source: source)
    let (count, header) = try text.unitCount()
    let units = text.lines.dropFirst().flatMap { $0.words.prefix(2) }.firstAppearances
    let positions = units.positions
    var links: [SpatialWeights.Link] = []
    for line in text.lines.dropFirst() {
      guard line.words.count == 3, let from = positions[line.words[0]], let to = positions[line.words[1]]
      else { throw text.unreadable(line, "two ids and a weight") }
      switch NumberReading(line.words[2]) {
      case .number(let weight): links.append(.init(from: from, to: to, weight: weight))
      case .missing: throw text.unreadable(line, "two ids and a weight")
      case .unreadable(let advice): throw text.unreadable(line, "two ids and a weight", advice: advice)
      }
    }
    guard !links.isEmpty else { throw .noLinks(source: source) }
    guard units.count <= count else {
      throw .unreadable(
        source: source, line: header.number, found: "\(units.count) units",
        expected: "at most \(count) units, as the first line says")
    }
    let unnamed = count - units.count
    let notes =
      text.notes
      + (unnamed > 0
        ? [
          Phrase(
            "\(source) counts \(count) units but names \(units.count): \(unnamed) without neighbours are not known.",
            zh: "\(source) 首行计 \(count) 个单元，但只出现 \(units.count) 个：另有 \(unnamed) 个无邻居的单元无法识别。")
        ] : [])
    return try WeightsReading(weights: SpatialWeights(units: units, links: links), notes: notes)
  }

  /// The bytes of a GWT file; islands are lines of a unit to itself with weight zero.
  public static func bytes(of weights: SpatialWeights, idName: String = "id") -> [UInt8] {
    var text = "0 \(weights.unitCount) ruralvalue \(idName)\n"
    for unit in 0..<weights.unitCount {
      let links = weights.links(of: unit)
      let id = weights.units[unit]
      if links.isEmpty { text += "\(id) \(id) 0\n" }
      for link in links { text += "\(id) \(weights.units[link.to]) \(link.weight)\n" }
    }
    return Array(text.utf8)
  }
}
