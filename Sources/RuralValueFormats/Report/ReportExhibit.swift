public import RuralValue

/// A table or figure of the paper with its number there.
public struct ReportExhibit: Sendable, Equatable {
  /// Its place: the number under which the paper has it.
  public let place: Place
  /// What it shows.
  public let content: Content
  /// The step that it comes from; nil where it is the report's own.
  public let step: String?

  /// A number of the paper's.
  public enum Place: Sendable, Hashable {
    /// `Table 4`.
    case table(Int)
    /// `Figure 3`.
    case figure(Int)

    /// What it is called.
    public var label: Phrase {
      switch self {
      case .table(let number): Phrase("Table \(number)", zh: "表\(number)")
      case .figure(let number): Phrase("Figure \(number)", zh: "图\(number)")
      }
    }

    /// Its id in the page.
    var id: String {
      switch self {
      case .table(let number): "rv-table-\(number)"
      case .figure(let number): "rv-figure-\(number)"
      }
    }

    /// A link to it.
    func link(_ language: Language) -> String { "<a href=\"#\(id)\">\(label.text(in: language))</a>" }
  }

  /// What an exhibit shows.
  public enum Content: Sendable, Equatable {
    /// A table.
    case table(ReportTable)
    /// A map or plot.
    case figure(ReportFigure)
    /// Nothing, and why: the step failed, or has nothing of the name.
    case missing(Phrase)
  }

  /// An exhibit from its parts.
  public init(_ place: Place, _ content: Content, step: String?) {
    self.place = place
    self.content = content
    self.step = step
  }

  /// What it is about, for the list of contents.
  func title(_ language: Language) -> String {
    switch content {
    case .table(let table): table.shown.title.text(in: language)
    case .figure(let figure): figure.caption.text(in: language)
    case .missing: Phrase("not there", zh: "缺失").text(in: language)
    }
  }

  /// The exhibit as HTML; `section` is the number of the section with what belongs to it.
  func html(_ options: RenderOptions, section: String?) -> String {
    let language = options.language
    let lead =
      "<span class=\"rv-number\">\(place.label.text(in: language))\(Phrase(".", zh: "").text(in: language))</span>"
      + Phrase(" ", zh: "\u{2002}").text(in: language)
    let source = section.flatMap { number in
      step.map { step in
        "<p class=\"rv-from\">\(Phrase("What belongs to it:", zh: "相关结果：").text(in: language))"
          + " <a href=\"#\(ReportFragment.id(step))\">\(number)</a></p>\n"
      }
    }
    switch content {
    case .table(let table):
      return HTMLRenderer().render(
        table.shown, options: options, place: .init(id: place.id, captionLead: lead, isNarrow: true))
        + (source ?? "")
    case .figure(let figure):
      return figure.html(id: place.id, lead: lead, options) + (source ?? "")
    case .missing(let reason):
      return "<div class=\"rv-failure\" id=\"\(place.id)\" role=\"note\"><p>\(lead)"
        + "\(HTMLText.escaped(reason.text(in: language)))</p></div>\n"
    }
  }
}

extension ReportFigure {
  /// The figure as HTML with what stands before its caption.
  func html(id: String, lead: String, _ options: RenderOptions) -> String {
    """
    <figure id="\(id)">
    \(drawing(prefix: "\(id).", options))<figcaption>\(lead)\
    \(HTMLText.escaped(caption.text(in: options.language)))</figcaption>
    </figure>

    """
  }

  /// The drawing in the page, or why it is left out.
  private func drawing(prefix: String, _ options: RenderOptions) -> String {
    do throws(ForeignDrawing) {
      return try EmbeddedSVG.html(svg, prefix: prefix)
    } catch {
      let words = ReportWords.leftOut(error.found).text(in: options.language)
      return "<p>\(HTMLText.escaped(words))</p>\n"
    }
  }
}
