internal import RuralValueNumerics

/// The exact likelihood of the outcomes that are there, where others are missing and every regressor is known.
///
/// With K = (I − λW)(I − ρW), the errors of all unit-periods are ε = K_o y_o + K_m y_m − (I − λW)(Zb + D). Taken for
/// coefficients, the missing y_m leave as their smallest ε′ε = q the quadratic form of the observed, and
///
/// l = Σ_t (log|K| − ½ log|K_m′K_m|) − n/2 (log(2πq/n) + 1),
///
/// where K_m are the columns of the outcomes missing in t and n is the number of those that are there. It is the normal
/// density of y_o. The fixed effects D are taken out as dummies would take them: of all unit-periods, for all have an
/// equation. An evaluation costs one Cholesky factorization of the missing, M × M, and one a period.
///
/// Source: LeSage and Pace (2004); Wang and Lee (2013); methods/spatial-corrections.md, 4.5.
struct MissingOutcomes {
  private let system: SpatialSystem
  private let process: SpatialProcess
  private let effects: PanelEffects
  /// Effects of periods as the error's filter leaves them, where that is not as they were.
  private let periods: FilteredPeriods?
  private let demeaning: Demeaning
  /// Z, y, Wy, WWy and WZ without effects, where missing outcomes are zero.
  private let data: TransformedData
  private let sample: SpatialSample
  private let design: SpatialDesign
  /// The missing outcomes: their period, and their column among `columns`.
  private let cells: [(period: Int, column: Int)]
  /// The cells of each period that has any.
  private let cellsOfPeriod: [[Int]]
  /// For each different unit with a gap, I's column, W's and W²'s, N × U.
  private let columns: (own: Matrix, lagged: Matrix, twice: Matrix)

  /// The missing outcomes of a sample. Throws `SpatialDurbinError.tooLarge`.
  init(
    _ design: SpatialDesign, _ sample: SpatialSample, _ system: SpatialSystem, _ effects: PanelEffects,
    _ process: SpatialProcess
  ) throws(SpatialDurbinError) {
    self.system = system
    self.design = design
    self.process = process
    self.effects = effects
    let size = system.unitCount
    periods = FilteredPeriods.areNeeded(process, effects, system) ? FilteredPeriods(system) : nil
    demeaning = (periods == nil ? effects : effects.withoutPeriods)
      .demeaning(unitCount: size, periodCount: sample.periodCount)
    self.sample = sample.completed(with: sample.missing.map { _ in 0 })
    data = TransformedData(design, self.sample, lag: system.lag, process: process, demeaning)
    let places = sample.missing.map { Place(unit: $0 % size, matrix: system.lag.matrixOfPeriod[$0 / size]) }
    let distinct = places.firstAppearances
    let count = Double(sample.missing.count)
    try MemoryLimit.require(
      bytes: 8 * (12 * Double(size) * Double(distinct.count) + 4 * count * count),
      for: "The likelihood of \(grouped(sample.outcome.count - sample.missing.count)) outcomes, with"
        + " \(grouped(sample.missing.count)) missing,",
      remedy: "Leave units or periods out with \(Setting("gaps"))", orThrow: SpatialDurbinError.tooLarge)
    let positions = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    cells = zip(sample.missing, places).map { ($0 / size, positions[$1]!) }
    cellsOfPeriod = (0..<sample.periodCount).map { [cells] period in
      cells.indices.filter { cells[$0].period == period }
    }.filter { !$0.isEmpty }
    let own = distinct.map { place in (0..<size).map { $0 == place.unit ? 1.0 : 0 } }
    func lag(_ columns: [[Double]]) -> [[Double]] {
      zip(distinct, columns).map { system.lag.matrices[$0.matrix].times($1) }
    }
    let lagged = process.isSpatial ? lag(own) : own.map { $0.scaled(by: 0) }
    let twice = process.hasLag && process.hasError ? lag(lagged) : own.map { $0.scaled(by: 0) }
    columns = (Matrix(columns: own), Matrix(columns: lagged), Matrix(columns: twice))
  }

  /// A unit under one of the weights.
  private struct Place: Hashable {
    let unit: Int
    let matrix: Int
  }

  /// What the data say at one point.
  struct Evaluation {
    let coefficients: [Double]
    /// ε of every unit-period, its mean given the outcomes that are there.
    let errors: [Double]
    /// The means of the missing outcomes given those that are there, in the order of `SpatialSample.missing`.
    let outcomes: [Double]
    /// (I − λW)Z without effects.
    let design: [[Double]]
    /// Σ_t ½ log|K_m′K_m|, and its derivatives in ρ and λ.
    let subtracted: (value: Double, rho: Double, lambda: Double)
    /// ε′(I − λW)Wy and ε′Wu.
    let slopes: (rho: Double, lambda: Double)

    /// q = ε′ε.
    var sumOfSquares: Double { errors.innerProduct(with: errors) }
  }

  /// The likelihood's parts at a point, for the coefficients given, or for those that maximise it.
  func callAsFunction(_ point: SpatialPoint, coefficients given: [Double]? = nil) throws -> Evaluation {
    let filter = filterColumns(point)
    let projected = Matrix(columns: (0..<filter.columnCount).map { withoutPeriods(filter.column($0), point) })
    let inner = filter.transposedTimes(projected)
    let factor = try Cholesky(normalMatrix(inner), relativeTolerance: 1e-13)
    let filtered = data.z.indices.map { term in
      removing(data.wz.map { data.z[term].minus($0[term].scaled(by: point.lambda)) } ?? data.z[term], point)
    }
    let zero = [Double](repeating: 0, count: data.z.count)
    let outcome = removing(data.errors(point, zero), point)
    let all = try (filtered + [outcome]).map { try without($0, projected, factor) }
    let design = Array(all.dropLast()).map(\.rest)
    let b = try given ?? Matrix(columns: design).leastSquaresSolution(all[filtered.count].rest)
    var errors = all[filtered.count].rest
    var missing = all[filtered.count].coefficients.scaled(by: -1)
    for (term, value) in b.enumerated() {
      errors.add(design[term], scale: -value)
      missing.add(all[term].coefficients, scale: value)
    }
    return Evaluation(
      coefficients: b, errors: errors, outcomes: missing, design: filtered,
      subtracted: try subtracted(filter, point), slopes: slopes(errors, b, missing, point))
  }

  // MARK: The columns of the missing

  /// K's columns.
  private func filterColumns(_ point: SpatialPoint) -> Matrix {
    var result = columns.own
    result.add(columns.lagged, scale: -point.rho - point.lambda)
    if process.hasLag && process.hasError { result.add(columns.twice, scale: point.rho * point.lambda) }
    return result
  }

  /// The derivative of K's columns in ρ and in λ, with the other parameter in the second place.
  private func slope(_ other: Double) -> Matrix {
    var result = (-1.0) * columns.lagged
    if process.hasLag && process.hasError { result.add(columns.twice, scale: other) }
    return result
  }

  /// K_m′QK_m from what the columns have in common: Q takes out means over time as well as effects of periods.
  private func normalMatrix(_ inner: Matrix) -> Matrix {
    let share = effects.hasUnitMeans ? 1 / Double(sample.periodCount) : 0
    var result = Matrix(rowCount: cells.count, columnCount: cells.count)
    for (j, second) in cells.enumerated() {
      for (i, first) in cells.enumerated() {
        result[i, j] = inner[first.column, second.column] * ((first.period == second.period ? 1 : 0) - share)
      }
    }
    return result
  }

  /// A column in period-major order without effects of periods as they are at a point; those of units are out.
  private func removing(_ column: [Double], _ point: SpatialPoint) -> [Double] {
    periods.map { $0.removing(column, lambda: point.lambda) } ?? column
  }

  /// N values without effects of periods.
  private func withoutPeriods(_ values: [Double], _ point: SpatialPoint) -> [Double] {
    guard effects.hasPeriodMeans else { return values }
    if let periods { return periods.removing(values, lambda: point.lambda) }
    let mean = values.mean
    return values.map { $0 - mean }
  }

  /// What a column, without effects, has outside the missing, and its coefficients of them.
  private func without(
    _ column: [Double], _ projected: Matrix, _ factor: Cholesky
  ) throws -> (rest: [Double], coefficients: [Double]) {
    let size = system.unitCount
    let products = cellsOfPeriod.flatMap { members in
      let start = cells[members[0]].period * size
      let products = projected.transposedTimes(Array(column[start..<(start + size)]))
      return members.map { (cell: $0, value: products[cells[$0].column]) }
    }
    var right = [Double](repeating: 0, count: cells.count)
    for (cell, value) in products { right[cell] = value }
    let coefficients = try factor.solve(right)
    var part = [Double](repeating: 0, count: column.count)
    for members in cellsOfPeriod {
      var weights = [Double](repeating: 0, count: projected.columnCount)
      for cell in members { weights[cells[cell].column] += coefficients[cell] }
      let start = cells[members[0]].period * size
      part.replaceSubrange(start..<(start + size), with: projected.times(weights))
    }
    if effects.hasUnitMeans { Grouping.units(unitCount: size, periodCount: sample.periodCount).demean(&part) }
    return (column.minus(part), coefficients)
  }

  // MARK: The determinant

  /// Σ_t ½ log|K_m′K_m| and its derivatives Σ_t tr((K_m′K_m)⁻¹K_m′∂K_m).
  private func subtracted(
    _ filter: Matrix, _ point: SpatialPoint
  ) throws -> (value: Double, rho: Double, lambda: Double) {
    let inner = filter.transposedTimes(filter)
    let rho = process.hasLag ? filter.transposedTimes(slope(point.lambda)) : nil
    let lambda = process.hasError ? filter.transposedTimes(slope(point.rho)) : nil
    var (value, first, second) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for members in cellsOfPeriod {
      let places = members.map { cells[$0].column }
      func block(_ matrix: Matrix) -> Matrix { matrix.selectingRows(places).selectingColumns(places) }
      let factor = try Cholesky(block(inner))
      for place in places.indices { value.add(log(factor.lower[place, place])) }
      if let rho { for term in try factor.solve(block(rho)).diagonal { first.add(term) } }
      if let lambda { for term in try factor.solve(block(lambda)).diagonal { second.add(term) } }
    }
    return (value.value, first.value, second.value)
  }

  /// Σ_t K_m(K_m′K_m)⁻¹K_m′, N × N: what the missing take of each unit's errors, and of each pair's.
  func shares(_ point: SpatialPoint) throws -> Matrix {
    let filter = filterColumns(point)
    var result = Matrix(rowCount: system.unitCount, columnCount: system.unitCount)
    for members in cellsOfPeriod {
      let block = filter.selectingColumns(members.map { cells[$0].column })
      let solved = try Cholesky(block.crossProduct).solve(Matrix(rows: members.indices.map(block.column)))
      result.add(block.times(solved))
    }
    return result
  }

  // MARK: The score

  private func slopes(
    _ errors: [Double], _ b: [Double], _ missing: [Double], _ point: SpatialPoint
  ) -> (rho: Double, lambda: Double) {
    guard process.isSpatial else { return (0, 0) }
    let outcome = sample.completed(with: missing).outcome
    let lagged = system.lag(outcome)
    var (rho, lambda) = (0.0, 0.0)
    if process.hasLag {
      rho = errors.innerProduct(with: lagged)
      if process.hasError { rho -= point.lambda * errors.innerProduct(with: system.lag(lagged)) }
    }
    if process.hasError {
      // u = (I − ρW)y − Zb, but for the effects.
      var rest = outcome
      rest.add(lagged, scale: -point.rho)
      for (term, value) in b.enumerated() { rest.add(design.values[term], scale: -value) }
      lambda = errors.innerProduct(with: system.lag(rest)) - effectSlope(errors, rest, point)
    }
    return (rho, lambda)
  }

  /// Σ_t α_t ε_t′d of the effects of periods α_t, which the filter makes α_t g(λ).
  private func effectSlope(_ errors: [Double], _ rest: [Double], _ point: SpatialPoint) -> Double {
    guard let periods else { return 0 }
    var filtered = rest
    filtered.add(system.lag(rest), scale: -point.lambda)
    let (g, d, length) = (periods.filtered(point.lambda), periods.sums, periods.squaredLength(point.lambda))
    let (total, own) = (periods.coordinates(demeaning(filtered)), periods.coordinates(errors))
    return total.first.indices.reduce(0) { sum, t in
      let alpha = (g.0 * total.first[t] + g.1 * total.second[t]) / length
      return sum + alpha * (d.0 * own.first[t] + d.1 * own.second[t])
    }
  }
}
