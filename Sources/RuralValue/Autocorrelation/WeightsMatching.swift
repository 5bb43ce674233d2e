/// Matches weights to the units of one period after another, and remembers the last match.
struct WeightsMatching {
  private let weights: SpatialWeights
  private let source: String
  /// The fingerprint of the links among the units of the data.
  let fingerprint: String
  private var last: (units: [String], standardisation: WeightsStandardisation, weights: SpatialWeights)?
  /// Units of the weights that the data have not, and islands.
  private(set) var notes: [Phrase] = []

  init(_ weights: SpatialWeights, for series: SpatialSeries) {
    self.weights = weights
    source = series.source
    fingerprint = weights.fingerprint(among: series.units)
  }

  mutating func weights(
    for units: [String], _ standardisation: WeightsStandardisation
  ) throws(WeightsError) -> SpatialWeights {
    if let last, last.units == units, last.standardisation == standardisation { return last.weights }
    let aligned = try weights.aligned(to: units, of: source)
    let standardised = aligned.weights.standardised(standardisation)
    for note in WeightsMatching.notes(unused: aligned.unused, islands: aligned.weights.islands, source) {
      if !notes.contains(note) { notes.append(note) }
    }
    last = (units, standardisation, standardised)
    return standardised
  }

  private static func notes(unused: [String], islands: [String], _ source: String) -> [Phrase] {
    var notes: [Phrase] = []
    if !unused.isEmpty {
      notes.append(
        Phrase(
          "\(unused.count) unit\(unused.count == 1 ? "" : "s") of the weights, not in \(source), left out with"
            + " their links: \(listed(unused, most: 10)).",
          zh: "权重矩阵中有 \(unused.count) 个单元不在 \(source) 中，已连同其邻接关系剔除：\(listed(unused, most: 10, in: .chinese))。"
        ))
    }
    if !islands.isEmpty {
      notes.append(
        Phrase(
          "\(islands.count) unit\(islands.count == 1 ? " has" : "s have") no neighbour: \(listed(islands, most: 10)).",
          zh: "\(islands.count) 个单元没有邻居（孤岛）：\(listed(islands, most: 10, in: .chinese))。"))
    }
    return notes
  }
}
