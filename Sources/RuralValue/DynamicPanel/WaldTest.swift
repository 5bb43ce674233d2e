internal import RuralValueNumerics

/// Wald's test that some coefficients are zero: b′V⁻¹b, or under small-sample correction its F.
enum WaldTest {
  static func test(
    _ key: String, _ hypothesis: Phrase, positions: [Int], coefficients: [Double], covariance: Matrix,
    residualDegrees: Int?
  ) -> TestResult {
    guard !positions.isEmpty else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase("The model has no such coefficients.", zh: "模型中没有这些系数。"))
    }
    let part = covariance.selectingRows(positions).selectingColumns(positions)
    let values = positions.map { coefficients[$0] }
    guard
      let inverse = try? GMMStep.inverse(part, rank: positions.count, names: positions.map(String.init))
    else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase(
          "The coefficients' covariance is singular, as with fewer clusters than coefficients.",
          zh: "系数协方差矩阵奇异，聚类数少于系数个数时会如此。"))
    }
    let statistic = inverse.quadraticForm(values)
    guard let residualDegrees else {
      return TestResult(key, hypothesis, statistic, .chiSquared(positions.count))
    }
    return TestResult(
      key, hypothesis, statistic / Double(positions.count), .f(positions.count, residualDegrees))
  }
}
