/// The lagged outcome's coefficient over lag limits, collapsed and not.
///
/// An estimate that wanders with the number of instruments is not to be trusted; one that settles is.
/// Source: Roodman (2009), "A note on the theme of too many instruments", Oxford Bulletin 71.
public struct LagSweep: Sendable, Equatable {
  /// One estimate.
  public struct Row: Sendable, Equatable {
    /// How many lags each GMM-style set has.
    public let lags: Int
    /// Whether the sets are collapsed.
    public let isCollapsed: Bool
    /// The coefficient; nil where the model cannot be estimated.
    public let coefficient: Estimate?
    /// The number of instruments.
    public let instruments: Int?
    /// Whether there are more instruments than units or clusters.
    public let hasTooManyInstruments: Bool
    /// p of Hansen's test.
    public let hansen: Double?
    /// p of the test for serial correlation of order 2.
    public let secondOrder: Double?
    /// Andrews and Lu's criteria; nil with more instruments than units.
    public let criteria: AndrewsLuCriteria?
    /// Whether it is rejected that some coefficient is not identified.
    public let isIdentified: Bool
    /// Why there is no estimate.
    public let reason: String?
  }

  /// The coefficient.
  public let parameter: Parameter
  /// The level of its intervals.
  public let confidenceLevel: Double
  /// The estimates: collapsed ones first, each by the number of lags.
  public let rows: [Row]
  /// Pooled OLS and the within estimate.
  public let bounds: LaggedOutcomeBounds?
  private let cautions: [Phrase]

  /// Estimates a model anew for every lag limit that its panel allows.
  ///
  /// Throws what preparing the model throws; a variant that cannot be estimated is a row with a reason.
  public init(_ panel: Panel, base: DynamicPanelResult) throws {
    let specification = base.specification
    parameter = base.laggedOutcome?.parameter ?? base.estimates[0].parameter
    confidenceLevel = base.confidenceLevel
    bounds = base.bounds
    cautions = base.cautions
    let periods = PanelGrid(panel).periodCount
    let first = specification.gmmInstruments.map(\.firstLag).min() ?? 2
    let most = max(1, periods - first)
    var rows: [Row] = []
    let progress = ProgressReport.steps(2 * most, Phrase("estimates", zh: "次估计"))
    for isCollapsed in [true, false] {
      for lags in 1...most {
        progress.done(rows.count)
        rows.append(LagSweep.row(panel, specification, parameter, lags: lags, isCollapsed: isCollapsed))
      }
    }
    self.rows = rows
  }

  private static func row(
    _ panel: Panel, _ given: DynamicPanelSpecification, _ parameter: Parameter, lags: Int,
    isCollapsed: Bool
  ) -> Row {
    var specification = given
    specification.marginVariables = []
    specification.moderatorValues = []
    specification.nonlinearMoments = nil
    specification.isCentred = given.isCentred
    specification.gmmInstruments = given.gmmInstruments.map {
      GMMInstruments(
        $0.terms, firstLag: $0.firstLag, lastLag: $0.firstLag + lags - 1, equation: $0.equation,
        isCollapsed: isCollapsed)
    }
    do {
      let result = try DynamicPanelEstimator.fit(panel, specification)
      let isTooMany = result.ledger.count > result.ledger.units
      return Row(
        lags: lags, isCollapsed: isCollapsed, coefficient: result.coefficient(parameter),
        instruments: result.ledger.count, hasTooManyInstruments: isTooMany,
        hansen: result.test("hansen")?.pValue, secondOrder: result.test("ar2")?.pValue,
        criteria: isTooMany ? nil : result.criteria,
        isIdentified: result.test("underidentification")?.rejects == true, reason: nil)
    } catch {
      return Row(
        lags: lags, isCollapsed: isCollapsed, coefficient: nil, instruments: nil,
        hasTooManyInstruments: false, hansen: nil, secondOrder: nil, criteria: nil, isIdentified: false,
        reason: "\(error)")
    }
  }

  /// The interval of a row's coefficient.
  public func interval(_ row: Row) -> (low: Double, high: Double)? {
    row.coefficient?.interval(confidenceLevel)
  }

  /// The path as a table.
  public var table: ResultTable {
    func numbers(_ value: (Row) -> Double?) -> ResultValues { .number(rows.map { value($0) ?? .nan }) }
    return ResultTable(
      name: "lag_sweep",
      title: Phrase(
        "\(WordedName(parameter).signed) over lag limits and collapse",
        zh: "\(WordedName(parameter).signed)随滞后阶数与折叠方式的变化"),
      columns: [
        ResultColumn("lags", Phrase("Lags", zh: "滞后数"), .integer(rows.map(\.lags))),
        ResultColumn(
          "collapsed", Phrase("Collapsed", zh: "折叠"), .number(rows.map { $0.isCollapsed ? 1 : 0 }),
          display: .yesNo),
        ResultColumn("instruments", Phrase("Instruments", zh: "工具变量数"), .integer(rows.map(\.instruments))),
        ResultColumn(
          "estimate", Phrase("Estimate", zh: "系数"), numbers { $0.coefficient?.value },
          display: .inference(.estimate),
          significance: rows.map { $0.coefficient?.significance ?? .nan }),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), numbers { $0.coefficient?.standardError },
          display: .inference(.error)),
        ResultColumn(
          "conf_low", Phrase("Low", zh: "下限"), numbers { interval($0)?.low }, display: .inference(.end)),
        ResultColumn(
          "conf_high", Phrase("High", zh: "上限"), numbers { interval($0)?.high }, display: .inference(.end)),
        ResultColumn(
          "hansen_p", Phrase("Hansen p", zh: "Hansen p值"), numbers(\.hansen), display: .probability),
        ResultColumn(
          "ar2_p", Phrase("AR(2) p", zh: "AR(2) p值"), numbers(\.secondOrder), display: .probability),
        ResultColumn(
          "too_many", Phrase("More than units", zh: "超过个体数"),
          .number(rows.map { $0.hasTooManyInstruments ? 1 : 0 }), display: .yesNo),
        ResultColumn("mmsc_bic", Phrase(verbatim: "MMSC-BIC"), numbers { $0.criteria?.bic }),
        ResultColumn("mmsc_aic", Phrase(verbatim: "MMSC-AIC"), numbers { $0.criteria?.aic }),
        ResultColumn("mmsc_hqic", Phrase(verbatim: "MMSC-HQIC"), numbers { $0.criteria?.hqic }),
        ResultColumn("reason", Phrase("Why not", zh: "无法估计的原因"), .text(rows.map(\.reason)), missing: .blank),
      ], keyColumns: 2,
      sections: [.init(firstRow: rows.count { $0.isCollapsed })], notes: [choice].compactMap(\.self)
    ).adding(cautions: cautions)
  }

  /// The row with the smallest BIC among those whose coefficients are all identified; nil without any.
  public var smallest: Row? {
    rows.filter { $0.isIdentified && $0.criteria != nil }.min { $0.criteria!.bic < $1.criteria!.bic }
  }

  /// What Andrews and Lu's criterion says.
  private var choice: Phrase? {
    guard let smallest else {
      return rows.contains { $0.criteria != nil }
        ? Phrase(
          "Andrews and Lu's criteria choose nothing: of no row is it rejected that some coefficient is not identified.",
          zh: "Andrews–Lu准则无从选择：各行均不能拒绝存在不可识别的系数。") : nil
    }
    return Phrase(
      "Andrews and Lu's BIC is smallest with \(smallest.lags) lag\(smallest.lags == 1 ? "" : "s"),"
        + " \(smallest.isCollapsed ? "collapsed" : "not collapsed"), among rows in which every coefficient is identified. To"
        + " choose by it and report that row's errors as if it had been given is to choose twice.",
      zh: "在各系数均可识别的行中，滞后数为\(smallest.lags)（\(smallest.isCollapsed ? "折叠" : "不折叠")）时Andrews–Lu的BIC最小。"
        + "据此选择后再按既定模型报告标准误，会低估不确定性。")
  }
}
