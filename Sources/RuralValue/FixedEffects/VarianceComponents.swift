internal import RuralValueNumerics

/// A panel's variation within units and between them, to which all estimates with effects of units come down.
///
/// The within part is a regression without the effects; the between part are the units' means, one row a unit. Columns
/// that do not vary within units have no coefficient in the first.
struct WithinBetween: Sendable {
  /// The within regression of the columns, in the order of `kept`.
  let within: LinearFit
  /// The rank of the effects that were taken out of it.
  let absorbedRank: Int
  /// The means of the columns, N × m, and of the outcome.
  let means: Matrix
  let outcomeMeans: [Double]
  /// T_i of each unit that is there.
  let sizes: [Double]
  /// The units by row, and those that are there.
  let units: Grouping
  let present: [Int]
  let rowCount: Int

  var unitCount: Int { present.count }

  init(
    _ within: LinearFit, absorbedRank: Int, outcome: [Double], columns: [[Double]], units: Grouping
  ) {
    let present = units.sizes.indices.filter { units.sizes[$0] > 0 }
    func means(_ values: [Double]) -> [Double] {
      let own = units.means(values)
      return present.map { own[$0] }
    }
    self.within = within
    self.absorbedRank = absorbedRank
    self.means = Matrix(columns: columns.map(means))
    outcomeMeans = means(outcome)
    sizes = present.map { Double(units.sizes[$0]) }
    self.units = units
    self.present = present
    rowCount = outcome.count
  }

  /// The same from columns that are still to be demeaned by unit.
  init(_ outcome: [Double], _ columns: [[Double]], parameters: [Parameter], units: Grouping) throws {
    let demeaning = Demeaning([units])
    let fit = try LinearFit(
      demeaning(outcome), demeaning(columns), lengths: columns.map(\.euclideanNorm), parameters: parameters,
      weights: nil, effects: "effects of units", allowsNone: true)
    self.init(fit, absorbedRank: demeaning.rank, outcome: outcome, columns: columns, units: units)
  }

  /// The means with a constant at their right.
  var meansWithConstant: Matrix { means.appendingColumn([Double](repeating: 1, count: unitCount)) }
}

/// The variances of a model with random effects of units, and the weight θ_i that follows for each unit.
///
///     σ²_e = RSS_w/(n − N − k_w),   θ_i = 1 − √(σ²_e/(T_i σ²_u + σ²_e))
///
/// Swamy and Arora as Stata has them: σ²_u = max(0, RSS_b/(N − k_b) − σ²_e/T̃), T̃ the harmonic mean of T_i and RSS_b of
/// the regression of units' means. Baltagi and Chang: σ²_u = max(0, (RSS_B − (N − k_b)σ²_e)/(n − tr)) with RSS_B of the n
/// rows of means, tr = tr[(X̄′X̄)⁻¹ Σ T_i² x̄_i x̄_i′]. k_w and k_b are ranks, the constant counted in k_b. The two agree in
/// balanced panels.
///
/// Sources: Swamy and Arora (1972); Baltagi and Chang (1994); methods/fixed-effects.md, section 1.
struct VarianceComponents: Sendable {
  /// σ²_e.
  let idiosyncratic: Double
  /// σ²_u.
  let unit: Double
  /// θ of each group.
  let theta: [Double]
  private let units: Grouping

  init(_ parts: WithinBetween, _ kind: FixedEffectsSpecification.Components) throws {
    let n = parts.rowCount
    let degrees = n - parts.absorbedRank - parts.within.parameterCount
    guard degrees > 0 else {
      throw FixedEffectsError.tooFewObservations(observations: n, parameters: n - degrees)
    }
    let idiosyncratic = parts.within.residualSumOfSquares / Double(degrees)
    let means = parts.meansWithConstant
    let between = try LeastSquares(means)
    let count = parts.unitCount
    guard count > between.rank else {
      throw FixedEffectsError.tooFewObservations(observations: count, parameters: between.rank)
    }
    let variance: Double
    switch kind {
    case .swamyArora:
      let fit = try between.regress(parts.outcomeMeans)
      let harmonic = Double(count) / parts.sizes.map { 1 / $0 }.compensatedSum
      variance = fit.residualSumOfSquares / Double(count - between.rank) - idiosyncratic / harmonic
    case .baltagiChang:
      let roots = parts.sizes.map { $0.squareRoot() }
      let weighted = try LeastSquares(means.scalingRows(by: roots))
      let fit = try weighted.regress(zip(parts.outcomeMeans, roots).map(*), centred: false)
      let kept = means.selectingColumns(weighted.columns.kept)
      let inverse = weighted.crossProductInverse.selecting(weighted.columns.kept)
      let trace = (inverse * kept.scalingRows(by: parts.sizes).crossProduct).trace
      variance =
        (fit.residualSumOfSquares - Double(count - weighted.rank) * idiosyncratic) / (Double(n) - trace)
    }
    let unit = max(0, variance)
    self.idiosyncratic = idiosyncratic
    self.unit = unit
    units = parts.units
    theta = parts.units.sizes.map { size in
      size == 0 || unit == 0 ? 0 : 1 - (idiosyncratic / (Double(size) * unit + idiosyncratic)).squareRoot()
    }
  }

  /// x_it − θ_i x̄_i.
  func quasiDemeaned(_ values: [Double]) -> [Double] {
    var result = values
    units.subtract(zip(units.means(values), theta).map(*), from: &result)
    return result
  }

  /// The smallest and the largest θ of units that are there.
  var thetaRange: (low: Double, high: Double) {
    let present = zip(theta, units.sizes).filter { $1 > 0 }.map(\.0)
    return (present.min() ?? .nan, present.max() ?? .nan)
  }

  /// ρ = σ²_u/(σ²_u + σ²_e).
  var share: Double { unit / (unit + idiosyncratic) }
}
