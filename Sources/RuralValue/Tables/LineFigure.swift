/// Lines over periods, one for each group or measure; a line breaks where a value is missing.
public struct LineFigure: Sendable, Equatable {
  /// A period: where it stands on the axis, and what it is called.
  public struct Period: Sendable, Equatable {
    /// Its place in time, as `2015`; distances between periods are drawn as they are.
    public let place: Int
    /// What stands below the axis.
    public let label: String

    /// A period from its parts.
    public init(place: Int, label: String) {
      self.place = place
      self.label = label
    }

    /// A year or another whole number.
    public init(_ place: Int) { self.init(place: place, label: String(place)) }
  }

  /// One line.
  public struct Series: Sendable, Equatable {
    /// What it is called.
    public let label: Phrase
    /// A value for each period, where there is one; what is not finite is not drawn.
    public let values: [Double?]
    /// Whether it is the whole against which the other lines stand; it is drawn thick and black.
    public let isWhole: Bool

    /// A line from its parts.
    public init(label: Phrase, values: [Double?], isWhole: Bool = false) {
      self.label = label
      self.values = values
      self.isWhole = isWhole
    }
  }

  /// What its file is called, without an ending.
  public let name: String
  /// What stands above it.
  public let title: Phrase
  /// What stands below it.
  public let caption: Phrase
  /// What the vertical axis shows.
  public let axis: Phrase
  /// The periods from left to right.
  public let periods: [Period]
  /// The lines, each with a value or nil for every period.
  public let series: [Series]
  /// Whether the axis begins at zero, as for parts of a whole.
  public let startsAtZero: Bool

  /// A figure from its parts.
  public init(
    name: String = "lines", title: Phrase, caption: Phrase, axis: Phrase, periods: [Period], series: [Series],
    startsAtZero: Bool = false
  ) {
    precondition(
      series.allSatisfy { $0.values.count == periods.count }, "A line needs a place for every period.")
    self.name = name
    self.title = title
    self.caption = caption
    self.axis = axis
    self.periods = periods
    self.series = series
    self.startsAtZero = startsAtZero
  }
}
