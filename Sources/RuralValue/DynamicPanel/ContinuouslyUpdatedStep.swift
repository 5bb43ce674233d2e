internal import RuralValueNumerics

/// Continuously updated GMM: the coefficients at which J is smallest when its weight matrix moves with them,
///
///     J(b) = ḡ′S(b)⁻¹ḡ = 1′P_M 1,   M(b) = rows (Z_c′(y_c − X_c b))′
///
/// It is found by damped Newton steps in coordinates in which X′Z A₁ Z′X is the identity, from the estimates of one step
/// and of two and from ten draws about the latter, for J may have several local minima. Errors are (E′S⁻¹E)⁻¹ with
/// E = X-moments less Σ_c Z_c′X_c (m_c′S⁻¹ḡ). Far from the two-step estimate it says that identification is weak: a
/// diagnostic, no default.
///
/// Source: Hansen, Heaton and Yaron (1996); methods/gmm-inference.md, section 10.
struct ContinuouslyUpdatedStep {
  let step: GMMStep
  /// S at the estimate.
  let covariance: Matrix
  /// The local minima that were found, the lowest first.
  let localMinima: [ContinuousUpdating.LocalMinimum]

  private static let draws = 10
  private static let mostSteps = 200

  init(
    _ problem: GMMProblem, first: GMMStep, second: GMMStep, clusters: Int
  ) throws(DynamicPanelError) {
    let whole = Moments(problem)
    let moments = whole.selecting(first.weight.independent)
    guard clusters > first.weight.rank else {
      throw .noContinuousUpdating(instruments: first.weight.rank, clusters: clusters)
    }
    let curvature = problem.instrumentRegressors.transposedTimes(
      first.weight.times(problem.instrumentRegressors)
    ).symmetrised
    guard let factor = try? Cholesky(curvature), let inverse = try? LU(factor.lower).inverse else {
      throw .notIdentified(
        weightRank: first.weight.rank, coefficients: first.coefficients.count, suspects: [])
    }
    let basis = inverse.transposed
    var generator = CounterBasedGenerator(seed: 10, stream: 0xC0E)
    let spread = second.bread.diagonal.map { max($0, 0).squareRoot() }
    let drawn = (0..<Self.draws).map { _ in
      zip(second.coefficients, spread).map { $0 + 2 * $1 * generator.normal() }
    }
    let all = [first.coefficients, second.coefficients] + drawn
    let ends = all.compactMap { Self.end(moments, from: $0, basis: basis) }
    guard let best = ends.min(by: { $0.value < $1.value }) else {
      throw .noContinuousUpdating(instruments: first.weight.rank, clusters: clusters)
    }
    let rows = whole.rows(best.coefficients)
    covariance = problem.covariance(ofScores: rows)
    let weight = try WeightMatrix(of: covariance)
    step = try GMMStep(
      problem, weight: weight, coefficients: best.coefficients,
      slope: whole.slope(rows, weight.times(whole.total(rows)).scaled(by: problem.covarianceScale)))
    var localMinima: [ContinuousUpdating.LocalMinimum] = []
    for end in ends.sorted(by: { $0.value < $1.value }) {
      let value = end.value / problem.covarianceScale
      if let last = localMinima.last, abs(last.value - value) <= 1e-6 * (1 + last.value) {
        localMinima[localMinima.count - 1].starts += 1
      } else {
        localMinima.append(.init(value: value, coefficients: end.coefficients, starts: 1))
      }
    }
    self.localMinima = localMinima
  }

  /// A point of the search.
  fileprivate struct Point {
    let coefficients: [Double]
    let value: Double
    let rows: Matrix
    let factor: Cholesky
    let solution: [Double]
  }

  private static func end(_ moments: Moments, from start: [Double], basis: Matrix) -> Point? {
    guard var point = moments.point(start) else { return nil }
    var damping = 1e-4
    for _ in 0..<mostSteps {
      guard let slope = Slope(moments, point, basis: basis) else { return point }
      var isMoved = false
      for _ in 0..<40 {
        let move = slope.move(damping: damping)
        if move.gain <= 1e-14 * (1 + point.value) { return polished(moments, point, basis: basis) }
        if let next = moments.point(point.coefficients.plus(move.step)), next.value < point.value {
          point = next
          damping = max(damping / 10, 1e-12)
          isMoved = true
          break
        }
        damping = damping * 10 + 1e-12
      }
      if !isMoved { return polished(moments, point, basis: basis) }
    }
    return point
  }

  /// Newton's own steps near a minimum, where J is too flat to tell whether they go down: as long as the slope
  /// becomes less.
  private static func polished(_ moments: Moments, _ start: Point, basis: Matrix) -> Point {
    var (best, least, next) = (start, Double.infinity, start)
    for _ in 0..<8 {
      guard let slope = Slope(moments, next, basis: basis), slope.isConvex else { return best }
      let move = slope.move(damping: 0)
      guard move.gain < least else { return best }
      (best, least) = (next, move.gain)
      guard let moved = moments.point(next.coefficients.plus(move.step)) else { return best }
      next = moved
    }
    return best
  }

  /// Gradient and curvature in the basis in which the first step's are the identity.
  private struct Slope {
    private let basis: Matrix
    private let values: [Double]
    private let vectors: [[Double]]
    private let slopes: [Double]
    private let largest: Double

    init?(_ moments: Moments, _ point: Point, basis: Matrix) {
      let (gradient, curvature) = moments.derivatives(point)
      let own = basis.transposedTimes(gradient)
      guard let eigen = try? SymmetricEigen(basis.transposedTimes(curvature.times(basis)).symmetrised),
        let largest = eigen.values.map(abs).max(), largest > 0
      else { return nil }
      self.basis = basis
      self.largest = largest
      values = eigen.values
      let vectors = own.indices.map { eigen.vectors.column($0) }
      slopes = vectors.map { $0.innerProduct(with: own) }
      self.vectors = vectors
    }

    /// Whether J bends upwards in every direction.
    var isConvex: Bool { values.allSatisfy { $0 > 0 } }

    /// The step against the slope, and what it would gain on a straight line.
    func move(damping: Double) -> (step: [Double], gain: Double) {
      var move = [Double](repeating: 0, count: slopes.count)
      var gain = 0.0
      for (place, slope) in slopes.enumerated() {
        let size = slope / (abs(values[place]) + damping * largest)
        move.add(vectors[place], scale: -size)
        gain += slope * size
      }
      return (basis.times(move), gain)
    }
  }

  /// Z_c′y_c and Z_c′X_c of every cluster.
  private struct Moments {
    private let clusters: ClusterMoments
    private let sums: Matrix

    init(_ problem: GMMProblem) {
      clusters = ClusterMoments(problem)
      sums = problem.instrumentRegressors
    }

    private init(clusters: ClusterMoments, sums: Matrix) {
      self.clusters = clusters
      self.sums = sums
    }

    /// Those of some instruments.
    func selecting(_ instruments: [Int]) -> Moments {
      Moments(clusters: clusters.selecting(instruments), sums: sums.selectingRows(instruments))
    }

    func total(_ rows: Matrix) -> [Double] { (0..<rows.columnCount).map { rows.column($0).compensatedSum } }

    func rows(_ coefficients: [Double]) -> Matrix { clusters.rows(coefficients) }

    func point(_ coefficients: [Double]) -> Point? {
      let rows = rows(coefficients)
      let total = total(rows)
      guard let factor = try? Cholesky(rows.crossProduct, relativeTolerance: 1e-13),
        let solution = try? factor.solve(total)
      else { return nil }
      let value = total.innerProduct(with: solution)
      return value.isFinite
        ? Point(coefficients: coefficients, value: value, rows: rows, factor: factor, solution: solution)
        : nil
    }

    /// E = Q − Σ Z_c′X_c (m_c′a).
    func slope(_ rows: Matrix, _ direction: [Double]) -> Matrix {
      let fitted = rows.times(direction)
      return sums - Matrix(columns: clusters.regressors.map { $0.transposedTimes(fitted) })
    }

    /// −2E′a, and 2(R′S⁻¹R − U′U) with U = rows (Z_c′X_c)′a and R = E − M′U.
    func derivatives(_ point: Point) -> (gradient: [Double], curvature: Matrix) {
      let slope = slope(point.rows, point.solution)
      let turned = Matrix(columns: clusters.regressors.map { $0.times(point.solution) })
      let rest = slope - point.rows.transposedTimes(turned)
      let solved = (try? point.factor.solve(rest)) ?? rest
      return (
        slope.transposedTimes(point.solution).scaled(by: -2),
        2 * (rest.transposedTimes(solved) - turned.crossProduct)
      )
    }
  }
}

extension GMMStep {
  /// A step whose coefficients were found otherwise than by its weight, with the slope E of its moments.
  init(
    _ problem: GMMProblem, weight: WeightMatrix, coefficients: [Double], slope: Matrix
  ) throws(DynamicPanelError) {
    let weighted = weight.times(slope)
    let bread = try GMMStep.inverse(
      slope.transposedTimes(weighted).symmetrised, rank: weight.rank, names: problem.sample.coefficientNames)
    self.init(
      weight: weight, coefficients: coefficients, bread: bread, influence: weighted.times(bread),
      residuals: problem.sample.residuals(coefficients),
      moments: problem.instrumentOutcome.minus(problem.instrumentRegressors.times(coefficients)))
  }
}

/// What the search for the continuously updated estimate found.
public struct ContinuousUpdating: Sendable, Equatable {
  /// A local minimum of J.
  public struct LocalMinimum: Sendable, Equatable {
    /// J there.
    public let value: Double
    /// The coefficients there.
    public let coefficients: [Double]
    /// The starts from which the search ended there.
    public internal(set) var starts: Int
  }

  /// The local minima that were found, the lowest first.
  public let localMinima: [LocalMinimum]
  /// The coefficients of two steps.
  public let twoStep: [Double]

  /// The starts of the search.
  public var starts: Int { localMinima.map(\.starts).reduce(0, +) }
}
