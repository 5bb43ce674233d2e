internal import RuralValueNumerics

/// A test of the hypothesis that the instruments do not identify the coefficients.
///
/// If E[Z′X] has rank k − 1, some combination d of the regressors is orthogonal to all instruments. The statistic is
/// the smallest J over all such directions,
///
///     J = min_d (Z′Xd)′ [Σ_c Z_c′X_c d d′X_c′Z_c]⁻¹ (Z′Xd) = min_d 1′P_M 1,   M(d) = rows (Z_c′X_c d)′
///
/// χ² with j − k + 1 degrees of freedom; a small p value speaks for identification. It does not matter which
/// coefficient a direction is normalised on, which makes it a test: the two-step J of one regressor on the others
/// rejects three times in four where another regressor has no instrument. J is minimised by Newton's method from the
/// two-step estimates of the regressors that are identified worst, in coordinates in which X′Z A₁ Z′X is the identity.
///
/// Source: Cragg and Donald (1997), Journal of Econometrics 76, in its robust form; Windmeijer (2021), Journal of
/// Econometrics 226; Sanderson and Windmeijer (2016), Journal of Econometrics 190.
struct UnderidentificationTest: Sendable {
  /// The test.
  let result: TestResult
  /// The combination of regressors that is identified worst, its largest entry 1, and each coefficient's own two-step J.
  let direction: [Double]
  let twoStep: [TestResult.Statistic?]

  private static let key = "underidentification"
  private static let hypothesis = Phrase("some coefficient is not identified", zh: "有系数不可识别")
  private static let singular = Phrase(
    "The instruments do not tell the regressors apart to working precision.", zh: "工具变量在计算精度内无法区分各解释变量。")

  init(
    _ problem: GMMProblem, weight: WeightMatrix,
    search: DynamicPanelSpecification.UnderidentificationSearch
  ) {
    let k = problem.sample.coefficientCount
    let df = weight.rank - k + 1
    func absent(_ reason: Phrase) -> TestResult {
      TestResult(UnderidentificationTest.key, UnderidentificationTest.hypothesis, notComputed: reason)
    }
    let kept = weight.independent
    guard search == .full || UnderidentificationTest.isQuick(problem, instruments: kept.count) else {
      (direction, twoStep) = ([], [])
      result = absent(UnderidentificationTest.long(problem, instruments: kept.count))
      return
    }
    guard let products = RegressorProducts(problem, instruments: kept, weight: weight) else {
      (direction, twoStep) = ([], [])
      result = absent(UnderidentificationTest.singular)
      return
    }
    guard products.clusterCount > kept.count else {
      (direction, twoStep) = ([], [])
      result = absent(
        Phrase(
          "The test needs more units or clusters than instruments: there are \(products.clusterCount) for"
            + " \(kept.count).",
          zh: "该检验要求个体（聚类）数多于工具变量数：现有\(products.clusterCount)个，工具变量\(kept.count)个。"))
      return
    }
    let starts = products.twoSteps()
    twoStep = starts.map { $0.map { TestResult.Statistic($0.statistic, .chiSquared(df)) } }
    let ordered = starts.compactMap(\.self).sorted { $0.statistic < $1.statistic }
    let used = search == .full ? ordered[...] : ordered.prefix(2)
    let ends = used.compactMap { DirectionSearch.end(products, from: $0.direction) }
    guard let best = ends.min(by: { $0.value < $1.value }) else {
      direction = []
      result = absent(UnderidentificationTest.singular)
      return
    }
    let combination = products.combination(best.direction)
    let largest = combination.max { abs($0) < abs($1) } ?? 1
    direction = combination.scaled(by: 1 / largest)
    result = TestResult(
      UnderidentificationTest.key, UnderidentificationTest.hypothesis, products.statistic(of: best.rows),
      .chiSquared(df))
  }

  /// Whether a search takes seconds at most: C j (j + 4k) multiplications for each of some sixty points.
  private static func isQuick(_ problem: GMMProblem, instruments: Int) -> Bool {
    let (clusters, moments) = (Double(problem.clusterCount), Double(instruments))
    return clusters * moments * (moments + 4 * Double(problem.sample.coefficientCount)) <= 3e8
  }

  private static func long(_ problem: GMMProblem, instruments: Int) -> Phrase {
    let (clusters, terms) = (problem.clusterCount, problem.sample.coefficientCount)
    return Phrase(
      "The search over \(terms) coefficients takes long with \(instruments) instruments of \(clusters) units or"
        + " clusters; it is made where all of it is asked for.",
      zh: "对\(terms)个系数、\(instruments)个工具变量、\(clusters)个个体（聚类）的搜索耗时较长；仅在要求完整搜索时进行。")
  }
}

/// Z_c′X_c of every cluster, from which J of any direction is computed.
///
/// Directions are u = L′d with X′Z A₁ Z′X = LL′, so that regressors of whatever scale count alike.
private struct RegressorProducts {
  /// J of a direction, with what its derivatives need.
  struct Point {
    let value: Double
    /// M(d), C × j.
    let rows: Matrix
    /// M′M.
    let factor: Cholesky
    /// a = M⁺1.
    let solution: [Double]
  }

  /// For each of k regressors the C × j matrix of rows (Z_c′x_c)′, side by side, C × jk.
  private let parts: Matrix
  /// The same numbers, each of these matrices as one column, Cj × k.
  private let columns: Matrix
  /// Z′X, j × k.
  private let sums: Matrix
  /// L⁻′: its columns are the coordinates as combinations of the regressors.
  private let basis: Matrix
  let clusterCount: Int
  let instrumentCount: Int

  /// Nil where the regressors cannot be told apart.
  init?(_ problem: GMMProblem, instruments: [Int], weight: WeightMatrix) {
    let crossing = problem.instrumentRegressors.transposedTimes(weight.times(problem.instrumentRegressors))
    guard let factor = try? Cholesky(crossing.symmetrised), let inverse = try? LU(factor.lower).inverse else {
      return nil
    }
    basis = inverse.transposed
    let isWhole = instruments.count == problem.instruments.columnCount
    var elements: [Double] = []
    elements.reserveCapacity(problem.clusterCount * instruments.count * problem.sample.coefficientCount)
    for regressor in 0..<problem.sample.coefficientCount {
      let scores = problem.scores(problem.sample.blocks.map { $0.regressors.column(regressor) })
      elements += isWhole ? scores.elements : scores.selectingColumns(instruments).elements
    }
    let all = Matrix(
      rowCount: problem.clusterCount, columnCount: instruments.count * problem.sample.coefficientCount,
      columnMajor: elements)
    // A cluster without a usable row has no moments.
    let used = (0..<problem.clusterCount).filter { row in
      (0..<all.columnCount).contains { all[row, $0] != 0 }
    }
    parts = used.count == problem.clusterCount ? all : all.selectingRows(used)
    columns = Matrix(
      rowCount: used.count * instruments.count, columnCount: problem.sample.coefficientCount,
      columnMajor: parts.elements)
    clusterCount = used.count
    instrumentCount = instruments.count
    sums = problem.instrumentRegressors.selectingRows(instruments)
  }

  var dimension: Int { columns.columnCount }

  /// The combination of the regressors with these coordinates.
  func combination(_ coordinates: [Double]) -> [Double] { basis.times(coordinates) }

  /// M(d) of a direction in coordinates, C × j.
  private func rows(_ direction: [Double]) -> Matrix {
    Matrix(
      rowCount: clusterCount, columnCount: instrumentCount,
      columnMajor: columns.times(combination(direction)))
  }

  /// J of a direction; nil where M has not full rank.
  func point(_ direction: [Double]) -> Point? {
    let rows = rows(direction)
    let moments = sums.times(combination(direction))
    guard let factor = try? Cholesky(rows.crossProduct, relativeTolerance: 1e-13),
      let solution = try? factor.solve(moments)
    else { return nil }
    let value = moments.innerProduct(with: solution)
    return value.isFinite ? Point(value: value, rows: rows, factor: factor, solution: solution) : nil
  }

  /// The gradient of J, 2E′a with E = Q − Σ (m_c′a) Z_c′X_c, and its second derivatives, 2 (R′S⁻¹R − U′U) with U of rows
  /// (Z_c′X_c)′a, c = 1, …, C, and R = E − M′U.
  func derivatives(_ point: Point) -> (gradient: [Double], curvature: Matrix)? {
    let fitted = point.rows.times(point.solution)
    let turned = Matrix(
      columns: (0..<dimension).map { parts.times(point.solution, columnsFrom: $0 * instrumentCount) })
    let remaining =
      sums
      - Matrix(
        rowCount: instrumentCount, columnCount: dimension, columnMajor: parts.transposedTimes(fitted))
    let residual = remaining - point.rows.transposedTimes(turned)
    guard let solved = try? point.factor.solve(residual) else { return nil }
    let curvature = 2 * (residual.transposedTimes(solved) - turned.crossProduct)
    return (
      basis.transposedTimes(remaining.transposedTimes(point.solution)).scaled(by: 2),
      basis.transposedTimes(curvature.times(basis)).symmetrised
    )
  }

  /// J of a direction by least squares of ones on M, which does not square its condition.
  func statistic(of rows: Matrix) -> Double {
    let ones = [Double](repeating: 1, count: clusterCount)
    guard let fit = try? LeastSquares(rows).regress(ones, centred: false) else { return .nan }
    return rows.times(fit.coefficients).innerProduct(with: ones)
  }

  /// For each regressor its two-step combination with the others, in coordinates, and its J; nil where it has none.
  func twoSteps() -> [(direction: [Double], statistic: Double)?] {
    // In these coordinates the first step's metric is the identity; the second's is Q′S(d)⁻¹Q.
    let firsts = (0..<dimension).map { smallest(Matrix.identity(dimension), $0) ?? basis.row($0) }
    let rows = Matrix(
      rowCount: clusterCount, columnCount: parts.columnCount,
      columnMajor: columns.times(basis.times(Matrix(columns: firsts))).elements)
    return (0..<dimension).map { position in
      let own = rows.selectingColumns(Array(position * instrumentCount..<(position + 1) * instrumentCount))
      guard let factor = try? Cholesky(own.crossProduct), let weighted = try? factor.solve(sums) else {
        return nil
      }
      let metric = basis.transposedTimes(sums.transposedTimes(weighted).times(basis)).symmetrised
      guard let second = smallest(metric, position) else { return nil }
      return (second, metric.quadraticForm(second))
    }
  }

  /// The combination with 1 at a regressor that is smallest in a metric, min u′Gu with eᵢ′L⁻′u = 1: u ∝ G⁻¹ L⁻¹eᵢ.
  private func smallest(_ metric: Matrix, _ position: Int) -> [Double]? {
    let condition = basis.row(position)
    guard let solved = try? Cholesky(metric).solve(condition) else { return nil }
    let scale = condition.innerProduct(with: solved)
    return scale > 0 ? solved.scaled(by: 1 / scale) : nil
  }
}

/// The search for the direction with the smallest J, by Newton's method on the unit sphere.
private enum DirectionSearch {
  private static let mostSteps = 100
  /// No step is longer, in radians: longer ones leap from valley to valley, and where they end is a matter of last digits.
  private static let longestStep = 0.25
  /// Where the next step promises less than this part of J, it is the last.
  private static let stillness = 1e-7

  /// The end of the search from a direction; nil where J cannot be computed there.
  static func end(
    _ products: RegressorProducts, from start: [Double]
  ) -> (direction: [Double], value: Double, rows: Matrix)? {
    var direction = start.scaled(by: 1 / start.euclideanNorm)
    guard var point = products.point(direction) else { return nil }
    for _ in 0..<mostSteps {
      guard let (gradient, curvature) = products.derivatives(point),
        let step = step(direction, gradient, curvature)
      else { break }
      let slope = step.innerProduct(with: gradient)
      let isLast = -slope <= stillness * (1 + point.value)
      // The last step is as good as exact, and what it gains may be below the digits of J.
      guard
        let next = advance(
          products, direction, step, from: point.value, slope: isLast ? stillness * point.value : slope,
          halvings: isLast ? 0 : 30)
      else { break }
      (direction, point) = next
      if isLast { break }
    }
    return (direction, point.value, point.rows)
  }

  /// Newton's step with curvatures below zero turned, so that it goes down, and shortened: −(|H| + μ)⁻¹g.
  ///
  /// J does not change along the direction itself, which is left out.
  private static func step(_ direction: [Double], _ gradient: [Double], _ curvature: Matrix) -> [Double]? {
    var across = Matrix.identity(direction.count)
    across.addOuterProduct(direction, direction, scale: -1)
    guard let spectrum = try? SymmetricEigen(across.times(curvature).times(across).symmetrised) else {
      return nil
    }
    let used = spectrum.values.indices.filter {
      abs(spectrum.vectors.column($0).innerProduct(with: direction)) < 0.5
    }
    let curvatures = used.map { abs(spectrum.values[$0]) }
    let slopes = used.map { spectrum.vectors.column($0).innerProduct(with: gradient) }
    guard let largest = curvatures.max(), largest > 0 else { return nil }
    func lengths(_ damping: Double) -> [Double] { zip(slopes, curvatures).map { -$0 / ($1 + damping) } }
    // The least damping that keeps the step short, by bisection of its logarithm.
    var (low, high) = (1e-8 * largest, largest + slopes.euclideanNorm / longestStep)
    if lengths(low).euclideanNorm <= longestStep {
      high = low
    } else {
      for _ in 0..<60 {
        let middle = (low * high).squareRoot()
        if lengths(middle).euclideanNorm > longestStep { low = middle } else { high = middle }
      }
    }
    var step = [Double](repeating: 0, count: direction.count)
    for (position, length) in zip(used, lengths(high)) {
      step.add(spectrum.vectors.column(position), scale: length)
    }
    return step
  }

  /// The point at which a step ends, halved until J falls enough.
  private static func advance(
    _ products: RegressorProducts, _ direction: [Double], _ step: [Double], from value: Double, slope: Double,
    halvings: Int
  ) -> (direction: [Double], point: RegressorProducts.Point)? {
    var share = 1.0
    for _ in 0...halvings {
      let end = direction.plus(step.scaled(by: share))
      let unit = end.scaled(by: 1 / end.euclideanNorm)
      if let next = products.point(unit), next.value <= value + 1e-4 * share * slope { return (unit, next) }
      share /= 2
    }
    return nil
  }
}
