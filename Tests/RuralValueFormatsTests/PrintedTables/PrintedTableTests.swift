import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// Tables as programs and people print them, read and audited.
@Suite struct PrintedTableTests {
  private static func audited(_ text: String) throws -> AuditResult {
    try Auditor.audit(
      PrintedSample.published(Array(text.utf8))[0], levels: nil, degreesOfFreedom: nil)
  }

  private static func names(_ result: AuditResult) -> [String] { result.rows.map(\.printed.name) }

  @Test(arguments: PrintedSample.Form.allCases)
  func `errors beneath, beside and in the cell are one table`(form: PrintedSample.Form) throws {
    let note = "Standard errors in parentheses. * p < 0.05, ** p < 0.01"
    let beneath = PrintedSample(
      head: ["", "(1)", "(2)"],
      rows: [
        ["lnP", "0.199**", "-0.029**"], ["", "(0.061)", "(0.009)"], ["lnC", "-0.035", ""],
        ["", "(0.060)", ""],
        ["Observations", "1,210", "1,210"], ["R2", "0.45", "0.52"],
      ], note: note)
    let inside = PrintedSample(
      head: ["", "(1)", "(2)"],
      rows: [
        ["lnP", "0.199** (0.061)", "-0.029** (0.009)"], ["lnC", "-0.035 (0.060)", "—"],
        ["Observations", "1,210", "1,210"],
      ], note: note)
    let beside = PrintedSample(
      head: ["Variable", "Coefficient", "Std. error", "z", "p"],
      rows: [["lnP", "0.199**", "0.061", "3.262", "0.001"], ["lnC", "-0.035", "0.060", "-0.583", "0.560"]],
      note: note)
    for sample in [beneath, inside] {
      let result = try Auditor.audit(
        PrintedSample.published(sample.bytes(form))[0], levels: nil, degreesOfFreedom: nil)
      #expect(Set(Self.names(result)) == ["lnP [(1)]", "lnP [(2)]", "lnC [(1)]"])
      #expect(result.rows(.consistent).count == 3)
      #expect(result.specification.levels == [0.05, 0.01])
    }
    let result = try Auditor.audit(
      PrintedSample.published(beside.bytes(form))[0], levels: nil, degreesOfFreedom: nil)
    #expect(Self.names(result) == ["lnP", "lnC"] && result.rows(.consistent).count == 2)
    #expect(result.rows[0].checks.count == 7)
  }

  @Test func `what esttab writes is read with its own levels`() throws {
    let result = try Self.audited(
      """
      {
      \\def\\sym#1{\\ifmmode^{#1}\\else\\(^{#1}\\)\\fi}
      \\begin{tabular}{l*{2}{c}}
      \\hline\\hline
                  &\\multicolumn{1}{c}{(1)}&\\multicolumn{1}{c}{(2)}\\\\
                  &\\multicolumn{1}{c}{price}&\\multicolumn{1}{c}{price}\\\\
      \\hline
      mpg         &      -238.9\\sym{***}&      -49.51         \\\\
                  &     (53.08)         &     (86.16)         \\\\
      [1em]
      weight      &                     &       1.747\\sym{**} \\\\
                  &                     &     (0.641)         \\\\
      [1em]
      \\_cons      &     11253.1\\sym{***}&      1946.1         \\\\
                  &    (1170.8)         &    (3597.0)         \\\\
      \\hline
      \\(N\\)       &          74         &          74         \\\\
      \\(R^{2}\\)   &       0.220         &       0.293         \\\\
      \\hline\\hline
      \\multicolumn{3}{l}{\\footnotesize Standard errors in parentheses}\\\\
      \\multicolumn{3}{l}{\\footnotesize \\sym{*} \\(p<0.05\\), \\sym{**} \\(p<0.01\\), \\sym{***} \\(p<0.001\\)}\\\\
      \\end{tabular}
      }
      """)
    #expect(Self.names(result) == ["mpg [(1)]", "mpg [(2)]", "weight [(2)]", "_cons [(1)]", "_cons [(2)]"])
    #expect(result.rows(.consistent).count == 5)
    #expect(result.specification.levels == [0.05, 0.01, 0.001])
    // 74 observations, two or three coefficients.
    #expect(result.rows[0].printed.leastDegrees == 71)
    #expect(result.rows[2].printed.line == 11)
  }

  @Test func `what stargazer and modelsummary write is read`() throws {
    let stargazer = try Self.audited(
      """
      \\begin{table}[!htbp] \\centering
        \\caption{Fuel \\& weight}
      \\begin{tabular}{@{\\extracolsep{5pt}}lcc}
      \\\\[-1.8ex]\\hline
      \\hline \\\\[-1.8ex]
       & \\multicolumn{2}{c}{\\textit{Dependent variable:}} \\\\
      \\cline{2-3}
      \\\\[-1.8ex] & (1) & (2)\\\\
      \\hline \\\\[-1.8ex]
       wt & $-$5.344$^{***}$ & $-$3.878$^{***}$ \\\\
        & (0.559) & (0.633) \\\\
        & & \\\\
       hp &  & $-$0.032$^{***}$ \\\\
        &  & (0.009) \\\\
      \\hline \\\\[-1.8ex]
      Observations & 32 & 32 \\\\
      Residual Std. Error & 3.046 (df = 30) & 2.593 (df = 29) \\\\
      F Statistic & 91.375$^{***}$ (df = 1; 30) & 69.211$^{***}$ (df = 2; 29) \\\\
      \\hline \\\\[-1.8ex]
      \\textit{Note:}  & \\multicolumn{2}{r}{$^{*}$p$<$0.1; $^{**}$p$<$0.05; $^{***}$p$<$0.01} \\\\
      \\end{tabular}
      \\end{table}
      """)
    #expect(Self.names(stargazer) == ["wt [(1)]", "wt [(2)]", "hp [(2)]"])
    #expect(stargazer.rows(.consistent).count == 3)
    #expect(stargazer.table.place?.caption == "Fuel & weight")
    let tabularray = try Self.audited(
      """
      \\begin{table}
      \\begin{talltblr}[         %% tabularray outer open
      entry=none,label=none,caption={Fuel use},
      note{}={+ p \\num{< 0.1}, * p \\num{< 0.05}, ** p \\num{< 0.01}, *** p \\num{< 0.001}},
      ]
      {colspec={Q[]Q[]Q[]}, hline{5}={1-3}{solid, black, 0.05em}}
      \\toprule
      & (1) & (2) \\\\ \\midrule %% TinyTableHeader
      wt & \\num{-5.344}*** & \\num{-3.878}*** \\\\
      & (\\num{0.559}) & (\\num{0.633}) \\\\
      hp &  & \\num{-0.032}** \\\\
      & & (\\num{0.009}) \\\\
      Num.Obs. & \\num{32} & \\num{32} \\\\
      \\bottomrule
      \\end{talltblr}
      \\end{table}
      """)
    #expect(tabularray.specification.convention.marks == ["+", "*", "**", "***"])
    #expect(tabularray.rows(.consistent).count == 3 && tabularray.table.place?.caption == "Fuel use")
  }

  @Test func `a page of loose HTML with merged cells and decimal commas is read`() throws {
    let result = try Self.audited(
      """
      <h2>Tabelle 2</h2><table><tr><th rowspan=2>Variable<th colspan="2">Direkt
      <tr><th>Modell 1<th>Modell 2
      <tr><td rowspan=2>lnP<td>0,064<sup>**</sup><td>&minus;0,035
      <tr><td>(0,023)<td>(0,060)
      <tr><td>lnC<td>0,199<sup>**</sup> (0,061)<td>1,500<sup>**</sup>&nbsp;(0,400)
      </table><p>* p &lt; 0,05; ** p &lt; 0,01</p><h2>Text</h2><p>*** p &lt; 0,5</p>
      """)
    #expect(
      Self.names(result) == ["lnP [Modell 1]", "lnP [Modell 2]", "lnC [Modell 1]", "lnC [Modell 2]"])
    #expect(result.rows(.consistent).count == 4 && result.specification.levels == [0.05, 0.01])
  }

  @Test func `a sheet that looks like a page is read, merged names and headings included`() throws {
    let rows = [
      ["Table 4. Estimates", "", ""], ["", "Rural value", ""], ["", "(1)", "(2)"],
      ["lnP", "0.199**", "-0.029**"],
      ["", "(0.061)", "(0.009)"], ["lnC", "-0.035", "0.033"], ["", "(0.060)", "(0.020)"],
      ["N", "1210", "1210"],
      ["* p<0.05, ** p<0.01", "", ""],
    ]
    let bytes = WorkbookBytes.bytes(of: rows, texts: [0, 1, 2], merges: ["B2:C2", "A4:A5", "A6:A7"])
    let result = try Auditor.audit(
      PrintedSample.published(bytes)[0], levels: nil, degreesOfFreedom: nil)
    #expect(Self.names(result) == ["lnP [(1)]", "lnP [(2)]", "lnC [(1)]", "lnC [(2)]"])
    #expect(result.rows(.consistent).count == 4 && result.specification.levels == [0.05, 0.01])
  }

  @Test func `a Word table with merged names and t values in full-width parentheses is read`() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr><w:p><w:r><w:t>\(text)</w:t></w:r><w:del><w:r><w:t>9</w:t></w:r></w:del></w:p></w:tc>"
    }
    func row(_ cells: String...) -> String { "<w:tr>\(cells.joined())</w:tr>" }
    let begin = "<w:vMerge w:val=\"restart\"/>"
    let bytes = PrintedSample.word(
      "<w:p><w:r><w:t>表4 基准回归</w:t></w:r></w:p><w:tbl>"
        + row(cell("变量", begin), cell("模型", "<w:gridSpan w:val=\"2\"/>"))
        + row(cell("", "<w:vMerge/>"), cell("(1)"), cell("(2)"))
        + row(cell("人口流", begin), cell("0.199＊＊＊"), cell("−0.164**"))
        + row(cell("", "<w:vMerge/>"), cell("（3.28）"), cell("（−2.17）"))
        + row(cell("样本量"), cell("1210"), cell("1210"))
        + "</w:tbl><w:p><w:r><w:t>注：括号内为t值；*、**、***分别表示在10%、5%、1%水平上显著。</w:t></w:r></w:p>")
    let table = try PrintedSample.published(bytes)[0]
    let result = try Auditor.audit(table, levels: nil, degreesOfFreedom: nil)
    #expect(Self.names(result) == ["人口流 [(1)]", "人口流 [(2)]"])
    #expect(result.rows.map(\.printed.statistic?.text) == ["3.28", "-2.17"])
    #expect(result.rows(.consistent).count == 2 && table.place?.caption == "表4 基准回归")
  }

  @Test func `brackets that nobody explains are t values where these alone fit the stars`() throws {
    let rows = [
      ["a", "0.12***", "(3.40)"], ["b", "-0.30**", "(2.10)"], ["c", "0.02", "(0.40)"],
      ["d", "0.55*", "(1.80)"],
      ["e", "0.70***", "(4.00)"],
    ]
    let sample = PrintedSample(
      head: ["", "(1)"], rows: rows.flatMap { [[$0[0], $0[1]], ["", $0[2]]] },
      note: "* p < 0.1, ** p < 0.05, *** p < 0.01")
    let table = try PrintedSample.published(sample.bytes(.latex))[0]
    #expect(table.readings[0].english.contains("they are taken for t values"))
    let result = try Auditor.audit(table, levels: nil, degreesOfFreedom: nil)
    // Printed without their sign, they are not held to that of the estimates.
    #expect(result.rows(.consistent).count == 5)
  }

  @Test func `direct, indirect and total effects add up in any shape`() throws {
    let wide = try Self.audited(
      """
      | | Direct | Indirect | Total |
      |---|---|---|---|
      | lnP | 0.035** (0.008) | 0.153 (0.091) | 0.204** (0.077) |
      """)
    #expect(wide.rows.map(\.printed.effect) == [.direct, .indirect, .total])
    #expect(wide.finding(.sums)?.rows == ["lnP"])
    let blocks = try Self.audited(
      """
      | | (1) | (2) |
      |---|---|---|
      | *Direct effects* | | |
      | lnP | 0.035** | 0.10 |
      | | (0.008) | (0.20) |
      | *Indirect effects* | | |
      | lnP | 0.153 | 0.20 |
      | | (0.091) | (0.30) |
      | *Total effects* | | |
      | lnP | 0.204** | 0.30 |
      | | (0.077) | (0.40) |
      """)
    #expect(blocks.finding(.sums)?.rows == ["lnP [(1)]"])
  }

  @Test func `a document without a table, and one without estimates, say so`() {
    func message(_ text: String, _ source: String) -> String {
      do {
        _ = try PrintedSample.published(Array(text.utf8), source: source)
        return ""
      } catch { return "\(error)" }
    }
    #expect(message("\\section{A} no table", "a.tex").contains("a.tex: there is no table in this LaTeX file"))
    #expect(message("# Title\n\nText.", "a.md").contains("there is no table in this Markdown file"))
    #expect(message("<p>nothing</p>", "a.html").contains("there is no table in this web page"))
    #expect(
      message("| a | b |\n|---|---|\n| x | 12 |", "a.md").contains("a.md, table 1: there is no estimate"))
  }
}
