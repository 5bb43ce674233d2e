internal import RuralValueNumerics

/// A positive-definite covariance that gives sums of coefficients their printed standard errors.
///
/// min t subject to |a_jᵀΣa_j − m_j| ≤ w_j t and Σ ≻ 0, where [m_j − w_j, m_j + w_j] is what the rounding of
/// the standard error leaves to the variance. The program is convex, so that a barrier method settles it:
/// Newton on τt − log det Σ − Σ_j log(w_j²t² − r_j²) for rising τ, whose optimum is within (2m + k)/τ of the
/// smallest t. A covariance exists where t < 1; none does where t − (2m + k)/τ > 1.
/// Source: Boyd and Vandenberghe (2004), Convex Optimization, 11.3 and 11.6.
struct CovarianceFeasibility: Equatable {
  /// Σ, k × k.
  let covariance: Matrix
  /// The t reached.
  let tolerance: Double

  /// Whether Σ gives every standard error within its rounding.
  var isFeasible: Bool { tolerance <= 1 }

  /// - Parameters:
  ///   - sums: a_j, m vectors of k numbers.
  ///   - errors: the standard errors' intervals, above zero.
  ///   - scales: a first guess at the k standard errors, above zero.
  init(sums: [[Double]], errors: [RoundingInterval], scales: [Double]) throws(FactorizationError) {
    let k = scales.count
    // In units of the scales, Σ = DCD, so that the numbers are of order one.
    let scaled = sums.map { sum in zip(sum, scales).map { $0 * $1 } }
    let bounds = errors.map { RoundingInterval(max(0, $0.lower) * max(0, $0.lower), $0.upper * $0.upper) }
    let pairs = (0..<k).flatMap { i in (i..<k).map { (i, $0) } }
    let gradients = zip(scaled, bounds).map { a, bound in
      pairs.map { i, j in (i == j ? 1 : 2) * a[i] * a[j] / bound.radius }
    }
    let targets = bounds.map { $0.middle / $0.radius }
    var barrier = BarrierProgram(
      k: k, pairs: pairs, gradients: gradients, targets: targets,
      point: pairs.map { $0 == $1 ? 1 : 0 })
    try barrier.minimise()
    covariance = barrier.matrix(barrier.point).scaledOnBothSides(by: scales)
    tolerance = barrier.tolerance
  }
}

/// min t, |g_jᵀs − m_j| ≤ t, C(s) ≻ 0, over the elements s of the symmetric matrix C.
private struct BarrierProgram {
  let k: Int
  let pairs: [(Int, Int)]
  let gradients: [[Double]]
  let targets: [Double]
  var point: [Double]
  var tolerance = 0.0

  init(k: Int, pairs: [(Int, Int)], gradients: [[Double]], targets: [Double], point: [Double]) {
    self.k = k
    self.pairs = pairs
    self.gradients = gradients
    self.targets = targets
    self.point = point
    tolerance = 1 + 1.1 * (residuals(point).map { abs($0) }.max() ?? 0)
  }

  func residuals(_ point: [Double]) -> [Double] {
    zip(gradients, targets).map { $0.innerProduct(with: point) - $1 }
  }

  func matrix(_ point: [Double]) -> Matrix {
    var matrix = Matrix(rowCount: k, columnCount: k)
    for ((i, j), value) in zip(pairs, point) {
      matrix[i, j] = value
      matrix[j, i] = value
    }
    return matrix
  }

  /// τt − log det C − Σ log(t² − r²); infinite outside.
  func value(_ point: [Double], _ t: Double, _ weight: Double) -> Double {
    guard t > 0, let factor = try? Cholesky(matrix(point)) else { return .infinity }
    var sum = weight * t - factor.logDeterminant
    for residual in residuals(point) {
      guard abs(residual) < t else { return .infinity }
      sum -= log(t - residual) + log(t + residual)
    }
    return sum
  }

  mutating func minimise() throws(FactorizationError) {
    let barriers = Double(2 * targets.count + k)
    var weight = barriers / tolerance
    while true {
      for _ in 0..<100 where try !step(weight) { break }
      // Well inside, or proven to be outside, or as near as doubles go.
      if tolerance < 0.9 || tolerance - barriers / weight > 1 || barriers / weight < 1e-7 { return }
      weight *= 5
    }
  }

  /// One damped Newton step; false where the decrement says that the point is central.
  private mutating func step(_ weight: Double) throws(FactorizationError) -> Bool {
    let n = pairs.count + 1
    let inverse = try Cholesky(matrix(point)).inverse
    var slope = [Double](repeating: 0, count: n)
    var curvature = Matrix(rowCount: n, columnCount: n)
    for (p, (i, j)) in pairs.enumerated() {
      slope[p] = -(i == j ? 1 : 2) * inverse[i, j]
      for (q, (l, m)) in pairs.enumerated() {
        // tr(C⁻¹E_p C⁻¹E_q) for the unit matrices E of the two elements.
        let product = inverse[i, l] * inverse[j, m] + inverse[i, m] * inverse[j, l]
        curvature[p, q] = product * (i == j ? 1 : 2) * (l == m ? 1 : 2) / 2
      }
    }
    slope[n - 1] = weight
    for (gradient, residual) in zip(gradients, residuals(point)) {
      let (below, above) = (1 / (tolerance - residual), 1 / (tolerance + residual))
      let first = gradient.scaled(by: below - above) + [-(below + above)]
      slope.add(first)
      curvature.addOuterProduct(gradient + [-1], gradient + [-1], scale: below * below)
      curvature.addOuterProduct(gradient + [1], gradient + [1], scale: above * above)
    }
    let direction = try Cholesky(curvature).solve(slope).scaled(by: -1)
    let decrement = -slope.innerProduct(with: direction)
    guard decrement > 1e-8 else { return false }
    let current = value(point, tolerance, weight)
    var length = 1.0
    while length > 1e-12 {
      let next = point.plus(direction.dropLast().map { $0 * length })
      let t = tolerance + length * direction[n - 1]
      if value(next, t, weight) <= current - 0.1 * length * decrement {
        point = next
        tolerance = t
        return true
      }
      length /= 2
    }
    return false
  }
}
