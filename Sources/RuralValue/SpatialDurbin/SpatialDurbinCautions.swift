extension SpatialDurbinResult {
  /// Fewer periods than these are too few for errors by Driscoll and Kraay.
  static let fewPeriods = 20

  /// Why the errors may not carry a conclusion.
  public var cautions: [Phrase] {
    estimateCautions + instrumentCautions
      + [identificationCaution, serialCorrelationCaution, fewPeriodsCaution].compactMap(\.self)
      + errors.cautions
  }

  /// Dependence that is left in the residuals.
  public var contraryTests: [String] { ["residual_lm", "pesaran_cd"] }

  /// That the tests support another model.
  public var contraryVerdicts: [Phrase] {
    guard !decision.isEmpty else { return [] }
    return DecisionPath(tests, model: specification.model, effects: specification.effects).contrary.map {
      [$0]
    } ?? []
  }

  /// In an SAC it is the regressors that tell a lag of the outcome from one of the errors.
  ///
  /// Pure noise in 60 units and eight periods, 400 draws: ρ and λ are found in 17 to 20 % each where no regressor
  /// matters, in 5 to 6 % where one does. Where the errors have other weights than the outcome, these tell the two apart: 5.5
  /// and 4.5 % in such noise.
  private var identificationCaution: Phrase? {
    let others: [Parameter] = [.rho, .lambda, .variance, .constant, .randomEffectsWeight]
    guard specification.model == .sac,
      fit.errorWeightsFingerprint ?? fit.weightsFingerprint == fit.weightsFingerprint,
      !estimates.contains(where: { !others.contains($0.parameter) && $0.pValue < 0.05 })
    else { return nil }
    return Phrase(
      "No regressor is significant at 5 %, and only regressors tell ρ from λ: in noise of 60 units and 8 periods each of the"
        + " two is then found in about 19 % of all draws. Take \(Setting("model")) sar or sem.",
      zh: "没有解释变量在5%水平上显著，而ρ与λ只能借助解释变量加以区分：此时在60个单元、8期的纯噪声中，二者各约有19%的概率被误判为显著。"
        + "请使用\(Setting("model")) sar或sem。")
  }

  /// Where residuals are correlated over time, errors from the information take a panel for more than it is.
  private var serialCorrelationCaution: Phrase? {
    guard !errors.rule.allowsSerialCorrelation,
      let test = tests.first(where: { $0.key == "serial_correlation" }),
      test.rejects == true,
      let z = test.statistic, z > 0
    else { return nil }
    let number = FixedDecimals.text(z, decimals: 2)
    let isOffered = specification.model != .sac
    let remedy = isOffered ? " Take \(Setting("se")) cluster." : ""
    return Phrase(
      "The residuals are correlated over time (z = \(number)): the printed errors are too small, and what is starred may"
        + " be nothing.\(remedy)",
      zh: "残差存在序列相关（z = \(number)）：所列标准误偏小，显著性不可靠。"
        + (isOffered ? "请使用\(Setting("se")) cluster。" : ""))
  }

  private var fewPeriodsCaution: Phrase? {
    guard specification.standardError == .driscollKraay, sample.periods < Self.fewPeriods else { return nil }
    return Phrase(
      "Errors by Driscoll and Kraay from \(sample.periods) periods are too small: with eleven, they reject a true null 30 %"
        + " of the time where errors are serially correlated. Take \(Setting("se")) cluster.",
      zh: "仅有\(sample.periods)个时期，Driscoll–Kraay标准误偏小：误差序列相关时，11期数据的真实拒绝率约为30%。"
        + "请使用\(Setting("se")) cluster。")
  }
}
