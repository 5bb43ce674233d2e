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
}
