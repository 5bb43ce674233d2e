import RuralValue

/// Writes a section of the report: heading, failure, tables, figures, notes and the call.
///
/// All ids begin with the section's own, so that a page may hold many sections.
struct SectionWriter {
  /// Tables with more rows can be folded away.
  static let openRows = 60

  private let section: ReportSection
  private let options: RenderOptions
  private let id: String

  init(_ section: ReportSection, options: RenderOptions) {
    self.section = section
    self.options = options
    id = ReportFragment.id(section.anchor)
  }

  /// The whole section.
  var html: String {
    let name = "\(id).heading"
    let opening =
      "<section class=\"rv-section\" id=\"\(id)\" aria-labelledby=\"\(name)\""
      + (isSimulated ? " data-simulated=\"yes\"" : "") + ">\n"
    let heading =
      "<h3 id=\"\(name)\">\(PlaceMark.section.html)\(HTMLText.escaped(words(section.title)))</h3>\n"
    return opening + heading + failure + results + notes + call + "</section>\n"
  }

  /// Whether the section says that its data are simulated.
  var isSimulated: Bool {
    section.notes.contains(ResultDocument.simulatedMark) || section.tables.contains(where: \.isSimulated)
  }

  private var failure: String {
    guard let reason = section.failure else { return "" }
    return """
      <div class="rv-failure" role="note">
      <p><strong>\(words(ReportWords.failed))</strong> \(words(ReportWords.othersStand))</p>
      <pre class="rv-reason">\(HTMLText.escaped(reason))</pre>
      </div>

      """
  }

  /// Tables and figures; those of a robustness check can be folded away, for its numbers stand in the comparison. They are open
  /// from the start, for a browser prints nothing of what is folded.
  private var results: String {
    let all = tables + figures
    let isComparison = section.tables.contains { $0.shown.name.hasPrefix("robustness") }
    guard section.chapter == .robustness, !isComparison, !all.isEmpty else { return all }
    return
      "<details class=\"rv-variant\" open=\"open\">\n<summary>\(words(ReportWords.variant))</summary>\n\(all)</details>\n"
  }

  private var tables: String {
    var names: [String: Int] = [:]
    return section.tables.map { table in
      if let places = section.tablesElsewhere[table.name] { return elsewhere(places, table.shown.title) }
      names[table.shown.name, default: 0] += 1
      let number = names[table.shown.name] ?? 1
      let name = ReportFragment.id(table.shown.name) + (number == 1 ? "" : ".\(number)")
      return written(table, id: "\(id).table-\(name)")
    }.joined()
  }

  private func written(_ table: ReportTable, id: String) -> String {
    let (shown, count) = (table.shown, table.rowCount)
    let html = HTMLRenderer().render(
      shown, options: options, place: .init(id: id, captionLead: PlaceMark.table.html, isNarrow: true))
    guard count > Self.openRows else { return html }
    // The summary comes first and takes the table's number; the caption inside repeats it.
    let inside = html.replacing(PlaceMark.table.html, with: PlaceMark.sameTable.html, maxReplacements: 1)
    let title = HTMLText.escaped(words(shown.title))
    return "<details class=\"rv-long\" open=\"open\">\n<summary>\(PlaceMark.table.html)\(title)"
      + " <span class=\"rv-count\">\(words(ReportWords.rows(count, shown: shown.rowCount)))</span></summary>\n"
      + inside + "</details>\n"
  }

  private var figures: String {
    section.figures.enumerated().map { place, figure in
      if let places = section.figuresElsewhere[place] { return elsewhere(places, figure.caption) }
      return figure.html(id: "\(id).figure-\(place + 1)", lead: PlaceMark.figure.html, options)
    }.joined()
  }

  /// What stands in the place of a table or figure that the paper's part has.
  private func elsewhere(_ places: [ReportExhibit.Place], _ title: Phrase) -> String {
    let links = places.map { $0.link(options.language) }.joined(separator: words(Phrase(", ", zh: "、")))
    return
      "<p class=\"rv-elsewhere\">\(links)\(words(Phrase(": ", zh: "：")))\(HTMLText.escaped(words(title)))</p>\n"
  }

  private var notes: String {
    guard !section.notes.isEmpty else { return "" }
    let items = section.notes.map { "<li>\(HTMLText.escaped(words($0)))</li>\n" }.joined()
    return
      "<div class=\"rv-section-notes\">\n<h4>\(words(ReportWords.notes))</h4>\n<ul>\n\(items)</ul>\n</div>\n"
  }

  private var call: String {
    guard let call = section.call else { return "" }
    return "<div class=\"rv-call\">\n<h4>\(words(ReportWords.call))</h4>\n"
      + "<pre><code>\(Self.words(ofCall: call))</code></pre>\n</div>\n"
  }

  /// A call whose options do not break at their dashes.
  private static func words(ofCall call: String) -> String {
    call.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let escaped = HTMLText.escaped(String(word))
      return word.hasPrefix("--") && word.count < 40 ? "<span>\(escaped)</span>" : escaped
    }.joined(separator: " ")
  }

  private func words(_ term: Phrase) -> String { term.text(in: options.language) }
}
