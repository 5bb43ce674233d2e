import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// Damaged documents: an error or a table, never a crash.
@Suite struct PrintedTableMutationTests {
  private static let sample = PrintedSample(
    head: ["Variable", "(1)", "(2)"],
    rows: [
      ["lnP", "0.199**", "-0.029**"], ["", "(0.061)", "(0.009)"], ["Direct effects", "", ""],
      ["lnC", "-0.035", ""],
      ["", "(0.060)", ""], ["Observations", "1,210", "1,210"],
    ], note: "Standard errors in parentheses. * p < 0.05, ** p < 0.01")

  @Test(arguments: PrintedSample.Form.allCases)
  func `documents with changed, doubled and lost bytes are read or refused`(form: PrintedSample.Form) {
    let seed = Self.sample.bytes(form)
    var dice = SplitMix64(state: 21)
    var read = 0
    for _ in 0..<400 {
      let bytes = ByteMutation.mutated(seed, using: &dice)
      guard let tables = try? PrintedSample.published(bytes) else { continue }
      for table in tables { _ = try? Auditor.audit(table, levels: nil, degreesOfFreedom: nil) }
      read += 1
    }
    // Archives hold checksums, texts do not.
    #expect(form == .word || read > 20)
  }

  @Test func `the inner document of a Word file may be anything`() throws {
    var archive = try ZipArchive(Self.sample.bytes(.word), source: "t")
    let entry = try #require(archive["word/document.xml"])
    let seed = try archive.unpack(entry)
    var dice = SplitMix64(state: 22)
    for _ in 0..<400 {
      let bytes = ZipWriter.bytes(of: [("word/document.xml", ByteMutation.mutated(seed, using: &dice))])
      _ = try? PrintedSample.published(bytes)
    }
  }

  @Test(arguments: PrintedSample.Form.allCases)
  func `a document that breaks off anywhere is read or refused`(form: PrintedSample.Form) {
    let seed = Self.sample.bytes(form)
    for count in 0..<seed.count where form != .word || count % 16 == 0 {
      _ = try? PrintedSample.published(Array(seed.prefix(count)))
    }
  }

  @Test func `spans of a million columns and tables within tables stay small`() throws {
    let wide = "<table><tr><td colspan=9999999 rowspan=9999999>a<td>0.1** (0.01)<tr><td>b</table>"
    _ = try? PrintedSample.published(Array(wide.utf8))
    let deep = String(repeating: "<table><tr><td>", count: 5_000) + "x"
    _ = try? PrintedSample.published(Array(deep.utf8))
    let many = "<table>" + String(repeating: "<tr><td colspan=2000>1", count: 300) + "</table>"
    #expect(throws: PrintedTableError.self) { try PrintedSample.published(Array(many.utf8)) }
    let braces = "\\begin{tabular}" + String(repeating: "{", count: 20_000)
    _ = try? PrintedSample.published(Array(braces.utf8))
    let begins = String(repeating: "\\begin{tabular}{l}", count: 300)
    _ = try? PrintedSample.published(Array(begins.utf8))
  }
}
