import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

@Suite struct SpectralRandomisationTests {
  static func moran(_ z: [Double], _ weights: SpatialWeights) -> Double {
    let mean = z.reduce(0, +) / Double(z.count)
    let centred = z.map { $0 - mean }
    let lag = weights.spatialLag(centred)
    return Double(z.count) / weights.rowSums.reduce(0, +) * zip(centred, lag).reduce(0) { $0 + $1.0 * $1.1 }
      / centred.reduce(0) { $0 + $1 * $1 }
  }

  @Test func `the spectrum of Hunan's links and Moran's I from it are the reference's`() throws {
    let expected = try OverlapReference().part("moran_spectral")
    func number(_ key: String) -> Double { expected[key] as! Double }
    let randomisation = try SpectralRandomisation(OverlapReference.weights)
    let values = OverlapReference.values("V", "2022")
    let mean = values.reduce(0, +) / 121
    let coefficients = randomisation.coefficients(of: values.map { $0 - mean })
    let (first, last) = (randomisation.eigenvalues[0], randomisation.eigenvalues[119])
    expectClose(last, number("eigenvalue_largest"), relative: 1e-12, from: "numpy")
    expectClose(first, number("eigenvalue_smallest"), relative: 1e-12, from: "numpy")
    let squares = coefficients.map { $0 * $0 }
    expectClose(squares.reduce(0, +), number("sum_of_squares"), relative: 1e-12, from: "numpy")
    let weighted = zip(randomisation.eigenvalues, squares).reduce(0) { $0 + $1.0 * $1.1 }
    expectClose(
      121.0 / 630 * weighted / squares.reduce(0, +), number("moran_from_spectrum"), relative: 1e-11,
      from: "numpy")
    expectClose(
      Self.moran(values, OverlapReference.weights), number("moran_i"), relative: 1e-12, from: "numpy")
  }

  @Test func `surrogates keep the mean, the variance and Moran's I, also of links that run one way`() throws {
    var links = OverlapReference.weights.links.filter { ($0.from + $0.to) % 5 != 0 || $0.from < $0.to }
    links.append(.init(from: 3, to: 90))
    let oneWay = try SpatialWeights(units: OverlapReference.units, links: links)
    for weights in [OverlapReference.weights, oneWay] {
      let values = OverlapReference.values("V", "2022")
      let length = values.reduce(0) { $0 + ($1 - values.mean) * ($1 - values.mean) }
      try SpectralRandomisation(weights).visitSurrogates(
        of: values, count: 70, CounterBasedGenerator(seed: 3)
      ) {
        _, surrogate in
        expectClose(surrogate.reduce(0, +), 0, absolute: 1e-12, from: "the mean")
        expectClose(surrogate.reduce(0) { $0 + $1 * $1 }, length, relative: 1e-12, from: "the variance")
        expectClose(
          Self.moran(surrogate, weights), Self.moran(values, weights), absolute: 1e-12, from: "Moran's I")
      }
    }
  }

  /// A star of seven units: five of its eigenvalues are the same.
  static let star = try! SpatialWeights(
    units: (0..<7).map { "\($0)" },
    links: (1..<7).flatMap { [.init(from: 0, to: $0), SpatialWeights.Link(from: $0, to: 0)] })

  @Test func `surrogates do not depend on the basis of a repeated eigenvalue`() throws {
    let own = try SpectralRandomisation(Self.star)
    let turned = own.turned { space, column in
      // Two of the columns of each repeated eigenvalue are turned by a third of a right angle, and one is negated.
      guard space.count > 1 else { return [(column, -1)] }
      let (a, b) = (space.lowerBound, space.lowerBound + 1)
      let (c, s) = (cos(Double.pi / 6), sin(Double.pi / 6))
      return column == a ? [(a, c), (b, s)] : column == b ? [(a, -s), (b, c)] : [(column, -1)]
    }
    #expect(own.spaces.contains { $0.count == 5 })
    let values = [3.0, 1, 4, 1, 5, 9, 2]
    var surrogates: [[Double]] = []
    own.visitSurrogates(of: values, count: 20, CounterBasedGenerator(seed: 5)) { surrogates.append($1) }
    turned.visitSurrogates(of: values, count: 20, CounterBasedGenerator(seed: 5)) { number, surrogate in
      for (one, other) in zip(surrogate, surrogates[number]) {
        expectClose(one, other, absolute: 1e-12, from: "the other basis")
      }
    }
    #expect(surrogates[0] != surrogates[1])
  }

  /// The thirty largest of 121, ties to the earlier.
  static func top(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    var classes = [Int](repeating: 0, count: values.count)
    for place in order.prefix(30) { classes[place] = 1 }
    return classes
  }

  @Test(arguments: [
    "V 2022 with P 2022", "V 2022 with V 2012", "longitude with P 2022", "longitude with V 2022",
  ])
  func `the p that keeps space is the reference's within Monte Carlo error`(name: String) throws {
    let expected = try OverlapReference().part("overlap_space", name)
    let words = name.split(separator: " ").map(String.init)
    let second = (words[words.count - 2], words[words.count - 1])
    let (x, y) = (OverlapReference.values(words[0], words[1]), OverlapReference.values(second.0, second.1))
    let held = Self.top(y)
    let kappa = ClassAgreement(Self.top(x), held).kappa!
    expectClose(kappa, expected["kappa"] as! Double, relative: 1e-13, from: "numpy")
    var extreme = 0
    let draws = 4999
    try SpectralRandomisation(OverlapReference.weights).visitSurrogates(
      of: x, count: draws, CounterBasedGenerator(seed: 11)
    ) { _, surrogate in
      if ClassAgreement(Self.top(surrogate), held).kappa! >= kappa { extreme += 1 }
    }
    let p = Double(1 + extreme) / Double(1 + draws)
    // Four standard errors of the difference of two shares, of 4,999 and of 19,999 draws.
    let theirs = expected["p_keeping_space"] as! Double
    let error = (theirs * (1 - theirs) * (1.0 / 4999 + 1.0 / 19_999)).squareRoot()
    expectClose(p, theirs, absolute: 4 * error + 1e-4, from: "numpy", name)
  }
}

extension SpectralRandomisation {
  /// The same with each vector a combination of those of its eigenvalue.
  fileprivate func turned(_ parts: (Range<Int>, Int) -> [(Int, Double)]) -> SpectralRandomisation {
    let columns = spaces.flatMap { space in
      space.map { column in
        (0..<vectors.rowCount).map { row in parts(space, column).reduce(0) { $0 + $1.1 * vectors[row, $1.0] }
        }
      }
    }
    return SpectralRandomisation(eigenvalues: eigenvalues, vectors: Matrix(columns: columns))
  }
}
