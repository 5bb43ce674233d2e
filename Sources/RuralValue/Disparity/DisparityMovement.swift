internal import RuralValueNumerics

/// What moves between periods: ranks, and dispersion with its tests.
///
/// Ranks, `sigma` and the dispersion of logarithms take each unit once, whatever its people.
struct DisparityMovement {
  private(set) var mobility: [DisparityResult.Mobility] = []
  private(set) var dispersion: [DisparityResult.Dispersion] = []
  private(set) var tests: [TestResult] = []
  private(set) var notes: [Phrase] = []

  private let panel: Panel
  /// For each period that has units the value of every unit of the panel, NaN where it does not count.
  private let cells: [[Double]]

  /// The movement of a variable over years that follow each other.
  init(_ years: [DisparityResult.Year], _ panel: Panel) {
    self.panel = panel
    let observed = years.filter { !$0.units.isEmpty }
    cells = observed.map { year in
      var values = [Double](repeating: .nan, count: panel.units.count)
      for (unit, value) in zip(year.units, year.values.values) { values[unit] = value }
      return values
    }
    guard panel.hasPeriods, observed.count > 1 else {
      if !years.isEmpty {
        tests = [
          TestResult(
            "sigma", Self.sigmaHypothesis("", ""),
            notComputed: Phrase("it compares two periods, and there is one", zh: "须有两个时期，而仅有一个"))
        ]
      }
      return
    }
    addMobility(observed)
    addDispersion(observed)
    addSigma(observed)
    addTrends()
    addConcordance(observed)
  }

  private func label(_ period: Int) -> String { panel.frequency.label(period) }

  /// The values of the units that both periods have.
  private func pair(_ first: Int, _ last: Int) -> (first: [Double], last: [Double], units: [Int]) {
    let units = panel.units.indices.filter { !cells[first][$0].isNaN && !cells[last][$0].isNaN }
    return (units.map { cells[first][$0] }, units.map { cells[last][$0] }, units)
  }

  private mutating func addMobility(_ years: [DisparityResult.Year]) {
    var places = (1..<years.count).map { (from: $0 - 1, to: $0) }
    if years.count > 2 { places.append((0, years.count - 1)) }
    mobility = places.map { from, to in
      let values = pair(from, to)
      return DisparityResult.Mobility(
        from: years[from].period, to: years[to].period,
        ranks: RankMobility(first: values.first, last: values.last))
    }
  }

  private mutating func addDispersion(_ years: [DisparityResult.Year]) {
    let measures: [(String, (DisparityResult.Year) -> Double?)] = [
      ("sd_log", \.logDeviation), ("cv", \.variation),
    ]
    dispersion = measures.map { name, value in
      let known = years.filter { value($0) != nil }
      return DisparityResult.Dispersion(
        measure: name, from: years[0].period, to: years[years.count - 1].period, first: value(years[0]),
        last: value(years[years.count - 1]),
        trend: DispersionTrend(
          times: known.map { Double(panel.frequency.ordinal(of: $0.period)) }, values: known.compactMap(value)
        )
      )
    }
  }

  private static func sigmaHypothesis(_ first: String, _ last: String) -> Phrase {
    Phrase(
      first.isEmpty
        ? "The dispersion of logarithms is the same in two periods"
        : "The dispersion of logarithms is the same in \(first) and \(last) (Pitman–Morgan)",
      zh: first.isEmpty ? "两个时期的对数离散程度相同" : "\(first)与\(last)的对数离散程度相同（Pitman–Morgan检验）")
  }

  private mutating func addSigma(_ years: [DisparityResult.Year]) {
    let (from, to) = (years[0].period, years[years.count - 1].period)
    let hypothesis = Self.sigmaHypothesis(label(from), label(to))
    let values = pair(0, years.count - 1)
    let rest = values.units.indices.filter { values.first[$0] <= 0 || values.last[$0] <= 0 }
    guard rest.isEmpty else {
      let names = rest.map { panel.units[values.units[$0]] }
      tests.append(
        TestResult(
          "sigma", hypothesis,
          notComputed: Phrase(
            "a value that is not above zero has no logarithm: \(listed(names, most: 10))",
            zh: "不大于零的值没有对数：\(listed(names, most: 10, in: .chinese))")))
      return
    }
    let logarithms = (
      first: values.first.map(portableLogarithm), last: values.last.map(portableLogarithm)
    )
    guard let test = PitmanMorganTest(first: logarithms.first, last: logarithms.last) else {
      tests.append(
        TestResult(
          "sigma", hypothesis,
          notComputed: Phrase(
            "there are fewer than four units in both periods, or their values moved all alike",
            zh: "两期共有的个体少于四个，或各个体的变化完全一致")))
      return
    }
    tests.append(
      TestResult(
        "sigma", hypothesis, test.statistic, .t(test.degreesOfFreedom)))
    let fell = test.correlation > 0
    let figures = (
      r: FixedDecimals.text(test.correlation, decimals: 3),
      t2: FixedDecimals.text(test.carreeKlomp, decimals: 3)
    )
    notes.append(
      Phrase(
        "sigma: on the \(values.units.count) units with a value in \(label(from)) and in \(label(to)); r = \(figures.r), so that"
          + " dispersion \(fell ? "fell" : "rose"). Carree and Klomp's T₂ = \(figures.t2), χ²(1), is the same test in another"
          + " form.",
        zh: "sigma：基于\(label(from))与\(label(to))均有值的\(values.units.count)个个体；r＝\(figures.r)，离散程度"
          + "\(fell ? "下降" : "上升")。Carree–Klomp的T₂＝\(figures.t2)（χ²(1)）为同一检验的另一形式。"))
  }

  private mutating func addTrends() {
    for (key, own) in zip(["sigma_trend", "cv_trend"], dispersion) {
      let hypothesis =
        key == "cv_trend"
        ? Phrase("The coefficient of variation has no trend (descriptive)", zh: "变异系数无时间趋势（描述性）")
        : Phrase("The dispersion of logarithms has no trend (descriptive)", zh: "对数标准差无时间趋势（描述性）")
      if let trend = own.trend {
        tests.append(TestResult(key, hypothesis, trend.statistic, .t(trend.degreesOfFreedom)))
      } else {
        tests.append(
          TestResult(
            key, hypothesis,
            notComputed: Phrase(
              "fewer than three periods have \(own.measure), or a line leaves nothing of it",
              zh: "有\(own.measure)的时期少于三个，或其恰为一条直线")))
      }
    }
  }

  private mutating func addConcordance(_ years: [DisparityResult.Year]) {
    let units = panel.units.indices.filter { unit in cells.allSatisfy { !$0[unit].isNaN } }
    let hypothesis = Phrase(
      "The ranks of the \(years.count) periods have nothing in common (Kendall's W)",
      zh: "\(years.count)个时期的位次互不相关（Kendall协同系数W）")
    guard let own = RankMobility.concordance(cells.map { values in units.map { values[$0] } }) else {
      tests.append(
        TestResult(
          "kendall_w", hypothesis,
          notComputed: Phrase(
            "fewer than two units have a value in all periods, or all values are equal",
            zh: "各期均有值的个体少于两个，或所有值相等")))
      return
    }
    tests.append(TestResult("kendall_w", hypothesis, own.chiSquared, .chiSquared(own.degreesOfFreedom)))
    let w = FixedDecimals.text(own.value, decimals: 3)
    notes.append(
      Phrase(
        "kendall_w: W = \(w) over \(years.count) periods and the \(units.count) units that all of them have; 1 where all keep their"
          + " ranks, 0 where ranks have nothing in common.",
        zh: "kendall_w：\(years.count)个时期、各期均有值的\(units.count)个个体，W＝\(w)；1为位次完全不变，0为互不相关。"))
  }
}
