public import RuralValue

/// Writes results for people in one format.
public protocol TableRenderer: Sendable {
  /// One table with its title and notes.
  func render(_ table: ResultTable, options: RenderOptions) -> String
  /// The tables of a result that are to be shown, the size of the sample and the notes.
  func render(_ document: ResultDocument, options: RenderOptions) -> String
}

/// Words that stand around tables.
enum Wording {
  /// What introduces notes.
  static func notesLabel(_ language: Language) -> String {
    Phrase("Notes:", zh: "注：").text(in: language)
  }

  /// What stands between sentences, and between the label and the notes.
  static func space(_ language: Language) -> String {
    Phrase(" ", zh: "").text(in: language)
  }

  /// The notes as one paragraph.
  static func paragraph(_ notes: [String], _ language: Language) -> String {
    notes.joined(separator: space(language))
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// What stands for rows that a text table leaves out.
  static func omitted(_ count: Int, _ language: Language) -> String {
    Phrase("... \(counted(count, "row")) more ...", zh: "... 另有\(count)行 ...").text(in: language)
  }
}

/// What a reader chooses about tables for people.
public struct RenderOptions: Sendable, Equatable {
  /// The language of titles, headings and notes.
  public var language: Language
  /// Digits of numbers that have no number of decimals of their own.
  public var digits: NumberDigits
  /// Significance levels; a p value below the largest gives one star, below the next two, and so on.
  public var starLevels: [Double]
  /// Whether text may carry ANSI sequences: the title in bold, the notes faint.
  public var usesColour: Bool
  /// The terminal's width in columns, at which text tables continue below; nil where nothing limits it.
  public var width: Int?
  /// The most rows that a text table shows, leaving some out in the middle; nil for all.
  public var rowLimit: Int?
  /// Whose tables these are, a verb's or a step's: what labels begin with, so that two steps' `effects` differ.
  public var scope = ""

  /// Options; the defaults are those of the command line off a terminal.
  public init(
    language: Language = .english, digits: NumberDigits = 3, starLevels: [Double] = StarMarks.defaultLevels,
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

extension ResultDocument.Sample {
  /// The size of the sample in a sentence: `Sample: 630 observations, 90 units, 7 periods.`
  public var sentence: Phrase {
    let counts = [
      Wording.counted(observations, "observation"), Wording.counted(units, "unit"),
      Wording.counted(periods, "period"),
    ]
    let hasDropped = droppedRows > 0
    return Phrase(
      "Sample: " + counts.joined(separator: ", ")
        + (hasDropped ? "; \(Wording.counted(droppedRows, "row")) dropped" : "") + ".",
      zh: "样本：观测值\(observations)个，个体\(units)个，时期\(periods)个"
        + (hasDropped ? "；剔除\(droppedRows)行" : "") + "。")
  }
}
