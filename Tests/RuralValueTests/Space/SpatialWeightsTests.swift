import RuralValue
import TestSupport
import Testing

@Suite struct SpatialWeightsTests {
  /// a – b – c in a row, d alone.
  static let chain = try! SpatialWeights(
    units: ["a", "b", "c", "d"],
    links: [
      .init(from: 1, to: 0), .init(from: 0, to: 1), .init(from: 1, to: 2), .init(from: 2, to: 1),
    ])

  @Test func `a spatial lag is the weighted sum of neighbours`() {
    #expect(Self.chain.spatialLag([1, 10, 100, 1000]) == [10, 101, 10, 0])
    #expect(Self.chain.standardised(.row).spatialLag([1, 10, 100, 1000]) == [10, 50.5, 10, 0])
  }

  @Test func `islands, components and neighbour counts are told`() {
    let report = WeightsReport(Self.chain)
    #expect(Self.chain.islands == ["d"])
    #expect(Self.chain.components == [0, 0, 0, 1])
    #expect(report.neighbourCounts == [1, 2, 1, 0])
    #expect(report.pairCount == 2)
    #expect(report.componentSizes == [3, 1])
    #expect(report.isSymmetric)
  }

  @Test func `standardisations divide by row sums, the spectral radius or the smaller largest sum`() {
    #expect(Self.chain.standardised(.row).rowSums == [1, 1, 1, 0])
    #expect(Self.chain.standardised(.row).isRowStandardised)
    #expect(!Self.chain.standardised(.row).isSymmetric)
    #expect(WeightsReport(Self.chain.standardised(.row)).oneSided.isEmpty)
    #expect(Self.chain.standardised(.minmax).rowSums.max() == 1)
    expectClose(
      Self.chain.spectralRadius, 2.squareRoot(), relative: 1e-14, from: "the path of three vertices")
    expectClose(
      Self.chain.standardised(.row).spectralRadius, 1, relative: 1e-12, from: "Perron and Frobenius")
  }

  @Test func `the spectral radius of a long path is 2 cos(π / (n + 1))`() throws {
    let n = 60
    let links = (1..<n).flatMap { [SpatialWeights.Link(from: $0 - 1, to: $0), .init(from: $0, to: $0 - 1)] }
    let path = try SpatialWeights(units: (0..<n).map { "u\($0)" }, links: links)
    expectClose(path.spectralRadius, 1.997348179769661, relative: 1e-12, from: "2 cos(π / 61)")
  }

  @Test func `row-standardising what is row-standardised changes no digit`() {
    let once = Self.chain.standardised(.row)
    #expect(once.standardised(.row) == once)
  }

  @Test func `the order of units changes neither lag nor fingerprint`() throws {
    let order = ["c", "d", "a", "b"]
    let aligned = try Self.chain.aligned(to: order, of: "data").weights
    #expect(aligned.spatialLag([100, 1000, 1, 10]) == [10, 0, 10, 101])
    #expect(aligned.fingerprint == Self.chain.fingerprint)
    #expect(aligned.standardised(.row).fingerprint == Self.chain.standardised(.row).fingerprint)
    #expect(Self.chain.standardised(.row).fingerprint != Self.chain.fingerprint)
  }

  @Test func `units that only the weights have are left out and named`() throws {
    let aligned = try Self.chain.aligned(to: ["b", "a"], of: "data")
    #expect(aligned.unused == ["c", "d"])
    #expect(aligned.weights.links == [.init(from: 0, to: 1), .init(from: 1, to: 0)])
  }

  @Test func `units without weights are refused by name, and lost zeros are guessed`() {
    let error = #expect(throws: WeightsError.self) {
      try Self.chain.aligned(to: ["a", "e"], of: "panel.csv")
    }
    #expect(error?.description.contains("1 of 2 units of panel.csv have no weights: e") == true)
    let coded = try! SpatialWeights(
      units: ["01", "02"], links: [.init(from: 0, to: 1), .init(from: 1, to: 0)])
    let zeros = #expect(throws: WeightsError.self) { try coded.aligned(to: ["1", "2"], of: "panel.csv") }
    #expect(zeros?.description.contains("leading zeros") == true)
  }

  @Test func `a duplicated id, a negative weight and two weights of one link are refused`() {
    #expect(throws: WeightsError.duplicateUnit("a")) { try SpatialWeights(units: ["a", "a"], links: []) }
    #expect(throws: WeightsError.negative(from: "a", to: "b", weight: -1)) {
      try SpatialWeights(units: ["a", "b"], links: [.init(from: 0, to: 1, weight: -1)])
    }
    #expect(throws: WeightsError.duplicateLink(from: "a", to: "b", first: 1, second: 2)) {
      try SpatialWeights(
        units: ["a", "b"], links: [.init(from: 0, to: 1, weight: 1), .init(from: 0, to: 1, weight: 2)])
    }
  }

  @Test func `binary weights with self hold every unit once in its own row`() {
    let weights = Self.chain.binaryWithSelf
    #expect(weights.spatialLag([1, 10, 100, 1000]) == [11, 111, 110, 1000])
    #expect(weights.withoutSelf == Self.chain)
  }

  @Test func `a product keeps only links that both have`() throws {
    let other = try SpatialWeights(
      units: ["c", "b", "a", "d"],
      links: [.init(from: 2, to: 1, weight: 0.5), .init(from: 3, to: 0, weight: 7)])
    #expect(try Self.chain.product(other).links == [.init(from: 0, to: 1, weight: 0.5)])
  }

  /// Sums of rows and squares near the end of the range of numbers: case 10 of the folder attack.
  @Test(arguments: [1e308, 1, 1e-300])
  func `weights of any size are standardised alike`(unit: Double) throws {
    let links = [(0, 1, 1.0), (0, 2, 1), (1, 0, 1), (1, 2, 0.5), (2, 0, 0.25)].map {
      SpatialWeights.Link(from: $0.0, to: $0.1, weight: $0.2 * unit)
    }
    let weights = try SpatialWeights(units: ["a", "b", "c"], links: links)
    let plain = try SpatialWeights(
      units: ["a", "b", "c"], links: links.map { .init(from: $0.from, to: $0.to, weight: $0.weight / unit) })
    for standardisation in [WeightsStandardisation.row, .spectral, .minmax] {
      let (found, wanted) = (weights.standardised(standardisation), plain.standardised(standardisation))
      for (a, b) in zip(found.links, wanted.links) {
        expectClose(a.weight, b.weight, relative: 1e-12, from: "weights times \(unit)")
      }
    }
    #expect(weights.standardised(.row).weight(from: 0, to: 1) == 0.5)
  }
}
