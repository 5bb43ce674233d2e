import RuralValue
import RuralValueNumerics

/// Panels drawn from a spatial model with known parameters.
struct PlantedPanel {
  var rho = 0.4
  var lambda = 0.0
  var beta = [1.0, -0.5]
  var theta = [0.5, 0.25]
  var sigma = 1.0
  var periods = 11
  /// What a period's errors keep of those a period earlier.
  var persistence = 0.0
  /// The coefficients of y and Wy a period earlier; the panel then begins where thirty periods have passed.
  var lags = (outcome: 0.0, neighbours: 0.0)
  /// The weights of the errors, where they are others than those of y and x.
  var errorWeights: SpatialWeights?
  /// Whether units and periods have effects.
  var hasEffects = true

  /// Draws a panel over the units of these weights; regressors are x1, x2, …
  func draw(_ weights: SpatialWeights, seed: UInt64) throws -> Panel {
    var generator = CounterBasedGenerator(seed: seed)
    let n = weights.unitCount
    let mu = hasEffects ? generator.normals(n) : [Double](repeating: 0, count: n)
    var units: [String] = []
    var times: [Int] = []
    var outcome: [Double] = []
    var regressors = [[Double]](repeating: [], count: beta.count)
    let isDynamic = lags != (0, 0)
    var (earlier, last) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
    for period in (isDynamic ? -30 : 0)..<periods {
      let alpha = hasEffects ? generator.normal() : 0
      var mean = mu.map { $0 + alpha }
      for k in beta.indices {
        let x = zip(generator.normals(n), mu).map { $0 + 0.3 * $1 }
        mean = mean.plus(x.scaled(by: beta[k])).plus(weights.spatialLag(x).scaled(by: theta[k]))
        if period >= 0 { regressors[k] += x }
      }
      var shock = generator.normals(n).scaled(by: sigma)
      if persistence != 0 {
        // The first has the variance of all.
        let share = period == 0 ? 1 : (1 - persistence * persistence).squareRoot()
        shock = shock.scaled(by: share).plus(last.scaled(by: persistence))
        last = shock
      }
      if isDynamic {
        mean.add(earlier, scale: lags.outcome)
        mean.add(weights.spatialLag(earlier), scale: lags.neighbours)
      }
      let y = solve(mean.plus(solve(shock, lambda, errorWeights ?? weights)), rho, weights)
      earlier = y
      guard period >= 0 else { continue }
      outcome += y
      units += weights.units
      times += [Int](repeating: 2000 + period, count: n)
    }
    return try Panel(
      source: "planted", unitColumn: "unit", timeColumn: "year", unitOfRow: units, timeOfRow: times,
      lines: Array(2..<(units.count + 2)),
      variables: [("y", outcome)] + regressors.enumerated().map { ("x\($0.offset + 1)", $0.element) })
  }

  /// (I − rW)⁻¹b by the series, cut where it no longer counts.
  private func solve(_ b: [Double], _ r: Double, _ weights: SpatialWeights) -> [Double] {
    guard r != 0 else { return b }
    var x = b
    var term = b
    while (term.map { abs($0) }.max() ?? 0) > 1e-14 {
      term = weights.spatialLag(term).scaled(by: r)
      x.add(term)
    }
    return x
  }

  /// The specification that fits.
  func specification(
    _ model: SpatialDurbinSpecification.Model = .sdm, _ effects: SpatialDurbinSpecification.Effects = .twoways
  ) throws -> SpatialDurbinSpecification {
    let terms = beta.indices.map { "x\($0 + 1)" }.joined(separator: " + ")
    return SpatialDurbinSpecification(
      formula: try FormulaSpecification("y ~ \(terms)"), model: model, effects: effects, draws: 0,
      isTested: false)
  }
}

/// Weights over simple graphs.
enum TestWeights {
  /// Row-standardised queen contiguity on a grid.
  static func grid(_ rows: Int, _ columns: Int) throws -> SpatialWeights {
    var links: [SpatialWeights.Link] = []
    for r in 0..<rows {
      for c in 0..<columns {
        for (dr, dc) in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
        where (0..<rows).contains(r + dr) && (0..<columns).contains(c + dc) {
          links.append(.init(from: r * columns + c, to: (r + dr) * columns + c + dc))
        }
      }
    }
    return try SpatialWeights(units: (0..<(rows * columns)).map { "u\($0)" }, links: links).standardised(.row)
  }

  /// Row-standardised weights in which each unit leans on the next few on a ring: not symmetric.
  static func ring(_ count: Int, ahead: [Int] = [1, 2, 5]) throws -> SpatialWeights {
    let links = (0..<count).flatMap { i in ahead.map { SpatialWeights.Link(from: i, to: (i + $0) % count) } }
    return try SpatialWeights(units: (0..<count).map { "u\($0)" }, links: links).standardised(.row)
  }
}
