internal import RuralValueNumerics

/// The difference-in-Hansen (C) test of a set of instruments.
///
///     C = J − J_p,   J_p = min (Z_p′e)′ (S_pp)⁻ (Z_p′e)
///
/// S is the full model's, cut to the columns p that stay, so that C cannot be negative; a model estimated
/// anew on fewer instruments would have another S. The columns of a set are known by what they are and not
/// by where they stand: xtabond2 counts too many level columns for an uncollapsed set whose first lag is 2
/// or deeper, and then tests the wrong columns of the sets before it.
/// Source: Eichenbaum, Hansen and Singleton (1988); Roodman (2009).
struct DifferenceInHansen: Sendable {
  private let problem: GMMProblem
  private let covariance: Matrix
  private let step: GMMStep
  private let scale: Double
  private let columnsInUse: [Bool]
  private let rank: Int
  /// A[Z′X, Z′e], j × (k + 1).
  private let weighted: Matrix

  /// `step` holds the weight matrix S⁻; `scale` multiplies it, 1/σ² after one classical step.
  init(
    _ problem: GMMProblem, covariance: Matrix, step: GMMStep, scale: Double, firstWeight: WeightMatrix
  ) {
    self.problem = problem
    self.covariance = covariance
    self.step = step
    self.scale = scale
    let dropped = Set(firstWeight.dropped)
    columnsInUse = (0..<problem.instruments.columnCount).map { !dropped.contains($0) }
    rank = firstWeight.rank
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
    func absent(_ reason: Phrase) -> TestResult {
      TestResult("diff_hansen:\(set)", hypothesis, notComputed: reason)
    }
    let gone = excluded.indices.filter { excluded[$0] }
    let kept = excluded.indices.filter { !excluded[$0] }
    let keptCount = kept.count { columnsInUse[$0] }
    let k = step.coefficients.count
    guard rank > k else { return absent(OveridentificationTests.exactlyIdentified) }
    guard keptCount >= k else {
      return absent(
        Phrase(
          "Without this set \(keptCount) instruments are left, fewer than the \(k) coefficients.",
          zh: "剔除该组后仅余\(keptCount)个工具变量，少于\(k)个系数。"))
    }
    guard rank > keptCount else {
      return absent(
        Phrase(
          "This set has no instrument that is not zero or collinear with the others.",
          zh: "该组工具变量均为零或与其余工具变量共线。"))
    }
    guard let criterion = criterion(kept: kept, gone: gone), criterion.isFinite else {
      return absent(
        Phrase("Without this set the coefficients are not identified.", zh: "剔除该组后系数不可识别。"))
    }
    let remaining = scale * criterion
    return TestResult(
      "diff_hansen:\(set)", hypothesis, scale * step.criterion - remaining, .chiSquared(rank - keptCount),
      excluding: .init(remaining, .chiSquared(keptCount - k)))
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
      let inverse = try? GMMStep.inverse(square, rank: rank, names: problem.sample.coefficientNames)
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
