public import RuralValue

/// The report of a study: one page that needs no other file, no network and no script.
public enum ReportPage {
  /// The page from its title, facts about the study, and the fragments of its steps.
  ///
  /// Chapters stand in their own order, and the steps of a chapter in the order in which they are given.
  public static func render(
    title: String, facts: [(label: Phrase, value: String)], fragments: [ReportFragment], notes: [Phrase],
    options: RenderOptions
  ) -> String {
    let language = options.language
    let outline = ReportOutline(fragments)
    let front = ReportFront(outline, language: language)
    var counter = PlaceMark.Counter(language: language)
    let chapters = outline.chapters.map { chapter in
      front.opening(of: chapter)
        + chapter.sections.map { counter.numbered($0.fragment.html, section: $0.number) }.joined()
        + "</section>\n"
    }
    let header =
      "<header>\n<h1>\(HTMLText.escaped(title))</h1>\n"
      + front.simulatedNote + front.facts(facts) + front.notes(notes) + front.failures
      + "</header>\n" + front.contents
    return HTMLPage.render(
      title: title, body: chapters.isEmpty ? front.nothing : chapters.joined(), language: language,
      header: header, moreStyle: ReportStyle.css)
  }
}
