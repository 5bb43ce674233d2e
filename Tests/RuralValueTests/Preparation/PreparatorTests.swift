import RuralValue
import TestSupport
import Testing

@Suite struct PreparatorTests {
  let table = smallTable(
    """
    code,year,name,gdp,rate,note
    0430102,2013,芙蓉区,"1",12.50,a
    0430102,2012,芙蓉区,4,1e2,
    0430103,2012,天心区,9,NA,"b"
    """.replacing("\"", with: ""))

  @Test func `what no step touches survives cell for cell`() throws {
    let result = try prepare(table, PreparationStep(.logarithm(), ["gdp"]))
    #expect(result.table.columns.map(\.name) == ["code", "year", "name", "gdp", "rate", "note", "ln_gdp"])
    #expect(result.texts("code") == ["0430102", "0430102", "0430103"])
    #expect(result.texts("year") == ["2012", "2013", "2012"])
    #expect(result.texts("rate") == ["1e2", "12.50", "NA"])
    #expect(result.texts("gdp") == ["4", "1", "9"])
    #expect(result.texts("note") == ["", "a", "b"])
  }

  @Test func `steps see what earlier steps made`() throws {
    let result = try prepare(
      table, PreparationStep(.logarithm(), ["gdp"]),
      PreparationStep(.change(), ["ln_gdp"], naming: .names(["rate_of_growth"])))
    expectClose(result.numbers("rate_of_growth")[1], -1.3862943611198906, relative: 1e-15, from: "ln(1/4)")
    #expect(result.report.summaries.map(\.step) == [1, 2])
    #expect(result.report.summaries.map(\.output) == ["ln_gdp", "rate_of_growth"])
  }

  @Test func `several variables are named one by one`() throws {
    let result = try prepare(
      table, PreparationStep(.lag(), ["gdp", "rate"], naming: .prefix("last_")))
    #expect(result.table.columns.suffix(2).map(\.name) == ["last_gdp", "last_rate"])
  }

  @Test func `a plan that would overwrite a column or a key is refused before anything is computed`() {
    #expect(throws: PreparationError.outputExists(output: "rate", variable: "gdp", operation: "log")) {
      try prepare(table, PreparationStep(.logarithm(), ["gdp"], naming: .names(["rate"])))
    }
    #expect(throws: PreparationError.outputIsKey(output: "year", operation: "standardise")) {
      try prepare(table, PreparationStep(.standardise(), ["year"], naming: .inPlace))
    }
    #expect(
      throws: PreparationError.namesDoNotMatch(operation: "log", names: ["a", "b"], variables: ["gdp"])
    ) { try prepare(table, PreparationStep(.logarithm(), ["gdp"], naming: .names(["a", "b"]))) }
    #expect(throws: PreparationError.outputExists(output: "ln_gdp", variable: "gdp", operation: "log")) {
      try prepare(table, PreparationStep(.logarithm(), ["gdp", "gdp"]))
    }
  }

  @Test func `an unknown variable gets the nearest name, one that a step makes included`() {
    let error = #expect(throws: TableError.self) {
      try prepare(table, PreparationStep(.logarithm(), ["gdp"]), PreparationStep(.change(), ["lngdp"]))
    }
    #expect(error?.description.contains("Did you mean \"ln_gdp\"?") == true)
  }

  @Test func `the prepared table reads back as the same panel`() throws {
    let table = smallTable("code,year,x\n01,1,0.1\n01,2,0.30000000000000004\n01,3,1e-300\n02,1,123456789012")
    let result = try prepare(table, PreparationStep(.interpolate(), ["x"]))
    let panel = try Panel(result.table.table, variables: ["x"])
    #expect(try panel.values(of: "x") == [0.1, 0.30000000000000004, 1e-300, 123_456_789_012])
    #expect(panel.units == ["01", "02"])
    #expect(result.table.resultTable.column("code")?.values == .text(["01", "01", "01", "02"]))
    #expect(
      result.table.resultTable.column("x")?.values
        == .number([0.1, 0.30000000000000004, 1e-300, 123_456_789_012]))
  }

  @Test func `every error is a sentence that ends with what to do`() {
    let place = try! CellPlaceSample.place()
    let errors: [PreparationError] = [
      .windowNotOdd(found: 2), .tailsOutOfRange(lower: 1, upper: 1),
      .stepsNotPositive(operation: "lag", found: 0),
      .namesDoNotMatch(operation: "log", names: [], variables: ["x"]),
      .outputExists(output: "y", variable: "x", operation: "log"),
      .outputIsKey(output: "y", operation: "log"),
      .noLogarithm(place: place, value: 0, plusOne: false, isScore: false, others: 2),
      .noVariation(source: "p.csv", column: "x", period: 2012, known: 3, operation: "minmax"),
      .zeroBase(place: place, basePeriod: 2011, others: 0), .overflow(place: place, operation: "growth"),
      .calendarTooLong(source: "p.csv", timeColumn: "year", first: 1, last: 9_000_000, step: 1),
      .ambiguousChange(source: "m.csv", line: 2, old: "1", new: ["2", "3"]),
      .circularChange(source: "m.csv", old: "1"), .incompleteChange(source: "m.csv", line: 2),
      .changeConflict(
        source: "p.csv", unitColumn: "code", first: "1", second: "2", newest: "2", timeColumn: "year",
        period: 2012, firstLine: 2, secondLine: 3),
    ]
    for error in errors {
      #expect(error.description.hasSuffix("."))
      #expect(
        error.description.contains("expected") || error.description.contains("would")
          || error.description.contains("no rate"))
    }
  }

  @Test func `the document carries the panel, the steps and the touched cells under their keys`() throws {
    let result = try prepare(table, PreparationStep(.winsorise(), ["gdp"]))
    let document = result.document
    #expect(
      document.parts.map(\.jsonKey) == [
        "steps", "joined", "merged", "dropped", "cells", "parameters", "panel",
      ])
    #expect(document.command == "prepare")
    #expect(result.report.summaryTable.rowCount == 1)
    #expect(result.report.entriesTable.rowCount == 2)
    #expect(result.report.parametersTable.rowCount == 2)
  }

  @Test(arguments: PreparationReport.Action.allCases)
  func `what happened to a cell has a key for scripts and a Chinese name`(action: PreparationReport.Action) {
    #expect(action.phrase.english == action.rawValue)
    #expect(action.phrase.text(in: .chinese) != action.rawValue)
  }

  @Test func `a step states every setting in force`() {
    #expect(
      PreparationStep(.growth(), ["x"]).members == [
        JSONMember("operation", .string("growth")), JSONMember("variables", .array([.string("x")])),
        JSONMember("outputs", .array([.string("g_x")])), JSONMember("steps", .integer(1)),
        JSONMember("zero_base_missing", .boolean(false)),
      ])
    #expect(
      PreparationStep(.winsorise(), ["x"], naming: .inPlace).members == [
        JSONMember("operation", .string("winsorise")), JSONMember("variables", .array([.string("x")])),
        JSONMember("outputs", .array([.string("x")])), JSONMember("lower_tail", .number(0.01)),
        JSONMember("upper_tail", .number(0.01)), JSONMember("within", .string("panel")),
      ])
  }

  @Test func `the order of the input's rows changes no value`() throws {
    let rows = ["a,1,4", "a,2,", "a,3,8", "b,1,1", "b,3,9", "c,2,5"]
    let steps = PreparationPlan(
      steps: [
        PreparationStep(.interpolate(), ["x"]), PreparationStep(.smooth(), ["x"]),
        PreparationStep(.standardise(.panel), ["x"]), PreparationStep(.growth(), ["x"]),
      ])
    func cells(_ rows: [String]) throws -> [String: [Double]] {
      let result = try Preparator(steps).prepare(
        smallTable("code,year,x\n" + rows.joined(separator: "\n")))
      let keys = zip(result.texts("code"), result.texts("year")).map { "\($0) \($1)" }
      return Dictionary(
        uniqueKeysWithValues: keys.enumerated().map { row, key in
          (key, ["x", "ma_x", "z_x"].map { result.numbers($0)[row] })
        })
    }
    let (straight, turned) = (try cells(rows), try cells(rows.reversed()))
    #expect(straight.count == 7 && straight.keys == turned.keys)
    for (key, values) in straight {
      for (value, other) in zip(values, turned[key]!) {
        expectClose(value, other, absolute: 1e-15, from: "the same rows in another order", key)
      }
    }
  }

  @Test(arguments: [
    PreparationOperation.interpolate(), .smooth(), .logarithm(), .logarithm(plusOne: true), .standardise(),
    .standardise(.year), .minMax(), .minMax(.year), .winsorise(), .winsorise(.year), .change(), .growth(),
    .lag(),
    .lag(steps: -2),
  ])
  func `every operation has a name in both languages`(operation: PreparationOperation) {
    #expect(!operation.phrase.english.isEmpty && operation.phrase.english != operation.phrase.chinese)
    #expect(!operation.key.isEmpty)
  }
}

/// A place as an error met it.
enum CellPlaceSample {
  static func place() throws -> CellPlace {
    do {
      _ = try prepare(smallTable("code,year,x\na,2012,0"), PreparationStep(.logarithm(), ["x"]))
    } catch let error as PreparationError {
      if case .noLogarithm(let place, _, _, _, _) = error { return place }
    }
    throw PreparationError.windowNotOdd(found: 0)
  }
}
