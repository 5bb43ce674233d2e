import RuralValue

/// The chapters of a report that have sections, with their numbers.
struct ReportOutline {
  let chapters: [Chapter]
  let fragments: [ReportFragment]
  /// Whether chapters are an appendix, A, B and so on, behind the paper's tables and figures.
  let isAppendix: Bool

  struct Chapter {
    let chapter: ReportChapter
    /// `3`, or `C` in an appendix.
    let number: String
    let sections: [Section]

    /// The chapter's id in the page.
    var id: String { "rv-chapter-\(chapter.rawValue)" }
  }

  struct Section {
    let fragment: ReportFragment
    let number: String
  }

  init(_ fragments: [ReportFragment], isAppendix: Bool) {
    self.fragments = fragments
    self.isAppendix = isAppendix
    let present = Set(fragments.map(\.chapter))
    chapters = ReportChapter.numbered(present, isAppendix: isAppendix).map { chapter, number in
      let own = fragments.filter { $0.chapter == chapter }
      return Chapter(
        chapter: chapter, number: number,
        sections: own.enumerated().map { Section(fragment: $1, number: "\(number).\($0 + 1)") })
    }
  }

  /// All sections in the order of the page.
  var sections: [Section] { chapters.flatMap(\.sections) }

  /// The number of a step's section.
  func number(of step: String) -> String? { sections.first { $0.fragment.anchor == step }?.number }
}
