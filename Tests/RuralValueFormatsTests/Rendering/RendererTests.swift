import RuralValue
import RuralValueFormats
import Testing

@Suite struct TextRendererTests {
  private func text(_ table: ResultTable, _ options: RenderOptions = .init()) -> String {
    TextRenderer().render(table, options: options)
  }

  @Test func `numbers line up at their points, with stars and parentheses outside`() {
    #expect(
      text(SampleTables.coefficients) == """
        System GMM
        ===========================================
        Term       Estimate     Std. error        p
        -------------------------------------------
        lag(V, 1)     0.612***      (0.045)  <0.001
        P:C         -12.500*        (6.900)   0.070
        time=2014         -              -        -
        ===========================================
        Standard errors in parentheses; * p < 0.1, ** p < 0.05, *** p < 0.01.

        """)
  }

  @Test func `Chinese headings align by display width`() {
    #expect(
      text(SampleTables.counties, .init(language: .chinese)) == """
        县域综合得分
        ================================
        县域       位次  综合得分  类别
        --------------------------------
        长沙县        1      0.50  热点
        Ningxiang    12      1.25  冷点
                      -     -0.12  甲|乙
        ================================
        模拟数据。

        """)
  }

  @Test func `models stand side by side with standard errors beneath`() {
    #expect(
      text(SampleTables.journal) == """
        Models of V
        ========================================
                             (1)          (2)
        Variable         System GMM     Within
        ----------------------------------------
        lag(V, 1)             0.612***
                             (0.045)
        Population flow      -0.031*     0.200
                             (0.016)    (0.190)
        P:C                             10.250**
                                        (4.100)
        ----------------------------------------
        Observations          1,210      1,331
        County effects            ✓         No
        R²                               0.457
        Hansen test (p)       0.234
        ========================================
        Standard errors in parentheses; * p < 0.1, ** p < 0.05, *** p < 0.01.

        """)
  }

  @Test func `blocks of rows have rules and headings`() {
    #expect(
      text(SampleTables.effects, .init(language: .chinese, digits: 1)) == """
        效应分解
        =============
        变量  系数
        -------------
        直接效应
        P      0.1
        C      0.2**
        -------------
        间接效应
        P      0.3
        C      0.4***
        =============
        *、**、***分别表示在10%、5%、1%水平上显著。

        """)
  }

  @Test func `a table wider than the terminal goes on below, with its keys again`() {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: [
        ResultColumn("unit", Phrase(verbatim: "unit"), .text(["A"])),
        ResultColumn("time", Phrase(verbatim: "time"), .integer([2012])),
        ResultColumn("x", Phrase(verbatim: "x"), .number([1])),
        ResultColumn("y", Phrase(verbatim: "y"), .number([2])),
      ], keyColumns: 2)
    #expect(
      text(table, .init(width: 18)) == """
        T
        =================
        unit  time      x
        -----------------
        A     2012  1.000
        =================

        =================
        unit  time      y
        -----------------
        A     2012  2.000
        =================

        """)
    #expect(text(table, .init(width: 24)).split(separator: "\n").count == 6)
  }

  @Test func `a long table shows its beginning and its end`() {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: ""),
      columns: [ResultColumn("n", Phrase(verbatim: "n"), .integer(Array(1...100)))])
    #expect(
      text(table, .init(language: .chinese, rowLimit: 3)) == """
        ===
          n
        ---
          1
          2
        ... 另有97行 ...
        100
        ===

        """)
    #expect(text(table, .init(rowLimit: 100)).contains("more") == false)
  }

  @Test func `colour touches only the title and the notes`() {
    let lines = text(SampleTables.effects, .init(usesColour: true)).split(separator: "\n")
    #expect(lines.first == "\u{1B}[1mEffects\u{1B}[0m")
    #expect(lines.last == "\u{1B}[2m* p < 0.1, ** p < 0.05, *** p < 0.01.\u{1B}[0m")
    #expect(lines.dropFirst().dropLast().allSatisfy { !$0.contains("\u{1B}") })
  }

  @Test func `a document shows its tables, its sample and its notes, wrapped`() {
    let document = ResultDocument(
      command: "gmm", specification: [],
      sample: .init(observations: 1210, units: 1, periods: 11, droppedRows: 2),
      parts: [
        .init(SampleTables.effects, jsonKey: nil), .init(SampleTables.counties, shown: false, jsonKey: nil),
      ],
      notes: [
        Phrase("The panel was drawn by a generator.", zh: "本面板由程序生成，并非实际调查所得。")
      ])
    let english = TextRenderer().render(document, options: .init(width: 30))
    #expect(
      english.hasSuffix(
        """
        < 0.01.

        Sample: 1210 observations, 1
        unit, 11 periods; 2 rows
        dropped.
        The panel was drawn by a
        generator.

        """))
    #expect(!english.contains("Counties"))
    let chinese = TextRenderer().render(document, options: .init(language: .chinese, width: 16))
    #expect(
      chinese.hasSuffix(
        """
        期11个；剔除2
        行。
        本面板由程序生
        成，并非实际调查
        所得。

        """))
  }
}

@Suite struct MarkdownRendererTests {
  @Test func `the source lines up and nothing is markup by accident`() {
    #expect(
      MarkdownRenderer().render(SampleTables.counties, options: .init()) == """
        **Counties &amp; scores**

        | Unit      | Rank | Score | Class     |
        | :-------- | ---: | ----: | :-------- |
        | 长沙县    |    1 |  0.50 | hot spot  |
        | Ningxiang |   12 |  1.25 | cold spot |
        |           |    — | -0.12 | a\\|b      |

        Notes: Simulated data.

        """)
    #expect(
      MarkdownRenderer().render(SampleTables.coefficients, options: .init(language: .chinese)) == #"""
        **系统GMM估计结果**

        | 变量      |        系数 |  标准误 |       p值 |
        | :-------- | ----------: | ------: | --------: |
        | lag(V, 1) | 0.612\*\*\* | (0.045) | &lt;0.001 |
        | P:C       |   -12.500\* | (6.900) |     0.070 |
        | time=2014 |           — |       — |         — |

        注：括号内为标准误；\*、\*\*、\*\*\*分别表示在10%、5%、1%水平上显著。

        """#)
  }

  @Test func `every row has the same number of unescaped pipes`() {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "a|b"),
      columns: [
        ResultColumn("x", Phrase(verbatim: "x|y\nz"), .text(["a|b", "c\\|d", "e\nf", nil])),
        ResultColumn("y", Phrase(verbatim: "`y`"), .text(["_a_", "*b*", "<b>", "$x$"])),
      ])
    let rows = MarkdownRenderer().render(table, options: .init()).split(separator: "\n").filter {
      $0.hasPrefix("|")
    }
    #expect(rows.count == 6)
    for row in rows {
      #expect(row.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" } == 3, "\(row)")
    }
  }
}

@Suite struct LaTeXRendererTests {
  @Test func `a table has three rules, its points above each other and its notes below`() {
    #expect(
      LaTeXRenderer().render(SampleTables.coefficients, options: .init()) == #"""
        % \usepackage{booktabs,dcolumn,threeparttable}
        \begin{table}[htbp]
        \centering
        \belowcaptionskip=6pt
        \begin{threeparttable}
        \caption{System GMM}
        \label{tab:coefficients}
        \begin{tabular}{lD{.}{.}{3.6}D{.}{.}{2.4}D{.}{.}{2.3}}
        \toprule
        Term & \multicolumn{1}{c}{Estimate} & \multicolumn{1}{c}{Std. error} & \multicolumn{1}{c}{p} \\
        \midrule
        lag(V, 1) & 0.612^{***} & (0.045) & {<}0.001 \\
        P:C & -12.500^{*} & (6.900) & 0.070 \\
        time=2014 & \multicolumn{1}{c}{---} & \multicolumn{1}{c}{---} & \multicolumn{1}{c}{---} \\
        \bottomrule
        \end{tabular}
        \begin{tablenotes}[flushleft]\footnotesize
        \item \textit{Notes:} Standard errors in parentheses; * p $<$ 0.1, ** p $<$ 0.05, *** p $<$ 0.01.
        \end{tablenotes}
        \end{threeparttable}
        \end{table}

        """#)
  }

  @Test func `every special character is escaped and Chinese is left alone`() {
    let table = ResultTable(
      name: "a_b c", title: Phrase(verbatim: "50% & R²"),
      columns: [
        ResultColumn(
          "x", Phrase(verbatim: "ρ_1"),
          .text([#"a\b{c}$d$&#e%f_g^h~i"#, #"<j>|k"l"#, "*m", "[n]", "长沙县 × σ"]))
      ])
    let text = LaTeXRenderer().render(table, options: .init())
    for line in [
      ##"\caption{50\% \& R\textsuperscript{2}}"##, ##"\label{tab:a-b-c}"##, ##"$\rho$\_1 \\"##,
      ##"a\textbackslash{}b\{c\}\$d\$\&\#e\%f\_g\textasciicircum{}h\textasciitilde{}i \\"##,
      ##"$<$j$>$$|$k\textquotedblright{}l \\"##, ##"{}*m \\"##, ##"{}[n] \\"##,
      ##"长沙县 $\times$ $\sigma$ \\"##,
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
  }

  @Test func `models side by side have two rows of headings and a rule above the statistics`() {
    let text = LaTeXRenderer().render(SampleTables.journal, options: .init())
    #expect(
      text.contains(
        #"""
         & \multicolumn{1}{c}{(1)} & \multicolumn{1}{c}{(2)} \\
        Variable & \multicolumn{1}{c}{System GMM} & \multicolumn{1}{c}{Within} \\
        \midrule
        lag(V, 1) & 0.612^{***} &  \\
         & (0.045) &  \\
        """#))
    #expect(
      text.contains(
        #"""
        \midrule
        Observations & \multicolumn{1}{c}{$1{,}210$} & \multicolumn{1}{c}{$1{,}331$} \\
        County effects & \multicolumn{1}{c}{$\checkmark$} & \multicolumn{1}{c}{No} \\
        """#))
  }

  @Test func `raised and lowered digits and signs of sets are commands, for fonts lack them`() {
    let table = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: [ResultColumn("x", Phrase(verbatim: "x"), .text(["γ₂, 10⁻⁶ ¹", "(−∞, 1] ∪ {2}"]))])
    let text = LaTeXRenderer().render(table, options: .init())
    #expect(
      text.contains(##"$\gamma$\textsubscript{2}, 10$^{-}$\textsuperscript{6} \textsuperscript{1} \\"##))
    #expect(text.contains(##"($-$$\infty$, 1] $\cup$ \{2\} \\"##))
  }

  @Test func `labels tell verbs and steps apart`() {
    func label(_ scope: String) -> String {
      var options = RenderOptions()
      options.scope = scope
      let lines = LaTeXRenderer().render(SampleTables.effects, options: options).split(separator: "\n")
      return lines.first { $0.hasPrefix("\\label") }.map(String.init) ?? ""
    }
    #expect(label("") == "\\label{tab:effects}")
    #expect(label("sdm-queen") == "\\label{tab:sdm-queen:effects}")
    // Names of Chinese steps would all be hyphens.
    #expect(label("sdm-稳健") == "\\label{tab:sdm-u7a33u5065:effects}")
  }

  @Test func `a table longer than a page becomes a longtable and a wide one is shrunk`() {
    let long = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: [ResultColumn("n", Phrase(verbatim: "n"), .integer(Array(1...46)))])
    let text = LaTeXRenderer().render(long, options: .init())
    #expect(text.contains(#"\begin{longtable}{r}"#) && text.contains(#"\endlastfoot"#))
    #expect(text.contains("$46$ \\\\\n\\end{longtable}"))
    let wide = ResultTable(
      name: "t", title: Phrase(verbatim: "T"),
      columns: (0..<12).map { ResultColumn("c\($0)", Phrase(verbatim: "column \($0)"), .number([1])) })
    #expect(LaTeXRenderer().render(wide, options: .init()).contains(#"\resizebox{\ifdim\width>\linewidth"#))
  }
}

@Suite struct HTMLRendererTests {
  @Test func `a screen reader finds caption, headings and language`() {
    let html = HTMLRenderer().render(SampleTables.coefficients, options: .init(language: .chinese))
    #expect(html.contains(#"<table class="rv-table rv-short" id="table-coefficients" lang="zh-Hans" style="#))
    #expect(html.contains("<caption>系统GMM估计结果</caption>"))
    #expect(html.contains(">变量</th><th scope=\"col\" class=\"rv-n\""))
    #expect(html.contains(">P:C</th><td class=\"rv-n\""))
    #expect(html.contains(">&lt;0.001</td>"))
    #expect(html.contains("注：括号内为标准误；*、**、***分别表示在10%、5%、1%水平上显著。"))
  }

  @Test func `nothing is markup by accident`() {
    let table = ResultTable(
      name: "\"", title: Phrase(verbatim: "<script>"),
      columns: [ResultColumn("x", Phrase(verbatim: "a&b"), .text(["<b>'q'</b>"]))],
      notes: [Phrase(verbatim: "1 < 2")])
    let html = HTMLRenderer().page(table, options: .init())
    #expect(html.contains("<title>&lt;script&gt;</title>"))
    #expect(html.contains("<caption>&lt;script&gt;</caption>"))
    #expect(html.contains(#"id="table-&quot;""#))
    #expect(html.contains(">&lt;b&gt;&#39;q&#39;&lt;/b&gt;</th>"))
    #expect(html.contains("Notes: 1 &lt; 2</div>"))
  }

  @Test func `rules, sides and the blanks behind digits stand in the cells, without variables`() {
    let html = HTMLRenderer().render(SampleTables.journal, options: .init())
    let rows = html.split(separator: "<tr>").dropFirst().map(String.init)
    func count(_ rule: String, _ row: Int) -> Int { rows[row].split(separator: rule).count - 1 }
    let (top, under, bottom) = (
      "border-top:1.5pt solid #111", "border-bottom:0.75pt solid #111", "border-bottom:1.5pt solid #111"
    )
    #expect(count(top, 0) == 3 && count(under, 0) == 3)
    #expect(count("border-top:0.75pt solid #111", 7) == 3)  // The first statistic.
    #expect(count(bottom, 10) == 3)
    #expect(rows.enumerated().allSatisfy { $0.offset == 10 || !$0.element.contains(bottom) })
    // Two stars that are missing are two blanks of a digit's width, and of a parenthesis a sixth is missing besides.
    func cell(_ digits: String, _ after: String) -> String {
      "<td class=\"rv-n\" style=\"text-align:right\">\(digits)"
        + "<span class=\"rv-after\" style=\"width:1.5em\">\(after)</span></td>"
    }
    #expect(html.contains(cell("0.612", "***")) && html.contains(cell("−0.031", "*\u{2007}\u{2007}")))
    #expect(html.contains(cell("(0.045", ")\u{2007}\u{2007}\u{2006}")))
    #expect(!html.contains("var(") && !html.contains("--rv") && !html.contains("rem"))
  }

  @Test func `a page needs nothing else`() {
    let document = ResultDocument(
      command: "sdm", specification: [], sample: nil,
      parts: [.init(SampleTables.effects, jsonKey: nil), .init(SampleTables.journal, jsonKey: nil)],
      notes: [Phrase("A & B", zh: "甲和乙")])
    let page = HTMLRenderer().page(document, title: Phrase("Study", zh: "研究"), options: .init())
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"))
    #expect(page.contains("<h1>Study</h1>"))
    #expect(
      page.contains(
        #"<th scope="rowgroup" class="rv-block" colspan="2" style="text-align:left;border-top:0.75pt solid #111">Indirect effect</th>"#
      ))
    #expect(page.contains(#"<span class="rv-lines">(1)<br>System GMM</span>"#))
    #expect(page.contains(#"<p class="rv-document-note" lang="en">A &amp; B</p>"#))
    #expect(!page.contains("http") && !page.contains("src="))
    for tag in ["table", "thead", "tbody", "tfoot", "tr", "th", "td", "span", "div", "main"] {
      let opened = page.split(separator: "<\(tag)>").count + page.split(separator: "<\(tag) ").count - 2
      #expect(opened == page.split(separator: "</\(tag)>").count - 1, "\(tag)")
    }
  }
}

@Suite struct SpanTests {
  static let table = ResultTable(
    name: "t", title: Phrase(verbatim: "T"),
    columns: [ResultColumn("v", Phrase(verbatim: "Variable"), .text(["P"]))]
      + (1...4).map { (number: Int) in
        ResultColumn("m\(number)", Phrase(verbatim: "(\(number))"), .integer([number]))
      }
  ).adding(spans: [
    .init(columns: 1..<3, heading: Phrase("Base & more", zh: "基准")),
    .init(columns: 3..<5, heading: Phrase("R_b", zh: "稳健")),
  ])

  @Test func `in text a heading stands above its columns, with a rule, and makes room for itself`() {
    #expect(
      TextRenderer().render(Self.table, options: .init()) == """
        T
        ===============================
                  Base & more    R_b
                  -----------  --------
        Variable    (1)   (2)  (3)  (4)
        -------------------------------
        P             1     2    3    4
        ===============================

        """)
  }

  @Test func `in Markdown it stands above each of them, for cells cannot be joined`() {
    let text = MarkdownRenderer().render(Self.table, options: .init())
    #expect(text.contains("Base &amp; more<br>(1) | Base &amp; more<br>(2) | R\\_b<br>(3) | R\\_b<br>(4)"))
  }

  @Test func `in LaTeX it spans them, with a rule that is shorter than they are`() {
    #expect(
      LaTeXRenderer().render(Self.table, options: .init()).contains(
        #"""
        \toprule
         & \multicolumn{2}{c}{Base \& more} & \multicolumn{2}{c}{R\_b} \\
        \cmidrule(lr){2-3}\cmidrule(lr){4-5}
        Variable & \multicolumn{1}{c}{(1)}
        """#))
  }

  @Test func `in HTML it spans them, and a column without one takes both rows`() {
    let html = HTMLRenderer().render(Self.table, options: .init())
    #expect(html.contains("<th scope=\"col\" rowspan=\"2\""))
    #expect(html.contains("<th scope=\"colgroup\" class=\"rv-span\" colspan=\"2\""))
    #expect(html.contains(">Base &amp; more</p></th>"))
    #expect(html.split(separator: "<tr>").count == 4)
  }

  @Test func `it goes with a table that is cut, reworded or noted, and CSV and JSON have none of it`() {
    #expect(Self.table.adding(notes: [Phrase(verbatim: "x")]).spans == Self.table.spans)
    #expect(Self.table.firstRows(1).spans == Self.table.spans)
    #expect(String(decoding: CSVWriter.bytes(of: Self.table), as: UTF8.self) == "v,m1,m2,m3,m4\nP,1,2,3,4\n")
  }
}

@Suite struct EveryRendererTests {
  @Test(
    arguments: [TextRenderer(), MarkdownRenderer(), LaTeXRenderer(), HTMLRenderer()] as [any TableRenderer])
  func `a table without rows or columns is rendered`(renderer: any TableRenderer) {
    let columns = [ResultColumn("a", Phrase("empty", zh: "空"), .number([]))]
    let table = ResultTable(name: "t", title: Phrase(verbatim: "T"), columns: columns)
    #expect(renderer.render(table, options: .init()).contains("empty"))
    #expect(renderer.render(table, options: .init(language: .chinese)).contains("空"))
    #expect(
      renderer.render(ResultTable(name: "t", title: Phrase(verbatim: "T"), columns: []), options: .init())
        .contains("T"))
  }

  @Test(
    arguments: [TextRenderer(), MarkdownRenderer(), LaTeXRenderer(), HTMLRenderer()] as [any TableRenderer])
  func `a document has its notes below its tables`(renderer: any TableRenderer) throws {
    let document = ResultDocument(
      command: "x", specification: [], sample: .init(observations: 1, units: 1, periods: 1),
      parts: [.init(SampleTables.effects, jsonKey: nil)], notes: [Phrase("Mind this.", zh: "请注意。")])
    let text = renderer.render(document, options: .init())
    let places = ["Effects", "Sample: 1 observation, 1 unit, 1 period.", "Mind this."].map {
      text.firstRange(of: $0)?.lowerBound
    }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }
}
