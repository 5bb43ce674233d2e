internal import RuralValueNumerics

/// The triangle R of a QR factorization of Z, y, Wy, WWy and WZ: its columns stand for theirs.
///
/// Where a filter changes what effects of periods are, the triangle is that of what lies outside the plane of 1 and
/// W1; what lies inside, two coordinates a period, stands beside it and is projected anew at every λ. Where the filter
/// itself changes over time, the triangle is a new one at every λ.
struct CompressedColumns {
  private let triangle: Matrix
  private let termCount: Int
  private let process: SpatialProcess
  private let plane: Plane?
  /// The filter that changes over time, if there is one.
  let changing: ChangingFilter?
  /// Random effects that do not depend on the neighbours', if these are the columns between units.
  let independent: IndependentEffects?

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
    changing = nil
    independent = nil
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

  /// Columns Z and y, in this order, whose filter changes over time.
  init(_ filter: ChangingFilter, termCount: Int, process: SpatialProcess) {
    self.termCount = termCount
    self.process = process
    triangle = Matrix(rowCount: 0, columnCount: 0)
    plane = nil
    changing = filter
    independent = nil
  }

  /// Columns Z and y, in this order, between units with such random effects.
  init(_ effects: IndependentEffects, termCount: Int, process: SpatialProcess) {
    self.termCount = termCount
    self.process = process
    triangle = Matrix(rowCount: 0, columnCount: 0)
    plane = nil
    changing = nil
    independent = effects
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
  /// Wy with the weights of Wu.
  private var errorLag: Int { process.hasOwnErrorLag ? termCount + 3 : lag }
  private func laggedTerm(_ term: Int) -> Int { triangle.columnCount - termCount + term }

  /// (I − λW)Z.
  func design(_ point: SpatialPoint) throws -> Matrix {
    if let changing {
      return try changing(point.lambda).triangle.selectingColumns(Array(0..<termCount))
    }
    if let independent { return try independent(point).columns.selectingColumns(Array(0..<termCount)) }
    return Matrix(
      columns: (0..<termCount).map { term in
        sum([(term, 1)] + (process.hasError ? [(laggedTerm(term), -point.lambda)] : []), point.lambda)
      })
  }

  /// (I − λW)(I − ρW)y.
  func target(_ point: SpatialPoint) throws -> [Double] {
    if let changing { return try changing(point.lambda).triangle.column(outcome) }
    if let independent { return try independent(point).columns.column(outcome) }
    return sum(filteredOutcome(point), point.lambda)
  }

  private func filteredOutcome(_ point: SpatialPoint) -> Combination {
    var result: Combination = [(outcome, 1)]
    if process.hasOwnErrorLag {
      result += [(lag, -point.rho), (errorLag, -point.lambda)]
    } else if process.isSpatial {
      result.append((lag, -point.rho - point.lambda))
    }
    if process.hasLag && process.hasError { result.append((secondLag, point.rho * point.lambda)) }
    return result
  }

  /// (I − λW)Wy, the derivative of −ε in ρ.
  func filteredLag(_ point: SpatialPoint) -> [Double] {
    sum([(lag, 1)] + (process.hasError ? [(secondLag, -point.lambda)] : []), point.lambda)
  }

  /// W((I − ρW)y − Zb − α), the derivative of −ε in λ; the effects of periods α count where the filter changes them.
  func laggedResidual(_ point: SpatialPoint, _ b: [Double]) throws -> [Double] {
    if let changing {
      let triangle = try changing(point.lambda).triangle
      var result = triangle.column(2 * termCount + 1)
      for (term, value) in b.enumerated() { result.add(triangle.column(termCount + 1 + term), scale: -value) }
      return result
    }
    if let independent {
      return try independent.slope(b, target(point).minus(design(point) * b), point)
    }
    var slope: Combination = [(errorLag, 1)]
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
