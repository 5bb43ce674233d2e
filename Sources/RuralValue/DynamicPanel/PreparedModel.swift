internal import RuralValueNumerics

/// A model ready for estimation: its sample, its instruments and the moments of the first step.
struct PreparedModel: Sendable {
  let specification: DynamicPanelSpecification
  /// Whether the instruments were chosen because none were given.
  let hasDefaultInstruments: Bool
  let panel: Panel
  let cells: ModelCells
  let frame: ModelFrame
  /// The regressors that are estimated.
  let regressors: [ModelCells.Regressor]
  /// Their positions among all.
  let positions: [Int]
  let droppedTimes: [String]
  let problem: GMMProblem
  let firstWeight: WeightMatrix
  /// ΣZᵢ′HZᵢ, whose inverse is the first weight matrix.
  let initialMomentCovariance: Matrix
  /// Units, and clusters where they are others, with at least one row that counts.
  let usedUnits: Int
  let usedClusters: Int
  /// N: the rows that count, transformed ones under difference GMM and level ones under system GMM.
  let observations: Int

  /// The largest number of instruments taken on; 10,000 columns make a weight matrix of 0.8 GB.
  static let mostInstruments = 10_000

  /// Throws `DynamicPanelError` and what evaluating the formula throws.
  init(_ panel: Panel, _ given: DynamicPanelSpecification) throws {
    let specification = given.withDefaultInstruments()
    self.specification = specification
    hasDefaultInstruments = specification != given
    self.panel = panel
    if panel.units.count == 1 {
      throw DynamicPanelError.oneUnit(unit: panel.units[0], source: panel.source)
    }
    let evaluator = PreparedModel.evaluator(panel, specification)
    frame = try ModelFrame(specification.formula, over: panel, evaluator: evaluator)
    cells = try ModelCells(panel, specification, frame: frame, evaluator: evaluator)
    let full = try PreparedModel.stacked(cells, specification, source: panel.source)
    let screening = try RegressorScreening(cells, sample: full)
    positions = screening.kept
    droppedTimes = screening.droppedTimes
    regressors = screening.kept.map { [cells] in cells.regressors[$0] }
    let sample = full.selecting(screening.kept)
    try InstrumentMatrix.requireMemory(cells, specification, sample: sample)
    let instruments = InstrumentMatrix(cells, specification, sample: sample)
    try PreparedModel.requireInstruments(instruments.columnCount, for: sample)
    let counted: EquationRow.Equation = specification.isSystem ? .level : .transformed
    let used = sample.usedUnits(counted)
    let clusters = specification.clusterOfUnit ?? Array(panel.units.indices)
    usedUnits = used.count(where: \.self)
    usedClusters = Set(zip(clusters, used).filter(\.1).map(\.0)).count
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
