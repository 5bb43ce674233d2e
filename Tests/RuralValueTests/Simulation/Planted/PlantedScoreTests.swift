import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// The score files from which `make reproduce` takes Tables 4 and 5 of the Hunan paper.
@Suite struct PlantedScoreTests {
  static let files = ["scores-table4.csv", "scores-table5.csv"]
  private static let environment = ProcessInfo.processInfo.environment
  private static let isWriting = environment["RURALVALUE_WRITE_FIXTURES"] != nil

  /// Slow in debug, for the estimators run some thirty times. To write the files anew:
  /// `RURALVALUE_WRITE_FIXTURES=1 swift test --filter PlantedScoreTests`, then look at the difference.
  ///
  /// Other builds of BLAS may end an iteration in other last digits, so that the files are held to 1e-6.
  @Test(.enabled(if: isWriting || environment["RURALVALUE_SLOW_TESTS"] == "1"), arguments: files)
  func `the planted scores in the fixtures are what their generator plants, to 1e-6`(file: String) throws {
    let isTable4 = file == "scores-table4.csv"
    let columns = try isTable4 ? PlantedTable4().draw() : PlantedTable5().draw()
    let text = try PlantedCounties(seed: 0).csv(columns)
    let url = ProjectFiles.fixture("data/hunan/\(file)")
    if Self.isWriting { try Data(text.utf8).write(to: url, options: .atomic) }
    let drawn = text.split(separator: "\n")
    let stored = try HunanFixture.cells("data/hunan/\(file)")
    try #require(drawn.count == stored.count + 1)
    for (line, cells) in zip(drawn.dropFirst(), stored) {
      let fresh = line.split(separator: ",").map(String.init)
      #expect(fresh.prefix(5) == cells.prefix(5))
      for (one, other) in zip(fresh, cells).dropFirst(5) {
        expectClose(
          try #require(Double(one)), try #require(Double(other)), absolute: 1e-6, from: "the fixture",
          fresh[0])
      }
    }
  }

  @Test(arguments: files) func `every row is of a studied county and says that it is simulated`(file: String)
    throws
  {
    let rows = try HunanFixture.cells("data/hunan/\(file)")
    let studied = try HunanFixture.cells("data/hunan/counties.csv").filter { $0[7] == "yes" }
    #expect(rows.count == 121 * 11)
    #expect(rows.allSatisfy { $0[4] == "yes" })
    #expect(
      Set(rows.map { "\($0[0]) \($0[2]) \($0[3])" }) == Set(studied.map { "\($0[0]) \($0[1]) \($0[2])" }))
    #expect(Set(rows.map { $0[1] }) == Set((2012...2022).map(String.init)))
  }

  @Test func `scores lie between 0 and 1`() throws {
    for row in try HunanFixture.cells("data/hunan/scores-table4.csv") {
      for cell in row[5...] { #expect((0...1).contains(try #require(Double(cell)))) }
    }
    for row in try HunanFixture.cells("data/hunan/scores-table5.csv") {
      for cell in row[5...] { #expect(try #require(Double(cell)) < 0) }
    }
  }

  /// Of the expected information about ρ the part of the Jacobian does not depend on the data: what Wy adds can
  /// only make the error smaller. With F′WF in place of W, as Lee and Yu transform, n = N − 1 and t = T − 1,
  /// se(ρ) ≤ (t[tr G² + tr G′G − 2 (tr G)²/n])^−½. Of the observed information at the maximum, where
  /// e′Wy = σ²t tr G, at least t[tr G² − (tr G)²/n] is left by Cauchy and Schwarz.
  /// Source: methods/spatial-durbin.md, item 5; Fixtures/reference/planted.
  @Test func `no data on these links give rho the printed error by the likelihood's information`() throws {
    let counties = try PlantedCounties(seed: 0)
    let weights = try counties.weights()
    let (n, t) = (counties.count - 1, counties.years.count - 1)
    // The columns of F: an orthonormal basis of what sums to zero.
    let basis = Matrix(
      columns: (1...n).map { k in
        let scale = 1 / (Double(k) * Double(k + 1)).squareRoot()
        return (0..<counties.count).map { $0 < k ? scale : $0 == k ? -Double(k) * scale : 0 }
      })
    let lagged = Matrix(columns: (0..<n).map { weights.spatialLag(basis.column($0)) })
    let w = basis.transposedTimes(lagged)
    // G = W(I − ρW)⁻¹ by its series, which shrinks by ρ = 0.044 a term.
    var (g, power) = (w, w)
    for _ in 0..<14 {
      power = PlantedTable5.rho * (power * w)
      g.add(power)
    }
    let squares = (g * g).trace + g.crossProduct.trace - 2 * g.trace * g.trace / Double(n)
    let bound = 1 / (Double(t) * squares).squareRoot()
    expectClose(bound, 0.044839458510751, absolute: 1e-12, from: "Fixtures/reference/planted, numpy")
    let observed = 1 / (Double(t) * ((g * g).trace - g.trace * g.trace / Double(n))).squareRoot()
    expectClose(observed, 0.065709837285808, absolute: 1e-12, from: "Fixtures/reference/planted, numpy")
    let error = try table5().estimate("rho").standardError
    #expect(error <= bound && error > 0.99 * bound, "\(error) against a bound of \(bound)")
  }

  /// The SDM on the stored file.
  private func table5() throws -> SpatialDurbinResult {
    let rows = try HunanFixture.cells("data/hunan/scores-table5.csv")
    let names = ["lnV"] + PlantedTable5.names
    let panel = try Panel(
      source: "scores-table5.csv", unitOfRow: rows.map { $0[0] }, timeOfRow: rows.compactMap { Int($0[1]) },
      variables: names.enumerated().map { k, name in (name, rows.map { Double($0[5 + k]) ?? .nan }) })
    return try SpatialDurbinEstimator.fit(
      panel, weights: PlantedCounties(seed: 0).weights(), PlantedTable5.specification())
  }
}
