import RuralValue
import TestSupport
import Testing

/// Dummies of a column's levels in formulas.
struct FormulaLevelsTests {
  private let table = smallTable(
    """
    county,year,y,x,region,grade
    a,2012,1,1,East,10
    a,2013,2,2,East,9
    b,2012,3,3,Central,9
    b,2013,4,4,Central,10
    c,2012,5,5,North-West,9.0
    c,2013,6,6,NA,11
    """)

  private func expanded(_ text: String) throws -> (formula: FormulaSpecification, frame: ModelFrame) {
    let formula = try FormulaSpecification(text)
    let levels = try FormulaLevels(table, columns: formula.levelColumns)
    let panel = try Panel(table, variables: formula.numericVariables, levels: levels)
    let expanded = try formula.expanding(levels)
    return (expanded, try ModelFrame(expanded, over: panel))
  }

  @Test func `a column of texts gives a dummy a level but the first, named as R does`() throws {
    let (_, frame) = try expanded("y ~ x + factor(region)")
    #expect(frame.regressors.map(\.name) == ["x", "factor(region)East", "`factor(region)North-West`"])
    expectSame(frame.regressors[1].values, [1, 1, 0, 0, 0, .nan])
    expectSame(frame.regressors[2].values, [0, 0, 0, 0, 1, .nan])
    #expect(frame.completeRows == [true, true, true, true, true, false])
  }

  @Test func `a column of numbers has them in their order, however they are written`() throws {
    let levels = try FormulaLevels(table, columns: ["grade"])
    #expect(levels.columns[0].levels == ["9", "10", "11"])
    let (_, frame) = try expanded("y ~ factor(grade)")
    #expect(frame.regressors.map(\.name) == ["factor(grade)10", "factor(grade)11"])
    expectSame(frame.regressors[0].values, [1, 0, 0, 1, 0, 0])
    let codes = smallTable("county,year,y,code\na,1,1,0430\nb,1,2,0430102")
    #expect(try FormulaLevels(codes, columns: ["code"]).columns[0].levels == ["0430", "0430102"])
  }

  /// The rule of R's model.matrix: a factor loses its first level where the term without it is in the model.
  @Test(arguments: [
    ("y ~ x + factor(grade):x", ["x", "factor(grade)10:x", "factor(grade)11:x"]),
    ("y ~ factor(grade):x", ["factor(grade)9:x", "factor(grade)10:x", "factor(grade)11:x"]),
    ("y ~ factor(grade) - 1", ["factor(grade)9", "factor(grade)10", "factor(grade)11"]),
    (
      "y ~ x*factor(grade)",
      ["x", "factor(grade)10", "factor(grade)11", "x:factor(grade)10", "x:factor(grade)11"]
    ),
    ("y ~ factor(grade)^2 + factor(grade)", ["factor(grade)10", "factor(grade)11"]),
    ("y ~ x + factor(grade)10", ["x", "factor(grade)10"]),
    ("y ~ factor(grade) - factor(grade) + x", ["x"]),
  ]) func `products have the levels that R gives them`(text: String, names: [String]) throws {
    let terms = try expanded(text).formula.terms.map(\.name)
    #expect(terms.firstAppearances == names)
  }

  @Test func `the base is said, and the rows without a level`() throws {
    let terms = try FormulaSpecification("y ~ x + factor(region)").terms
    let notes = try FormulaLevels(table, columns: ["region", "region"]).notes(on: terms)
    #expect(
      notes.map(\.english) == [
        "factor(region): the base is Central, against which East, North-West stand; 1 row has none and is not used."
      ])
    #expect(notes[0].chinese == "factor(region)：以Central为基准组，其余为East、North-West；1行缺失，不予使用。")
  }

  @Test(arguments: [
    ("y ~ x + factor(grade):x", "the base is 9, against which 10, 11 stand."),
    ("y ~ factor(grade):x", "there is no base: each of 9, 10, 11 has a term of its own."),
    ("y ~ factor(grade) - 1", "there is no base: each of 9, 10, 11 has a term of its own."),
    (
      "y ~ factor(grade) + factor(grade):x",
      "the base is 9, against which 10, 11 stand; factor(grade):x has all levels."
    ),
    ("y ~ x + factor(grade)10", "the levels are 9, 10, 11."),
  ]) func `a base is said where a term lacks it, and not where all levels stand`(text: String, words: String)
    throws
  {
    let formula = try FormulaSpecification(text)
    let notes = try FormulaLevels(table, columns: formula.levelColumns)
      .notes(on: formula.terms, hasIntercept: formula.hasIntercept)
    #expect(notes.map(\.english) == ["factor(grade): \(words)"])
    // The note holds what the model has.
    let hasFirst = try expanded(text).formula.terms.contains { $0.name.contains("factor(grade)9") }
    #expect(hasFirst == (words.contains("no base") || words.contains("has all levels")))
  }

  @Test func `columns without groups are refused`() throws {
    let odd = smallTable(
      "county,year,one,none,share\n"
        + (1...30).map { "c\($0),1,same,NA,\(Double($0) + 0.5)" }.joined(separator: "\n"))
    for (column, text) in [
      ("one", "the one level \"same\""), ("none", "every cell is empty"),
      ("share", "has 30 levels (1.5, 2.5, 3.5, 4.5, … (30 in all)); expected at most 20"),
    ] {
      let error = #expect(throws: FormulaError.self) { try FormulaLevels(odd, columns: [column]) }
      #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
      #expect(error?.kind == .data)
    }
    #expect(throws: TableError.self) { try FormulaLevels(odd, columns: ["regoin"]) }
    let many = smallTable(
      "county,year,y,a,b\n" + (1...60).map { "c\($0),1,1,a\($0),b\($0)" }.joined(separator: "\n"))
    let error = #expect(throws: FormulaError.self) {
      try FormulaSpecification("y ~ factor(a)*factor(b)").expanding(FormulaLevels(many, columns: ["a", "b"]))
    }
    #expect(
      error?.description.contains("the model has 3720 terms, most of them from factor(a):factor(b)") == true)
  }

  @Test(arguments: [
    "y ~ lag(factor(region))", "factor(region) ~ x", "y ~ factor(lag(x))", "y ~ factor(x, 2)",
  ])
  func `levels stand by themselves or in a product`(text: String) {
    let error = #expect(throws: FormulaError.self) { try FormulaSpecification(text) }
    #expect(error?.description.contains("stands for several dummies") == true, "\(error?.description ?? "")")
  }

  @Test func `a column that is called factor stays a column, and a taken name is refused`() throws {
    #expect(try FormulaSpecification("y ~ factor + x").terms.map(\.name) == ["factor", "x"])
    let table = smallTable("county,year,g,factor(g)2\na,1,1,5\nb,1,2,5")
    #expect(throws: TableError.self) {
      try Panel(table, variables: [], levels: FormulaLevels(table, columns: ["g"]))
    }
    let panel = try Panel(smallTable("county,year,y,g\na,1,1,1\nb,1,2,2"), variables: ["y", "g"])
    #expect(throws: FormulaError.unknownLevels(name: "factor(g)")) {
      try ModelFrame(FormulaSpecification("y ~ factor(g)"), over: panel)
    }
  }
}
