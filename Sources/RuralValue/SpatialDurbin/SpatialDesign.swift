internal import RuralValueNumerics

/// The columns Z of one model on one sample, and the outcome, with their spatial lags.
///
/// Z holds lagged outcomes, regressors and their lags WX, in this order, and a constant where nothing else
/// takes out the mean. Nothing is demeaned yet.
struct SpatialDesign: Sendable {
  /// What a column of Z is.
  enum Column: Sendable, Equatable {
    case intercept
    case laggedOutcome
    case laggedNeighbours
    case regressor(Int)
    case durbin(Int)
    /// A regressor in the units of one regime, by both their numbers.
    case regimeRegressor(Int, Int)
    /// A regressor's lag in the units of one regime: theirs, of all their neighbours.
    case regimeDurbin(Int, Int)
  }

  let columns: [Column]
  let parameters: [Parameter]
  let values: [[Double]]
  /// Columns left out because the others, or the fixed effects, determine them.
  let droppedNames: [String]

  /// The columns for a model; `durbin` has the positions of the regressors that enter with their lag, which is
  /// `regressorLag` where it is another than the outcome's.
  init(
    _ sample: SpatialSample, lag: SpatialLag, regressorLag: SpatialLag? = nil, effects: PanelEffects,
    durbin: [Int], dynamics: SpatialDurbinSpecification.Dynamics? = nil, regimes: UnitClusters? = nil
  ) throws(SpatialDurbinError) {
    var columns: [Column] = []
    var parameters: [Parameter] = []
    var values: [[Double]] = []
    func add(_ column: Column, _ parameter: Parameter, _ series: [Double]) {
      columns.append(column)
      parameters.append(parameter)
      values.append(series)
    }
    if sample.hasIntercept && !effects.isCentred {
      add(.intercept, .constant, [Double](repeating: 1, count: sample.outcome.count))
    }
    if let dynamics, let earlier = sample.laggedOutcome {
      let parameter = Parameter("lag(\(sample.outcomeName), 1)", .laggedOutcome)
      if dynamics.hasLaggedOutcome { add(.laggedOutcome, parameter, earlier) }
      if dynamics.hasLaggedNeighbours { add(.laggedNeighbours, parameter.spatialLag, lag(earlier)) }
    }
    let regressorLag = regressorLag ?? lag
    if let regimes {
      for (regime, label) in regimes.labels.enumerated() {
        func own(_ series: [Double]) -> [Double] {
          series.indices.map { regimes.clusterOfUnit[$0 % sample.unitCount] == regime ? series[$0] : 0 }
        }
        func named(_ parameter: Parameter) -> Parameter {
          Parameter("\(label):\(parameter.name)", parameter.role)
        }
        for (position, parameter) in sample.parameters.enumerated() {
          add(.regimeRegressor(position, regime), named(parameter), own(sample.regressors[position]))
        }
        for position in durbin {
          add(
            .regimeDurbin(position, regime), named(sample.parameters[position].spatialLag),
            own(regressorLag(sample.regressors[position])))
        }
      }
    } else {
      for (position, parameter) in sample.parameters.enumerated() {
        add(.regressor(position), parameter, sample.regressors[position])
      }
      for position in durbin {
        add(
          .durbin(position), sample.parameters[position].spatialLag, regressorLag(sample.regressors[position])
        )
      }
    }
    let fixedEffects = effects.demeaning(
      unitCount: sample.unitCount, periodCount: sample.periodCount)
    let dropped = Set(SpatialDesign.dependent(values, after: fixedEffects))
    droppedNames = parameters.indices.filter(dropped.contains).map { parameters[$0].name }
    let kept = columns.indices.filter { !dropped.contains($0) }
    guard kept.contains(where: { columns[$0] != .intercept }) else {
      throw .noRegressors(dropped: droppedNames)
    }
    self.columns = kept.map { columns[$0] }
    self.parameters = kept.map { parameters[$0] }
    self.values = kept.map { values[$0] }
  }

  /// The position in Z of a column.
  func position(of column: Column) -> Int? { columns.firstIndex(of: column) }

  /// The positions of the regressors that are in Z.
  var regressors: [Int] {
    columns.compactMap { column in
      switch column {
      case .regressor(let position), .regimeRegressor(let position, _): position
      default: nil
      }
    }.firstAppearances
  }

  /// Whether coefficients differ between regimes.
  var hasRegimes: Bool {
    columns.contains { if case .regimeRegressor = $0 { true } else { false } }
  }

  /// The columns that depend on those before them once the fixed effects are out.
  ///
  /// Lengths before demeaning are the yardstick, so that rounding is not taken for variation.
  private static func dependent(_ values: [[Double]], after fixedEffects: Demeaning) -> [Int] {
    let lengths = values.map(\.euclideanNorm)
    let compressed = Matrix(columns: fixedEffects(values)).orthogonalCompression
    return (try? IndependentColumns(of: compressed, scales: lengths))?.dropped ?? []
  }
}
