extension SpatialReport {
  /// What the reader must know of the estimate.
  func modelNotes() -> [Phrase] {
    droppedNotes() + randomNotes() + correctionNotes() + errors.notes + maximaNotes() + boundNotes()
  }

  private func randomNotes() -> [Phrase] {
    guard fit.likelihood.isRandom, fit.process.hasError else { return [] }
    guard fit.effects.units != .independent else {
      return [
        Phrase(
          "The random effects do not depend on those of the neighbours, the errors do (Baltagi, Song and Koh 2003).",
          zh: "随机效应在空间上相互独立，误差具有空间相关（Baltagi–Song–Koh 2003）。")
      ]
    }
    return [
      Phrase(
        "The random effects depend on those of the neighbours as the errors do (Kapoor, Kelejian and Prucha 2007);"
          + " \(Setting("effects")) random-independent has the other form.",
        zh: "随机效应与误差具有相同的空间相关结构（Kapoor–Kelejian–Prucha 2007）。")
    ]
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
      guard correction == .transform else {
        return [Phrase("Not corrected for the bias of order 1/T.", zh: "未修正O(1/T)偏误。")]
      }
      return fit.correction == .solved
        ? [
          Phrase(
            "Corrected for the bias from effects of units: the scores have mean zero for any number of periods (Yang 2018);"
              + " the likelihood is that of the uncorrected estimate.",
            zh: "已修正个体效应引起的偏误：修正后的得分函数在任意时期数下均值为零（Yang 2018）；对数似然值为修正前的值。")
        ]
        : [
          Phrase(
            "Corrected for the bias of order 1/T (Yu, de Jong and Lee 2008; Lee and Yu 2010); the likelihood is that"
              + " of the uncorrected estimate.",
            zh: "已按Yu–de Jong–Lee（2008）与Lee–Yu（2010）修正O(1/T)偏误；对数似然值为修正前的值。")
        ]
    }
    switch correction {
    case .transform where fit.isAdjusted && !estimation.system.lag.isConstant:
      return [
        Phrase(
          "The weights change over time, so that Lee and Yu's transformation does not take out the fixed effects: the"
            + " score is adjusted for them. The likelihood is that of the direct estimate.",
          zh: "权重矩阵随时间变化，Lee–Yu正交变换无法消除固定效应，故对得分函数作相应修正；对数似然值为直接法估计的值。")
      ]
    case .transform where fit.changingColumns != nil:
      return [
        Phrase(
          "The weights change over time: the likelihood is restricted to"
            + " \(Int(fit.transformation.observationCount)) contrasts free of the filtered effects; do not compare it with"
            + " one of all observations.",
          zh:
            "权重矩阵随时间变化：采用受限似然（\(Int(fit.transformation.observationCount))个不含经滤波效应的对比），不可与直接法似然值比较。"
        )
      ]
    case .transform where fit.isAdjusted || fit.correction == .solved:
      return [
        Phrase(
          "The rows of the weights have different sums, so that Lee and Yu's transformation does not take out the effects"
            + " of periods: the score is adjusted for them. The likelihood is that of the direct estimate.",
          zh: "权重矩阵各行之和不等，Lee–Yu正交变换无法消除时间效应，故对得分函数作相应修正；对数似然值为直接法估计的值。")
      ]
    case .transform where fit.filteredPeriods != nil:
      return [
        Phrase(
          "The rows of the weights have different sums: the likelihood is restricted to"
            + " \(Int(fit.transformation.observationCount)) contrasts free of the filtered effects; do not compare it with"
            + " one of all observations.",
          zh:
            "权重矩阵各行之和不等：采用受限似然（\(Int(fit.transformation.observationCount))个不含经滤波效应的对比），不可与直接法似然值比较。"
        )
      ]
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
        let obstacle = SpatialDefaults.transformationObstacle(asked)
      else { return [] }
      return [
        Phrase(
          "Lee and Yu's transformation does not apply: \(obstacle).", zh: "Lee–Yu正交变换不适用，采用直接法估计。")
      ]
    }
  }

  /// Why an estimate was not corrected, or in one step only, which the reader of any table must know.
  var correctionCautions: [Phrase] {
    let periods = estimation.sample.periodCount
    switch fit.correction {
    case .withoutRoot:
      return [
        Phrase(
          "The scores adjusted for effects of periods have no root inside the bounds: the estimate is the direct one, which is"
            + " biased where units are few. A \(Setting("model")) with one of the two processes says more.",
          zh: "经时间效应修正的得分函数在参数范围内无零点：此处为直接法估计，个体数较少时有偏误；建议改用只含一种空间过程的\(Setting("model"))。")
      ]
    case .oneStepWithoutRoot:
      return [
        Phrase(
          "The dynamic model's scores, corrected for effects of units, are nowhere zero inside the bounds: the estimate is"
            + " corrected in one step of order 1/T, which leaves a bias where periods are few (here \(periods))."
            + (fit.effects.hasPeriodMeans
              ? "" : " Effects of periods left out are a usual cause: \(Setting("effects")) twoways."),
          zh: "经个体效应修正的动态模型得分函数在参数范围内无零点：仅作一步O(1/T)修正，时期数较少（此处\(periods)期）时仍有偏误。"
            + (fit.effects.hasPeriodMeans ? "" : "常见原因是遗漏时间效应，请使用\(Setting("effects")) twoways。"))
      ]
    case .oneStepForManyUnits:
      return [
        Phrase(
          "Above \(grouped(DynamicExpectations.unitLimit)) units a dynamic model is corrected in one step of order 1/T, which"
            + " leaves a bias where periods are few (here \(periods)).",
          zh: "个体数超过\(grouped(DynamicExpectations.unitLimit))时，动态模型仅作一步O(1/T)修正，时期数较少（此处\(periods)期）时仍有偏误。")
      ]
    case .solved, nil:
      return []
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

  private func boundNotes() -> [Phrase] {
    guard fit.process.isSpatial, estimation.system.lag.isConstant,
      estimation.system.determinant.hasNoNegativeEigenvalue
    else { return [] }
    return [
      Phrase(
        "No real eigenvalue of the weights is negative: the lower bound is that of the largest modulus.",
        zh: "权重矩阵没有负的实特征值，参数下界取最大模的倒数（负）。")
    ]
  }
}
