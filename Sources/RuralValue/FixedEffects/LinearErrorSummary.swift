/// Which standard errors a linear model has, and by what convention.
public struct LinearErrorSummary: Sendable, Equatable {
  /// The rule.
  public let rule: FixedEffectsSpecification.StandardError
  /// K, the coefficients and effects that the small-sample factor counts.
  public let counted: Int
  /// q, by which the sandwich is multiplied.
  public let factor: Double
  /// The degrees of freedom of t, and the denominator's of F.
  public let degreesOfFreedom: Int
  /// The number of clusters, of one column or two.
  public let clusters: [Int]
  /// The columns of the clusters.
  public let names: [String]
  /// Whether the clusters are the panel's units.
  public let isByUnit: Bool
  /// The lags of Driscoll and Kraay's errors.
  public let lags: Int?
  /// The periods on which these rest.
  public let periods: Int?
  /// Whether negative eigenvalues of a two-way variance were set to zero.
  public let isRepaired: Bool
  /// What has to be known of Conley's errors.
  public let conley: ConleySummary?
  /// The draws of a bootstrap in which the model could be estimated.
  public var bootstrapDraws: Int?

  init(
    _ rule: FixedEffectsSpecification.StandardError, counted: Int, factor: Double, degreesOfFreedom: Int,
    clusters: [Int] = [], names: [String] = [], isByUnit: Bool = false, lags: Int? = nil, periods: Int? = nil,
    isRepaired: Bool = false, conley: ConleySummary? = nil
  ) {
    self.rule = rule
    self.counted = counted
    self.factor = factor
    self.degreesOfFreedom = degreesOfFreedom
    self.clusters = clusters
    self.names = names
    self.isByUnit = isByUnit
    self.lags = lags
    self.periods = periods
    self.isRepaired = isRepaired
    self.conley = conley
  }

  /// Fewer clusters than these are few; fewer of the smaller of two ways; fewer periods.
  static let (fewClusters, fewTwoWay, fewPeriods) = (30, 10, 20)

  /// What a table of models calls them.
  var kind: Phrase { ErrorKind(rule: rule.name, clusters: isByUnit ? [] : names).label }

  /// The JSON object about them.
  var json: JSONValue {
    .object([
      JSONMember("kind", .string(rule.name)),
      JSONMember("clusters", .array(clusters.map(JSONValue.integer))),
      JSONMember("cluster_columns", JSONValue(names)), JSONMember("counted", .integer(counted)),
      JSONMember("factor", .number(factor)), JSONMember("df", .integer(degreesOfFreedom)),
      JSONMember("lags", lags.map(JSONValue.integer) ?? .null),
      JSONMember("repaired", .boolean(isRepaired)),
      JSONMember("draws", bootstrapDraws.map(JSONValue.integer) ?? .null),
      JSONMember("cutoff_km", JSONValue(conley?.cutoff)),
      JSONMember("kernel", JSONValue(conley?.kernel.rawValue)),
    ])
  }

  /// What the errors are and how they are scaled, for the table's note.
  var note: Phrase {
    let t = "t(\(degreesOfFreedom))"
    let shown = FixedDecimals.text(factor, decimals: 5)
    let byCluster = Phrase(
      "the variance is multiplied by G/(G − 1) · (n − 1)/(n − \(counted)) = \(shown); \(t)",
      zh: "方差乘以G/(G − 1)·(n − 1)/(n − \(counted))＝\(shown)；\(t)")
    switch rule {
    case .classical:
      return Phrase(
        "Standard errors: classical, of independent errors of one variance, n − \(counted) degrees of freedom; \(t).",
        zh: "标准误：常规（误差独立同方差），自由度n − \(counted)；\(t)。")
    case .robust:
      return Phrase(
        "Standard errors: robust to unequal variances (HC1), times n/(n − \(counted)); \(t).",
        zh: "标准误：异方差稳健（HC1），乘以n/(n − \(counted))；\(t)。")
    case .cluster:
      let of = isByUnit ? Phrase("unit", zh: "个体") : Phrase(verbatim: names.first ?? "")
      return Phrase(
        "Standard errors: clustered by \(of.english), \(clusters[0]) clusters; \(byCluster.english).",
        zh: "标准误：按\(of.chinese)聚类（\(clusters[0])个聚类）；\(byCluster.chinese)。")
    case .twoWayCluster:
      return Phrase(
        "Standard errors: clustered by \(names[0]) (\(clusters[0])) and by \(names[1]) (\(clusters[1])), G the smaller number;"
          + " \(byCluster.english).",
        zh: "标准误：按\(names[0])（\(clusters[0])个）与\(names[1])（\(clusters[1])个）双向聚类，G取较小者；\(byCluster.chinese)。")
    case .driscollKraay:
      return Phrase(
        "Standard errors: Driscoll and Kraay, \(lags ?? 0) lags, times T/(T − 1) · (n − 1)/(n − \(counted)) = \(shown); \(t).",
        zh: "标准误：Driscoll–Kraay，滞后\(lags ?? 0)期，乘以T/(T − 1)·(n − 1)/(n − \(counted))＝\(shown)；\(t)。")
    case .conley:
      let cutoff = RoundTripNumber.text(conley?.cutoff ?? 0)
      let kernel =
        conley?.kernel == .squared
        ? Phrase(
          "kernel (1 − d/c)², for Bartlett's gave a negative variance", zh: "核函数(1 − d/c)²（Bartlett核给出负方差）")
        : Phrase("Bartlett kernel", zh: "Bartlett核")
      let nearest = FixedDecimals.text(conley?.nearest ?? 0, atMost: 3)
      let same =
        conley?.isClustered == true
        ? Phrase(
          "; no two units are nearer than \(nearest) km, so that these are the errors clustered by unit",
          zh: "；任意两单元相距均不小于\(nearest)公里，故等同于按个体聚类") : Phrase(verbatim: "")
      return Phrase(
        "Standard errors: Conley, \(kernel.english) up to \(cutoff) km, any dependence over time within a unit\(same.english);"
          + " \(byCluster.english).",
        zh: "标准误：Conley，\(kernel.chinese)，截断距离\(cutoff)公里，个体内任意时序相关\(same.chinese)；\(byCluster.chinese)。")
    case .bootstrap(let draws):
      return Phrase(
        "Standard errors: \(bootstrapDraws ?? draws) draws of whole \(isByUnit ? "units" : names.first ?? "clusters") with"
          + " replacement; \(t).",
        zh: "标准误：以\(isByUnit ? "个体" : names.first ?? "聚类")为单位有放回抽样\(bootstrapDraws ?? draws)次；\(t)。")
    }
  }

  /// Why they may not carry a conclusion.
  var cautions: [Phrase] {
    [fewCaution, repairCaution, periodCaution].compactMap(\.self)
  }

  var fewCaution: Phrase? {
    guard let fewest = clusters.min() else { return nil }
    let isTwoWay = rule == .twoWayCluster
    guard fewest < (isTwoWay ? Self.fewTwoWay : Self.fewClusters) else { return nil }
    return Phrase(
      "The standard errors rest on \(fewest) clusters: with fewer than \(isTwoWay ? Self.fewTwoWay : Self.fewClusters) they"
        + " tend to be too small, and true nulls are rejected too often.",
      zh: "标准误仅基于\(fewest)个聚类（少于\(isTwoWay ? Self.fewTwoWay : Self.fewClusters)个），往往偏小，易过度拒绝原假设。")
  }

  private var repairCaution: Phrase? {
    guard isRepaired else { return nil }
    return Phrase(
      "The two-way clustered variance had negative eigenvalues, which were set to zero: there are too few clusters for it. Take"
        + " \(Setting("se")) cluster.",
      zh: "双向聚类方差矩阵出现负特征值，已置零：聚类数过少。请使用\(Setting("se")) cluster。")
  }

  private var periodCaution: Phrase? {
    guard rule == .driscollKraay, let periods, periods < Self.fewPeriods else { return nil }
    return Phrase(
      "Errors by Driscoll and Kraay rest on \(periods) periods; with fewer than \(Self.fewPeriods) they are too small. Take"
        + " \(Setting("se")) cluster.",
      zh: "Driscoll–Kraay标准误仅基于\(periods)个时期（少于\(Self.fewPeriods)期），偏小。请使用\(Setting("se")) cluster。")
  }
}
