internal import RuralValueNumerics

/// d′V⁻¹d, and whether V can be inverted.
struct WaldForm {
  let value: Double
  let isSingular: Bool

  init(_ difference: [Double], _ variance: Matrix) {
    guard let factor = try? Cholesky(variance, relativeTolerance: 1e-13),
      let solution = try? factor.solve(difference)
    else {
      (value, isSingular) = (.nan, true)
      return
    }
    (value, isSingular) = (difference.innerProduct(with: solution), false)
  }
}
