public import RuralValue

extension ReportFigure {
  /// The drawing of a figure with words in one language; nil for one without a finite number.
  public init?(_ figure: ResultFigure, language: Language = .english) {
    switch figure {
    case .intervals(let intervals):
      guard !intervals.isEmpty else { return nil }
      self.init(svg: IntervalPlot(figure: intervals, language: language).svg, caption: intervals.caption)
    case .moran(let moran):
      let plot = MoranPlot(figure: moran, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: moran.caption)
    case .weights(let weights):
      let plot = WeightPlot(figure: weights, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: weights.caption)
    case .curve(let curve):
      let plot = CurvePlot(figure: curve, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: curve.caption)
    case .scatter(let scatter):
      let plot = MoranScatterPlot(figure: scatter, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: scatter.caption)
    case .lines(let lines):
      let plot = LinePlot(figure: lines, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: lines.caption)
    case .ridges(let ridges):
      let plot = RidgePlot(figure: ridges, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: ridges.caption)
    case .warnings(let warnings):
      let plot = WarningPlot(figure: warnings, language: language)
      guard !plot.isEmpty else { return nil }
      self.init(svg: plot.svg, caption: warnings.caption)
    }
  }
}
