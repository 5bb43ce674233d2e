internal import RuralValueNumerics

/// Least squares, or two-stage least squares, on columns without their effects.
///
///     b = (X̂′X̂)⁻¹ X̂′y,   e = y − Xb,   s_i = x̂_i e_i
///
/// X̂ is X itself, or with instruments its projection on them and the exogenous regressors. Weights multiply every
/// column by √w after the effects, found with weights, are out.
struct LinearFit: Sendable {
  /// The parameters, k of them, in the order of the formula, a constant last.
  let parameters: [Parameter]
  /// Terms that the effects or the terms before them determine.
  let dropped: [Parameter]
  /// b, k elements.
  let coefficients: [Double]
  /// y − Xb on the scale of the outcome, n elements.
  let residuals: [Double]
  /// X̂, n × k, times √w.
  let design: Matrix
  /// s, n × k.
  let scores: Matrix
  /// (X̂′X̂)⁻¹, k × k; of GMM (X′ZWZ′X)⁻¹ on the same scale.
  let bread: Matrix
  /// Σ w e².
  let residualSumOfSquares: Double
  /// Σ w ÿ².
  let totalSumOfSquares: Double
  /// Which columns of the given ones were kept.
  let kept: [Int]

  /// Regresses an outcome on columns from which the effects are gone; `lengths` are those before.
  ///
  /// Throws `FactorizationError`, and `FixedEffectsError.noRegressors` where nothing varies, unless that is allowed.
  init(
    _ outcome: [Double], _ columns: [[Double]], lengths: [Double], parameters: [Parameter],
    weights: [Double]?, effects: String, allowsNone: Bool = false
  ) throws {
    let roots = weights.map { $0.map { $0.squareRoot() } }
    func weighted(_ values: [Double]) -> [Double] {
      roots.map { zip($0, values).map(*) } ?? values
    }
    let matrix = Matrix(columns: columns.map(weighted))
    let y = weighted(outcome)
    let problem = try LeastSquares(matrix, columnScales: lengths)
    let kept = problem.columns.kept
    guard allowsNone || kept.contains(where: { parameters[$0].role != .constant }) else {
      throw FixedEffectsError.noRegressors(dropped: parameters.map(\.name), effects: effects)
    }
    let result = try problem.regress(y, centred: false, refinementSteps: 2)
    guard result.coefficients.allSatisfy(\.isFinite), result.residualSumOfSquares.isFinite else {
      throw FixedEffectsError.overflow(what: "A coefficient or a sum of squares")
    }
    self.init(
      kept: kept, parameters: parameters, coefficients: kept.map { result.coefficients[$0] },
      weightedResiduals: result.residuals, roots: roots,
      design: kept.count == columns.count ? matrix : matrix.selectingColumns(kept),
      bread: result.crossProductInverse.selecting(kept), outcome: y)
  }

  /// A fit from its parts; residuals and design are weighted. `others` are residuals of an earlier step, of which the
  /// scores are made.
  init(
    kept: [Int], parameters: [Parameter], coefficients: [Double], weightedResiduals: [Double],
    roots: [Double]?, design: Matrix, scoredWith others: [Double]? = nil, bread: Matrix, outcome: [Double]
  ) {
    self.kept = kept
    let isKept = Set(kept)
    self.parameters = kept.map { parameters[$0] }
    dropped = parameters.indices.filter { !isKept.contains($0) }.map { parameters[$0] }
    self.coefficients = coefficients
    residuals = roots.map { zip(weightedResiduals, $0).map { $1 > 0 ? $0 / $1 : 0 } } ?? weightedResiduals
    self.design = design
    scores = design.scalingRows(by: others ?? weightedResiduals)
    self.bread = bread
    residualSumOfSquares = weightedResiduals.map { $0 * $0 }.compensatedSum
    totalSumOfSquares = outcome.map { $0 * $0 }.compensatedSum
  }

  /// Whether nothing but rounding is left of the outcome.
  var isExact: Bool { residualSumOfSquares <= 1e-22 * totalSumOfSquares }

  /// The number of coefficients, the constant among them.
  var parameterCount: Int { parameters.count }

  /// The places of the slopes.
  var slopes: [Int] { parameters.indices.filter { parameters[$0].role != .constant } }
}

extension Matrix {
  /// The rows and columns of these indices of a square matrix.
  func selecting(_ indices: [Int]) -> Matrix { selectingRows(indices).selectingColumns(indices) }

  /// The matrix with each row multiplied by a number.
  func scalingRows(by factors: [Double]) -> Matrix {
    var result = self
    for j in 0..<columnCount {
      for i in 0..<rowCount { result.elements[i + j * rowCount] *= factors[i] }
    }
    return result
  }
}
