import Foundation
import RuralValue
import TestSupport
import Testing

/// Truth: what a call without instruments concludes on panels of 121 counties and 11 years.
///
/// Runs with RURALVALUE_SLOW_TESTS=1; RURALVALUE_UPDATE_REFERENCE=1 writes the table anew.
struct DefaultCallMonteCarloTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let replications = 1000

  /// Three standard errors of a share of 0.95 in 1000 draws are 0.02: shares within 0.90 and 0.99 are what is asked for.
  @Test(.enabled(if: environment["RURALVALUE_SLOW_TESTS"] == "1"))
  func `intervals of the default call hold the truth, and no factor is found where there is none`() throws {
    var rows: [DefaultCallRow] = []
    for design in DefaultCallDesign.all {
      for row in try simulate(design) {
        if design.mustHold {
          #expect((0.90...0.99).contains(row.coverage), "\(row.line)")
          if row.truth == 0 { #expect(row.rejection <= 0.10, "\(row.line)") }
        }
        rows.append(row)
      }
    }
    // The design where every system set fails: no test sees it, and difference GMM stands beside.
    let unsettled = try #require(rows.first { $0.design == "first year below its path" })
    #expect(unsettled.coverage < 0.9 && unsettled.differenceCoverage > 0.9, "\(unsettled.line)")
    try compare(rows)
  }

  private func simulate(_ design: DefaultCallDesign) throws -> [DefaultCallRow] {
    let specification = DynamicPanelSpecification(try FormulaSpecification(design.formula))
    var rows = design.truths.map {
      DefaultCallRow(design: design.name, coefficient: $0.name, truth: $0.value)
    }
    for replication in 0..<Self.replications {
      let result = try DynamicPanelEstimator.fit(design.panel(seed: UInt64(replication + 1)), specification)
      let isFar = result.difference?.distances.contains { abs($0) > 2 } ?? false
      let isRejected = result.test("hansen")?.rejects ?? false
      for place in rows.indices {
        let name = rows[place].coefficient
        rows[place].add(
          try #require(result.coefficient(name)),
          beside: result.difference?.estimates.first { $0.name == name }, isFar: isFar, isRejected: isRejected
        )
      }
    }
    return rows
  }

  private func compare(_ rows: [DefaultCallRow]) throws {
    let url = ProjectFiles.fixture("reference/gmm-default/coverage.csv")
    if Self.environment["RURALVALUE_UPDATE_REFERENCE"] == "1" {
      let text = ([DefaultCallRow.header] + rows.map(\.line)).joined(separator: "\n") + "\n"
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count == rows.count)
    for (line, row) in zip(lines, rows) {
      let cells = line.split(separator: ",").dropFirst(2).compactMap { Double($0) }
      for (cell, number) in zip(cells, row.numbers) {
        // A draw whose interval ends at the truth may fall on either side on another processor.
        expectClose(number, cell, absolute: 2.001e-3, from: "coverage.csv", String(line.prefix(40)))
      }
    }
  }
}

/// One coefficient of one design over all draws.
private struct DefaultCallRow {
  let design: String
  let coefficient: String
  let truth: Double
  private var estimates: [Double] = []
  private var hits = 0
  private var rejections = 0
  private var differenceHits = 0
  private var far = 0
  private var hansen = 0

  init(design: String, coefficient: String, truth: Double) {
    self.design = design
    self.coefficient = coefficient
    self.truth = truth
  }

  private static let critical = 1.959963984540054

  mutating func add(_ estimate: Estimate, beside other: Estimate?, isFar: Bool, isRejected: Bool) {
    estimates.append(estimate.value)
    if abs(estimate.value - truth) <= Self.critical * estimate.standardError { hits += 1 }
    if estimate.pValue < 0.05 { rejections += 1 }
    if let other, abs(other.value - truth) <= Self.critical * other.standardError { differenceHits += 1 }
    if isFar { far += 1 }
    if isRejected { hansen += 1 }
  }

  private var count: Double { Double(estimates.count) }
  private var mean: Double { estimates.reduce(0, +) / count }
  private var deviation: Double {
    (estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
  }

  /// The share of 95 % intervals that hold the truth.
  var coverage: Double { Double(hits) / count }
  /// The share of draws in which zero is rejected at 5 %.
  var rejection: Double { Double(rejections) / count }
  /// The share of difference GMM's intervals that hold the truth.
  var differenceCoverage: Double { Double(differenceHits) / count }

  static let header =
    "design,coefficient,truth,mean,sd,coverage,rejects_zero,difference_coverage,distance_caution,hansen_rejects"

  var numbers: [Double] {
    [
      truth, mean, deviation, coverage, rejection, differenceCoverage, Double(far) / count,
      Double(hansen) / count,
    ]
  }

  var line: String {
    "\(design),\"\(coefficient)\"," + numbers.map { String(format: "%.4f", $0) }.joined(separator: ",")
  }
}

/// y_it = Σα y_i,t−s + Σβ x_it + .5 η_i + τ_t + v_it, with x AR(ρ) about load · η_i, perhaps answering to last year's v.
private struct DefaultCallDesign {
  let name: String
  var formula = "y ~ lag(y) + x + w"
  var lags = [0.5]
  var slopes = [0.5, -0.3]
  /// The coefficient of x·w.
  var product = 0.0
  var persistence = 0.5
  var load = 0.0
  var feedback = 0.0
  /// How far the first year lies off its steady path, in η: half of what η adds to that path, .5 η / (1 − α), is 1.25.
  var start = 0.0
  /// Whether coverage is asked for.
  var mustHold = true

  static let all: [DefaultCallDesign] =
    [0.0, 0.5].flatMap { load in
      [0.3, 0.5, 0.8].map { alpha in
        DefaultCallDesign(
          name: "lag \(alpha) \(load == 0 ? "regressors without" : "regressors with") the unit effect",
          lags: [alpha],
          load: load)
      }
    } + [
      .init(name: "persistent regressors with the unit effect", persistence: 0.8, load: 0.5),
      .init(
        name: "lag 0.8 persistent regressors with the unit effect", lags: [0.8], persistence: 0.8, load: 0.5),
      .init(name: "feedback from last year's outcome", load: 0.5, feedback: 0.3),
      .init(name: "lag 0.8 feedback from last year's outcome", lags: [0.8], load: 0.5, feedback: 0.3),
      .init(name: "a product", formula: "y ~ lag(y) + x*w", product: 0.2, load: 0.5),
      .init(name: "two lags", formula: "y ~ lag(y, 1:2) + x + w", lags: [0.4, 0.2], load: 0.5),
      .init(name: "growth form", formula: "diff(y) ~ lag(y) + x + w", load: 0.5),
      .init(name: "no effects", slopes: [0, 0], load: 0.5),
      .init(name: "no effects with feedback", slopes: [0, 0], load: 0.5, feedback: 0.3),
      .init(
        name: "no effects four regressors and a product", formula: "y ~ lag(y) + x*w + u + z",
        slopes: [0, 0, 0, 0], load: 0.5),
      .init(name: "first year above its path", lags: [0.8], load: 0.5, start: 1.25, mustHold: false),
      .init(name: "first year below its path", lags: [0.8], load: 0.5, start: -1.25, mustHold: false),
    ]

  private static let names = ["x", "w", "u", "z"]

  /// The coefficients with their true values, those of the formula.
  var truths: [(name: String, value: Double)] {
    let isGrowth = formula.hasPrefix("diff")
    let own = lags.enumerated().map { place, value in
      (name: "lag(y, \(place + 1))", value: isGrowth ? value - 1 : value)
    }
    let others = zip(Self.names, slopes).map { (name: $0, value: $1) }
    return own + others + (formula.contains("*") ? [(name: "x:w", value: product)] : [])
  }

  func panel(seed: UInt64) -> Panel {
    var stream = NormalStream(seed: seed)
    let (units, periods, warmUp) = (121, 11, 40)
    let times = (0..<periods + warmUp).map { _ in 0.3 * stream.next() }
    var outcomes: [Double] = []
    var regressors = [[Double]](repeating: [], count: slopes.count)
    for _ in 0..<units {
      let effect = stream.next()
      var state = slopes.map { _ in stream.next() }
      var history = [Double](repeating: 0, count: lags.count)
      var error = 0.0
      for time in times.indices {
        if time == warmUp { history[0] += start * effect }
        for place in state.indices {
          let innovation = (1 - persistence * persistence).squareRoot() * stream.next()
          state[place] = persistence * state[place] + innovation + feedback * error
        }
        let values = state.map { $0 + load * effect }
        error = stream.next()
        let outcome =
          zip(lags, history).reduce(0) { $0 + $1.0 * $1.1 }
          + zip(slopes, values).reduce(0) { $0 + $1.0 * $1.1 }
          + (product == 0 ? 0 : product * values[0] * values[1]) + 0.5 * effect + times[time] + error
        history = [outcome] + history.dropLast()
        guard time >= warmUp else { continue }
        outcomes.append(outcome)
        for place in values.indices { regressors[place].append(values[place]) }
      }
    }
    return try! Panel(
      source: "simulated", unitOfRow: (0..<units).flatMap { [String](repeating: "u\($0)", count: periods) },
      timeOfRow: (0..<units).flatMap { _ in (0..<periods).map { 2012 + $0 } },
      variables: [("y", outcomes)] + slopes.indices.map { (Self.names[$0], regressors[$0]) })
  }
}
