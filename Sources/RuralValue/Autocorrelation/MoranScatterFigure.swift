/// Units by their standardised values and their spatial lags, with the line whose slope is Moran's I.
public struct MoranScatterFigure: Sendable, Equatable {
  /// One unit; what is not finite is not drawn.
  public struct Point: Sendable, Equatable {
    /// The standardised value.
    public let x: Double
    /// Its spatial lag.
    public let y: Double
    /// What the unit is called, where the drawing names it.
    public let label: String?

    /// A unit from its numbers.
    public init(x: Double, y: Double, label: String? = nil) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// One period.
  public struct Panel: Sendable, Equatable {
    /// What stands above it: the period and I.
    public let heading: Phrase
    /// The slope of the line.
    public let slope: Double
    /// The units.
    public let points: [Point]

    /// A period from its parts.
    public init(heading: Phrase, slope: Double, points: [Point]) {
      self.heading = heading
      self.slope = slope
      self.points = points
    }
  }

  /// What stands above it.
  public let title: Phrase
  /// What stands below it.
  public let caption: Phrase
  /// What the horizontal axis shows.
  public let horizontal: Phrase
  /// What the vertical axis shows.
  public let vertical: Phrase
  /// The periods.
  public let panels: [Panel]

  /// A figure from its parts.
  public init(title: Phrase, caption: Phrase, horizontal: Phrase, vertical: Phrase, panels: [Panel]) {
    self.title = title
    self.caption = caption
    self.horizontal = horizontal
    self.vertical = vertical
    self.panels = panels
  }
}

extension MoranScatterFigure {
  /// The most periods that are all drawn, and the most units that one of them names.
  private static let (mostPanels, mostNames) = (4, 8)

  /// The scatter of some periods: all, or of more than four the first and the last.
  ///
  /// `lagged` is the variable whose neighbours' values count, if it is another; `names` are the units' names by id.
  init(
    _ scatters: [MoranScatter], variable: String, lagged: String? = nil,
    standardisation: WeightsStandardisation, names: [String: String]
  ) {
    let shown =
      scatters.count > Self.mostPanels ? [scatters[0], scatters[scatters.count - 1]] : scatters
    let other = lagged ?? variable
    title =
      lagged == nil
      ? Phrase("Moran scatter plot of \(variable.asVariable)", zh: "\(variable.asVariable) 的莫兰散点图")
      : Phrase(
        "Bivariate Moran scatter plot of \(variable.asVariable) and neighbours' \(other.asVariable)",
        zh: "\(variable.asVariable) 与邻居 \(other.asVariable) 的双变量莫兰散点图")
    horizontal = Phrase("\(variable.asVariable), standardised", zh: "\(variable.asVariable)（标准化）")
    let isMean = shown.allSatisfy(\.isMean)
    let weights = Phrase.scaling(standardisation)
    vertical =
      isMean
      ? Phrase(
        "Spatial lag: neighbours' mean of standardised \(other.asVariable)",
        zh: "空间滞后：邻居 \(other.asVariable) 标准化值的均值")
      : Phrase(
        "Spatial lag of standardised \(other.asVariable), n/S₀ · Wz",
        zh: "\(other.asVariable) 标准化值的空间滞后（n/S₀ · Wz）")
    panels = shown.map { scatter in
      let named = Set(scatter.influential(atMost: Self.mostNames))
      let slope = FixedDecimals.text(scatter.slope, decimals: 3).replacing("-", with: "−")
      let period = scatter.period.map { "\($0): " } ?? ""
      return Panel(
        heading: Phrase(verbatim: "\(period)I = \(slope)"), slope: scatter.slope,
        points: scatter.units.indices.map { unit in
          Point(
            x: scatter.values[unit], y: scatter.lags[unit],
            label: named.contains(unit) ? names[scatter.units[unit]] ?? scatter.units[unit] : nil)
        })
    }
    let left =
      shown.count < scatters.count
      ? Phrase(
        " Of \(scatters.count) periods the first and the last are drawn.",
        zh: "共 \(scatters.count) 期，仅绘首末两期。") : Phrase("", zh: "")
    caption = Phrase(
      "\(title.signedEnglish): each unit's standardised value against its spatial lag (\(weights.english) weights); the line has"
        + " the slope I. Named are at most \(Self.mostNames) units without which the slope would change most."
        + left.english,
      zh: "\(title.signedChinese)：横轴为单元的标准化值，纵轴为其空间滞后（权重\(weights.chinese)），直线斜率为莫兰指数 I；"
        + "标出对斜率影响最大的至多 \(Self.mostNames) 个单元。\(left.chinese)")
  }
}

extension MoranResult {
  /// Values against their lags, with units called by their names where these are known.
  public func scatterFigure(names: [String: String] = [:]) -> ResultFigure {
    .scatter(
      MoranScatterFigure(
        scatters, variable: variable, standardisation: specification.standardisation, names: names))
  }
}

extension BivariateMoranResult {
  /// Values against the lags of the other variable, with units called by their names where these are known.
  public func scatterFigure(names: [String: String] = [:]) -> ResultFigure {
    .scatter(
      MoranScatterFigure(
        scatters, variable: variable, lagged: laggedVariable, standardisation: specification.standardisation,
        names: names))
  }
}

extension MoranScatterFigure {
  /// The figure with other phrases.
  func mapping(_ phrase: (Phrase) -> Phrase) -> MoranScatterFigure {
    MoranScatterFigure(
      title: phrase(title), caption: phrase(caption), horizontal: phrase(horizontal),
      vertical: phrase(vertical), panels: panels)
  }
}
