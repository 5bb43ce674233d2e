internal import RuralValueNumerics

/// The rank test of Kleibergen and Paap, whether the instruments tell all endogenous regressors apart.
///
///     Θ = F Π̂ G⁻¹ with Z̃′Z̃ = F′F and X̃′X̃ = G′G,   Θ = USV′, q = K1 − 1
///     A = [U₁₂; U₂₂]U₂₂⁻¹(U₂₂U₂₂′)^½,   B′ = (V₂₂V₂₂′)^½V₂₂′⁻¹[V₁₂′ V₂₂′],   λ = vec(A′ΘB)
///     rk = λ′Ω⁻¹λ ~ χ²(L1 − K1 + 1)
///
/// Ω follows from the variance of vec Π̂ with scores z̃ ⊗ v: v the residuals of the first stage in the Wald form, X̃ itself
/// in the LM form, as ivreg2 has it. F = rk/(L1 · q) with the small-sample factor q.
///
/// Source: Kleibergen and Paap (2006); methods/fixed-effects.md, section 4.
struct KleibergenPaap {
  /// rk in the Wald form.
  let wald: Double
  /// rk in the LM form.
  let lagrange: Double
  /// L1 − K1 + 1.
  let degreesOfFreedom: Int

  init(_ stage: FirstStage) throws {
    let (l, k) = (stage.instruments.columnCount, stage.endogenous.columnCount)
    let q = k - 1
    degreesOfFreedom = l - q
    let f = try Cholesky(stage.instruments.crossProduct).lower.transposed
    let g = try Cholesky(stage.endogenous.crossProduct).lower.transposed
    let inverse = try LU(g).inverse
    let theta = f * stage.slopes * inverse
    // Full bases: the eigenvectors, the largest values first.
    let left = try SymmetricEigen(theta.timesTransposed(theta)).vectors
      .selectingColumns(Array((0..<l).reversed()))
    let right = try SymmetricEigen(theta.transposedTimes(theta)).vectors
      .selectingColumns(Array((0..<k).reversed()))
    let a = try Self.complement(left, from: q)
    let b = try Self.complement(right, from: q)
    // λ = (B′ ⊗ A′) vec Θ, one column of Θ after the other.
    let lambda = (a.transposedTimes(theta) * b).elements
    let pair = Self.kronecker(b.transposed, a.transposed) * Self.kronecker(inverse.transposed, f)

    func form(_ residuals: Matrix) throws -> Double {
      let variance: Matrix
      if stage.setting.rule == .classical {
        let sigma = 1 / Double(residuals.rowCount) * residuals.crossProduct
        variance = Self.kronecker(sigma, stage.inverse)
      } else {
        let scores = Matrix(
          columns: (0..<k).flatMap { equation in
            (0..<l).map { instrument in
              zip(stage.instruments.column(instrument), residuals.column(equation)).map(*)
            }
          })
        let meat = try LinearCovariance.meat(scores, stage.setting)
        let bread = Self.kronecker(Matrix.identity(k), stage.inverse)
        variance = bread * meat * bread
      }
      return WaldForm(lambda, (pair * variance.symmetrised * pair.transposed).symmetrised).value
    }
    wald = try form(stage.residuals)
    lagrange = try form(stage.endogenous)
  }

  /// [U₁₂; U₂₂]U₂₂⁻¹(U₂₂U₂₂′)^½ of the columns from q on, U₂₂ their last rows.
  private static func complement(_ basis: Matrix, from q: Int) throws -> Matrix {
    let size = basis.rowCount
    let columns = basis.selectingColumns(Array(q..<size))
    let corner = columns.selectingRows(Array(q..<size))
    let eigen = try SymmetricEigen(corner.timesTransposed(corner))
    let root = eigen.vectors.scalingColumns(by: eigen.values.map { max(0, $0).squareRoot() })
      .timesTransposed(eigen.vectors)
    return columns * (try LU(corner).solve(root))
  }

  static func kronecker(_ a: Matrix, _ b: Matrix) -> Matrix {
    var result = Matrix(rowCount: a.rowCount * b.rowCount, columnCount: a.columnCount * b.columnCount)
    for j in 0..<a.columnCount {
      for i in 0..<a.rowCount {
        for n in 0..<b.columnCount {
          for m in 0..<b.rowCount {
            result[i * b.rowCount + m, j * b.columnCount + n] = a[i, j] * b[m, n]
          }
        }
      }
    }
    return result
  }
}
