/// The arithmetic mean.
func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}

/// Moran's I with row-standardised weights: Σ z_i (Wz)_i / Σ z_i².
func moran(_ values: [Double], neighbours: [[Int]]) -> Double {
  let centre = mean(values)
  let z = values.map { $0 - centre }
  let lagged = neighbours.map { list in mean(list.map { z[$0] }) }
  return zip(z, lagged).reduce(0) { $0 + $1.0 * $1.1 } / z.reduce(0) { $0 + $1 * $1 }
}

/// The correlation of x_it with x_i,t−1 over all counties and years; one series a county.
func lagCorrelation(_ series: [[Double]]) -> Double {
  let later = series.flatMap { $0.dropFirst() }
  let earlier = series.flatMap { $0.dropLast() }
  let (meanLater, meanEarlier) = (mean(later), mean(earlier))
  var (cross, left, right) = (0.0, 0.0, 0.0)
  for (a, b) in zip(later, earlier) {
    cross += (a - meanLater) * (b - meanEarlier)
    left += (a - meanLater) * (a - meanLater)
    right += (b - meanEarlier) * (b - meanEarlier)
  }
  return cross / (left * right).squareRoot()
}

/// The series less county and year means.
func doublyDemeaned(_ series: [[Double]]) -> [[Double]] {
  let yearMeans = series[0].indices.map { year in mean(series.map { $0[year] }) }
  let centre = mean(yearMeans)
  return series.map { county in
    let countyMean = mean(county)
    return zip(county, yearMeans).map { $0 - countyMean - $1 + centre }
  }
}
