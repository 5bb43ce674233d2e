extension ResultFigure {
  /// The picture with words in the place of names.
  public func worded(by labels: VariableLabels) -> ResultFigure { mapping { $0.worded(by: labels) } }

  /// The picture with other phrases.
  func mapping(_ phrase: (Phrase) -> Phrase) -> ResultFigure {
    switch self {
    case .intervals(let figure): .intervals(figure.mapping(phrase))
    case .moran(let figure): .moran(MoranFigure(title: phrase(figure.title), years: figure.years))
    case .weights(let figure):
      .weights(
        WeightFigure(
          title: phrase(figure.title),
          bars: figure.bars.map {
            .init(
              group: phrase($0.group), label: phrase($0.label), weight: $0.weight, lowest: $0.lowest,
              highest: $0.highest)
          }))
    case .curve(let figure): .curve(figure.mapping(phrase))
    case .scatter(let figure): .scatter(figure.mapping(phrase))
    case .lines(let figure):
      .lines(
        LineFigure(
          name: figure.name, title: phrase(figure.title), caption: phrase(figure.caption),
          axis: phrase(figure.axis), periods: figure.periods,
          series: figure.series.map {
            .init(label: phrase($0.label), values: $0.values, isWhole: $0.isWhole)
          }, startsAtZero: figure.startsAtZero))
    case .ridges(let figure): .ridges(figure.mapping(phrase))
    case .warnings: self
    }
  }
}

extension IntervalFigure {
  fileprivate func mapping(_ phrase: (Phrase) -> Phrase) -> IntervalFigure {
    var figure = IntervalFigure(
      title: phrase(title), caption: phrase(caption), labels: labels.map(phrase),
      panels: panels.map { .init(heading: phrase($0.heading), intervals: $0.intervals) },
      confidenceLevel: confidenceLevel)
    (figure.panelsAcross, figure.sharesScale, figure.marksEmptyRows) = (
      panelsAcross, sharesScale, marksEmptyRows
    )
    return figure
  }
}
