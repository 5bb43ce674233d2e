import RuralValue
import RuralValueFormats

/// What the README says of data, and of what the study was computed with.
extension PackageReadme {
  /// The statements about rights, availability and provenance.
  var dataStatements: [String] {
    [
      words("## Data availability and provenance statements", zh: "## 数据可得性与来源声明"),
      words("### Statement about rights", zh: "### 权利声明"),
      Self.bullets([
        words(
          "[ ] I certify that the author(s) of the manuscript have legitimate access to and permission to use the data.",
          zh: "[ ] 作者声明：有权合法获取并使用本文所用数据。"),
        words(
          "[ ] I certify that the author(s) of the manuscript have documented permission to redistribute the data in this package.",
          zh: "[ ] 作者声明：已获书面许可，可在本材料中再分发数据。"),
      ]),
      words("### Summary of availability", zh: "### 可得性概要"),
      Self.bullets([
        words("[ ] All data are publicly available.", zh: "[ ] 全部数据可公开获取。"),
        words("[ ] Some data cannot be made publicly available.", zh: "[ ] 部分数据不能公开。"),
        words("[ ] No data can be made publicly available.", zh: "[ ] 数据均不能公开。"),
      ]),
      contents.hasData
        ? words("All data that the study reads are in this package.", zh: "研究所读取的全部数据均在本材料中。")
        : words(
          "The package holds no data. Each file is to be got from its source; its digest below says whether it is the one.",
          zh: "本材料不含数据。各文件须自其来源获取，并以下列摘要核对。")
          + (contents.leftOut.isEmpty
            ? ""
            : words(
              " Results that repeat the data row by row are left out too: ", zh: "逐行重复数据的结果亦未收入：")
              + contents.leftOut.map { "`\($0)`" }.joined(separator: ", ")
              + words(". Tables and maps may still show values of single units.", zh: "。表与地图仍可能显示个体的数值。")),
      words("### Details on each data source", zh: "### 各数据来源"),
    ] + sources.map(details)
  }

  /// The files of one source together, as the parts of a shapefile are.
  private var sources: [[PackagedFile]] {
    contents.data.reduce(into: []) { groups, file in
      if let last = groups.last?.last, last.source == file.source, PackagedData.areParts(last.path, file.path)
      {
        groups[groups.count - 1].append(file)
      } else {
        groups.append([file])
      }
    }
  }

  private func details(_ files: [PackagedFile]) -> String {
    let source = files[0].source
    let rest: [(String, String?)] = [
      (words("Access", zh: "获取地址"), source?.url), (words("Accessed", zh: "获取日期"), source?.accessed),
      (words("License", zh: "许可"), source?.license), (words("Citation", zh: "引用"), source?.citation),
    ]
    return files.map { "**`\($0.path)`**" }.joined(separator: ", ") + "\n\n"
      + Self.bullets(
        [
          words("Source: ", zh: "来源：")
            + (source?.text.map(Self.plain) ?? words("[where the file comes from]", zh: "[数据来源]"))
        ]
          + rest.map { name, text in
            name + words(": ", zh: "：") + (text.map(VisibleText.line) ?? words("[to be stated]", zh: "[待填写]"))
          })
  }

  /// The list of files.
  var datasets: [String] {
    let readers = zip(plan.steps, statuses).map { ($0.name, Set(($1.record?.inputs ?? []).map(\.path))) }
    let rows = contents.data.map { file in
      [
        "`\(file.path)`", Self.size(file.size), "`\(file.sha256)`",
        readers.filter { $0.1.contains(file.path) }.map { "`\($0.0)`" }.joined(separator: ", "),
        contents.hasData ? words("yes", zh: "是") : words("no", zh: "否"),
      ]
    }
    return [
      words("## Dataset list", zh: "## 数据集清单"),
      Self.table(
        [
          words("Data file", zh: "数据文件"), words("Size", zh: "大小"), "SHA-256",
          words("Read by the steps", zh: "读取它的步骤"), words("Provided", zh: "是否提供"),
        ], rows),
    ]
  }

  /// What is needed to run the study again.
  var requirements: [String] {
    let time = Self.duration(environment.seconds)
    let memory = environment.memory.map { " · \(Self.size($0))" } ?? ""
    let storage = statuses.compactMap(\.record).flatMap(\.outputs).count
    return [
      words("## Computational requirements", zh: "## 计算要求"),
      words("### Software", zh: "### 软件"),
      Self.bullets([
        environment.program,
        words("Linear algebra: ", zh: "线性代数库：") + environment.linearAlgebra,
        words("Operating system: ", zh: "操作系统：") + environment.system,
      ]),
      words("### Controlled randomness", zh: "### 随机性控制"),
      plan.output.seed.map { seed in
        words(
          "The study's random numbers follow from its seed, \(seed) (`seed` in `\(PackagedStudy.name)`); results do not depend on the number of threads.",
          zh: "随机数由种子\(seed)决定（`\(PackagedStudy.name)`的`seed`）；结果与线程数无关。")
      }
        ?? words(
          "The study names no seed; where a step draws random numbers, it draws them from the program's standard seed, so that they are the same each time.",
          zh: "研究未设种子；凡抽取随机数的步骤均用程序的默认种子，每次相同。"),
      words("### Memory, runtime and storage", zh: "### 内存、运行时间与存储"),
      Self.bullets(
        [
          words("Processor: ", zh: "处理器：") + environment.processor
            + words(", \(environment.cores) cores", zh: "，\(environment.cores)核") + memory,
          words("Runtime: ", zh: "运行时间：") + time.text(in: language)
            + (environment.jobs == 1
              ? words(", one step at a time", zh: "，逐步运行")
              : words(", \(environment.jobs) steps side by side", zh: "，同时运行\(environment.jobs)个步骤")),
          words("Result files: \(storage)", zh: "结果文件：\(storage)个"),
        ]
          + (environment.peakMemory.map { [words("Memory at most: ", zh: "最大内存：") + Self.size($0)] } ?? [])),
    ]
  }
}
