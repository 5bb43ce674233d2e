import RuralValue

/// A place in a fragment where the page writes a number: only the page knows how many tables stand before.
///
/// Marks are comments, which no escaped text can hold, so that a fragment reads well without its page.
enum PlaceMark: String, CaseIterable {
  case section, table, sameTable, figure

  private static let opening = "<!--rv:"
  private static let closing = "-->"

  /// The mark as it stands in a fragment.
  var html: String { Self.opening + rawValue + Self.closing }

  /// Running numbers of a page.
  struct Counter {
    private var tables = 0
    private var figures = 0
    private let language: Language
    /// What stands before each number, as the letter of an appendix.
    private let lead: String

    init(language: Language, lead: String = "") {
      self.language = language
      self.lead = lead
    }

    /// A fragment with its numbers; `section` is the section's own, as 2.1.
    mutating func numbered(_ html: String, section: String) -> String {
      let bytes = Array(html.utf8)
      let opening = Array(PlaceMark.opening.utf8)
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + 64)
      var place = 0
      while place < bytes.count {
        if bytes[place] == opening[0], bytes[place...].starts(with: opening),
          let mark = PlaceMark.allCases.first(where: { bytes[place...].starts(with: $0.html.utf8) })
        {
          result += Array(text(of: mark, section: section).utf8)
          place += mark.html.utf8.count
        } else {
          result.append(bytes[place])
          place += 1
        }
      }
      return String(decoding: result, as: UTF8.self)
    }

    private mutating func text(of mark: PlaceMark, section: String) -> String {
      switch mark {
      case .section: return "<span class=\"rv-number\">\(section)</span> "
      case .table: tables += 1
      case .figure:
        figures += 1
        return numbered(Phrase("Figure \(lead)\(figures).", zh: "图\(lead)\(figures)"))
      case .sameTable: break
      }
      return numbered(Phrase("Table \(lead)\(tables).", zh: "表\(lead)\(tables)"))
    }

    private func numbered(_ term: Phrase) -> String {
      "<span class=\"rv-number\">\(term.text(in: language))</span>"
        + Phrase(" ", zh: "\u{2002}").text(in: language)
    }
  }
}
