internal import RuralValueNumerics

/// Difference GMM with Ahn and Schmidt's moments beside the linear ones: what a system buys, without its level equation.
///
///     E[u_it (u_i,t−1 − u_i,t−2)] = 0,   u = y − Xb in levels
///
/// They hold where errors are not serially correlated, whatever the first period was like. One step weighs with
/// blockdiag(ΣZ′HZ/N, I)⁻¹ (where the moments are summed over t, their number in the place of I), two steps with
/// (Σgg′/N)⁻¹; Gauss and Newton's steps with halving, from the linear estimate and from three others, for the moments are
/// quadratic. Errors of one step are robust, of two Windmeijer's, second derivatives left out.
///
/// Source: Ahn and Schmidt (1995), Journal of Econometrics 68; methods/gmm-inference.md, section 9.
public struct NonlinearEstimate: Sendable, Equatable {
  /// Which nonlinear moments there are.
  public enum Moments: String, Sendable, CaseIterable {
    /// One for each period.
    case byPeriod
    /// Their sum.
    case collapsed
  }

  /// The coefficients of one step; empty where it could not be estimated.
  public let oneStep: [Estimate]
  /// The coefficients of two steps.
  public let twoStep: [Estimate]
  /// The errors of two steps before Windmeijer's correction.
  let uncorrectedErrors: [Double]
  /// Hansen's J of all moments.
  public let hansen: TestResult?
  /// How many moments are nonlinear.
  public let count: Int
  /// The starts from which the search ended in the lowest minimum of one step, and all of them.
  public let startsThere: Int
  /// The starts of the search.
  public let starts: Int
  /// Why there is no estimate.
  public let failure: String?

  /// The estimate beside a model; of a system, with the same instruments in differences.
  init(beside model: PreparedModel, _ panel: Panel, _ kind: Moments) {
    do {
      var own = model
      if model.specification.isSystem {
        var specification = model.specification
        specification.estimator = .difference
        own = try PreparedModel(panel, specification)
      }
      try self.init(own, kind)
    } catch {
      self.init(failure: "\(error)")
    }
  }

  private init(failure: String) {
    (oneStep, twoStep, uncorrectedErrors, hansen, count) = ([], [], [], nil, 0)
    (startsThere, starts) = (0, 0)
    self.failure = failure
  }

  private init(_ model: PreparedModel, _ kind: Moments) throws(DynamicPanelError) {
    let moments = StackedMoments(model, kind)
    let linear = try GMMStep(model.problem, weight: model.firstWeight)
    var starts = [linear.coefficients]
    if let lag = model.regressors.firstIndex(where: { $0.parameter.role == .laggedOutcome }) {
      for value in [0, 0.5, 0.9] {
        var start = linear.coefficients
        start[lag] = value
        starts.append(start)
      }
    }
    let k = linear.coefficients.count
    let names = model.problem.sample.coefficientNames
    let initial = StackedMoments.Weight.initial(model.firstWeight, moments)
    var ends: [GaussNewton] = []
    for start in starts {
      if let end = try? GaussNewton(moments, initial, from: start, names: names) { ends.append(end) }
    }
    guard let first = ends.min(by: { $0.value < $1.value }) else {
      throw .notIdentified(weightRank: model.firstWeight.rank, coefficients: k, suspects: [])
    }
    let n = Double(moments.units)
    let rows = moments.rows(first.coefficients)
    let covariance = (1 / n) * rows.crossProduct
    let firstCovariance =
      (1 / n) * first.influence.transposedTimes(covariance.times(first.influence)).symmetrised
    let weight = StackedMoments.Weight.updated(try WeightMatrix(of: covariance))
    let second = try GaussNewton(moments, weight, from: first.coefficients, names: names)
    let bread = (1 / n) * second.bread
    // ∂S/∂b_q at the first step, times Wḡ of the second.
    let direction = weight.times(second.mean)
    let turned = rows.times(direction)
    let columns = moments.slopes(first.coefficients).map { slope in
      let part = slope.transposedTimes(turned).plus(rows.transposedTimes(slope.times(direction)))
      return second.influence.transposedTimes(part).scaled(by: 1 / n)
    }
    let correction = Matrix(columns: columns)
    let lifted = correction.times(bread)
    var corrected = bread + lifted + lifted.transposed
    corrected += correction.times(firstCovariance).timesTransposed(correction)
    func estimates(_ coefficients: [Double], _ covariance: Matrix) -> [Estimate] {
      DynamicPanelResult.estimates(model, coefficients, covariance.symmetrised, .normal)
        .filter(\.parameter.isSlope)
    }
    oneStep = estimates(first.coefficients, firstCovariance)
    twoStep = estimates(second.coefficients, corrected)
    uncorrectedErrors = estimates(second.coefficients, bread).map(\.standardError)
    count = moments.nonlinearCount
    let excess = model.firstWeight.rank + moments.nonlinearCount - k
    hansen = TestResult(
      "nonlinear_hansen", Phrase("all moments hold", zh: "全部矩条件成立"), n * second.value, .chiSquared(excess))
    startsThere = ends.count { abs($0.value - first.value) <= 1e-8 * (1 + first.value) }
    self.starts = starts.count
    failure = nil
  }
}

/// The moments of units: Z′e of the differences and the products of residuals in levels, as functions of b.
private struct StackedMoments {
  let units: Int
  let nonlinearCount: Int
  /// How many terms the collapsed moment sums.
  let termCount: Int
  private let linear: ClusterMoments
  private let problem: GMMProblem
  private let blocks: [TransformedSample.Block?]
  /// The periods of the terms.
  private let periods: [Int]
  private let isCollapsed: Bool

  init(_ model: PreparedModel, _ kind: NonlinearEstimate.Moments) {
    problem = model.problem
    units = model.usedUnits
    linear = ClusterMoments(problem).selecting(model.firstWeight.independent)
    let blocks = model.levels.blocksByPeriod(model.cells.grid.periodCount)
    self.blocks = blocks
    periods = blocks.indices.filter { t in
      guard t >= 2, let now = blocks[t], let last = blocks[t - 1], let before = blocks[t - 2] else {
        return false
      }
      return now.usable.indices.contains { now.usable[$0] && last.usable[$0] && before.usable[$0] }
    }
    isCollapsed = kind == .collapsed
    termCount = periods.count
    nonlinearCount = periods.isEmpty ? 0 : isCollapsed ? 1 : periods.count
  }

  var linearCount: Int { linear.outcome.columnCount }

  /// The weights of the two steps.
  enum Weight {
    case initial(WeightMatrix, StackedMoments)
    case updated(WeightMatrix)

    func times(_ vector: [Double]) -> [Double] {
      switch self {
      case .updated(let weight): return weight.times(vector)
      case .initial(let weight, let moments):
        // The first weight is that of all instruments: dependent ones have none.
        let kept = weight.independent
        var whole = [Double](repeating: 0, count: kept.count + weight.dropped.count)
        for (place, column) in kept.enumerated() { whole[column] = vector[place] }
        let weighted = weight.times(whole).scaled(by: Double(moments.units))
        let own = vector[moments.linearCount...].map {
          moments.isCollapsed ? $0 / Double(moments.termCount) : $0
        }
        return kept.map { weighted[$0] } + own
      }
    }
  }

  /// g of every unit or cluster, C × (j + q).
  func rows(_ coefficients: [Double]) -> Matrix {
    let residuals = blocks.map { block in
      block.map { $0.outcome.minus($0.regressors.times(coefficients)) }
    }
    let terms = periods.map { t in
      products(t) { unit in
        residuals[t]![unit] * (residuals[t - 1]![unit] - residuals[t - 2]![unit])
      }
    }
    return linear.rows(coefficients).appendingColumns(problem.clusterSums(stacked(terms)))
  }

  /// dg/db_q of every unit or cluster, for each coefficient.
  func slopes(_ coefficients: [Double]) -> [Matrix] {
    let residuals = blocks.map { block in
      block.map { $0.outcome.minus($0.regressors.times(coefficients)) }
    }
    return coefficients.indices.map { place in
      let terms = periods.map { t in
        let (now, last, before) = (
          blocks[t]!.regressors, blocks[t - 1]!.regressors, blocks[t - 2]!.regressors
        )
        return products(t) { unit in
          -now[unit, place] * (residuals[t - 1]![unit] - residuals[t - 2]![unit])
            - residuals[t]![unit] * (last[unit, place] - before[unit, place])
        }
      }
      return (-1 * linear.regressors[place]).appendingColumns(problem.clusterSums(stacked(terms)))
    }
  }

  private func products(_ t: Int, _ value: (Int) -> Double) -> [Double] {
    let (now, last, before) = (blocks[t]!.usable, blocks[t - 1]!.usable, blocks[t - 2]!.usable)
    return now.indices.map { now[$0] && last[$0] && before[$0] ? value($0) : 0 }
  }

  private func stacked(_ terms: [[Double]]) -> Matrix {
    guard let first = terms.first else { return Matrix(rowCount: linear.outcome.rowCount, columnCount: 0) }
    guard isCollapsed else { return Matrix(columns: terms) }
    return Matrix(
      columns: [terms.dropFirst().reduce(first) { sum, next in zip(sum, next).map(+) }])
  }
}

/// The least of ḡ′Wḡ by steps −(J′WJ)⁻¹J′Wḡ, halved where they go too far.
private struct GaussNewton {
  let coefficients: [Double]
  /// ḡ, and ḡ′Wḡ.
  let mean: [Double]
  let value: Double
  /// (J′WJ)⁻¹, and WJ times it.
  let bread: Matrix
  let influence: Matrix

  private static let mostSteps = 500

  init(
    _ moments: StackedMoments, _ weight: StackedMoments.Weight, from start: [Double], names: [String]
  ) throws(DynamicPanelError) {
    let n = Double(moments.units)
    func means(_ matrix: Matrix) -> [Double] {
      (0..<matrix.columnCount).map { matrix.column($0).compensatedSum / n }
    }
    var b = start
    var mean = means(moments.rows(b))
    var value = mean.innerProduct(with: weight.times(mean))
    for _ in 0..<Self.mostSteps {
      let slope = Matrix(columns: moments.slopes(b).map(means))
      let weighted = Matrix(columns: (0..<slope.columnCount).map { weight.times(slope.column($0)) })
      let bread = try GMMStep.inverse(
        slope.transposedTimes(weighted).symmetrised, rank: mean.count, names: names)
      let step = bread.times(weighted.transposedTimes(mean)).scaled(by: -1)
      let length = slope.times(step)
      let size = length.innerProduct(with: weight.times(length))
      var factor = 1.0
      var isMoved = false
      while factor > 1e-6, size > 1e-24 * (value + 1e-12) {
        let next = b.plus(step.scaled(by: factor))
        let nextMean = means(moments.rows(next))
        let nextValue = nextMean.innerProduct(with: weight.times(nextMean))
        if nextValue < value {
          (b, mean, value, isMoved) = (next, nextMean, nextValue, true)
          break
        }
        factor /= 2
      }
      guard isMoved else {
        (coefficients, self.mean, self.value) = (b, mean, value)
        self.bread = bread
        influence = weighted.times(bread)
        return
      }
    }
    throw .notConverged(iterations: Self.mostSteps, change: .infinity)
  }
}

extension Matrix {
  /// The columns of both.
  fileprivate func appendingColumns(_ other: Matrix) -> Matrix {
    Matrix(
      rowCount: rowCount, columnCount: columnCount + other.columnCount,
      columnMajor: elements + other.elements)
  }
}
