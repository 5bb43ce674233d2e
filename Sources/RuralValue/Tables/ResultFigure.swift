/// A picture as values, free of any format: the report draws it.
public enum ResultFigure: Sendable, Equatable {
  /// Estimates with their intervals.
  case intervals(IntervalFigure)
  /// Moran's I over the years.
  case moran(MoranFigure)
  /// Weights of indicators.
  case weights(WeightFigure)
  /// A curve with its band and its turning point.
  case curve(CurveFigure)
  /// Units by their values and their neighbours'.
  case scatter(MoranScatterFigure)
  /// Lines over periods.
  case lines(LineFigure)
  /// Densities one above the other.
  case ridges(RidgeFigure)
  /// Counties by colour.
  case warnings(WarningFigure)

  /// What the file of its drawing is called, where it has one.
  public var name: String? {
    switch self {
    case .lines(let lines): lines.name
    case .ridges(let ridges): ridges.name
    case .warnings(let warnings): warnings.name
    case .intervals, .moran, .weights, .curve, .scatter: nil
    }
  }
}

/// Estimates with their intervals: a row a term, and one panel or several beside each other.
public struct IntervalFigure: Sendable, Equatable {
  /// An estimate with its interval; what is not finite is not drawn.
  public struct Interval: Sendable, Equatable {
    /// The estimate.
    public let estimate: Double
    /// The interval's lower end.
    public let low: Double
    /// The interval's upper end.
    public let high: Double

    /// An interval from its numbers.
    public init(estimate: Double, low: Double, high: Double) {
      self.estimate = estimate
      self.low = low
      self.high = high
    }

    /// An estimate's interval of a level.
    public init(_ estimate: Estimate, level: Double) {
      let interval = estimate.interval(level)
      self.init(estimate: estimate.value, low: interval.low, high: interval.high)
    }

    /// Whether the interval lies on one side of zero.
    public var excludesZero: Bool { low > 0 || high < 0 }
  }

  /// One panel: a heading and an interval for each row, where there is one.
  public struct Panel: Sendable, Equatable {
    /// What stands above it.
    public let heading: Phrase
    /// An interval for each row, where there is one.
    public let intervals: [Interval?]

    /// A panel from its parts.
    public init(heading: Phrase, intervals: [Interval?]) {
      self.heading = heading
      self.intervals = intervals
    }
  }

  /// What stands above it.
  public let title: Phrase
  /// What stands below it.
  public let caption: Phrase
  /// The rows' names.
  public let labels: [Phrase]
  /// The panels from left to right.
  public let panels: [Panel]
  /// The level of the intervals; nil where they have several.
  public let confidenceLevel: Double?
  /// How many panels stand side by side.
  public var panelsAcross = 3
  /// Whether all panels have one axis, so that their lengths compare.
  public var sharesScale = true
  /// Whether a row without any estimate says that it has none.
  public var marksEmptyRows = false

  /// A figure from its parts.
  public init(
    title: Phrase, caption: Phrase, labels: [Phrase], panels: [Panel], confidenceLevel: Double?
  ) {
    self.title = title
    self.caption = caption
    self.labels = labels
    self.panels = panels
    self.confidenceLevel = confidenceLevel
  }

  /// Whether there is anything to draw.
  public var isEmpty: Bool {
    !panels.contains { $0.intervals.contains { $0?.estimate.isFinite ?? false } }
  }
}

/// The words for intervals of one level, or of several.
struct IntervalWords {
  /// `95% intervals`.
  let phrase: Phrase

  init(_ level: Double?) {
    let share = level.map { Percentage.text($0) + "%" } ?? ""
    phrase = Phrase(share.isEmpty ? "intervals" : "\(share) intervals", zh: "\(share)置信区间")
  }
}

/// Moran's I over the years, with the expectation where neighbours are unrelated.
public struct MoranFigure: Sendable, Equatable {
  /// One year; what is not finite is not drawn.
  public struct Year: Sendable, Equatable {
    /// The period.
    public let period: Int
    /// I.
    public let value: Double
    /// E(I).
    public let expected: Double
    /// sd(I).
    public let deviation: Double
    /// The two-sided p value.
    public let pValue: Double

    /// A year from its numbers.
    public init(period: Int, value: Double, expected: Double, deviation: Double, pValue: Double) {
      self.period = period
      self.value = value
      self.expected = expected
      self.deviation = deviation
      self.pValue = pValue
    }
  }

  /// What stands above it.
  public let title: Phrase
  /// The years.
  public let years: [Year]

  /// A figure from its parts.
  public init(title: Phrase, years: [Year]) {
    self.title = title
    self.years = years
  }

  /// What stands below it.
  public var caption: Phrase {
    Phrase("\(title.english) by period, under randomisation.", zh: "\(title.chinese)的逐期变化（随机化假设）。")
  }
}

/// Weights of indicators as bars, with the range over the years.
public struct WeightFigure: Sendable, Equatable {
  /// One indicator; what is not finite is not drawn.
  public struct Bar: Sendable, Equatable {
    /// The dimension, under whose name the bars of it stand.
    public let group: Phrase
    /// The indicator.
    public let label: Phrase
    /// Its weight.
    public let weight: Double
    /// The lowest weight of the periods.
    public let lowest: Double
    /// The highest weight of the periods.
    public let highest: Double

    /// A bar from its parts.
    public init(group: Phrase, label: Phrase, weight: Double, lowest: Double, highest: Double) {
      self.group = group
      self.label = label
      self.weight = weight
      self.lowest = lowest
      self.highest = highest
    }
  }

  /// What stands above it.
  public let title: Phrase
  /// The bars, from top to bottom.
  public let bars: [Bar]

  /// A figure from its parts.
  public init(title: Phrase, bars: [Bar]) {
    self.title = title
    self.bars = bars
  }

  /// What stands below it.
  public var caption: Phrase {
    Phrase(
      "Entropy weights of indicators by dimension; within an index they add to one.",
      zh: "按维度列示的指标熵权，同一指数内权重之和为1。")
  }
}

/// A curve over a variable's range with its band, and the place where it turns.
public struct CurveFigure: Sendable, Equatable {
  /// What its file is called, without an ending.
  public let name: String
  /// One point of the curve.
  public struct Point: Sendable, Equatable {
    /// The variable.
    public let x: Double
    /// The curve.
    public let y: Double
    /// The band's lower end.
    public let low: Double
    /// The band's upper end.
    public let high: Double

    /// A point from its numbers.
    public init(x: Double, y: Double, low: Double, high: Double) {
      (self.x, self.y, self.low, self.high) = (x, y, low, high)
    }
  }

  /// Whether zero is drawn as a line, for it says whether there is an effect.
  public let marksZero: Bool
  /// What stands above it.
  public let title: Phrase
  /// What stands below it.
  public let caption: Phrase
  /// What the horizontal axis shows.
  public let variable: Phrase
  /// What the vertical axis shows.
  public let outcome: Phrase
  /// The points from left to right.
  public let points: [Point]
  /// Where the curve turns; nil where that is outside.
  public let extreme: Double?
  /// The interval of the turning point, cut to the range; nil where it has none.
  public let interval: (low: Double, high: Double)?

  /// A figure from its parts.
  public init(
    name: String = "curve", title: Phrase, caption: Phrase, variable: Phrase, outcome: Phrase,
    points: [Point], extreme: Double?, interval: (low: Double, high: Double)?
  ) {
    self.name = name
    marksZero = false
    self.title = title
    self.caption = caption
    self.variable = variable
    self.outcome = outcome
    self.points = points
    self.extreme = extreme
    self.interval = interval
  }

  /// The curve of a turning point.
  init(_ turn: TurningPoint, outcome: String, level: Double) {
    let width = turn.high - turn.low
    let t = turn.slopeLow.reference
    let critical =
      Estimate(Parameter("", .marginalEffect), 0, standardError: 1, reference: t).interval(level).high
    points = (0...60).map { step in
      let x = turn.low + width * Double(step) / 60
      let (value, error) = turn.curve(at: x)
      return Point(x: x, y: value, low: value - critical * error, high: value + critical * error)
    }
    marksZero = false
    name = "turning_point_\(turn.variable)"
    variable = Phrase(WordedName(turn.variable, .quantity, typeset: true))
    let (outcome, turned) = (
      WordedName(outcome, .term, typeset: true).signed, WordedName(turn.variable, .term, typeset: true).signed
    )
    self.outcome = Phrase("\(outcome), change from the lower end", zh: "\(outcome)（相对区间下限的变化）")
    extreme = turn.isInside ? turn.extreme : nil
    if turn.fieller.kind == .interval, let piece = turn.fieller.pieces.first {
      let (low, high) = (max(piece.low, turn.low), min(piece.high, turn.high))
      interval = low < high ? (low, high) : nil
    } else {
      interval = nil
    }
    let words = IntervalWords(level).phrase
    title = Phrase("\(outcome) over \(turned)", zh: "\(outcome)与\(turned)的关系")
    caption = Phrase(
      "The part of \(outcome) that follows \(turned) and its square over the range of the test, less its value at the"
        + " lower end, with \(words.english); shaded the Fieller interval of the turning point. \(turn.sentence.english)",
      zh: "\(turned)及其平方项对\(outcome)的贡献（相对检验区间下限）及其\(words.chinese)；阴影为拐点的Fieller区间。"
        + turn.sentence.chinese)
  }

  /// The effect of a variable over the range of a moderator.
  init(_ band: MarginalBand, outcome: String, level: Double) {
    points = zip(band.values, band.effects).map { x, effect in
      let interval = effect.interval(level)
      return Point(x: x, y: effect.value, low: interval.low, high: interval.high)
    }
    marksZero = true
    name = "marginal_effect_\(band.variable)_by_\(band.moderator)"
    variable = Phrase(WordedName(band.moderator, .quantity, typeset: true))
    let (outcome, effect, moderator) = (
      WordedName(outcome, .term, typeset: true).signed,
      WordedName(band.variable, .term, typeset: true).signed,
      WordedName(band.moderator, .term, typeset: true).signed
    )
    self.outcome = Phrase("Effect of \(effect) on \(outcome)", zh: "\(effect)对\(outcome)的边际效应")
    (extreme, interval) = (nil, nil)
    let words = IntervalWords(level).phrase
    title = Phrase(
      "Effect of \(effect) over \(moderator)", zh: "\(effect)的边际效应随\(moderator)的变化")
    caption = Phrase(
      "The marginal effect of \(effect) on \(outcome) over the range of \(moderator), with \(words.english)"
        + " point by point; other moderators where they were placed first, else at their medians.",
      zh: "\(effect)对\(outcome)的边际效应随\(moderator)取值的变化及其逐点\(words.chinese)；其余调节变量取首个给定值或中位数。")
  }

  /// The figure with other phrases.
  func mapping(_ phrase: (Phrase) -> Phrase) -> CurveFigure {
    CurveFigure(
      self, title: phrase(title), caption: phrase(caption), variable: phrase(variable),
      outcome: phrase(outcome))
  }

  /// A figure with other words.
  private init(_ other: CurveFigure, title: Phrase, caption: Phrase, variable: Phrase, outcome: Phrase) {
    (name, marksZero, points, extreme, interval) = (
      other.name, other.marksZero, other.points, other.extreme, other.interval
    )
    self.title = title
    self.caption = caption
    self.variable = variable
    self.outcome = outcome
  }

  /// Whether two figures are the same.
  public static func == (one: CurveFigure, other: CurveFigure) -> Bool {
    one.title == other.title && one.caption == other.caption && one.points == other.points
      && one.extreme == other.extreme && one.interval?.low == other.interval?.low
      && one.interval?.high == other.interval?.high
  }
}
