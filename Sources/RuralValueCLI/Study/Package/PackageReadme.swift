import RuralValue
import RuralValueFormats

/// A package's README, in the order of the template of the Social Science Data Editors.
///
/// What the study knows is filled in; what only the authors know, such as their rights to the data, is left to them
/// between square brackets. Source: Vilhuber et al. (2022), A template README for social science replication packages,
/// version 1.1.
struct PackageReadme {
  let contents: PackageContents
  let plan: StudyPlan
  let statuses: [StepStatus]
  let environment: ComputingEnvironment

  var language: Language { contents.language }

  /// The file's bytes.
  var bytes: [UInt8] {
    let parts =
      [heading] + overview + dataStatements + datasets + requirements + programs + instructions + exhibits
      + references
    return Array((parts.joined(separator: "\n\n") + "\n").utf8)
  }

  /// A text in the study's language.
  func words(_ english: String, zh chinese: String) -> String {
    Phrase(english, zh: chinese).text(in: language)
  }

  private var heading: String {
    "# " + words("Replication package: ", zh: "复现材料：") + Self.plain(contents.title)
  }

  private var overview: [String] {
    let tables = contents.exhibits.count { $0.kind == .table }
    let figures = contents.exhibits.count - tables
    let time = Self.duration(environment.seconds)
    return [
      words("## Overview", zh: "## 概述"),
      words(
        """
        The code in this package makes \(tables) tables and \(figures) figures from \(contents.data.count) data \
        files with one program, `ruralvalue` \(ToolVersion.number). The study file `\(PackagedStudy.name)` says \
        everything that is computed, in \(plan.steps.count) steps. The replicator should expect it to run for about \
        \(time.english).
        """,
        zh: """
          本材料用一个程序（`ruralvalue` \(ToolVersion.number)）由\(contents.data.count)个数据文件生成\(tables)张表与\(figures)幅图。\
          研究文件`\(PackagedStudy.name)`给出全部计算，共\(plan.steps.count)个步骤。预计运行时间约\(time.chinese)。
          """),
      list([
        ("`README.md`", words("this file", zh: "本文件")),
        ("`\(PackagedStudy.name)`", words("the study: data, models, tables and maps", zh: "研究文件：数据、模型、表与地图")),
        (
          "`\(PackagedData.folder)/`",
          contents.hasData
            ? words("the data", zh: "数据")
            : words("the place of the data, which are not in the package", zh: "数据的位置（本材料不含数据）")
        ),
        (
          "`\(contents.results)/`",
          words(
            "the results: a folder a step, `report.html` with all of them, `manifest.json` with the digest of every file",
            zh: "结果：每个步骤一个文件夹；`report.html`汇总全部结果；`manifest.json`列出各文件的摘要")
        ),
        (
          "`\(PackageContents.name)`",
          words("this list for the program, which checks a replication against it", zh: "供程序核对的清单")
        ),
      ]),
    ]
  }

  private func list(_ items: [(name: String, text: String)]) -> String {
    Self.bullets(items.map { "\($0.name)\(words(": ", zh: "："))\($0.text)" })
  }

  private var programs: [String] {
    let rows = zip(plan.steps, statuses).map { step, status in
      [
        "`\(step.name)`", Self.plain(step.title.text(in: language)),
        step.call.map { "`\($0.line)`" } ?? words("sets models side by side", zh: "模型并列比较"),
        status.record.map { "\($0.outputs.count)" } ?? "",
      ]
    }
    return [
      words("## Description of programs/code", zh: "## 程序说明"),
      words(
        """
        There is no code besides the study file. Each of its steps is one call of the program, which can also be made \
        by hand in the folder of this package, and writes into a folder of its own below `\(contents.results)/`.
        """,
        zh: "除研究文件外没有其他代码。每个步骤即一条命令，亦可在本文件夹中单独运行；其结果写入`\(contents.results)/`下同名文件夹。"),
      Self.table(
        [
          words("Step", zh: "步骤"), words("What it is", zh: "内容"), words("Call", zh: "命令"),
          words("Files", zh: "文件数"),
        ],
        rows),
    ]
  }

  private var instructions: [String] {
    let first =
      contents.hasData
      ? words("The data are in `\(PackagedData.folder)/`.", zh: "数据位于`\(PackagedData.folder)/`。")
      : words(
        "Get the data (see the dataset list) and put each file into `\(PackagedData.folder)/` under the name given there.",
        zh: "按数据集清单获取数据，以清单所列文件名放入`\(PackagedData.folder)/`。")
    let options = contents.options.map { option in
      option.text.isEmpty ? " \(option.name)" : " \(option.name) \(ShellText.quoted(option.text))"
    }.joined()
    return [
      words("## Instructions to replicators", zh: "## 复现步骤"),
      words(
        """
        1. Install `ruralvalue` \(ToolVersion.number).
        2. \(first)
        3. In the folder above this one, call `ruralvalue study PACKAGE`, where PACKAGE is this folder. The program \
        checks the digests of the data, runs the study into `\(contents.results)-new/` (or, with `--out DIR`, into \
        another folder), compares every file with this package, and says which data, tables and figures differ and by \
        how much. The exit code is 0 where all are the same, or the same as printed, and 6 where any differs.
        4. To run the study without a comparison: `ruralvalue study \(PackagedStudy.name)\(options) --out results-new`.
        """,
        zh: """
          1. 安装`ruralvalue` \(ToolVersion.number)。
          2. \(first)
          3. 在上一级文件夹中运行`ruralvalue study PACKAGE`（PACKAGE为本文件夹）。程序先核对数据摘要，再将研究运行至\
          `\(contents.results)-new/`（或`--out DIR`指定的文件夹），逐一比对各文件，指出哪些数据、表、图不同及差异大小。\
          全部相同或打印值相同时退出码为0，否则为6。
          4. 仅运行而不比对：`ruralvalue study \(PackagedStudy.name)\(options) --out results-new`。
          """),
      words(
        """
        On another processor the last digits of numbers may differ, for sums are taken in another order. The comparison \
        then says "same as printed", with the largest difference.
        """,
        zh: "在不同处理器上，求和顺序不同可使末位数字不同；比对时显示“打印值相同”及最大差异。"),
    ]
  }

  private var exhibits: [String] {
    let calls = Dictionary(plan.steps.map { ($0.name, $0) }) { first, _ in first }
    let rows = contents.exhibits.map { exhibit in
      [
        exhibit.name.text(in: language), Self.plain(exhibit.title.text(in: language)), "`\(exhibit.step)`",
        calls[exhibit.step]?.call.map { "`ruralvalue \($0.verb.definition.name)`" }
          ?? (calls[exhibit.step] == nil
            ? words("the report", zh: "研究报告") : words("comparison of models", zh: "模型比较")),
        FileStem.grouped(exhibit.files).map(files).joined(separator: ", "),
      ]
    }
    return [
      words("## List of tables, figures and programs", zh: "## 表、图与程序对照"),
      words(
        "Numbers are those of `\(contents.results)/report.html`; the whole call of each step stands above.",
        zh: "编号同`\(contents.results)/report.html`；各步骤的完整命令见上文。"),
      Self.table(
        [
          words("Number", zh: "编号"), words("Title", zh: "标题"), words("Step", zh: "步骤"),
          words("Program", zh: "程序"), words("Output files", zh: "输出文件"),
        ], rows),
    ]
  }

  /// Files that are one table in several formats.
  private func files(_ first: String, _ others: [String]) -> String {
    guard !others.isEmpty else { return "`\(first)`" }
    let list = others.joined(separator: ", ")
    return "`\(first)`" + words(" (also \(list))", zh: "（另有\(list)）")
  }

  private var references: [String] {
    let cited = contents.data.compactMap { $0.source?.citation }.firstAppearances
    return [
      words("## References", zh: "## 参考文献"),
      Self.bullets(
        cited + [
          words(
            "ruralvalue \(ToolVersion.number): tables and maps of county panels, computer program.",
            zh: "ruralvalue \(ToolVersion.number)：县域面板数据的表与地图，计算机程序。")
        ] + (cited.isEmpty ? [words("[references of the data]", zh: "[数据的参考文献]")] : [])),
    ]
  }
}

extension PackageReadme {
  /// A text that Markdown takes as it is, in one line.
  static func plain(_ text: String) -> String {
    VisibleText.line(text).reduce(into: "") { result, letter in
      if "|`*_<>[]\\".contains(letter) { result.append("\\") }
      result.append(letter)
    }
  }

  /// A table; a bar inside a cell is no end of it.
  static func table(_ headings: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { cell in
          VisibleText.line(cell).replacing("\\|", with: "|").replacing("|", with: "\\|")
        }.joined(separator: " | ") + " |"
    }
    return ([line(headings), line(headings.map { _ in "---" })] + rows.map(line)).joined(separator: "\n")
  }

  static func bullets(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }

  /// A time that a reader can plan with.
  static func duration(_ seconds: Double) -> Phrase {
    switch seconds {
    case ..<1: Phrase("a second", zh: "1秒")
    case ..<90: Phrase("\(Int(seconds.rounded(.up))) seconds", zh: "\(Int(seconds.rounded(.up)))秒")
    case ..<5400:
      Phrase("\(Int((seconds / 60).rounded(.up))) minutes", zh: "\(Int((seconds / 60).rounded(.up)))分钟")
    default:
      Phrase("\(Int((seconds / 3600).rounded(.up))) hours", zh: "\(Int((seconds / 3600).rounded(.up)))小时")
    }
  }

  /// A size in the unit that fits it.
  static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1000: "\(bytes) B"
    case ..<1_000_000: "\((bytes + 500) / 1000) KB"
    case ..<1_000_000_000: "\((bytes + 500_000) / 1_000_000) MB"
    default: "\((bytes + 50_000_000) / 100_000_000 / 10).\((bytes + 50_000_000) / 100_000_000 % 10) GB"
    }
  }
}
