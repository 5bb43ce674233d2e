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
        caption: Term(
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
    return indices.once.flatMap { index in
      indices.indices.filter { indices[$0] == index }.chunks(of: 36).compactMap { part -> ReportFigure? in
        let plot = WeightPlot(
          title: words(Term("Indicator weights: \(index)", zh: "指标权重：\(index)")),
          bars: part.map { row in
            .init(
              group: dimensions[row], label: names[row].isEmpty ? columns[row] : names[row],
              weight: weights[row], lowest: lowest[row], highest: highest[row])
          }, language: language)
        guard !plot.isEmpty else { return nil }
        return ReportFigure(
          svg: plot.svg,
          caption: Term(
            "Entropy weights of the indicators of \(index), by dimension.", zh: "\(index)各指标的熵权（按维度）。"))
      }
    }
  }
}
