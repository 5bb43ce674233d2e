import RuralValue

/// What stands before the chapters: facts, notes, failures and contents; and how a chapter begins.
struct ReportFront {
  private let outline: ReportOutline
  private let exhibits: [ReportExhibit]
  private let language: Language

  init(_ outline: ReportOutline, exhibits: [ReportExhibit], language: Language) {
    self.outline = outline
    self.exhibits = exhibits
    self.language = language
  }

  /// The paper's tables and figures.
  func paper(_ options: RenderOptions) -> String {
    guard !exhibits.isEmpty else { return "" }
    let shown = exhibits.map { exhibit in
      exhibit.html(options, section: exhibit.step.flatMap { outline.number(of: $0) })
    }
    return """
      <section class="rv-paper" aria-labelledby="rv-paper">
      <h2 id="rv-paper">\(words(ReportWords.paper))</h2>
      \(shown.joined())</section>

      """
  }

  /// The heading of a chapter and how to read it.
  func opening(of chapter: ReportOutline.Chapter) -> String {
    """
    <section class="rv-chapter" aria-labelledby="\(chapter.id)">
    <h2 id="\(chapter.id)">\(title(of: chapter))</h2>
    <p class="rv-guide">\(words(chapter.chapter.guide))</p>

    """
  }

  /// That data are simulated, where any section says so.
  var simulatedNote: String {
    guard outline.fragments.contains(where: \.isSimulated) else { return "" }
    return "<p class=\"rv-simulated\" role=\"note\"><strong>\(words(ReportWords.simulated))</strong></p>\n"
  }

  /// Facts about the study as a list of names and values.
  func facts(_ facts: [(label: Phrase, value: String)]) -> String {
    guard !facts.isEmpty else { return "" }
    let rows = facts.map {
      "<div><dt>\(HTMLText.escaped(words($0.label)))</dt><dd>\(HTMLText.escaped($0.value))</dd></div>\n"
    }
    return "<dl class=\"rv-facts\">\n\(rows.joined())</dl>\n"
  }

  /// Notes about the whole study.
  func notes(_ notes: [Phrase]) -> String {
    guard !notes.isEmpty else { return "" }
    let items = notes.map { "<li>\(HTMLText.escaped(words($0)))</li>\n" }
    return "<ul class=\"rv-study-notes\">\n\(items.joined())</ul>\n"
  }

  /// The steps that failed, with the first line of why.
  var failures: String {
    let failed = outline.sections.filter(\.fragment.isFailure)
    guard !failed.isEmpty else { return "" }
    let heading = words(ReportWords.failures(failed.count, of: outline.sections.count))
    let items = failed.map { section in
      "<li>\(link(section))\(section.fragment.reason.map { "\(words(Phrase(": ", zh: "：")))\(HTMLText.escaped($0))" } ?? "")</li>\n"
    }
    return "<div class=\"rv-failure\" role=\"note\">\n<p><strong>\(heading)</strong></p>\n"
      + "<ul>\n\(items.joined())</ul>\n</div>\n"
  }

  /// The list of contents by chapter.
  var contents: String {
    guard !outline.chapters.isEmpty else { return "" }
    let chapters = outline.chapters.map { chapter in
      let sections = chapter.sections.map { "<li>\(link($0))\(failedMark($0))</li>\n" }.joined()
      return "<li><a href=\"#\(chapter.id)\">\(title(of: chapter))</a>\n<ol>\n\(sections)</ol></li>\n"
    }
    return """
      <nav aria-labelledby="rv-contents">
      <h2 id="rv-contents">\(words(ReportWords.contents))</h2>
      <ol>
      \(paperContents)\(chapters.joined())</ol>
      </nav>

      """
  }

  private var paperContents: String {
    guard !exhibits.isEmpty else { return "" }
    let items = exhibits.map { exhibit in
      "<li>\(exhibit.place.link(language)) \(HTMLText.escaped(exhibit.title(language)))</li>\n"
    }
    return "<li><a href=\"#rv-paper\">\(words(ReportWords.paper))</a>\n<ol>\n\(items.joined())</ol></li>\n"
  }

  /// `3 Models`, or `Appendix C: Models`.
  private func title(of chapter: ReportOutline.Chapter) -> String {
    let title = words(chapter.chapter.title)
    guard outline.isAppendix else { return "<span class=\"rv-number\">\(chapter.number)</span> \(title)" }
    return
      "<span class=\"rv-number\">\(words(ReportWords.appendix))\(words(Phrase(" ", zh: "")))\(chapter.number)</span>"
      + "\(words(Phrase(". ", zh: "　")))\(title)"
  }

  /// What stands in the page where there is no section.
  var nothing: String { "<p>\(words(ReportWords.nothing))</p>\n" }

  private func link(_ section: ReportOutline.Section) -> String {
    "<a href=\"#\(section.fragment.id)\"><span class=\"rv-number\">\(section.number)</span>"
      + " \(HTMLText.escaped(section.fragment.title))</a>"
  }

  private func failedMark(_ section: ReportOutline.Section) -> String {
    guard section.fragment.isFailure else { return "" }
    return " <strong class=\"rv-failed\">\(words(ReportWords.failedMark))</strong>"
  }

  private func words(_ term: Phrase) -> String { term.text(in: language) }
}
