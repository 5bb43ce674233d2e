import Foundation
import RuralValue
import TestSupport
import Testing

/// Truth: how often the Windmeijer interval covers α in panels of the Hunan paper's size and parameters.
///
/// Runs with RURALVALUE_SLOW_TESTS=1; RURALVALUE_UPDATE_REFERENCE=1 writes the table anew.
struct MonteCarloTests {
  private static let environment = ProcessInfo.processInfo.environment
  /// Table 4 of the paper: the coefficients of P, C, I and T.
  private static let slopes = [0.199, -0.035, -0.064, -0.004]

  private struct Row {
    let estimator: DynamicPanelSpecification.Estimator
    let units: Int
    let alpha: Double
    var estimates: [Double] = []
    var classical: [Double] = []
    var windmeijer: [Double] = []

    func coverage(_ errors: [Double]) -> Double {
      let hits = zip(estimates, errors).count { abs($0 - alpha) <= 1.959963984540054 * $1 }
      return Double(hits) / Double(estimates.count)
    }

    var mean: Double { estimates.reduce(0, +) / Double(estimates.count) }

    var deviation: Double {
      (estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(estimates.count - 1)).squareRoot()
    }

    var numbers: [Double] {
      let count = Double(estimates.count)
      return [
        mean, mean - alpha, deviation, classical.reduce(0, +) / count, windmeijer.reduce(0, +) / count,
        coverage(classical), coverage(windmeijer),
      ]
    }
  }

  @Test(.enabled(if: environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `the Windmeijer interval covers α as often as it says`() throws {
    var rows: [Row] = []
    for estimator in [DynamicPanelSpecification.Estimator.system, .difference] {
      for alpha in [0.064, 0.5, 0.8] {
        rows.append(try simulate(estimator, units: 121, alpha: alpha, replications: 2000))
      }
      rows.append(try simulate(estimator, units: 1000, alpha: 0.064, replications: 1000))
    }
    for row in rows {
      let numbers = row.numbers
      let label = "\(row.estimator.rawValue), N = \(row.units), α = \(row.alpha)"
      if row.alpha < 0.1 {
        expectClose(numbers[0], row.alpha, absolute: 0.02, from: "the truth", label)
        // Three standard errors of a share of 0.95 in 1000 draws.
        expectClose(numbers[6], 0.95, absolute: 0.0207, from: "the interval's level", label)
      }
      // The classical two-step error is too small in small samples, which is why Windmeijer's is the default.
      if row.units == 121 { #expect(abs(numbers[6] - 0.95) < abs(numbers[5] - 0.95), "\(label)") }
    }
    try compare(rows)
  }

  private func simulate(
    _ estimator: DynamicPanelSpecification.Estimator, units: Int, alpha: Double, replications: Int
  ) throws -> Row {
    var row = Row(estimator: estimator, units: units, alpha: alpha)
    var specification = DynamicPanelSpecification(
      try FormulaSpecification("V ~ lag(V) + P + C + I + T"))
    specification.estimator = estimator
    specification.gmmInstruments = [try GMMInstruments("V,2:;collapse")]
    specification.standardInstruments = [
      try StandardInstruments(estimator == .system ? "P,C,I,T;eq=diff" : "P,C,I,T")
    ]
    if estimator == .system {
      specification.gmmInstruments.append(try GMMInstruments("P,C,I,T,0:0;collapse;eq=level"))
    }
    var classical = specification
    classical.standardErrors = .classical
    for replication in 0..<replications {
      let panel = SimulatedPanel(
        units: units, periods: 11, alpha: alpha, slopes: Self.slopes, seed: UInt64(replication + 1)
      ).draw()
      let lag = try DynamicPanelEstimator.fit(panel, specification).estimates[0]
      row.estimates.append(lag.value)
      row.windmeijer.append(lag.standardError)
      row.classical.append(
        try DynamicPanelEstimator.fit(panel, classical).estimates[0].standardError)
    }
    return row
  }

  private func compare(_ rows: [Row]) throws {
    let names = "mean,bias,sd,mean_se_classical,mean_se_windmeijer,coverage_classical,coverage_windmeijer"
    let url = ProjectFiles.fixture("reference/gmm-monte-carlo/coverage.csv")
    if Self.environment["RURALVALUE_UPDATE_REFERENCE"] == "1" {
      let lines = rows.map { row in
        ([row.estimator.rawValue, "\(row.units)", "\(row.alpha)", "\(row.estimates.count)"]
          + row.numbers.map { String(format: "%.5f", $0) }).joined(separator: ",")
      }
      let text = (["estimator,units,alpha,replications,\(names)"] + lines).joined(separator: "\n") + "\n"
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count == rows.count)
    for (line, row) in zip(lines, rows) {
      let cells = line.split(separator: ",").dropFirst(4).compactMap { Double($0) }
      for (cell, number) in zip(cells, row.numbers) {
        expectClose(number, cell, absolute: 1.001e-3, from: "coverage.csv", String(line.prefix(20)))
      }
    }
  }
}
