public import RuralValue

/// A whole HTML page around tables and figures, which needs no other file and prints as it looks.
public enum HTMLPage {
  /// The page with a title and the HTML of its body.
  public static func render(title: String, body: String, language: Language) -> String {
    render(title: title, body: body, language: language, header: "", moreStyle: "")
  }

  /// The page with what stands before its main part, such as a list of contents, and with further style.
  static func render(
    title: String, body: String, language: Language, header: String, moreStyle: String
  ) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(HTMLText.languageTag(language))">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(style)\(moreStyle.isEmpty ? "" : "\n" + moreStyle)
    </style>
    </head>
    <body>
    \(header)<main>
    \(body)</main>
    </body>
    </html>

    """
  }

  /// The look of journal tables, beside the rules in the cells themselves: room, digits of one width, paper.
  public static let style = """
    :root { --rule: #111; --ink: #111; --faint: #555 }
    body { margin: 0; background: #fff; color: var(--ink);
      font: 1rem/1.5 "Times New Roman", "Liberation Serif", "Noto Serif CJK SC", "Source Han Serif SC",
        "Songti SC", SimSun, serif }
    main { max-width: 62rem; margin: 2.5rem auto; padding: 0 1.5rem }
    h1 { font-size: 1.5rem; margin: 0 0 1.5rem }
    h2 { font-size: 1.2rem; margin: 2.5rem 0 1rem }
    .rv-scroll { overflow-x: auto; overflow-y: hidden; margin: 0 0 2.5rem }
    .rv-table { border-collapse: collapse; margin: 0 auto; min-width: min(26rem, 100%); font-size: .95rem;
      line-height: 1.35; font-variant-numeric: lining-nums tabular-nums }
    .rv-table caption { font-weight: bold; padding: 0 0 .5rem; text-wrap: balance }
    .rv-table th, .rv-table td { padding: .14rem .7rem; text-align: left; vertical-align: baseline;
      font-weight: normal }
    .rv-table thead tr:first-child th { padding-top: .35rem }
    .rv-table thead tr:last-child th, .rv-table thead th[rowspan] { padding-bottom: .35rem }
    .rv-table thead th { vertical-align: bottom }
    .rv-table thead th:not(:first-child) { text-wrap: balance }
    .rv-table tbody tr:first-child > * { padding-top: .35rem }
    .rv-table tbody tr:last-child > * { padding-bottom: .35rem }
    .rv-table th.rv-block { font-style: italic }
    .rv-table :lang(zh) th.rv-block, .rv-table:lang(zh) th.rv-block { font-style: normal; font-weight: bold }
    .rv-table .rv-n { text-align: right; white-space: nowrap }
    .rv-table thead .rv-n { white-space: normal }
    th > .rv-lines { display: inline-block; text-align: center }
    td > .rv-after { display: inline-block; text-align: left; white-space: nowrap }
    .rv-table tfoot td { padding: .5rem .7rem 0; white-space: normal }
    .rv-notes { width: 0; min-width: 100%; color: #555; font-size: .9em; text-align: left }
    .rv-document-note { color: var(--faint); font-size: .9rem; margin: .3rem 0 }
    @media print {
      @page { margin: 2cm }
      main { max-width: none; margin: 0; padding: 0 }
      .rv-scroll { overflow: visible }
      .rv-table { font-size: 9pt }
      .rv-table thead { display: table-header-group }
      .rv-table tfoot { display: table-row-group }
      .rv-table tr { break-inside: avoid }
      .rv-table caption { break-after: avoid }
      .rv-table.rv-short { break-inside: avoid }
    }
    """
}

/// Text as HTML and SVG show it literally, in content and in attributes.
public enum HTMLText {
  /// A text in which nothing is markup, whatever stands beside a sign and joins it to one character, and
  /// nothing is a character that XML forbids.
  public static func escaped(_ text: String) -> String {
    let text = VisibleText.of(text)
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A text in which nothing is markup, and whose long words may break behind the signs that join them.
  static func breakable(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.count > 12 else { return escaped(String(word)) }
      return word.reduce(into: "") { result, letter in
        result += escaped(String(letter))
        if "_,:;/*+".contains(letter) { result += "<wbr>" }
      }
    }.joined(separator: " ")
  }

  /// The value of a `lang` attribute.
  public static func languageTag(_ language: Language) -> String {
    switch language {
    case .english: "en"
    case .chinese: "zh-Hans"
    }
  }
}
