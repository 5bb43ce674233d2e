import RuralValue

extension StepPlots {
  /// Moran's I over the years.
  var moran: [ReportFigure] {
    guard let table = table("moran") else { return [] }
    let rows = PlotRows(table: table)
    let (periods, values, expected) = (rows.numbers("time"), rows.numbers("i"), rows.numbers("expected"))
    let (deviations, pValues) = (rows.numbers("sd"), rows.numbers("p_value"))
    let years = periods.indices.compactMap { row in
      Int(exactly: periods[row]).map {
        MoranPlot.Year(
          period: $0, value: values[row], expected: expected[row], deviation: deviations[row],
          pValue: pValues[row])
      }
    }
    let plot = MoranPlot(title: words(table.title), years: years, language: language)
    guard !plot.isEmpty else { return [] }
    return [
      ReportFigure(
        svg: plot.svg,
        caption: Phrase(
          "\(table.title.english) by period, under randomisation.", zh: "\(table.title.chinese)的逐期变化（随机化假设）。")
      )
    ]
  }

  /// Indicator weights, a plot an index, for weights add to one within an index.
  var weights: [ReportFigure] {
    guard let table = table("weight_summary") else { return [] }
    let rows = PlotRows(table: table)
    let (indices, dimensions) = (rows.words("index"), rows.words("dimension"))
    let (names, columns) = (rows.words("indicator", language), rows.words("column"))
    let (weights, lowest, highest) = (rows.numbers("weight"), rows.numbers("lowest"), rows.numbers("highest"))
    return Self.gathered(indices).flatMap { own in
      own.chunks(of: 36).compactMap { part -> ReportFigure? in
        let shown = part.map { indices[$0] }.once
        let plot = WeightPlot(
          title: words(
            Phrase(
              "Indicator weights: \(shown.joined(separator: ", "))",
              zh: "指标权重：\(shown.joined(separator: "、"))")),
          bars: part.map { row in
            .init(
              group: shown.count > 1 ? "\(indices[row]) · \(dimensions[row])" : dimensions[row],
              label: names[row].isEmpty ? columns[row] : names[row], weight: weights[row],
              lowest: lowest[row], highest: highest[row])
          }, language: language)
        guard !plot.isEmpty else { return nil }
        return ReportFigure(
          svg: plot.svg,
          caption: Phrase(
            "Entropy weights of indicators by dimension; within an index they add to one.",
            zh: "按维度列示的指标熵权，同一指数内权重之和为1。"))
      }
    }
  }

  /// The rows of each plot: an index of many indicators has one of its own, and those of a few share one.
  private static func gathered(_ indices: [String]) -> [[Int]] {
    var plots: [[Int]] = []
    var isOpen = false
    for index in indices.once {
      let own = indices.indices.filter { indices[$0] == index }
      let isSmall = own.count <= 6
      if isSmall, isOpen, let last = plots.popLast() {
        plots.append(last + own)
      } else {
        plots.append(own)
      }
      isOpen = isSmall
    }
    return plots
  }
}
