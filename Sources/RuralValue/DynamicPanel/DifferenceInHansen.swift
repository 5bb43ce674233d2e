internal import RuralValueNumerics

/// The difference-in-Hansen (C) test of a set of instruments.
///
///     C = J − J_p,   J_p = min (Z_p′e)′ (S_pp)⁻ (Z_p′e)
///
/// S is the full model's, cut to the columns p that stay, so that C cannot be negative; a model estimated
/// anew on fewer instruments would have another S. The columns of a set are known by what they are and not
/// by where they stand: xtabond2 counts too many level columns for an uncollapsed set whose first lag is 2
/// or deeper, and then tests the wrong columns of the sets before it. Degrees of freedom are the rank of all columns of
/// Z less that of the columns that stay, for a column that the others span adds no moment.
/// Source: Eichenbaum, Hansen and Singleton (1988); Roodman (2009).
struct DifferenceInHansen: Sendable {
  private let problem: GMMProblem
  private let covariance: Matrix
  private let step: GMMStep
  private let scale: Double
  private let rank: InstrumentRank
  /// A[Z′X, Z′e], j × (k + 1).
  private let weighted: Matrix

  /// `step` holds the weight matrix S⁻; `scale` multiplies it, 1/σ² after one classical step.
  init(_ problem: GMMProblem, covariance: Matrix, step: GMMStep, scale: Double) {
    self.problem = problem
    self.covariance = covariance
    self.step = step
    self.scale = scale
    rank = InstrumentRank(problem)
    weighted = step.weight.times(DifferenceInHansen.momentColumns(problem, step))
  }

  /// The test of every set, and of the level equation's GMM-style instruments.
  func tests() -> [TestResult] {
    let columns = problem.instruments.columns
    var tests = problem.instruments.setNames.indices.map { set in
      test(
        problem.instruments.setNames[set], Phrase("this set is valid", zh: "该组工具变量有效"),
        without: columns.map { $0.set == set })
    }
    if columns.contains(where: \.isLevelPart) {
      tests.append(
        test(
          "levels", Phrase("GMM instruments of the level equation are valid", zh: "水平方程的GMM式工具变量有效"),
          without: columns.map(\.isLevelPart)))
    }
    return tests
  }

  private func test(_ set: String, _ hypothesis: Phrase, without excluded: [Bool]) -> TestResult {
    func absent(_ reason: Phrase, excluding: TestResult.Statistic? = nil) -> TestResult {
      TestResult("diff_hansen:\(set)", hypothesis, notComputed: reason, excluding: excluding)
    }
    let gone = excluded.indices.filter { excluded[$0] }
    let kept = excluded.indices.filter { !excluded[$0] }
    let k = step.coefficients.count
    guard rank.all > k else { return absent(OveridentificationTests.exactlyIdentified) }
    let keptRank = rank.rank(of: kept)
    guard keptRank >= k else {
      return absent(
        Phrase(
          "Without this set \(keptRank) independent instruments are left, fewer than the \(k) coefficients.",
          zh: "剔除该组后仅余\(keptRank)个线性无关的工具变量，少于\(k)个系数。"))
    }
    guard let criterion = criterion(kept: kept, gone: gone), criterion.isFinite else {
      return absent(
        Phrase("Without this set the coefficients are not identified.", zh: "剔除该组后系数不可识别。"))
    }
    let remaining = TestResult.Statistic(scale * criterion, .chiSquared(keptRank - k))
    guard rank.all > keptRank else {
      return absent(
        Phrase("This set lies in the span of the others.", zh: "该组工具变量可由其余各组线性表示。"), excluding: remaining)
    }
    return TestResult(
      "diff_hansen:\(set)", hypothesis, scale * step.criterion - remaining.value,
      .chiSquared(rank.all - keptRank), excluding: remaining)
  }

  /// The smallest criterion on the columns that stay, nil where it has no single minimum.
  private func criterion(kept: [Int], gone: [Int]) -> Double? {
    let gram = step.weight.isInverse ? downdatedGram(gone) : directGram(kept)
    guard let gram else { return nil }
    let k = step.coefficients.count
    let regressors = (0..<k).map { $0 }
    let square = gram.selectingRows(regressors).selectingColumns(regressors).symmetrised
    let cross = (0..<k).map { gram[$0, k] }
    guard
      let inverse = try? GMMStep.inverse(square, rank: rank.all, names: problem.sample.coefficientNames)
    else { return nil }
    return gram[k, k] - inverse.quadraticForm(cross)
  }

  /// [Z_p′X, Z_p′e]′(S_pp)⁻[Z_p′X, Z_p′e] from S⁻ of all columns: with the columns q that go,
  /// (S_pp)⁻¹ = A_pp − A_pq (A_qq)⁻¹ A_qp.
  private func downdatedGram(_ gone: [Int]) -> Matrix? {
    let moments = DifferenceInHansen.momentColumns(problem, step)
    var unit = Matrix(rowCount: moments.rowCount, columnCount: gone.count)
    for (position, column) in gone.enumerated() { unit[column, position] = 1 }
    let columns = step.weight.times(unit)
    let goneMoments = moments.selectingRows(gone)
    let cut = weighted - columns.times(goneMoments)
    var keptMoments = moments
    for column in gone {
      for c in 0..<moments.columnCount { keptMoments[column, c] = 0 }
    }
    let crossing = cut.selectingRows(gone)
    guard
      let solved = try? Cholesky(columns.selectingRows(gone).symmetrised).solve(crossing)
    else { return nil }
    return keptMoments.transposedTimes(cut) - crossing.transposedTimes(solved)
  }

  /// The same by inverting S_pp itself, where S has no inverse.
  private func directGram(_ kept: [Int]) -> Matrix? {
    let moments = DifferenceInHansen.momentColumns(problem, step).selectingRows(kept)
    let part = covariance.selectingRows(kept).selectingColumns(kept)
    guard let weight = try? WeightMatrix(of: part) else { return nil }
    return moments.transposedTimes(weight.times(moments))
  }

  /// [Z′X, Z′e]: the residuals instead of y, for the criterion is small beside y′ZAZ′y.
  private static func momentColumns(_ problem: GMMProblem, _ step: GMMStep) -> Matrix {
    problem.instrumentRegressors.appendingColumn(step.moments)
  }
}

/// The rank of Z and of some of its columns.
private struct InstrumentRank: Sendable {
  /// Z with the zeros between, where its columns are not clearly independent.
  private let stacked: Matrix?
  /// The rank of all columns.
  let all: Int

  /// Columns of length one: a sine below it is none.
  private static let tolerance = 1e-9

  init(_ problem: GMMProblem) {
    let instruments = problem.instruments
    let products = instruments.weighted(by: .identity, rows: problem.sample.blocks.map(\.row))
    let lengths = products.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let isClear = (try? Cholesky(products.scaledOnBothSides(by: lengths), relativeTolerance: 1e-12)) != nil
    let stacked = isClear ? nil : instruments.stacked
    self.stacked = stacked
    all = InstrumentRank.rank(of: Array(0..<instruments.columnCount), stacked)
  }

  func rank(of columns: [Int]) -> Int { InstrumentRank.rank(of: columns, stacked) }

  private static func rank(of columns: [Int], _ stacked: Matrix?) -> Int {
    guard let part = stacked?.selectingColumns(columns),
      let independent = try? IndependentColumns(of: part, tolerance: tolerance)
    else { return columns.count }
    return independent.kept.count
  }
}
