import RuralValue
import TestSupport
import Testing

/// What a call without instruments assumes, and what it says of it.
struct DefaultInstrumentTests {
  private let panel = SimulatedPanel(units: 90, periods: 10, slopes: [0.3, 0.1]).draw()

  private func fit(
    _ formula: String, _ panel: Panel? = nil,
    _ change: (inout DynamicPanelSpecification) throws -> Void = { _ in }
  ) throws -> DynamicPanelResult {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    try change(&specification)
    return try DynamicPanelEstimator.fit(panel ?? self.panel, specification)
  }

  private func sets(_ formula: String) throws -> [String] {
    try fit(formula).specification.gmmInstruments.map(\.text)
  }

  @Test func `the outcome has lags 2 to 4, and every other regressor is predetermined`() throws {
    #expect(
      try sets("V ~ lag(V) + P*C") == [
        "V,2:4;collapse", "P,1:3;collapse;eq=diff", "C,1:3;collapse;eq=diff", "P:C,1:3;collapse;eq=diff",
      ])
    let result = try fit("V ~ lag(V) + P + P^2")
    #expect(result.specification.gmmInstruments.map(\.text).last == "P^2,1:3;collapse;eq=diff")
    #expect(result.specification.standardInstruments.isEmpty)
    #expect(
      result.cautions[0].english
        == "Instruments were assumed, for none were named: lags 2 to 4 of V, and lags 1 to 3 of every other regressor in"
        + " the transformed equation, as predetermined; collapsed.")
  }

  @Test func `no lag or change of the outcome is its own instrument`() throws {
    #expect(try sets("V ~ lag(V, 1:2) + P") == ["V,2:4;collapse", "P,1:3;collapse;eq=diff"])
    #expect(try sets("V ~ lag(V, 1:3) + P") == ["V,2:5;collapse", "P,1:3;collapse;eq=diff"])
    #expect(try sets("diff(V) ~ lag(V) + P") == ["V,2:4;collapse", "P,1:3;collapse;eq=diff"])
    #expect(try sets("diff(V) ~ lag(diff(V)) + P") == ["diff(V),2:4;collapse", "P,1:3;collapse;eq=diff"])
    #expect(try sets("V ~ lag(V) + diff(lag(V)) + P") == ["V,2:4;collapse", "P,1:3;collapse;eq=diff"])
  }

  @Test func `lags of a regressor share the lags before them, and a lead answers to the outcome`() throws {
    #expect(try sets("V ~ lag(V) + lag(P, 0:1)") == ["V,2:4;collapse", "P,1:4;collapse;eq=diff"])
    #expect(
      try sets("V ~ lag(V) + lag(P) + C").dropFirst() == ["P,2:4;collapse;eq=diff", "C,1:3;collapse;eq=diff"])
    #expect(
      try sets("V ~ lag(V) + P + lag(P, 5)").dropFirst() == [
        "P,1:3;collapse;eq=diff", "P,6:8;collapse;eq=diff",
      ])
    #expect(try sets("V ~ lag(V) + lead(P, 1)").dropFirst() == ["P,1:2;collapse;eq=diff"])
  }

  /// y_t − y_t−1 = (α − 1) y_t−1 + …: the same model, so every coefficient and error is the same but that of the lag.
  @Test func `the growth form is the level form less one`() throws {
    for estimator in DynamicPanelSpecification.Estimator.allCases {
      let level = try fit("V ~ lag(V) + P + C") { $0.estimator = estimator }
      let growth = try fit("diff(V) ~ lag(V) + P + C") { $0.estimator = estimator }
      #expect(level.ledger.count == growth.ledger.count)
      for (place, pair) in zip(level.estimates, growth.estimates).enumerated() {
        expectClose(
          pair.1.value, pair.0.value - (place == 0 ? 1 : 0), relative: 1e-8, absolute: 1e-10,
          from: "the level form",
          pair.0.name)
        expectClose(
          pair.1.standardError, pair.0.standardError, relative: 1e-7, from: "the level form",
          "se of \(pair.0.name)")
      }
      expectClose(
        growth.test("hansen")!.statistic!, level.test("hansen")!.statistic!, relative: 1e-7,
        from: "the level form", "J")
    }
  }

  @Test func `instruments are no more than half of the units, while there are lags to leave out`() throws {
    func drawn(_ units: Int) -> Panel {
      SimulatedPanel(units: units, periods: 10, slopes: [0.3, 0.1]).draw()
    }
    // 4 of the outcome and 3, 2 or 1 of each of two regressors.
    for (units, lags, count) in [(20, 3, 10), (19, 2, 8), (16, 2, 8), (15, 1, 6), (12, 1, 6)] {
      let assumed = try #require(try fit("V ~ lag(V) + P + C", drawn(units)).assumed)
      #expect([assumed.lags, assumed.count, assumed.groups] == [lags, count, units], "\(units) units")
      #expect(!assumed.isTooMany)
    }
    let few = try fit("V ~ lag(V) + P + C", drawn(11)) { $0.timeEffects = .none }
    #expect(few.assumed.map { [$0.lags, $0.count, $0.groups] } == [1, 6, 11])
    #expect(
      few.cautions.contains {
        $0.english.contains("Even with one lag a regressor there are 6 instruments for 11 units")
      })
    let clustered = try fit("V ~ lag(V) + P + C") { $0.clusterOfUnit = (0..<90).map { $0 % 17 } }
    #expect(clustered.assumed.map { [$0.lags, $0.count, $0.groups] } == [2, 8, 17])
    #expect(clustered.cautions.contains { $0.english.hasPrefix("There are only 17 clusters") })
  }

  @Test func `difference GMM with the same instruments stands beside, with its distance`() throws {
    let system = try fit("V ~ lag(V) + P + C")
    let difference = try fit("V ~ lag(V) + P + C") {
      $0.estimator = .difference
      $0.gmmInstruments = system.specification.gmmInstruments
    }
    let beside = try #require(system.difference)
    #expect(beside.estimates.map(\.name) == ["lag(V, 1)", "P", "C"])
    for (found, expected) in zip(beside.estimates, difference.estimates) {
      expectClose(
        found.value, expected.value, relative: 1e-12, from: "the call that names them", expected.name)
      expectClose(
        found.standardError, expected.standardError, relative: 1e-12, from: "the same", expected.name)
    }
    for (place, distance) in beside.distances.enumerated() {
      let (own, other) = (system.estimates[place], difference.estimates[place])
      expectClose(distance, (other.value - own.value) / other.standardError, relative: 1e-10, from: "by hand")
    }
    #expect(try fit("V ~ lag(V) + P") { $0.estimator = .difference }.difference == nil)
    #expect(
      try fit("V ~ lag(V) + P") { $0.gmmInstruments = [try GMMInstruments("V,P,2:4;collapse")] }.difference
        == nil)
  }

  @Test func `cautions stand below every table that holds a coefficient`() throws {
    let result = try fit("V ~ lag(V) + P*C") { $0.marginVariables = ["P"] }
      .adding([(try LinearCombination("P+C"), Setting("lincom"))])
    let document = result.document()
    let cautious = ["coefficients", "difference_gmm", "linear_combinations", "marginal_effects", "gmm_table"]
    for part in document.parts {
      #expect(
        part.table.cautions == (cautious.contains(part.table.name) ? result.cautions : []),
        "\(part.table.name)")
    }
    #expect(Set(cautious).isSubset(of: document.parts.map(\.table.name)))
    #expect(document.cautions == result.cautions)
    let path = try LagSweep(panel, base: result)
    #expect(path.table.cautions == result.cautions)
  }

  /// A lag above 1, and nothing that reassures beside it.
  @Test func `no note reassures beside a caution`() throws {
    let explosive = SimulatedPanel(units: 60, periods: 8, alpha: 1.1, slopes: [0.3], warmUp: 2).draw()
    let result = try fit("V ~ lag(V) + P", explosive) {
      $0.gmmInstruments = [try GMMInstruments("V,2:4;collapse")];
      $0.standardInstruments = [try StandardInstruments("P")]
    }
    let lag = try #require(result.laggedOutcome).value
    try #require(lag >= 1)
    #expect(result.cautions.contains { $0.english.hasPrefix("The lags of the outcome add up to") })
    #expect(!result.notes.contains { $0.english.contains("as a consistent estimate should") })
  }

  @Test func `lags that cannot be valid and sets without an equation are said`() throws {
    func cautions(
      _ gmm: [String], iv: [String] = ["P"], _ estimator: DynamicPanelSpecification.Estimator = .system
    )
      throws -> [String]
    {
      try fit("V ~ lag(V) + P") {
        $0.estimator = estimator
        $0.gmmInstruments = try gmm.map { try GMMInstruments($0) }
        $0.standardInstruments = try iv.map { try StandardInstruments($0) }
      }.cautions.map(\.english)
    }
    for text in ["V,1:2", "V,0:2", "V,1:3;collapse", "V,0:0;eq=level"] {
      #expect(
        try cautions([text, "V,2:3"]).contains { $0.contains("\"\(text)\" cannot be valid") }, "\(text)")
    }
    for text in ["V,2:3", "V,1:2;eq=level", "P,0:2"] {
      #expect(
        try cautions([text, "V,2:3;collapse"]).allSatisfy { !$0.contains("cannot be valid") }, "\(text)")
    }
    let unserved = try cautions(["V,2:4", "V,1:1;eq=level"], iv: ["P", "C;eq=level"], .difference)
    #expect(
      unserved.contains {
        $0.contains("\"V,1:1;eq=level\"") && $0.contains("\"C;eq=level\"")
          && $0.contains("which difference GMM does not have")
      }, "\(unserved)")
  }

  @Test func `units without a usable row are named`() throws {
    let rows = (0..<panel.rowCount).filter {
      panel.unit(ofRow: $0) != "u7" || panel.period(ofRow: $0) % 2 == 0
    }
    let gappy = try Panel(
      source: "gaps", unitOfRow: rows.map { panel.unit(ofRow: $0) },
      timeOfRow: rows.map { panel.period(ofRow: $0) },
      variables: ["V", "P", "C"].map { name in (name, rows.map { try! panel.values(of: name)[$0] }) })
    let result = try fit("V ~ lag(V) + P", gappy)
    #expect(result.unusedUnits == ["u7"])
    #expect(result.notes.contains { $0.english.hasSuffix("u7 (1 of 90 units).") })
  }
}
