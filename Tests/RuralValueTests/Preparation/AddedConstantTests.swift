import RuralValue
import TestSupport
import Testing

/// A constant that is added before a logarithm is taken.
@Suite struct AddedConstantTests {
  private let table = smallTable("code,year,x\na,1,0\na,2,3\nb,1,NA\nb,2,0")

  @Test func `the constant is added, and the note says so and counts the zeros`() throws {
    let step = PreparationStep(.logarithm(adding: 1), ["x"])
    let result = try prepare(table, step)
    // ln 1, ln 4.
    expectSame(result.numbers("ln_x"), [0, 1.3862943611198906, .nan, 0])
    #expect(
      result.report.notes.map(\.english) == [
        "x: 1 was added to every value before the logarithm; 2 of 3 values are 0. Results depend on the constant:"
          + " compare another one, or ln(1 + x)."
      ])
    #expect(result.report.notes[0].chinese.hasPrefix("x：取对数前各值均加1；3个值中有2个为0。"))
    #expect(result.report.summaries[0].operation.phrase.english == "ln(x + 1)")
    #expect(step.members.contains(JSONMember("add", .number(1))))
    #expect(!PreparationStep(.logarithm(), ["x"]).members.map(\.key).contains("add"))
  }

  @Test(arguments: [0, -1, .infinity, .nan]) func `a constant that is not above zero is refused`(
    constant: Double
  ) {
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.logarithm(adding: constant), ["x"]))
    }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("expected a number above 0") == true)
  }

  @Test func `a value that stays at zero or below has no logarithm`() {
    let table = smallTable("code,year,x\na,1,0.5\na,2,-0.5\nb,1,-2")
    let error = #expect(throws: PreparationError.self) {
      try prepare(table, PreparationStep(.logarithm(adding: 0.5), ["x"]))
    }
    #expect(
      error?.description
        == "panel.csv, line 3, column \"x\" (code \"a\", year 2): found -0.5, expected a number above -0.5, for the"
        + " logarithm of x + 0.5 is asked (and 1 more such cell). Correct the value, or add a larger constant."
    )
  }

  @Test
  func
    `a constant for zeros alone leaves variables without one as they are, and what it made is said of its column`()
    throws
  {
    let table = smallTable("code,year,x,y\na,1,0,1\na,2,3,2\nb,1,NA,4\nb,2,1,8")
    let result = try prepare(
      table, PreparationStep(.logarithm(adding: 0.5, onlyWhereNeeded: true), ["x", "y"]))
    // ln ½, ln 3½ and ln 1½; ln 1, ln 2, ln 4 and ln 8 as they are.
    expectClose(result.numbers("ln_x")[0], -0.6931471805599453, relative: 1e-15, from: "ln ½")
    expectClose(result.numbers("ln_x")[1], 1.252762968495368, relative: 1e-15, from: "ln 3½")
    expectClose(result.numbers("ln_y")[3], 2.0794415416798357, relative: 1e-15, from: "ln 8")
    #expect(result.report.notes.map(\.english).filter { $0.contains("was added") }.count == 1)
    #expect(result.report.meanings.map(\.column) == ["ln_x"])
    #expect(
      result.report.meanings[0].note.english
        == "ln_x is ln(x + 0.5): 1 of 3 values of x is 0, and its coefficients depend on the constant.")
    #expect(result.report.meanings[0].note.chinese.hasPrefix("ln_x为ln(x＋0.5)：x的3个值中有1个为0"))
  }

  @Test func `a plan that goes on is without the columns that zeros forbid, and without what rests on them`()
    throws
  {
    let table = smallTable("code,year,x,y\na,1,0,1\na,2,3,2\nb,1,1,4\nb,2,1,8")
    var plan = PreparationPlan(
      steps: [
        PreparationStep(.logarithm(), ["x", "y"]), PreparationStep(.lag(), ["ln_x", "ln_y"]),
        PreparationStep(.growth(), ["x", "y"]), PreparationStep(try ColumnExpression("z = ln_x + y")),
      ], keptColumns: ["y", "ln_x", "ln_y"])
    #expect(throws: PreparationError.self) { try Preparator(plan).prepare(table) }
    plan.leavesOutImpossibleColumns = true
    let result = try Preparator(plan).prepare(table)
    #expect(result.report.leftOut.map(\.column) == ["ln_x", "l_ln_x", "g_x", "z"])
    #expect(result.report.leftOut[1].reason == result.report.leftOut[0].reason)
    #expect(result.report.leftOut[2].reason.description.contains("a base of 0"))
    #expect(result.table.table.columnNames == ["code", "year", "y", "ln_y"])
  }

  @Test func `a column that a step would change in its place is never left as it was`() throws {
    let table = smallTable("code,year,x\na,1,0\na,2,3\nb,1,1\nb,2,1")
    var inPlace = PreparationPlan(steps: [PreparationStep(.logarithm(), ["x"], naming: .inPlace)])
    inPlace.leavesOutImpossibleColumns = true
    #expect(throws: PreparationError.self) { try Preparator(inPlace).prepare(table) }
    var itself = PreparationPlan(
      steps: [
        PreparationStep(.logarithm(), ["x"]), PreparationStep(try ColumnExpression("x = x + ln_x")),
      ])
    itself.leavesOutImpossibleColumns = true
    #expect(throws: PreparationError.self) { try Preparator(itself).prepare(table) }
  }
}
