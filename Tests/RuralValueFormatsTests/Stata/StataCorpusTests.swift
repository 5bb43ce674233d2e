import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// Every .dta file of the corpus: the stated reading cell by cell, or the stated refusal.
///
/// The truths were written with the files, by the generator that wrote their bytes or by pandas, ReadStat and haven.
@Suite struct StataCorpusTests {
  static let folder = "reference/files/dta"

  /// A file that is read, and what a note must say.
  static let readings: [(stem: String, note: String)] = [
    ("big-endian-114", "\"region\" has value labels"), ("big-endian-118", ""), ("dates-118", ".b (1)"),
    ("haven-12", ""), ("haven-14", "\"f\", \"l\" have value labels"), ("haven-15", ".a (1), .z (1)"),
    ("missing-codes-113", ".a (5), .b (5)"), ("missing-codes-117", ""), ("missing-codes-118", ""),
    ("names-118", ""), ("pandas-114", ""), ("pandas-117", ""), ("pandas-118", ""), ("pandas-119", ""),
    ("readstat-15", ""), ("release-108", ""), ("release-110", ""), ("release-111", ""),
    ("release-113-gb18030", "read as GB18030 (GBK), as in \"县域面板\""), ("release-114-gb18030", "GB18030"),
    ("release-115-gb18030", "GB18030"), ("release-117-gb18030", "GB18030"), ("release-118", ""),
    ("release-119", ""), ("string-junk-118", ""), ("strl-117", ""), ("strl-118", ""), ("strl-119", ""),
    ("value-labels-118", "\"yes\", \"grp\", \"neg\" have value labels"),
  ]

  @Test(arguments: readings)
  func `a file is read cell by cell, with its variables, labels and codes of missing values`(
    _ reading: (stem: String, note: String)
  ) throws {
    let document = try StataReader.read(try Self.bytes(reading.stem), source: "f.dta")
    try Self.requireTruth(document, reading.stem)
    let notes = document.notes.map(\.english).joined(separator: "\n")
    if !reading.note.isEmpty { #expect(notes.contains(reading.note), "\(notes)") }
  }

  @Test func `bytes of another code page are read as the call names it`() throws {
    let options = StataOptions(encoding: TextEncoding("windows-1252"))
    let document = try StataReader.read(try Self.bytes("latin1-117"), source: "f.dta", options: options)
    try Self.requireTruth(document, "latin1-117")
    #expect(document.encoding.name == "WINDOWS-1252")
  }

  @Test func `a guess at the encoding is said with a text that shows it`() throws {
    let document = try StataReader.read(try Self.bytes("latin1-117"), source: "f.dta")
    let notes = document.notes.map(\.english).joined()
    #expect(notes.contains("do not say how their texts are encoded"))
    #expect(notes.contains("as in \"Ca"))
  }

  /// Files that are refused, and what the sentence must say.
  static let refusals: [(stem: String, words: [String])] = [
    ("bad-byteorder", ["byte order is \"XSF\"", "LSF or MSF"]),
    ("bad-label-count", ["value labels \"reg\" announce 100000000 entries"]),
    ("bad-map-outside", ["<data> begins at byte 1125899906842624", "5643 bytes"]),
    ("bad-negative-rows", ["announces -5 observations"]),
    ("bad-release-102", ["release 102", "105, 108, 110, 111, 113, 114, 115, 117, 118, 119"]),
    ("bad-release-199", ["release 199", "expected release 105"]),
    ("bad-rows-lie", ["announces 1099511627776 observations", "hold 12"]),
    ("bad-same-name", ["variables 1 and 2 are both called \"x\""]),
    ("bad-sav-renamed", ["no Stata file"]),
    ("bad-strl-dangling", ["variable \"memo\", observation 1", "(9, 1)"]),
    ("bad-strl-length", ["announces 4294967280 bytes, and 122 are left"]),
    ("bad-truncated-114", ["2 of 12 observations are whole"]),
    ("bad-truncated-data", ["1 of 12 observations are whole"]),
    ("bad-truncated-header", ["ends within the header"]),
    ("bad-type-60000", ["variable 1 (code)", "type is 60000"]),
    ("bad-utf8-118", ["variable \"s\", observation 1", "E4 B8 41", "UTF-8"]),
    ("bad-variables-lie", ["announces 32767 variables", "hold 7"]),
    ("csv-renamed", ["no Stata file"]), ("zero-rows-114", ["no observation", "code, year, x"]),
    ("zero-rows-118", ["no observation", "code, year, x"]),
  ]

  @Test(arguments: refusals)
  func `a file that cannot be read is refused with the place and what to do`(
    _ refusal: (stem: String, words: [String])
  ) throws {
    let error = try #require(throws: StataError.self) {
      try StataReader.read(try Self.bytes(refusal.stem), source: "f.dta")
    }
    for word in ["f.dta"] + refusal.words { #expect("\(error)".contains(word), "\(error)") }
  }

  @Test func `a variable of binary texts is left out with a note`() throws {
    let document = try StataReader.read(try Self.bytes("strl-binary-118"), source: "f.dta")
    #expect(document.table.columnNames == ["id"])
    #expect(document.variables.map(\.name) == ["id", "blob"])
    #expect(document.notes.contains { $0.english.contains("left out variable \"blob\"") })
  }

  @Test func `texts stand for labelled values by option, and numbers for what has no label`() throws {
    let options = StataOptions(takesValueLabels: true)
    let document = try StataReader.read(
      try Self.bytes("value-labels-118"), source: "f.dta", options: options)
    let table = document.table
    #expect(table.texts(column: 1) == ["否", "是", "2", "", ""])
    #expect(table.texts(column: 2) == ["1", "2", "3", "4", "5"])
    #expect(table.texts(column: 3) == ["负", "零", "正", "负", "零"])
    let notes = document.notes.map(\.english).joined()
    #expect(notes.contains("\"gone\" of variable \"grp\" are not in the file"), "\(notes)")
  }

  @Test func `every file of the corpus has its line here`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: ProjectFiles.fixture(Self.folder).path)
    let stems = Set(files.filter { $0.hasSuffix(".dta") }.map { String($0.dropLast(4)) })
    let tried = Set(
      Self.readings.map(\.stem) + Self.refusals.map(\.stem) + ["latin1-117", "strl-binary-118"])
    #expect(stems == tried)
    #expect(stems.count == 51)
  }

  static func bytes(_ stem: String) throws -> [UInt8] {
    Array(try Data(contentsOf: ProjectFiles.fixture("\(folder)/\(stem).dta")))
  }

  private static func requireTruth(_ document: StataDocument, _ stem: String) throws {
    let table = document.table
    let cells = (0..<table.rowCount).map { row in
      (0..<table.columnCount).map { table.text(row: row, column: $0) }
    }
    let truth = try #require(try TruthTable.rows("\(folder)/\(stem).csv"))
    #expect([table.columnNames] + cells == truth)
    if let truth = try TruthTable.rows("\(folder)/\(stem).vars.csv") {
      let found = document.variables.map { [$0.name, $0.type.name, $0.format, $0.label, $0.valueLabels] }
      #expect(found == Array(truth.dropFirst()))
    }
    if let truth = try TruthTable.rows("\(folder)/\(stem).missing.csv") {
      let found = document.missing.map { ["\($0.observation)", $0.variable, $0.code] }
      #expect(Set(found) == Set(truth.dropFirst()))
      #expect(found.count == truth.count - 1)
    } else {
      #expect(document.missing.isEmpty)
    }
    if let truth = try TruthTable.rows("\(folder)/\(stem).labels.csv") {
      let found = document.valueLabels.flatMap { labels in
        labels.entries.map { [labels.name, $0.value, $0.text] }
      }
      #expect(found == Array(truth.dropFirst()))
    }
  }
}
