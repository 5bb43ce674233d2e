public import RuralValue

/// A section that has been turned into HTML, ready to be kept and to be put into the page.
public struct ReportFragment: Sendable, Equatable {
  /// The section's place in the page.
  public let anchor: String
  /// The part of the report that it belongs to.
  public let chapter: ReportChapter
  /// The heading, in the report's language.
  public let title: String
  /// Whether the step failed.
  public let isFailure: Bool
  /// The section's HTML.
  public let html: String

  /// A fragment from its parts.
  public init(anchor: String, chapter: ReportChapter, title: String, isFailure: Bool, html: String) {
    self.anchor = anchor
    self.chapter = chapter
    self.title = title
    self.isFailure = isFailure
    self.html = html
  }

  /// Turns a section into HTML.
  public init(_ section: ReportSection, options: RenderOptions) {
    let title = section.title.text(in: options.language)
    let tables = section.tables.map { HTMLRenderer().render($0, options: options) }.joined()
    self.init(
      anchor: section.anchor, chapter: section.chapter, title: title, isFailure: section.failure != nil,
      html: "<h2>\(HTMLText.escaped(title))</h2>\n" + tables)
  }
}

/// The report of a study: one page that needs no other file.
public enum ReportPage {
  /// The page from its title, facts about the study, and the fragments of its steps.
  public static func render(
    title: String, facts: [(label: Term, value: String)], fragments: [ReportFragment], notes: [Term],
    options: RenderOptions
  ) -> String {
    HTMLPage.render(title: title, body: fragments.map(\.html).joined(), language: options.language)
  }
}
