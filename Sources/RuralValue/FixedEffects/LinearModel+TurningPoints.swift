internal import RuralValueNumerics

extension LinearModel {
  /// The turning point of every variable that stands in the model with its square.
  ///
  /// Throws `FixedEffectsError.rangeWithoutSquare`.
  func turningPoints(_ specification: FixedEffectsSpecification) throws -> [TurningPoint] {
    let evaluator = FormulaEvaluator(sample.panel)
    let terms = sample.regressors.map(\.term)
    let pairs = terms.filter { $0.factors.count == 1 }.compactMap { term -> (FormulaTerm, FormulaTerm)? in
      terms.first { $0.factors == [term.factors[0], term.factors[0]] }.map { (term, $0) }
    }
    for range in specification.ranges where !pairs.contains(where: { $0.0.name == range.variable }) {
      throw FixedEffectsError.rangeWithoutSquare(
        variable: range.variable, squares: pairs.map(\.0.name))
    }
    return try pairs.compactMap { linear, square in
      guard let first = fit.parameters.firstIndex(where: { $0.name == linear.name }),
        let second = fit.parameters.firstIndex(where: { $0.name == square.name }),
        fit.coefficients[second] != 0
      else { return nil }
      let values = try evaluator.values(of: linear)
      var shift = 0.0
      if case .centred(let inner) = linear.factors[0] {
        shift = try evaluator.values(of: inner).filter { !$0.isNaN }.mean
      }
      let own = sample.rows.map { values[$0] + shift }
      let asked = specification.ranges.first { $0.variable == linear.name }
      let v = covariance.matrix
      return TurningPoint(
        variable: linear.name, linear: fit.coefficients[first], square: fit.coefficients[second],
        variance: (v[first, first], v[first, second], v[second, second]),
        range: asked.map { ($0.low, $0.high, false) } ?? (own.min() ?? .nan, own.max() ?? .nan, true),
        shift: shift, reference: .t(degreesOfFreedom: covariance.summary.degreesOfFreedom),
        level: specification.confidenceLevel)
    }
  }
}
