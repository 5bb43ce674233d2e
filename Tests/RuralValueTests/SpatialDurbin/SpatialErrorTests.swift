import RuralValue
import TestSupport
import Testing

/// What cannot be estimated is refused in a sentence that says why and what to do.
@Suite struct SpatialErrorTests {
  private func rows(_ change: (inout [[String]]) -> Void) throws -> Panel {
    let table = try SpatialFixtures.table("cigar.csv")
    var rows = (0..<table.rowCount).map { row in
      (0..<table.columnCount).map { table.text(row: row, column: $0) }
    }
    change(&rows)
    return try Panel(
      Table(source: "cigar.csv", columnNames: table.columnNames, rows: rows),
      variables: ["logc", "logp", "logy"])
  }

  private func message(
    _ panel: Panel? = nil, weights: SpatialWeights? = nil,
    _ change: (inout SpatialDurbinSpecification) throws -> Void = { _ in }
  ) throws -> String {
    var specification = try SpatialFixtures.specification(.sdm, .twoways)
    specification.isTested = false
    try change(&specification)
    let given = try weights ?? SpatialFixtures.states()
    let data = try panel ?? SpatialFixtures.cigarettes()
    do {
      _ = try SpatialDurbinEstimator.fit(data, weights: given, specification)
      return "no error"
    } catch let error as SpatialDurbinError {
      return error.description
    }
  }

  @Test func `a missing county-year is named, counted and explained`() throws {
    let text = try message(rows { $0.remove(at: 40) }) { $0.gaps = .refuse }
    #expect(
      text.hasPrefix("cigar.csv: \"Arizona\" has no row in 1973 (1 of 1380 unit-periods are incomplete)."))
    #expect(text.contains("ruralvalue prepare \(Setting("interpolate"))"))
  }

  @Test func `a missing value is named with its term`() throws {
    let text = try message(
      rows {
        $0[5][3] = ""
        $0[99][2] = "NA"
      }
    ) { $0.gaps = .refuse }
    #expect(text.hasPrefix("cigar.csv: \"Alabama\" has no value of logp in 1968 (2 of 1380"))
  }

  @Test func `periods that a lag leaves empty are left out`() throws {
    var specification = try SpatialFixtures.specification(.sdm, .twoways)
    specification.formula = try FormulaSpecification("logc ~ lag(logp) + logy")
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: SpatialFixtures.states(), specification)
    #expect(result.sample.periods == 29)
    #expect(result.sample.droppedRows == 46)
  }

  @Test func `weights without a link are refused`() throws {
    let states = try SpatialFixtures.states()
    let text = try message(weights: SpatialWeights(units: states.units, links: []))
    #expect(text.hasPrefix("No unit of the panel has a neighbour"))
  }

  @Test func `a regressor that fixed effects determine is left out with a note`() throws {
    let panel = try SpatialFixtures.cigarettes()
    let constant = panel.unitOfRow.map { Double($0 % 7) }
    var specification = try SpatialFixtures.specification(.sar, .unit)
    specification.formula = try FormulaSpecification("logc ~ logp + region")
    let result = try SpatialDurbinEstimator.fit(
      panel.with([("region", constant)]), weights: SpatialFixtures.states(), specification)
    #expect(!result.estimates.contains { $0.name == "region" })
    #expect(result.notes.contains { $0.english.contains("determine them: region") })
    specification.formula = try FormulaSpecification("logc ~ region")
    #expect(throws: SpatialDurbinError.noRegressors(dropped: ["region"])) {
      try SpatialDurbinEstimator.fit(
        panel.with([("region", constant)]), weights: SpatialFixtures.states(), specification)
    }
  }

  @Test func `an island is named, and the score is adjusted where Lee and Yu's transformation is not valid`()
    throws
  {
    let states = try SpatialFixtures.states()
    let maine = try #require(states.units.firstIndex(of: "Maine"))
    let cut = try SpatialWeights(
      units: states.units, links: states.links.filter { $0.from != maine && $0.to != maine })
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: cut, SpatialFixtures.specification(.sdm, .twoways))
    #expect(result.specification.correction == .transform && result.fit.kind == .adjusted)
    #expect(result.notes.contains { $0.english.contains("no neighbours (Maine)") })
    #expect(result.notes.contains { $0.english.contains("the score is adjusted for them") })
  }

  @Test func `equal weights of all others identify nothing beside effects of periods`() throws {
    let states = try SpatialFixtures.states()
    let count = states.units.count
    let equal = try SpatialWeights(
      units: states.units,
      links: (0..<count).flatMap { i in
        (0..<count).filter { $0 != i }.map { SpatialWeights.Link(from: i, to: $0, weight: 1) }
      })
    for model in [SpatialDurbinSpecification.Model.sar, .sdm, .sem] {
      let text = try message(weights: equal) { $0.model = model }
      #expect(text.contains("so that \(model.hasLag ? "ρ" : "λ") is not identified"), "\(text)")
    }
    #expect(
      try message(weights: equal) {
        $0.model = .sar
        $0.effects = .unit
      } == "no error")
  }

  @Test func `both processes with effects of units and weights that change are refused`() throws {
    let panel = try SpatialFixtures.cigarettes()
    let states = try SpatialFixtures.states()
    var specification = try SpatialFixtures.specification(.sac, .unit)
    specification.isTested = false
    let changing = Dictionary(uniqueKeysWithValues: panel.periods.map { ($0, states) })
    #expect {
      try SpatialDurbinEstimator.fit(panel, weightsByPeriod: changing, specification)
    } throws: {
      "\($0)".contains(
        "weights that change over time is not offered: the errors' filter changes with the period")
    }
  }

  @Test func `an SAC whose regressors tell nothing says that rho and lambda cannot be told apart`() throws {
    let grid = try TestWeights.grid(5, 6)
    for (beta, isSaid) in [([0.0, 0.0], true), ([1, -0.5], false)] {
      let planted = PlantedPanel(rho: 0, beta: beta, theta: [0, 0], periods: 8)
      let result = try SpatialDurbinEstimator.fit(
        planted.draw(grid, seed: 12), weights: grid, planted.specification(.sac))
      #expect(result.cautions.contains { $0.english.contains("only regressors tell ρ from λ") } == isSaid)
    }
  }

  @Test func `a one-way chain has nothing that spectral could divide by`() throws {
    let grid = try TestWeights.grid(3, 4)
    let chain = try SpatialWeights(units: grid.units, links: (0..<11).map { .init(from: $0, to: $0 + 1) })
    let planted = PlantedPanel(rho: 0.2, periods: 5)
    let panel = try planted.draw(grid, seed: 3)
    var specification = try planted.specification()
    specification.standardisation = .spectral
    #expect(throws: SpatialDurbinError.noCircle) {
      try SpatialDurbinEstimator.fit(panel, weights: chain, specification)
    }
    specification.standardisation = .minmax
    #expect(try SpatialDurbinEstimator.fit(panel, weights: chain, specification).fit.score < 1e-10)
  }

  @Test(arguments: [SpatialDurbinSpecification.Effects.twoways, .time, .unit, .none])
  func `a rho near one is found where the data tell it, to a thousandth of its error`(
    effects: SpatialDurbinSpecification.Effects
  ) throws {
    let ring = try TestWeights.ring(60, ahead: [1, 59])
    var planted = PlantedPanel(rho: 0.9995, theta: [0, 0], sigma: 0.01, periods: 8)
    planted.hasEffects = false
    let panel = try planted.draw(ring, seed: 8)
    let result = try SpatialDurbinEstimator.fit(
      panel, weights: ring, planted.specification(.sar, effects))
    let rho = result.estimate("rho")
    #expect(abs(rho.value - 0.9995) < 4 * rho.standardError)
    #expect(rho.standardError < 1e-4)
  }

  @Test func `simulated errors that a few draws near the bound make are said to be theirs`() throws {
    let ring = try TestWeights.ring(24, ahead: [1, 23])
    let planted = PlantedPanel(rho: 0.85, sigma: 3, periods: 3)
    var specification = try planted.specification()
    specification.draws = 1000
    let result = try SpatialDurbinEstimator.fit(planted.draw(ring, seed: 5), weights: ring, specification)
    let total = try #require(result.effects(.total)[0].simulated)
    #expect(total.standardError > (total.high - total.low) / 2.6)
    #expect(
      result.notes.contains { $0.english.contains("Take the intervals, which are quantiles of the draws") })
  }

  @Test func `weights of a period that is not given are asked for`() throws {
    let panel = try SpatialFixtures.cigarettes()
    let states = try SpatialFixtures.states()
    var specification = try SpatialFixtures.specification(.sdm, .twoways)
    specification.isTested = false
    #expect(throws: SpatialDurbinError.noWeights(period: 1964, available: [1963])) {
      try SpatialDurbinEstimator.fit(panel, weightsByPeriod: [1963: states], specification)
    }
  }

  @Test func `units that only the weights have are left out with a note`() throws {
    let states = try SpatialFixtures.states()
    let more = try SpatialWeights(
      units: states.units + ["Ontario"],
      links: states.links + [.init(from: 46, to: 0), .init(from: 0, to: 46)])
    let result = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: more, SpatialFixtures.specification(.sar, .unit))
    let plain = try SpatialDurbinEstimator.fit(
      SpatialFixtures.cigarettes(), weights: states, SpatialFixtures.specification(.sar, .unit))
    #expect(result.fit.weightsFingerprint == plain.fit.weightsFingerprint)
    #expect(result.notes.contains { $0.english.contains("(Ontario)") })
  }
}
