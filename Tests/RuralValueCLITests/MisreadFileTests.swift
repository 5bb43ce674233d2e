import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// The files of `shared/cases/data`, each of which was misread in silence: now the right reading, written here as it
/// follows from the file, or the refusal with its way out.
@Suite struct MisreadFileTests {
  private static let folder = ProjectFiles.fixture("reference/files/cases").path

  /// A call, with `@` for the folder of the files.
  private func answer(_ call: String) -> Outcome {
    ruralvalue(call.split(separator: " ").map { $0.replacingOccurrences(of: "@", with: "\(Self.folder)/") })
  }

  @Test(
    arguments: [
      // Year before code, R's row numbers, a cross-section of which the GDP is no year.
      ("describe @yfirst.csv", "Sample: 9 observations, 3 units, 3 periods."),
      ("describe @rowidx.csv", "Sample: 6 observations, 2 units, 3 periods."),
      ("describe @y2012.csv", "Sample: 4 observations, 4 units, 1 period."),
      ("describe @cs.csv --time none", "Sample: 3 observations, 3 units, 1 period."),
      ("entropy @cs.csv --indicators @css.csv", "read as one cross-section"),
      ("entropy @rowidx.csv --indicators @sys.csv", "Sample: 6 observations, 2 units, 3 periods."),
      // A comma in a name.
      ("entropy @com.csv --indicators @csys.csv", "GDP, total"),
      // Markers of missing values.
      ("describe @bna.csv", "taken as missing: \"(NA)\" (4)"),
      ("describe @colon.csv", "taken as missing: \":\" (4)"),
      ("describe @wu.csv --missing-as 无", "cells that hold \"无\" (4) are taken as missing"),
      // Joins by year alone and by prefecture.
      ("prepare @p.csv --join @cpi.csv", "joined by year alone"),
      ("prepare @p.csv --join @city.csv", "joined by city and year"),
      // Totals.
      ("prepare @wide7.csv --from wide-years", "\"2012-2013年增长率\" names several years"),
      ("prepare @tot.csv --from wide-years", "\"全省\" (its name), \"合计\" (its name)"),
    ])
  func `what can be read is read, and said`(call: String, words: String) {
    let outcome = answer(call)
    #expect(outcome.code == .done, "\(outcome.errors)")
    let text = (outcome.output + outcome.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(words), "\(text)")
  }

  @Test(
    arguments: [
      ("describe @wu.csv", "\"无\", expected a number"), ("prepare @pa.csv --join @pb.csv", ";time=年份"),
      ("describe @tot.csv", "--from wide-years"), ("describe @databank.csv", "--from wide-years"),
      ("gmm @cs.csv --formula v~lag(v)", "needs several periods"),
      ("entropy @tot.csv --indicators @bsys.csv", "no column \"Personal income (thousands of dollars)\""),
    ])
  func `what cannot be told is refused with the way out`(call: String, words: String) {
    let outcome = answer(call)
    #expect(outcome.code == .data, "\(outcome.output)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test(
    arguments: [
      (
        "prepare @p.csv --join @cpi.csv",
        [0: "code,year,name,city,gdp,pop,cpi_like,cpi", 6: "430122,2014,望城县,长沙市,600,,1,104.7"]
      ),
      (
        "prepare @p.csv --join @city.csv",
        [10: "430223,2012,攸县,株洲市,200,70,1,4", 11: "430223,2014,攸县,株洲市,220,70,1,6"]
      ),
      ("prepare @pa.csv --join @pb.csv;time=年份", [1: "A,2019,1,", 2: "A,2020,2,10", 4: "B,2020,4,20"]),
      ("prepare @wide8.csv --from wide-years", [1: "长沙市,2012,400", 2: "长沙市,2013,420"]),
      ("prepare @wide9.csv --from wide-years", [1: "长沙市,2012Q1,400", 3: "长沙市,2013Q1,430"]),
      (
        "prepare @wide7.csv --from wide-years",
        [0: "地区,time,2012-2013年增长率,人口", 1: "长沙市,2010,1,420", 2: "长沙市,2020,1,400"]
      ),
      (
        "prepare @databank.csv --from wide-years",
        [
          0: "Country Name,time,Country Code,GDP (current US$),\"Population, total\"",
          5: "Aruba,2020,ABW,2558906303.9106,..",
        ]
      ),
      ("prepare @db2.csv --from wide-years", [6: "Aruba,2021,ABW,3103184101.6760,106537"]),
      ("prepare @yfirst.csv --growth gdp", [2: "2013,430102,A,11,5,0.10000000000000009"]),
    ] as [(String, [Int: String])])
  func `the cells are those of the file`(call: String, lines: [Int: String]) {
    let outcome = answer(call)
    let found = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (number, line) in lines {
      #expect(found.count > number && found[number] == line, "\(outcome.output)")
    }
  }

  @Test func `a county's file with its periods as quarters goes through gmm, whose lags count quarters`()
    throws
  {
    let box = try StudySandbox()
    var rows = ["code,quarter,y,x"]
    for unit in 0..<30 {
      var level = Double(unit % 7)
      for step in 0..<12 {
        level = 0.5 * level + Double((unit * 7919 + step * 104_729) % 97) / 10
        rows.append("u\(unit),\(2012 + step / 4)Q\(step % 4 + 1),\(level),\((unit * 31 + step * 17) % 23)")
      }
    }
    try box.write(rows.joined(separator: "\n"), to: "quarters.csv")
    let all = ruralvalue(["gmm", box.path("quarters.csv"), "--formula", "y ~ lag(y) + x", "--json"])
    #expect(all.code == .done, "\(all.errors)")
    #expect(all.output.contains("\"periods\": 12"))
    let some = ruralvalue([
      "describe", box.path("quarters.csv"), "--periods", "2012Q3:2013Q2", "--variables", "y", "--no-vif",
    ])
    let years = ruralvalue([
      "describe", box.path("quarters.csv"), "--periods", "2013:", "--variables", "y", "--no-vif",
    ])
    #expect(years.output.contains("240 observations, 30 units, 8 periods"), "\(years.output)\(years.errors)")
    #expect(some.output.contains("120 observations, 30 units, 4 periods"), "\(some.output)\(some.errors)")
  }

  @Test func `codes that lost their zero do not match in silence`() throws {
    let box = try StudySandbox()
    try box.write("from,to\n01001,01003\n01003,10001\n", to: "w.csv")
    let file = ProjectFiles.fixture("reference/files/csv/code-lost-zero.csv").path
    let outcome = ruralvalue(["moran", file, "--variable", "v", "--weights", box.path("w.csv")])
    #expect(outcome.code == .data)
    #expect(outcome.errors.contains("leading zero"), "\(outcome.errors)")
  }

  @Test func `a study finds the keys of its panel where they stand`() throws {
    let box = try StudySandbox()
    let text = try box.text("panel.csv")
    let turned = text.split(separator: "\n").map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return ([cells[2], cells[1], cells[0]] + cells.dropFirst(3)).joined(separator: ",")
    }
    let first = try box.results()
    try box.write(turned.joined(separator: "\n") + "\n", to: "panel.csv")
    let outcome = box.run()
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(Set(try box.results().keys) == Set(first.keys))
  }
}
