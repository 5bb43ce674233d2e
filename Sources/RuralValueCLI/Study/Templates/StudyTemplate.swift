import RuralValue

/// A study to begin with: a commented study file, its indicator system, and what the panel must have.
struct StudyTemplate {
  /// A part of the study file with what it says to a reader.
  struct Block {
    let comment: Phrase
    /// The lines of the block, which end in a comma.
    let code: Phrase

    init(_ comment: Phrase, _ code: String) {
      self.init(comment, Phrase(verbatim: code))
    }

    init(_ comment: Phrase, _ code: Phrase) {
      self.comment = comment
      self.code = code
    }
  }

  let system: IndicatorSystem
  /// What stands at the head of the file.
  let opening: Phrase
  let blocks: [Block]
  /// What the README says of the system.
  let about: Phrase
  /// Files besides the study, its indicator system and README.txt.
  var companions: [Companion] = []

  /// A file that the study reads, to be edited.
  struct Companion {
    let name: String
    let text: Phrase
    let about: Phrase
  }

  /// The study that belongs to an indicator system.
  init(_ kind: IndicatorTemplate) {
    switch kind {
    case .hunan: self = .hunan
    case .guangdong: self = .guangdong
    }
  }

  init(
    system: IndicatorSystem, opening: Phrase, blocks: [Block], about: Phrase, companions: [Companion] = []
  ) {
    self.system = system
    self.opening = opening
    self.blocks = blocks
    self.about = about
    self.companions = companions
  }

  /// The study file in a language.
  func text(_ language: Language) -> String {
    let parts = blocks.map { block in
      indented(commented(block.comment.text(in: language)) + "\n" + block.code.text(in: language))
    }
    return commented(opening.text(in: language)) + "\n{\n" + parts.joined(separator: "\n\n") + "\n}\n"
  }

  /// What the panel must have, in words.
  func readme(_ language: Language) -> String {
    let heading = about.text(in: language)
    let keys = Phrase(
      """
      panel.csv: one row a county and year. The first two columns are the county's code and the year; a column \
      of names may follow. Codes stay text, so that zeros in front remain. Besides, it needs these columns, all \
      numbers; an empty cell is a gap:
      """,
      zh: "panel.csv：每行为一个县域的一个年份。前两列为县域代码与年份，其后可有名称列。代码按文本读取，保留前导零。此外须有下列各列，均为数值，空单元格表示缺失："
    ).text(in: language)
    let columns = system.indicators.map { indicator in
      "  \(indicator.column): \(indicator.name.text(in: language)) (\(indicator.index), \(indicator.direction.rawValue))"
    }
    let closing = Phrase(
      """
      counties.geojson: the counties' polygons (WGS84) with a property that holds the same codes.

      Columns that you do not have: delete their rows in indicators.csv. Others: add a row for each.
      Then, in this folder:

        ruralvalue study study.json --check
        ruralvalue study study.json
      """,
      zh: """
        counties.geojson：县域多边形（WGS84），含同一代码的属性。

        没有的指标：在indicators.csv中删去相应的行；其他指标：每个增加一行。
        然后在本文件夹中运行：

          ruralvalue study study.json --check
          ruralvalue study study.json
        """
    ).text(in: language)
    return ([heading, "", keys, ""] + columns.firstAppearances + ["", closing, ""]).joined(separator: "\n")
  }

  private func commented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "//" : "// \($0)" }
      .joined(separator: "\n")
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }
}
