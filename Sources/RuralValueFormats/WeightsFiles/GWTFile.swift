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
    let lines = TextLines(bytes).lines
    guard let header = lines.first,
      let count = Int(header.words.count >= 2 ? header.words[1] : header.words[0]),
      count >= 0, header.words.count != 3
    else {
      throw .unreadable(
        source: source, line: 1, found: lines.first?.words.joined(separator: " ") ?? "",
        expected: "the number of units, alone or as in \"0 121 counties code\"")
    }
    let units = lines.dropFirst().flatMap { $0.words.prefix(2) }.firstAppearances
    let positions = units.positions
    var links: [SpatialWeights.Link] = []
    for line in lines.dropFirst() {
      guard line.words.count == 3, let weight = PlainDecimal.value(of: line.words[2]),
        let from = positions[line.words[0]], let to = positions[line.words[1]]
      else {
        throw .unreadable(
          source: source, line: line.number, found: line.words.joined(separator: " "),
          expected: "two ids and a weight")
      }
      links.append(.init(from: from, to: to, weight: weight))
    }
    guard !links.isEmpty else { throw .noLinks(source: source) }
    let unnamed = count - units.count
    let notes =
      unnamed > 0
      ? [
        Phrase(
          "\(source) counts \(count) units but names \(units.count): \(unnamed) without neighbours are not known.",
          zh: "\(source) 首行计 \(count) 个单元，但只出现 \(units.count) 个：另有 \(unnamed) 个无邻居的单元无法识别。")
      ] : []
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
