import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// What the corpus does not hold: odd dates, texts cut by their fields, numbers that are none.
@Suite struct StataReaderTests {
  @Test func `a text that its field cut within a character loses that character alone`() throws {
    let cut = Array("甲县乙".utf8.prefix(8))
    let file = StataBytes(variables: [StataBytes.text("name", 8, [cut, Array("甲县".utf8)])])
    let document = try StataReader.read(file.bytes, source: "f.dta")
    #expect(document.table.texts(column: 0) == ["甲县", "甲县"])
    let notes = document.notes.map(\.english).joined()
    #expect(notes.contains("1 text ended within a character"))
    #expect(notes.contains("variable \"name\", observation 1"))
  }

  @Test func `a text of GBK that its field cut within a character does not make the file another's`() throws {
    // 县乡村 in GBK, of three characters the last cut.
    let cut: [UInt8] = [0xCF, 0xD8, 0xCF, 0xE7, 0xB4]
    var file = StataBytes(variables: [StataBytes.text("name", 5, [cut, [0xCF, 0xD8]])])
    file.release = 117
    let document = try StataReader.read(file.bytes, source: "f.dta")
    #expect(document.table.texts(column: 0) == ["县乡", "县"])
    #expect(document.encoding == .gb18030)
  }

  @Test func `a time of day has its milliseconds where there are some`() throws {
    let day = 86_400_000.0
    let values = [0, day + 1500, -1, 18_500 * day + 3_723_004]
    let file = StataBytes(variables: [StataBytes.double("t", "%tc", values)])
    #expect(
      try StataReader.read(file.bytes, source: "f.dta").table.texts(column: 0) == [
        "1960-01-01T00:00:00", "1960-01-02T00:00:01.500", "1959-12-31T23:59:59.999",
        "2010-08-26T01:02:03.004",
      ])
  }

  @Test func `days before 1960 and leap days are days of the calendar`() throws {
    // 1900 was no leap year, 2000 was one.
    let values: [Double] = [-21_914, -21_855, 0, 14_669, 14_670, -715_509, 2_936_549]
    let file = StataBytes(variables: [StataBytes.double("d", "%tdCCYY", values)])
    #expect(
      try StataReader.read(file.bytes, source: "f.dta").table.texts(column: 0) == [
        "1900-01-01", "1900-03-01", "1960-01-01", "2000-02-29", "2000-03-01", "0001-01-01", "9999-12-31",
      ])
  }

  @Test func `a date's format over other numbers leaves the numbers, with a note`() throws {
    let file = StataBytes(variables: [
      StataBytes.double("d", "%td", [20_120_131, 20_120_201]), StataBytes.double("q", "%tq", [0.5, 1]),
      StataBytes.double("c", "%tC", [1e12, 2e12]),
    ])
    let document = try StataReader.read(file.bytes, source: "f.dta")
    #expect(document.table.texts(column: 0) == ["20120131", "20120201"])
    #expect(document.table.texts(column: 1) == ["0.5", "1"])
    #expect(document.table.texts(column: 2) == ["1000000000000", "2000000000000"])
    let notes = document.notes.map(\.english)
    #expect(notes.count == 3)
    #expect(notes[0].contains("\"d\" has the date format %td, but 20120131 in observation 1"))
    #expect(notes[2].contains("leap seconds"))
  }

  @Test func `what is not finite is missing, and said`() throws {
    let file = StataBytes(variables: [
      StataBytes.double("x", "%9.0g", [1, .nan, -.infinity, .signalingNaN])
    ])
    let document = try StataReader.read(file.bytes, source: "f.dta")
    #expect(document.table.texts(column: 0) == ["1", "", "", ""])
    #expect(document.notes.contains { $0.english.contains("3 values are not finite") })
  }

  @Test func `texts lose the blanks around them, as in CSV`() throws {
    let file = StataBytes(variables: [
      StataBytes.text("s", 12, [Array(" 甲县 ".utf8), Array("\u{3000}乙\u{3000}".utf8)])
    ])
    #expect(
      try StataReader.read(file.bytes, source: "f.dta").table.texts(column: 0) == ["甲县", "乙"])
  }

  @Test func `the rows are numbered as observations`() throws {
    let file = StataBytes(variables: [StataBytes.double("x", "%9.0g", [5, 6, 7])])
    #expect(try StataReader.read(file.bytes, source: "f.dta").table.lines == [1, 2, 3])
  }

  @Test func `an encoding that the C library does not know is the call's mistake`() throws {
    let file = StataBytes(variables: [StataBytes.text("s", 12, [Array("甲县".utf8)])])
    let options = StataOptions(encoding: TextEncoding("klingon"))
    let error = try #require(throws: StataError.self) {
      try StataReader.read(file.bytes, source: "f.dta", options: options)
    }
    #expect(error.kind == .usage)
  }

  /// Every release's file cut at every place is refused, or never was more than the whole.
  @Test(arguments: ["release-114-gb18030", "release-118", "strl-117", "value-labels-118"])
  func `a file cut anywhere is refused`(_ stem: String) throws {
    let bytes = try StataCorpusTests.bytes(stem)
    let whole = try StataReader.read(bytes, source: "f.dta").table
    for length in 0..<bytes.count {
      do throws(StataError) {
        let document = try StataReader.read(Array(bytes[..<length]), source: "f.dta")
        // Before tags nothing tells that value labels are missing.
        #expect(document.table == whole, "cut at \(length)")
        #expect(document.release < 117)
      } catch {
        #expect(error.kind == .data)
      }
    }
  }

  @Test func `mutated files are read or refused and never more`() throws {
    var dice = SplitMix64(state: 19)
    let seeds = try ["release-108", "release-114-gb18030", "strl-117", "value-labels-118", "dates-118"]
      .map(StataCorpusTests.bytes)
    for _ in 0..<4000 {
      let bytes = ByteMutation.mutated(seeds.randomElement(using: &dice)!, using: &dice)
      do throws(StataError) {
        let table = try StataReader.read(
          bytes, source: "f.dta", options: StataOptions(takesValueLabels: .random(using: &dice))
        ).table
        #expect(table.rowCount <= bytes.count)
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }
}
