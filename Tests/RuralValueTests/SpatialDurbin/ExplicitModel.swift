import Foundation
import RuralValueNumerics

@testable import RuralValue

/// A spatial panel model in matrices of NT × NT, period-major.
struct ExplicitModel {
  let setting: ExplicitDummyTests.Setting
  let outcome: [Double]
  let terms: Matrix
  /// The dummies, of full rank.
  let dummies: Matrix
  /// The block-diagonal matrix of the W_t.
  let weights: Matrix
  let unitCount: Int

  var termCount: Int { terms.columnCount }
  var size: Int { outcome.count }

  init(_ setting: ExplicitDummyTests.Setting, _ panel: Panel, _ matrices: [Matrix]) throws {
    self.setting = setting
    let (n, count) = (panel.units.count, panel.units.count * matrices.count)
    unitCount = n
    func column(_ name: String) throws -> [Double] {
      let values = try panel.values(of: name)
      return panel.periods.indices.flatMap { period in panel.rows(ofPeriod: period).map { values[$0] } }
    }
    var blocks = Matrix(rowCount: count, columnCount: count)
    for (t, matrix) in matrices.enumerated() {
      for j in 0..<n {
        for i in 0..<n { blocks[t * n + i, t * n + j] = matrix[i, j] }
      }
    }
    weights = blocks
    outcome = try column("y")
    let x = try ["x1", "x2"].map(column)
    let constant = setting.effects == .none ? [[Double](repeating: 1, count: count)] : []
    terms = Matrix(columns: constant + x + (setting.model.hasDurbinTerms ? x.map { blocks * $0 } : []))
    let hasUnits = setting.effects == .unit || setting.effects == .twoways
    let hasPeriods = setting.effects == .time || setting.effects == .twoways
    var columns: [[Double]] = []
    if hasUnits { columns += (0..<n).map { unit in (0..<count).map { $0 % n == unit ? 1 : 0 } } }
    if hasPeriods {
      columns += (hasUnits ? 1..<matrices.count : 0..<matrices.count).map { t in
        (0..<count).map { $0 / n == t ? 1 : 0 }
      }
    }
    dummies = columns.isEmpty ? Matrix(rowCount: count, columnCount: 0) : Matrix(columns: columns)
  }

  /// ρ and λ of a result, zero where it has none.
  func point(_ result: SpatialDurbinResult) -> [Double] {
    [
      setting.model.hasLag ? result.estimate("rho").value : 0,
      setting.model.hasError ? result.estimate("lambda").value : 0,
    ]
  }

  private func filter(_ r: Double) -> Matrix { Matrix.identity(size) - r * weights }

  /// The log-likelihood of all observations with dummies, and its b.
  func direct(_ point: [Double]) throws -> (logLikelihood: Double, coefficients: [Double]) {
    let (a, b) = (filter(point[0]), filter(point[1]))
    let target = b * (a * outcome)
    let design = b * terms.appendingColumns(dummies)
    let coefficients = try design.leastSquaresSolution(target)
    let errors = target.minus(design * coefficients)
    let n = Double(size)
    let determinants = try LU(a).logAbsoluteDeterminant + LU(b).logAbsoluteDeterminant
    let q = errors.innerProduct(with: errors)
    return (determinants - n / 2 * (log(2 * .pi * q / n) + 1), coefficients)
  }

  /// The normal density of the outcomes that are there, (A⁻¹(Zb + Dd))_o in the mean with the variance
  /// σ²((BA)′BA)⁻¹_oo, at the b, d and σ² that make it largest.
  func density(_ point: [Double], without missing: [Int]) throws -> (
    logLikelihood: Double, coefficients: [Double]
  ) {
    let (a, b) = (filter(point[0]), filter(point[1]))
    let present = (0..<size).filter { !missing.contains($0) }
    let filter = b * a
    let variance = try LU(filter.crossProduct).inverse.selectingRows(present).selectingColumns(present)
      .symmetrised
    let factor = try Cholesky(variance)
    let lower = try LU(factor.lower)
    let design = try lower.solve(LU(a).solve(terms.appendingColumns(dummies)).selectingRows(present))
    let target = try lower.solve(present.map { outcome[$0] })
    let coefficients = try design.leastSquaresSolution(target)
    let errors = target.minus(design * coefficients)
    let n = Double(present.count)
    let q = errors.innerProduct(with: errors)
    return (-factor.logDeterminant / 2 - n / 2 * (log(2 * .pi * q / n) + 1), coefficients)
  }

  /// What the contrasts that no dummy enters say.
  struct Contrasts {
    let logLikelihood: Double
    let coefficients: [Double]
    let variance: Double
  }

  /// The density of K′(I − ρW)y, K orthonormal and orthogonal to the dummies, whose variance is σ²K′(B′B)⁻¹K.
  func contrasts(_ point: [Double]) throws -> Contrasts {
    let (a, b) = (filter(point[0]), filter(point[1]))
    let basis = try SymmetricEigen(projection(from: dummies)).vectors
      .selectingColumns(Array(dummies.columnCount..<size))
    let variance = basis.transposedTimes(try LU(b.crossProduct).solve(basis)).symmetrised
    let factor = try Cholesky(variance)
    let lower = try LU(factor.lower)
    let design = try lower.solve(basis.transposedTimes(terms))
    let target = try lower.solve(basis.transposedTimes(a * outcome))
    let coefficients = try design.leastSquaresSolution(target)
    let errors = target.minus(design * coefficients)
    let n = Double(basis.columnCount)
    let q = errors.innerProduct(with: errors)
    return Contrasts(
      logLikelihood: -factor.logDeterminant / 2 - n / 2 * (log(2 * .pi * q / n) + 1),
      coefficients: coefficients, variance: q / n)
  }

  /// (BWy)′ε/σ² − tr MBGB⁻¹, M the projection that takes the filtered dummies out.
  func lagScore(_ point: [Double], _ contrasts: Contrasts) throws -> Double {
    let (a, b) = (filter(point[0]), filter(point[1]))
    let taken = try projection(from: b * dummies)
    let errors = taken * (b * (a * outcome).minus(terms * contrasts.coefficients))
    let lag = b * (weights * outcome)
    let multiplier = weights * (try LU(a).inverse)
    let trace = (taken * (b * (multiplier * (try LU(b).inverse)))).trace
    return lag.innerProduct(with: errors) / contrasts.variance - trace
  }

  /// I − D(D′D)⁻¹D′.
  private func projection(from d: Matrix) throws -> Matrix {
    Matrix.identity(size) - d * (try Cholesky(d.crossProduct).solve(d.transposed))
  }
}
