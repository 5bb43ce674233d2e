import RuralValue

/// Reads the tables of a web page, however loosely it is written: tags that are left open, tables within tables.
///
/// A cell's text is what stands between its tags, references resolved; a table inside a cell is a table of its own.
struct HTMLTableReader {
  /// Whether a text holds a table of HTML.
  static func isLikely(_ text: String) -> Bool {
    guard let place = text.range(ofTag: "<table") else { return false }
    return text[place...].contains(">")
  }

  /// The tables of a page in the order in which they begin.
  static func tables(_ text: String) -> [GridBuilder] {
    var reader = HTMLTableReader(letters: Array(text))
    reader.read()
    return reader.finished.sorted { $0.order < $1.order }.map(\.builder)
  }

  /// A table that is open.
  private struct Open {
    var builder = GridBuilder()
    let order: Int
    var row: [GridBuilder.Span]?
    var cell: GridBuilder.Span?
    var isCaption = false
    var isHead = false
    var isFoot = false
    var headIsOver = false
    var rowNumber = 0
  }

  /// How deep tables may stand within each other.
  private static let mostTables = 50
  private let letters: [Character]
  private var place = 0
  private var open: [Open] = []
  private var finished: [Open] = []
  private var count = 0
  /// The paragraph outside of tables, of which the one before a table may be its caption and those behind its notes.
  private var paragraph = ""
  private var lastParagraph = ""

  private init(letters: [Character]) { self.letters = letters }

  private mutating func read() {
    while place < letters.count {
      let letter = letters[place]
      if letter == "<", let tag = tag() {
        take(tag)
      } else if letter == "&" {
        append(reference())
      } else {
        append(letter.isWhitespace ? " " : String(letter))
        place += 1
      }
    }
    while !open.isEmpty { closeTable() }
    endParagraph()
  }

  private mutating func append(_ text: String) {
    guard let last = open.indices.last else {
      if paragraph.count < 5_000 { paragraph += text }
      return
    }
    if open[last].isCaption {
      open[last].builder.caption += text
    } else {
      open[last].cell?.text += text
    }
  }

  // MARK: - Tags

  private struct Tag {
    let name: String
    let isEnd: Bool
    let attributes: String
  }

  /// The tag that begins here, which is then passed; nil where `<` is just a sign.
  private mutating func tag() -> Tag? {
    if letters[place...].starts(with: "<!--") {
      place += 4
      while place < letters.count, !letters[place...].starts(with: "-->") { place += 1 }
      place = min(letters.count, place + 3)
      return Tag(name: "!", isEnd: false, attributes: "")
    }
    var next = place + 1
    let isEnd = next < letters.count && letters[next] == "/"
    if isEnd { next += 1 }
    let start = next
    guard next < letters.count, letters[next].isASCII,
      letters[next].isLetter || letters[next] == "!" || letters[next] == "?"
    else { return nil }
    while next < letters.count, letters[next] != ">", !letters[next].isWhitespace, letters[next] != "/" {
      next += 1
    }
    let name = String(letters[start..<next]).lowercased()
    let from = next
    var quote: Character?
    while next < letters.count {
      if let open = quote {
        if letters[next] == open { quote = nil }
      } else if letters[next] == "\"" || letters[next] == "'" {
        quote = letters[next]
      } else if letters[next] == ">" {
        break
      }
      next += 1
    }
    let attributes = String(letters[from..<min(next, letters.count)])
    place = min(letters.count, next + 1)
    return Tag(name: name, isEnd: isEnd, attributes: attributes)
  }

  private mutating func take(_ tag: Tag) {
    switch tag.name {
    case "script", "style", "title", "head":
      if !tag.isEnd, tag.name != "head" { skip(to: tag.name) }
    case "table": tag.isEnd ? closeTable() : openTable()
    case "caption":
      if let last = open.indices.last {
        // A caption of its own stands in place of the paragraph above.
        if !tag.isEnd { open[last].builder.caption = "" }
        open[last].isCaption = !tag.isEnd
      }
    case "thead", "tbody", "tfoot":
      closeRow()
      guard let last = open.indices.last else { return }
      if open[last].isHead { open[last].headIsOver = true }
      open[last].isHead = tag.name == "thead" && !tag.isEnd
      open[last].isFoot = tag.name == "tfoot" && !tag.isEnd
    case "tr":
      closeRow()
      if !tag.isEnd, let last = open.indices.last { open[last].row = [] }
    case "td", "th":
      closeCell()
      guard !tag.isEnd, let last = open.indices.last else { return }
      if open[last].row == nil { open[last].row = [] }
      open[last].cell = GridBuilder.Span(
        text: "", columns: number("colspan", tag.attributes), rows: number("rowspan", tag.attributes))
    case "br", "li": append(" ")
    case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "section", "figure", "figcaption", "hr":
      if open.isEmpty { endParagraph() } else { append(" ") }
      if open.isEmpty, tag.name.hasPrefix("h"), tag.name != "hr" { notesEnd = true }
    default: break
    }
  }

  /// Whether a heading has come since the last table, so that what follows is no note of it.
  private var notesEnd = true

  private mutating func skip(to name: String) {
    let end = Array("</" + name)
    while place < letters.count {
      if letters[place] == "<", place + end.count <= letters.count,
        String(letters[place..<(place + end.count)]).lowercased().elementsEqual(end)
      {
        return
      }
      place += 1
    }
  }

  /// The whole number of an attribute, 1 where it is absent.
  private func number(_ name: String, _ attributes: String) -> Int {
    let text = attributes.lowercased()
    guard let start = text.range(ofTag: name) else { return 1 }
    let digits = text[start...].dropFirst(name.count).drop { " =\"'\n\t".contains($0) }.prefix { $0.isNumber }
    return min(max(1, Int(digits.prefix(7)) ?? 1), 100_000)
  }

  // MARK: - Tables

  private mutating func openTable() {
    endParagraph()
    guard open.count < Self.mostTables else { return }
    var table = Open(order: count)
    if open.isEmpty, !lastParagraph.isEmpty, GridBuilder.mayBeCaption(lastParagraph) {
      table.builder.caption = lastParagraph
    }
    let isOutermost = open.isEmpty
    open.append(table)
    count += 1
    if isOutermost { lastParagraph = "" }
  }

  private mutating func closeTable() {
    closeRow()
    guard var table = open.popLast() else { return }
    if table.builder.rows.isEmpty { return }
    table.isCaption = false
    finished.append(table)
    notesEnd = false
    lastParagraph = ""
  }

  private mutating func closeCell() {
    guard let last = open.indices.last, let cell = open[last].cell else { return }
    var plain = cell
    plain.text = GridBuilder.oneLine(cell.text)
    open[last].row?.append(plain)
    open[last].cell = nil
  }

  private mutating func closeRow() {
    closeCell()
    guard let last = open.indices.last, let row = open[last].row else { return }
    open[last].row = nil
    open[last].isCaption = false
    guard !row.isEmpty else { return }
    open[last].rowNumber += 1
    if open[last].isFoot, row.count == 1 {
      open[last].builder.notes.append(row[0].text)
      return
    }
    open[last].builder.add(row, line: open[last].rowNumber)
    if open[last].isHead { open[last].builder.headRows = open[last].builder.rows.count }
  }

  /// Ends a paragraph outside of tables: a note of the table above it, and perhaps the caption of the one below.
  private mutating func endParagraph() {
    let text = GridBuilder.oneLine(paragraph)
    paragraph = ""
    guard !text.isEmpty else { return }
    lastParagraph = text
    if !notesEnd, let last = finished.indices.last, finished[last].builder.notes.count < 8 {
      finished[last].builder.notes.append(text)
    }
  }

  // MARK: - References

  /// What a reference stands for, which is then passed; `&` where it is none.
  private mutating func reference() -> String {
    let end = letters[place...].prefix(12).firstIndex(of: ";")
    guard let end, end > place + 1 else {
      place += 1
      return "&"
    }
    guard let sign = Self.sign(ofReference: String(letters[(place + 1)..<end])) else {
      place += 1
      return "&"
    }
    place = end + 1
    return sign
  }

  /// What `&name;` or `&#124;` stands for; nil where it is no reference.
  static func sign(ofReference name: String) -> String? {
    guard name.hasPrefix("#") else { return references[name] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let value = UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
    return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }.map { String(Character($0)) }
  }

  /// The references of HTML that stand in tables of estimates.
  private static let references: [String: String] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "thinsp": " ", "ensp": " ",
    "emsp": " ", "minus": "\u{2212}", "ndash": "–", "mdash": "—", "times": "×", "middot": "·", "sup2": "²",
    "sup3": "³", "dagger": "†", "Dagger": "‡", "ast": "*", "lowast": "*", "plusmn": "±", "le": "≤", "ge": "≥",
    "hellip": "…", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ",
    "lambda": "λ",
    "mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "omega": "ω", "Delta": "Δ",
    "Sigma": "Σ",
    "check": "✓", "lpar": "(", "rpar": ")", "lsqb": "[", "rsqb": "]", "plus": "+", "period": ".",
    "comma": ",",
    "percnt": "%", "shy": "", "infin": "∞", "rarr": "→", "num": "#", "dollar": "$",
  ]
}

extension StringProtocol {
  /// Where a word in small letters stands, whatever the case in the text.
  fileprivate func range(ofTag word: String) -> Index? {
    let wanted = Array(word.utf8)
    let bytes = Array(utf8)
    guard bytes.count >= wanted.count else { return nil }
    func small(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
    for start in 0...(bytes.count - wanted.count) where small(bytes[start]) == wanted[0] {
      if wanted.indices.allSatisfy({ small(bytes[start + $0]) == wanted[$0] }) {
        return utf8.index(utf8.startIndex, offsetBy: start)
      }
    }
    return nil
  }
}
