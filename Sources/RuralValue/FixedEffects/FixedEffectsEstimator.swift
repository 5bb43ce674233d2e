internal import RuralValueNumerics

/// Linear panel models:
///
///     y_it = x_it′b + μ_i + α_t + e_it
///
/// with effects of units and periods as dummies, of further columns, random ones, in means or in first differences, by
/// least squares or with instruments. Effects are taken out exactly: nothing is iterated.
///
/// Sources: Baltagi (2021); Wooldridge (2010); methods/fixed-effects.md, with what reghdfe, xtreg, fixest, linearmodels
/// and plm do otherwise.
public enum FixedEffectsEstimator {
  /// Estimates a model on a panel.
  ///
  /// Columns of clusters, of absorbed effects and of groups are variables of the panel: numbers, or the codes that a
  /// `GroupColumn` makes of texts. Throws `FixedEffectsError`, `FormulaError`, `PanelError`.
  public static func fit(
    _ panel: Panel, _ specification: FixedEffectsSpecification
  ) throws -> FixedEffectsResult {
    do {
      try specification.check(panel)
      let sample = try LinearSample(panel, specification)
      let model = try LinearModel(sample, specification)
      return try FixedEffectsReport(model, panel, specification).result()
    } catch let error as FactorizationError {
      throw FixedEffectsError.regression("\(error)")
    }
  }
}

extension FixedEffectsSpecification {
  /// The rule of the errors in force.
  func resolvedErrors(_ panel: Panel) -> StandardError {
    if let standardError { return standardError }
    if clusterColumns.count == 2 { return .twoWayCluster }
    return panel.hasPeriods || !clusterColumns.isEmpty ? .cluster : .robust
  }

  /// Throws `FixedEffectsError.notOffered` for options that do not go together.
  func check(_ panel: Panel) throws(FixedEffectsError) {
    let name = "\(Setting("effects")) \(effects.rawValue)"
    if !panel.hasPeriods, effects != .none {
      throw .notOffered(
        "\(panel.source) is a cross-section, which has no effects of units and periods; expected"
          + " \(Setting("effects")) none.")
    }
    if effects == .random || effects == .between {
      let others = [
        (instruments != nil, "iv"), (!absorbedColumns.isEmpty, "absorb"),
        (weightsColumn != nil, "weights-column"),
      ]
      if let other = others.first(where: \.0) {
        throw .notOffered(
          "\(Setting(other.1)) does not go with \(name); expected \(Setting("effects")) twoways, unit, time or none."
        )
      }
    }
    if effects == .difference, weightsColumn != nil {
      throw .notOffered(
        "\(Setting("weights-column")) does not go with \(name), where a row is made of two; expected another"
          + " \(Setting("effects")).")
    }
    if hasConstant, effects != .difference || !absorbedColumns.isEmpty {
      throw .notOffered(
        "\(Setting("constant")) is for \(Setting("effects")) difference without \(Setting("absorb")); pooled models have a"
          + " constant, and effects hold one.")
    }
    if components != .swamyArora, effects != .random {
      throw .notOffered(
        "\(Setting("components")) is for \(Setting("effects")) random; expected it beside that.")
    }
    if instruments == nil, instrumentalEstimator == .gmm {
      throw .notOffered(
        "\(Setting("estimator")) gmm weighs instruments, of which there are none; expected \(Setting("iv")) beside it."
      )
    }
    try checkErrors(resolvedErrors(panel), name)
    if groupColumn != nil, !mediators.isEmpty {
      throw .notOffered(
        "\(Setting("by")) and \(Setting("mechanism")) both make columns of a table; expected one of them.")
    }
  }

  private func checkErrors(_ rule: StandardError, _ name: String) throws(FixedEffectsError) {
    switch rule {
    case .cluster where clusterColumns.count > 1:
      throw .notOffered(
        "\(Setting("cluster")) has two columns, which is \(Setting("se")) twoway-cluster; found \(Setting("se")) cluster."
      )
    case .twoWayCluster where clusterColumns.count == 1:
      throw .notOffered(
        "\(Setting("se")) twoway-cluster goes by two columns, by units and periods unless they are named; found"
          + " \(Setting("cluster")) \(clusterColumns[0]).")
    case .robust, .classical, .driscollKraay, .conley:
      if let column = clusterColumns.first {
        throw .notOffered(
          "\(Setting("cluster")) \(column) names the clusters of \(Setting("se")) cluster or twoway-cluster; found"
            + " \(Setting("se")) \(rule.text). Take one of them.")
      }
    default: break
    }
    if lags != nil, rule != .driscollKraay {
      throw .notOffered("\(Setting("lags")) is for \(Setting("se")) driscoll-kraay; expected it beside that.")
    }
    let isBetween = effects == .between
    switch rule {
    case .driscollKraay where isBetween, .twoWayCluster where isBetween, .conley where isBetween,
      .bootstrap where isBetween || effects == .random:
      throw .notOffered(
        "\(Setting("se")) \(rule.text) is not offered with \(name); expected \(Setting("se")) cluster, robust or classical."
      )
    case .twoWayCluster where instrumentalEstimator == .gmm, .conley where instrumentalEstimator == .gmm,
      .bootstrap where instrumentalEstimator == .gmm:
      throw .notOffered(
        "\(Setting("estimator")) gmm weighs instruments by the variance of \(Setting("se")) cluster, robust, classical or"
          + " driscoll-kraay; found \(Setting("se")) \(rule.text).")
    default: break
    }
    guard clusterColumns.count <= 2 else {
      throw .notOffered(
        "\(Setting("cluster")) has \(clusterColumns.count) columns; expected one, or two for two-way clusters."
      )
    }
  }
}

/// A model on a sample: the regression, its fit and the covariance.
struct LinearModel: Sendable {
  let sample: LinearSample
  let problem: LinearProblem
  let components: VarianceComponents?
  let instrumental: InstrumentalFit?
  let fit: LinearFit
  let covariance: LinearCovariance
  let setting: LinearCovariance.Setting

  init(_ sample: LinearSample, _ specification: FixedEffectsSpecification) throws {
    self.sample = sample
    (problem, components) = try Self.problem(sample, specification)
    let rule = specification.resolvedErrors(sample.panel)
    let distances = try specification.places.map {
      try $0.distances(of: sample.panel.units, in: sample.panel.source)
    }
    setting = problem.setting(
      rule, lags: specification.lags, distances: distances, unitColumn: sample.panel.unitColumn)
    let name = sample.outcome.parameter.name
    let length = sample.outcome.values.euclideanNorm
    let middle = problem.outcome.mean
    let isCentred = problem.parameters.contains { $0.role == .constant }
    let spread =
      isCentred
      ? problem.outcome.map { $0 - middle }.euclideanNorm : problem.outcome.euclideanNorm
    guard spread > 1e-13 * length else {
      throw FixedEffectsError.constantOutcome(name: name, effects: problem.effectsName)
    }
    (fit, instrumental) = try Self.fit(problem, setting, specification)
    guard !fit.isExact else { throw FixedEffectsError.exactFit(name: name) }
    let analytic = try LinearCovariance(fit, setting)
    guard case .bootstrap(let draws) = rule else {
      covariance = analytic
      return
    }
    let bootstrap = try ClusterBootstrap(sample, specification, draws: draws, parameters: fit.parameters)
    covariance = LinearCovariance(bootstrap.covariance, draws: bootstrap.draws, analytic)
  }

  /// The regression that effects leave.
  static func problem(
    _ sample: LinearSample, _ specification: FixedEffectsSpecification
  ) throws -> (LinearProblem, VarianceComponents?) {
    switch specification.effects {
    case .between: return (.between(sample), nil)
    case .random:
      let parts = try WithinBetween(
        sample.outcome.values, sample.regressors.map(\.values),
        parameters: sample.regressors.map(\.parameter), units: sample.units)
      let components = try VarianceComponents(parts, specification.components)
      return (.random(sample, components), components)
    default: return (try .within(sample), nil)
    }
  }

  /// The estimate, with instruments or without.
  static func fit(
    _ problem: LinearProblem, _ setting: LinearCovariance.Setting,
    _ specification: FixedEffectsSpecification
  ) throws -> (LinearFit, InstrumentalFit?) {
    guard specification.instruments != nil else { return (try problem.fit(), nil) }
    let instrumental = try InstrumentalFit(problem, setting, specification.instrumentalEstimator)
    let used = instrumental.fit.parameterCount + problem.absorbedRank
    guard problem.outcome.count > used else {
      throw FixedEffectsError.tooFewObservations(observations: problem.outcome.count, parameters: used)
    }
    return (instrumental.fit, instrumental)
  }

  /// The coefficients with their errors.
  var estimates: [Estimate] {
    let reference = ReferenceDistribution.t(degreesOfFreedom: covariance.summary.degreesOfFreedom)
    return fit.parameters.indices.map { place in
      Estimate(
        fit.parameters[place], fit.coefficients[place], standardError: standardError(place),
        reference: reference)
    }
  }

  /// NaN where nothing but rounding is left of a variance, as where negative eigenvalues were most of it.
  private func standardError(_ place: Int) -> Double {
    let variance = covariance.matrix[place, place]
    let plain = fit.residualSumOfSquares / Double(fit.residuals.count) * fit.bread[place, place]
    return variance > 1e-12 * plain ? variance.squareRoot() : .nan
  }

  /// F of all slopes: Wald's form over their number.
  var slopeTest: TestResult {
    let slopes = fit.slopes
    let hypothesis = Phrase("All slopes are zero", zh: "所有斜率系数为零")
    let form = WaldForm(slopes.map { fit.coefficients[$0] }, covariance.matrix.selecting(slopes))
    guard !form.isSingular else {
      return TestResult(
        "f", hypothesis,
        notComputed: Phrase(
          "the covariance of the slopes is singular: there are no more clusters than slopes",
          zh: "斜率协方差矩阵奇异：聚类数不多于斜率数"))
    }
    return TestResult(
      "f", hypothesis, form.statistic(degreesOfFreedom: covariance.summary.degreesOfFreedom))
  }
}

/// Units, or clusters, drawn anew with replacement: the covariance of the estimates over the draws.
///
/// A unit that is drawn twice counts twice, as weights do; a draw in which a regressor is lost is left out and counted.
/// Source: Cameron, Gelbach and Miller (2008), pairs bootstrap.
struct ClusterBootstrap {
  let covariance: Matrix
  /// The draws that gave an estimate, one row a draw.
  let coefficients: [[Double]]
  var draws: Int { coefficients.count }

  init(
    _ sample: LinearSample, _ specification: FixedEffectsSpecification, draws: Int, parameters: [Parameter]
  ) throws {
    let progress = ProgressReport.steps(draws, Phrase("draws", zh: "次抽样"))
    var coefficients: [[Double]] = []
    for draw in 0..<draws {
      let drawn = Self.draw(sample, seed: specification.seed, draw)
      if let problem = try? LinearProblem.within(drawn),
        let (fit, _) = try? LinearModel.fit(problem, problem.setting(.cluster), specification),
        fit.parameters == parameters
      {
        coefficients.append(fit.coefficients)
      }
      progress.done(draw + 1)
    }
    guard coefficients.count >= 2 else {
      throw FixedEffectsError.regression("No draw of the bootstrap has all regressors.")
    }
    self.coefficients = coefficients
    covariance = Self.covariance(coefficients)
  }

  /// The covariance over draws.
  static func covariance(_ draws: [[Double]]) -> Matrix {
    let count = draws[0].count
    let means = (0..<count).map { place in draws.map { $0[place] }.mean }
    let centred = Matrix(rows: draws.map { $0.minus(means) })
    return 1 / Double(draws.count - 1) * centred.crossProduct
  }

  /// A sample of as many clusters, drawn with replacement.
  static func draw(_ sample: LinearSample, seed: UInt64, _ draw: Int) -> LinearSample {
    let clusters = sample.clusters[0].grouping
    let present = clusters.sizes.indices.filter { clusters.sizes[$0] > 0 }
    var generator = CounterBasedGenerator(seed: seed, stream: 0xB007).stream(draw)
    var times = [Double](repeating: 0, count: clusters.sizes.count)
    for _ in present.indices { times[present[generator.integer(below: present.count)]] += 1 }
    let places = clusters.groupOfRow.indices.filter { times[clusters.groupOfRow[$0]] > 0 }
    let weights = places.map { times[clusters.groupOfRow[$0]] * (sample.weights?[$0] ?? 1) }
    return sample.selecting(places, weights: weights)
  }
}
