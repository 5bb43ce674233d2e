import RuralValue
import TestSupport
import Testing

/// Means and variances over all permutations of tiny maps, against the formulas.
@Suite struct ExhaustivePermutationTests {
  static let units = ["a", "b", "c", "d", "e", "f"]

  /// A map with a triangle, a tail and, where it is asked for, links that run one way.
  static func weights(isSymmetric: Bool) throws -> SpatialWeights {
    let pairs = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4)]
    var links = pairs.flatMap { [SpatialWeights.Link(from: $0.0, to: $0.1), .init(from: $0.1, to: $0.0)] }
    if !isSymmetric { links += [.init(from: 5, to: 0), .init(from: 5, to: 3), .init(from: 1, to: 4)] }
    return try SpatialWeights(units: units, links: links)
  }

  static func series(_ values: [Double]) -> SpatialSeries {
    SpatialSeries(
      source: "tiny", variable: "x", sections: [CrossSection(period: nil, units: units, values: values)])
  }

  static func permutations<Element>(_ elements: [Element]) -> [[Element]] {
    guard elements.count > 1 else { return [elements] }
    return elements.indices.flatMap { place in
      var rest = elements
      let first = rest.remove(at: place)
      return permutations(rest).map { [first] + $0 }
    }
  }

  static func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
  }

  @Test(arguments: [true, false])
  func `general G has the mean and the variance of all permutations`(isSymmetric: Bool) throws {
    let weights = try Self.weights(isSymmetric: isSymmetric)
    let million: [Double] = [1_000_000, 1_000_001, 1_000_003, 1_000_000, 1_000_002, 1_000_009]
    let cases: [[Double]] = [[1, 4, 9, 2, 0, 7], [0.3, 0, 0, 0, 5, 0], million]
    for values in cases {
      let general = try Self.permutations(values).map {
        try HotSpotEstimator.fit(Self.series($0), weights: weights).general[0]
      }
      let all = Self.moments(general.map(\.g))
      expectClose(general[0].expected, all.mean, relative: 1e-13, from: "720 permutations")
      // G of values that hardly differ is itself known to some 1e-16 of its size alone.
      expectClose(
        general[0].variance, all.variance, relative: 1e-9, absolute: 1e-24, from: "720 permutations",
        "\(values)")
    }
  }

  @Test func `general G is the textbook's ratio and moments`() throws {
    let (values, weights) = ([1.0, 4, 9, 2, 0, 7], try Self.weights(isSymmetric: true))
    let general = try HotSpotEstimator.fit(Self.series(values), weights: weights).general[0]
    // a–b, b–c, a–c, c–d and d–e, each both ways.
    let joined: Double = 2 * (4 + 36 + 9 + 18)
    expectClose(
      general.g, joined / (529 - 151), relative: 1e-15, from: "its definition")
    // Getis & Ord (1992), eq. 7, with S₁ = 20, S₂ = 4 (4 + 4 + 9 + 4 + 1) and power sums of x.
    let (n, s0, s1, s2) = (6.0, 10.0, 20.0, 88.0)
    let m1 = values.reduce(0, +)
    let m2 = values.reduce(0) { $0 + $1 * $1 }
    let m3 = values.reduce(0) { $0 + $1 * $1 * $1 }
    let m4 = values.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    let b0: Double = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
    let b1: Double = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
    let b2: Double = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
    let b3: Double = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
    let b4: Double = s1 - s2 + s0 * s0
    let square = b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 * m1 * m1 * m1
    let pairs = m1 * m1 - m2
    let expectation = square / (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3))
    expectClose(
      general.variance, expectation - general.expected * general.expected, relative: 1e-12,
      from: "Getis & Ord (1992)")
  }

  @Test func `general G is refused for values below zero, and where there is nothing to compare`() throws {
    let weights = try Self.weights(isSymmetric: true)
    for (values, word) in [
      ([1.0, -4, 9, 2, 0, 7], "\"b\""), ([0, 0, 0, 0, 0, 3], "fewer than two"),
    ] {
      let general = try HotSpotEstimator.fit(Self.series(values), weights: weights).general[0]
      #expect(general.g.isNaN && general.pValue.isNaN && general.reason?.english.contains(word) == true)
    }
  }

  @Test func `the permutation p of general G agrees with all permutations`() throws {
    let (values, weights) = ([1.0, 4, 9, 2, 0, 7], try Self.weights(isSymmetric: true))
    let all = try Self.permutations(values).map {
      try HotSpotEstimator.fit(Self.series($0), weights: weights).general[0].g
    }
    let general = try HotSpotEstimator.fit(
      Self.series(values), weights: weights, .init(permutations: 19_999)
    ).general[0]
    let upper = Double(all.count { $0 >= all[0] - 1e-12 }) / 720
    let lower = Double(all.count { $0 <= all[0] + 1e-12 }) / 720
    // Five standard errors of a share of 19,999.
    let p = min(upper, lower)
    expectClose(
      general.permutationP!, 2 * p, absolute: 10 * (p * (1 - p) / 19_999).squareRoot() + 1e-4,
      from: "720 permutations")
  }

  @Test(arguments: [true, false])
  func `join counts have the means and variances of all ways to deal the classes`(isSymmetric: Bool) throws {
    let weights = try Self.weights(isSymmetric: isSymmetric)
    for classes in [[1.0, 1, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0], [3, 1, 1, 2, 2, 3], [5, 5, 5, 2, 7, 2]] {
      let all = try Self.permutations(classes).map {
        try MoranEstimator.countJoins(Self.series($0), weights: weights, .init(permutations: 0)).counts[0]
      }
      for (place, pair) in all[0].pairs.enumerated() {
        let moments = Self.moments(all.map { $0.pairs[place].joins })
        expectClose(pair.expected, moments.mean, relative: 1e-12, absolute: 1e-14, from: "720 permutations")
        expectClose(
          pair.variance, moments.variance, relative: 1e-10, absolute: 1e-12, from: "720 permutations")
      }
    }
  }

  @Test func `joins are counted once a link, and add up`() throws {
    let counts = try MoranEstimator.countJoins(
      Self.series([1, 1, 0, 0, 1, 0]), weights: try Self.weights(isSymmetric: true), .init(permutations: 99)
    ).counts[0]
    // a–b join 1 with 1; c–d 0 with 0; b–c, a–c and d–e 1 with 0.
    #expect(counts.isBinary && counts.pairs.map(\.joins) == [1, 1, 3])
    #expect(counts.pairs.map(\.first) == [0, 1, 0] && counts.pairs.map(\.second) == [0, 1, 1])
    #expect(counts.pairs.allSatisfy { $0.permutationP! > 0 && $0.permutationP! <= 1 })
  }

  @Test func `joins of three classes have a row of all different ones`() throws {
    let counts = try MoranEstimator.countJoins(
      Self.series([3, 1, 1, 2, 2, 3]), weights: try Self.weights(isSymmetric: true), .init(permutations: 0)
    ).counts[0]
    let (same, other) = (counts.pairs[..<3].map(\.joins), counts.pairs[3..<6].map(\.joins))
    #expect(counts.pairs.count == 7 && counts.pairs[6].first == nil)
    #expect(same.reduce(0, +) + other.reduce(0, +) == 5 && counts.pairs[6].joins == other.reduce(0, +))
  }

  @Test func `a column that holds no classes is refused with what was found`() throws {
    let weights = try Self.weights(isSymmetric: true)
    for (values, word) in [
      ([0.5, 1, 0, 1, 0, 1], "\"a\" is 0.5"), ([1, 1, 1, 1, 1, 1], "the same for all units"),
    ] {
      do {
        _ = try MoranEstimator.countJoins(Self.series(values), weights: weights)
        Issue.record("\(values) were counted")
      } catch {
        #expect("\(error)".contains(word))
      }
    }
  }

  @Test func `local bivariate Moran has the mean and the variance of all ways to deal the other values`()
    throws
  {
    let weights = try Self.weights(isSymmetric: false)
    let (x, y) = ([1.0, 4, 9, 2, 0, 7], [2.0, -1, 3, 8, 0, 1])
    let observed = try MoranEstimator.fitBivariate(
      Self.series(x), Self.series(y), weights: weights, .init(permutations: 19_999, isLocal: true))
    for unit in x.indices {
      let others = x.indices.filter { $0 != unit }
      let all = try Self.permutations(others.map { y[$0] }).map { dealt in
        var values = y
        for (place, value) in zip(others, dealt) { values[place] = value }
        return try MoranEstimator.fitBivariate(
          Self.series(x), Self.series(values), weights: weights, .init(permutations: 0, isLocal: true)
        ).local[0].i[unit]
      }
      let (moments, local) = (Self.moments(all), observed.local[0])
      expectClose(
        local.expected[unit], moments.mean, relative: 1e-12, absolute: 1e-14, from: "120 permutations")
      expectClose(
        local.variance[unit], moments.variance, relative: 1e-11, absolute: 1e-13, from: "120 permutations")
      let upper = Double(all.count { $0 >= local.i[unit] - 1e-12 }) / 120
      let lower = Double(all.count { $0 <= local.i[unit] + 1e-12 }) / 120
      let p = min(upper, lower)
      // Five standard errors of a share of 19,999 draws, on both sides.
      expectClose(
        local.permutationP![unit], min(1, 2 * p), absolute: 10 * (p * (1 - p) / 19_999).squareRoot() + 2e-4,
        from: "120 permutations")
    }
  }

  @Test func `local bivariate Moran of a variable with itself is local Moran, and its mean the global I`()
    throws
  {
    let weights = try Self.weights(isSymmetric: false)
    let (x, y) = (Self.series([1.0, 4, 9, 2, 0, 7]), Self.series([2.0, -1, 3, 8, 0, 1]))
    let specification = MoranSpecification(permutations: 99, isLocal: true)
    let own = try MoranEstimator.fit(x, weights: weights, specification).local[0]
    let same = try MoranEstimator.fitBivariate(x, x, weights: weights, specification).local[0]
    for unit in own.i.indices {
      expectClose(same.i[unit], own.i[unit], relative: 1e-14, absolute: 1e-15, from: "local Moran")
      expectClose(same.variance[unit], own.variance[unit], relative: 1e-13, from: "local Moran")
    }
    #expect(same.permutationP == own.permutationP && same.quadrants == own.quadrants)
    let both = try MoranEstimator.fitBivariate(x, y, weights: weights, specification)
    expectClose(
      both.local[0].i.reduce(0, +) / 6, both.results[0].i, relative: 1e-13, from: "row-standardised weights")
  }
}
