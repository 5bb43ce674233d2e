internal import RuralValueNumerics

/// The covariance by the rule that a specification asks for, and what has to be said of it.
struct SpatialErrors {
  let covariance: Matrix
  let summary: SpatialErrorSummary

  /// The errors of a fit; `isDefault` where the call left the rule open.
  init(_ estimation: SpatialEstimation, _ fit: SpatialFit, isDefault: Bool) throws {
    let specification = estimation.specification
    let rule = specification.standardError ?? .information
    var conley: ConleySummary?
    if case .conley(let cutoff) = rule {
      guard let places = specification.places else { throw SpatialDefaults.noPlaces }
      let scores = try ClusteredScores(fit)
      let errors = try ConleyErrors(
        bread: SpatialCovariance.bread(fit),
        places.distances(of: estimation.sample.units, in: estimation.sample.source), cutoff: cutoff,
        parameters: fit.parameters
      ) { scores.meat($0) }
      covariance = errors.covariance
      conley = errors.summary
    } else {
      covariance = try SpatialCovariance.matrix(
        fit, rule, clusterOfUnit: specification.clusters?.clusterOfUnit)
    }
    let clusters = specification.clusters
    summary = SpatialErrorSummary(
      rule: rule, groups: rule == .cluster ? clusters?.count ?? fit.system.unitCount : nil,
      groupColumn: clusters?.column,
      lags: rule == .driscollKraay
        ? SpatialCovariance.bandwidth(periodCount: estimation.sample.periodCount) : nil,
      conley: conley, disagreement: SpatialErrors.disagreement(estimation, fit, rule, covariance),
      notes: SpatialErrors.notes(rule, estimation, fit, conley, isDefault: isDefault))
  }

  /// Where observed and expected errors of a direct fit differ most, if by more than is usual; only where both are
  /// cheap.
  ///
  /// Source: methods/spatial-corrections.md, 1.5.
  private static func disagreement(
    _ estimation: SpatialEstimation, _ fit: SpatialFit, _ rule: SpatialDurbinSpecification.StandardError,
    _ covariance: Matrix
  ) -> SpatialErrorSummary.Disagreement? {
    let specification = estimation.specification
    guard rule == .information || rule == .observed, fit.process.isSpatial, !fit.likelihood.isRandom,
      estimation.scope == .neither, fit.correction == nil, specification.correction != .elhorst,
      specification.dynamics == nil, fit.gaps == nil,
      fit.system.lag.isConstant, fit.system.unitCount <= LogDeterminant.denseLimit,
      let other = try? SpatialCovariance.matrix(fit, rule == .observed ? .information : .observed)
    else { return nil }
    let (observed, expected) = rule == .observed ? (covariance, other) : (other, covariance)
    let ratios = zip(observed.diagonal, expected.diagonal).map { ($0 / $1).squareRoot() }
    let farthest = ratios.indices.max { abs(logarithm(ratios[$0])) < abs(logarithm(ratios[$1])) }
    guard let place = farthest, !SpatialErrorSummary.agreement.contains(ratios[place]) else { return nil }
    return .init(parameter: fit.parameters[place].name, ratio: ratios[place])
  }

  private static func notes(
    _ rule: SpatialDurbinSpecification.StandardError, _ estimation: SpatialEstimation, _ fit: SpatialFit,
    _ conley: ConleySummary?, isDefault: Bool
  ) -> [Phrase] {
    let byVariance = remark(fit, where: Phrase("variances go with the place in the network", zh: "方差与网络位置相关"))
    let byGroup = remark(fit, where: Phrase("units of a group share shocks", zh: "组内个体受共同冲击"))
    switch rule {
    case .information where fit.correction == .solved && fit.process.hasError:
      return [
        Phrase(
          "Standard errors: expected information of the direct likelihood; those of the adjusted scores of two processes are"
            + " not worked out.", zh: "标准误：直接法似然的期望信息矩阵（双空间过程修正得分的标准误尚无公式）。")
      ]
    case .information where fit.correction == .solved,
      .observed where fit.correction == .solved && !fit.process.hasError:
      return [Phrase("Standard errors: derivative of the adjusted scores.", zh: "标准误：修正得分函数的导数矩阵。")]
    case .information where !fit.likelihood.isRandom:
      return [Phrase("Standard errors: expected information.", zh: "标准误：期望信息矩阵。")]
    case .robust:
      return [
        Phrase(
          "Standard errors: robust to errors of unequal variance, each independent of all others."
            + byVariance.english,
          zh: "标准误：异方差稳健（各观测误差相互独立）。" + byVariance.chinese)
      ]
    case .cluster:
      guard let clusters = estimation.specification.clusters else {
        return [Phrase("Standard errors: clustered by unit.", zh: "标准误：按个体聚类。")]
      }
      return [
        Phrase(
          "Standard errors: clustered by \(clusters.column), \(clusters.count) groups."
            + byGroup.english,
          zh: "标准误：按\(clusters.column)聚类，共\(clusters.count)组。" + byGroup.chinese)
      ]
    case .driscollKraay:
      let lags = SpatialCovariance.bandwidth(periodCount: estimation.sample.periodCount)
      return [
        Phrase("Standard errors: Driscoll and Kraay, \(lags) lags.", zh: "标准误：Driscoll–Kraay，滞后\(lags)期。")
      ]
    case .conley:
      return conley.map { [conleyNote($0, fit)] } ?? []
    case .information, .observed, .classical:
      return [
        Phrase(
          "Standard errors: observed information"
            + (isDefault && fit.gaps == nil && estimation.system.unitCount > LogDeterminant.denseLimit
              ? ", the default above \(LogDeterminant.denseLimit) units (\(Setting("se")) information takes longer)."
              : "."),
          zh: "标准误：观测信息矩阵。")
      ]
    }
  }

  /// What no standard error repairs.
  private static func remark(_ fit: SpatialFit, where cause: Phrase) -> Phrase {
    guard fit.process.isSpatial else { return Phrase(verbatim: "") }
    let name = fit.process.hasLag ? "ρ" : "λ"
    return Phrase(
      " Where \(cause.english), \(name) itself is off, which no standard error repairs.",
      zh: "若\(cause.chinese)，\(name)的估计本身即不一致，任何标准误都无法弥补。")
  }

  private static func conleyNote(_ conley: ConleySummary, _ fit: SpatialFit) -> Phrase {
    let cutoff = RoundTripNumber.text(conley.cutoff)
    let nearest = FixedDecimals.text(conley.nearest, atMost: 3)
    guard !conley.isClustered else {
      return Phrase(
        "Standard errors: Conley, cutoff \(cutoff) km; no two units are nearer than \(nearest) km, so that these are the"
          + " errors clustered by unit.",
        zh: "标准误：Conley，截断距离\(cutoff)公里；任意两单元相距均不小于\(nearest)公里，故等同于按个体聚类的标准误。")
    }
    let remark = pairRemark(fit)
    switch conley.kernel {
    case .bartlett:
      return Phrase(
        "Standard errors: Conley, Bartlett kernel up to \(cutoff) km." + remark.english,
        zh: "标准误：Conley，Bartlett核，截断距离\(cutoff)公里。" + remark.chinese)
    case .squared:
      return Phrase(
        "Standard errors: Conley, kernel (1 − d/c)² up to c = \(cutoff) km; the Bartlett kernel gave a negative variance."
          + remark.english,
        zh: "标准误：Conley，核函数(1 − d/c)²，c = \(cutoff)公里；Bartlett核给出负方差，故改用此核。" + remark.chinese)
    }
  }

  /// Why the spatial parameter's error hardly moves with the cutoff.
  private static func pairRemark(_ fit: SpatialFit) -> Phrase {
    guard fit.process.isSpatial else { return Phrase(verbatim: "") }
    let name = fit.process.hasLag ? "ρ" : "λ"
    return Phrase(
      " The error of \(name) hardly answers to the cutoff: what pairs of units add to it takes their errors for"
        + " independent.",
      zh: "\(name)的标准误几乎不随截断距离变化：其配对部分假定不同单元的误差相互独立。")
  }

  private static func logarithm(_ x: Double) -> Double { log(x) }
}
