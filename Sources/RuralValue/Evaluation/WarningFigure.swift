/// How many counties are green, yellow and red: a bar a period, and a bar a group in the period of the list.
public struct WarningFigure: Sendable, Equatable {
  /// One bar.
  public struct Bar: Sendable, Equatable {
    /// What it is about: a period or a group.
    public let label: Phrase
    /// The numbers of green, yellow and red counties.
    public let counts: [Int]
    /// How many have no colour.
    public let colourless: Int

    /// A bar from its numbers.
    public init(label: Phrase, counts: [Int], colourless: Int) {
      (self.label, self.counts, self.colourless) = (label, counts, colourless)
    }
  }

  /// Bars that stand together, with what stands above them.
  public struct Block: Sendable, Equatable {
    /// What stands above the bars.
    public let heading: Phrase
    /// The bars from top to bottom.
    public let bars: [Bar]

    /// A block from its bars.
    public init(heading: Phrase, bars: [Bar]) {
      (self.heading, self.bars) = (heading, bars)
    }
  }

  /// What its file is called, without an ending.
  public let name: String
  /// What stands above it.
  public let title: Phrase
  /// What stands below it.
  public let caption: Phrase
  /// The blocks from top to bottom.
  public let blocks: [Block]

  /// A figure from its parts.
  public init(name: String = "warnings", title: Phrase, caption: Phrase, blocks: [Block]) {
    (self.name, self.title, self.caption, self.blocks) = (name, title, caption, blocks)
  }
}

extension EvaluationResult {
  /// The counties' colours by period and by group, and the groups' mean scores over the periods.
  public var figures: [ResultFigure] {
    indices.flatMap { index in
      [.warnings(warningFigure(index))] + (periods.count > 1 ? [.lines(scoreFigure(index))] : [])
    }
  }

  private func warningFigure(_ index: IndexScores) -> WarningFigure {
    let rows = groups.filter { $0.index == index.index }
    func bar(_ row: GroupEvaluation, _ label: Phrase) -> WarningFigure.Bar {
      .init(label: label, counts: row.colours, colourless: row.colourless)
    }
    let whole = rows.filter { $0.group == nil }.map { row in
      bar(row, hasPeriods ? Phrase(verbatim: label(row.period)) : Phrase("All counties", zh: "全部县域"))
    }
    let parts = rows.filter { $0.group != nil && $0.period == list.period }.map { row in
      bar(row, Phrase(verbatim: row.group ?? ""))
    }
    var blocks = [WarningFigure.Block(heading: Phrase("All counties", zh: "全部县域"), bars: whole)]
    if !parts.isEmpty, let column = specification.group?.name {
      let period = listLabel.map { ", \($0)" } ?? ""
      blocks.append(
        .init(
          heading: Phrase("\(column)\(period)", zh: "\(column)\(listLabel.map { "，\($0)" } ?? "")"),
          bars: parts))
    }
    return WarningFigure(
      name: indices.count == 1 ? "warnings" : "warnings_\(index.index)",
      title: Phrase("Counties by colour: \(index.index)", zh: "各预警等级的县域数：\(index.index)"),
      caption: Phrase(
        "Numbers of counties by the colour of \(index.index) in the period itself, rule \(specification.rule.text), county"
          + " rule \(specification.countyRule.text)."
          + (specification.release > 1
            ? " Warnings stand longer: until \(specification.release) better observations." : ""),
        zh: "按\(index.index)当期预警等级划分的县域数，规则\(specification.rule.text)，县域规则\(specification.countyRule.text)。"
          + (specification.release > 1 ? "预警须连续\(specification.release)次改善后方解除，故现行等级可能更差。" : "")),
      blocks: blocks)
  }

  private func scoreFigure(_ index: IndexScores) -> LineFigure {
    let rows = groups.filter { $0.index == index.index }
    let names: [String?] = [nil] + grouped.labels
    return LineFigure(
      name: indices.count == 1 ? "mean_scores" : "mean_scores_\(index.index)",
      title: Phrase("Mean score by group: \(index.index)", zh: "各分组平均得分：\(index.index)"),
      caption: Phrase(
        "Mean scores of \(index.index) over the counties that have one.",
        zh: "\(index.index)得分的县域均值（仅含有得分的县域）。"),
      axis: Phrase("Mean score", zh: "平均得分"),
      periods: periods.map { LineFigure.Period(place: $0, label: frequency.label($0)) },
      series: names.map { name in
        LineFigure.Series(
          label: name.map(Phrase.init(verbatim:)) ?? Phrase("All counties", zh: "全部县域"),
          values: periods.indices.map { period in
            rows.first { $0.group == name && $0.period == period }?.mean
          }, isWhole: name == nil)
      })
  }
}
