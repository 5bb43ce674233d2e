public import RuralValue

/// County cards as one HTML file in which every county begins a page when it is printed.
public enum CountyCardPages {
  /// The file with the cards, a list of counties to jump to, and the rules below each table.
  public static func html(
    _ cards: [CountyCard], title: Phrase, rules: [Phrase], options: RenderOptions
  ) -> String {
    let language = options.language
    let heading = title.text(in: language)
    let links = cards.enumerated().map { place, card in
      "<a href=\"#card-\(place + 1)\">\(HTMLText.escaped(card.name))</a>"
    }.joined(separator: " · ")
    let notes = Wording.paragraph(rules.map { HTMLText.escaped($0.text(in: language)) }, language)
    let header =
      "<header>\n<h1>\(HTMLText.escaped(heading))</h1>\n<nav>\(links)</nav>\n</header>\n"
    let body = cards.enumerated().map { place, card in
      section(card, id: "card-\(place + 1)", notes: notes, options)
    }.joined()
    return HTMLPage.render(
      title: heading, body: body, language: language, header: header, moreStyle: style)
  }

  private static func section(
    _ card: CountyCard, id: String, notes: String, _ options: RenderOptions
  ) -> String {
    let language = options.language
    func words(_ phrase: Phrase) -> String { HTMLText.escaped(phrase.text(in: language)) }
    let facts = card.facts.map(words).joined(separator: " · ")
    let headlines = card.headlines.map { line in
      let colour = line.colour.map(MapPalette.warning) ?? "#d9d9d9"
      return "<p class=\"rv-headline\" style=\"border-color:\(colour)\">\(words(line.text))"
        + " <strong>\(words(line.colourText))</strong></p>\n"
    }.joined()
    let table = HTMLRenderer().render(card.table, options: options, place: .init(id: "\(id)-table"))
    return """
      <section class="rv-card" id="\(id)">
      <h2>\(HTMLText.escaped(card.name))</h2>
      <p class="rv-facts">\(facts)</p>
      \(headlines)\(table)<p class="rv-rules">\(notes)</p>
      </section>

      """
  }

  private static let style = """
    header { max-width: 62rem; margin: 2.5rem auto 0; padding: 0 1.5rem }
    header nav { font-size: .9rem; line-height: 1.8 }
    header nav a { color: #124a78 }
    .rv-card { margin: 0 0 4rem }
    .rv-card h2 { margin: 2.5rem 0 .2rem; padding-bottom: .3rem; border-bottom: 2px solid #111 }
    .rv-facts { color: #555; margin: 0 0 1rem }
    .rv-headline { border-left: .8rem solid; padding: .1rem 0 .1rem .7rem; margin: 0 0 .5rem }
    .rv-card .rv-scroll { margin: 1.2rem 0 1rem }
    .rv-rules { color: #555; font-size: .85rem }
    @media print {
      header { display: none }
      .rv-card { break-after: page; margin: 0 }
      .rv-headline { print-color-adjust: exact; -webkit-print-color-adjust: exact }
    }
    """
}
