public import RuralValue

/// One step of a study as the report tells it.
public struct ReportSection: Sendable, Equatable {
  /// The step's name, which is its place in the page and its folder: `gmm-products`.
  public let anchor: String
  /// The part of the report that the step belongs to.
  public let chapter: ReportChapter
  /// The heading.
  public let title: Phrase
  /// The call that gives the same tables, as one would type it.
  public let call: String?
  /// The tables in the order in which they are shown.
  public let tables: [ReportTable]
  /// Maps and plots.
  public let figures: [ReportFigure]
  /// Where the paper's part has those of its tables that it shows, by their names.
  public let tablesElsewhere: [String: [ReportExhibit.Place]]
  /// Where the paper's part has those of its figures that it shows, by their places.
  public let figuresElsewhere: [Int: [ReportExhibit.Place]]
  /// What the reader must know.
  public let notes: [Phrase]
  /// Why the step has no result, if it failed.
  public let failure: String?

  /// A section from its parts.
  public init(
    anchor: String, chapter: ReportChapter, title: Phrase, call: String? = nil, tables: [ReportTable] = [],
    figures: [ReportFigure] = [], tablesElsewhere: [String: [ReportExhibit.Place]] = [:],
    figuresElsewhere: [Int: [ReportExhibit.Place]] = [:], notes: [Phrase] = [], failure: String? = nil
  ) {
    self.anchor = anchor
    self.chapter = chapter
    self.title = title
    self.call = call
    self.tables = tables
    self.figures = figures
    self.tablesElsewhere = tablesElsewhere
    self.figuresElsewhere = figuresElsewhere
    self.notes = notes
    self.failure = failure
  }
}

/// A map or plot with what stands below it.
public struct ReportFigure: Sendable, Equatable {
  /// The drawing, a whole SVG document.
  public let svg: String
  /// What it shows.
  public let caption: Phrase

  /// A figure from its drawing and its caption.
  public init(svg: String, caption: Phrase) {
    self.svg = svg
    self.caption = caption
  }
}

/// The parts of a report, in their order.
public enum ReportChapter: String, Sendable, Equatable, CaseIterable {
  case data, indices, association, linearPanel, dynamicPanel, space, spatialModel, comparison, robustness,
    evaluation, maps
}

extension ReportChapter {
  /// The chapters that are there in their order, with their numbers: 1, 2 and so on, or the letters of an appendix.
  public static func numbered(
    _ present: Set<ReportChapter>, isAppendix: Bool
  ) -> [(chapter: ReportChapter, number: String)] {
    allCases.filter(present.contains).enumerated().map { place, chapter in
      let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place)))
      return (chapter, isAppendix ? letter : "\(place + 1)")
    }
  }
}
