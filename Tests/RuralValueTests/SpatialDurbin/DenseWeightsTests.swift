import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

@Suite struct DenseWeightsTests {
  /// Weights on one scale: inverse distances of all pairs, or flows of a third, which differ by direction.
  struct Case: Sendable, CustomTestStringConvertible {
    let isSymmetric: Bool
    let standardisation: WeightsStandardisation
    var testDescription: String { "\(isSymmetric ? "inverse distances" : "flows"), \(standardisation)" }

    func weights(_ count: Int = 42) throws -> SpatialWeights {
      var generator = CounterBasedGenerator(seed: 5)
      let places = (0..<count).map { _ in (generator.normal(), generator.normal()) }
      var links: [SpatialWeights.Link] = []
      for (i, a) in places.enumerated() {
        for (j, b) in places.enumerated() where i != j {
          let (x, y) = (a.0 - b.0, a.1 - b.1)
          let flow = generator.normal() - 0.4
          let weight = isSymmetric ? 1 / (x * x + y * y) : max(0, flow)
          links.append(.init(from: i, to: j, weight: weight))
        }
      }
      return try SpatialWeights(units: (0..<count).map { "u\($0)" }, links: links)
        .standardised(standardisation)
    }
  }

  static let cases = [true, false].flatMap { isSymmetric in
    [WeightsStandardisation.row, .spectral, .minmax].map {
      Case(isSymmetric: isSymmetric, standardisation: $0)
    }
  }

  private func systems(_ weights: SpatialWeights, _ periods: Int) throws -> (
    dense: SpatialSystem, sparse: SpatialSystem
  ) {
    let places = [Int](repeating: 0, count: periods)
    return (
      try SpatialSystem([weights], matrixOfPeriod: places, algebra: .dense),
      try SpatialSystem([weights], matrixOfPeriod: places, algebra: .sparse)
    )
  }

  @Test(arguments: cases)
  func `determinants, traces and totals are those of sparse algebra`(_ entry: Case) throws {
    let (dense, sparse) = try systems(try entry.weights(), 1)
    #expect(dense.determinant.isExact && dense.lag.dense != nil && sparse.lag.dense == nil)
    for share in [-0.7, -0.2, 0, 0.3, 0.6, 0.9] {
      let r = share * (share < 0 ? -sparse.bounds.lowerBound : sparse.bounds.upperBound)
      let (found, expected) = (try dense.traces(r), try sparse.traces(r))
      let source = "sparse algebra"
      expectClose(found.logDeterminant, expected.logDeterminant, absolute: 1e-11, from: source, "L(\(r))")
      expectClose(found.g, expected.g, relative: 1e-9, absolute: 1e-9, from: source, "tr G")
      expectClose(found.gSquared, expected.gSquared, relative: 1e-7, absolute: 1e-7, from: source, "tr G²")
      let (mean, other) = (try dense.meanTotal(r), try sparse.meanTotal(r))
      expectClose(mean.value, other.value, relative: 1e-10, from: source, "1′(I − rW)⁻¹1/N")
      expectClose(mean.derivative, other.derivative, relative: 1e-8, from: source, "its derivative")
    }
  }

  @Test(arguments: cases)
  func `lags, solutions and G are those of sparse algebra`(_ entry: Case) throws {
    let (dense, sparse) = try systems(try entry.weights(), 3)
    var generator = CounterBasedGenerator(seed: 6)
    let x = generator.normals(3 * 42)
    let r = 0.6 * sparse.bounds.upperBound
    let pairs = [
      (dense.lag(x), sparse.lag(x)), (dense.lag.transposed(x), sparse.lag.transposed(x)),
      (try dense.solve(x, rho: r), try sparse.solve(x, rho: r)),
      (
        try dense.inverse(r).solve([Array(x.prefix(42))], transposed: true)[0],
        try sparse.inverse(r).solve([Array(x.prefix(42))], transposed: true)[0]
      ),
    ]
    for (found, expected) in pairs {
      for (a, b) in zip(found, expected) { expectClose(a, b, absolute: 1e-11, from: "sparse algebra") }
    }
    for lambda in [-r, 0] {
      let found = try MultiplierColumns(dense, rho: r, lambda: lambda)
      let expected = try MultiplierColumns(sparse, rho: r, lambda: lambda)
      expectClose(found.product, expected.product, relative: 1e-11, absolute: 1e-11, from: "columns", "tr GH")
      expectClose(
        found.crossProduct, expected.crossProduct, relative: 1e-11, absolute: 1e-11, from: "columns")
      for (a, b) in zip(
        found.diagonal + found.columnSums.0 + found.columnSums.1,
        expected.diagonal + expected.columnSums.0 + expected.columnSums.1)
      {
        expectClose(a, b, absolute: 1e-11, from: "columns")
      }
    }
  }

  @Test(arguments: cases)
  func `estimates and all their standard errors are those of sparse algebra`(_ entry: Case) throws {
    let weights = try entry.weights()
    let panel = try PlantedPanel(periods: 6).draw(weights, seed: 8)
    for model in [SpatialDurbinSpecification.Model.sdm, .sem] {
      var specification = try PlantedPanel().specification(model)
      let sample = try SpatialSample(panel, specification)
      let (dense, sparse) = try systems(weights, sample.periodCount)
      specification = try SpatialDefaults.resolve(
        specification, system: sparse, regressors: sample.regressorNames)
      let fits = try [dense, sparse].map { try SpatialEstimation(sample, $0, specification).correctedFit() }
      for (a, b) in zip(fits[0].values, fits[1].values) {
        expectClose(a, b, relative: 1e-8, absolute: 1e-8, from: "sparse algebra", "\(model)")
      }
      for rule in [SpatialDurbinSpecification.StandardError.information, .observed, .cluster] {
        let errors = try fits.map { try SpatialCovariance.matrix($0, rule).diagonal.map { $0.squareRoot() } }
        for (a, b) in zip(errors[0], errors[1]) {
          expectClose(a, b, relative: 1e-6, from: "sparse algebra", "\(model), \(rule)")
        }
      }
    }
  }

  @Test func `effects by order from eigenvalues are those from walks`() throws {
    for entry in Self.cases {
      let weights = try entry.weights(9)
      let spectrum = try LogDeterminant(weights, algebra: .dense).spectrum
      let found = EffectsByOrder(weights.sparseMatrix, orders: 6, spectrum: spectrum)
      let expected = EffectsByOrder(weights.sparseMatrix, orders: 6)
      for q in 0...6 {
        let one = found.contribution(order: q, rho: 0.5, b: 1, theta: -0.3)
        let other = expected.contribution(order: q, rho: 0.5, b: 1, theta: -0.3)
        expectClose(one.direct, other.direct, absolute: 1e-13, from: "walks", "\(entry.testDescription)")
        expectClose(one.total, other.total, absolute: 1e-13, from: "walks")
      }
    }
  }

  @Test(arguments: cases)
  func `at its bounds the determinant is zero, and between them it is not`(_ entry: Case) throws {
    let weights = try entry.weights()
    let bounds = try LogDeterminant(weights, algebra: .dense).bounds
    let matrix = weights.sparseMatrix.dense
    for bound in [bounds.lowerBound, bounds.upperBound] {
      #expect(try LU(matrix.subtractedFromIdentity(bound)).reciprocalCondition < 1e-12)
      for share in [0.5, 0.9, 0.99] {
        #expect(try LU(matrix.subtractedFromIdentity(share * bound)).determinantSign == 1)
      }
    }
  }

  @Test func `without a negative real eigenvalue the lower bound is that of the largest modulus`() throws {
    let three = try LogDeterminant(try TestWeights.ring(3, ahead: [1]), algebra: .dense)
    #expect(three.hasNoNegativeEigenvalue && three.bounds == -1...1 && three.eigenvalues == nil)
    let four = try LogDeterminant(try TestWeights.ring(4, ahead: [1]), algebra: .dense)
    #expect(!four.hasNoNegativeEigenvalue)
    expectClose(four.bounds.lowerBound, -1, relative: 1e-14, from: "−1, an eigenvalue of the ring of four")
  }

  @Test func `full weights take dense algebra, and few links to a unit do not`() throws {
    #expect(SpatialAlgebra(try Self.cases[0].weights().sparseMatrix) == .dense)
    #expect(SpatialAlgebra(try TestWeights.grid(7, 8).sparseMatrix) == .sparse)
    #expect(SpatialAlgebra(try TestWeights.ring(40).sparseMatrix) == .sparse)
  }

  @Test func `weights of some links that fill a band or a factor give the same by either algebra`() throws {
    // Each unit has the thirty-three to either side on a ring, an eighth of all.
    let ahead = (1...33).map { $0 } + (1...33).map { 510 - $0 }
    let weights = try TestWeights.ring(510, ahead: ahead)
    let (found, expected) = (
      try LogDeterminant(weights), try LogDeterminant(weights, algebra: .sparse)
    )
    #expect(found.isExact && !expected.isExact)
    for r in [-0.6, 0.3, 0.8] {
      expectClose(
        try found(r).value, try expected(r).value, relative: 1e-10, absolute: 1e-10, from: "sparse algebra")
    }
  }

  @Test func `dense weights beyond the memory are refused with their size`() throws {
    let weights = try Self.cases[0].weights()
    let error = #expect(throws: SpatialDurbinError.self) {
      try MemoryLimit.$current.withValue(MemoryLimit(bytes: 50_000)) {
        _ = try LogDeterminant(weights, algebra: .dense)
      }
    }
    #expect(error?.description.contains("Dense weights of 42 units") == true)
  }
}
