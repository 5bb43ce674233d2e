import Foundation
import RuralValue
import Testing

@testable import RuralValueFormats

/// What every report holds to, whatever its steps are.
struct ReportPageTests {
  private static let hostile = "<script>alert(\"x\")</script> & 'q'"

  private static func table(_ name: String = "coefficients", rows: Int = 3, notes: [Phrase] = [])
    -> ResultTable
  {
    ResultTable(
      name: name, title: Phrase("Table of \(hostile)", zh: "系数表"),
      columns: [
        ResultColumn("term", Phrase("Term", zh: "变量"), .text((0..<rows).map { "长沙县 <\($0)>" })),
        ResultColumn("estimate", Phrase("Estimate", zh: "系数"), .number((0..<rows).map(Double.init))),
      ], notes: notes)
  }

  private static let drawing =
    "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" aria-labelledby=\"t d\"><title id=\"t\">A"
    + "</title><desc id=\"d\">B</desc><path id=\"p1\"/><use xlink:href=\"#p1\" fill=\"url(#h)\"/></svg>\n"

  private static func section(
    _ anchor: String, _ chapter: ReportChapter = .dynamicPanel, tables: [ResultTable] = [table(), table()],
    failure: String? = nil
  ) -> ReportSection {
    ReportSection(
      anchor: anchor, chapter: chapter, title: Phrase(hostile, zh: "模型<一>"),
      call: "ruralvalue gmm 'a b.csv' --formula 'V ~ lag(V) + P*C' && \(hostile)",
      tables: tables.map(ReportTable.init),
      figures: [.init(svg: drawing, caption: Phrase("Figure & caption", zh: "图的说明"))],
      notes: [Phrase("Note with <b>", zh: "说明")], failure: failure)
  }

  private static func page(
    _ sections: [ReportSection], language: Language = .english, facts: [(label: Phrase, value: String)] = []
  ) -> String {
    let options = RenderOptions(language: language)
    return ReportPage.render(
      title: "湖南 \(hostile)", facts: facts, fragments: sections.map { ReportFragment($0, options: options) },
      notes: [Phrase("On <all>", zh: "总说明")], options: options)
  }

  private static func attributes(_ name: String, in html: String) -> [String] {
    html.components(startingAfter: " \(name)=\"").map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `nothing that a user wrote becomes markup`() {
    let page = Self.page(
      [Self.section("a", failure: Self.hostile)], facts: [(Phrase("File", zh: "文件"), Self.hostile)])
    #expect(!page.contains("<script"))
    #expect(!page.contains("<0>"))
    #expect(!page.contains("Note with <b>"))
    #expect(page.components(startingAfter: "&lt;script&gt;").count >= 6)
    #expect(page.contains("湖南"))
  }

  @Test func `ids are unique though steps share tables and drawings`() {
    let page = Self.page([Self.section("a"), Self.section("b"), Self.section("五 近邻", .robustness)])
    let ids = Self.attributes("id", in: page)
    #expect(ids.count == Set(ids).count)
    // A section and its heading, two tables, a figure and the three ids of its drawing; three chapters' ends.
    #expect(ids.filter { $0.hasPrefix("a") }.count == 8)
  }

  @Test func `every link of the page and of its drawings has its target`() {
    let page = Self.page([Self.section("a"), Self.section("湖南(1)", .maps, failure: "No.")])
    let ids = Set(Self.attributes("id", in: page))
    let links = Self.attributes("href", in: page) + Self.attributes("xlink:href", in: page)
    #expect(links.count == 7)
    for link in links { #expect(link.hasPrefix("#") && ids.contains(String(link.dropFirst()))) }
    for name in Self.attributes("aria-labelledby", in: page).flatMap({ $0.split(separator: " ") }) {
      #expect(ids.contains(String(name)))
    }
  }

  @Test func `a reference inside a drawing follows its renamed id`() throws {
    let html = try EmbeddedSVG.html(Self.drawing, prefix: "x.")
    #expect(html.hasPrefix("<div class=\"rv-drawing\"><svg "))
    #expect(html.contains("aria-labelledby=\"x.t x.d\""))
    #expect(html.contains("<use xlink:href=\"#x.p1\" fill=\"url(#x.h)\"/>"))
    #expect(
      try EmbeddedSVG.html("<svg width=\"900\"></svg>", prefix: "x.").hasPrefix(
        "<div class=\"rv-drawing rv-broad\">"))
  }

  /// What a drawing may not hold: scripts, style, addresses, and whatever a page could read otherwise than a drawing.
  static let foreign = [
    "<script>alert(1)</script>", "<script xlink:href=\"#a\"/>", "<SCRIPT>alert(1)</SCRIPT>",
    "<path onload=\"alert(1)\"/>", "<path ONCLICK=\"alert(1)\"/>", "<path d=\"M0 0\" onload=\"a\"/>",
    "<path onload='alert(1)'/>", "<path onload=alert(1)/>", "<path/onload=\"alert(1)\"/>",
    "<foreignObject><p>a</p></foreignObject>", "<a href=\"javascript:alert(1)\"><text>a</text></a>",
    "<use href=\"https://example.org/a.svg#a\"/>", "<use xlink:href=\"a.svg#a\"/>",
    "<use href=\"//example.org\"/>",
    "<use href=\" #a\"/>", "<use href=\"&#35;a\"/>", "<path href=\"#a\"/>",
    "<image href=\"https://example.org/a.png\"/>", "<image xlink:href=\"data:image/svg+xml;base64,AAAA\"/>",
    "<image href=\"data:text/html,a\"/>", "<image href=\"data:image/png;base64,AAAA%22\"/>",
    "<style>@import url(https://example.org/a.css)</style>", "<style>path{fill:red}</style>",
    "<path style=\"fill:url(https://example.org)\"/>", "<path fill=\"url(https://example.org/a.svg#a)\"/>",
    "<path fill=\"URL(#a)\"/>", "<path fill=\"url( #a)\"/>", "<path fill=\"url('#a')\"/>",
    "<path fill=\"u\\72l(https://example.org)\"/>", "<path fill=\"&#117;rl(https://example.org)\"/>",
    "<path mask=\"image(https://example.org)\"/>", "<path xml:base=\"https://example.org\"/>",
    "<!-- --><path/>", "<!--rv:table-->", "<![CDATA[<script>alert(1)</script>]]>", "<!DOCTYPE a>",
    "<?xml-stylesheet a?>",
    "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>", "<animate attributeName=\"href\"/>",
    "<iframe/>",
    "<title><path/></title>", "<title><p>a</title>", "<p>a</p>", "</svg><p>a</p>", "</svg>a",
    "</svg><script>a</script>",
    "<g>", "</g>", "<g></path>", "<path", "<path d=\"", "<path d>", "<path d=\"<script>\"/>",
    "<path \u{0}d=\"a\"/>",
    "<math><mtext/></math>", "<svg><br></svg>", "<path d=\"a\"onload=\"b\"/>",
  ]

  @Test(arguments: foreign) func `a drawing that holds what this program does not draw with is refused`(
    part: String
  ) {
    #expect(throws: ForeignDrawing.self, "\(part)") {
      try EmbeddedSVG.html("<svg width=\"9\"><g/>\(part)</svg>", prefix: "x.")
    }
    let section = ReportSection(
      anchor: "a", chapter: .maps, title: Phrase(verbatim: "A"),
      figures: [.init(svg: "<svg>\(part)</svg>", caption: Phrase(verbatim: "The caption"))])
    let page = Self.page([section])
    #expect(page.contains("The drawing is left out, for it holds") && page.contains("The caption"))
    for word in ["<script", "<SCRIPT", "onload=\"", "example.org/a.css", "<iframe", "<!--rv"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test(arguments: [
    "", "no drawing", "<svg", "<svg>", "<svg/><svg/>", "<svgx></svgx>", "<html><svg onload=\"a\"></svg>",
  ])
  func `what is no whole drawing is refused`(text: String) {
    #expect(throws: ForeignDrawing.self) { try EmbeddedSVG.html(text, prefix: "x.") }
  }

  @Test func `places in the drawing and pictures whose bytes stand in it are let in`() throws {
    let part =
      "<image href=\"data:image/png;base64,iVBORw0KGgo=\"/><path transform=\"translate(1 2)\" fill=\"url(#h)\" clip-path=\"url(#c)\"/>"
    #expect(
      try EmbeddedSVG.html("<svg>\(part)</svg>", prefix: "x.").contains(
        part.replacing("url(#h)", with: "url(#x.h)").replacing("url(#c)", with: "url(#x.c)")))
  }

  @Test func `nothing in a table that was kept becomes markup, whichever of its texts says it`() throws {
    let table = ResultTable(
      name: "t", title: Phrase("Title", zh: "题"),
      columns: [
        ResultColumn("a", Phrase("A", zh: "甲"), .text(["x", nil]), group: .init(key: "k", member: "m")),
        ResultColumn("b", Phrase("B", zh: "乙"), .phrase([Phrase("p", zh: "p"), Phrase("q", zh: "q")])),
        ResultColumn("c", Phrase("C", zh: "丙"), .remark([nil, Phrase("r", zh: "r")])),
        ResultColumn("d", Phrase("D", zh: "丁"), .number([1, -.infinity]), significance: [0.01, 0.2]),
        ResultColumn(
          "e", Phrase("E", zh: "戊"), .integer([1, nil]), rowDisplays: [.stars, .fixedDecimals(2)]),
      ], sections: [.init(firstRow: 1, title: Phrase("Block", zh: "组"))], notes: [Phrase("Note", zh: "注")])
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let bytes = try encoder.encode(ReportTable(table))
    #expect(try decoder.decode(ReportTable.self, from: bytes) == ReportTable(table))
    let texts =
      String(decoding: bytes, as: UTF8.self).matches(of: /:"([^"]*)"/).map { String($0.output.1) }
      + ["x", "p"]
    #expect(Set(texts).isSuperset(of: ["t", "Title", "A", "k", "m", "p", "r", "Block", "Note"]))
    for text in Set(texts).subtracting(["-inf"]) {
      for attack in [
        "<script>alert(1)</script>", "\\\" onload=\\\"alert(1)", "'><img src=x onerror=alert(1)>",
      ] {
        let changed = String(decoding: bytes, as: UTF8.self).replacing("\"\(text)\"", with: "\"\(attack)\"")
        // A text that is also a key of the coding cannot be put back.
        guard let table = try? decoder.decode(ReportTable.self, from: Data(changed.utf8)) else { continue }
        for language in [Language.english, .chinese] {
          let page = ReportPage.render(
            title: "A", facts: [],
            fragments: [
              ReportFragment(
                ReportSection(anchor: "a", chapter: .data, title: Phrase(verbatim: "A"), tables: [table]),
                options: RenderOptions(language: language))
            ], notes: [], options: RenderOptions(language: language))
          for word in ["<script", "\" onload", "<img"] { #expect(!page.contains(word), "\(text)") }
        }
      }
    }
  }

  @Test func `words of a text stay as they are in a drawing`() throws {
    let text = "<svg><text> id=\"a\" url(#b)</text></svg>"
    #expect(try EmbeddedSVG.html(text, prefix: "x.").contains("<text> id=\"a\" url(#b)</text>"))
  }

  @Test func `chapters, sections, tables and figures are numbered through the page`() {
    let page = Self.page([
      Self.section("late", .maps), Self.section("a"), Self.section("b"),
      Self.section("first", .data, tables: []),
    ])
    #expect(page.contains("<span class=\"rv-number\">2.2</span>"))
    #expect(page.contains("<span class=\"rv-number\">Table 6.</span>"))
    #expect(!page.contains("Table 7."))
    #expect(page.contains("<span class=\"rv-number\">Figure 4.</span>"))
    #expect(!page.contains("<!--rv:"))
    let order = ["first", "a", "b", "late"].map { page.firstRange(of: "id=\"\($0)\"")!.lowerBound }
    #expect(order == order.sorted())
  }

  @Test func `a Chinese page has no English words of its own`() {
    let page = Self.page([Self.section("a", failure: "File missing.")], language: .chinese)
    for word in ["Contents", "Notes", "The call", "failed", "Table ", "Figure ", "Dynamic", "Simulated"] {
      #expect(!page.contains(">\(word)") && !page.contains(" \(word)<"))
    }
    for word in ["目录", "说明", "对应命令", "动态面板模型", "表1", "图1", "失败", "Hansen J检验"] {
      #expect(page.contains(word))
    }
    #expect(page.contains("<html lang=\"zh-Hans\">"))
  }

  @Test func `a failed step is named in the contents, above them and in its section`() {
    let page = Self.page([
      Self.section("good"), Self.section("bad", .maps, tables: [], failure: "No county matches.\nLine two."),
    ])
    #expect(page.contains("1 of 2 steps failed"))
    #expect(page.components(startingAfter: "No county matches.").count == 2)
    #expect(page.components(startingAfter: "Line two.").count == 1)
    #expect(page.contains("<strong class=\"rv-failed\">failed</strong>"))
    #expect(!Self.page([Self.section("good")]).contains("class=\"rv-failure\""))
  }

  @Test func `simulated data are said to be so at the head of the page`() {
    let marked = Self.table(notes: [ResultDocument.simulatedMark])
    let column = ResultTable(
      name: "panel", title: Phrase(verbatim: "Panel"),
      columns: [ResultColumn(Table.simulatedColumn, Phrase(verbatim: "s"), .text(["yes"]))])
    #expect(Self.page([Self.section("a", tables: [marked])]).contains("class=\"rv-simulated\""))
    #expect(Self.page([Self.section("a", tables: [column])]).contains("class=\"rv-simulated\""))
    #expect(!Self.page([Self.section("a")]).contains("class=\"rv-simulated\""))
  }

  @Test func `long tables are folded and very long ones cut, with the numbers of rows`() {
    let page = Self.page([Self.section("a", tables: [Self.table(rows: 61), Self.table(rows: 1342)])])
    #expect(page.contains("(61 rows)"))
    #expect(page.contains("first 200 of 1342 rows"))
    #expect(page.components(startingAfter: "<th scope=\"row\"").count == 261)
    #expect(page.components(startingAfter: "Table 2.").count == 2)
  }

  @Test func `a variant's own tables can be folded away and the comparison's cannot`() {
    let folded = "<details class=\"rv-variant\" open=\"open\">"
    #expect(Self.page([Self.section("v", .robustness)]).contains(folded))
    let comparison = Self.section("c", .robustness, tables: [Self.table("robustness"), Self.table()])
    #expect(!Self.page([comparison]).contains(folded))
    #expect(!Self.page([Self.section("m", .spatialModel)]).contains(folded))
  }

  @Test func `the same study gives the same bytes, and needs no script and no network`() {
    let sections = [Self.section("a"), Self.section("b", .maps)]
    let page = Self.page(sections)
    #expect(page == Self.page(sections))
    for address in ["src=\"", "href=\"http", "url(http", "@import"] { #expect(!page.contains(address)) }
  }

  @Test func `with tables of a paper the chapters are an appendix, and a text of a user's is markup nowhere`()
  {
    let options = RenderOptions()
    let hostile = Phrase(verbatim: Self.hostile)
    let exhibits = [
      ReportExhibit(.table(4), .table(ReportTable(Self.table())), step: "a"),
      ReportExhibit(.figure(2), .figure(ReportFigure(svg: Self.drawing, caption: hostile)), step: nil),
      ReportExhibit(.table(9), .missing(hostile), step: "b"),
    ]
    let summary = ReportSummary(
      questions: [(hostile, hostile)], findings: Self.table("findings"), objections: [hostile])
    let page = ReportPage.render(
      title: "T", summary: summary, exhibits: exhibits, facts: [],
      fragments: [Self.section("a"), Self.section("b", .maps)].map { ReportFragment($0, options: options) },
      notes: [], options: options)
    #expect(!page.contains("<script") && !page.contains("<0>"))
    #expect(page.contains("Appendix A</span>") && page.contains("Appendix B</span>"))
    for number in ["Table A1.", "Table A2.", "Figure A1.", "Table B1.", "Table 4.", "Figure 2.", "Table 9."] {
      #expect(page.contains(">\(number)<"), "\(number)")
    }
    let ids = Self.attributes("id", in: page)
    #expect(ids.count == Set(ids).count)
    for link in Self.attributes("href", in: page) { #expect(ids.contains(String(link.dropFirst()))) }
    // Without objections the page says so, and what that is worth.
    let calm = ReportSummary(questions: [], findings: nil, objections: [])
    let other = ReportPage.render(
      title: "T", summary: calm, facts: [], fragments: [], notes: [], options: options)
    #expect(other.contains("No warning, no test and no variant of this study does."))
  }

  @Test func `a study without any step is a page, too`() {
    #expect(Self.page([]).contains("No step of the study has a result."))
    #expect(Self.page([], language: .chinese).contains("尚无任何步骤"))
  }
}

extension String {
  /// What follows each occurrence of a text.
  fileprivate func components(startingAfter text: String) -> [Substring] {
    ranges(of: text).map { self[$0.upperBound...] }
  }
}
