import RuralValue
import TestSupport
import Testing

struct LinearCombinationTests {
  private func result() throws -> DynamicPanelResult {
    var specification = DynamicPanelSpecification(try FormulaSpecification("n ~ lag(n) + w*k + ys"))
    specification.gmmInstruments = [try GMMInstruments("n,2:4;collapse")]
    specification.standardInstruments = [try StandardInstruments("w,k,w:k,ys")]
    specification.timeEffects = .none
    specification.marginVariables = ["w"]
    specification.marginQuantiles = [0, 0.5, 1]
    return try DynamicPanelEstimator.fit(GMMReference.abdata, specification)
  }

  @Test func `a sum has the sum of the coefficients and of the covariances`() throws {
    let result = try result()
    let combination = try LinearCombination("w + k")
    let found = try result.estimate(combination)
    let positions = ["w", "k"].map { name in result.estimates.firstIndex { $0.name == name }! }
    let variance = positions.flatMap { a in positions.map { b in result.covariance[a][b] } }.reduce(0, +)
    expectClose(
      found.value, positions.map { result.estimates[$0].value }.reduce(0, +), relative: 1e-14,
      from: "the coefficients")
    expectClose(found.standardError, variance.squareRoot(), relative: 1e-12, from: "the covariances")
    #expect(found.name == "w+k")
    #expect(found.parameter.role == .sum)
  }

  @Test func `factors, products and lags are read`() throws {
    let combination = try LinearCombination("2*w - 0.5*w:k + lag(n, 1)*3 - ys")
    #expect(
      combination.parts == [
        .init(name: "w", factor: 2), .init(name: "w:k", factor: -0.5), .init(name: "lag(n, 1)", factor: 3),
        .init(name: "ys", factor: -1),
      ])
    #expect(combination.name == "2*w-0.5*w:k+lag(n, 1)*3-ys")
    #expect(try result().estimate(combination).parameter.role == .combination)
  }

  @Test(arguments: ["", "w +", "w ++ k", "2*3", "a*b*c"])
  func `a combination that cannot be read is refused`(text: String) {
    #expect(throws: DynamicPanelError.unreadableCombination(text: text)) { try LinearCombination(text) }
  }

  @Test func `an unknown coefficient is named with its neighbour`() throws {
    let result = try result()
    let error = #expect(throws: DynamicPanelError.self) { try result.estimate(LinearCombination("w+kk")) }
    #expect(error.map { "\($0)" }?.contains("no coefficient \"kk\". Did you mean \"k\"?") == true)
  }

  @Test func `four coefficients have eleven sums`() {
    let sums = LinearCombination.sums(of: ["P", "C", "I", "T"])
    #expect(
      sums.map(\.name) == [
        "P+C", "P+I", "P+T", "C+I", "C+T", "I+T", "P+C+I", "P+C+T", "P+I+T", "C+I+T", "P+C+I+T",
      ])
  }

  @Test func `a marginal effect is the main effect plus the product's at the moderator`() throws {
    let result = try result()
    #expect(result.marginalEffects.map(\.quantile) == [0, 0.5, 1])
    for effect in result.marginalEffects {
      let value = try #require(effect.values.first?.value)
      let expected = try result.estimate(
        LinearCombination(
          name: "", parts: [.init(name: "w", factor: 1), .init(name: "w:k", factor: value)]))
      expectClose(effect.effect.value, expected.value, relative: 1e-12, from: "b_w + b_wk k")
      expectClose(
        effect.effect.standardError, expected.standardError, relative: 1e-12, from: "the delta method")
    }
  }
}
