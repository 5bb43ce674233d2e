/// Which standard errors a model has, and how far they carry.
public struct SpatialErrorSummary: Sendable, Equatable {
  /// Where they come from.
  public let rule: SpatialDurbinSpecification.StandardError
  /// The number of groups of clustered errors, which may be the units.
  public let groups: Int?
  /// The column of groups wider than units.
  public let groupColumn: String?
  /// The lags of Driscoll and Kraay's errors.
  public let lags: Int?
  /// What has to be known of Conley's errors.
  public let conley: ConleySummary?
  /// Where observed and expected information tell different errors: the parameter for which they differ most, and how
  /// many times as large as the expected error the observed one is.
  public let disagreement: Disagreement?
  /// The smallest sentence about them.
  let notes: [Phrase]

  /// A parameter's observed error over its expected one.
  public struct Disagreement: Sendable, Equatable {
    /// The parameter's name.
    public let parameter: String
    /// The observed error over the expected one.
    public let ratio: Double
  }

  /// Fewer groups than these are few.
  static let fewGroups = 30
  /// Fewer groups than these say nothing.
  static let uselessGroups = 10
  /// Between these, observed and expected errors agree as well as in 41 reference models.
  static let agreement = 0.75...1.35

  /// What a table of models calls them.
  var kind: Phrase { ErrorKind(rule: rule.name, clusters: groupColumn.map { [$0] } ?? []).label }

  /// The JSON object about them.
  var json: JSONValue {
    .object([
      JSONMember("kind", .string(rule.name)),
      JSONMember("groups", groups.map(JSONValue.integer) ?? .null),
      JSONMember("group_column", JSONValue(groupColumn)),
      JSONMember("lags", lags.map(JSONValue.integer) ?? .null),
      JSONMember("cutoff_km", JSONValue(conley?.cutoff)),
      JSONMember("kernel", JSONValue(conley?.kernel.rawValue)),
      JSONMember("nearest_km", JSONValue(conley?.nearest)),
    ])
  }

  /// Why they may not carry a conclusion.
  var cautions: [Phrase] { [groupCaution, disagreementCaution].compactMap(\.self) }

  private var groupCaution: Phrase? {
    guard let groupColumn, let groups, groups < Self.fewGroups else { return nil }
    guard groups >= Self.uselessGroups else {
      return Phrase(
        "Errors clustered by \(groupColumn) rest on \(groups) groups only and are far too small (five groups halve the"
          + " error of ρ): do not use them. Take \(Setting("se")) cluster without \(Setting("cluster")), by unit.",
        zh: "按\(groupColumn)聚类仅有\(groups)组，标准误严重偏小（5组时ρ的标准误仅为应有的一半），不可采用。"
          + "请去掉\(Setting("cluster"))，使用按个体聚类的\(Setting("se")) cluster。")
    }
    return Phrase(
      "Errors clustered by \(groupColumn) rest on \(groups) groups: with fewer than \(Self.fewGroups) they tend to be too"
        + " small. Compare them with \(Setting("se")) cluster by unit.",
      zh: "按\(groupColumn)聚类仅有\(groups)组（少于\(Self.fewGroups)组），标准误往往偏小，请与按个体聚类的"
        + "\(Setting("se")) cluster对照。")
  }

  private var disagreementCaution: Phrase? {
    guard let disagreement else { return nil }
    let ratio = FixedDecimals.text(disagreement.ratio, decimals: 2)
    return Phrase(
      "The observed error of \(disagreement.parameter) is \(ratio) times the expected one (\(Self.agreement.lowerBound) to"
        + " \(Self.agreement.upperBound) is usual): the likelihood is no parabola at its maximum, or the errors are not those"
        + " of the model. Take \(Setting("se")) cluster.",
      zh: "\(disagreement.parameter)的观测信息标准误为期望信息标准误的\(ratio)倍（通常在"
        + "\(Self.agreement.lowerBound)至\(Self.agreement.upperBound)之间）：似然函数在极大值处并非二次型，或误差不符合模型设定。"
        + "请使用\(Setting("se")) cluster。")
  }
}
