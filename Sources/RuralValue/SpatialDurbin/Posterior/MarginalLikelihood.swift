internal import RuralValueNumerics

/// What is believed of the coefficients before the data are seen.
public enum CoefficientPrior: String, Sendable, CaseIterable {
  /// b ~ N(0, σ²(g Z′Z)⁻¹) with g = 1/max(m, k²), Z as the errors' filter leaves it.
  case g
  /// Anything alike, which compares only models with the same regressors.
  case flat

  /// The name in tables.
  var label: Phrase {
    switch self {
    case .g: Phrase("g prior", zh: "g先验")
    case .flat: Phrase("flat", zh: "平坦先验")
    }
  }
}

/// The logarithm of a model's marginal likelihood: its likelihood, averaged over what is believed of the parameters.
///
/// The data are the m contrasts that are orthogonal to the effects, m = t(N − 1) with effects of units and periods, tN
/// with those of units alone; a constant is an effect as well. σ has the prior 1/σ, ρ or λ a uniform one between its
/// bounds. With Z_r and y_r filtered at r, S_res(r) and S_tot(r) their sum of squared residuals and that of y_r, and J(r)
/// the log-determinant less what the effects take of it, b and σ are integrated out in closed form:
///
/// - flat b: log Γ((m − k)/2) − (m − k)/2 log π − ½ log|Z_r′Z_r| − (m − k)/2 log S_res + J(r);
/// - g prior: log Γ(m/2) − m/2 log π + k/2 log(g/(1 + g)) − m/2 log(S_res/(1 + g) + g S_tot/(1 + g)) + J(r);
///
/// and r by quadrature. Factors that all models share stay in the number, log ½ among them.
///
/// Sources: LeSage and Parent (2007); LeSage (2014); Fernández, Ley and Steel (2001) for g;
/// methods/spatial-corrections.md, 4.2.
struct MarginalLikelihood {
  private let stack: CompressedColumns
  private let likelihood: ConcentratedLikelihood
  private let prior: CoefficientPrior
  /// m and k.
  let contrasts: Double
  let termCount: Int
  /// Whether the first column of Z is a constant, which counts as an effect.
  private let hasConstant: Bool
  /// The eigenvalues of few units' weights that have no symmetry, whose bounds the determinant does not know; only where
  /// the rows have one sum, for else effects of periods need what is interpolated between the determinant's bounds.
  private let spectrum: WeightsSpectrum?

  /// The marginal likelihood of a model with constant weights, one spatial process at most, and fixed or no effects.
  init(
    _ design: SpatialDesign, _ estimation: SpatialEstimation, process: SpatialProcess, prior: CoefficientPrior
  ) throws {
    let (sample, system, effects) = (estimation.sample, estimation.system, estimation.effects)
    let filter = FilteredPeriods.areNeeded(process, effects, system) ? FilteredPeriods(system) : nil
    let demeaned = filter == nil ? effects : effects.withoutPeriods
    let data = TransformedData(
      design, sample, lag: system.lag, process: process,
      demeaned.demeaning(unitCount: sample.unitCount, periodCount: sample.periodCount))
    stack = CompressedColumns(
      data.columns, termCount: data.z.count, process: process, filteredPeriods: filter)
    let transformation = LeeYuTransformation(
      effects, scope: .both, unitCount: sample.unitCount, periodCount: sample.periodCount)
    likelihood = ConcentratedLikelihood(
      stacks: [stack], process: process, transformation: transformation, system: system)
    self.prior = prior
    spectrum =
      system.determinant.isExact || system.commonRowSum == nil
      ? nil : try system.spectrum(upTo: LogDeterminant.denseLimit)
    hasConstant = design.columns.first == .intercept
    contrasts = transformation.observationCount - (hasConstant ? 1 : 0)
    termCount = data.z.count - (hasConstant ? 1 : 0)
    let needed = prior == .flat ? termCount + 1 : 1
    guard contrasts > Double(needed) else {
      throw SpatialDurbinError.tooFewObservations(observations: Int(contrasts), parameters: termCount + 1)
    }
  }

  /// The logarithm. Throws where a filter is singular, or a regression is.
  func logarithm() throws -> Double {
    let (process, system) = (likelihood.process, likelihood.system)
    guard process.isSpatial else { return try conditional(0) }
    let bounds = spectrum.map(MarginalLikelihood.bounds) ?? system.bounds
    // Sums over eigenvalues cost nothing; else each new piece of the determinant costs factorizations.
    let integral = LogIntegral(over: bounds, isCheap: spectrum != nil || system.determinant.isExact)
    return try integral.logarithm { try conditional($0) } - log(bounds.upperBound - bounds.lowerBound)
  }

  /// The bounds that real eigenvalues set; those of weights without symmetry are not known to the determinant.
  private static func bounds(_ spectrum: WeightsSpectrum) -> ClosedRange<Double> {
    let values = spectrum.realValues
    let radius = values.last ?? 1
    let lowest = values.first.map { $0 < 0 ? $0 : -radius } ?? -radius
    return (1 / min(lowest, -1e-3 * radius))...(1 / radius)
  }

  /// The logarithm given ρ or λ.
  func conditional(_ r: Double) throws -> Double {
    let process = likelihood.process
    let point = SpatialPoint(rho: process.hasLag ? r : 0, lambda: process.hasError ? r : 0)
    let design = try stack.design(point)
    let target = try stack.target(point)
    let columns = (0..<design.columnCount).map { design.column($0) }
    let triangle = Matrix(columns: columns + [target]).orthogonalCompression
    let (first, last) = (hasConstant ? 1 : 0, design.columnCount)
    func squares(from row: Int) -> Double {
      (row..<triangle.rowCount).map { triangle[$0, last] * triangle[$0, last] }.compensatedSum
    }
    let (m, k) = (contrasts, Double(termCount))
    let jacobian = try self.jacobian(r)
    let value: Double
    switch prior {
    case .flat:
      let logDeterminant = (first..<last).reduce(0) { $0 + 2 * log(abs(triangle[$1, $1])) }
      let half = 0.5 * (m - k)
      value =
        logarithmOfGamma(half) - half * log(.pi) - 0.5 * logDeterminant - half * log(squares(from: last))
    case .g:
      let g = 1 / max(m, k * k)
      let sum = (squares(from: last) + g * squares(from: first)) / (1 + g)
      value =
        logarithmOfGamma(0.5 * m) - 0.5 * m * log(.pi) + 0.5 * k * log(g / (1 + g)) - 0.5 * m * log(sum)
    }
    guard value.isFinite else { throw SpatialDurbinError.overflow(what: "The marginal likelihood") }
    // σ, integrated out, leaves a half.
    return value + jacobian - log(2)
  }

  /// J(r): the determinant less what effects of periods, or a constant, take of it.
  private func jacobian(_ r: Double) throws -> Double {
    let process = likelihood.process
    guard process.isSpatial else { return 0 }
    let parameter: LeeYuTransformation.Process = process.hasLag ? .lag : .error
    let traces =
      try spectrum.map { spectrum in
        let (value, first, second) = spectrum.logDeterminant(r)
        return SpatialSystem.Traces(logDeterminant: value, g: -first, gSquared: -second)
      } ?? likelihood.system.traces(r)
    let whole = try likelihood.transformation.jacobian(traces, at: r, of: parameter, in: likelihood.system)
      .value
    guard hasConstant else { return whole }
    // A constant is one effect of periods for all of them.
    let constant = LeeYuTransformation(
      PanelEffects(units: .none, periods: true), scope: .both, unitCount: likelihood.system.unitCount,
      periodCount: 1)
    return whole - (try constant.periodShare(at: r, of: parameter, in: likelihood.system).logarithm)
  }
}

/// log ∫ exp f over an open interval that holds zero, of an f that is smooth and falls off on both sides of its maximum.
///
/// The maximum is found on a grid and by golden sections, the part where exp f exceeds e⁻⁴⁵ of it by bisection, and the
/// integral over that part by 160 nodes of Gauss and Legendre.
struct LogIntegral {
  private static let rule = GaussLegendre(160)
  /// What lies further below the maximum adds nothing to sixteen digits.
  private static let depth = 45.0

  private let bounds: ClosedRange<Double>
  private let isCheap: Bool

  /// An integral over these bounds; where a value is dear, no further from zero than is needed.
  init(over bounds: ClosedRange<Double>, isCheap: Bool) {
    self.bounds = bounds
    self.isCheap = isCheap
  }

  func logarithm(_ f: (Double) throws -> Double) throws -> Double {
    let known = try grid(f)
    guard let best = known.indices.max(by: { known[$0].value < known[$1].value }) else { return -.infinity }
    let low = best > 0 ? known[best - 1].r : bounds.lowerBound
    let high = best + 1 < known.count ? known[best + 1].r : bounds.upperBound
    let peak = try maximum(in: low...high, from: known[best], f)
    let threshold = peak.value - Self.depth
    let inside = known.filter { $0.value >= threshold }.map(\.r) + [peak.r]
    let (left, right) = (inside.min()!, inside.max()!)
    let outerLeft = known.last { $0.r < left }?.r ?? bounds.lowerBound
    let outerRight = known.first { $0.r > right }?.r ?? bounds.upperBound
    let part =
      try edge(
        from: left, towards: outerLeft, threshold, f)...edge(
        from: right, towards: outerRight, threshold, f)
    return peak.value + log(try integral(over: part) { exp(try f($0) - peak.value) })
  }

  /// The integral over a part, in u with r = (3u − u³)/2 from end to end: where the part ends at a bound, exp f may fall to
  /// zero there like any power of the distance, which the slope of r, zero at both ends, makes smooth.
  private func integral(over part: ClosedRange<Double>, _ f: (Double) throws -> Double) throws -> Double {
    let centre = 0.5 * (part.lowerBound + part.upperBound)
    let half = 0.5 * (part.upperBound - part.lowerBound)
    return try Self.rule.integral(over: -1...1) { u in
      half * 1.5 * (1 - u * u) * (try f(centre + half * 0.5 * u * (3 - u * u)))
    }
  }

  /// f on 32 points on each side of zero, ascending; a dear f no further than sixty below the highest value.
  private func grid(_ f: (Double) throws -> Double) throws -> [(r: Double, value: Double)] {
    let count = 32
    var found: [(r: Double, value: Double)] = [(0, try f(0))]
    var highest = found[0].value
    for bound in [bounds.upperBound, bounds.lowerBound] {
      var before = found[0].value
      for j in 0..<count {
        let r = bound * (Double(j) + 0.5) / Double(count)
        let value = try f(r)
        found.append((r, value))
        highest = max(highest, value)
        if !isCheap, value < before, value < highest - 60 { break }
        before = value
      }
    }
    return found.sorted { $0.r < $1.r }
  }

  /// The maximum between two points, by golden sections.
  private func maximum(
    in interval: ClosedRange<Double>, from start: (r: Double, value: Double), _ f: (Double) throws -> Double
  ) throws -> (r: Double, value: Double) {
    let ratio = 0.5 * (5.0.squareRoot() - 1)
    var (low, high) = (interval.lowerBound, interval.upperBound)
    var best = start
    var inner = high - ratio * (high - low)
    var outer = low + ratio * (high - low)
    var (below, above) = (try f(inner), try f(outer))
    for _ in 0..<30 {
      if below > best.value { best = (inner, below) }
      if above > best.value { best = (outer, above) }
      if below > above {
        (high, outer, above) = (outer, inner, below)
        inner = high - ratio * (high - low)
        below = try f(inner)
      } else {
        (low, inner, below) = (inner, outer, above)
        outer = low + ratio * (high - low)
        above = try f(outer)
      }
    }
    return best
  }

  /// Where f falls below a threshold on the way from a point above it, or the end of the way.
  private func edge(
    from inside: Double, towards outside: Double, _ threshold: Double, _ f: (Double) throws -> Double
  ) throws -> Double {
    var (near, far) = (inside, outside)
    for _ in 0..<20 {
      let middle = 0.5 * (near + far)
      if try f(middle) >= threshold { near = middle } else { far = middle }
    }
    return far
  }
}
