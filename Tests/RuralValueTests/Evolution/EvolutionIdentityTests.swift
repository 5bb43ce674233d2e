import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What holds without an oracle: methods/evaluation.md, section 6.
@Suite struct EvolutionIdentityTests {
  typealias Fixtures = EvolutionFixtures

  /// Random walks of some units on a ring.
  private static func walks(_ units: Int, _ periods: Int, seed: UInt64) -> (
    panel: Panel, ring: SpatialWeights
  ) {
    var generator = CounterBasedGenerator(seed: seed)
    let values = (0..<units).map { _ in
      var level = 1 + generator.uniform()
      return (0..<periods).map { _ in
        level += 0.3 * (generator.uniform() - 0.4)
        return level
      }
    }
    let panel = Fixtures.panel(values)
    let links = (0..<units).map { ("u\($0)", "u\(($0 + 1) % units)") }
    return (panel, Fixtures.weights(links, of: panel))
  }

  @Test func `rows of P sum to one, shares stay under it, and spatial counts sum to the plain ones`() throws {
    for seed in 1...20 {
      let (panel, ring) = Self.walks(30, 8, seed: UInt64(seed))
      for rule in EvolutionSpecification.LagClasses.allCases {
        for quantiles in EvolutionSpecification.QuantileRule.allCases {
          let result = try TransitionEstimator(
            panel, variable: "y",
            Fixtures.specification {
              $0.lagClasses = rule
              $0.quantiles = quantiles
              $0.classes = 3
            }
          ).result(ring)
          var sums = result.chain.counts.map { $0.map { _ in 0 } }
          for regime in result.regimes {
            for (i, row) in regime.counts.enumerated() {
              for (j, count) in row.enumerated() { sums[i][j] += count }
            }
          }
          #expect(sums == result.chain.counts && result.chain.total == 30 * 7)
          for matrix in [result.chain] + result.regimes {
            for i in 0..<3 where matrix.rowSums[i] > 0 {
              expectClose(
                (0..<3).reduce(0.0) { $0 + matrix.probability(i, $1)! }, 1, absolute: 1e-15,
                from: "a row of P")
            }
            guard let shares = matrix.ergodic else { continue }
            expectClose(shares.reduce(0, +), 1, absolute: 1e-15, from: "the sum of shares")
            for j in 0..<3 {
              let next = (0..<3).reduce(0.0) { $0 + shares[$1] * matrix.probability($1, j)! }
              expectClose(next, shares[j], absolute: 1e-14, from: "πP")
            }
          }
        }
      }
    }
  }

  @Test func `LR and Q are zero where all regimes have the same probabilities`() {
    let own = TransitionHomogeneity([[[2, 6], [3, 1]], [[4, 12], [6, 2]], [[1, 3], [9, 3]]])
    expectClose(own.likelihoodRatio, 0, absolute: 1e-13, from: "equal matrices")
    expectClose(own.q, 0, absolute: 1e-28, from: "equal matrices")
    #expect(own.degreesOfFreedom == 4 && own.smallRowCount == 2 && own.rowCount == 6)
  }

  @Test func `scatter that passes looks like catching up as often as the caution says`() throws {
    // Gaps that never close, a tenth of the first period's variance passing: 47 % in evolve_sizes.txt; here 600 draws, whose
    // own error is 2 points. Without scatter 3 % are below zero.
    var shares: [Double] = []
    for scatter in [0.0, 0.1] {
      var generator = CounterBasedGenerator(seed: 18)
      var found = 0
      for _ in 0..<600 {
        let values = (0..<121).map { _ in
          let (level, growth) = (generator.normal(), 0.316 * generator.normal())
          let passing = (scatter.squareRoot() * generator.normal(), scatter.squareRoot() * generator.normal())
          return [exp(level + passing.0), exp(level + growth + passing.1)]
        }
        let panel = Fixtures.panel(values, times: [2012, 2022])
        let beta = try #require(
          try ConvergenceEstimator(panel, variable: "y", .init()).result(nil).estimates.first?.beta)
        if beta.value < 0, beta.pValue < 0.05 { found += 1 }
      }
      shares.append(Double(found) / 600)
    }
    #expect(shares[0] < 0.06 && (0.4...0.55).contains(shares[1]), "\(shares)")
  }

  @Test func `on independent counties LR and Q reject about as often as they should`() throws {
    // 5 % of 400 draws has a standard error of 1.1; reference/evaluation/evolve_sizes.txt has 4 to 6 % of 2,000.
    var generator = CounterBasedGenerator(seed: 12)
    var rejected: [String: Int] = [:]
    for _ in 0..<400 {
      let values = (0..<80).map { _ in (0..<7).map { _ in generator.uniform() } }
      let panel = Fixtures.panel(values)
      let ring = Fixtures.weights((0..<80).map { ("u\($0)", "u\(($0 + 1) % 80)") }, of: panel)
      let result = try TransitionEstimator(panel, variable: "y", Fixtures.specification { $0.classes = 3 })
        .result(ring)
      for test in result.tests where test.rejects == true { rejected[test.key, default: 0] += 1 }
    }
    #expect(rejected.count == 4)
    for (key, count) in rejected { #expect((8...36).contains(count), "\(key): \(count) of 400") }
  }

  @Test func `a gap gives no transition, and a value on a cut falls below it`() throws {
    let panel = Fixtures.panel([[1, 2, .nan, 4], [2, 2, 3, 1], [4, 3, 2, 1]])
    let result = try TransitionEstimator(
      panel, variable: "y", Fixtures.specification { $0.cuts = [2, 3] }
    ).result(nil)
    // u0: 1→2 alone. u1: 2→2, 2→3, 3→1. u2: 4→3, 3→2, 2→1.
    #expect(result.chain.counts == [[3, 1, 0], [2, 0, 0], [0, 1, 0]])
    let apart = Fixtures.panel([[1, 2, 3], [3, 2, 1]], times: [2010, 2011, 2014])
    let gap = try TransitionEstimator(
      apart, variable: "y", Fixtures.specification { $0.cuts = [1.5] }
    ).result(nil)
    #expect(gap.chain.total == 2 && gap.halves.isEmpty && gap.tests.isEmpty)
  }

  @Test func `quantiles that are values are these values, whatever the number of classes`() throws {
    for count in [4, 7, 13, 139, 1000] {
      for classes in 2...7 where (count - 1) % classes == 0 {
        let values = (0..<count).map { 0.1 + 0.7 * Double($0) }
        let cuts = try ClassCuts(quantilesOf: values.shuffled(), classes: classes, what: "y")
        for point in cuts.points { #expect(values.contains(point)) }
      }
    }
  }

  @Test func `the order of units and of rows changes nothing`() throws {
    let (panel, ring) = Self.walks(20, 6, seed: 5)
    let values = try panel.values(of: "y")
    let order = CounterBasedGenerator(seed: 8).shuffled(Array(0..<panel.rowCount))
    let other = try Panel(
      source: "made up", unitOfRow: order.map(panel.unit(ofRow:)), timeOfRow: order.map(panel.period(ofRow:)),
      variables: [("y", order.map { values[$0] })])
    let (one, two) = (
      try EvolutionEstimator.fit(panel, variable: "y", weights: ring),
      try EvolutionEstimator.fit(other, variable: "y", weights: ring)
    )
    #expect(one.transitions?.chain == two.transitions?.chain)
    #expect(one.transitions?.regimes == two.transitions?.regimes)
    #expect(one.kernels?.periods == two.kernels?.periods)
    for (a, b) in zip(one.convergence?.estimates ?? [], two.convergence?.estimates ?? []) {
      expectClose(
        a.beta?.value ?? .nan, b.beta?.value ?? .nan, relative: 1e-8, from: "another order", "\(a.kind)")
    }
  }

  @Test func `densities integrate to one, turned back at zero from zero on, and weights are copies`() throws {
    var generator = CounterBasedGenerator(seed: 2)
    let values = (0..<40).map { _ in generator.uniform() * generator.uniform() }
    let weights = values.map { _ in Double(1 + generator.integer(below: 3)) }
    for isReflected in [false, true] {
      let density = KernelDensity(values, .silverman, isReflected: isReflected)
      let (low, high) = (isReflected ? 0 : -1.0, 2.0)
      let steps = 4000
      let width = (high - low) / Double(steps)
      let sum = (0...steps).reduce(0.0) { total, step in
        total + density.density(at: low + width * Double(step)) * (step == 0 || step == steps ? 0.5 : 1)
      }
      // The trapezium rule errs by h²f′/12 at the edge, where f′ is zero.
      expectClose(sum * width, 1, absolute: 1e-9, from: "the integral")
      let weighted = KernelDensity(values, weights: weights, .fixed(0.1), isReflected: isReflected)
      let copies = KernelDensity(
        zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }, .fixed(0.1),
        isReflected: isReflected)
      for x in [0, 0.05, 0.3, 1] {
        expectClose(weighted.density(at: x), copies.density(at: x), relative: 1e-13, from: "copies")
      }
    }
  }

  @Test func `the mode does not depend on the grid, and two humps are two maxima`() {
    let density = KernelDensity([1, 1.1, 0.9, 5, 5.1, 4.9, 5], .fixed(0.4))
    let grids = [50, 201, 777].map { (count: Int) -> [Double] in
      let step = 8 / Double(count - 1)
      return (0..<count).map { -1 + step * Double($0) }
    }
    let peaks = grids.map { grid in density.peak(on: grid, grid.map(density.density(at:))) }
    for peak in peaks {
      #expect(peak.maxima == 2)
      expectClose(peak.mode, peaks[0].mode, absolute: 1e-9, from: "another grid")
      expectClose(peak.height, peaks[0].height, relative: 1e-12, from: "another grid")
    }
  }

  @Test func `a planted β comes back, and so does its speed`() throws {
    // y_T = a y_0^(1 + bT): growth is ln(a)/T + b ln y_0 without error.
    let (b, span) = (-0.03, 10.0)
    let starts = (1...25).map { 0.3 + 0.17 * Double($0) }
    let values = starts.map { start in
      (0...10).map { $0 == 10 ? 1.8 * pow(start, 1 + b * span) : $0 == 0 ? start : Double.nan }
    }
    let result = try ConvergenceEstimator(Fixtures.panel(values), variable: "y", .init()).result(nil)
    let own = try #require(result.estimates.first)
    expectClose(own.beta?.value ?? .nan, b, relative: 1e-12, from: "planted")
    expectClose(own.speed ?? .nan, -log(1 + b * span) / span, relative: 1e-12, from: "planted")
    expectClose(own.halfLife ?? .nan, log(2) / (-log(1 + b * span) / span), relative: 1e-12, from: "planted")
    let interval = own.speedInterval(0.95)
    #expect((interval.low ?? .nan) <= own.speed! && own.speed! <= (interval.high ?? .nan))
    #expect(result.estimates.last?.beta == nil && result.estimates.last?.reason != nil)
  }

  @Test func `a planted spatial lag and a planted spatial error come back`() throws {
    let side = 20
    let units = (0..<side * side).map { "u\($0)" }
    var links: [(String, String)] = []
    for i in 0..<side {
      for j in 0..<side {
        if j + 1 < side { links.append((units[i * side + j], units[i * side + j + 1])) }
        if i + 1 < side { links.append((units[i * side + j], units[(i + 1) * side + j])) }
      }
    }
    var generator = CounterBasedGenerator(seed: 4)
    let normal = Normal()
    func noise() -> Double { 0.004 * normal.quantile(lowerTail: generator.uniform()) }
    let starts = units.map { _ in 0.5 + generator.uniform() * 3 }
    let (b, rho) = (-0.02, 0.5)
    for (kind, isLag) in [(ConvergenceEstimate.Kind.spatialLag, true), (.spatialError, false)] {
      let shell = Fixtures.panel(starts.map { [$0, $0] })
      let weights = Fixtures.weights(links, of: shell).standardised(.row)
      let shocks = units.map { _ in noise() }
      // (I − ρW)⁻¹ by its series.
      func spread(_ x: [Double]) -> [Double] {
        var (sum, term) = (x, x)
        for _ in 0..<80 {
          term = weights.spatialLag(term).map { rho * $0 }
          sum = zip(sum, term).map(+)
        }
        return sum
      }
      let straight = starts.map { 0.05 + b * log($0) }
      let growth =
        isLag ? spread(zip(straight, shocks).map(+)) : zip(straight, spread(shocks)).map(+)
      let panel = Fixtures.panel(
        zip(starts, growth).map { start, growth in
          (0...10).map { $0 == 0 ? start : $0 == 10 ? start * exp(10 * growth) : .nan }
        })
      let result = try ConvergenceEstimator(panel, variable: "y", .init()).result(weights)
      let own = try #require(result.estimates.first { $0.kind == kind })
      let beta = try #require(own.beta)
      expectClose(beta.value, b, absolute: 4 * beta.standardError, from: "planted", "β of \(kind)")
      let spatial = try #require(own.spatial)
      expectClose(
        spatial.value, rho, absolute: 4 * spatial.standardError, from: "planted", "ρ or λ of \(kind)")
      #expect(beta.standardError < 0.001 && spatial.standardError < 0.1)
    }
  }

  @Test func `divergence has no half-life, and β below −1 in a panel no speed`() throws {
    let panel = Fixtures.panel((1...12).map { [Double($0), Double($0 * $0)] })
    let result = try ConvergenceEstimator(panel, variable: "y", .init()).result(nil)
    let own = try #require(result.estimates.first)
    #expect((own.beta?.value ?? 0) > 0 && own.halfLife == nil && (own.speed ?? 0) < 0)
    #expect(own.halfLifeInterval(0.95).low == nil && own.halfLifeInterval(0.95).high == nil)
    let estimate = ConvergenceEstimate(
      kind: .panel, beta: Estimate(Parameter("b", .variable), -1.2, standardError: 0.1), spatial: nil,
      reason: nil, unitCount: 3, observations: 9, span: 1, isPerPeriod: false, rSquared: nil, nickellBias: nil
    )
    #expect(estimate.speed == nil && estimate.speedStandardError == nil && estimate.halfLife == nil)
  }

  @Test func `an ellipse turns with its points, scales with them, and weights are copies`() {
    var generator = CounterBasedGenerator(seed: 6)
    let x = (0..<15).map { _ in 40 * generator.uniform() }
    let y = (0..<15).map { _ in 10 * generator.uniform() }
    let weights = (0..<15).map { _ in Double(1 + generator.integer(below: 3)) }
    let own = WeightedEllipse(x: x, y: y, weights: weights, .yuill)
    let turn = 25 * Double.pi / 180
    // Clockwise by 25 degrees, twice as large.
    let moved = WeightedEllipse(
      x: zip(x, y).map { 2 * ($0 * cos(turn) + $1 * sin(turn)) },
      y: zip(x, y).map { 2 * ($1 * cos(turn) - $0 * sin(turn)) }, weights: weights.map { 7 * $0 }, .yuill)
    expectClose(moved.longAxis, 2 * own.longAxis, relative: 1e-12, from: "twice")
    expectClose(moved.shortAxis, 2 * own.shortAxis, relative: 1e-12, from: "twice")
    let difference = (moved.rotation! - own.rotation! + 180).truncatingRemainder(dividingBy: 180)
    expectClose(difference, 25, absolute: 1e-10, from: "the turn")
    func copies(_ values: [Double]) -> [Double] {
      zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    }
    let copied = WeightedEllipse(
      x: copies(x), y: copies(y), weights: copies(x).map { _ in 1 }, .yuill)
    expectClose(copied.longAxis, own.longAxis, relative: 1e-13, from: "copies")
    expectClose(copied.shareInside!, own.shareInside!, absolute: 1e-12, from: "copies")
    for point in own.outline(36) {
      let back = WeightedEllipse(x: x + [point.x], y: y + [point.y], weights: weights + [0], .yuill)
      #expect(back == own, "a weight of zero is no place")
    }
  }

  @Test(arguments: [
    MapProjection.albers(.init(meridian: 105, firstParallel: 25, secondParallel: 47)),
    .lambert(.init(meridian: 111.5, firstParallel: 25.5, secondParallel: 29)),
    .albers(.init(meridian: -60, firstParallel: -40, secondParallel: -20)),
    .lambert(.init(meridian: -60, firstParallel: -40, secondParallel: -20)), .equalEarth(meridian: 0),
  ])
  func `a projection and its inverse give the place back`(projection: MapProjection) {
    let cone =
      switch projection {
      case .albers(let cone), .lambert(let cone): cone
      case .equalEarth(let meridian):
        MapProjection.Cone(meridian: meridian, firstParallel: 0, secondParallel: 0)
      case .plane: preconditionFailure("a plane has no inverse")
      }
    for degrees in [-31.0, -8, 0, 12.5, 29] {
      let longitude = cone.meridian + degrees
      for latitude in cone.firstParallel > 0 ? [18, 27.3, 53] : [-44, -38.0, -21] {
        let plane = projection.projectFromEquator(x: [longitude], y: [latitude])
        let back = projection.unproject([.init(x: plane.x[0], y: plane.y[0])])!
        expectClose(back[0].x, longitude, absolute: 1e-10, from: "the place", "longitude")
        expectClose(back[0].y, latitude, absolute: 1e-10, from: "the place", "latitude")
      }
    }
  }
}

extension CounterBasedGenerator {
  fileprivate func shuffled(_ values: [Int]) -> [Int] {
    var generator = self
    return generator.permutation(of: values.count).map { values[$0] }
  }
}
