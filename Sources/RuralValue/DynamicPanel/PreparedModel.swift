internal import RuralValueNumerics

/// A model ready for estimation: its sample, its instruments and the moments of the first step.
struct PreparedModel: Sendable {
  let specification: DynamicPanelSpecification
  /// What was assumed where no instruments were named.
  let assumed: AssumedInstruments?
  let panel: Panel
  let cells: ModelCells
  let frame: ModelFrame
  /// The regressors that are estimated.
  let regressors: [ModelCells.Regressor]
  /// Their positions among all.
  let positions: [Int]
  let droppedTimes: [String]
  /// The terms that the others determine and that were left out.
  let omitted: [DependentRegressor]
  let problem: GMMProblem
  let firstWeight: WeightMatrix
  /// ΣZᵢ′HZᵢ, whose inverse is the first weight matrix.
  let initialMomentCovariance: Matrix
  /// Units, and clusters where they are others, with at least one row that counts.
  let usedUnits: Int
  let usedClusters: Int
  /// N: the rows that count, transformed ones under difference GMM and level ones under system GMM.
  let observations: Int
  /// The units of which no row counts.
  let unusedUnits: [String]

  /// The largest number of instruments taken on; 10,000 columns make a weight matrix of 0.8 GB.
  static let mostInstruments = 10_000

  /// Throws `DynamicPanelError` and what evaluating the formula throws.
  init(_ panel: Panel, _ given: DynamicPanelSpecification) throws {
    self.panel = panel
    if panel.units.count == 1 {
      throw DynamicPanelError.oneUnit(unit: panel.units[0], source: panel.source)
    }
    let evaluator = PreparedModel.evaluator(panel, given)
    let frame = try ModelFrame(given.formula, over: panel, evaluator: evaluator)
    self.frame = frame
    let cells = try ModelCells(panel, given, frame: frame, evaluator: evaluator)
    let full = try PreparedModel.stacked(cells, given, source: panel.source)
    let screening = try RegressorScreening(cells, sample: full, given.collinearTerms)
    positions = screening.kept
    droppedTimes = screening.droppedTimes
    omitted = screening.omitted
    regressors = screening.kept.map { cells.regressors[$0] }
    let sample = full.selecting(screening.kept)
    let counted: EquationRow.Equation = given.isSystem ? .level : .transformed
    let used = sample.usedUnits(counted)
    let clusters = given.clusterOfUnit ?? Array(panel.units.indices)
    usedUnits = used.count(where: \.self)
    unusedUnits = zip(panel.units, used).filter { !$0.1 }.map(\.0)
    usedClusters = Set(zip(clusters, used).filter(\.1).map(\.0)).count
    let chosen =
      given.namesNoInstruments
      ? try ChosenInstruments(
        given, cells: cells, sample: sample,
        terms: screening.kept.filter { $0 < frame.regressors.count }.map { frame.regressors[$0].term },
        groups: given.clusterOfUnit == nil ? usedUnits : usedClusters, evaluator: evaluator)
      : try ChosenInstruments(given, cells: cells, sample: sample)
    let (specification, instruments) = (chosen.specification, chosen.instruments)
    self.specification = specification
    self.cells = chosen.cells
    assumed = chosen.assumed
    try PreparedModel.requireInstruments(instruments.columnCount, for: sample)
    observations = sample.observationCount(counted)
    let isScaled = specification.isSmallSample && specification.clusterOfUnit != nil
    problem = GMMProblem(
      sample: sample, instruments: instruments, clusterOfUnit: clusters,
      covarianceScale: isScaled ? Double(usedClusters) / Double(usedClusters - 1) : 1)
    let initial = InitialCovariance(specification, periodCount: cells.grid.periodCount)
    initialMomentCovariance = instruments.weighted(by: initial, rows: sample.blocks.map(\.row))
    firstWeight = try WeightMatrix(of: initialMomentCovariance)
    try PreparedModel.requireInstruments(firstWeight.rank, for: sample)
  }

  /// The stacked equations. Throws `DynamicPanelError.tooFewPeriods` where no row can be transformed.
  private static func stacked(
    _ cells: ModelCells, _ specification: DynamicPanelSpecification, source: String
  ) throws(DynamicPanelError) -> TransformedSample {
    let sample = TransformedSample(cells, specification)
    guard sample.blocks.contains(where: { $0.row.equation == .transformed }) else {
      throw .tooFewPeriods(
        periods: cells.grid.periodCount, needed: periodsNeeded(specification), source: source)
    }
    return sample
  }

  private static func requireInstruments(
    _ count: Int, for sample: TransformedSample
  ) throws(DynamicPanelError) {
    let k = sample.coefficientCount
    guard count >= k else { throw .tooFewInstruments(instruments: count, coefficients: k) }
    guard count <= mostInstruments else {
      throw .tooManyInstruments(instruments: count, most: mostInstruments)
    }
    // Weight matrices and covariances of moments, about a dozen at a time, and the moments unit by unit.
    let columns = Double(count)
    try MemoryLimit.require(
      bytes: 8 * columns * (12 * columns + 2 * Double(sample.unitCount)),
      for: "The weight matrices of \(grouped(count)) instruments",
      remedy: "Collapse the instruments with \(Setting("collapse")), or take fewer lags",
      orThrow: DynamicPanelError.tooLarge)
  }

  /// The number of instruments, j.
  var instrumentRank: Int { firstWeight.rank }

  /// The coefficient of the outcome's first lag, if the model has one.
  var laggedOutcome: Parameter? {
    specification.formula.laggedOutcome.map { Parameter($0, outcome: specification.formula.outcome) }
  }

  /// The position of the outcome's first lag among the coefficients.
  var lagPosition: Int? {
    guard let laggedOutcome else { return nil }
    return regressors.firstIndex { $0.parameter == laggedOutcome }
  }

  static func evaluator(_ panel: Panel, _ specification: DynamicPanelSpecification) -> FormulaEvaluator {
    FormulaEvaluator(
      panel,
      centring: specification.isCentred
        ? FormulaEvaluator.interacted(in: specification.formula.terms) : [])
  }

  /// The consecutive periods that one transformed row needs: its own two, and those of the deepest lag.
  private static func periodsNeeded(_ specification: DynamicPanelSpecification) -> Int {
    let lags = specification.formula.terms.flatMap(\.factors).map { factor in
      if case .lag(_, let steps) = factor { steps } else { 0 }
    }
    return 2 + max(0, lags.max() ?? 0)
  }
}

/// The instruments of a model: those that were named, or the default's.
private struct ChosenInstruments {
  let specification: DynamicPanelSpecification
  let cells: ModelCells
  let instruments: InstrumentMatrix
  let assumed: AssumedInstruments?

  /// Those that the specification names.
  init(_ specification: DynamicPanelSpecification, cells: ModelCells, sample: TransformedSample) throws {
    try InstrumentMatrix.requireMemory(cells, specification, sample: sample)
    (self.specification, self.cells) = (specification, cells)
    instruments = InstrumentMatrix(cells, specification, sample: sample)
    assumed = nil
  }

  /// The default's for these terms, with fewer lags while instruments are more than half the units or clusters.
  init(
    _ given: DynamicPanelSpecification, cells: ModelCells, sample: TransformedSample, terms: [FormulaTerm],
    groups: Int, evaluator: FormulaEvaluator
  ) throws {
    let defaults = DefaultInstruments(given.formula, terms: terms)
    try Self.requireChange(of: terms, sample: sample, formula: given.formula)
    let all = defaults.sets(lags: DefaultInstruments.mostLags).flatMap(\.terms)
    let values = Dictionary(
      try all.map { ($0, cells.grid.cells(try evaluator.values(of: $0))) },
      uniquingKeysWith: { first, _ in first })
    var lags = DefaultInstruments.mostLags
    while true {
      var specification = given
      specification.gmmInstruments = defaults.sets(lags: lags)
      let filled = cells.with(
        gmmInstruments: specification.gmmInstruments.map { set in set.terms.map { values[$0] ?? [] } })
      let chosen = try ChosenInstruments(specification, cells: filled, sample: sample)
      let sets = specification.gmmInstruments.indices
      let count = chosen.instruments.columns.count { column in column.set.map(sets.contains) ?? false }
      if 2 * count <= groups || lags == 1 {
        self.specification = specification
        self.cells = filled
        instruments = chosen.instruments
        assumed = AssumedInstruments(lags: lags, count: count, groups: groups)
        return
      }
      lags -= 1
    }
  }

  /// Throws `DynamicPanelError.noDefaultInstrument` for terms that do not vary over time, of which no lag tells
  /// anything.
  private static func requireChange(
    of terms: [FormulaTerm], sample: TransformedSample, formula: FormulaSpecification
  ) throws(DynamicPanelError) {
    let changing = sample.blocks.filter { $0.row.equation == .transformed }
    let fixed = terms.indices.filter { position in
      changing.allSatisfy { block in block.regressors.column(position).allSatisfy { $0 == 0 } }
    }.map { terms[$0] }
    guard !fixed.isEmpty else { return }
    let others = DefaultInstruments(formula, terms: terms.filter { !fixed.contains($0) })
    let sets = others.sets(lags: DefaultInstruments.mostLags).map { "\(Setting("gmm")) \"\($0.text)\"" }
    let written = fixed.map(\.ofAllLevels.name).firstAppearances
    let levels = "\(Setting("iv")) \"\(written.joined(separator: ","));eq=level\""
    throw .noDefaultInstrument(
      regressors: fixed.map(\.name), call: (sets + [levels]).joined(separator: " "))
  }
}
