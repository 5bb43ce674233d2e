import RuralValue
import TestSupport
import Testing

@testable import RuralValue

@Suite struct MappingTests {
  @Test func `natural breaks are the best of all ways to class`() {
    var state: UInt64 = 1
    for trial in 0..<40 {
      let values = (0..<11).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double((state >> 33) % (trial % 2 == 0 ? 1000 : 8)) / 7
      }
      for classes in 1...4 {
        let bounds = NaturalBreaks.upperBounds(of: values, classes: classes)
        expectClose(
          Self.cost(values, bounds), Self.best(Array(Set(values)).sorted(), classes, values), relative: 1e-9,
          absolute: 1e-12, from: "all ways tried")
      }
    }
  }

  /// Squares of such values overflow: case 4 of the folder attack.
  @Test(arguments: [1e160, 1e308, 1e-200, 1e-305])
  func
    `natural breaks and equal intervals of values of any size are those of the same values in another unit`(
      unit: Double
    )
  {
    let values = [-1.0, -0.9, -0.5, 0, 0.1, 0.3, 0.35, 1]
    for classes in 1...5 {
      let plain = NaturalBreaks.upperBounds(of: values.map { $0 * 0x1p20 }, classes: classes)
      let bounds = NaturalBreaks.upperBounds(of: values.map { $0 * unit }, classes: classes)
      #expect(bounds == plain.map { $0 / 0x1p20 * unit })
      let equal = MapClassification(values.map { $0 * unit }, method: .equal, classes: classes)
      for (bound, number) in zip(equal.upperBounds, 1...) {
        expectClose(
          bound / unit, -1 + 2 * Double(number) / Double(classes), relative: 1e-12, absolute: 1e-12,
          from: "equal intervals")
      }
    }
  }

  static func cost(_ values: [Double], _ bounds: [Double]) -> Double {
    var total = 0.0
    for (position, bound) in bounds.enumerated() {
      let members = values.filter { $0 <= bound && (position == 0 || $0 > bounds[position - 1]) }
      let mean = members.reduce(0, +) / Double(members.count)
      total += members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    return total
  }

  static func best(_ distinct: [Double], _ classes: Int, _ values: [Double]) -> Double {
    func search(_ start: Int, _ left: Int, _ bounds: [Double]) -> Double {
      if left == 1 || start == distinct.count - 1 {
        return cost(values, bounds + [distinct[distinct.count - 1]])
      }
      return (start..<distinct.count - 1).map { search($0 + 1, left - 1, bounds + [distinct[$0]]) }.min()
        ?? .infinity
    }
    return min(search(0, classes, []), classes > 1 ? search(0, classes - 1, []) : .infinity)
  }

  @Test func `quantiles, equal intervals and given breaks class as they say`() {
    let values = (1...10).map(Double.init)
    #expect(MapClassification(values, method: .quantile, classes: 3).upperBounds == [4, 7, 10])
    #expect(MapClassification(values, method: .equal, classes: 3).upperBounds == [4, 7, 10])
    let given = MapClassification(values, breaks: [2, 5])
    #expect(given.upperBounds == [2, 5, .infinity])
    #expect(given.labels == ["≤ 2", "3 – 5", "≥ 6"])
    #expect(
      given.classOf(2) == 0 && given.classOf(2.1) == 1 && given.classOf(99) == 2 && given.classOf(.nan) == nil
    )
  }

  @Test func `labels have the decimals that tell classes apart`() {
    let classes = MapClassification([0.1231, 0.1234, 0.9], breaks: [0.1231, 0.1234, 1])
    #expect(classes.labels == ["≤ 0.1231", "0.1231 – 0.1234", "0.1234 – 1.0000"])
    #expect(MapClassification.text(-1234567.5, decimals: 0) == "−1\u{202F}234\u{202F}568")
  }

  @Test func `conic projections give Snyder's numbers`() {
    // Snyder (1987), pp. 291 and 295, on a sphere of radius 1; heights from the latitude of origin 23° N.
    let albers = MapProjection.albers(.init(meridian: -96, firstParallel: 29.5, secondParallel: 45.5))
    let lambert = MapProjection.lambert(.init(meridian: -96, firstParallel: 33, secondParallel: 45))
    for (projection, x, y) in [(albers, 0.295_272_0, 0.241_677_4), (lambert, 0.296_678_5, 0.246_211_2)] {
      let plane = projection.project(x: [-75, -96], y: [35, 23])
      let radius = PlaceDistances.earthRadius
      expectClose(plane.x[0] / radius, x, absolute: 1e-7, from: "Snyder (1987)")
      expectClose((plane.y[0] - plane.y[1]) / radius, y, absolute: 1e-7, from: "Snyder (1987)")
    }
  }

  @Test func `palettes run from light to dark in as many colours as classes`() {
    for palette in MapPalette.allCases {
      for count in 1...9 { #expect(Set(palette.colours(count)).count == count) }
    }
    #expect(MapPalette.ylgn.colours(5) == ["#f7fcb9", "#c3e799", "#78c679", "#329850", "#006837"])
  }

  @Test func `a crescent's circle stands inside it, and a hole takes its area away`() {
    let crescent = PolygonLayer(
      source: "c", features: [.init(id: "c", properties: [], rings: 0..<1)],
      rings: [.init(vertices: 0..<8, feature: 0, isHole: false)], x: [0, 10, 10, 9, 9, 1, 1, 0],
      y: [0, 0, 10, 10, 1, 1, 10, 10])
    let point = crescent.interiorPoints[0]!
    #expect((0...1).contains(point.x) || (9...10).contains(point.x))
    let holed = PolygonLayer(
      source: "h", features: [.init(id: "h", properties: [], rings: 0..<2)],
      rings: [
        .init(vertices: 0..<4, feature: 0, isHole: false), .init(vertices: 4..<8, feature: 0, isHole: true),
      ],
      x: [0, 4, 4, 0, 2, 4, 4, 2], y: [0, 0, 4, 4, 0, 0, 4, 4])
    expectClose(holed.centroids[0]!.x, 1, relative: 1e-14, from: "the left half of a square")
  }

  @Test func `a county whose islands draw its centroid out to sea has its circle on its largest part`() {
    let county = PolygonLayer(
      source: "c", features: [.init(id: "c", properties: [], rings: 0..<3)],
      rings: [
        .init(vertices: 0..<4, feature: 0, isHole: false), .init(vertices: 4..<8, feature: 0, isHole: false),
        .init(vertices: 8..<12, feature: 0, isHole: false),
      ],
      x: [0, 4, 4, 0, 20, 22, 22, 20, 24, 26, 26, 24], y: [20, 20, 24, 24, 0, 0, 2, 2, 0, 0, 2, 2])
    #expect(county.centroids[0]!.y < 20, "in the sea between")
    #expect(county.interiorPoints[0] == PolygonLayer.Point(x: 2, y: 22))
  }

  @Test func `outlines run between groups and around them, each edge once`() {
    let layer = WeightsBuilderTests.squares([(0, 0), (1, 0), (2, 0)])
    let lines = layer.outlines(ofGroups: ["p", "p", "q"])
    let edges = lines.reduce(0) { $0 + $1.count - 1 }
    // Eight edges around the three squares and one between the groups.
    #expect(edges == 9)
  }

  @Test func `a map refuses a table that shares no unit, and names units that it lacks`() throws {
    let layer = WeightsBuilderTests.squares([(0, 0), (1, 0)])
    let composer = MapComposer(layer: layer, ids: ["a", "b"], names: ["A", "B"], MapSpecification())
    func variable(_ units: [String]) -> MapVariable {
      MapVariable(
        name: "V",
        sections: [CrossSection(period: 2012, units: units, values: units.indices.map { Double($0) })])
    }
    #expect(throws: MapError.self) { try composer.compose([variable(["x", "y"])]) }
    let figure = try composer.compose([variable(["a", "z"])])
    #expect(figure.notes.contains { $0.english == "Not on the map: z." })
    #expect(figure.panels[0].fills[1] == MapPalette.notStudied)
    #expect(figure.fillLegend?.entries.last?.label.english == "Not studied")
  }
}
