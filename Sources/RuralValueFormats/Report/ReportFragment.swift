import RuralValue

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
  /// The section's HTML, in which numbers of the section, tables and figures are left open for the page.
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
    self.init(
      anchor: section.anchor, chapter: section.chapter, title: section.title.text(in: options.language),
      isFailure: section.failure != nil, html: SectionWriter(section, options: options).html)
  }

  /// The section's id in the page: its anchor without what neither ids nor links can hold.
  var id: String { Self.id(anchor) }

  static func id(_ anchor: String) -> String {
    let kept = String(anchor.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "-" })
    return kept.isEmpty ? "step" : kept
  }

  /// Whether the section says that its data are simulated.
  var isSimulated: Bool { html.prefix(600).contains(SectionWriter.simulatedMark) }

  /// The first line of why the step failed, as HTML.
  var reason: Substring? {
    guard isFailure, let start = html.firstRange(of: SectionWriter.reasonOpening)?.upperBound else {
      return nil
    }
    return html[start...].prefix { $0 != "\n" && $0 != "<" }
  }
}
