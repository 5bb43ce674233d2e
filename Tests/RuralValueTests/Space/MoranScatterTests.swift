import Foundation
import RuralValue
import TestSupport
import Testing

@Suite struct MoranScatterTests {
  static let units = (0..<30).map { "u\($0)" }

  /// A ring of 29 units, each linked to the next two, and an island.
  static func weights() throws -> SpatialWeights {
    let links = (0..<29).flatMap { unit in
      [1, 2].flatMap { step in
        let other = (unit + step) % 29
        return [SpatialWeights.Link(from: unit, to: other), .init(from: other, to: unit)]
      }
    }
    return try SpatialWeights(units: units, links: links)
  }

  static func series(_ values: [Double], _ variable: String = "x") -> SpatialSeries {
    SpatialSeries(
      source: "ring", variable: variable,
      sections: [CrossSection(period: 2020, units: units, values: values)])
  }

  static let wave = (0..<30).map { sin(Double($0) / 3) + ($0 == 7 ? 3 : 0) }

  @Test(arguments: WeightsStandardisation.allCases)
  func `the line of the scatter plot has the slope I for any scaling and with islands`(
    scaling: WeightsStandardisation
  ) throws {
    let result = try MoranEstimator.fit(
      Self.series(Self.wave), weights: try Self.weights(), .init(standardisation: scaling, permutations: 0))
    let scatter = result.scatters[0]
    expectClose(scatter.slope, result.global[0].i, relative: 1e-12, from: "Moran's I")
    let (x, y) = (scatter.values, scatter.lags)
    expectClose(x.reduce(0, +), 0, absolute: 1e-12, from: "standardised values")
    expectClose(x.reduce(0) { $0 + $1 * $1 }, 30, relative: 1e-12, from: "standardised values")
    let ordinary = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / x.reduce(0) { $0 + $1 * $1 }
    expectClose(ordinary, result.global[0].i, relative: 1e-12, from: "least squares")
    // 29 of 30 units have neighbours: no lag is their mean.
    #expect(!scatter.isMean)
  }

  @Test func `the unit that stands out is named, and the figure says what its axis shows`() throws {
    let result = try MoranEstimator.fit(
      Self.series(Self.wave), weights: try Self.weights(), .init(permutations: 0))
    #expect(result.scatters[0].influential(atMost: 8).first == 7)
    guard case .scatter(let figure) = result.scatterFigure(names: ["u7": "Seven"]) else {
      Issue.record("no scatter plot")
      return
    }
    #expect(figure.panels[0].points[7].label == "Seven")
    #expect(figure.panels[0].points.count { $0.label != nil } <= 8)
    #expect(
      figure.vertical.english.contains("n/S₀") && figure.panels[0].heading.english.hasPrefix("2020: I = "))
  }

  @Test func `the bivariate scatter has the slope of the bivariate I`() throws {
    let other = Self.wave.enumerated().map { Double(($0.offset * 7) % 11) + $0.element }
    let result = try MoranEstimator.fitBivariate(
      Self.series(Self.wave), Self.series(other, "y"), weights: try Self.weights(), .init(permutations: 0))
    expectClose(result.scatters[0].slope, result.results[0].i, relative: 1e-12, from: "bivariate I")
  }

  @Test func `of many periods the first and the last are drawn, and the caption says so`() throws {
    let sections = (2001...2006).map { CrossSection(period: $0, units: Self.units, values: Self.wave) }
    let result = try MoranEstimator.fit(
      SpatialSeries(source: "ring", variable: "x", sections: sections), weights: try Self.weights(),
      .init(permutations: 0))
    guard case .scatter(let figure) = result.scatterFigure() else {
      Issue.record("no scatter plot")
      return
    }
    #expect(figure.panels.map { $0.heading.english.prefix(4) } == ["2001", "2006"])
    #expect(figure.caption.english.contains("Of 6 periods the first and the last"))
  }

  @Test
  func `classes of local Moran are quadrants where p is small, empty for islands, and fewer under control`()
    throws
  {
    let result = try MoranEstimator.fit(
      Self.series(Self.wave), weights: try Self.weights(), .init(permutations: 999, isLocal: true))
    let (local, tables) = (result.local[0], result.localTables)
    guard case .integer(let classes) = tables.classTable(fdr: false, isSimulated: false).columns[2].values,
      case .integer(let adjusted) = tables.classTable(fdr: true, isSimulated: false).columns[2].values
    else {
      Issue.record("no classes")
      return
    }
    for unit in local.units.indices {
      let expected = local.quadrants[unit].map { local.permutationP![unit] <= 0.05 ? $0.code : 0 }
      #expect(classes[unit] == expected)
    }
    #expect(classes[29] == nil && adjusted[29] == nil)
    #expect(classes.contains(1) && classes.contains(2))
    #expect(adjusted.count { ($0 ?? 0) > 0 } < classes.count { ($0 ?? 0) > 0 })
    #expect(tables.countTable.notes.contains { $0.english.contains("1159 or more") })
  }
}
