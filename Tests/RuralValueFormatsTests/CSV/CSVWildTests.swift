import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// Tables as they arrive: the project's own likenesses, and the real ones where they are at hand.
@Suite struct CSVWildTests {
  private func fixture(
    _ name: String, skipLines: Int = 0, headerRows: Int? = nil
  ) throws -> CSVDocument {
    try read(ProjectFiles.fixture("data/wild/\(name)"), skipLines: skipLines, headerRows: headerRows)
  }

  private func read(_ url: URL, skipLines: Int = 0, headerRows: Int? = nil) throws -> CSVDocument {
    try CSVReader.read(
      [UInt8](Data(contentsOf: url)), source: url.lastPathComponent,
      options: CSVOptions(skipLines: skipLines, header: headerRows.map(CSVOptions.Header.rows) ?? .found))
  }

  @Test func `a bureau's query page becomes a panel of one province`() throws {
    #expect(
      throws: CSVError.preamble(
        source: "bureau-query.csv", line: 1, found: "数据库：分省年度数据", skipLines: 2)
    ) { try fixture("bureau-query.csv") }
    let document = try fixture("bureau-query.csv", skipLines: 2)
    #expect(document.table.columnNames == ["指标", "2022年", "2021年", "2020年"])
    #expect(document.table.lines == [4, 5, 6])
    #expect(document.notes.count == 2)
    let long = try WideLayout.long(
      document.table, options: WideLayoutOptions(.wideYears, unitName: "示例省", preamble: document.preamble))
    let panel = try Panel(long.table, variables: Array(long.table.columnNames.dropFirst(2)))
    #expect(panel.periods == [2020, 2021, 2022])
    #expect(try panel.values(of: "农业支出 (亿元)") == [36, 38.1, 40.25])
    #expect(try panel.values(of: "粮食产量 (万吨)")[0].isNaN)
  }

  @Test func `a census sheet names the two cells that ran together`() throws {
    let table = try fixture("census-head.csv").table
    #expect(table.columnNames == ["地区", "区划代码", "性别比 （女=100）", "各种职业人口 总计"])
    #expect(try table.numbers(column: 2) == [103.42, 101.28, 1024.5, 98.99])
    #expect(table.columnKinds([3])[0] == .mostlyNumeric(firstUnreadableRow: 3))
    #expect(table.reading(row: 1, column: 3) == .number(129))
    #expect(table.reading(row: 2, column: 3) == .number(1745))
    let error = #expect(throws: TableError.self) { try table.numericColumns() }
    #expect(error?.description.contains("line 7, column \"各种职业人口 总计\"") == true)
  }

  @Test func `a GB18030 sheet with merged headers is read with two options`() throws {
    #expect(throws: CSVError.self) { try fixture("migration-sheet-gb18030.csv", skipLines: 3) }
    let document = try fixture("migration-sheet-gb18030.csv", skipLines: 3, headerRows: 2)
    #expect(document.encoding == .gb18030)
    #expect(
      document.table.columnNames
        == ["县(市、区)", "迁 入 省内迁入", "迁 入 省外迁入", "迁 出 迁往省内", "迁 出 迁往省外"])
    #expect(try document.table.numbers(column: 1) == [1200, 700, 500])
    #expect(document.table.lines == [6, 7, 8])
  }

  @Test func `a sheet of indicators by county takes its year from above the table`() throws {
    let document = try fixture("population-sheet.csv", skipLines: 2)
    let long = try WideLayout.long(
      document.table, options: WideLayoutOptions(.wideUnits, preamble: document.preamble))
    #expect(long.table.rowCount == 3)
    #expect(long.table.text(row: 1, column: 1) == "2012")
    #expect(long.table.columnNames.contains("男人"))
    #expect(long.notes.count == 2)
  }

  @Test func `a moved digit is an error with advice, a space between thousands is not`() throws {
    let document = try fixture("natural-change-sheet.csv", skipLines: 3, headerRows: 2)
    #expect(document.table.columnNames == ["县", "出生 人数", "出生 出生率", "死亡 人数"])
    #expect(document.table.reading(row: 2, column: 1) == .number(1749))
    let error = #expect(throws: TableError.self) { try document.table.numbers(column: 1) }
    #expect(error?.description.contains("line 7, column \"出生 人数\": found \"211 1\"") == true)
  }

  @Test func `years and counties side by side become panels`() throws {
    let years = try WideLayout.long(
      fixture("index-wide-years.csv").table, options: WideLayoutOptions(.wideYears, variable: "index"))
    let panel = try Panel(years.table, variables: ["index"])
    #expect(panel.units == ["东岭区", "石桥县", "白马县"])
    #expect(try panel.values(of: "index")[2] == 87.2869156022445)
    let units = try WideLayout.long(
      fixture("gdp-wide-units.csv").table, options: WideLayoutOptions(.wideUnits, variable: "gdp"))
    #expect(try Panel(units.table, variables: ["gdp"]).periods == [2019, 2020])
  }

  private static var hasShared: Bool { ProjectFiles.shared("data/wild") != nil }

  @Test(.enabled(if: hasShared))
  func `every real table is read, or refused with the lines to skip`() throws {
    let folder = try #require(ProjectFiles.shared("data"))
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".csv")
    }
    #expect(files.count > 20)
    for file in files.sorted() {
      var headerRows: Int?
      var skipLines = 0
      // Each refusal says what to do; doing it must lead to a table.
      for attempt in 0..<3 {
        do {
          let document = try read(folder.appending(path: file), skipLines: skipLines, headerRows: headerRows)
          #expect(document.table.columnCount > 1, "\(file)")
          break
        } catch CSVError.preamble(_, _, _, let lines) {
          skipLines = lines
        } catch CSVError.severalHeaderRows(_, _, _, let rows, _) {
          headerRows = rows
        }
        #expect(attempt < 2, "\(file)")
      }
    }
  }

  @Test(.enabled(if: hasShared))
  func `the real wide tables become panels`() throws {
    let shared = try #require(ProjectFiles.shared("data/wild"))
    let index = try read(shared.appending(path: "dfiic_wide_by_year_hunan.csv"))
    let years = try WideLayout.long(index.table, options: WideLayoutOptions(.wideYears, variable: "index"))
    #expect(try Panel(years.table, variables: ["index"]).units.count == 122)
    let gdp = try read(shared.appending(path: "hunan_gdp_wide_counties_as_columns.csv"))
    let units = try WideLayout.long(gdp.table, options: WideLayoutOptions(.wideUnits, variable: "gdp"))
    let panel = try Panel(units.table, variables: ["gdp"])
    #expect(panel.units.count == 88)
    #expect(panel.periods == Array(2004...2021))
    let sheet = try read(shared.appending(path: "huizhou_population_2012_sheet.csv"), skipLines: 2)
    let counties = try WideLayout.long(
      sheet.table, options: WideLayoutOptions(.wideUnits, preamble: sheet.preamble))
    #expect(try Panel(counties.table, variables: ["出生率 ‰"]).units.count == 8)
    let query = try read(shared.appending(path: "nbs_easyquery_provinces.csv"), skipLines: 2)
    let province = try WideLayout.long(query.table, options: WideLayoutOptions(.wideYears, unitName: "某省"))
    #expect(province.table.rowCount == 9)
    #expect(province.table.columnCount == 23)
  }
}
