public import RuralValue

/// GWT files, as GeoDa, spdep and PySAL write them: one link a line, with a distance or a weight.
///
///     0 3 counties code        or just the number of units
///     430103 430104 29.04      from, to, distance
public enum GWTFile {
  /// What the third column counts for.
  public enum Values: String, Sendable, CaseIterable {
    /// It holds weights.
    case weights
    /// Every link has weight one, whatever stands there.
    case binary
  }

  /// Reads the bytes of a GWT file.
  ///
  /// Units stand in the order of their first appearance. Units that the first line counts but no line
  /// names cannot be known; a note tells their number. Where nobody says what the third column holds, it holds
  /// weights if this program wrote the file or every unit's sum to one, else distances, as GeoDa writes them: then
  /// every link has weight one, and a note says so. Throws `WeightsError`, with the line where one is off.
  public static func read(
    _ bytes: [UInt8], source: String, values: Values? = nil
  ) throws(WeightsError) -> WeightsReading {
    let text = try WeightsText(bytes, source: source)
    let (count, header) = try text.unitCount()
    let units = text.lines.dropFirst().flatMap { $0.words.prefix(2) }.firstAppearances
    let positions = units.positions
    var links: [SpatialWeights.Link] = []
    var lines: [Int] = []
    for line in text.lines.dropFirst() {
      guard line.words.count == 3, let from = positions[line.words[0]], let to = positions[line.words[1]]
      else { throw text.unreadable(line, "two ids and a weight") }
      switch NumberReading(line.words[2]) {
      case .number(let weight):
        guard weight >= 0 else {
          throw .negative(
            from: line.words[0], to: line.words[1], weight: weight, source: source, line: line.number)
        }
        links.append(.init(from: from, to: to, weight: weight))
        lines.append(line.number)
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
    let meaning = values.map { Meaning.said($0) } ?? Meaning(links, header: header, unitCount: units.count)
    let notes =
      text.notes + meaning.notes(source)
      + (unnamed > 0
        ? [
          Phrase(
            "\(source) counts \(count) units but names \(units.count): \(unnamed) without neighbours are not known.",
            zh: "\(source) 首行计 \(count) 个单元，但只出现 \(units.count) 个：另有 \(unnamed) 个无邻居的单元无法识别。")
        ] : [])
    if meaning.values == .binary {
      links = links.filter { $0.from != $0.to }.map { .init(from: $0.from, to: $0.to) }
    }
    return try WeightsReading(
      weights: SpatialWeights(units: units, links: links, lines: lines, source: source), notes: notes)
  }

  /// The bytes of a GWT file; islands are lines of a unit to itself with weight zero.
  public static func bytes(of weights: SpatialWeights, idName: String = "id") -> [UInt8] {
    var text = "0 \(weights.unitCount) \(ownLayer) \(idName)\n"
    for unit in 0..<weights.unitCount {
      let links = weights.links(of: unit)
      let id = weights.units[unit]
      if links.isEmpty { text += "\(id) \(id) 0\n" }
      for link in links { text += "\(id) \(weights.units[link.to]) \(link.weight)\n" }
    }
    return Array(text.utf8)
  }

  /// What this program's files call their layer.
  private static let ownLayer = "ruralvalue"

  /// What the third column holds, and how that is known.
  private enum Meaning {
    case said(Values)
    case own
    case ones
    case sumsOfOne
    case distances

    init(_ links: [SpatialWeights.Link], header: WeightsText.Line, unitCount: Int) {
      let links = links.filter { $0.from != $0.to || $0.weight != 0 }
      if header.words.count == 4, header.words[2] == ownLayer {
        self = .own
      } else if links.allSatisfy({ $0.weight == 1 }) {
        self = .ones
      } else {
        var sums = [Double?](repeating: nil, count: unitCount)
        for link in links { sums[link.from] = (sums[link.from] ?? 0) + link.weight }
        // Writers round to some six digits.
        self = sums.allSatisfy { $0.map { abs($0 - 1) < 1e-4 } ?? true } ? .sumsOfOne : .distances
      }
    }

    var values: Values {
      switch self {
      case .said(let values): values
      case .own, .ones, .sumsOfOne: .weights
      case .distances: .binary
      }
    }

    func notes(_ source: String) -> [Phrase] {
      switch self {
      case .said, .own, .ones: []
      case .sumsOfOne:
        [
          Phrase(
            "\(source): the third column holds weights, for those of every unit sum to one; \(Setting("gwt")) binary"
              + " gives every link weight one.",
            zh: "\(source)：第三列各单元之和均为 1，按权重读入；\(Setting("gwt")) binary 则所有邻接的权重为 1。")
        ]
      case .distances:
        [
          Phrase(
            "\(source): the third column is taken as distances, as GeoDa writes them into GWT files, and not as"
              + " weights: every link has weight one. If it holds weights, say \(Setting("gwt")) weights.",
            zh: "\(source)：第三列按距离（GeoDa 的 GWT 格式）而非权重处理，所有邻接的权重取 1；"
              + "若确为权重，请用 \(Setting("gwt")) weights。")
        ]
      }
    }
  }
}
