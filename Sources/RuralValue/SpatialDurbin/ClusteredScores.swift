internal import RuralValueNumerics

/// The variance of the score where some errors are independent of others: those of units, of groups of units, or of
/// all observations.
///
/// The score of ρ has ε_i(Gε)_i for every unit, and two of these share ε_iε_j: they are correlated although the errors
/// of different units are not, so that a sum of squares over units understates the error of ρ. Terms of units and of
/// pairs are uncorrelated:
///
/// a_i(b) = Σ_t z_it ε_it/σ², a_i(σ²) = Σ_t ε²_it/(2σ⁴) − nt/(2Nσ²),
/// a_i(ρ) = Σ_t (h_it ε_it + G_ii ε²_it)/σ² − t G_ii Q_ii, h = D(Wy − Gε),
/// u_ij = (G_ij + G_ji)(Σ_t ε_it ε_jt/σ² − t Q_ij), i < j, for ρ alone;
/// M = Σ_i a_i a_i′ + Σ_{i<j} u²_ij at (ρ, ρ). Of λ, H stands for G and h is zero. Q is the projection that takes out
/// effects of periods where the likelihood is transformed, else I. They add up to the score, which is zero.
///
/// Of groups, A_g is the sum of their units' terms and of the pairs inside, U_gh that of the pairs between two:
/// M = Σ_g A_g A_g′ + Σ_{g<h} U²_gh. Of observations, terms are those of one period, with t/T in the place of t:
/// M = Σ_it a_it a_it′ + Σ_t Σ_{i<j} u²_ijt.
///
/// Where outcomes are missing, T·Q is f Σ_t (I − K_m(K_m′K_m)⁻¹K_m′), f as in `SpatialFit.GapCost`: what the residuals'
/// products are in the mean. That residuals near a gap share errors of several units is not counted.
///
/// The time is that of N²(T + 1) multiplications, the memory that of G, 8N² bytes, and as much again for groups that
/// are as many as units.
///
/// Source: methods/spatial-corrections.md, 2.1; Kelejian and Prucha (2001) for the idea of linear-quadratic forms.
struct ClusteredScores {
  /// What is independent of what.
  enum Scheme: Sendable, Equatable {
    /// Units are, and their errors anything over time.
    case units
    /// Groups of units are, given by the number of each unit's group.
    case groups([Int])
    /// Each observation is of each other.
    case observations
  }

  /// a, or A, one row a unit, a group or an observation, and one column a parameter.
  let terms: Matrix
  /// Σ u², or Σ U², of the pairs that lie in no row of `terms`.
  let pairSquares: Double
  /// Σ u of these, with which the terms of the spatial parameter add up to its score.
  let pairSum: Double
  /// The place of the spatial parameter, if there is one.
  private let spatialPlace: Int?

  /// M.
  var meat: Matrix { meat(ofTerms: terms.crossProduct) }

  /// M where the terms of units are correlated as K says: Σ_ij K_ij a_i a_j′, and the pairs' squares.
  func meat(_ kernel: (Int, Int) -> Double) -> Matrix {
    meat(ofTerms: terms.crossProduct(weightedBy: kernel))
  }

  private func meat(ofTerms products: Matrix) -> Matrix {
    var result = products
    if let spatialPlace { result[spatialPlace, spatialPlace] += pairSquares }
    return result
  }

  init(_ fit: SpatialFit, by scheme: Scheme = .units) throws {
    let (size, s2) = (fit.system.unitCount, fit.sigma2)
    let errors = fit.errors
    let sums = Sums(scheme, unitCount: size)
    let (t, periods) = (Double(fit.transformation.periodCount), Double(errors.count / size))
    let squares = errors.map { $0 * $0 / s2 }
    var columns = fit.filteredDesign.map { z in sums(zip(z, errors).map { $0 * $1 / s2 }) }
    var pairs = Pairs()
    if fit.process.isSpatial {
      let r = fit.process.hasLag ? fit.point.rho : fit.point.lambda
      let projection = try Projection(fit, lambda: r)
      let multiplier = try ClusteredScores.multiplier(fit.system, r)
      let shares = (0..<size).map { t / periods * projection($0, $0) }
      var own = squares.indices.map { place in
        multiplier[place % size, place % size] * (squares[place] - shares[place % size])
      }
      if fit.process.hasLag {
        own.add(zip(try InformationMatrix.expectedLag(fit), errors).map { $0 * $1 / s2 })
      }
      var spatial = sums(own)
      pairs = try Pairs(groupCount: sums.groupOfUnit == nil ? 0 : spatial.count)
      // Columns of E′E, and of the squares' where each period stands for itself, some at a time.
      let panel = Matrix(rowCount: size, columnCount: errors.count / size, columnMajor: errors)
      let squared =
        scheme == .observations
        ? Matrix(rowCount: size, columnCount: errors.count / size, columnMajor: squares) : nil
      for start in stride(from: 0, to: size, by: 128) {
        let block = Array(start..<min(size, start + 128))
        let products = panel.timesTransposed(panel.selectingRows(block))
        let fourths = squared.map { $0.timesTransposed($0.selectingRows(block)) }
        for (column, j) in block.enumerated() {
          for i in 0..<j {
            let g = multiplier[i, j] + multiplier[j, i]
            guard g != 0 else { continue }
            let (product, q) = (products[i, column] / s2, t * projection(i, j))
            let u = g * (product - q)
            if let groupOfUnit = sums.groupOfUnit {
              let (first, second) = (groupOfUnit[i], groupOfUnit[j])
              if first == second { spatial[first] += u } else { pairs.add(u, between: first, second) }
            } else {
              // Of one period u is g(ε_it ε_jt/σ² − q/T).
              let square = fourths.map { $0[i, column] - (2 * product - q) * q / periods }
              pairs.add(u, square: square.map { g * g * $0 } ?? u * u)
            }
          }
        }
      }
      columns.append(spatial)
    }
    let share = fit.transformation.observationCount * (fit.gaps?.freedom ?? 1) / Double(errors.count)
    columns.append(sums(squares.map { ($0 - share) / (2 * s2) }))
    terms = Matrix(columns: columns)
    spatialPlace = fit.process.isSpatial ? fit.coefficients.count : nil
    pairSquares = pairs.squares
    pairSum = pairs.sum
  }

  /// Sums of what observations add, in period-major order: over units, over groups, or none.
  private struct Sums {
    /// The group of each unit; nil where units or observations stand for themselves.
    let groupOfUnit: [Int]?
    private let unitCount: Int
    private let rowCount: Int?

    init(_ scheme: Scheme, unitCount: Int) {
      self.unitCount = unitCount
      switch scheme {
      case .units: (groupOfUnit, rowCount) = (nil, unitCount)
      case .groups(let groups): (groupOfUnit, rowCount) = (groups, (groups.max() ?? 0) + 1)
      case .observations: (groupOfUnit, rowCount) = (nil, nil)
      }
    }

    func callAsFunction(_ values: [Double]) -> [Double] {
      guard let rowCount else { return values }
      var result = [Double](repeating: 0, count: rowCount)
      for (place, value) in values.enumerated() {
        let unit = place % unitCount
        result[groupOfUnit?[unit] ?? unit] += value
      }
      return result
    }
  }

  /// Sums over pairs of units, or over pairs of groups of what their units' pairs add.
  private struct Pairs {
    private var (first, second) = (CompensatedSum(), CompensatedSum())
    /// U_gh, g < h, one row after the other.
    private var between: [Double] = []

    init() {}

    /// Throws `SpatialDurbinError.tooLarge` where the groups are too many.
    init(groupCount: Int) throws(SpatialDurbinError) {
      let count = Double(groupCount) * Double(groupCount) / 2
      try MemoryLimit.require(
        bytes: 8 * count, for: "The pairs of \(grouped(groupCount)) groups",
        remedy: "Take wider groups, or \(Setting("se")) driscoll-kraay",
        orThrow: SpatialDurbinError.tooLarge)
      between = [Double](repeating: 0, count: groupCount * max(groupCount - 1, 0) / 2)
    }

    mutating func add(_ u: Double, square: Double) {
      first.add(u)
      second.add(square)
    }

    mutating func add(_ u: Double, between g: Int, _ h: Int) {
      let (low, high) = (min(g, h), max(g, h))
      between[high * (high - 1) / 2 + low] += u
    }

    var sum: Double { first.value + between.compensatedSum }
    var squares: Double { second.value + between.map { $0 * $0 }.compensatedSum }
  }

  /// Q, element by element.
  private struct Projection {
    private let vector: [Double]?
    private let length: Double
    /// What missing outcomes leave, over T.
    private var whole: Matrix?

    init(_ fit: SpatialFit, lambda: Double) throws {
      if let missing = fit.likelihood.missing, let gaps = fit.gaps {
        let shares = try missing.shares(fit.point)
        whole =
          gaps.freedom
          * (Matrix.identity(shares.rowCount) - (1 / Double(fit.transformation.periodCount)) * shares)
      }
      guard fit.transformation.removesPeriods else {
        vector = nil
        length = 1
        return
      }
      if let periods = fit.filteredPeriods {
        vector = periods.vector(lambda)
        length = periods.squaredLength(lambda)
      } else {
        vector = [Double](repeating: 1, count: fit.system.unitCount)
        length = Double(fit.system.unitCount)
      }
    }

    func callAsFunction(_ i: Int, _ j: Int) -> Double {
      if let whole { return whole[i, j] }
      return (i == j ? 1 : 0) - (vector.map { $0[i] * $0[j] / length } ?? 0)
    }
  }

  /// G = W(I − rW)⁻¹, N × N. Throws `SpatialDurbinError.tooLarge` where it does not fit.
  private static func multiplier(_ system: SpatialSystem, _ r: Double) throws -> Matrix {
    let size = system.unitCount
    try MemoryLimit.require(
      bytes: 8 * Double(size) * Double(size),
      for: "G = W(I − ρW)⁻¹ of \(grouped(size)) units, for clustered errors,",
      remedy: "Take \(Setting("se")) driscoll-kraay or information",
      orThrow: SpatialDurbinError.tooLarge)
    if let dense = system.lag.dense { return try dense.multiplier(r) }
    let (weights, filter) = (system.lag.matrices[0], try system.inverse(r))
    var result = Matrix(rowCount: size, columnCount: size)
    let progress = ProgressReport.steps(size, Phrase("columns of the multiplier", zh: "列乘数矩阵"))
    for start in stride(from: 0, to: size, by: SparseCholesky.lanes) {
      progress.done(start)
      let block = start..<min(size, start + SparseCholesky.lanes)
      let columns = filter.solve(block.map { j in (0..<size).map { $0 == j ? 1.0 : 0 } })
      for (j, column) in zip(block, columns) {
        result.elements.replaceSubrange((j * size)..<((j + 1) * size), with: weights.times(column))
      }
    }
    return result
  }
}
