import RuralValue

/// The chapters of a report that have sections, with their numbers.
struct ReportOutline {
  let chapters: [Chapter]
  let fragments: [ReportFragment]

  struct Chapter {
    let chapter: ReportChapter
    let number: Int
    let sections: [Section]

    /// The chapter's id in the page.
    var id: String { "rv-chapter-\(chapter.rawValue)" }
  }

  struct Section {
    let fragment: ReportFragment
    let number: String
  }

  init(_ fragments: [ReportFragment]) {
    self.fragments = fragments
    let present = ReportChapter.allCases.filter { chapter in fragments.contains { $0.chapter == chapter } }
    chapters = present.enumerated().map { place, chapter in
      let own = fragments.filter { $0.chapter == chapter }
      return Chapter(
        chapter: chapter, number: place + 1,
        sections: own.enumerated().map { Section(fragment: $1, number: "\(place + 1).\($0 + 1)") })
    }
  }

  /// All sections in the order of the page.
  var sections: [Section] { chapters.flatMap(\.sections) }
}
