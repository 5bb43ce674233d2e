public import RuralValue

/// The report of a study: one page that needs no other file, no network and no script.
public enum ReportPage {
  /// The page from its title, its first page, the paper's tables and figures, facts about the study, and the fragments of its
  /// steps.
  ///
  /// Where the paper's part has anything, the steps are its appendix. Chapters stand in their own order, and the steps of a
  /// chapter in the order in which they are given.
  public static func render(
    title: String, summary: ReportSummary? = nil, exhibits: [ReportExhibit] = [],
    facts: [(label: Phrase, value: String)], fragments: [ReportFragment], notes: [Phrase],
    options: RenderOptions
  ) -> String {
    let language = options.language
    let outline = ReportOutline(fragments, isAppendix: !exhibits.isEmpty)
    let front = ReportFront(outline, exhibits: exhibits, language: language)
    var running = PlaceMark.Counter(language: language)
    let chapters = outline.chapters.map { chapter in
      var own = outline.isAppendix ? PlaceMark.Counter(language: language, lead: chapter.number) : running
      let sections = chapter.sections.map { own.numbered($0.fragment.html, section: $0.number) }.joined()
      running = own
      return front.opening(of: chapter) + sections + "</section>\n"
    }
    let header =
      "<header>\n<h1>\(HTMLText.escaped(title))</h1>\n"
      + front.simulatedNote + front.failures + (summary?.html(options) ?? "") + front.facts(facts)
      + front.notes(notes) + "</header>\n" + front.contents
    let body = front.paper(options) + (chapters.isEmpty ? front.nothing : chapters.joined())
    return HTMLPage.render(
      title: title, body: body, language: language, header: header, moreStyle: ReportStyle.css)
  }
}
