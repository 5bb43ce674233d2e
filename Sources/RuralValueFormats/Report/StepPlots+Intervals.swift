import RuralValue

extension StepPlots {
  /// The most rows and panels of one plot, so that it fits on a printed page.
  private static let mostRows = 36
  private static let mostPanels = 6
  /// Terms that nobody compares with coefficients.
  private static let omitted: Set<String> = ["(Intercept)", "_cons", "constant", "sigma2", "theta"]

  /// Coefficients without the constant, the dummies of periods and variances, in the order of the table.
  var coefficients: [ReportFigure] {
    guard let table = table("coefficients") else { return [] }
    let rows = PlotRows(table: table)
    let (terms, kinds) = (rows.words("term"), rows.words("kind"))
    let kept = terms.indices.filter { row in
      !Self.omitted.contains(terms[row]) && kinds[row] != "time" && kinds[row] != "constant"
    }
    let far = farTerm(kept.map { (terms[$0], rows.intervals[$0]) })
    let left =
      kept.count < terms.count
      ? Phrase(
        " Constants, dummies of periods and variances are left out.", zh: "未列常数项、时间虚拟变量与方差参数。")
      : Phrase(verbatim: "")
    return plots(
      table, rows: kept.filter { terms[$0] != far?.term }, title: Phrase("Coefficients", zh: "系数估计"),
      note: Phrase(left.english + (far?.note.english ?? ""), zh: left.chinese + (far?.note.chinese ?? "")))
  }

  /// The one term so far out that beside it the others would all seem zero, and what the caption says of it.
  private func farTerm(_ rows: [(term: String, interval: IntervalPlot.Interval)]) -> (
    term: String, note: Phrase
  )? {
    let sizes = rows.map { row in
      [row.interval.estimate, row.interval.low, row.interval.high].filter(\.isFinite).map(abs).max() ?? 0
    }
    guard let most = sizes.max(), let place = sizes.firstIndex(of: most), rows.count > 2,
      let second = sizes.indices.filter({ $0 != place }).map({ sizes[$0] }).max(), second > 0,
      most > 5 * second
    else { return nil }
    let (term, value) = (rows[place].term, FixedDecimals.text(rows[place].interval.estimate, decimals: 3))
    return (
      term,
      Phrase(
        " \(term) = \(value) lies far outside and is left out, so that the others can be seen.",
        zh: "\(term)的估计值为\(value)，远在其余系数之外，为便于比较未予列示。")
    )
  }

  /// Sums and other combinations of coefficients.
  var combinations: [ReportFigure] {
    guard let table = table("linear_combinations") else { return [] }
    return plots(
      table, rows: Array(0..<table.rowCount),
      title: Phrase("Sums and combinations of coefficients", zh: "系数之和与线性组合"),
      note: Phrase(" A sum adds coefficients and is no interaction.", zh: "系数之和并非交互项。"))
  }

  private func plots(_ table: ResultTable, rows kept: [Int], title: Phrase, note: Phrase) -> [ReportFigure] {
    let rows = PlotRows(table: table)
    let (terms, intervals) = (rows.words("term", language), rows.intervals)
    return kept.chunks(of: Self.mostRows).compactMap { part in
      let plot = IntervalPlot(
        title: words(title), labels: part.map { terms[$0] },
        panels: [.init(heading: "", intervals: part.map { intervals[$0] })], percent: rows.percent,
        language: language)
      return figure(
        plot,
        Phrase(
          "\(title.english) with \(rows.percent)% intervals: \(table.title.english).\(note.english)",
          zh: "\(title.chinese)及其\(rows.percent)%置信区间：\(table.title.chinese)。\(note.chinese)"))
    }
  }

  /// Direct, indirect and total effects beside each other on one axis, a plot for each horizon.
  var effects: [ReportFigure] {
    guard let table = table("effects") else { return [] }
    let rows = PlotRows(table: table)
    let (terms, kinds, horizons) = (rows.words("term"), rows.words("kind"), rows.words("horizon"))
    let (names, intervals) = (rows.words("kind", language), rows.intervals)
    return horizons.once.flatMap { horizon in
      let own = horizons.indices.filter { horizons[$0] == horizon }
      let run = Self.run(horizon)
      return own.map { terms[$0] }.once.chunks(of: Self.mostRows).compactMap { labels in
        let panels = own.map { kinds[$0] }.once.map { kind in
          IntervalPlot.Panel(
            heading: own.first { kinds[$0] == kind }.map { names[$0] } ?? kind,
            intervals: labels.map { label in
              own.first { kinds[$0] == kind && terms[$0] == label }.map { intervals[$0] }
            })
        }
        let plot = IntervalPlot(
          title: words(Phrase("Effects\(run.english)", zh: "效应\(run.chinese)")), labels: labels,
          panels: panels, percent: rows.percent, language: language)
        return figure(
          plot,
          Phrase(
            "Direct, indirect (spillover) and total effects\(run.english) with \(rows.percent)% intervals, on one axis.",
            zh: "直接效应、间接效应（空间溢出效应）与总效应\(run.chinese)及其\(rows.percent)%置信区间，横轴相同。"))
      }
    }
  }

  private static func run(_ horizon: String) -> Phrase {
    switch horizon {
    case "short": Phrase(" in the short run", zh: "（短期）")
    case "long": Phrase(" in the long run", zh: "（长期）")
    default: Phrase(verbatim: "")
    }
  }

  /// Marginal effects over the quantiles of moderators, a panel a variable.
  var marginalEffects: [ReportFigure] {
    guard let table = table("marginal_effects") else { return [] }
    let rows = PlotRows(table: table)
    let (variables, moderators) = (rows.words("variable"), rows.words("moderator", language))
    let (quantiles, intervals) = (rows.numbers("quantile"), rows.intervals)
    let labels = variables.indices.map { row in
      guard quantiles[row].isFinite else { return moderators[row] }
      let quantile = FixedDecimals.text(quantiles[row], decimals: 2)
      return words(
        Phrase("\(moderators[row]) at \(quantile)", zh: "\(moderators[row])，\(quantile)分位"))
    }
    // All moderators together stand last, though each variable's rows end with them.
    let together = rows.words("moderator")
    let all =
      (labels.indices.filter { together[$0] != "all" } + labels.indices.filter { together[$0] == "all" })
      .map { labels[$0] }.once
    let panels = variables.once.map { variable in
      IntervalPlot.Panel(
        heading: variable,
        intervals: all.map { label in
          variables.indices.first { variables[$0] == variable && labels[$0] == label }.map { intervals[$0] }
        })
    }
    return panels.chunks(of: Self.mostPanels).compactMap { part in
      let plot = IntervalPlot(
        title: words(Phrase("Marginal effects", zh: "边际效应")), labels: all, panels: part, percent: rows.percent,
        language: language)
      return figure(
        plot,
        Phrase(
          "Marginal effects of the variable above each panel where the moderator in the row stands at a quantile and"
            + " the others at their medians, with \(rows.percent)% intervals.",
          zh: "各面板上方变量的边际效应：行中调节变量取该分位数、其余取中位数，附\(rows.percent)%置信区间。"))
    }
  }

  /// Each coefficient over the base model and its variants, a panel a coefficient with its own axis.
  var robustness: [ReportFigure] {
    guard let table = table("robustness_coefficients") else { return [] }
    let rows = PlotRows(table: table)
    let (models, terms) = (rows.words("model"), rows.words("term"))
    let (names, intervals, pValues) = (rows.words("model", language), rows.intervals, rows.numbers("p_value"))
    let all = models.once
    guard let base = all.first else { return [] }
    let labels = all.map { model in models.firstIndex(of: model).map { names[$0] } ?? model }
    let wanted = models.indices.filter {
      models[$0] == base && !terms[$0].isEmpty && !pValues[$0].isNaN && !Self.omitted.contains(terms[$0])
    }
    let panels = wanted.map { terms[$0] }.once.map { term in
      IntervalPlot.Panel(
        heading: term,
        intervals: all.map { model in
          models.indices.first { models[$0] == model && terms[$0] == term }.map { intervals[$0] }
        })
    }
    return panels.chunks(of: Self.mostPanels).compactMap { part in
      let plot = IntervalPlot(
        title: words(Phrase("Coefficients over the variants", zh: "各变体的系数")), labels: labels, panels: part,
        panelsAcross: 2, sharesScale: false, percent: rows.percent,
        marksEmptyRows: true, language: language)
      return figure(
        plot,
        Phrase(
          "Each coefficient of the base model over its variants with \(rows.percent)% intervals; every panel has its"
            + " own axis.",
          zh: "基准模型各系数在不同变体下的估计值及其\(rows.percent)%置信区间；各面板横轴不同。"))
    }
  }

  private func figure(_ plot: IntervalPlot, _ caption: Phrase) -> ReportFigure? {
    plot.isEmpty ? nil : ReportFigure(svg: plot.svg, caption: caption)
  }
}

extension Array {
  /// The elements in runs of at most a number of them, of nearly one length.
  func chunks(of most: Int) -> [[Element]] {
    guard count > most else { return isEmpty ? [] : [self] }
    let parts = (count + most - 1) / most
    return (0..<parts).map { part in
      Array(self[(count * part / parts)..<(count * (part + 1) / parts)])
    }
  }
}
