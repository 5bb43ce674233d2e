import RuralValue

/// A section that has been turned into HTML, ready to be put into the page.
public struct ReportFragment: Sendable, Equatable {
  /// The section's place in the page.
  let anchor: String
  /// The part of the report that it belongs to.
  let chapter: ReportChapter
  /// The heading, in the report's language.
  let title: String
  /// The first line of why the step failed; nil for one that did not.
  let reason: String?
  /// Whether the section says that its data are simulated.
  let isSimulated: Bool
  /// The section's HTML, in which numbers of the section, tables and figures are left open for the page.
  let html: String

  /// Turns a section into HTML.
  public init(_ section: ReportSection, options: RenderOptions) {
    let writer = SectionWriter(section, options: options)
    anchor = section.anchor
    chapter = section.chapter
    title = section.title.text(in: options.language)
    reason = section.failure.map { String($0.prefix { $0 != "\n" }) }
    isSimulated = writer.isSimulated
    html = writer.html
  }

  /// Whether the step failed.
  var isFailure: Bool { reason != nil }

  /// The section's id in the page: its anchor without what neither ids nor links can hold.
  var id: String { Self.id(anchor) }

  static func id(_ anchor: String) -> String {
    let kept = String(anchor.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "-" })
    return kept.isEmpty ? "step" : kept
  }
}
