import RuralValue
import TestSupport
import Testing

/// What must hold whatever the data are.
struct DynamicPanelIdentityTests {
  private func specification(
    _ formula: String, gmm: [String], iv: [String] = [],
    _ change: (inout DynamicPanelSpecification) -> Void = { _ in }
  ) throws -> DynamicPanelSpecification {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    specification.gmmInstruments = try gmm.map { try GMMInstruments($0) }
    specification.standardInstruments = try iv.map { try StandardInstruments($0) }
    specification.timeEffects = .none
    change(&specification)
    return specification
  }

  @Test func `an exactly identified model is instrumental variables, in one step and in two`() throws {
    let panel = SimulatedPanel().draw()
    let y = try panel.values(of: "V")
    let change = panel.difference(y)
    let earlier = panel.lag(change)
    let instrument = panel.lag(y, by: 2)
    // Anderson and Hsiao (1981): Σ y₋₂ Δy / Σ y₋₂ Δy₋₁.
    let rows = y.indices.filter { !change[$0].isNaN && !earlier[$0].isNaN && !instrument[$0].isNaN }
    let expected =
      rows.reduce(0) { $0 + instrument[$1] * change[$1] }
      / rows.reduce(0) { $0 + instrument[$1] * earlier[$1] }
    for steps in DynamicPanelSpecification.Steps.allCases {
      let result = try DynamicPanelEstimator.fit(
        panel,
        specification("V ~ lag(V)", gmm: ["V,2:2;collapse"]) {
          $0.estimator = .difference
          $0.steps = steps
        })
      expectClose(result.estimates[0].value, expected, relative: 1e-12, from: "Anderson and Hsiao")
      #expect(result.test("hansen")?.statistic == nil)
      #expect(result.test("hansen")?.reason?.english.contains("exactly identified") == true)
    }
  }

  @Test func `reversing rows and units changes nothing`() throws {
    let panel = GMMReference.abdata
    let rows = (0..<panel.rowCount).reversed()
    let reversed = try Panel(
      source: "reversed", unitOfRow: rows.map { panel.unit(ofRow: $0) },
      timeOfRow: rows.map { panel.period(ofRow: $0) },
      variables: try ["n", "w", "k"].map { name in
        let values = try panel.values(of: name)
        return (name, rows.map { values[$0] })
      })
    let specification = try specification("n ~ lag(n) + w + k", gmm: ["n,w,2:"], iv: ["k"]) {
      $0.timeEffects = .both
    }
    expectSame(
      try DynamicPanelEstimator.fit(reversed, specification),
      try DynamicPanelEstimator.fit(panel, specification),
      relative: 1e-8, from: "the same rows in their own order")
  }

  @Test(arguments: DynamicPanelSpecification.Transform.allCases)
  func `rescaling a variable rescales its coefficient and nothing else`(
    transform: DynamicPanelSpecification.Transform
  ) throws {
    let panel = GMMReference.abdata
    let scaled = panel.with([("w", try panel.values(of: "w").map { 1000 * $0 })])
    let specification = try specification("n ~ lag(n) + w + k", gmm: ["n,w,2:4"], iv: ["k"]) {
      $0.transform = transform
    }
    let (a, b) = (
      try DynamicPanelEstimator.fit(panel, specification),
      try DynamicPanelEstimator.fit(scaled, specification)
    )
    for name in ["lag(n, 1)", "k", "(Intercept)"] {
      let (x, y) = (a.coefficient(name)!, b.coefficient(name)!)
      expectClose(y.value, x.value, relative: 1e-8, from: "w in its own unit", name)
      expectClose(
        y.standardError, x.standardError, relative: 1e-8, from: "w in its own unit", "se of \(name)")
    }
    expectClose(
      1000 * b.coefficient("w")!.value, a.coefficient("w")!.value, relative: 1e-8, from: "w / 1000")
    for (x, y) in zip(a.tests, b.tests) where x.reason == nil {
      expectClose(
        try #require(y.statistic), x.statistic!, relative: 1e-7, absolute: 1e-7, from: "w in its own unit",
        x.key)
    }
  }

  @Test func `deviations equal differences in a balanced panel with all lags as instruments`() throws {
    // Arellano and Bover (1995): one-step GMM does not depend on the transformation there.
    let panel = SimulatedPanel(units: 80, periods: 6).draw()
    func fit(_ transform: DynamicPanelSpecification.Transform) throws -> DynamicPanelResult {
      try DynamicPanelEstimator.fit(
        panel,
        specification("V ~ lag(V) + P", gmm: ["V,2:", "P,1:"]) {
          $0.estimator = .difference
          $0.transform = transform
          $0.steps = .one
        })
    }
    let (fd, fod) = (try fit(.firstDifferences), try fit(.orthogonalDeviations))
    for (x, y) in zip(fd.estimates, fod.estimates) {
      expectClose(x.value, y.value, relative: 1e-9, from: "forward deviations", x.name)
      expectClose(x.standardError, y.standardError, relative: 1e-9, from: "forward deviations", x.name)
    }
  }

  @Test func `Hansen's J is what a set adds to the J of the rest`() throws {
    let result = try DynamicPanelEstimator.fit(
      GMMReference.abdata, specification("n ~ lag(n) + w + k", gmm: ["n,2:4", "w,2:4"], iv: ["k"]))
    let hansen = try #require(result.test("hansen")?.statistic)
    for test in result.tests where test.key.hasPrefix("diff_hansen") {
      expectClose(
        test.statistic! + test.excluding!.value, hansen, relative: 1e-12, from: "Hansen", test.key)
      #expect(test.statistic! > 0)
    }
  }

  @Test func `iterated GMM stands still under one more step`() throws {
    let specification = try specification("n ~ lag(n) + w + k", gmm: ["n,w,2:4;collapse"], iv: ["k"]) {
      $0.steps = .iterated
    }
    let result = try DynamicPanelEstimator.fit(GMMReference.abdata, specification)
    let reversed = try DynamicPanelEstimator.fit(
      GMMReference.abdata.with([("w", try GMMReference.abdata.values(of: "w").map { -$0 })]), specification)
    #expect(result.stepCount > 3)
    // The end does not depend on the way there.
    expectClose(
      -reversed.coefficient("w")!.value, result.coefficient("w")!.value, relative: 1e-7, from: "−w")
    #expect(result.estimates.allSatisfy { $0.standardError > 0 })
  }

  @Test func `centring changes main effects but not the fit in first differences`() throws {
    let panel = SimulatedPanel(units: 100, periods: 8, slopes: [0.3, -0.2]).draw()
    func fit(_ centred: Bool) throws -> DynamicPanelResult {
      try DynamicPanelEstimator.fit(
        panel,
        specification("V ~ lag(V) + P*C", gmm: ["V,2:4;collapse"], iv: ["P,C,P:C"]) {
          $0.estimator = .difference
          $0.isCentred = centred
        })
    }
    let (raw, centred) = (try fit(false), try fit(true))
    for name in ["lag(V, 1)", "P:C"] {
      expectClose(
        raw.coefficient(name)!.value, centred.coefficient(name)!.value, relative: 1e-8, from: "centred",
        name)
    }
    // ∂V/∂P at the mean of C is the centred main effect.
    let mean = try panel.values(of: "C").reduce(0, +) / Double(panel.rowCount)
    let combination = LinearCombination(
      name: "P at mean C", parts: [.init(name: "P", factor: 1), .init(name: "P:C", factor: mean)])
    let atMean = try raw.estimate(combination)
    expectClose(atMean.value, centred.coefficient("P")!.value, relative: 1e-8, from: "centred P")
    expectClose(
      atMean.standardError, centred.coefficient("P")!.standardError, relative: 1e-7, from: "centred P")
    let inflation = try #require(centred.inflation)
    #expect(inflation.rows.map(\.name) == ["lag(V, 1)", "P", "C", "P:C"])
    #expect(inflation.rows.last!.after < inflation.rows.last!.before)
    #expect(inflation.centred == ["P", "C"])
  }

  @Test func `shorthands and defaults are what they stand for`() throws {
    let panel = GMMReference.abdata
    var none = try specification("n ~ lag(n) + w + k", gmm: [])
    none.timeEffects = .both
    var spelt = try specification(
      "n ~ lag(n) + w + k",
      gmm: ["n,2:4;collapse", "w,1:3;collapse;eq=diff", "k,1:3;collapse;eq=diff"])
    spelt.timeEffects = .both
    let result = try DynamicPanelEstimator.fit(panel, none)
    #expect(result.hasDefaultInstruments)
    #expect(result.cautions[0].english.hasPrefix("Instruments were assumed, for none were named"))
    expectSame(
      result, try DynamicPanelEstimator.fit(panel, spelt), relative: 1e-12, from: "the sets spelt out")
    // gmm(lag(n), lag(1 .)) is gmm(n, lag(2 .)).
    let lagged = try specification("n ~ lag(n) + w + k", gmm: ["lag(n),1:3"], iv: ["w,k"])
    let plain = try specification("n ~ lag(n) + w + k", gmm: ["n,2:4"], iv: ["w,k"])
    expectSame(
      try DynamicPanelEstimator.fit(panel, lagged), try DynamicPanelEstimator.fit(panel, plain),
      relative: 1e-10,
      from: "gmm(n, lag(2 4))")
  }

  @Test func `time dummies in levels only are another estimator than in both equations`() throws {
    func fit(_ effects: DynamicPanelSpecification.TimeEffects) throws -> DynamicPanelResult {
      try DynamicPanelEstimator.fit(
        GMMReference.abdata,
        specification("n ~ lag(n) + w + k", gmm: ["n,w,2:4"], iv: ["k"]) { $0.timeEffects = effects })
    }
    let (both, level) = (try fit(.both), try fit(.level))
    #expect(both.ledger.count == level.ledger.count)
    #expect(abs(both.estimates[0].value - level.estimates[0].value) > 1e-4)
  }
}

/// Two estimates with the same coefficients, errors and tests.
func expectSame(
  _ a: DynamicPanelResult, _ b: DynamicPanelResult, relative: Double, from source: String,
  skipping: Set<String> = []
) {
  #expect(a.estimates.map(\.name) == b.estimates.map(\.name))
  for (x, y) in zip(a.estimates, b.estimates) {
    expectClose(x.value, y.value, relative: relative, from: source, x.name)
    expectClose(x.standardError, y.standardError, relative: relative, from: source, "se of \(x.name)")
  }
  for (x, y) in zip(a.tests, b.tests) where !skipping.contains(x.key) {
    guard let p = x.statistic, let q = y.statistic else {
      #expect(x.reason != nil && y.reason != nil)
      continue
    }
    expectClose(p, q, relative: relative, absolute: relative, from: source, x.key)
  }
}
