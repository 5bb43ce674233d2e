extension EvolutionTables {
  private var level: Double { result.specification.confidenceLevel }

  private func keys(_ estimates: [ConvergenceEstimate]) -> [ResultColumn] {
    [
      ResultColumn("kind", Phrase("Convergence", zh: "收敛类型"), .phrase(estimates.map { $0.kind.label })),
      ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(estimates.map(\.unitCount))),
    ]
  }

  private func coefficients(_ estimates: [ConvergenceEstimate]) -> [ResultColumn] {
    [
      ResultColumn(
        "beta", Phrase("β", zh: "β"), .number(estimates.map { $0.beta?.value ?? .nan }),
        display: .finerInference(.estimate, decimals: 4),
        significance: estimates.map { $0.beta?.significance ?? .nan }),
      ResultColumn(
        "std_error", Phrase("Std. error", zh: "标准误"),
        .number(estimates.map { $0.beta?.standardError ?? .nan }),
        display: .finerInference(.error, decimals: 4)),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(estimates.map { $0.beta?.pValue ?? .nan }),
        display: .probability),
    ]
  }

  private func numbers(
    _ estimates: [ConvergenceEstimate], _ value: (ConvergenceEstimate) -> Double?
  ) -> ResultValues {
    .number(estimates.map { value($0) ?? .nan })
  }

  /// The regressions as people read them.
  func briefConvergenceTable(_ convergence: ConvergenceResult) -> ResultTable {
    let estimates = convergence.estimates
    return ResultTable(
      name: "convergence",
      title: Phrase(
        "β-convergence of \(result.variable.asVariable)", zh: "\(result.variable.asVariable)的β收敛"),
      columns: keys(estimates) + coefficients(estimates) + [
        ResultColumn(
          "speed", Phrase("Speed λ", zh: "收敛速度λ"), numbers(estimates, \.speed),
          display: .finerInference(.estimate, decimals: 4)),
        ResultColumn(
          "half_life", Phrase("Half-life", zh: "半程收敛周期"), numbers(estimates, \.halfLife),
          display: .fixedDecimals(1)),
        ResultColumn(
          "half_life_low", Phrase("from", zh: "下限"), numbers(estimates) { $0.halfLifeInterval(level).low },
          display: .fixedDecimals(1)),
        ResultColumn(
          "half_life_high", Phrase("to", zh: "上限"), numbers(estimates) { $0.halfLifeInterval(level).high },
          display: .fixedDecimals(1)),
      ], notes: convergenceNotes(convergence)
    ).adding(cautions: convergenceCautions(convergence))
  }

  /// `kind, n, observations, span, beta, std_error, p_value, speed, speed_std_error, speed_low, speed_high, half_life,
  /// half_life_low, half_life_high, spatial, spatial_std_error, r_squared, nickell_bias, reason`.
  func convergenceTable(_ convergence: ConvergenceResult) -> ResultTable {
    let estimates = convergence.estimates
    let speeds = [
      ResultColumn(
        "speed", Phrase("Speed λ", zh: "收敛速度λ"), numbers(estimates, \.speed),
        display: .finerInference(.estimate, decimals: 4)),
      ResultColumn(
        "speed_std_error", Phrase("Std. error of λ", zh: "λ的标准误"), numbers(estimates, \.speedStandardError),
        display: .finerInference(.error, decimals: 4)),
      ResultColumn(
        "speed_low", Phrase("λ low", zh: "λ下限"), numbers(estimates) { $0.speedInterval(level).low },
        display: .finerInference(.end, decimals: 4)),
      ResultColumn(
        "speed_high", Phrase("λ high", zh: "λ上限"), numbers(estimates) { $0.speedInterval(level).high },
        display: .finerInference(.end, decimals: 4)),
      ResultColumn("half_life", Phrase("Half-life", zh: "半程收敛周期"), numbers(estimates, \.halfLife)),
      ResultColumn(
        "half_life_low", Phrase("Half-life low", zh: "半程收敛周期下限"),
        numbers(estimates) { $0.halfLifeInterval(level).low }),
      ResultColumn(
        "half_life_high", Phrase("Half-life high", zh: "半程收敛周期上限"),
        numbers(estimates) { $0.halfLifeInterval(level).high }),
    ]
    let further = [
      ResultColumn(
        "spatial", Phrase("ρ or λ of space", zh: "空间系数ρ或λ"), numbers(estimates) { $0.spatial?.value },
        display: .finerInference(.estimate, decimals: 4)),
      ResultColumn(
        "spatial_std_error", Phrase("Its std. error", zh: "空间系数标准误"),
        numbers(estimates) { $0.spatial?.standardError }, display: .finerInference(.error, decimals: 4)),
      ResultColumn("r_squared", Phrase("R²", zh: "R²"), numbers(estimates, \.rSquared)),
      ResultColumn(
        "nickell_bias", Phrase("Nickell bias", zh: "Nickell偏误"), numbers(estimates, \.nickellBias),
        display: .finerInference(.estimate, decimals: 4)),
      ResultColumn(
        "reason", Phrase("Why not", zh: "未估计的原因"), .remark(estimates.map(\.reason)), missing: .blank),
    ]
    let sizes = [
      ResultColumn(
        "observations", Phrase("Observations", zh: "样本量"), .integer(estimates.map(\.observations))),
      ResultColumn("span", Phrase("Span T", zh: "时间跨度T"), .integer(estimates.map(\.span))),
    ]
    var keys = keys(estimates)
    // Scripts read the word of the kind.
    keys[0] = ResultColumn(
      "kind", Phrase("Convergence", zh: "收敛类型"), .text(estimates.map { $0.kind.rawValue }))
    return ResultTable(
      name: "convergence",
      title: Phrase(
        "β-convergence of \(result.variable.asVariable)", zh: "\(result.variable.asVariable)的β收敛"),
      columns: keys + sizes + coefficients(estimates) + speeds + further, notes: convergenceNotes(convergence)
    ).adding(cautions: convergenceCautions(convergence))
  }

  private func convergenceNotes(_ convergence: ConvergenceResult) -> [Phrase] {
    let estimates = convergence.estimates
    let span = estimates.first?.span ?? 1
    let errors =
      result.specification.standardError == .hc1
      ? Phrase(
        "errors robust to unequal variances (HC1), in the panel clustered by unit (as xtreg)",
        zh: "标准误：截面为异方差稳健（HC1），面板按个体聚类（同xtreg）")
      : Phrase("errors of one variance", zh: "标准误：同方差")
    let interval = Percentage.text(level)
    var notes = [
      Phrase(
        "Cross-sections: ln(y_T/y_0)/T = a + β ln y_0 from \(label(convergence.periods.first)) to"
          + " \(label(convergence.periods.last)), T = \(span); λ = −ln(1 + βT)/T, half-life ln 2/λ with its \(interval)% interval"
          + " from β's; \(errors.english).",
        zh:
          "截面：ln(y_T/y_0)/T＝a＋β ln y_0，\(label(convergence.periods.first))—\(label(convergence.periods.last))，T＝\(span)；"
          + "λ＝−ln(1＋βT)/T，半程收敛周期ln 2/λ，其\(interval)%区间由β的区间换算；\(errors.chinese)。")
    ]
    if !result.specification.controls.isEmpty {
      let names = listed(result.specification.controls)
      notes.append(
        Phrase(
          "Controls, of the first period: \(names); also in the spatial models.",
          zh: "控制变量（首期值）：\(names)，空间模型亦含。"))
    }
    if estimates.contains(where: { $0.kind == .spatialLag && $0.beta != nil }) {
      notes.append(
        Phrase(
          "Spatial lag: growth depends on the neighbours' growth; spatial error: on what hit the neighbours. Maximum likelihood"
            + " with errors from the information matrix, rows of W sum to one; λ is from β as above, not from a total effect.",
          zh: "空间滞后：增长受邻居增长影响；空间误差：受邻居冲击影响。极大似然估计（标准误取自信息矩阵），W行标准化；λ按上式由β换算，而非由总效应换算。"))
      notes += weightsNotes
    }
    for estimate in estimates {
      let name = estimate.kind.label
      if let reason = estimate.reason {
        notes.append(
          Phrase(
            "\(name.english): no estimate, for \(reason.english).",
            zh: "\(name.chinese)：未估计（\(reason.chinese)）。"))
      } else if let beta = estimate.beta?.value, beta >= 0 {
        notes.append(
          Phrase(
            "\(name.english): β is not negative, which is divergence: no half-life.",
            zh: "\(name.chinese)：β不为负，为发散，无半程收敛周期。"))
      } else if estimate.beta != nil, estimate.speed == nil {
        let factor = estimate.isPerPeriod ? "βT" : "β"
        notes.append(
          Phrase(
            "\(name.english): 1 + \(factor) is not above zero, so that there is no speed.",
            zh: "\(name.chinese)：1＋\(factor)不大于零，收敛速度无定义。"))
      }
    }
    return notes
  }

  private func convergenceCautions(_ convergence: ConvergenceResult) -> [Phrase] {
    let finds = convergence.estimates.contains { estimate in
      estimate.kind != .panel && (estimate.beta.map { $0.value < 0 } ?? false)
    }
    return (finds ? [Self.passingScatter] : []) + withinBias(convergence)
  }

  /// Draws on the links of Hunan's 121 counties whose gaps never close, errors HC1: evolve_sizes.txt beside the references.
  private static let passingScatter = Phrase(
    "Cross-sections: scatter that passes looks like catching up (Galton's fallacy). Where gaps never close but 5, 10 or 20 % of"
      + " the first period's variance is such scatter, absolute β is below zero at 5 % in 22, 47 and 82 % of draws on a map of"
      + " 121 counties; without any, it differs from zero in 15 % where the spatial ρ is .6 and in 32 % at .8. Convergence"
      + " needs a dispersion that falls, too: see sigma.",
    zh: "截面：一时的波动看似追赶（Galton谬误）。差距从不缩小、而首期方差的5%、10%、20%为一时波动时，"
      + "121个县的地图上绝对β在5%水平上小于零的比例为22%、47%、82%；没有此类波动、空间ρ为0.6、0.8时，误拒率为15%、32%。收敛还须离散程度下降，见sigma检验。")

  private func withinBias(_ convergence: ConvergenceResult) -> [Phrase] {
    convergence.estimates.compactMap { estimate in
      guard let bias = estimate.nickellBias else { return nil }
      let text = FixedDecimals.text(bias, decimals: 3).replacing("-", with: "−")
      return Phrase(
        "Panel: a within estimate of ρ = 1 + β is too low by about (1 + ρ)/(T − 1), here β by \(text) (Nickell 1981), and so finds"
          + " convergence in pure noise. `gmm \"log(\(result.variable)) ~ lag(log(\(result.variable)))\"` has no such bias.",
        zh: "面板：组内估计的ρ＝1＋β偏低约(1＋ρ)/(T−1)，此处β偏误约\(text)（Nickell，1981），纯噪声也会被判为收敛；"
          + "可用`gmm \"log(\(result.variable)) ~ lag(log(\(result.variable)))\"`避免该偏误。")
    }
  }
}
