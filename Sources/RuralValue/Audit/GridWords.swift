/// The words by which printed tables say what their rows and columns are.
enum GridWords {
  /// A heading or name in small half-width letters, single blanks, no blanks around.
  static func folded(_ text: String) -> String {
    MarkText.plain(text).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What a column holds by its heading.
  enum Role: Equatable {
    case estimate
    case reading(ParenthesesReading)
    case marks
    /// The ends of intervals and what else is no part of a row's inference.
    case other
  }

  static func role(of heading: String) -> Role? {
    let word = folded(heading).trimming { "().:：（）".contains($0) || $0 == " " }
    if estimates.contains(word) { return .estimate }
    if word.contains("标准误") || word.contains("standard error") || errors.contains(word)
      || (word.contains("std") && word.contains("err"))
    {
      return .reading(.standardErrors)
    }
    if statistics.contains(word) { return .reading(.statistics) }
    if pValues.contains(word) || word.hasPrefix("p>|") || word.hasPrefix("pr(>") || word.hasPrefix("p > |") {
      return .reading(.pValues)
    }
    if ["stars", "星号", "signif", "signif."].contains(word) { return .marks }
    if word.contains("%") || word.contains("置信")
      || ["low", "high", "lower", "upper", "conf_low", "conf_high"]
        .contains(word)
    {
      return .other
    }
    return nil
  }

  private static let estimates: Set<String> = [
    "coefficient", "coefficients", "coef", "coef.", "coeff", "coeff.", "estimate", "estimates", "est", "b",
    "β", "beta",
    "系数", "估计值", "估计系数", "回归系数", "参数估计",
  ]
  private static let errors: Set<String> = [
    "se", "s.e", "s.e.", "std. error", "std_error", "stderr", "direct_se", "indirect_se", "total_se",
  ]
  private static let statistics: Set<String> = [
    "z", "t", "z value", "t value", "z-value", "t-value", "z-statistic", "t-statistic", "z statistic",
    "t statistic",
    "z-stat", "t-stat", "z stat", "t stat", "z-ratio", "t-ratio", "z值", "t值", "z 值", "t 值", "z统计量", "t统计量",
    "z或t", "z or t", "t/z", "z/t", "statistic",
  ]
  private static let pValues: Set<String> = [
    "p", "p-value", "p value", "pvalue", "p_value", "sig", "sig.", "prob", "prob.", "p值", "p 值", "显著性",
  ]

  /// The effect that a heading or name is, with its horizon where it says one; nil where it is no effect.
  static func effect(of text: String) -> (effect: PublishedTable.Effect, horizon: String?)? {
    var word = folded(text)
    var horizon: String?
    for (name, found) in horizons where word.contains(name) {
      word = word.replacing(name, with: " ")
      horizon = found
    }
    for filler in [
      "effects", "effect", "impacts", "impact", "average", "marginal", "(spillover)", "（空间溢出效应）", "(空间溢出效应)",
      "效应", ",", "，", ":", "：", "panel a", "panel b", "panel c", "(", ")", ".",
    ] {
      word = word.replacing(filler, with: " ")
    }
    switch word.split(separator: " ").joined(separator: " ") {
    case "direct", "直接", "ade", "本地": return (.direct, horizon)
    case "indirect", "spillover", "间接", "溢出", "空间溢出", "间接 空间溢出", "间接 溢出", "indirect spillover":
      return (.indirect, horizon)
    case "total", "总": return (.total, horizon)
    default: return nil
    }
  }

  private static let horizons = [
    ("short-run", "short"), ("short run", "short"), ("long-run", "long"), ("long run", "long"), ("短期", "短期"),
    ("长期", "长期"),
  ]

  /// Whether a name is that of a test or of the fit, whose numbers in brackets are no errors.
  static func isStatistic(_ name: String) -> Bool {
    let word = folded(name)
    if word == "n" { return name.trimming { $0.isWhitespace } == "N" }
    if exact.contains(word) { return true }
    return prefixes.contains { word.hasPrefix($0) } || parts.contains { word.contains($0) }
  }

  private static let exact: Set<String> = [
    "ll", "aic", "bic", "hqic", "r2", "r²", "r-sq", "χ²", "chi2", "χ2",
  ]
  private static let prefixes = [
    "r2", "r²", "r-squared", "r squared", "r-sq", "adj.", "adj r", "adj-r", "adjusted r", "within r",
    "overall r",
    "between r", "pseudo r", "mcfadden", "f-stat", "f stat", "f test", "f-test", "f(", "wald", "chi2", "chi-",
    "chi²",
    "χ", "lr test", "lr-test", "lr chi", "lm test", "lm-test", "robust lm", "log lik", "log-lik", "loglik",
    "rmse",
    "residual", "root mse", "sargan", "hansen", "diff-in-hansen", "ar(", "ar (", "arellano", "kleibergen",
    "cragg",
    "anderson", "stock-", "hausman", "moran", "prob >", "prob>", "p-value", "p value", "pr(>", "durbin-w",
    "breusch",
    "pesaran", "jarque", "white test", "dependent variable mean", "mean of dep", "mean dep", "first-stage f",
    "first stage f", "weak iv", "weak id", "underid", "overid", "endogeneity test",
  ]
  private static let parts = [
    "检验", "统计量", "拟合优度", "样本量", "观测值", "似然值", "组内r", "调整r", "调整后r", "r-squared", "自由度",
  ]

  /// How many units or observations a row of the fit counts, by its name.
  enum Count { case units, observations }

  static func count(_ name: String) -> Count? {
    let word = folded(name)
    if name.trimming(where: \.isWhitespace) == "N" || observations.contains(where: word.hasPrefix) {
      return .observations
    }
    return units.contains(where: word.hasPrefix) ? .units : nil
  }

  private static let observations = [
    "observations", "obs", "number of obs", "no. of obs", "num. obs", "num.obs", "sample size", "样本量", "观测值",
    "样本数",
    "观测数",
  ]
  private static let units = [
    "units", "groups", "number of groups", "number of units", "number of id", "number of clusters",
    "clusters",
    "counties", "number of counties", "no. of groups", "个体数", "县域数", "聚类数", "截面数",
  ]

  /// Whether a parameter is a variance or a standard deviation, of which zero is no hypothesis.
  static func isVariance(_ name: String) -> Bool {
    let word = folded(name)
    return word.hasPrefix("σ") || word.hasPrefix("sigma") || word.hasPrefix("lnsig")
      || word.hasPrefix("/lnsig")
      || word.hasPrefix("var(") || word.hasPrefix("variance") || word.contains("方差")
      || word.hasPrefix("ln sigma")
      || word == "phi" || word == "theta (random effects)" || word == "φ" || word == "sigma2"
  }

  /// What brackets hold, by a clause of a note; nil where it does not say.
  static func reading(ofClause clause: String) -> (reading: ParenthesesReading, isSquare: Bool?)? {
    let word = folded(clause)
    guard word.contains("parenthes") || word.contains("bracket") || word.contains("括号") || word.contains("括弧")
    else { return nil }
    let isSquare: Bool? =
      word.contains("方括号") || word.contains("bracket")
      ? true
      : word.contains("parenthes") || word.contains("圆括号") || word.contains("小括号") ? false : nil
    if word.contains("standard error") || word.contains("std. err") || word.contains("标准误")
      || word.contains("s.e.")
      || word.contains("标准差")
    {
      return (.standardErrors, isSquare)
    }
    if word.contains("p-value") || word.contains("p value") || word.contains("p值") || word.contains("p 值") {
      return (.pValues, isSquare)
    }
    let names = [
      "t-", "z-", "t stat", "z stat", "t val", "z val", "t ratio", "t值", "z值", "t 值", "z 值", "t统计", "z统计",
      "t 统计",
      "z 统计", "z or t", "t or z", "z或t",
    ]
    return names.contains(where: word.contains) ? (.statistics, isSquare) : nil
  }
}

extension String {
  /// The text without such characters at its ends.
  func trimming(where isLeftOut: (Character) -> Bool) -> String {
    var part = self[...]
    while let first = part.first, isLeftOut(first) { part.removeFirst() }
    while let last = part.last, isLeftOut(last) { part.removeLast() }
    return String(part)
  }
}
