internal import RuralValueNumerics

/// Counts transitions of a unit from one period to the next one of the calendar; a gap gives none.
///
/// With weights, one matrix for each class of the neighbours' mean at the beginning, Wy with rows of W that sum to one over
/// the neighbours observed. Units without neighbours leave, also from the cut points.
///
/// Sources: Quah (1993); Rey (2001); methods/evaluation.md, 3.2 to 3.4.
struct TransitionEstimator {
  private let panel: Panel
  private let variable: String
  private let specification: EvolutionSpecification
  /// Values by unit × period, NaN where there is none.
  private var values: [Double]
  private var notes: [Phrase] = []

  private var periodCount: Int { panel.periods.count }

  init(_ panel: Panel, variable: String, _ specification: EvolutionSpecification) throws(PanelError) {
    self.panel = panel
    self.variable = variable
    self.specification = specification
    let column = try panel.values(of: variable)
    values = [Double](repeating: .nan, count: panel.units.count * panel.periods.count)
    for row in column.indices {
      values[panel.unitOfRow[row] * panel.periods.count + panel.periodOfRow[row]] = column[row]
    }
  }

  /// The chain, the spatial ones and the tests.
  ///
  /// Throws `WeightsError` where a unit has no weights, and `EvolutionError`.
  func result(_ weights: SpatialWeights?) throws -> TransitionResult {
    var own = self
    return try own.computed(weights)
  }

  private mutating func computed(_ weights: SpatialWeights?) throws -> TransitionResult {
    let lags = try weights.map { try spatialLags($0) }
    let cuts = try cuts(of: values, what: variable)
    let classes = classified(values, cuts)
    let steps = steps
    let pairs = pairs(classes, steps)
    guard !pairs.isEmpty else {
      throw EvolutionError.noTransition(
        variable: variable, source: panel.source, step: panel.periodStep)
    }
    let k = cuts[0].classCount
    let chain = Self.counts(pairs, k)
    var tests: [TestResult] = []
    var cautions: [Phrase] = []
    var (lagCuts, regimes): ([ClassCuts], [[[Int]]]) = ([], [])
    if let lags {
      let isOwn = specification.lagClasses == .own && specification.cuts.isEmpty
      lagCuts = isOwn ? try self.cuts(of: lags, what: "the spatial lag of \(variable)") : cuts
      let lagClasses = classified(lags, lagCuts)
      let placed = pairs.filter { lagClasses[$0.cell] != nil }
      if placed.count < pairs.count {
        let lost = pairs.count - placed.count
        notes.append(
          Phrase(
            "\(lost) transition\(lost == 1 ? " begins" : "s begin") where no neighbour is observed, in no class of the spatial lag.",
            zh: "有 \(lost) 次转移的起始年份没有可观测的邻居，不属于任何空间滞后类别。"))
      }
      regimes = (0..<lagCuts[0].classCount).map { regime in
        Self.counts(placed.filter { lagClasses[$0.cell] == regime }, k)
      }
      let test = TransitionHomogeneity(regimes)
      tests += test.tests(
        key: "homogeneity",
        Phrase("Transitions are the same in every class of the spatial lag", zh: "各空间滞后类别的转移概率相同"))
      cautions += TransitionCautions.small(test, Phrase("classes of the spatial lag", zh: "空间滞后类别"))
    }
    let halves = halves(steps)
    if halves.count == 2 {
      let parts = halves.map { half in
        Self.counts(
          pairs.filter { half.contains(panel.periods[$0.cell % periodCount]) }, k)
      }
      let test = TransitionHomogeneity(parts)
      tests += test.tests(
        key: "homogeneity_time",
        Phrase(
          "Transitions are the same in both halves of the time", zh: "前后两个时段的转移概率相同"))
      cautions += TransitionCautions.small(test, Phrase("halves of the time", zh: "两个时段"))
    }
    if tests.contains(where: { $0.pValue != nil }) { cautions.append(TransitionCautions.dependence) }
    if !regimes.isEmpty { cautions.append(TransitionCautions.coarseness) }
    return TransitionResult(
      cuts: shown(cuts), lagCuts: shown(lagCuts), chain: TransitionMatrix(chain),
      regimes: regimes.map(TransitionMatrix.init), tests: tests, cautions: cautions,
      halves: halves.map { half in
        half.lowerBound...(steps.first { $0.from == half.upperBound }?.to ?? half.upperBound)
      }, notes: notes)
  }

  /// A transition: the cell at its beginning and the two classes.
  private struct Pair {
    let cell: Int
    let from: Int
    let to: Int
  }

  private static func counts(_ pairs: [Pair], _ k: Int) -> [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: k), count: k)
    for pair in pairs { counts[pair.from][pair.to] += 1 }
    return counts
  }

  /// The periods that the calendar has one step after another.
  private var steps: [(position: Int, from: Int, to: Int)] {
    panel.periods.indices.dropLast().compactMap { position in
      let (from, to) = (panel.periods[position], panel.periods[position + 1])
      guard panel.calendar.distance(from: from, to: to) == panel.periodStep else { return nil }
      return (position, from, to)
    }
  }

  private func pairs(_ classes: [Int?], _ steps: [(position: Int, from: Int, to: Int)]) -> [Pair] {
    panel.units.indices.flatMap { unit in
      steps.compactMap { step in
        let cell = unit * periodCount + step.position
        guard let from = classes[cell], let to = classes[cell + 1] else { return nil }
        return Pair(cell: cell, from: from, to: to)
      }
    }
  }

  /// The periods at which the transitions of the first and of the second half begin; none of a single step.
  private func halves(_ steps: [(position: Int, from: Int, to: Int)]) -> [ClosedRange<Int>] {
    guard steps.count > 1 else { return [] }
    let middle = (steps.count + 1) / 2
    return [
      steps[0].from...steps[middle - 1].from, steps[middle].from...steps[steps.count - 1].from,
    ]
  }

  // MARK: - Classes

  private func cuts(of values: [Double], what: String) throws(EvolutionError) -> [ClassCuts] {
    guard specification.cuts.isEmpty else { return [ClassCuts(specification.cuts)] }
    if specification.quantiles == .pooled {
      let present = values.filter { !$0.isNaN }
      guard !present.isEmpty else { throw .noValues(variable: what, source: panel.source) }
      return [try ClassCuts(quantilesOf: present, classes: specification.classes, what: what)]
    }
    var cuts: [ClassCuts] = []
    for position in 0..<periodCount {
      let present = stride(from: position, to: values.count, by: periodCount).map { values[$0] }
        .filter { !$0.isNaN }
      let label = panel.frequency.label(panel.periods[position])
      guard !present.isEmpty else {
        // A period without values has no class to cut.
        cuts.append(ClassCuts([Double](repeating: .nan, count: specification.classes - 1)))
        continue
      }
      cuts.append(
        try ClassCuts(quantilesOf: present, classes: specification.classes, what: "\(what) in \(label)"))
    }
    return cuts
  }

  private func classified(_ values: [Double], _ cuts: [ClassCuts]) -> [Int?] {
    values.indices.map { cell in
      values[cell].isNaN ? nil : cuts[cuts.count == 1 ? 0 : cell % periodCount].classOf(values[cell])
    }
  }

  private func shown(_ cuts: [ClassCuts]) -> [TransitionResult.Cuts] {
    cuts.enumerated().map { position, cut in
      TransitionResult.Cuts(
        period: cuts.count == 1 ? nil : panel.periods[position], points: cut.points)
    }.filter { !$0.points.contains(where: \.isNaN) }
  }

  // MARK: - Space

  /// Wy by unit × period, NaN where no neighbour is observed; takes the units without neighbours out of the values.
  private mutating func spatialLags(_ given: SpatialWeights) throws -> [Double] {
    let (aligned, unused) = try given.aligned(to: panel.units, of: panel.source)
    let weights = aligned.withoutSelf
    if !unused.isEmpty {
      notes.append(
        Phrase(
          "\(unused.count) unit\(unused.count == 1 ? "" : "s") of the weights, not in \(panel.source), left out with"
            + " their links: \(listed(unused, most: 10)).",
          zh:
            "权重矩阵中有 \(unused.count) 个单元不在 \(panel.source) 中，已连同其邻接关系剔除：\(listed(unused, most: 10, in: .chinese))。"
        ))
    }
    let islands = weights.islandPositions
    guard islands.count < panel.units.count else { throw EvolutionError.noLinks(source: panel.source) }
    if !islands.isEmpty {
      let names = islands.map { panel.units[$0] }
      notes.append(
        Phrase(
          "Transitions and their cut points are without the \(names.count) unit\(names.count == 1 ? "" : "s") that"
            + " \(names.count == 1 ? "has" : "have") no neighbour: \(listed(names, most: 10)).",
          zh: "转移矩阵及分级界限不含没有邻居的 \(names.count) 个单元：\(listed(names, most: 10, in: .chinese))。"))
    }
    // A unit without neighbours may still be one of others.
    let known = values
    for unit in islands {
      for position in 0..<periodCount { values[unit * periodCount + position] = .nan }
    }
    let matrix = weights.sparseMatrix
    var lags = [Double](repeating: .nan, count: values.count)
    for unit in panel.units.indices {
      for position in 0..<periodCount where !values[unit * periodCount + position].isNaN {
        // Sums in full precision, so that a mean that equals a cut point falls below it.
        var (sum, total) = (CompensatedSum(), CompensatedSum())
        for place in matrix.row(unit) {
          let value = known[Int(matrix.columns[place]) * periodCount + position]
          guard !value.isNaN else { continue }
          sum.add(product: matrix.values[place], value)
          total.add(matrix.values[place])
        }
        if total.value > 0 { lags[unit * periodCount + position] = sum.value / total.value }
      }
    }
    return lags
  }
}
