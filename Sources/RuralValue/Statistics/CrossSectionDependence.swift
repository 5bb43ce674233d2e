internal import RuralValueNumerics

/// How far the residuals of units depend on each other: Pesaran's CD and the mean |r_ij|.
///
///     CD = √(1/pairs) Σ_{i<j} √T_ij r_ij
///
/// In a balanced panel Σ_{i<j} r_ij = (‖Σ_i z_i‖² − N)/2 with series z_i of length one, so that pairs need not be looked at.
/// With effects of periods the residuals of a period add up to zero and CD lies near −√(TN/(2(N − 1))) whatever the
/// dependence; the mean |r_ij| does not.
///
/// Source: Pesaran (2021); methods/spatial-corrections.md, 2.7; methods/fixed-effects.md, section 3.
struct CrossSectionDependence {
  /// The residuals of each unit about their mean, scaled to length one.
  private let series: [[Double]]
  private let periodCount: Int

  /// Series of one length for every unit; nil where one does not vary.
  init?(_ values: [[Double]]) {
    var series: [[Double]] = []
    for own in values {
      let mean = own.mean
      let centred = own.map { $0 - mean }
      let length = centred.euclideanNorm
      guard length > 0 else { return nil }
      series.append(centred.scaled(by: 1 / length))
    }
    guard let first = series.first, series.count > 1 else { return nil }
    self.series = series
    periodCount = first.count
  }

  /// CD.
  var statistic: Double {
    let (n, t) = (Double(series.count), Double(periodCount))
    let total = series.reduce([Double](repeating: 0, count: periodCount)) { $0.plus($1) }
    let sum = 0.5 * (total.innerProduct(with: total) - n)
    return (2 * t / (n * (n - 1))).squareRoot() * sum
  }

  /// The mean |r_ij| over pairs of units.
  var meanAbsoluteCorrelation: Double {
    let size = series.count
    let panel = Matrix(columns: series)
    var sum = CompensatedSum()
    for start in stride(from: 0, to: size, by: 128) {
      let block = Array(start..<min(size, start + 128))
      let products = panel.transposedTimes(panel.selectingColumns(block))
      for (column, j) in block.enumerated() {
        for i in 0..<j { sum.add(abs(products[i, column])) }
      }
    }
    return 2 * sum.value / (Double(size) * Double(size - 1))
  }

  /// What effects of periods do to CD.
  static func absence(units: Int, periods: Int) -> Phrase {
    let (n, t) = (Double(units), Double(periods))
    let bound = FixedDecimals.text(-(t * n / (2 * (n - 1))).squareRoot(), decimals: 3)
    return Phrase("effects of periods put it near \(bound)", zh: "时间效应使其恒约为\(bound)")
  }

  /// CD of series with holes, and the number of pairs: each pair over the periods that both have, two at least.
  static func unbalanced(_ table: [[Double]]) -> (statistic: Double, pairs: Int)? {
    var (total, pairs) = (CompensatedSum(), 0)
    for i in table.indices {
      for j in 0..<i {
        let common = table[i].indices.filter { !table[i][$0].isNaN && !table[j][$0].isNaN }
        guard common.count >= 2 else { continue }
        let count = Double(common.count)
        let (a, b) = (
          common.reduce(0) { $0 + table[i][$1] } / count, common.reduce(0) { $0 + table[j][$1] } / count
        )
        var (cross, one, other) = (0.0, 0.0, 0.0)
        for t in common {
          let (x, y) = (table[i][t] - a, table[j][t] - b)
          cross += x * y
          one += x * x
          other += y * y
        }
        guard one > 0, other > 0 else { continue }
        total.add(count.squareRoot() * cross / (one * other).squareRoot())
        pairs += 1
      }
    }
    return pairs > 0 ? (total.value / Double(pairs).squareRoot(), pairs) : nil
  }
}
