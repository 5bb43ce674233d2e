public import RuralValue

/// The first page of a report: what was asked, the numbers that answer it, and what speaks against them.
public struct ReportSummary: Sendable, Equatable {
  /// The questions, each with how it was answered.
  public let questions: [(words: Phrase, answeredBy: Phrase?)]
  /// The numbers with their intervals; nil where the study has none.
  public let findings: ResultTable?
  /// What speaks against the numbers, the gravest first.
  public let objections: [Phrase]

  /// A first page from its parts.
  public init(
    questions: [(words: Phrase, answeredBy: Phrase?)], findings: ResultTable?, objections: [Phrase]
  ) {
    self.questions = questions
    self.findings = findings
    self.objections = objections
  }

  /// Whether two first pages say the same.
  public static func == (one: ReportSummary, other: ReportSummary) -> Bool {
    one.questions.elementsEqual(other.questions) { $0 == $1 } && one.findings == other.findings
      && one.objections == other.objections
  }

  /// What the page is called.
  public static let title = Phrase("Summary", zh: "摘要")
  /// What stands above the questions.
  public static let asked = Phrase("What was asked", zh: "研究问题")
  /// What stands above the objections.
  public static let against = Phrase("What speaks against it", zh: "对结论不利的证据")
  /// What stands in the place of objections where there are none.
  public static let nothingAgainst = Phrase(
    "No warning, no test and no variant of this study does. The program sees only what was run.",
    zh: "本研究的警示、检验与变体均未见不利证据；程序只能判断已运行的部分。")

  /// The page as HTML.
  func html(_ options: RenderOptions) -> String {
    func words(_ phrase: Phrase) -> String { HTMLText.escaped(phrase.text(in: options.language)) }
    let asked = questions.map { question in
      let by = question.answeredBy.map { "<br><span class=\"rv-by\">\(words($0))</span>" } ?? ""
      return "<li>\(words(question.words))\(by)</li>\n"
    }
    let table =
      findings.map {
        HTMLRenderer().render(
          $0, options: options, place: .init(id: "rv-first.findings", isNarrow: true))
      } ?? ""
    let items = (objections.isEmpty ? [Self.nothingAgainst] : objections).map { "<li>\(words($0))</li>\n" }
    return """
      <section class="rv-first" id="rv-first" aria-labelledby="rv-first.heading">
      <h2 id="rv-first.heading">\(words(Self.title))</h2>
      \(asked.isEmpty ? "" : "<h3>\(words(Self.asked))</h3>\n<ol>\n\(asked.joined())</ol>\n")\(table)\
      <h3>\(words(Self.against))</h3>
      <ul>
      \(items.joined())</ul>
      </section>

      """
  }
}
