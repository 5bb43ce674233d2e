import RuralValue
import Testing

@testable import RuralValueFormats

/// The table on its page: rules, headings that repeat, columns that are never cut off.
@Suite struct WordLayoutTests {
  static func rules(_ cell: XMLTree) -> [String: String] {
    let borders = cell.child("tcPr")?.child("tcBorders")?.children ?? []
    return Dictionary(uniqueKeysWithValues: borders.map { ($0.name, $0.attributes["w:sz"] ?? "") })
  }

  @Test func `a table has three lines and a rule between blocks, in the cells themselves`() throws {
    let rows = try WordParts([SampleTables.journal]).body.all("tr")
    let cells = rows.map { $0.all("tc").map(Self.rules) }
    // Two rows of headings, six of estimates and errors, four of statistics.
    #expect(rows.count == 2 + 6 + 4)
    #expect(cells[0].allSatisfy { $0 == ["top": "12"] })
    #expect(cells[1].allSatisfy { $0 == ["bottom": "6"] })
    #expect(cells[8].allSatisfy { $0 == ["top": "6"] })
    #expect(cells[11].allSatisfy { $0 == ["bottom": "12"] })
    for row in [2, 3, 4, 5, 6, 7, 9, 10] { #expect(cells[row].allSatisfy { $0.isEmpty }, "\(row)") }
    #expect(
      rows.map { $0.child("trPr")?.child("tblHeader") != nil } == [true, true]
        + Array(repeating: false, count: 10))
  }

  @Test func `numbers stand at their points`() throws {
    let body = try WordParts([SampleTables.coefficients]).body
    let rows = body.all("tr").dropFirst()
    for column in 1..<4 {
      let tabs = rows.compactMap { $0.all("tc")[column].all("tab").first }
      #expect(tabs.count == 2)  // The last row has dashes, which are centred.
      #expect(Set(tabs.compactMap { $0.attributes["w:pos"] }).count == 1)
      #expect(tabs.allSatisfy { $0.value == "decimal" })
    }
  }

  @Test(arguments: WordDocumentTests.tables)
  func `every row fills the grid, and no table is wider than its page`(table: ResultTable) throws {
    let body = try WordParts([table]).body
    let page = try #require(body.children.last?.child("pgSz")?.attributes["w:w"].flatMap { Int($0) })
    for grid in body.all("tbl") {
      let widths = grid.all("gridCol").compactMap { $0.attributes["w:w"].flatMap { Int($0) } }
      #expect(widths.reduce(0, +) <= page - 2 * 1440, "\(table.name)")
      for row in grid.all("tr") {
        var place = 0
        for cell in row.all("tc") {
          let count = cell.child("tcPr")?.child("gridSpan")?.value.flatMap { Int($0) } ?? 1
          let width = cell.child("tcPr")?.child("tcW")?.attributes["w:w"].flatMap { Int($0) }
          #expect(width == widths[place..<(place + count)].reduce(0, +))
          place += count
        }
        #expect(place == widths.count)
      }
    }
  }

  @Test func `a heading above several columns spans them, with a rule below it alone`() throws {
    let rows = try WordParts([WordSamples.grouped]).body.all("tr")
    let cells = rows[0].all("tc")
    #expect(cells.map(\.words) == ["", "Baseline", "", "Robustness of a long name"])
    #expect(cells.map { $0.child("tcPr")?.child("gridSpan")?.value } == [nil, "2", nil, "2"])
    #expect(cells.map { !$0.all("pBdr").isEmpty } == [false, true, false, true])
    #expect(cells.allSatisfy { Self.rules($0) == ["top": "12"] })
    #expect(rows.prefix(4).map { $0.child("trPr")?.child("tblHeader") != nil } == [true, true, true, false])
  }

  @Test func `a wide table lies across the page, and the tables around it do not`() throws {
    let body = try WordParts([SampleTables.effects, WordSamples.wide, SampleTables.effects]).body
    let pages = body.all("pgSz").map { $0.attributes["w:orient"] }
    #expect(pages == [nil, "landscape", nil])
    #expect(body.all("tbl").count == 3)
  }

  @Test func `a table that no page holds goes on below with its keys, and is counted once`() throws {
    let body = try WordParts([WordSamples.widest, SampleTables.effects]).body
    let grids = body.all("tbl").dropLast()
    #expect(grids.count > 1)
    let names = grids.map { $0.all("tr")[1].all("tc").map(\.words) }
    #expect(names.allSatisfy { $0[0] == "Unit" })
    #expect(names.flatMap { $0.dropFirst() } == (1..<40).map { "column \($0)" })
    // The heading stands above each part of its columns.
    #expect(grids.first?.all("tr")[0].words == "Many")
    let captions = body.all("p").filter { $0.child("pPr")?.child("pStyle")?.value == "Caption" }.map(\.words)
    #expect(captions.first == "Table 1. Wide" && captions.last == "Table 2. Effects")
    #expect(captions[1] == "Table 1 (continued). Wide")
  }
}
