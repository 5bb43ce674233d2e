import RuralValue
import TestSupport
import Testing

/// Every kind of bad input is one sentence with its cause and its remedy.
struct DynamicPanelErrorTests {
  private func message(
    _ panel: Panel, _ formula: String, _ change: (inout DynamicPanelSpecification) throws -> Void = { _ in }
  ) throws -> (text: String, kind: FaultKind?) {
    var specification = DynamicPanelSpecification(try FormulaSpecification(formula))
    try change(&specification)
    do {
      _ = try DynamicPanelEstimator.fit(panel, specification)
      return ("", nil)
    } catch let fault as any Fault {
      return (fault.description, fault.kind)
    }
  }

  private let panel = SimulatedPanel(units: 30, periods: 6, slopes: [0.3, 0.1]).draw()

  @Test func `a variable without a value`() throws {
    let empty = panel.with([("Z", [Double](repeating: .nan, count: panel.rowCount))])
    let found = try message(empty, "V ~ lag(V) + Z")
    #expect(found.kind == .data)
    #expect(found.text.contains("Z has not a single value") && found.text.contains("prepare"))
  }

  @Test func `a panel with one unit`() throws {
    let one = SimulatedPanel(units: 1, periods: 20).draw()
    let found = try message(one, "V ~ lag(V) + P")
    #expect(found.kind == .data)
    #expect(found.text.contains("one unit only (\"u0\")") && found.text.contains("\(Setting("unit"))"))
  }

  @Test func `too few periods`() throws {
    let short = SimulatedPanel(units: 30, periods: 2).draw()
    let found = try message(short, "V ~ lag(V) + P")
    #expect(found.kind == .data)
    #expect(found.text.contains("3 consecutive periods"))
  }

  @Test func `reasons and instruments have Chinese words of their own`() throws {
    var specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P"))
    specification.gmmInstruments = [try GMMInstruments("V,2:2;collapse")]
    specification.standardInstruments = [try StandardInstruments("P")]
    let result = try DynamicPanelEstimator.fit(panel, specification)
    let reasons = result.tests.compactMap(\.reason)
    try #require(!reasons.isEmpty)
    for reason in reasons {
      #expect(reason.chinese != reason.english)
      #expect(result.shownTestTable.notes.contains { $0.chinese.hasSuffix("：" + reason.chinese) })
    }
    guard case .phrase(let variables)? = result.instrumentTable.column("variable")?.values else {
      Issue.record("there is no column of variables")
      return
    }
    #expect(variables.contains(Phrase("time dummies", zh: "时间虚拟变量")))
  }

  @Test func `dates written as numbers are no calendar`() throws {
    let periods = [20_121_231, 20_131_231, 20_141_230, 20_151_231]
    let panel = try Panel(
      source: "panel.csv", unitOfRow: ["a", "b"].flatMap { [String](repeating: $0, count: 4) },
      timeOfRow: periods + periods, variables: [("V", [1, 3, 2, 5, 2, 1, 4, 3])])
    let found = try message(panel, "V ~ lag(V)")
    #expect(found.kind == .data)
    #expect(
      found.text.contains("from 20121231 to 20151231 in steps of 1 are too many periods"), "\(found.text)")
  }

  @Test func `a collinear regressor is named with those that determine it`() throws {
    let (p, c) = (try panel.values(of: "P"), try panel.values(of: "C"))
    let collinear = panel.with([("Q", zip(p, c).map { 2 * $0 - $1 })])
    let found = try message(collinear, "V ~ lag(V) + P + C + Q")
    #expect(found.kind == .numerical)
    #expect(found.text.contains("Q is a linear combination of P, C") && found.text.contains("- Q"))
  }

  @Test func `a constant regressor`() throws {
    let constant = panel.with([("Q", [Double](repeating: 3, count: panel.rowCount))])
    let found = try message(constant, "V ~ lag(V) + Q")
    #expect(found.kind == .numerical)
    #expect(found.text.contains("Q has the same value in every usable row"))
  }

  @Test func `a regressor that the transformation removes`() throws {
    let fixed = panel.with([("Q", (0..<panel.rowCount).map { Double(panel.unitOfRow[$0]) })])
    let found = try message(fixed, "V ~ lag(V) + P + Q") { $0.estimator = .difference }
    #expect(found.kind == .numerical)
    #expect(
      found.text.contains("Q does not vary over time")
        && found.text.contains("\(Setting("estimator")) system"))
    let named = try message(fixed, "V ~ lag(V) + P + Q") {
      $0.gmmInstruments = [try GMMInstruments("V,2:4;collapse")]
      $0.standardInstruments = [try StandardInstruments("P"), try StandardInstruments("Q;eq=level")]
    }
    #expect(named.kind == nil, "\(named.text)")
  }

  @Test func `a regressor of which no lag tells anything has no default instrument`() throws {
    let fixed = panel.with([("Q", (0..<panel.rowCount).map { Double(panel.unitOfRow[$0]) })])
    let found = try message(fixed, "V ~ lag(V) + P + Q")
    #expect(found.kind == .numerical)
    #expect(found.text.contains("Q does not vary over time within any unit"), "\(found.text)")
    #expect(
      found.text.contains(
        "\(Setting("gmm")) \"V,2:4;collapse\" \(Setting("gmm")) \"P,1:3;collapse;eq=diff\" \(Setting("iv")) \"Q;eq=level\""
      ),
      "\(found.text)")
  }

  @Test func `all regressors that others determine are named at once, and left out where that is asked for`()
    throws
  {
    let p = try panel.values(of: "P")
    let spanned = panel.with([
      ("Q", p.map { 2 * $0 }),
      ("post", (0..<panel.rowCount).map { panel.period(ofRow: $0) > 2015 ? 1.0 : 0 }),
    ])
    let found = try message(spanned, "V ~ lag(V) + P + Q + post")
    #expect(found.kind == .numerical)
    #expect(
      found.text.contains("Q is a linear combination of P; post is the same for all units in every period"))
    #expect(found.text.contains("\"- Q - post\""))
    var specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P + Q + post"))
    specification.collinearTerms = .drop
    let without = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P"))
    let dropped = try DynamicPanelEstimator.fit(spanned, specification)
    let plain = try DynamicPanelEstimator.fit(spanned, without)
    expectSame(dropped, plain, relative: 1e-10, from: "the formula without them")
    #expect(dropped.omitted.map(\.name) == ["Q", "post"])
    guard case .text(let terms)? = dropped.coefficientTable.column("term")?.values else {
      Issue.record("no column of terms")
      return
    }
    #expect(terms.suffix(2) == ["Q", "post"])
    #expect(dropped.notes.contains { $0.english.hasPrefix("Omitted: Q is a linear combination of P; post") })
    #expect(dropped.test("wald")?.degreesOfFreedom == 2)
  }

  @Test func `fewer instruments than coefficients`() throws {
    let found = try message(panel, "V ~ lag(V) + P + C") {
      $0.timeEffects = .none
      $0.estimator = .difference
      $0.gmmInstruments = [try GMMInstruments("V,2:3;collapse")]
    }
    #expect(found.kind == .numerical)
    #expect(found.text.contains("3 coefficients but only 2 independent instruments"))
  }

  @Test func `more instruments than units are estimated with a loud warning`() throws {
    var specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P + C"))
    specification.gmmInstruments = [try GMMInstruments("V,P,C,1:")]
    let small = SimulatedPanel(units: 20, periods: 8, slopes: [0.3, 0.1]).draw()
    let result = try DynamicPanelEstimator.fit(small, specification)
    #expect(result.ledger.count > result.ledger.units)
    #expect(result.weightRank <= 20)
    #expect(result.cautions[0].english.contains("The optimal weight matrix is singular"))
    #expect(result.estimates.allSatisfy { $0.value.isFinite })
  }

  @Test func `clusters fewer than coefficients leave the weight matrix singular`() throws {
    let found = try message(panel, "V ~ lag(V) + P + C") {
      $0.gmmInstruments = [try GMMInstruments("V,P,C,2:;collapse")]
      $0.clusterOfUnit = panel.units.indices.map { $0 % 2 }
    }
    #expect(found.kind == .numerical)
    #expect(found.text.contains("weight matrix of rank 2") && found.text.contains("\(Setting("cluster"))"))
  }

  @Test func `no row has all variables`() throws {
    let values = try panel.values(of: "P")
    let holes = panel.with([
      ("A", values.indices.map { $0 % 2 == 0 ? values[$0] : .nan }),
      ("B", values.indices.map { $0 % 2 == 1 ? values[$0] : .nan }),
    ])
    let found = try message(holes, "V ~ A + B")
    #expect(found.kind == .data)
    #expect(found.text.contains("no row has all of V, A, B"))
  }

  @Test(arguments: [
    ("V", "expected variables and their lags"), ("V,4:2", "expected variables and their lags"),
    ("V,2:4;colapse", "Did you mean \"collapse\"?"), ("V,2:;eq=levels", "Did you mean \"eq=level\"?"),
  ])
  func `instruments that cannot be read`(text: String, message: String) {
    let error = #expect(throws: DynamicPanelError.self) { try GMMInstruments(text) }
    #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `instruments are read with products and lags in brackets`() throws {
    let set = try GMMInstruments("lag(V, 1), P:C, 2:4; collapse; eq=diff")
    #expect(set.terms.map(\.name) == ["lag(V, 1)", "P:C"])
    #expect((set.firstLag, set.lastLag) == (2, 4))
    #expect(set.isCollapsed && set.equation == .transformed)
    #expect(set.text == "lag(V, 1),P:C,2:4;collapse;eq=diff")
    #expect(try StandardInstruments("P*C;eq=level;mz").text == "P,C,P:C;eq=level;mz")
  }

  @Test func `a test that cannot be computed says why`() throws {
    let short = SimulatedPanel(units: 40, periods: 4).draw()
    var specification = DynamicPanelSpecification(try FormulaSpecification("V ~ lag(V) + P"))
    specification.serialCorrelationOrders = 3
    let result = try DynamicPanelEstimator.fit(short, specification)
    #expect(result.test("ar1")?.statistic != nil)
    #expect(result.test("ar2")?.reason?.english.contains("2 periods apart") == true)
    #expect(result.test("ar3")?.reason?.english.contains("too short") == true)
  }
}
