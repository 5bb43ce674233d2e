public import RuralValue

/// What a reader chooses about tables for people.
public struct RenderOptions: Sendable, Equatable {
  /// The language of titles, headings and notes.
  public var language: Language
  /// Decimals of numbers that have no number of decimals of their own.
  public var digits: Int
  /// Significance levels; a p value below the largest gives one star, below the next two, and so on.
  public var starLevels: [Double]
  /// Whether text may carry ANSI sequences: the title in bold, the notes faint.
  public var usesColour: Bool
  /// The terminal's width in columns, at which text tables continue below; nil where nothing limits it.
  public var width: Int?
  /// The most rows that a text table shows, leaving some out in the middle; nil for all.
  public var rowLimit: Int?

  /// Options; the defaults are those of the command line off a terminal.
  public init(
    language: Language = .english, digits: Int = 3, starLevels: [Double] = StarMarks.defaultLevels,
    usesColour: Bool = false, width: Int? = nil, rowLimit: Int? = nil
  ) {
    self.language = language
    self.digits = digits
    self.starLevels = starLevels
    self.usesColour = usesColour
    self.width = width
    self.rowLimit = rowLimit
  }
}
