/// The tables of an evolution, in the order in which they are shown.
public struct EvolutionTables: Sendable {
  let result: EvolutionResult
  /// Whether the data are simulated, which the ellipses then tell the map that draws them.
  let isSimulated: Bool

  /// The tables of a result.
  public init(_ result: EvolutionResult, isSimulated: Bool = false) {
    self.result = result
    self.isSimulated = isSimulated
  }

  /// All of them with their keys in JSON.
  public var parts: [ResultDocument.Part] {
    var parts: [ResultDocument.Part] = []
    if let kernels = result.kernels {
      parts += [
        .init(summaryTable(kernels), jsonKey: "kernel_summary"),
        .init(kernelTable(kernels), shown: false, jsonKey: "kernel"),
      ]
    }
    if let transitions = result.transitions {
      parts += [
        .init(cutTable(transitions), jsonKey: "cuts"),
        .init(matrixTable(transitions), jsonKey: nil),
        .init(transitionTable(transitions), shown: false, jsonKey: "transitions"),
        .init(mobilityTable(transitions), jsonKey: "mobility"),
        .init(ergodicTable(transitions), shown: false, jsonKey: "ergodic"),
      ]
    }
    if let convergence = result.convergence {
      parts += [
        .init(briefConvergenceTable(convergence), written: false, jsonKey: nil),
        .init(convergenceTable(convergence), shown: false, jsonKey: "convergence"),
      ]
    }
    if !result.tests.isEmpty { parts.append(.init(testTable, jsonKey: "tests")) }
    if let centres = result.centres {
      parts += [
        .init(briefCentreTable(centres), written: false, jsonKey: nil),
        .init(centreTable(centres), shown: false, jsonKey: "centre"),
        .init(outlineTable(centres), shown: false, jsonKey: nil),
      ]
    }
    return parts
  }

  // MARK: - Densities

  private var variable: String { result.variable }

  /// Which weights the spatial parts rest on.
  var weightsNotes: [Phrase] { result.fingerprint.map { [.weights($0, .row)] } ?? [] }

  func label(_ period: Int) -> String { result.label(period) }

  private func timeColumn(_ periods: [Int]) -> ResultColumn {
    ResultColumn("time", Phrase("Time", zh: "时间"), .integer(periods.map { result.hasPeriods ? $0 : nil }))
  }

  private func summaryTable(_ kernels: KernelSeries) -> ResultTable {
    let periods = kernels.periods
    func numbers(_ value: (KernelSeries.Curve) -> Double?) -> ResultValues {
      .number(periods.map { $0.curve.flatMap(value) ?? .nan })
    }
    return ResultTable(
      name: "kernel_summary",
      title: Phrase("Kernel densities of \(variable.asVariable)", zh: "\(variable.asVariable)的核密度"),
      columns: [
        timeColumn(periods.map(\.period)),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(periods.map(\.unitCount))),
        ResultColumn("bandwidth", Phrase("h", zh: "带宽h"), numbers(\.bandwidth)),
        ResultColumn("mode", Phrase("Mode", zh: "众数（峰值位置）"), numbers(\.mode)),
        ResultColumn("height", Phrase("Height", zh: "峰高"), numbers(\.height)),
        ResultColumn(
          "maxima", Phrase("Maxima", zh: "峰数"), .integer(periods.map { $0.curve?.maxima })),
        ResultColumn(
          "mass_below_zero", Phrase("Mass below 0", zh: "零以下的概率"), numbers(\.massBelowZero),
          display: .fixedDecimals(4)),
      ], notes: kernelNotes(kernels))
  }

  private func kernelNotes(_ kernels: KernelSeries) -> [Phrase] {
    let rule = kernels.rule.phrase
    let weights = kernels.weightColumn.map {
      Phrase("; weighted by \($0), h by the values without weights", zh: "；以\($0)加权，带宽按未加权取值计算")
    }
    var notes = [
      Phrase(
        "Gaussian kernel, \(rule.english)\(weights?.english ?? ""). Mode, height and the number of maxima depend on h.",
        zh: "高斯核，\(rule.chinese)\(weights?.chinese ?? "")。峰值位置、峰高与峰数均取决于带宽。")
    ]
    let lost = kernels.periods.compactMap { $0.curve?.massBelowZero }.max() ?? 0
    if kernels.isReflected {
      notes.append(
        Phrase("Turned back at zero: f(x) + f(−x) from zero on.", zh: "在零点反射：x≥0处取f(x)＋f(−x)。"))
    } else if lost > 0.005 {
      notes.append(
        Phrase(
          "No value is below zero, and yet up to \(Percentage.text((lost * 1000).rounded() / 1000)) % of a density is:"
            + " \(Setting("boundary")) reflect turns it back.",
          zh:
            "取值均不小于零，而密度最多有\(Percentage.text((lost * 1000).rounded() / 1000))%落在零以下；可用\(Setting("boundary")) reflect反射。"
        ))
    }
    for period in kernels.periods {
      guard let reason = period.reason else { continue }
      notes.append(
        Phrase(
          "\(label(period.period)): no density, for \(reason.english).",
          zh: "\(label(period.period))：无核密度（\(reason.chinese)）。"))
    }
    return notes
  }

  private func kernelTable(_ kernels: KernelSeries) -> ResultTable {
    let rows = kernels.periods.flatMap { period in
      (period.curve?.densities ?? []).indices.map { (period, $0) }
    }
    return ResultTable(
      name: "kernel",
      title: Phrase("Kernel densities of \(variable.asVariable)", zh: "\(variable.asVariable)的核密度"),
      columns: [
        timeColumn(rows.map { $0.0.period }),
        ResultColumn("x", Phrase(verbatim: variable), .number(rows.map { kernels.grid[$0.1] })),
        ResultColumn(
          "density", Phrase("Density", zh: "密度"),
          .number(rows.map { $0.0.curve?.densities[$0.1] ?? .nan })),
      ], keyColumns: 2)
  }

  // MARK: - Tests

  private var testTable: ResultTable {
    ResultTable(tests: result.tests, notes: testNotes).adding(
      cautions: (result.transitions?.cautions ?? []) + sigmaCautions)
  }

  private var testNotes: [Phrase] {
    var notes = result.transitions?.regimes.isEmpty == false ? weightsNotes : []
    if result.transitions != nil {
      notes.append(
        Phrase(
          "homogeneity: likelihood ratio (lr) and Pearson's Q, χ² with Σ(a − 1)(b − 1) degrees of freedom over rows that occur"
            + " (Bickenbach and Bode 2003).",
          zh: "homogeneity：似然比（lr）与Pearson Q，服从χ²，自由度为各出现行的Σ(a−1)(b−1)（Bickenbach和Bode，2003）。"))
    }
    if let halves = result.transitions?.halves, halves.count == 2 {
      let (one, other) = (halves[0], halves[1])
      notes.append(
        Phrase(
          "Halves of the time: \(label(one.lowerBound)) to \(label(one.upperBound)), \(label(other.lowerBound)) to"
            + " \(label(other.upperBound)).",
          zh:
            "两个时段：\(label(one.lowerBound))—\(label(one.upperBound))，\(label(other.lowerBound))—\(label(other.upperBound))。"
        ))
    }
    if let spread = result.convergence?.dispersions, let periods = result.convergence?.periods {
      let (first, last) = (
        FixedDecimals.text(spread.first, decimals: 3), FixedDecimals.text(spread.last, decimals: 3)
      )
      let fell = spread.last < spread.first
      notes.append(
        Phrase(
          "sigma: Pitman and Morgan's test on the same units, t² as F; the standard deviation of ln \(variable) went from"
            + " \(first) in \(label(periods.first)) to \(last) in \(label(periods.last)): it \(fell ? "fell" : "did not fall").",
          zh: "sigma：同一批单元的Pitman–Morgan检验（t²即F）；ln \(variable)的标准差由\(label(periods.first))的\(first)"
            + "变为\(label(periods.last))的\(last)，离散程度\(fell ? "下降" : "未下降")。"))
    }
    return notes
  }

  private var sigmaCautions: [Phrase] {
    guard result.convergence?.sigma.pValue != nil else { return [] }
    return [
      Phrase(
        "Neighbours are no independent units: the p of sigma is too small as well.",
        zh: "相邻单元并非相互独立，sigma检验的p值同样偏小。")
    ]
  }
}
