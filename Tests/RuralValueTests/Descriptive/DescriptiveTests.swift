import RuralValue
import TestSupport
import Testing

@Suite struct DescriptiveTests {
  @Test func `summaries of an unbalanced panel with holes are those of numpy`() throws {
    let reference = try DescriptiveReference.read()
    let result = try describe(try DescriptiveReference.panel(), reference.variables)
    for (summary, expected) in zip(result.summaries, reference.summaries) {
      #expect(summary.count == expected.n && summary.missing == expected.missing)
      #expect(summary.units == expected.units)
      let statistics: [(String, Double, Double)] = [
        ("mean", summary.mean, expected.mean), ("sd", summary.standardDeviation, expected.sd),
        ("min", summary.minimum, expected.min), ("q1", summary.lowerQuartile, expected.q1),
        ("median", summary.median, expected.median), ("q3", summary.upperQuartile, expected.q3),
        ("max", summary.maximum, expected.max), ("between", summary.between, expected.sdBetween),
        ("within", summary.within, expected.sdWithin),
      ]
      for (name, actual, expected) in statistics {
        expectClose(actual, expected, relative: 1e-13, from: "numpy 2.4.6", "\(name) of \(summary.name)")
      }
    }
  }

  @Test(
    arguments: DescriptiveSpecification.CorrelationMethod.allCases,
    DescriptiveSpecification.MissingRule.allCases)
  func `correlations and their p values are those of scipy`(
    method: DescriptiveSpecification.CorrelationMethod, missing: DescriptiveSpecification.MissingRule
  ) throws {
    let reference = try DescriptiveReference.read()
    let result = try DescriptiveEstimator(
      DescriptiveSpecification(variables: reference.variables, correlation: method, missing: missing)
    ).fit(try DescriptiveReference.panel())
    let pairs = reference.pairs(method, missing)
    #expect(result.correlations.count == 6 && pairs.count == 6)
    for pair in pairs {
      let correlation = try #require(result.correlation(pair.first, pair.second))
      let what = "\(pair.first), \(pair.second)"
      #expect(correlation.count == pair.n)
      expectClose(correlation.coefficient, pair.r, relative: 1e-12, from: "scipy 1.17.1", "r of \(what)")
      // scipy's own p values lose digits in the tail: 1e-9 is what the two can agree on.
      expectClose(correlation.pValue, pair.p, relative: 1e-9, from: "scipy 1.17.1", "p of \(what)")
    }
  }

  @Test func `variance inflation factors are those of a least squares regression in numpy`() throws {
    let reference = try DescriptiveReference.read()
    let result = try describe(try DescriptiveReference.panel(), reference.variables)
    #expect(result.commonRows == reference.complete)
    for (inflation, expected) in zip(result.varianceInflation, reference.vif) {
      expectClose(
        inflation.factor, expected, relative: 1e-11, from: "numpy 2.4.6", "VIF of \(inflation.name)")
      expectClose(inflation.rSquared, 1 - 1 / expected, relative: 1e-11, from: "numpy 2.4.6")
      #expect(inflation.reason == nil)
    }
    expectClose(
      result.meanVarianceInflation, reference.vif.reduce(0, +) / 4, relative: 1e-11, from: "numpy 2.4.6")
  }

  @Test func `of two variables the VIF is 1 over 1 − r²`() throws {
    let result = try describe(try DescriptiveReference.panel(), ["n", "k"])
    let r = try #require(result.correlation("k", "n")).coefficient
    for inflation in result.varianceInflation {
      expectClose(inflation.factor, 1 / (1 - r * r), relative: 1e-12, from: "the identity")
    }
    #expect(try describe(try DescriptiveReference.panel(), ["n"]).varianceInflation.map(\.factor) == [1])
  }

  @Test func `between and within variation add up in a balanced panel`() throws {
    let panel = try smallPanel(units: 6, periods: 5) { Double(($0 * 7 + $1 * 3) % 11) + Double($0) }
    let summary = try describe(panel, ["x"]).summaries[0]
    let total = summary.standardDeviation * summary.standardDeviation * 29
    let parts = summary.within * summary.within * 29 + 5 * summary.between * summary.between * 5
    expectClose(parts, total, relative: 1e-13, from: "the decomposition of the sum of squares")
  }

  @Test func `perfect collinearity gives an infinite VIF with the names behind it`() throws {
    let base = try DescriptiveReference.panel()
    let (n, ys) = (try base.values(of: "n"), try base.values(of: "ys"))
    // share = 2n − 3ys + 1; w has nothing to do with it.
    let panel = base.with([("share", zip(n, ys).map { 2 * $0 - 3 * $1 + 1 })])
    let result = try describe(panel, ["n", "ys", "w", "share"])
    let share = try #require(result.varianceInflation.last)
    #expect(share.factor == .infinity)
    #expect(share.rSquared == 1)
    #expect(share.determinedBy == ["n", "ys"])
    #expect(share.reason?.english == "an exact linear combination of n, ys")
    #expect(result.varianceInflation[0].determinedBy == ["ys", "share"])
    let w = result.varianceInflation[2]
    #expect(w.factor.isFinite && w.factor > 1)
    let withoutShare = try describe(panel, ["n", "ys", "w"]).varianceInflation[2]
    expectClose(w.factor, withoutShare.factor, relative: 1e-10, from: "the regression without the duplicate")
    #expect(result.meanVarianceInflation == .infinity)
    #expect(result.varianceInflationTable.notes.last?.english.contains("collinear") == true)
  }

  @Test func `constant, empty and single-valued variables are said, not computed`() throws {
    let panel = try Panel(
      source: "p.csv", unitOfRow: ["a", "a", "b", "b"], timeOfRow: [1, 2, 1, 2],
      variables: [
        ("x", [1, 2, 3, 5]), ("y", [2, 1, 4, 4]), ("constant", [0.1, 0.1, 0.1, .nan]),
        ("empty", [.nan, .nan, .nan, .nan]), ("single", [.nan, 7, .nan, .nan]),
      ])
    let result = try describe(panel, ["x", "y", "constant", "empty", "single"])
    #expect(result.commonRows == 4)
    #expect(result.correlations.count == 1)
    #expect(result.correlation("x", "constant") == nil)
    let (constant, empty, single) = (result.summaries[2], result.summaries[3], result.summaries[4])
    #expect(constant.standardDeviation == 0 && constant.mean == 0.1 && constant.missing == 1)
    #expect(empty.count == 0 && empty.mean.isNaN)
    #expect(single.count == 1 && single.mean == 7 && single.standardDeviation.isNaN)
    let notes = result.document.notes.map(\.english)
    #expect(
      notes == [
        "constant: all 3 values are 0.1; it has no correlation and no VIF.", "empty: no value is known.",
        "single: one value is known, which has no standard deviation.",
      ])
  }

  @Test func `pairs without enough common rows carry the reason`() throws {
    let panel = try Panel(
      source: "p.csv", unitOfRow: ["a", "b", "c", "d"], timeOfRow: [1, 1, 1, 1],
      variables: [("x", [1, 2, .nan, .nan]), ("y", [2, 1, 5, 5]), ("z", [.nan, .nan, 1, 2])])
    let result = try DescriptiveEstimator(
      DescriptiveSpecification(variables: ["x", "y", "z"], missing: .pairwise)
    ).fit(panel)
    let xy = try #require(result.correlation("x", "y"))
    #expect(
      xy.coefficient == -1 && xy.pValue.isNaN && xy.reason?.english == "two rows leave no degree of freedom")
    #expect(result.correlation("x", "z")?.reason?.english == "fewer than two common rows")
    #expect(result.correlation("y", "z")?.reason?.english == "constant in the common rows")
    #expect(result.commonRows == 0)
    #expect(result.varianceInflation.allSatisfy { $0.factor.isNaN && $0.reason != nil })
    #expect(result.meanVarianceInflation.isNaN)
  }

  @Test func `too few common rows for the VIF are said`() throws {
    let panel = try Panel(
      source: "p.csv", unitOfRow: ["a", "b", "c"], timeOfRow: [1, 1, 1],
      variables: [("x", [1, 2, 4]), ("y", [2, 1, 5]), ("z", [1, 0, 2])])
    let result = try describe(panel, ["x", "y", "z"])
    #expect(result.varianceInflation[0].reason?.english == "3 common rows are too few for 3 variables")
  }

  @Test func `a perfect correlation has p zero and none at all has p one`() throws {
    let panel = try Panel(
      source: "p.csv", unitOfRow: ["a", "b", "c", "d"], timeOfRow: [1, 1, 1, 1],
      variables: [("x", [1, 2, 3, 4]), ("y", [-2, -4, -6, -8]), ("z", [1, -1, -1, 1])])
    let result = try describe(panel, ["x", "y", "z"])
    #expect(result.correlation("x", "y")?.coefficient == -1)
    #expect(result.correlation("x", "y")?.pValue == 0)
    #expect(result.correlation("x", "z")?.coefficient == 0)
    expectClose(result.correlation("x", "z")!.pValue, 1, relative: 1e-14, from: "P(|t| > 0)")
  }

  @Test func `huge, tiny and shifted numbers keep their digits`() throws {
    let values = [1.0, 2, 4, 7, 11]
    for scale in [1e300, 1e-300, 1] {
      let moments = Moments(values.map { $0 * scale })
      expectClose(moments.mean / scale, 5, relative: 1e-14, from: "hand")
      expectClose(moments.standardDeviation / scale, 16.5.squareRoot(), relative: 1e-14, from: "hand")
    }
    // NumAcc4 of NIST: a mean of 10000000.2 with the deviation 0.1 exactly, in 1001 values.
    let accurate = [10000000.2] + (0..<500).flatMap { _ in [10000000.1, 10000000.3] }
    expectClose(Moments(accurate).mean, 10000000.2, relative: 1e-15, from: "NIST NumAcc4")
    expectClose(Moments(accurate).standardDeviation, 0.1, relative: 1e-7, from: "NIST NumAcc4")
  }

  @Test func `a request without variables or with one twice is a matter of usage`() throws {
    let panel = try DescriptiveReference.panel()
    #expect(throws: DescriptiveError.noVariables(source: "panel.csv", candidates: ["n", "w", "k", "ys"])) {
      try describe(panel, [])
    }
    let error = #expect(throws: DescriptiveError.self) { try describe(panel, ["n", "w", "n"]) }
    #expect(error == .repeatedVariable(name: "n"))
    #expect(error?.kind == .usage)
    #expect(throws: PanelError.self) { try describe(panel, ["wages"]) }
  }

  @Test func `the tables carry a triangle for people and pairs for scripts`() throws {
    let result = try describe(try DescriptiveReference.panel(), ["n", "w", "k"])
    let document = result.document
    #expect(document.parts.map(\.jsonKey) == ["descriptives", nil, "correlations", "vif"])
    let triangle = result.correlationsTable
    #expect(triangle.columns.map(\.name) == ["variable", "n", "w", "k"])
    guard case .number(let column) = triangle.column("w")?.values else { return }
    expectSame(column, [.nan, 1, result.correlation("w", "k")!.coefficient])
    expectSame(triangle.column("w")!.significance!, [.nan, .nan, result.correlation("w", "k")!.pValue])
    #expect(result.correlationPairsTable.rowCount == 3)
    #expect(result.descriptivesTable.rowCount == 3)
    #expect(triangle.title.chinese == "Pearson相关系数")
    let bare = try DescriptiveEstimator(
      DescriptiveSpecification(variables: ["n"], correlation: nil, includesVarianceInflation: false)
    ).fit(try DescriptiveReference.panel())
    #expect(bare.document.parts.map(\.jsonKey) == ["descriptives"])
  }

  @Test func `variance inflation is of regressors alone where the outcome is named`() throws {
    let panel = try DescriptiveReference.panel()
    let specification = DescriptiveSpecification(variables: ["n", "w", "k"], outcomes: ["n"])
    let result = try DescriptiveEstimator(specification).fit(panel)
    #expect(result.varianceInflation.map(\.name) == ["w", "k"])
    #expect(result.correlations.count == 3 && result.summaries.count == 3)
    // On the same rows the two factors are 1/(1 − r²) of the one correlation.
    let r = try #require(result.correlation("w", "k")).coefficient
    expectClose(result.varianceInflation[0].factor, 1 / (1 - r * r), relative: 1e-12, from: "two variables")
    #expect(
      result.varianceInflationTable.notes[1].english
        == "Of regressors alone: without n, which a model explains.")
    let all = try describe(panel, ["n", "w", "k"])
    #expect(all.varianceInflation.count == 3)
    #expect(all.varianceInflationTable.notes[1].english.contains("\(Setting("outcome")) names those"))
    #expect(throws: DescriptiveError.outcomeNotDescribed(name: "v", variables: ["n"])) {
      try DescriptiveEstimator(DescriptiveSpecification(variables: ["n"], outcomes: ["v"])).fit(panel)
    }
  }

  private func describe(_ panel: Panel, _ variables: [String]) throws -> DescriptiveResult {
    try DescriptiveEstimator(DescriptiveSpecification(variables: variables)).fit(panel)
  }

  private func smallPanel(units: Int, periods: Int, value: (Int, Int) -> Double) throws -> Panel {
    let cells = (0..<units).flatMap { unit in (0..<periods).map { (unit, $0) } }
    return try Panel(
      source: "p", unitOfRow: cells.map { "u\($0.0)" }, timeOfRow: cells.map(\.1),
      variables: [("x", cells.map(value))])
  }
}
