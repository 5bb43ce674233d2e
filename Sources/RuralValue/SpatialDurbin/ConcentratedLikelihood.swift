internal import RuralValueNumerics

/// The likelihood of a spatial panel model as a function of ρ, λ and θ alone.
///
/// ε = (I − λW)((I − ρW)y − Zb), demeaned, or quasi-demeaned with θ for random effects;
/// l = J(ρ) + J(λ) + N log θ − nt/2 (log(2π q / nt) + 1), q = min_b ε′ε, J(r) = t(L(r) − what
/// effects of periods take of it).
///
/// The data enter through the triangle R of a QR factorization of their columns: every step of the search
/// is a regression among a handful of rows, as exact as one among n·t. With random effects there are two
/// triangles, within and between units.
///
/// Source: methods/spatial-durbin.md, items 1–3 and 8; random effects with a spatial error are filtered
/// like the error, Kapoor, Kelejian and Prucha (2007).
struct ConcentratedLikelihood {
  /// The compressed columns within units (or all), and between units for random effects.
  let stacks: [CompressedColumns]
  let process: SpatialProcess
  let transformation: LeeYuTransformation
  let system: SpatialSystem
  /// Whether the determinant is that of the first terms of its series, to find where to look.
  var isRough = false

  /// Whether units have random effects.
  var isRandom: Bool { stacks.count == 2 }

  /// The parameters of the search, in the order of gradients.
  var parameters: [Parameter] {
    (process.hasLag ? [.rho] : []) + (process.hasError ? [.lambda] : [])
      + (isRandom ? [.randomEffectsWeight] : [])
  }

  /// What the data say at one point.
  struct Profile {
    let coefficients: [Double]
    /// The residuals of each stack, those between units not yet weighted with θ.
    let residuals: [[Double]]
    /// q = ε′ε.
    let sumOfSquares: Double
    let logLikelihood: Double
    /// ∂l/∂ρ, ∂l/∂λ, ∂l/∂θ, those that the model has.
    let score: [Double]
  }

  /// The likelihood, its maximising b and its score at a point.
  func profile(at point: SpatialPoint) throws -> Profile {
    let weights = stackWeights(point)
    let design = stacked(stacks.map { $0.design(point) }, weights)
    let target = zip(stacks, weights).flatMap { stack, weight in stack.target(point).map { weight * $0 } }
    let b = try design.leastSquaresSolution(target)
    let residuals = stacks.map { $0.target(point).minus($0.design(point) * b) }
    let q = inner(residuals, residuals, weights)
    let nt = transformation.observationCount
    let lagTerm = process.hasLag ? try jacobian(point.rho, of: .lag) : (0, 0, 0)
    let errorTerm = process.hasError ? try jacobian(point.lambda, of: .error) : (0, 0, 0)
    let value = lagTerm.0 + errorTerm.0 + (isRandom ? Double(system.unitCount) * log(point.theta) : 0)

    var score: [Double] = []
    if process.hasLag {
      score.append(lagTerm.1 + nt * inner(residuals, stacks.map { $0.filteredLag(point) }, weights) / q)
    }
    if process.hasError {
      score.append(
        errorTerm.1 + nt * inner(residuals, stacks.map { $0.laggedResidual(point, b) }, weights) / q)
    }
    if isRandom {
      let between = residuals[1].innerProduct(with: residuals[1])
      score.append(Double(system.unitCount) / point.theta - nt * point.theta * between / q)
    }
    return Profile(
      coefficients: b, residuals: residuals, sumOfSquares: q,
      logLikelihood: value - 0.5 * nt * (log(2 * .pi * q / nt) + 1), score: score)
  }

  /// J(r) and its first two derivatives.
  func jacobian(
    _ r: Double, of process: LeeYuTransformation.Process
  ) throws(SpatialDurbinError) -> (Double, Double, Double) {
    try transformation.jacobian(
      isRough ? system.roughTraces(r) : try system.traces(r), at: r, of: process, in: system)
  }

  /// The square roots of the stacks' weights: 1 within units, θ between them.
  func stackWeights(_ point: SpatialPoint) -> [Double] { isRandom ? [1, point.theta] : [1] }

  /// Σ of the stacks' inner products, weighted.
  func inner(_ a: [[Double]], _ b: [[Double]], _ weights: [Double]) -> Double {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight * weight * a[index].innerProduct(with: b[index])
    }
    return sum
  }

  private func stacked(_ matrices: [Matrix], _ weights: [Double]) -> Matrix {
    guard matrices.count > 1 else { return matrices[0] }
    return matrices[0].appendingRows(weights[1] * matrices[1])
  }
}

/// The triangle R of a QR factorization of Z, y, Wy, WWy and WZ: its columns stand for theirs.
///
/// Where a filter changes what effects of periods are, the triangle is that of what lies outside the plane of 1 and
/// W1; what lies inside, two coordinates a period, stands beside it and is projected anew at every λ.
struct CompressedColumns: Sendable {
  private let triangle: Matrix
  private let termCount: Int
  private let process: SpatialProcess
  private let plane: Plane?

  /// The coordinates of all columns in the plane of 1 and W1, compressed over the periods.
  private struct Plane {
    let periods: FilteredPeriods
    let first: Matrix
    let second: Matrix
  }

  init(
    _ columns: [[Double]], termCount: Int, process: SpatialProcess,
    filteredPeriods periods: FilteredPeriods? = nil
  ) {
    self.termCount = termCount
    self.process = process
    guard let periods else {
      triangle = Matrix(columns: columns).orthogonalCompression
      plane = nil
      return
    }
    triangle = Matrix(columns: columns.map(periods.withoutPlane)).orthogonalCompression
    let coordinates = columns.map(periods.coordinates)
    let compressed = Matrix(columns: coordinates.map(\.first) + coordinates.map(\.second))
      .orthogonalCompression
    plane = Plane(
      periods: periods, first: compressed.selectingColumns(Array(columns.indices)),
      second: compressed.selectingColumns(columns.indices.map { $0 + columns.count }))
  }

  /// Columns of the triangle with their factors.
  private typealias Combination = [(column: Int, factor: Double)]

  /// A sum of columns, without effects of periods as they are at λ.
  private func sum(_ combination: Combination, _ lambda: Double) -> [Double] {
    var result = [Double](repeating: 0, count: triangle.rowCount)
    for (column, factor) in combination { result.add(triangle.column(column), scale: factor) }
    guard let plane else { return result }
    let h = plane.periods.orthogonal(lambda)
    let (first, second) = coordinates(combination, plane)
    return result + first.indices.map { h.0 * first[$0] + h.1 * second[$0] }
  }

  private func coordinates(_ combination: Combination, _ plane: Plane) -> ([Double], [Double]) {
    var first = [Double](repeating: 0, count: plane.first.rowCount)
    var second = first
    for (column, factor) in combination {
      first.add(plane.first.column(column), scale: factor)
      second.add(plane.second.column(column), scale: factor)
    }
    return (first, second)
  }

  private var outcome: Int { termCount }
  private var lag: Int { termCount + 1 }
  private var secondLag: Int { termCount + 2 }
  private func laggedTerm(_ term: Int) -> Int { triangle.columnCount - termCount + term }

  /// (I − λW)Z.
  func design(_ point: SpatialPoint) -> Matrix {
    Matrix(
      columns: (0..<termCount).map { term in
        sum([(term, 1)] + (process.hasError ? [(laggedTerm(term), -point.lambda)] : []), point.lambda)
      })
  }

  /// (I − λW)(I − ρW)y.
  func target(_ point: SpatialPoint) -> [Double] { sum(filteredOutcome(point), point.lambda) }

  private func filteredOutcome(_ point: SpatialPoint) -> Combination {
    var result: Combination = [(outcome, 1)]
    if process.isSpatial { result.append((lag, -point.rho - point.lambda)) }
    if process.hasLag && process.hasError { result.append((secondLag, point.rho * point.lambda)) }
    return result
  }

  /// (I − λW)Wy, the derivative of −ε in ρ.
  func filteredLag(_ point: SpatialPoint) -> [Double] {
    sum([(lag, 1)] + (process.hasError ? [(secondLag, -point.lambda)] : []), point.lambda)
  }

  /// W((I − ρW)y − Zb − α), the derivative of −ε in λ; the effects of periods α count where the filter changes them.
  func laggedResidual(_ point: SpatialPoint, _ b: [Double]) -> [Double] {
    var slope: Combination = [(lag, 1)]
    if process.hasLag { slope.append((secondLag, -point.rho)) }
    for (term, value) in b.enumerated() { slope.append((laggedTerm(term), -value)) }
    let result = sum(slope, point.lambda)
    guard let plane else { return result }
    var errors = filteredOutcome(point)
    for (term, value) in b.enumerated() {
      errors += [(term, -value), (laggedTerm(term), point.lambda * value)]
    }
    // α_t = g′e_t / g′g, and Wα_t1 = α_t d.
    let (g, d) = (plane.periods.filtered(point.lambda), plane.periods.sums)
    let length = plane.periods.squaredLength(point.lambda)
    let (first, second) = coordinates(errors, plane)
    let h = plane.periods.orthogonal(point.lambda)
    let share = (h.0 * d.0 + h.1 * d.1) / length
    let effects = first.indices.map { share * (g.0 * first[$0] + g.1 * second[$0]) }
    return result.minus([Double](repeating: 0, count: triangle.rowCount) + effects)
  }

  /// WZ, of a model with a spatial error.
  func laggedZ(_ lambda: Double) -> Matrix {
    Matrix(columns: (0..<termCount).map { sum([(laggedTerm($0), 1)], lambda) })
  }

  /// WWy, of a model with both processes.
  func wwy(_ lambda: Double) -> [Double] { sum([(secondLag, 1)], lambda) }
}
