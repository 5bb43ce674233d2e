/// A picture as values, free of any format: the report draws it.
public enum ResultFigure: Sendable, Equatable {
  /// Estimates with their intervals.
  case intervals(IntervalFigure)
  /// Moran's I over the years.
  case moran(MoranFigure)
  /// Weights of indicators.
  case weights(WeightFigure)
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
    public let group: String
    /// The indicator.
    public let label: Phrase
    /// Its weight.
    public let weight: Double
    /// The lowest weight of the periods.
    public let lowest: Double
    /// The highest weight of the periods.
    public let highest: Double

    /// A bar from its parts.
    public init(group: String, label: Phrase, weight: Double, lowest: Double, highest: Double) {
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
