internal import RuralValueNumerics

/// The rows on which a linear panel model is estimated, with everything that it needs of them.
///
/// A row counts where the outcome, every regressor and instrument, the weight and the groups are known. In differences
/// it is a row whose neighbour one calendar step earlier is complete as well.
struct LinearSample: Sendable {
  /// A column of the model.
  struct Column: Sendable {
    let parameter: Parameter
    let term: FormulaTerm
    var values: [Double]
  }

  /// A set of groups with effects or of clusters.
  struct Groups: Sendable {
    /// What people call them: `units`, `periods`, or the column.
    let name: Phrase
    let column: String
    let grouping: Grouping
  }

  let panel: Panel
  let formula: FormulaSpecification
  /// The panel's rows, in their order.
  private(set) var rows: [Int]
  private(set) var outcome: Column
  private(set) var regressors: [Column]
  private(set) var endogenous: [Bool]
  private(set) var instruments: [Column]
  private(set) var hasIntercept: Bool
  /// Weights with a mean of one; nil where all rows count alike.
  private(set) var weights: [Double]?
  /// The units and periods of the rows, by their place in the panel.
  private(set) var units: Grouping
  private(set) var periods: Grouping
  /// The sets of fixed effects.
  private(set) var ways: [Groups]
  /// The clusters, one set or two.
  private(set) var clusters: [Groups]
  /// Rows of the panel without a value of something.
  let incompleteRows: Int
  /// Rows that were alone in a group with effects, and left out.
  let singletons: Int

  var rowCount: Int { rows.count }
  var unitCount: Int { units.usedGroupCount }
  var periodCount: Int { periods.usedGroupCount }

  /// The rows of a panel; those for which `isWanted` is false are as if they were not there.
  init(
    _ panel: Panel, _ specification: FixedEffectsSpecification, isWanted: (Int) -> Bool = { _ in true }
  ) throws {
    let formula = specification.formula
    let evaluator = FormulaEvaluator(panel)
    let frame = try ModelFrame(formula, over: panel, evaluator: evaluator)
    let isDifferenced = specification.effects == .difference
    func column(_ term: FormulaTerm, _ values: [Double]) -> Column {
      Column(
        parameter: Parameter(term, outcome: formula.outcome), term: term,
        values: isDifferenced ? panel.difference(values) : values)
    }
    let given = specification.instruments
    try given?.check(against: formula)
    var outcome = column(frame.outcome.term, frame.outcome.values)
    var regressors = frame.regressors.map { column($0.term, $0.values) }
    var instruments = try (given?.instruments ?? []).map { column($0, try evaluator.values(of: $0)) }
    let weightValues = try specification.weightsColumn.map { try Self.weights(panel, column: $0) }
    let groupNames =
      (specification.clusterColumns + specification.absorbedColumns
      + [specification.groupColumn].compactMap(\.self)).firstAppearances
    var codes: [String: [Int?]] = [:]
    for name in groupNames { codes[name] = try panel.groups(of: name) }

    var complete = (0..<panel.rowCount).map(isWanted)
    let wanted = complete.count(where: \.self)
    var counts: [(name: String, present: Int)] = []
    func require(_ name: String, _ isPresent: (Int) -> Bool) {
      var present = 0
      for row in complete.indices {
        if isPresent(row) { present += complete[row] ? 1 : 0 } else { complete[row] = false }
      }
      counts.append((name, present))
    }
    for one in [outcome] + regressors + instruments {
      if one.values.contains(where: \.isInfinite) {
        throw FixedEffectsError.overflow(what: one.parameter.name)
      }
      require(one.parameter.name) { !one.values[$0].isNaN }
    }
    if let weightValues { require(specification.weightsColumn ?? "") { weightValues[$0] > 0 } }
    for name in groupNames { require(name) { codes[name]![$0] != nil } }
    let found = complete.count(where: \.self)
    guard found > 0 else {
      throw FixedEffectsError.noCompleteRow(
        source: panel.source, emptiest: counts.min { $0.present < $1.present }?.name ?? "",
        effects: specification.effects)
    }
    incompleteRows = wanted - found

    func grouping(_ column: String, _ rows: [Int]) -> Grouping {
      let codes = rows.map { codes[column]![$0]! }
      return Grouping(codes, groupCount: (codes.max() ?? 0) + 1)
    }
    var rows = complete.indices.filter { complete[$0] }
    let drops = !specification.keepsSingletons && specification.effects.isWithin
    if drops {
      var sets: [[Int]] = []
      if specification.effects.hasUnits { sets.append(panel.unitOfRow) }
      if specification.effects.hasPeriods { sets.append(panel.periodOfRow) }
      sets += specification.absorbedColumns.map { codes[$0]!.map { $0 ?? 0 } }
      rows = Self.withoutSingletons(rows, sets)
    }
    singletons = found - rows.count
    guard !rows.isEmpty else { throw FixedEffectsError.onlySingletons(source: panel.source, rows: found) }
    func taken(_ values: [Double]) -> [Double] { rows.map { values[$0] } }
    outcome.values = taken(outcome.values)
    for place in regressors.indices { regressors[place].values = taken(regressors[place].values) }
    for place in instruments.indices { instruments[place].values = taken(instruments[place].values) }
    weights = weightValues.map { values in
      let own = taken(values)
      let mean = own.mean
      return own.map { $0 / mean }
    }
    let (panelUnits, panelPeriods) = (panel.unitOfRow, panel.periodOfRow)
    units = Grouping(rows.map { panelUnits[$0] }, groupCount: panel.units.count)
    periods = Grouping(rows.map { panelPeriods[$0] }, groupCount: panel.periods.count)
    let unitGroups = Groups(name: Phrase("units", zh: "个体"), column: panel.unitColumn, grouping: units)
    let periodGroups = Groups(name: Phrase("periods", zh: "时期"), column: panel.timeColumn, grouping: periods)
    func groups(_ column: String) -> Groups {
      Groups(name: Phrase(verbatim: column), column: column, grouping: grouping(column, rows))
    }
    var ways: [Groups] = []
    if specification.effects.hasUnits { ways.append(unitGroups) }
    if specification.effects.hasPeriods { ways.append(periodGroups) }
    self.ways = ways + specification.absorbedColumns.map(groups)
    if specification.clusterColumns.isEmpty {
      clusters = specification.standardError == .twoWayCluster ? [unitGroups, periodGroups] : [unitGroups]
    } else {
      clusters = specification.clusterColumns.map(groups)
    }
    self.panel = panel
    self.formula = formula
    self.rows = rows
    self.outcome = outcome
    self.regressors = regressors
    self.instruments = instruments
    endogenous = regressors.map { given?.isEndogenous($0.term) ?? false }
    let isConstant = isDifferenced ? specification.hasConstant : frame.hasIntercept
    hasIntercept = isConstant && self.ways.isEmpty
  }

  private static func weights(_ panel: Panel, column: String) throws -> [Double] {
    let values = try panel.values(of: column)
    if let row = values.firstIndex(where: { $0 < 0 }) {
      throw FixedEffectsError.negativeWeight(
        column: column, value: values[row], unit: panel.unit(ofRow: row), unitColumn: panel.unitColumn,
        line: panel.lines[row], source: panel.source(ofRow: row))
    }
    return values
  }

  /// The rows that are left when those alone in a group have gone, again and again.
  static func withoutSingletons(_ rows: [Int], _ sets: [[Int]]) -> [Int] {
    var rows = rows
    var sizes = sets.map { set in
      var sizes = [Int](repeating: 0, count: (set.max() ?? 0) + 1)
      for row in rows { sizes[set[row]] += 1 }
      return sizes
    }
    while true {
      let kept = rows.filter { row in sets.indices.allSatisfy { sizes[$0][sets[$0][row]] > 1 } }
      if kept.count == rows.count { return rows }
      let gone = Set(rows).subtracting(kept)
      for (place, set) in sets.enumerated() {
        for row in gone { sizes[place][set[row]] -= 1 }
      }
      rows = kept
    }
  }
}

extension LinearSample {
  /// The same with fixed effects of periods besides.
  var absorbingPeriods: LinearSample {
    var sample = self
    sample.ways.append(
      Groups(name: Phrase("periods", zh: "时期"), column: panel.timeColumn, grouping: periods))
    sample.hasIntercept = false
    return sample
  }

  /// Some of the rows, by their place in this sample, with weights where they count differently.
  func selecting(_ places: [Int], weights newWeights: [Double]? = nil) -> LinearSample {
    func taken(_ column: Column) -> Column {
      var column = column
      column.values = places.map { column.values[$0] }
      return column
    }
    func taken(_ grouping: Grouping) -> Grouping {
      Grouping(places.map { grouping.groupOfRow[$0] }, groupCount: grouping.sizes.count)
    }
    func taken(_ groups: Groups) -> Groups {
      Groups(name: groups.name, column: groups.column, grouping: taken(groups.grouping))
    }
    var sample = self
    sample.rows = places.map { rows[$0] }
    sample.outcome = taken(outcome)
    sample.regressors = regressors.map(taken)
    sample.instruments = instruments.map(taken)
    sample.weights = newWeights ?? weights.map { own in places.map { own[$0] } }
    (sample.units, sample.periods) = (taken(units), taken(periods))
    sample.ways = ways.map(taken)
    sample.clusters = clusters.map(taken)
    return sample
  }

  /// The model in which every slope and every effect is one of a group: columns times the groups' dummies.
  func interacted(with groupOfRow: [Int], groupCount: Int) -> LinearSample {
    func split(_ column: Column) -> [Column] {
      (0..<groupCount).map { group in
        var own = column
        own.values = zip(column.values, groupOfRow).map { $1 == group ? $0 : 0 }
        return own
      }
    }
    var sample = self
    sample.regressors = regressors.flatMap(split)
    sample.endogenous = endogenous.flatMap { [Bool](repeating: $0, count: groupCount) }
    sample.instruments = instruments.flatMap(split)
    let groups = Grouping(groupOfRow, groupCount: groupCount)
    sample.ways = ways.map { way in
      LinearCovariance.isNested(way.grouping, in: groups)
        ? way
        : Groups(
          name: way.name, column: way.column,
          grouping: LinearCovariance.intersection(way.grouping, groups))
    }
    if sample.ways.isEmpty, hasIntercept {
      sample.ways = [Groups(name: Phrase("groups", zh: "组"), column: "", grouping: groups)]
      sample.hasIntercept = false
    }
    return sample
  }

  /// The same without rows that are alone in one of their effects.
  var withoutSingletons: LinearSample {
    let kept = LinearSample.withoutSingletons(Array(rows.indices), ways.map(\.grouping.groupOfRow))
    return kept.count == rows.count ? self : selecting(kept)
  }
}
