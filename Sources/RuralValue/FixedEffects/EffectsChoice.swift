internal import RuralValueNumerics

/// Whether effects of units go with the regressors: Hausman's test and the robust form of Mundlak and Wooldridge.
///
/// Hausman: d = b_FE − b_RE, H = d′(V_FE − V_RE)⁻¹d with classical variances; where the difference of variances is no
/// variance there is no p value. Mundlak: the units' means of the regressors that vary within are added to the model
/// with random effects, and their coefficients are tested together, clustered by unit.
///
/// What is quasi-demeaned is the sum of what varies within units and of (1 − θ_i)x̄_i, and the two are orthogonal. So the
/// means' coefficients are b_B − b_W, of the units' means weighted by T_i(1 − θ_i)² and of the within regression, and a
/// unit's influence on them is the difference of its two influences: no more than one row a unit is needed.
///
/// Two-way models have effects of periods in both: taken out where the panel is balanced, else as dummies.
///
/// Sources: Hausman (1978); Mundlak (1978); Wooldridge (2010), 10.7.3; methods/fixed-effects.md, section 3.
struct EffectsChoice {
  static let hausman = Phrase("Hausman: random effects are consistent", zh: "Hausman检验：随机效应一致")
  static let mundlak = Phrase(
    "Mundlak, robust: effects do not go with the regressors", zh: "Mundlak检验（稳健）：效应与解释变量不相关")

  private let model: LinearModel
  private let specification: FixedEffectsSpecification

  init(_ model: LinearModel, _ specification: FixedEffectsSpecification) {
    self.model = model
    self.specification = specification
  }

  /// Both tests, in the order of tables.
  func all() -> [TestResult] {
    do {
      let (parts, tested, periods) = try parts()
      guard !tested.isEmpty else {
        return absent(Phrase("no regressor varies within units", zh: "没有解释变量在个体内变动"))
      }
      let components = try VarianceComponents(parts, specification.components)
      return [
        try hausman(parts, components, tested, periods: periods),
        try mundlak(parts, components, tested, periods: periods),
      ]
    } catch {
      return absent(
        Phrase("the model with random effects has no estimate (\(error))", zh: "随机效应模型无法估计（\(error)）"))
    }
  }

  private func absent(_ reason: Phrase) -> [TestResult] {
    [
      TestResult("hausman", Self.hausman, notComputed: reason),
      TestResult("mundlak", Self.mundlak, notComputed: reason),
    ]
  }

  /// The two parts of the variation, the columns that are tested, and the effects of periods that were taken out.
  private func parts() throws -> (WithinBetween, tested: [Int], periods: Int) {
    let sample = model.sample
    let columns = sample.regressors.map(\.values)
    let parameters = sample.regressors.map(\.parameter)
    let isBalanced = sample.rowCount == sample.unitCount * sample.periodCount
    func tested(_ fit: LinearFit) -> [Int] { fit.kept.filter { $0 < columns.count } }
    switch (specification.effects, isBalanced) {
    case (.unit, _), (.twoways, true):
      let parts = WithinBetween(
        model.fit, absorbedRank: model.problem.absorbedRank, outcome: sample.outcome.values, columns: columns,
        units: sample.units)
      return (parts, tested(model.fit), specification.effects == .twoways ? sample.periodCount : 1)
    case (.twoways, false):
      let present = sample.periods.sizes.indices.filter { sample.periods.sizes[$0] > 0 }
      let dummies = present.dropFirst().map { period in
        sample.periods.groupOfRow.map { $0 == period ? 1.0 : 0 }
      }
      let names = dummies.indices.map { Parameter("period \($0)", .period) }
      let parts = try WithinBetween(
        sample.outcome.values, columns + dummies, parameters: parameters + names, units: sample.units)
      return (parts, tested(parts.within), 1)
    default:
      let parts = try WithinBetween(
        sample.outcome.values, columns, parameters: parameters, units: sample.units)
      return (parts, tested(parts.within), 1)
    }
  }

  /// The places of the tested columns among the within regression's parameters.
  private func within(_ parts: WithinBetween, _ tested: [Int]) -> [Int] {
    tested.map { parts.within.kept.firstIndex(of: $0)! }
  }

  private func hausman(
    _ parts: WithinBetween, _ components: VarianceComponents, _ tested: [Int], periods: Int
  ) throws -> TestResult {
    guard components.unit > 0 else {
      return TestResult(
        "hausman", Self.hausman,
        notComputed: Phrase("the variance of random effects is zero", zh: "随机效应方差估计为零"))
    }
    let (fit, n) = (parts.within, parts.rowCount)
    let places = within(parts, tested)
    let fixed =
      fit.residualSumOfSquares / Double(n - parts.absorbedRank - fit.parameterCount)
      * fit.bread
    // Random effects: the within rows in k of their own, U′U = (Ẍ′Ẍ), above those of the units' means.
    let upper = try Cholesky(try LU(fit.bread).inverse.symmetrised).lower.transposed
    let (k, m) = (fit.parameterCount, parts.means.columnCount)
    let scales = zip(parts.present, parts.sizes).map { (1 - components.theta[$0]) * $1.squareRoot() }
    var rows = Matrix(rowCount: k + parts.unitCount, columnCount: m + 1)
    let between = parts.meansWithConstant.scalingRows(by: scales)
    for (place, column) in fit.kept.enumerated() {
      for row in 0...place { rows[row, column] = upper[row, place] }
    }
    for column in 0...m {
      for row in 0..<parts.unitCount { rows[k + row, column] = between[row, column] }
    }
    let outcome = upper * fit.coefficients + zip(parts.outcomeMeans, scales).map(*)
    let problem = try LeastSquares(rows)
    let random = try problem.regress(outcome, centred: false)
    let sum = fit.residualSumOfSquares + random.residualSumOfSquares
    let degrees = n - problem.rank - (periods - 1)
    let variance =
      fixed.selecting(places)
      - (sum / Double(max(1, degrees)) * problem.crossProductInverse).selecting(tested)
    let difference = zip(places, tested).map { fit.coefficients[$0] - random.coefficients[$1] }
    if let factor = try? Cholesky(variance, relativeTolerance: 1e-12) {
      let h = difference.innerProduct(with: try factor.solve(difference))
      return TestResult("hausman", Self.hausman, h, .chiSquared(tested.count))
    }
    let h = (try? LU(variance).solve(difference)).map { difference.innerProduct(with: $0) } ?? .nan
    let form = h.isFinite ? FixedDecimals.text(h, decimals: 3) : nil
    return TestResult(
      "hausman", Self.hausman,
      notComputed: Phrase(
        "V_FE − V_RE is no variance, as happens in finite samples\(form.map { " (its form is \($0))" } ?? "");"
          + " see mundlak",
        zh: "V_FE − V_RE非正定，有限样本中常见\(form.map { "（二次型为\($0)）" } ?? "")，请看mundlak"))
  }

  private func mundlak(
    _ parts: WithinBetween, _ components: VarianceComponents, _ tested: [Int], periods: Int
  ) throws -> TestResult {
    let fit = parts.within
    let scales = zip(parts.present, parts.sizes).map { (1 - components.theta[$0]) * $1.squareRoot() }
    let rows = parts.meansWithConstant.scalingRows(by: scales)
    let problem = try LeastSquares(rows)
    let between = try problem.regress(zip(parts.outcomeMeans, scales).map(*), centred: false)
    // Means that do not differ between units have no coefficient.
    let isKept = Set(problem.columns.kept)
    let used = tested.filter(isKept.contains)
    guard !used.isEmpty else {
      return TestResult(
        "mundlak", Self.mundlak,
        notComputed: Phrase("the means of the regressors do not vary", zh: "解释变量的个体均值不变动"))
    }
    let places = within(parts, used)
    let sums = LinearCovariance.sums(fit.scores, parts.units).selectingRows(parts.present)
    let ownWithin = (sums * fit.bread).selectingColumns(places)
    let ownBetween = (rows.scalingRows(by: between.residuals) * problem.crossProductInverse)
      .selectingColumns(used)
    let (n, count) = (Double(parts.rowCount), Double(parts.unitCount))
    let counted = Double(fit.parameterCount + problem.rank + periods - 1)
    let q = count / (count - 1) * (n - 1) / (n - counted)
    let form = WaldForm(
      zip(places, used).map { between.coefficients[$1] - fit.coefficients[$0] },
      q * (ownBetween - ownWithin).crossProduct)
    guard !form.isSingular else {
      return TestResult(
        "mundlak", Self.mundlak,
        notComputed: Phrase("the clustered variance is singular: too few units", zh: "聚类方差矩阵奇异：个体过少"))
    }
    return TestResult("mundlak", Self.mundlak, form.statistic(degreesOfFreedom: nil))
  }
}
