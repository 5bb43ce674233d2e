internal import RuralValueNumerics

/// A model, fitted: the estimates, and the data in the form in which covariance and effects need them.
struct SpatialFit {
  let design: SpatialDesign
  let data: TransformedData
  let likelihood: ConcentratedLikelihood
  let effects: PanelEffects
  /// Effects of periods as the error's filter leaves them, where that is not as they were.
  let filteredPeriods: FilteredPeriods?
  /// The columns of Z and y under an error's filter that changes over time, if it does.
  let changingColumns: ChangingFilter.Filtered?
  /// What was done about the bias of a direct estimate, where the likelihood itself does nothing.
  var correction: Correction?
  var point: SpatialPoint
  var coefficients: [Double]
  var sigma2: Double
  let logLikelihood: Double
  /// The largest component of the score, divided by n·t.
  var score: Double
  /// The number of different local maxima that the starts led to.
  let maxima: Int
  /// What the missing outcomes cost, if there are any.
  let gaps: GapCost?

  /// What missing outcomes change in a fit.
  struct GapCost: Sendable {
    /// The places of the missing, in period-major order.
    let places: [Int]
    /// (n − r)/n, n the outcomes that are there and r the rank of the effects: the errors' variance is q/(n − r), and of
    /// the likelihood's maximum q/n.
    let freedom: Double
  }

  /// How a direct estimate was corrected.
  enum Correction: Sendable, Equatable {
    /// It is the root of scores whose mean is zero.
    case solved
    /// Not at all, because the scores have no root inside the bounds.
    case withoutRoot
    /// By one step of order 1/T, because the scores have no root inside the bounds.
    case oneStepWithoutRoot
    /// By one step of order 1/T, because there are too many units for the scores' traces.
    case oneStepForManyUnits
  }

  var process: SpatialProcess { likelihood.process }
  var transformation: LeeYuTransformation { likelihood.transformation }
  var system: SpatialSystem { likelihood.system }

  /// All parameters, in the order of the information matrix: b, ρ, λ, σ², θ.
  var parameters: [Parameter] {
    design.parameters + (process.hasLag ? [.rho] : []) + (process.hasError ? [.lambda] : []) + [.variance]
      + (likelihood.isRandom ? [.randomEffectsWeight] : [])
  }

  /// Their values, in that order.
  var values: [Double] {
    coefficients + (process.hasLag ? [point.rho] : []) + (process.hasError ? [point.lambda] : []) + [sigma2]
      + (likelihood.isRandom ? [point.theta] : [])
  }

  /// The number of parameters of the likelihood, for AIC and BIC.
  var parameterCount: Int { values.count }

  /// Whether the likelihood is an adjusted one, whose score has mean zero but which is no density.
  var isAdjusted: Bool {
    guard process.hasLag else { return false }
    let isTransformed = transformation.removesPeriods || transformation.periodCount < system.lag.periodCount
    if !system.lag.isConstant {
      // Means of periods mix no weights.
      return isTransformed && !(system.isRowStochastic && !effects.hasUnitMeans)
    }
    return transformation.removesPeriods && system.commonRowSum == nil
  }

  /// The errors at the estimates, in period-major order.
  var errors: [Double] {
    if let filtered = changingColumns {
      var errors = filtered.errors[coefficients.count]
      for (term, value) in coefficients.enumerated() { errors.add(filtered.errors[term], scale: -value) }
      return errors
    }
    let errors = data.errors(point, coefficients)
    return filteredPeriods.map { $0.removing(errors, lambda: point.lambda) } ?? errors
  }

  /// (I − λW)Z without fixed effects.
  var filteredDesign: [[Double]] {
    if let filtered = changingColumns {
      return Array(filtered.errors.prefix(coefficients.count))
    }
    guard let wz = data.wz else { return data.z }
    return zip(data.z, wz).map { z, lagged in
      let column = z.minus(lagged.scaled(by: point.lambda))
      return filteredPeriods.map { $0.removing(column, lambda: point.lambda) } ?? column
    }
  }

  /// A column without the fixed effects, those of periods as the filter leaves them.
  func withoutEffects(_ column: [Double]) -> [Double] {
    guard let filteredPeriods else {
      return effects.demeaning(unitCount: system.unitCount, periodCount: system.lag.periodCount)(column)
    }
    let within = effects.withoutPeriods.demeaning(
      unitCount: system.unitCount, periodCount: system.lag.periodCount)
    return filteredPeriods.removing(within(column), lambda: point.lambda)
  }

  /// Maximises the likelihood of a model.
  init(
    _ design: SpatialDesign, _ sample: SpatialSample, _ system: SpatialSystem,
    effects: PanelEffects, process: SpatialProcess, scope: LeeYuTransformation.Scope
  ) throws {
    var process = process
    process.hasOwnErrorLag = process.hasLag && process.hasError && system.errorSystem != nil
    let filter =
      FilteredPeriods.areNeeded(process, effects, system) ? FilteredPeriods(system.of(.error)) : nil
    let demeaned = filter == nil ? effects : effects.withoutPeriods
    let demeaning = demeaned.demeaning(unitCount: sample.unitCount, periodCount: sample.periodCount)
    let missing =
      sample.missing.isEmpty ? nil : try MissingOutcomes(design, sample, system, effects, process)
    let transformation = LeeYuTransformation(
      effects, scope: missing == nil ? scope : .neither, unitCount: sample.unitCount,
      periodCount: sample.periodCount, missingCount: sample.missing.count)
    let parameters = design.parameters.count + 1
    guard transformation.observationCount > Double(parameters) + (missing == nil ? 0 : Double(demeaning.rank))
    else {
      throw SpatialDurbinError.tooFewObservations(
        observations: Int(transformation.observationCount), parameters: parameters)
    }
    let changingFilter =
      ChangingFilter.isNeeded(process, effects, system)
      ? try ChangingFilter(
        design.values + [sample.outcome], lag: system.lag, effects: effects, isRestricted: scope != .neither)
      : nil
    let start = sample.completed(with: sample.missing.map { _ in 0 })
    var data = TransformedData(
      design, start, lag: system.lag, ofErrors: system.errorSystem?.lag, process: process, demeaning)
    let stacks =
      missing != nil
      ? []
      : try changingFilter.map { [CompressedColumns($0, termCount: design.values.count, process: process)] }
        ?? SpatialFit.stacks(data, sample, system, process: process, effects, filteredPeriods: filter)
    likelihood = ConcentratedLikelihood(
      stacks: stacks, process: process, transformation: transformation, system: system, missing: missing)
    let (step, profile, maxima) = try likelihood.maximum()
    let found = try missing?(likelihood.point(step.point))
    if let found {
      data = TransformedData(
        design, sample.completed(with: found.outcomes), lag: system.lag, ofErrors: system.errorSystem?.lag,
        process: process, demeaning)
    }
    let count = transformation.observationCount
    let rank = Double(
      demeaning.rank + (filter == nil ? 0 : sample.periodCount - (effects.hasUnitMeans ? 1 : 0)))
    gaps = missing.map { _ in GapCost(places: sample.missing, freedom: (count - rank) / count) }
    self.design = design
    self.data = data
    self.effects = effects
    filteredPeriods = filter
    self.maxima = maxima
    point = likelihood.point(step.point)
    changingColumns = try changingFilter?(point.lambda)
    coefficients = profile.coefficients
    sigma2 = profile.sumOfSquares / (gaps.map { count * $0.freedom } ?? count)
    logLikelihood = profile.logLikelihood
    score = likelihood.ascent.size(of: step)
  }

  private static func stacks(
    _ data: TransformedData, _ sample: SpatialSample, _ system: SpatialSystem, process: SpatialProcess,
    _ effects: PanelEffects, filteredPeriods: FilteredPeriods?
  ) throws -> [CompressedColumns] {
    let columns = data.columns
    guard effects.isRandom else {
      return [
        CompressedColumns(
          columns, termCount: data.z.count, process: process, filteredPeriods: filteredPeriods)
      ]
    }
    let units = Grouping.units(unitCount: sample.unitCount, periodCount: sample.periodCount)
    let root = Double(sample.periodCount).squareRoot()
    let within = columns.map { column in
      var result = column
      units.demean(&result)
      return result
    }
    let between = columns.map { units.means($0).scaled(by: root) }
    let count = data.z.count
    let stacks = [within, between].map { CompressedColumns($0, termCount: count, process: process) }
    guard effects.units == .independent else { return stacks }
    // Z, y, Wy, WZ.
    let independent = try IndependentEffects(
      Array(between[...count]), lagged: Array(between[(count + 2)...]) + [between[count + 1]],
      system.lag.matrices[0])
    return [stacks[0], CompressedColumns(independent, termCount: count, process: process)]
  }
}

extension ConcentratedLikelihood {
  /// The search for the maximum: its box and its yardstick.
  var ascent: ScoreAscent {
    // The bounds of ρ and λ are open: on them the determinant is zero, and what effects of periods take of it as well.
    let spatial = processes.map { process in
      let bounds = system.of(process).bounds
      return bounds.lowerBound * (1 - 1e-9)...bounds.upperBound * (1 - 1e-9)
    }
    return ScoreAscent(
      bounds: spatial
        + (isRandom ? [1e-6...1] : []),
      scale: transformation.observationCount)
  }

  /// The spatial processes, in the order of parameters.
  private var processes: [LeeYuTransformation.Process] {
    (process.hasLag ? [.lag] : []) + (process.hasError ? [.error] : [])
  }

  /// The point with these values of `parameters`.
  func point(_ values: [Double]) -> SpatialPoint {
    var rest = values[...]
    var point = SpatialPoint()
    if process.hasLag { point.rho = rest.removeFirst() }
    if process.hasError { point.lambda = rest.removeFirst() }
    if isRandom { point.theta = rest.removeFirst() }
    return point
  }

  /// The highest of the maxima that the starts lead to, and how many different ones there are.
  ///
  /// Throws `SpatialDurbinError.noMaximum` at a bound and `.noConvergence` where the score stays away from zero.
  func maximum() throws -> (ScoreAscent.Step, Profile, Int) {
    let ascent = ascent
    func evaluate(_ values: [Double]) throws -> ScoreAscent.Step {
      let profile = try profile(at: point(values))
      return ScoreAscent.Step(point: values, value: profile.logLikelihood, gradient: profile.score)
    }
    var found: [ScoreAscent.Step] = []
    for start in try starts.map(roughStart) {
      let step = try ascent.climb(from: start, evaluate)
      let isKnown = found.contains { known in zip(known.point, step.point).allSatisfy { abs($0 - $1) < 1e-5 }
      }
      if !isKnown { found.append(step) }
    }
    let best = found.max { $0.value < $1.value }!
    for (parameter, (value, bound)) in zip(parameters, zip(best.point, ascent.bounds))
    where parameter != .randomEffectsWeight {
      let margin = 1e-6 * (bound.upperBound - bound.lowerBound)
      guard value > bound.lowerBound + margin, value < bound.upperBound - margin else {
        let own = system.of(parameter == .lambda ? .error : .lag).bounds
        throw SpatialDurbinError.noMaximum(
          parameter: parameter.name, value: value, low: own.lowerBound, high: own.upperBound)
      }
    }
    let isThere = ascent.size(of: best) < 1e-10
    guard try isThere || (ascent.distance(of: best, evaluate) ?? 1) < 1e-5 else {
      let spatial = zip(parameters, best.point).first { $0.0 != .randomEffectsWeight }
      throw SpatialDurbinError.noConvergence(
        score: ascent.size(of: best), parameter: spatial?.0.name, value: spatial?.1 ?? 0,
        isAtEdge: spatial.map { abs($0.1) > 0.98 * min(-system.bounds.lowerBound, system.bounds.upperBound) }
          ?? false)
    }
    return (best, try profile(at: point(best.point)), max(1, found.count { ascent.size(of: $0) < 1e-10 }))
  }

  /// A start brought near the maximum with a rough determinant, where the exact one is dear.
  private func roughStart(_ start: [Double]) throws -> [Double] {
    guard processes.contains(where: { system.of($0).isLarge }) else { return start }
    var rough = self
    rough.isRough = true
    let step = try ascent.climb(from: start) { values in
      let profile = try rough.profile(at: point(values))
      return ScoreAscent.Step(point: values, value: profile.logLikelihood, gradient: profile.score)
    }
    return zip(step.point, ascent.bounds).map { min(max($0, 0.9 * $1.lowerBound), 0.9 * $1.upperBound) }
  }

  /// Where the search starts: several points where the likelihood can have two maxima.
  var starts: [[Double]] {
    let spatial: [[Double]] =
      process.hasLag && process.hasError
      ? [[0, 0], [0.5, -0.5], [-0.5, 0.5], [0.4, 0.4]] : process.isSpatial ? [[0]] : [[]]
    let scaled = spatial.map { zip($0, processes).map { $0 * system.of($1).bounds.upperBound } }
    return isRandom ? scaled.flatMap { start in [0.1, 0.5, 0.9].map { start + [$0] } } : scaled
  }
}
