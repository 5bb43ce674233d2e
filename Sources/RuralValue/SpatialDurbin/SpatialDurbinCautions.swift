extension SpatialDurbinResult {
  /// Fewer periods than these are too few for errors by Driscoll and Kraay.
  static let fewPeriods = 20

  /// Why the errors may not carry a conclusion.
  public var cautions: [Phrase] {
    estimateCautions + [serialCorrelationCaution, fewPeriodsCaution].compactMap(\.self) + errors.cautions
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
