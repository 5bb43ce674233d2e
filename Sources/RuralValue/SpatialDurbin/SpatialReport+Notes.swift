internal import RuralValueNumerics

extension SpatialReport {
  /// What the reader must know of the estimate.
  func modelNotes() -> [Phrase] {
    droppedNotes() + correctionNotes() + errorNotes() + maximaNotes()
  }

  private func droppedNotes() -> [Phrase] {
    let names = fit.design.droppedNames
    guard !names.isEmpty else { return [] }
    return [
      Phrase(
        "Left out because the fixed effects or other terms determine them: \(listed(names)).",
        zh: "因被固定效应或其他变量完全决定而剔除：\(listed(names, in: .chinese))。")
    ]
  }

  private func correctionNotes() -> [Phrase] {
    let correction = estimation.specification.correction
    if estimation.specification.dynamics != nil, fit.effects.hasUnitMeans {
      return correction == .transform
        ? [
          Phrase(
            "Corrected for the bias of order 1/T (Yu, de Jong and Lee 2008; Lee and Yu 2010); the likelihood is that"
              + " of the uncorrected estimate.",
            zh: "已按Yu–de Jong–Lee（2008）与Lee–Yu（2010）修正O(1/T)偏误；对数似然值为修正前的值。")
        ]
        : [Phrase("Not corrected for the bias of order 1/T.", zh: "未修正O(1/T)偏误。")]
    }
    switch correction {
    case .transform:
      return [
        Phrase(
          "Lee and Yu's transformation: the likelihood is that of \(Int(fit.transformation.observationCount)) transformed"
            + " observations; do not compare it with one of all observations.",
          zh: "采用Lee–Yu正交变换：似然函数基于\(Int(fit.transformation.observationCount))个变换后观测值，不可与直接法似然值比较。")
      ]
    case .elhorst:
      return [
        Phrase(
          "Direct estimate with Elhorst's bias correction; the likelihood is that of the uncorrected estimate.",
          zh: "直接法估计并按Elhorst（2010）修正偏误；对数似然值为修正前的值。")
      ]
    case .some(.none), nil:
      guard asked.correction == nil, fit.effects.isCentred,
        let obstacle = SpatialDefaults.transformationObstacle(asked, estimation.system)
      else { return [] }
      return [
        Phrase(
          "Lee and Yu's transformation does not apply: \(obstacle).", zh: "Lee–Yu正交变换不适用，采用直接法估计。")
      ]
    }
  }

  private func errorNotes() -> [Phrase] {
    switch estimation.specification.standardError {
    case .information where !fit.likelihood.isRandom:
      return [Phrase("Standard errors: expected information.", zh: "标准误：期望信息矩阵。")]
    case .cluster:
      return [Phrase("Standard errors: clustered by unit.", zh: "标准误：按个体聚类。")]
    case .driscollKraay:
      let lags = SpatialCovariance.bandwidth(periodCount: estimation.sample.periodCount)
      return [
        Phrase("Standard errors: Driscoll and Kraay, \(lags) lags.", zh: "标准误：Driscoll–Kraay，滞后\(lags)期。")
      ]
    default:
      let isDefault = asked.standardError == nil && estimation.system.unitCount > LogDeterminant.denseLimit
      return [
        Phrase(
          "Standard errors: observed information"
            + (isDefault
              ? ", the default above \(LogDeterminant.denseLimit) units (--se information takes longer)."
              : "."),
          zh: "标准误：观测信息矩阵。")
      ]
    }
  }

  private func maximaNotes() -> [Phrase] {
    guard fit.maxima > 1 else { return [] }
    return [
      Phrase(
        "The likelihood has \(fit.maxima) local maxima; this is the highest.",
        zh: "似然函数有\(fit.maxima)个局部极大值，此处取最高者。")
    ]
  }

  /// The natural logarithm.
  func logarithm(_ x: Double) -> Double { log(x) }
}
