import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// Input of which no evolution can be told, and what the message says.
@Suite struct EvolutionErrorTests {
  typealias Fixtures = EvolutionFixtures

  private static func message(
    _ panel: Panel, weights: SpatialWeights? = nil, places: UnitPlaces? = nil,
    _ change: (inout EvolutionSpecification) -> Void = { _ in }
  ) -> String {
    do {
      _ = try EvolutionEstimator.fit(
        panel, variable: "y", weights: weights, places: places, Fixtures.specification(change))
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func `one period has no transitions and says what is left`() {
    let text = Self.message(Fixtures.panel([[1], [2], [3]]))
    #expect(text.contains("the period 1 alone") && text.contains("kernel"))
    #expect(Self.message(Fixtures.panel([[1], [2], [3]])) { $0.parts = [.kernel] } == "no error")
  }

  @Test func `a constant column, and one without values, are refused`() {
    #expect(Self.message(Fixtures.panel([[2, 2], [2, 2]])).contains("is 2 for every unit"))
    #expect(
      Self.message(Fixtures.panel([[.nan, .nan], [.nan, .nan]])).contains("not one unit has a value"))
  }

  @Test func `an empty quantile class proposes fewer classes`() {
    let values = (0..<12).map { $0 < 7 ? [0, 0.0] : [Double($0), Double($0 + 1)] }
    let text = Self.message(Fixtures.panel(values))
    #expect(
      text.contains("one is empty") && text.contains("value 0") && text.contains("3 has no empty class"))
    let heavy = Self.message(Fixtures.panel((0..<20).map { $0 < 18 ? [2, 2] : [1, 0] }))
    #expect(heavy.contains("no number of quantile classes has none"))
    #expect(Self.message(Fixtures.panel(values)) { $0.classes = 2 } == "no error")
  }

  @Test func `the proposed number of classes works, and the next larger one does not`() throws {
    for zeros in 3...18 {
      let values = (0..<40).map { $0 < zeros ? [0, 0.0] : [Double($0), Double($0) + 0.5] }
      for classes in 3...9 {
        do {
          _ = try ClassCuts(quantilesOf: values.flatMap(\.self), classes: classes, what: "y")
        } catch EvolutionError.equalCuts(_, _, _, let proposal?) {
          let cuts = try ClassCuts(quantilesOf: values.flatMap(\.self), classes: proposal, what: "y")
          let found = Set(values.flatMap(\.self).map(cuts.classOf))
          #expect(found.count == proposal)
        } catch {}
      }
    }
  }

  @Test func `negative weights, totals and reflected values name unit and period`() throws {
    let panel = Fixtures.panel([[1, 2], [3, -1], [2, 4]]).with([
      ("w", [1, 1, 2, -3, 1, 1]), ("zero", [0, 1, 0, 1, 0, 1]),
    ])
    let weighted = Self.message(panel) { $0.populationColumn = "w" }
    #expect(weighted.contains("w of \"u1\" in 2 is -3"))
    #expect(Self.message(panel) { $0.populationColumn = "zero" }.contains("in 1 no unit"))
    let reflected = Self.message(panel) { $0.boundary = .reflect }
    #expect(reflected.contains("y of \"u1\" in 2 is -1") && reflected.contains("boundary"))
    let places = try UnitPlaces(
      PolygonLayer(source: "p", places: [.init(x: 100, y: 30), .init(x: 101, y: 31), .init(x: 102, y: 30)]),
      ids: ["u0", "u1", "u2"])
    #expect(Self.message(panel, places: places) { $0.parts = [.centre] }.contains("y of \"u1\" in 2 is -1"))
    let none = Fixtures.panel([[0, 2], [0, 1], [0, 4]])
    #expect(Self.message(none, places: places) { $0.parts = [.centre] }.contains("zero for all units in 1"))
    let fewer = try UnitPlaces(PolygonLayer(source: "p", places: [.init(x: 100, y: 30)]), ids: ["u0"])
    #expect(Self.message(none, places: fewer) { $0.parts = [.centre] }.contains("u1"))
  }

  @Test func `weights that lack a unit, or have no links, are refused`() throws {
    let panel = Fixtures.panel([[1, 2], [3, 1], [2, 4], [5, 3]])
    let lacking = try SpatialWeights(units: ["u0", "u1"], links: [.init(from: 0, to: 1)])
    #expect(Self.message(panel, weights: lacking).contains("u2"))
    let empty = try SpatialWeights(units: panel.units, links: [])
    #expect(Self.message(panel, weights: empty).contains("has a neighbour"))
  }

  @Test func `values that are never above zero leave convergence without a number and with a reason`() throws
  {
    let panel = Fixtures.panel((0..<8).map { [-1 - Double($0), -2 - Double($0 * $0)] })
    let result = try EvolutionEstimator.fit(panel, variable: "y", Fixtures.specification { $0.classes = 2 })
    let convergence = try #require(result.convergence)
    #expect(convergence.estimates.allSatisfy { $0.beta == nil && $0.reason != nil })
    #expect(convergence.sigma.reason != nil)
    #expect(result.notes.contains { $0.english.contains("u0") && $0.english.contains("above zero") })
  }

  @Test func `who lacks a value is named, period by period, and a cross-section shows no time`() throws {
    let panel = Fixtures.panel([[1, 2], [.nan, 4], [3, 5], [2, 1]])
    let result = try EvolutionEstimator.fit(panel, variable: "y", Fixtures.specification { $0.classes = 2 })
    #expect(result.notes.contains { $0.english.contains("missing in 1") && $0.english.contains("u1") })
    let flat = try Panel(
      source: "made up", unitOfRow: ["a", "b", "c"], timeOfRow: [0, 0, 0], hasPeriods: false,
      variables: [("y", [1, 2, 5])])
    let section = try EvolutionEstimator.fit(
      flat, variable: "y", Fixtures.specification { $0.parts = [.kernel] })
    #expect(EvolutionTables(section).parts[0].table.column("time")?.values == .integer([nil]))
    #expect(Self.message(flat).contains("no period"))
  }

  @Test func `a period without spread has no density and says why`() throws {
    let panel = Fixtures.panel([[1, 2], [1, 4], [1, 5]])
    let result = try EvolutionEstimator.fit(
      panel, variable: "y", Fixtures.specification { $0.parts = [.kernel] })
    let periods = try #require(result.kernels?.periods)
    #expect(periods[0].curve == nil && periods[0].reason != nil && periods[1].curve != nil)
    let tables = EvolutionTables(result).parts
    #expect(tables[0].table.notes.contains { $0.english.contains("no density") })
  }
}
