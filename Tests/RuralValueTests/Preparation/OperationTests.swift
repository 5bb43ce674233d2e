import RuralValue
import TestSupport
import Testing

@Suite struct OperationTests {
  let table = smallTable(
    """
    code,year,x
    a,2012,1
    a,2013,4
    a,2014,10
    a,2015,8
    a,2016,2
    b,2012,3
    b,2013,
    b,2014,5
    b,2016,7
    """)

  @Test func `a moving average shrinks its window symmetrically at ends and gaps`() throws {
    let result = try prepare(table, PreparationStep(.smooth(window: 5), ["x"]))
    // By hand: (1+4+10)/3, (1+4+10+8+2)/5, (10+8+2)/3; county b has a gap beside every value.
    expectSame(result.numbers("ma_x"), [1, 5, 5, 20.0 / 3, 2, 3, .nan, 5, 7])
    #expect(result.report.summaries[0].changed == 3)
  }

  @Test func `a window of one changes nothing and an even one is refused`() throws {
    let result = try prepare(table, PreparationStep(.smooth(window: 1), ["x"]))
    expectSame(result.numbers("ma_x"), [1, 4, 10, 8, 2, 3, .nan, 5, 7])
    for window in [0, 2, -3] {
      #expect(throws: PreparationError.windowNotOdd(found: window)) {
        try prepare(table, PreparationStep(.smooth(window: window), ["x"]))
      }
    }
  }

  @Test func `a window longer than any panel is as good as one of the panel's length`() throws {
    let result = try prepare(table, PreparationStep(.smooth(window: Int.max), ["x"]))
    expectSame(result.numbers("ma_x"), [1, 5, 5, 20.0 / 3, 2, 3, .nan, 5, 7])
  }

  @Test func `logarithms go to a new column and keep gaps`() throws {
    let result = try prepare(
      table, PreparationStep(.logarithm(), ["x"]), PreparationStep(.logarithm(plusOne: true), ["x"]))
    // ln 10 and ln 11 to double precision.
    expectClose(result.numbers("ln_x")[2], 2.302585092994046, relative: 1e-15, from: "tables of logarithms")
    expectClose(
      result.numbers("ln1p_x")[2], 2.3978952727983707, relative: 1e-15, from: "tables of logarithms")
    #expect(result.numbers("ln_x")[6].isNaN)
    #expect(result.texts("x")[2] == "10")
  }

  @Test func `the logarithm of zero names county, year, value and how many more there are`() {
    let table = smallTable("code,year,gdp\n430102,2012,3\n430102,2013,0\n430103,2013,-2")
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.logarithm(), ["gdp"]))
    }
    #expect(error?.kind == .data)
    #expect(
      error?.description
        == "panel.csv, line 3, column \"gdp\" (code \"430102\", year 2013): found 0, expected a number above"
        + " 0, for a logarithm is asked (and 1 more such cell). Correct the value; or, if zero is a true value, add"
        + " a constant, with \(Setting("log")) \"gdp;add=0.01\", or take ln(1 + x), with \(Setting("log1p")) \"gdp\"."
    )
    let score = #expect(throws: PreparationError.self) {
      try prepare(smallTable("code,year,V\na,1,0\na,2,0.5"), PreparationStep(.logarithm(), ["V"]))
    }
    #expect(
      score?.description.hasSuffix(
        "(in a study the block indicators) gives no score of 0 with \(Setting("floor")) 0.01.") == true)
    let plusOne = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.logarithm(plusOne: true), ["gdp"]))
    }
    #expect(plusOne?.description.contains("found -2, expected a number above -1") == true)
  }

  @Test func `z-scores have mean zero and standard deviation one over the panel`() throws {
    let result = try prepare(table, PreparationStep(.standardise(), ["x"]))
    let known = result.numbers("z_x").filter { !$0.isNaN }
    let moments = Moments(known)
    expectClose(moments.mean, 0, absolute: 1e-15, from: "the definition of a z-score")
    expectClose(moments.standardDeviation, 1, relative: 1e-15, from: "the definition of a z-score")
    // Of 1, 4, 10, 8, 2, 3, 5, 7: mean 5 and Σ(x − 5)² = 68.
    #expect(result.report.parameters.map(\.name) == ["mean", "sd"])
    #expect(result.report.parameters[0].value == 5)
    expectClose(result.report.parameters[1].value, (68.0 / 7).squareRoot(), relative: 1e-15, from: "hand")
  }

  @Test func `scaling within years uses each year's rows only`() throws {
    let table = smallTable("code,year,x\na,1,1\na,2,10\nb,1,3\nb,2,30\nc,1,2\nc,2,\nd,3,")
    let result = try prepare(table, PreparationStep(.minMax(.year), ["x"]))
    expectSame(result.numbers("mm_x"), [0, 0, 1, 1, 0.5, .nan, .nan])
    #expect(result.report.parameters.map(\.period) == [1, 1, 2, 2])
    let pooled = try prepare(table, PreparationStep(.minMax(), ["x"]))
    expectClose(pooled.numbers("mm_x")[2], 2.0 / 29, relative: 1e-15, from: "hand")
  }

  @Test func `a column without variation cannot be scaled, and the year is named`() {
    let table = smallTable("code,year,x,y\na,1,1,\na,2,5,\nb,1,2,\nb,2,5,")
    #expect(
      throws: PreparationError.noVariation(
        source: "panel.csv", column: "x", period: 2, known: 2, operation: "standardise")
    ) { try prepare(table, PreparationStep(.standardise(.year), ["x"])) }
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.minMax(), ["y"]))
    }
    #expect(error?.description.contains("there is no known value; expected at least two") == true)
  }

  @Test func `winsorising cuts at type 7 quantiles and reports cut-offs and cells`() throws {
    let table = smallTable("code,year,x\n" + (1...11).map { "a,\($0),\($0 * $0)" }.joined(separator: "\n"))
    let result = try prepare(table, PreparationStep(.winsorise(lowerTail: 0.05, upperTail: 0.1), ["x"]))
    // Type 7 of 1, 4, …, 121: at 0.05, position 0.5, 1 + 0.5 · 3; at 0.9, position 9, exactly 100.
    expectClose(result.numbers("w_x")[0], 2.5, relative: 1e-15, from: "hand")
    #expect(Array(result.numbers("w_x")[1...]) == [4, 9, 16, 25, 36, 49, 64, 81, 100, 100])
    #expect(result.report.parameters.map(\.name) == ["lower", "upper"])
    #expect(result.report.entries.map(\.old) == [1, 121])
    #expect(result.report.summaries[0].changed == 2)
  }

  @Test func `winsorising within years takes each year's own cut-offs`() throws {
    let table = smallTable("code,year,x\na,1,0\nb,1,1\nc,1,2\na,2,100\nb,2,101\nc,2,102")
    let result = try prepare(
      table, PreparationStep(.winsorise(lowerTail: 0.25, upperTail: 0.25, .year), ["x"], naming: .inPlace))
    #expect(result.numbers("x") == [0.5, 100.5, 1, 101, 1.5, 101.5])
    #expect(result.report.parameters.map(\.period) == [1, 1, 2, 2])
  }

  @Test(arguments: [(-0.1, 0.1), (0.5, 0.5), (.nan, 0.1)])
  func `tails that leave nothing between them are refused`(lower: Double, upper: Double) {
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.winsorise(lowerTail: lower, upperTail: upper), ["x"]))
    }
    #expect(error?.kind == .usage)
  }

  @Test func `changes, growth rates and lags count calendar steps`() throws {
    let result = try prepare(
      table, PreparationStep(.change(), ["x"]), PreparationStep(.growth(), ["x"]),
      PreparationStep(.lag(), ["x"]), PreparationStep(.change(steps: 2), ["x"]),
      PreparationStep(.growth(steps: 2), ["x"]), PreparationStep(.lag(steps: -1), ["x"]))
    expectSame(result.numbers("d_x"), [.nan, 3, 6, -2, -6, .nan, .nan, .nan, .nan])
    expectSame(result.numbers("g_x"), [.nan, 3, 1.5, 0.8 - 1, 0.25 - 1, .nan, .nan, .nan, .nan])
    expectSame(result.numbers("l_x"), [.nan, 1, 4, 10, 8, .nan, 3, .nan, .nan])
    expectSame(result.numbers("d2_x"), [.nan, .nan, 9, 4, -8, .nan, .nan, 2, 2])
    expectSame(result.numbers("g2_x"), [.nan, .nan, 9, 1, 0.2 - 1, .nan, .nan, 5.0 / 3 - 1, 7.0 / 5 - 1])
    expectSame(result.numbers("f1_x"), [4, 10, 8, 2, .nan, .nan, 5, .nan, .nan])
  }

  @Test func `a growth rate on a base of zero is an error unless it may be missing`() throws {
    let table = smallTable("code,year,x\na,2012,0\na,2013,5\na,2014,-5\na,2015,-10")
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.growth(), ["x"]))
    }
    #expect(
      error?.description.hasPrefix(
        "panel.csv, line 3, column \"x\" (code \"a\", year 2013): the growth rate since 2012 has a base of 0")
        == true)
    let allowed = try prepare(table, PreparationStep(.growth(zeroBaseIsMissing: true), ["x"]))
    expectSame(allowed.numbers("g_x"), [.nan, .nan, -2, 1])
    #expect(allowed.report.entries.map(\.action) == [.zeroBase])
    // The growth from −5 to −10 is +100 %, though the value fell: the report says so.
    #expect(
      allowed.report.notes.map(\.english) == [
        "x: 1 growth rates have a negative base; their sign says the opposite of the change."
      ])
  }

  @Test(arguments: [PreparationOperation.change(steps: 0), .growth(steps: -1), .lag(steps: 0)])
  func `looking back over no step is refused`(operation: PreparationOperation) {
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(operation, ["x"]))
    }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("expected 1 or more") == true)
  }

  @Test func `numbers beyond double precision are an error, never an infinity`() {
    let table = smallTable("code,year,x\na,1,1e308\na,2,1.5e308\na,3,1e308")
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.smooth(window: 3), ["x"]))
    }
    #expect(
      error?.description.contains("(code \"a\", year 2): the step \"smooth\" gives a number beyond") == true)
  }
}
