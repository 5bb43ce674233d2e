import RuralValue
import TestSupport
import Testing

/// Marginal effects where the moderator is a column of levels: one effect a level, which is the slope of that level.
struct MarginalLevelTests {
  /// The base panel with a region that each unit keeps, and a grade that changes.
  private func result(
    _ formula: String, iv: String, centred: Bool = false, quantiles: [Double] = [0.1, 0.5]
  ) throws -> DynamicPanelResult {
    let lines = try ProjectFiles.fixtureText("reference/gmm-cases/base.csv").split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let rows = lines.dropFirst().enumerated().map { row, cells in
      cells + [["East", "Central", "West"][row / 8 % 3], ["1", "2"][(row + row / 8) % 2]]
    }
    let table = Table(source: "base.csv", columnNames: lines[0] + ["region", "grade"], rows: Array(rows))
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    specification.gmmInstruments = [try GMMInstruments("y,2:4;collapse")]
    specification.standardInstruments = [try StandardInstruments(iv)]
    specification.isCentred = centred
    specification.marginVariables = ["x"]
    specification.marginQuantiles = quantiles
    let columns = specification.formula.levelColumns
    let levels = try FormulaLevels(table, columns: columns)
    try specification.expand(levels)
    return try DynamicPanelEstimator.fit(
      Panel(table, variables: ["y", "x", "w"], levels: levels), specification)
  }

  private func coefficient(_ name: String, _ result: DynamicPanelResult) throws -> Double {
    try #require(result.estimates.first { $0.name == name }?.value)
  }

  @Test(arguments: [false, true]) func `a slope of each level is the effect there`(centred: Bool) throws {
    let result = try result("y ~ lag(y) + factor(region):x", iv: "factor(region):x", centred: centred)
    let effects = result.marginalEffects
    #expect(effects.map(\.levels) == ["Central", "East", "West"].map { ["factor(region)\($0)"] })
    for effect in effects {
      let own = try #require(result.estimates.first { $0.name == effect.levels[0] + ":x" })
      expectClose(effect.effect.value, own.value, relative: 1e-12, from: "the level's coefficient")
      expectClose(effect.effect.standardError, own.standardError, relative: 1e-12, from: "its standard error")
      #expect(effect.values.map(\.value).reduce(0, +) == 1 && effect.quantile.isNaN)
    }
  }

  @Test func `the base has its row, and the others its slope and their difference`() throws {
    let result = try result("y ~ lag(y) + x + factor(region):x", iv: "x,factor(region):x")
    let x = try coefficient("x", result)
    let expected = [
      x, try x + coefficient("factor(region)East:x", result),
      try x + coefficient("factor(region)West:x", result),
    ]
    #expect(
      result.marginalEffects.map(\.levels) == [
        ["factor(region)Central"], ["factor(region)East"], ["factor(region)West"],
      ])
    for (effect, value) in zip(result.marginalEffects, expected) {
      expectClose(effect.effect.value, value, relative: 1e-12, from: "sums of coefficients")
    }
    let labels = try #require(result.marginalEffectTable.column("moderator")?.values)
    guard case .phrase(let phrases) = labels else {
      return #expect(Bool(false), "the moderators are no phrases")
    }
    #expect(
      phrases.map(\.english) == ["factor(region)Central", "factor(region)East", "factor(region)West"])
  }

  @Test func `a measured moderator takes its quantiles in each level, and two columns are combined`() throws {
    let result = try result(
      "y ~ lag(y) + x*factor(grade) + x:w + w", iv: "x*factor(grade),x:w,w")
    let (x, difference, slope) = (
      try coefficient("x", result), try coefficient("x:factor(grade)2", result),
      try coefficient("x:w", result)
    )
    #expect(result.marginalEffects.count == 4)
    for effect in result.marginalEffects {
      let w = try #require(effect.values.first { $0.name == "w" }?.value)
      let step = effect.levels == ["factor(grade)2"] ? difference : 0
      #expect(effect.moderator == "w")
      expectClose(effect.effect.value, x + step + slope * w, relative: 1e-10, from: "sums of coefficients")
    }
    let both = try self.result(
      "y ~ lag(y) + x + factor(region):x + factor(grade):x", iv: "x,factor(region):x,factor(grade):x")
    #expect(both.marginalEffects.count == 6)
    #expect(Set(both.marginalEffects.map(\.levels)).count == 6)
  }
}
