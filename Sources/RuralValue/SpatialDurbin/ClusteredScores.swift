internal import RuralValueNumerics

/// The variance of the score where units are independent of each other, and their errors anything over time.
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
/// The time is that of N²(T + 1) multiplications, the memory that of G, 8N² bytes.
///
/// Source: methods/spatial-corrections.md, 2.1; Kelejian and Prucha (2001) for the idea of linear-quadratic forms.
struct ClusteredScores {
  /// a, one row a unit and one column a parameter.
  let units: Matrix
  /// Σ u²_ij.
  let pairSquares: Double
  /// Σ u_ij, with which the units' terms of the spatial parameter add up to its score.
  let pairSum: Double
  /// The place of the spatial parameter, if there is one.
  private let spatialPlace: Int?

  /// M.
  var meat: Matrix {
    var result = units.crossProduct
    if let spatialPlace { result[spatialPlace, spatialPlace] += pairSquares }
    return result
  }

  init(_ fit: SpatialFit) throws {
    let (size, s2) = (fit.system.unitCount, fit.sigma2)
    let errors = fit.errors
    let t = Double(fit.transformation.periodCount)
    func sums(_ values: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: size)
      for (place, value) in values.enumerated() { result[place % size] += value }
      return result
    }
    let squares = sums(errors.map { $0 * $0 / s2 })
    var columns = fit.filteredDesign.map { z in sums(zip(z, errors).map { $0 * $1 / s2 }) }
    var (pairSquares, pairSum) = (CompensatedSum(), CompensatedSum())
    if fit.process.isSpatial {
      let r = fit.process.hasLag ? fit.point.rho : fit.point.lambda
      let projection = Projection(fit, lambda: r)
      let multiplier = try ClusteredScores.multiplier(fit.system, r)
      let linear =
        fit.process.hasLag
        ? sums(zip(try InformationMatrix.expectedLag(fit), errors).map { $0 * $1 / s2 })
        : [Double](repeating: 0, count: size)
      columns.append(
        (0..<size).map { i in
          linear[i] + multiplier[i, i] * (squares[i] - t * projection(i, i))
        })
      // Columns of E′E, some at a time.
      let panel = Matrix(rowCount: size, columnCount: errors.count / size, columnMajor: errors)
      for start in stride(from: 0, to: size, by: 128) {
        let block = Array(start..<min(size, start + 128))
        let products = panel.timesTransposed(panel.selectingRows(block))
        for (column, j) in block.enumerated() {
          for i in 0..<j {
            let g = multiplier[i, j] + multiplier[j, i]
            guard g != 0 else { continue }
            let u = g * (products[i, column] / s2 - t * projection(i, j))
            pairSquares.add(u * u)
            pairSum.add(u)
          }
        }
      }
    }
    let share = fit.transformation.observationCount / Double(size)
    columns.append(squares.map { ($0 - share) / (2 * s2) })
    units = Matrix(columns: columns)
    spatialPlace = fit.process.isSpatial ? fit.coefficients.count : nil
    self.pairSquares = pairSquares.value
    self.pairSum = pairSum.value
  }

  /// Q, element by element.
  private struct Projection {
    private let vector: [Double]?
    private let length: Double

    init(_ fit: SpatialFit, lambda: Double) {
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
      (i == j ? 1 : 0) - (vector.map { $0[i] * $0[j] / length } ?? 0)
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
