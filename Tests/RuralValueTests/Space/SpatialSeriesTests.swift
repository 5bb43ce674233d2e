import RuralValue
import Testing

@Suite struct SpatialSeriesTests {
  static let panel = try! Panel(
    source: "p.csv", unitOfRow: ["a", "a", "b", "b", "c", "c"],
    timeOfRow: [2012, 2022, 2012, 2022, 2012, 2022],
    variables: [(name: "V", values: [1, 3, 0, 5, .nan, 2])])

  @Test func `missing values leave their unit out of the period and are named`() throws {
    let series = try SpatialSeries(Self.panel, variable: "V")
    #expect(series.sections[0].units == ["a", "b"] && series.sections[1].units == ["a", "b", "c"])
    #expect(series.notes.contains { $0.english.contains("missing in 2012 for 1 unit, left out there: c") })
  }

  @Test func `growth needs a base above zero, a change does not`() throws {
    let growth = try SpatialSeries(Self.panel, variable: "V", .growth, from: 2012, to: 2022)
    #expect(growth.sections[0].units == ["a"] && growth.sections[0].values == [2])
    #expect(growth.notes.count == 2)
    let change = try SpatialSeries(Self.panel, variable: "V", .change, from: 2012, to: 2022)
    #expect(change.sections[0].values == [2, 5])
    #expect(throws: AutocorrelationError.self) {
      try SpatialSeries(Self.panel, variable: "V", .change, from: 2011, to: 2022)
    }
  }

  @Test func `a table without years is a cross-section, even with counts in its second column`() throws {
    let table = Table(
      source: "t.csv", columnNames: ["id", "births", "x"], rows: [["a", "1091", "1"], ["b", "487", "2"]])
    let spatial = try SpatialTable(table, variables: ["x"])
    #expect(!spatial.hasPeriods)
    #expect(
      try spatial.series("x").sections == [CrossSection(period: nil, units: ["a", "b"], values: [1, 2])])
    let years = Table(
      source: "t.csv", columnNames: ["id", "year", "x"], rows: [["a", "2012", "1"], ["b", "2012", "2"]])
    #expect(try SpatialTable(years, variables: ["x"]).hasPeriods)
  }

  @Test func `a constant variable and weights without links are told apart`() throws {
    let weights = SpatialWeightsTests.chain
    func series(_ units: [String], _ values: [Double]) -> SpatialSeries {
      SpatialSeries(
        source: "s", variable: "V", sections: [CrossSection(period: 2012, units: units, values: values)])
    }
    #expect(throws: AutocorrelationError.constant(variable: "V", period: 2012)) {
      try MoranEstimator.fit(series(["a", "b", "c", "d"], [1, 1, 1, 1]), weights: weights)
    }
    #expect(
      throws: AutocorrelationError.tooFewUnits(found: 2, needed: 4, statistic: "Moran's I", period: 2012)
    ) {
      try MoranEstimator.fit(series(["a", "b"], [1, 2]), weights: weights)
    }
  }

  @Test func `bivariate Moran of a variable with itself is Moran's I`() throws {
    let weights = try SpatialWeights(
      units: ["a", "b", "c", "d", "e"],
      links: (0..<4).flatMap { [SpatialWeights.Link(from: $0, to: $0 + 1), .init(from: $0 + 1, to: $0)] })
    let series = SpatialSeries(
      source: "s", variable: "V",
      sections: [CrossSection(period: 1, units: ["a", "b", "c", "d", "e"], values: [1, 2, 4, 8, 9])])
    let specification = MoranSpecification(permutations: 0)
    let one = try MoranEstimator.fit(series, weights: weights, specification).global[0].i
    let two = try MoranEstimator.fitBivariate(series, series, weights: weights, specification).results[0].i
    #expect(abs(one - two) < 1e-14)
  }
}
