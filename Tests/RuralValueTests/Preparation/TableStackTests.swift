import RuralValue
import TestSupport
import Testing

/// Files whose rows stand under each other.
@Suite struct TableStackTests {
  private let first = smallTable("县,gdp,pop\n甲,1,2\n乙,3,4", source: "2012.csv")
  private let second = smallTable("县,pop,gdp,area\n甲,20,10,9\n乙,40,x,9", source: "gdp_2013年.csv")

  private func stacked() throws -> (table: Table, notes: [Phrase]) {
    let dated = try [first, second].map { try YearOfFile(nameOf: "dir/\($0.source)").added(to: $0).table }
    return try TableStack().stacked(dated)
  }

  @Test func `columns meet by name and not by place, and absent ones are empty and named`() throws {
    let (table, notes) = try stacked()
    #expect(table.columnNames == ["县", "year", "gdp", "pop", "area"])
    #expect(table.texts(column: 1) == ["2012", "2012", "2013", "2013"])
    #expect(table.texts(column: 2) == ["1", "3", "10", "x"])
    #expect(table.texts(column: 3) == ["2", "4", "20", "40"])
    #expect(table.texts(column: 4) == ["", "", "9", "9"])
    #expect(
      notes.map(\.english) == [
        "2 files were stacked, 4 rows in all: 2012.csv (2), gdp_2013年.csv (2).",
        "2012.csv has no column area: its cells are empty in the file's rows.",
      ])
    #expect(notes[1].chinese == "2012.csv没有area列，相应单元格留空。")
  }

  @Test func `an error names the file and the line in which its cell stands`() throws {
    let table = try stacked().table
    let error = #expect(throws: TableError.self) { try table.numbers(column: 2) }
    #expect(error?.description.hasPrefix("gdp_2013年.csv, line 3, column \"gdp\": found \"x\"") == true)
    // A key that is off, a logarithm in a later step, a row that two files have.
    let zero = smallTable("县,year,gdp\n甲,2013,0", source: "b.csv")
    let whole = smallTable("县,year,gdp\n甲,2012,5", source: "a.csv")
    let both = try TableStack().stacked([whole, zero]).table
    let log = #expect(throws: PreparationError.self) {
      try prepare(both, PreparationStep(.logarithm(), ["gdp"]))
    }
    #expect(log?.description.hasPrefix("b.csv, line 2, column \"gdp\" (县 \"甲\", year 2013)") == true)
    let bad = smallTable("县,year,gdp\n甲,20x3,0", source: "b.csv")
    let key = #expect(throws: KeyColumnError.self) {
      try prepare(TableStack().stacked([whole, bad]).table)
    }
    #expect(key?.description.hasPrefix("b.csv, line 2, column \"year\": found \"20x3\"") == true)
    let again = smallTable("县,year,gdp\n乙,2012,1\n甲,2012,5", source: "c.csv")
    let twice = #expect(throws: PanelError.self) {
      try prepare(TableStack().stacked([whole, again]).table)
    }
    #expect(
      twice?.description.hasPrefix(
        "a.csv and c.csv: 县 \"甲\" has two rows for year 2012, on lines 2 and 3") == true)
  }

  @Test func `a file that has its years already does not get a second column of them`() throws {
    func added(_ text: String, _ name: String) throws -> Table {
      try YearOfFile(nameOf: name).added(to: smallTable(text, source: name)).table
    }
    for (text, words) in [
      (
        "县,年份,gdp\n甲,2013,1\n乙,2012,2",
        "2013.csv, line 3, column \"年份\": found \"2012\", but the file's name says 2013"
      ),
      ("县,年份,gdp\n甲,2013年,1\n乙,NA,2", "2013.csv has the year twice: column \"年份\" says 2013"),
      ("县,gdp,日期\n甲,1,2012-12-31", "column \"日期\": found \"2012-12-31\""),
    ] {
      let error = #expect(throws: StackError.self) { try added(text, "2013.csv") }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
    // Waves, months and empty columns say no year.
    for text in ["县,wave,gdp\n甲,3,1", "县,月份,gdp\n甲,12,1", "县,年份,gdp\n甲,,1", "县,时间,gdp\n甲,x,1"] {
      #expect(try added(text, "2013.csv").columnNames[1] == "year")
    }
  }

  @Test func `units that differ by spaces or zeros in front only are named, with where they stand`() throws {
    func notes(_ units: (String, String)) throws -> [Phrase] {
      let one = smallTable("县,year,gdp\n\(units.0),2012,1\n乙县,2012,1", source: "a.csv")
      let other = smallTable("县,year,gdp\n乙县,2013,2\n\(units.1),2013,2", source: "b.csv")
      return try prepare(TableStack().stacked([one, other]).table).report.notes.filter {
        $0.english.contains("may be one")
      }
    }
    let spaced = try notes(("长 沙县", "长沙县"))
    #expect(spaced.count == 1)
    #expect(
      spaced.first?.english.contains("\"长 沙县\" (a.csv, line 2) and \"长沙县\" (b.csv, line 3)") == true,
      "\(spaced)")
    #expect(spaced.first?.chinese.contains("“长 沙县”（a.csv第2行）与“长沙县”（b.csv第3行）") == true)
    #expect(try notes(("0430121", "430121")).count == 1)
    #expect(try notes(("长沙县", "长沙市")).isEmpty && notes(("10", "1")).isEmpty)
  }

  @Test func `rows that are taken out, filled or joined keep their file`() throws {
    let table = try stacked().table
    let kept = table.keepingRows { $0 >= 2 }
    #expect((0..<2).map(kept.source(ofRow:)) == ["gdp_2013年.csv", "gdp_2013年.csv"])
    #expect(try table.renaming([("gdp", "GDP")]).source(ofRow: 0) == "2012.csv")
    #expect(try table.fillingDown(["area"].filter { _ in false }).table.source(ofRow: 3) == "gdp_2013年.csv")
    let joined = try TableJoin().join(smallTable("县,region\n甲,east\n乙,west"), to: table).table
    #expect(joined.source(ofRow: 3) == "gdp_2013年.csv" && joined.source(ofRow: 0) == "2012.csv")
  }

  @Test func `a column under two similar names is asked about, unless they are known to differ`() throws {
    let other = smallTable("县,year,GDP\n甲,2013,1", source: "b.csv")
    let one = smallTable("县,year,gdp\n甲,2012,1", source: "a.csv")
    let error = #expect(throws: StackError.self) { try TableStack().stacked([one, other]) }
    #expect(
      error
        == .likeNames(first: "gdp", firstSource: "a.csv", second: "GDP", secondSource: "b.csv"))
    #expect(error?.description.contains("are they one under two names?") == true)
    let table = try TableStack(areDistinct: true).stacked([one, other]).table
    #expect(table.columnNames == ["县", "year", "gdp", "GDP"])
  }

  @Test func `a file without the key column is refused, and one file alone stays as it is`() throws {
    let other = smallTable("county,year,gdp\n甲,2013,1", source: "b.csv")
    let one = smallTable("县,year,gdp\n甲,2012,1", source: "a.csv")
    let error = #expect(throws: StackError.self) { try TableStack().stacked([one, other]) }
    #expect(error?.description.contains("b.csv: there is no column \"县\", the unit column of a.csv") == true)
    #expect(try TableStack().stacked([one]).table == one)
  }
}

/// The year in a file's name.
@Suite struct YearOfFileTests {
  @Test(arguments: [
    ("2012.csv", 2012), ("gdp_2012年.csv", 2012), ("统计年鉴2013.csv", 2013), ("data/1999/v2_2014.csv", 2014),
    ("２０１２年.csv", 2012), ("2012_2012.csv", 2012), ("2015", 2015), ("table3-2016-v12345.csv", 2016),
  ]) func `the one run of four digits is the year`(name: String, year: Int) throws {
    #expect(try YearOfFile(nameOf: name).year == year)
  }

  @Test(arguments: [
    ("gdp.csv", []), ("12.csv", []), ("20121231.csv", []), ("0430.csv", []), ("2012-2013.csv", [2012, 2013]),
    ("2012/gdp.csv", []),
  ]) func `no year and two years are refused by name`(name: String, years: [Int]) throws {
    let error = #expect(throws: StackError.self) { try YearOfFile(nameOf: name) }
    let file = name.split(separator: "/").last.map(String.init) ?? name
    #expect(error == .yearsInName(source: file, years: years))
  }

  @Test func `the year is the second column, and a column of its name is not made twice`() throws {
    let (table, note) = try YearOfFile(nameOf: "2012.csv").added(
      to: smallTable("县,gdp\n甲,1", source: "2012.csv"))
    #expect(table.columnNames == ["县", "year", "gdp"] && table.texts(column: 1) == ["2012"])
    #expect(table.texts(column: 2) == ["1"])
    #expect(note.english == "2012.csv: column \"year\" is 2012, from the file's name.")
    #expect(throws: StackError.hasYearColumn(source: "2012.csv", column: "year")) {
      try YearOfFile(nameOf: "2012.csv").added(to: table)
    }
  }
}
