internal import RuralValueNumerics

/// A hypothesis about coefficients: that several are zero, `P:C,P:I` or `P:*`, or an equation, `P = C`.
public struct CoefficientTest: Sendable, Equatable {
  /// What is supposed.
  public enum Hypothesis: Sendable, Equatable {
    /// These coefficients are zero; `P:*` stands for every product of P.
    case zero([String])
    /// A combination has a value.
    case equation(LinearCombination, Double)
  }

  /// The text as it was written.
  public let text: String
  /// What is supposed.
  public let hypothesis: Hypothesis

  /// Reads names separated by commas, or an equation of two combinations.
  ///
  /// Throws `DynamicPanelError.unreadableTest`.
  public init(_ text: String) throws(DynamicPanelError) {
    self.text = text
    let sides = text.split(separator: "=", omittingEmptySubsequences: false).map {
      CellText.trimmed(String($0))
    }
    guard sides.count > 1 else {
      let names = Self.names(text)
      guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty }) else { throw .unreadableTest(text: text) }
      hypothesis = .zero(names)
      return
    }
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { throw .unreadableTest(text: text) }
    var parts: [LinearCombination.Part] = []
    var value = 0.0
    for (side, sign) in [(sides[0], 1.0), (sides[1], -1.0)] {
      if let number = PlainDecimal.value(of: side) {
        value += sign * number
        continue
      }
      guard let combination = try? LinearCombination(side) else { throw .unreadableTest(text: text) }
      parts += combination.parts.map { .init(name: $0.name, factor: sign * $0.factor) }
    }
    let factors = parts.reduce(into: [String: Double]()) { $0[$1.name, default: 0] += $1.factor }
    guard factors.values.contains(where: { $0 != 0 }) else { throw .unreadableTest(text: text) }
    hypothesis = .equation(LinearCombination(name: text, parts: parts), value)
  }

  /// The names between commas that stand outside brackets and backticks.
  private static func names(_ text: String) -> [String] {
    var names = [""]
    var depth = 0
    var isQuoted = false
    for letter in text {
      if letter == "`" { isQuoted.toggle() }
      if !isQuoted, letter == "(" { depth += 1 }
      if !isQuoted, letter == ")" { depth -= 1 }
      if letter == ",", depth == 0, !isQuoted {
        names.append("")
      } else {
        names[names.count - 1].append(letter)
      }
    }
    return names.map(CellText.trimmed)
  }

  /// The coefficients that the test names.
  public var names: [String] {
    switch hypothesis {
    case .zero(let names): names.filter { !$0.hasSuffix(":*") }
    case .equation(let combination, _): combination.parts.map(\.name)
    }
  }
}

extension DynamicPanelResult {
  /// The result with tests of hypotheses behind its own.
  ///
  /// Throws `DynamicPanelError.noSuchCoefficient`, with the nearest name.
  public func adding(tests more: [CoefficientTest]) throws(DynamicPanelError) -> DynamicPanelResult {
    var result = self
    for test in more { result.tests.append(try self.test(test)) }
    return result
  }

  /// The test of a hypothesis: b_S′V_SS⁻¹b_S ~ χ²(rank V_SS), or F under small-sample correction.
  func test(_ test: CoefficientTest) throws(DynamicPanelError) -> TestResult {
    let key = "test:\(test.text)"
    switch test.hypothesis {
    case .zero(let names):
      let places = try places(of: names)
      let rows = places.map { place in estimates.indices.map { $0 == place ? 1.0 : 0 } }
      let named = listed(places.map { WordedName(estimates[$0].parameter).signed }, most: 6)
      return wald(
        key, Phrase("\(named) \(places.count == 1 ? "is" : "are") zero", zh: "\(named)为零"), rows,
        places.map { estimates[$0].value })
    case .equation(let combination, let value):
      let estimate = try estimate(combination, option: Setting("test"))
      var weights = [Double](repeating: 0, count: estimates.count)
      for part in combination.parts {
        weights[estimates.firstIndex { $0.name == part.name }!] += part.factor
      }
      return wald(
        key, Phrase(verbatim: test.text), [weights], [estimate.value + value])
    }
  }

  private func places(of names: [String]) throws(DynamicPanelError) -> [Int] {
    var places: [Int] = []
    for name in names {
      if name.hasSuffix(":*") {
        let factor = String(name.dropLast(2))
        let found = estimates.indices.filter { place in
          guard let term = term(of: estimates[place]), term.isProduct else { return false }
          return term.factors.contains { $0.name == factor } && Set(term.factors).count > 1
        }
        guard !found.isEmpty else {
          throw .noSuchCoefficient(name: name, option: Setting("test"), known: estimates.map(\.name))
        }
        places += found
      } else if let place = estimates.firstIndex(where: { $0.name == name }) {
        places.append(place)
      } else {
        throw .noSuchCoefficient(name: name, option: Setting("test"), known: estimates.map(\.name))
      }
    }
    return places.firstAppearances
  }

  private func term(of estimate: Estimate) -> FormulaTerm? {
    specification.formula.terms.first { $0.name == estimate.name }
  }

  /// R b against zero, by χ², or by the F of Hotelling's T² with units less instruments as its degrees of freedom, where the
  /// covariance of many coefficients at once is known too badly for χ².
  private func wald(
    _ key: String, _ hypothesis: Phrase, _ rows: [[Double]], _ values: [Double], usesHotelling: Bool = false
  ) -> TestResult {
    let matrix = Matrix(rows: rows)
    let form = WaldForm(
      values, matrix.times(Matrix(rows: covariance)).timesTransposed(matrix).symmetrised, tolerance: 1e-10)
    guard form.rank > 0 else {
      return TestResult(
        key, hypothesis,
        notComputed: Phrase("A coefficient has no standard error.", zh: "有系数没有标准误。"))
    }
    let words =
      form.isSingular
      ? Phrase(
        "\(hypothesis.english) (only \(form.rank) of \(values.count) independent)",
        zh: "\(hypothesis.chinese)（\(values.count)个中仅\(form.rank)个独立）") : hypothesis
    guard usesHotelling else {
      return TestResult(key, words, form.statistic(degreesOfFreedom: reference.degreesOfFreedom))
    }
    let free = ledger.units - ledger.count
    let denominator = free - form.rank + 1
    guard denominator >= 1 else {
      return TestResult(
        key, words,
        notComputed: Phrase(
          "It needs more units than instruments and coefficients tested.", zh: "该检验要求个体数多于工具变量数与受检系数个数之和。"))
    }
    return TestResult(
      key, words, form.value * Double(denominator) / Double(free * form.rank), .f(form.rank, denominator))
  }

  /// Tests that all products of two, three and four variables, and all together, are zero: whether interactions matter at
  /// all. None where the formula has fewer than two products.
  ///
  /// Nobody chose them, so they must not find products in noise: by χ² they do in 14 to 21 of 100 panels of 121 counties, four
  /// factors and 11 years, by Hotelling's F in 9 (six products and eleven; two products at 60 counties: 5).
  var productTests: [TestResult] {
    let orders = estimates.map { estimate in term(of: estimate).map { Set($0.factors).count } ?? 0 }
    func test(_ key: String, _ hypothesis: Phrase, _ isTested: (Int) -> Bool) -> TestResult? {
      let places = orders.indices.filter { isTested(orders[$0]) }
      guard !places.isEmpty else { return nil }
      return wald(
        key, hypothesis, places.map { place in estimates.indices.map { $0 == place ? 1.0 : 0 } },
        places.map { estimates[$0].value }, usesHotelling: true)
    }
    guard orders.count(where: { $0 > 1 }) > 1 else { return [] }
    let words = [2: ("two", "两"), 3: ("three", "三"), 4: ("four", "四")]
    let own = [2, 3, 4].compactMap { order in
      test(
        "wald_products:\(order)",
        Phrase("all products of \(words[order]!.0) are zero", zh: "所有\(words[order]!.1)变量乘积的系数为零")
      ) { $0 == order }
    }
    let all = test("wald_products", Phrase("all products are zero", zh: "所有乘积项系数为零")) { $0 > 1 }
    return own.count > 1 ? own + [all].compactMap(\.self) : [all].compactMap(\.self)
  }
}
