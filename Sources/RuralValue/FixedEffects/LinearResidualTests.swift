internal import RuralValueNumerics

/// What residuals say of a linear model: serial correlation, unequal variances, dependence across units.
///
/// Source: methods/fixed-effects.md, section 3.
struct LinearResidualTests {
  static let serialCorrelation = Phrase(
    "Wooldridge: errors are not serially correlated", zh: "Wooldridge检验：误差无一阶序列相关")
  static let heteroskedasticity = Phrase(
    "Modified Wald: errors of all units have one variance", zh: "修正Wald检验：各个体误差方差相等")
  static let crossSection = Phrase(
    "Pesaran's CD: errors of units do not depend on each other", zh: "Pesaran CD检验：无截面相关")

  /// Wooldridge's test: residuals of first differences on those one period earlier have the coefficient −1/2 where
  /// errors are not correlated. F(1, N − 1), clustered by unit with N/(N − 1).
  ///
  /// Sources: Wooldridge (2010), 10.6.3; Drukker (2003).
  static func wooldridge(_ panel: Panel, _ specification: FixedEffectsSpecification) -> TestResult {
    func absent(_ reason: Phrase) -> TestResult {
      TestResult("serial_correlation", serialCorrelation, notComputed: reason)
    }
    var differenced = specification
    let isFirst = specification.effects == .difference
    differenced.effects = .difference
    differenced.hasConstant = isFirst && specification.hasConstant
    differenced.instruments = nil
    differenced.clusterColumns = []
    differenced.groupColumn = nil
    differenced.weightsColumn = nil
    if !isFirst { differenced.absorbedColumns = [] }
    guard var sample = try? LinearSample(panel, differenced) else {
      return absent(Phrase("no unit has two neighbouring periods", zh: "没有个体具有相邻两期"))
    }
    if specification.effects.hasPeriods { sample = sample.absorbingPeriods }
    guard let fit = try? LinearProblem.within(sample).fit() else {
      return absent(
        Phrase("the model has no estimate in differences", zh: "差分模型无法估计"))
    }
    var residuals = [Double](repeating: .nan, count: panel.rowCount)
    for (row, value) in zip(sample.rows, fit.residuals) { residuals[row] = value }
    let earlier = panel.lag(residuals)
    let rows = residuals.indices.filter { !residuals[$0].isNaN && !earlier[$0].isNaN }
    let used = Set(rows.map { panel.unitOfRow[$0] }).count
    guard used >= 2 else {
      return absent(Phrase("too few units have three neighbouring periods", zh: "具有相邻三期的个体过少"))
    }
    let square = rows.map { earlier[$0] * earlier[$0] }.compensatedSum
    let slope = rows.map { residuals[$0] * earlier[$0] }.compensatedSum / square
    var sums = [Double](repeating: 0, count: panel.units.count)
    var size = 0.0
    for row in rows {
      let part = earlier[row] * (residuals[row] - slope * earlier[row])
      sums[panel.unitOfRow[row]] += part
      size += abs(part)
    }
    let count = Double(used)
    let variance = count / (count - 1) * sums.map { $0 * $0 }.compensatedSum / (square * square)
    // With two units and effects of periods the sums cancel but for rounding.
    guard sums.euclideanNorm > 1e-10 * size else {
      return absent(Phrase("too few units are left beside the effects", zh: "扣除效应后剩余个体过少"))
    }
    return TestResult(
      "serial_correlation", serialCorrelation, (slope + 0.5) * (slope + 0.5) / variance, .f(1, used - 1))
  }

  /// W = Σ (s²_i − s²)²/V_i with s²_i = Σ_t e²/T_i, s² = Σ e²/n and V_i = Σ_t (e² − s²_i)²/(T_i(T_i − 1)), χ²(units); those
  /// with two rows or fewer are left out.
  ///
  /// χ² needs far more periods than units have: of equal variances it finds unequal ones in 100 of 100 panels of 121 units and
  /// 11 to 20 periods, in 78 at 50 and in 12 at 300; of 20 units in 89 at 11 periods and in 8 at 300. So p stands only where
  /// periods are at least 50√N; without it, errors clustered by unit hold whatever the variances are.
  ///
  /// Source: Greene (2000), 15.6.
  static func modifiedWald(_ residuals: [Double], units: Grouping) -> TestResult {
    let squares = residuals.map { $0 * $0 }
    let own = units.means(squares)
    let all = squares.compensatedSum / Double(residuals.count)
    var spread = [Double](repeating: 0, count: units.sizes.count)
    for (row, unit) in units.groupOfRow.enumerated() {
      let d = squares[row] - own[unit]
      spread[unit] += d * d
    }
    var (sum, used) = (CompensatedSum(), 0)
    for unit in units.sizes.indices where units.sizes[unit] > 2 {
      let size = Double(units.sizes[unit])
      let variance = spread[unit] / (size * (size - 1))
      guard variance > 0 else { continue }
      sum.add((own[unit] - all) * (own[unit] - all) / variance)
      used += 1
    }
    let left = units.usedGroupCount - used
    guard used > 1 else {
      return TestResult(
        "heteroskedasticity", heteroskedasticity,
        notComputed: Phrase("units have two periods or fewer", zh: "个体时期数不超过2"))
    }
    let hypothesis =
      left == 0
      ? heteroskedasticity
      : Phrase(
        "\(heteroskedasticity.english) (\(left) with two rows or fewer left out)",
        zh: "\(heteroskedasticity.chinese)（\(left)个不超过两期者除外）")
    let fewest = units.sizes.filter { $0 > 2 }.min() ?? 0
    guard Double(fewest) >= 50 * Double(used).squareRoot() else {
      return TestResult(
        "heteroskedasticity",
        Phrase(
          "\(hypothesis.english); too few periods for a p value",
          zh: "\(hypothesis.chinese)；时期数不足，不给出p值"), sum.value, .ruleOfThumb)
    }
    return TestResult("heteroskedasticity", hypothesis, sum.value, .chiSquared(used))
  }

  /// The most units for pairs one by one, as an unbalanced panel needs them.
  static let mostPairUnits = 2000

  /// Pesaran's CD; with effects of periods it says nothing, and is not computed.
  static func crossSection(
    _ residuals: [Double], units: Grouping, periods: Grouping, hasPeriodEffects: Bool
  ) -> TestResult {
    func absent(_ reason: Phrase) -> TestResult {
      TestResult("pesaran_cd", crossSection, notComputed: reason)
    }
    let count = units.usedGroupCount
    guard periods.usedGroupCount >= 3, count >= 2 else {
      return absent(Phrase("there are fewer than three periods", zh: "时期数少于3"))
    }
    if hasPeriodEffects {
      return absent(CrossSectionDependence.absence(units: count, periods: periods.usedGroupCount))
    }
    let table = series(residuals, units: units, periods: periods)
    guard residuals.count != count * periods.usedGroupCount else {
      guard let dependence = CrossSectionDependence(table.map { $0.filter { !$0.isNaN } }) else {
        return absent(Phrase("a unit's residuals do not vary", zh: "有个体的残差不变"))
      }
      return TestResult("pesaran_cd", crossSection, dependence.statistic, .normal)
    }
    guard count <= mostPairUnits else {
      return absent(
        Phrase(
          "the panel is unbalanced and has more than \(mostPairUnits) units",
          zh: "非平衡面板且个体数超过\(mostPairUnits)"))
    }
    guard let (statistic, _) = CrossSectionDependence.unbalanced(table) else {
      return absent(Phrase("no two units have two periods in common", zh: "没有两个个体具有两个共同时期"))
    }
    return TestResult("pesaran_cd", crossSection, statistic, .normal)
  }

  /// The mean |r_ij| of a balanced panel with effects of periods, of up to a thousand units.
  static func meanAbsoluteCorrelation(
    _ residuals: [Double], units: Grouping, periods: Grouping
  ) -> Double? {
    let count = units.usedGroupCount
    guard periods.usedGroupCount >= 3, count >= 2, count <= 1000,
      residuals.count == count * periods.usedGroupCount
    else { return nil }
    let table = series(residuals, units: units, periods: periods)
    return CrossSectionDependence(table.map { $0.filter { !$0.isNaN } })?.meanAbsoluteCorrelation
  }

  /// The residuals of each unit that is there, by period, NaN where it has none.
  private static func series(_ residuals: [Double], units: Grouping, periods: Grouping) -> [[Double]] {
    let present = units.sizes.indices.filter { units.sizes[$0] > 0 }
    let place = present.positions
    var table = [[Double]](
      repeating: [Double](repeating: .nan, count: periods.sizes.count), count: present.count)
    for (row, unit) in units.groupOfRow.enumerated() {
      table[place[unit]!][periods.groupOfRow[row]] = residuals[row]
    }
    return table
  }
}
