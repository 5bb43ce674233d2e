import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// Every CSV file of the corpus in Fixtures/reference/files/csv ends in the right reading, whose numbers stand in the
/// `.read.csv` that its generator wrote, cell by cell, or in the refusal that its line in the corpus's README states.
@Suite struct FileCorpusTests {
  /// A file that is read, with the options that its line asks for.
  struct Reading: Sendable, CustomTestStringConvertible {
    let file: String
    var options: [String] = []
    /// What the program calls a column of the right reading.
    var names: [String: String] = [:]
    /// What a note must say.
    var note = ""

    var testDescription: String { file }
  }

  static let years = ["--from", "wide-years"]

  static let readings: [Reading] =
    [
      .init(file: "year-first.csv", note: "units are taken from \"code\", periods from \"year\""),
      .init(file: "row-number.csv", note: "the first column has no name and counts the rows"),
      .init(file: "row-number-named.csv", note: "the first column (\"X\") only counts the rows"),
      .init(file: "cross-section.csv", note: "read as one cross-section"),
      .init(file: "gdp-like-years.csv", note: "read as one cross-section"),
      .init(file: "name-code-year.csv", note: "units are taken from \"code\""),
      .init(file: "code-decimal.csv", note: "end in .0"),
      .init(file: "code-apostrophe.csv", note: "the apostrophe before 8 codes"),
      .init(file: "blank-lines.csv"), .init(file: "cr-only.csv"), .init(file: "no-final-newline.csv"),
      .init(file: "quoted-newline.csv"), .init(file: "trailing-commas.csv"), .init(file: "utf8-bom.csv"),
      .init(file: "gb18030.csv", note: "read as GB18030"),
      .init(file: "utf16-excel.txt", note: "byte-order mark"),
      .init(file: "big5.csv", options: ["--encoding", "big5"]),
      .init(
        file: "missing-markers.csv", options: ["--missing-as", "无,未统计,#DIV/0!,*,x"],
        note: "cells that hold \"无\" (8)"),
      .init(file: "semicolon-decimal-comma.csv", note: "is read as the decimal sign"),
      .init(file: "thousands-percent.csv", names: ["y_percent": "y"], note: "98.0% is 98.0"),
      .init(
        file: "databank.csv", options: years + ["--indicator", "Series Code", "--unit", "Country Code"]),
      .init(
        file: "worldbank-wide.csv",
        options: years + ["--skip-lines", "4", "--indicator", "Indicator Code", "--unit", "Country Code"]),
      .init(
        file: "bea.csv", options: years + ["--where", "GeoFIPS!=37000"],
        note: "skipped the footer on lines 8–10"),
      .init(file: "eurostat.tsv", options: years, note: "left out, the same in every row: freq=A, unit=EUR"),
      .init(
        file: "eurostat-sdmx.csv", names: ["value": "OBS_VALUE"],
        note: "units are taken from \"geo\", periods from \"TIME_PERIOD\""),
      .init(file: "long-indicators.csv", options: ["--from", "long"]),
      .init(file: "times-prefix.csv", options: years, names: ["value": "gdp"]),
      .init(file: "times-fiscal.csv", options: years, note: "each stands under its first"),
      .init(file: "times-census.csv", options: years, note: "is taken as a remark on the year"),
      .init(file: "times-flagged.csv", options: years, note: "is taken as a remark on the year"),
      .init(file: "times-quarters.csv", options: years, note: "Lags count quarters"),
      .init(file: "times-quarters-zh.csv", options: years, note: "Lags count quarters"),
      .init(file: "times-months.csv", options: years, note: "Lags count months"),
      .init(
        file: "total-nested.csv",
        options: years + ["--variable", "gdp", "--where", "地区!=全市,市区,县区"]),
      .init(file: "total-longform.csv", options: ["--where", "code!=520300"]),
    ]
    + ["times-fy", "times-suffix", "times-year-word", "times-yr"].map {
      Reading(file: "\($0).csv", options: years)
    }
    + ["compact", "days", "iso", "stata", "words", "zh"].map {
      Reading(file: "months-\($0).csv", note: "Lags count months")
    }
    + [
      ("total-en", "Total"), ("total-hash", "总计#"), ("total-heji", "合 计"), ("total-quansheng", "全省"),
      ("total-mean", "平均"),
    ].map {
      Reading(file: "\($0.0).csv", options: years + ["--variable", "gdp", "--where", "name!=\($0.1)"])
    }

  @Test(arguments: readings)
  func `a file that can be read is read cell by cell`(_ reading: Reading) throws {
    let outcome = ruralvalue(["prepare", Self.path(reading.file)] + reading.options)
    #expect(outcome.code == .done, "\(outcome.errors)")
    if !reading.note.isEmpty { #expect(outcome.errors.contains(reading.note), "\(outcome.errors)") }
    let found = try CSVReader.read(Array(outcome.output.utf8), source: "found").table
    let stem = String(reading.file.prefix { $0 != "." })
    let right = try CSVReader.read(Self.bytes("\(stem).read.csv"), source: "right").table
    try Self.requireSame(found, right, reading)
  }

  /// Files without a right reading, with the call and the words that its answer must hold.
  static let refusals: [(file: String, words: [String], answer: [String])] = [
    ("code-exponent.csv", ["describe"], ["line 2, column \"code\"", "4.30102E+11", "as text"]),
    ("mixed-encodings.csv", ["describe"], ["line 10, byte 13", "--encoding gb18030"]),
    ("nul-bytes.csv", ["describe"], ["line 3", "NUL"]),
    ("open-quote.csv", ["describe"], ["line 3", "never closed"]),
    ("ragged.csv", ["describe"], ["line 5", "3 cells, expected 4", "So has line 7"]),
    ("repeated-year.csv", ["describe"], ["\"520301\" has two rows for year 2010, on lines 4 and 6"]),
    ("same-columns.csv", ["describe"], ["columns 3 and 4 are both called \"x\""]),
    ("same-name.csv", ["describe"], ["鼓楼区", "on lines 2 and 6", "Column \"city\" tells the two apart"]),
    ("serial-dates.csv", ["describe"], ["\"40909\"", "2012-01-01"]),
    ("footnote-marks.csv", ["describe"], ["line 5, column \"x\"", "420.59[1]"]),
    ("times-range-short.csv", ["prepare"] + years, ["\"2009-13\"", "do not overlap"]),
    ("big5.csv", ["describe"], ["--encoding big5"]),
    ("missing-markers.csv", ["describe"], ["column \"v2\": found \"无\"", "8 cells", "--missing-as \"无\""]),
    ("worldbank-wide.csv", ["prepare"] + years, ["--skip-lines 4"]),
    ("long-indicators.csv", ["describe"], ["Column \"indicator\" tells the two apart", "--from long"]),
    ("total-en.csv", ["describe"], ["years stand side by side", "--from wide-years"]),
  ]

  @Test(arguments: refusals)
  func `a file that cannot be read is refused with the place and the way out`(
    _ refusal: (file: String, words: [String], answer: [String])
  ) {
    let outcome = ruralvalue([refusal.words[0], Self.path(refusal.file)] + refusal.words.dropFirst())
    #expect(outcome.code == .data)
    #expect(outcome.output.isEmpty)
    for word in refusal.answer { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
  }

  /// Files that are read as they stand and said something about.
  static let remarks: [(file: String, words: [String], note: String)] = [
    ("sentinel-numbers.csv", ["describe"], "x: -9999 (2), 999999 (2) lie far from all other values"),
    ("times-range-spans.csv", ["prepare"] + years, "Periods such as 2000–2004 span several years"),
    ("total-en.csv", ["prepare"] + years, "\"Total\" (its name) looks like a total"),
    ("total-nested.csv", ["prepare"] + years, "\"县区\" (the sum of others in value)"),
    ("total-mean.csv", ["prepare"] + years, "\"平均\" (its name)"),
    ("total-longform.csv", ["describe"], "\"520300\" (its code, the head of others')"),
    ("bea.csv", ["prepare"] + years, "\"37000\" (its code, the head of others')"),
    (
      "missing-markers.csv", ["describe", "--missing-as", "无,未统计,#DIV/0!,*,x"],
      "taken as missing: \"#N/A\" (8)"
    ),
    ("code-lost-zero.csv", ["describe"], "Sample: 6 observations, 3 units, 2 periods"),
  ]

  @Test(arguments: remarks)
  func `what only a reader can judge is said`(_ remark: (file: String, words: [String], note: String)) {
    let outcome = ruralvalue([remark.words[0], Self.path(remark.file)] + remark.words.dropFirst())
    #expect(outcome.code == .done)
    // Notes below a table are broken into lines.
    let text = (outcome.output + outcome.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(remark.note), "\(text)")
  }

  @Test func `every file of the corpus has its line here`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
      .filter { !$0.hasSuffix(".read.csv") && $0 != "README.md" }
    let tried = Set(Self.readings.map(\.file) + Self.refusals.map(\.file) + Self.remarks.map(\.file))
    #expect(Set(files).subtracting(tried) == [])
    #expect(files.count > 60)
  }

  private static let folder = ProjectFiles.fixture("reference/files/csv").path

  private static func path(_ file: String) -> String { "\(folder)/\(file)" }

  private static func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path(file))))
  }

  /// Holds two panels against each other by their keys: the same rows and, in every column of the right one, the same
  /// numbers or texts.
  private static func requireSame(_ found: Table, _ right: Table, _ reading: Reading) throws {
    let unit = reading.options.firstIndex(of: "--unit").map { reading.options[$0 + 1] }
    let keys = try PanelKeys(found, unitColumn: unit)
    let rightKeys = try PanelKeys(right)
    let rows = rows(keys)
    #expect(rows.count == found.rowCount)
    #expect(Set(rows.keys) == Set(Self.rows(rightKeys).keys))
    let variables = right.columnNames.indices.filter {
      ![rightKeys.unitColumn, rightKeys.timeColumn].contains(right.columnNames[$0])
    }
    #expect(!variables.isEmpty)
    for column in variables {
      let name = right.columnNames[column]
      let position = try found.column(named: reading.names[name] ?? name)
      for (key, row) in Self.rows(rightKeys) {
        let own = try #require(rows[key])
        let (one, other) = (
          found.reading(row: own, column: position), right.reading(row: row, column: column)
        )
        if case .unreadable = other {
          #expect(found.text(row: own, column: position) == right.text(row: row, column: column))
        } else {
          #expect(one == other, "\(key), \(name)")
        }
      }
    }
  }

  private static func rows(_ keys: PanelKeys) -> [String: Int] {
    var rows: [String: Int] = [:]
    for row in keys.units.indices {
      rows["\(keys.units[row]) \(keys.frequency.label(keys.periods[row]))"] = row
    }
    return rows
  }
}
