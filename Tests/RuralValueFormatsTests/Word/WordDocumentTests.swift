import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// The file: its parts, its order, what it says.
@Suite struct WordDocumentTests {
  static let tables = [
    SampleTables.coefficients, SampleTables.counties, SampleTables.journal, SampleTables.effects,
    WordSamples.grouped, WordSamples.wide, WordSamples.widest, WordSamples.long,
  ]

  @Test func `every part is stored, dated 1980, and XML that the project's own reader reads`() throws {
    let parts = try WordParts(Self.tables)
    #expect(
      parts.names == [
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels",
        "word/styles.xml", "word/settings.xml",
      ])
    #expect(parts.parts.count == 6)
    // The first local header: version 2.0, method 0, time 0, 1980-01-01.
    #expect(Array(parts.bytes[0..<14]) == [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0])
    let targets = parts.parts["word/_rels/document.xml.rels"]?.children.compactMap { $0.attributes["Target"] }
    #expect(targets == ["styles.xml", "settings.xml"])
  }

  @Test(arguments: Language.allCases)
  func `the same tables give the same bytes`(language: Language) {
    let options = RenderOptions(language: language)
    #expect(WordDocument(Self.tables, options).bytes == WordDocument(Self.tables, options).bytes)
  }

  /// The order of elements in the transitional schema (ECMA-376, part 4, annex A), as far as the writer uses them.
  static let order: [String: [String]] = [
    "pPr": ["pStyle", "keepNext", "pBdr", "tabs", "spacing", "jc", "outlineLvl", "sectPr"],
    "rPr": ["rFonts", "b", "i", "sz", "szCs", "lang", "vertAlign"],
    "tblPr": ["tblInd", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"],
    "trPr": ["cantSplit", "tblHeader"],
    "tcPr": ["tcW", "gridSpan", "tcBorders", "noWrap", "vAlign"],
    "tblBorders": ["top", "left", "bottom", "right"], "tcBorders": ["top", "left", "bottom", "right"],
    "tblCellMar": ["top", "left", "bottom", "right"], "tbl": ["tblPr", "tblGrid", "tr"],
    "tr": ["trPr", "tc"],
    "tc": ["tcPr", "p"], "p": ["pPr", "r", "fldSimple"], "r": ["rPr", "t", "br"],
    "sectPr": ["pgSz", "pgMar"],
    "style": [
      "name", "basedOn", "next", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "pPr", "rPr",
      "tblPr",
    ],
  ]
  /// Elements whose children may stand in any order after the first.
  static let mixed: Set = ["p", "r"]

  @Test(arguments: Language.allCases)
  func `elements stand in the order of the schema`(language: Language) throws {
    let parts = try WordParts(Self.tables, RenderOptions(language: language))
    for part in ["word/document.xml", "word/styles.xml"] {
      let root = try #require(parts.parts[part])
      for (name, order) in Self.order {
        for element in root.all(name) {
          let places = element.children.map { order.firstIndex(of: $0.name) }
          let known = places.compactMap(\.self)
          #expect(known.count == places.count, "\(name): \(element.children.map(\.name))")
          if Self.mixed.contains(name) {
            #expect(!known.dropFirst().contains(0))
          } else {
            #expect(known == known.sorted(), "\(name): \(element.children.map(\.name))")
          }
        }
      }
      // Every cell ends with a paragraph, and so does the text before the last section's properties.
      #expect(root.all("tc").allSatisfy { $0.children.last?.name == "p" })
    }
    #expect(try parts.body.children.suffix(2).map(\.name) == ["p", "sectPr"])
  }

  @Test func `every style that is named is defined`() throws {
    let parts = try WordParts(Self.tables)
    let styles = Set(
      try #require(parts.parts["word/styles.xml"]).all("style").compactMap { $0.attributes["w:styleId"] })
    let named = Set(try parts.body.all("pStyle").compactMap(\.value))
    #expect(named.isSubset(of: styles) && named.count > 3, "\(named.subtracting(styles))")
  }

  @Test(arguments: Language.allCases)
  func `every label, number, star, note and caution of the text table is in the document`(
    language: Language
  ) throws {
    let options = RenderOptions(language: language)
    let cautioned = SampleTables.journal.adding(cautions: [Phrase("Too few units.", zh: "个体过少。")])
    for table in Self.tables + [cautioned] {
      let words = try WordParts([table], options).body.words
      let display = DisplayTable(table, options)
      var expected = [display.title] + display.notes + display.spans.map(\.title)
      expected += display.sections.compactMap(\.title)
      for column in display.columns {
        expected += column.heading
        for cell in column.cells {
          switch cell {
          case .text(let text): expected.append(text)
          case .number(let pieces): expected.append(pieces.text.replacing("-", with: "−"))
          case .dash: expected.append("—")
          case .blank: break
          }
        }
      }
      for text in expected where !text.isEmpty { #expect(words.contains(text), "\(table.name): \(text)") }
    }
  }

  @Test func `stars are raised and a minus is a minus`() throws {
    let body = try WordParts([SampleTables.coefficients]).body
    let raised = body.all("r").filter { $0.child("rPr")?.child("vertAlign")?.value == "superscript" }
    #expect(raised.map(\.words) == ["***", "*"])
    #expect(body.words.contains("−12.500") && !body.words.contains("-12.500"))
  }

  @Test func `what is no character of XML is shown, and nothing is markup by accident`() throws {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "A & <b>"),
      columns: [
        ResultColumn(
          "x", Phrase(verbatim: "a\u{0}b"), .text(["\u{1B}[31m", "\u{FFFE}", "]]>", "l1\nl2", "\"'"]))
      ])
    let body = try WordParts([table]).body
    for text in ["A & <b>", "a␀b", "␛[31m", "\u{FFFD}", "]]>", "l1\nl2", "\"'"] {
      #expect(body.words.contains(text), "\(text)")
    }
  }

  @Test func `tables are numbered by fields, in the caption's style and the language`() throws {
    let english = try WordParts([SampleTables.effects, SampleTables.counties]).body
    #expect(english.all("fldSimple").map(\.words) == ["1", "2"])
    #expect(english.all("fldSimple").allSatisfy { $0.attributes["w:instr"] == " SEQ Table \\* ARABIC " })
    let captions = english.all("p").filter { $0.child("pPr")?.child("pStyle")?.value == "Caption" }
    #expect(captions.map(\.words) == ["Table 1. Effects", "Table 2. Counties & scores"])
    let chinese = try WordParts([SampleTables.effects], .init(language: .chinese)).body
    #expect(chinese.words.hasPrefix("表1\u{3000}效应分解"))
    #expect(chinese.all("fldSimple").first?.attributes["w:instr"] == " SEQ 表 \\* ARABIC ")
  }

  /// `make paper-check` opens them in LibreOffice; written with RURALVALUE_UPDATE_CASES=1.
  @Test(arguments: Language.allCases)
  func `the documents that the project shows are the ones it writes`(language: Language) throws {
    let tables = [WordSamples.grouped, SampleTables.journal, SampleTables.effects, SampleTables.coefficients]
    let bytes = WordDocument(tables, RenderOptions(language: language)).bytes
    let url = ProjectFiles.fixture("figures/tables-\(language.rawValue).docx")
    if ProcessInfo.processInfo.environment["RURALVALUE_UPDATE_CASES"] == "1" {
      try Data(bytes).write(to: url)
    }
    #expect([UInt8](try Data(contentsOf: url)) == bytes)
  }

  @Test func `an empty table and an empty document are documents`() throws {
    let none = ResultTable(name: "t", title: Phrase(verbatim: "T"), columns: [])
    let empty = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: [ResultColumn("a", Phrase(verbatim: "A"), .number([]))])
    #expect(try WordParts([none]).body.all("tbl").isEmpty)
    #expect(try WordParts([empty]).body.all("tr").count == 1)
    #expect(try WordParts([ResultTable]()).body.children.map(\.name) == ["sectPr"])
  }
}
