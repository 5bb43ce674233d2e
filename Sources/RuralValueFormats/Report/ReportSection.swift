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
  /// What the reader must know.
  public let notes: [Phrase]
  /// Why the step has no result, if it failed.
  public let failure: String?

  /// A section from its parts.
  public init(
    anchor: String, chapter: ReportChapter, title: Phrase, call: String? = nil, tables: [ReportTable] = [],
    figures: [ReportFigure] = [], notes: [Phrase] = [], failure: String? = nil
  ) {
    self.anchor = anchor
    self.chapter = chapter
    self.title = title
    self.call = call
    self.tables = tables
    self.figures = figures
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
