import RuralValue

/// Reads the tables of a Markdown file: lines of cells between strokes below a rule, and Pandoc's grids of + and -.
enum MarkdownTableReader {
  /// Whether a text holds a rule under a line of cells.
  static func isLikely(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { isRule($0) && $0.contains("|") || isGridRule($0) }
  }

  /// The tables of a text in their order.
  static func tables(_ text: String) -> [GridBuilder] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var builders: [GridBuilder] = []
    var place = 0
    // The last line of words, and whether a heading ended the notes of the table above.
    var (words, notesEnd) = ("", true)
    while place < lines.count {
      let line = lines[place]
      let beginsGrid = isGridRule(line) && place + 1 < lines.count && lines[place + 1].contains("|")
      let begins = line.contains("|") && place + 1 < lines.count && isRule(lines[place + 1])
      guard begins || beginsGrid else {
        let text = plain(line)
        if line.drop(while: \.isWhitespace).hasPrefix("#") { notesEnd = true }
        if !text.isEmpty {
          if !notesEnd, builders[builders.count - 1].notes.count < 8 {
            builders[builders.count - 1].notes.append(text)
          }
          words = text
        }
        place += 1
        continue
      }
      var builder = GridBuilder()
      builder.caption = GridBuilder.mayBeCaption(words) ? words : ""
      place =
        beginsGrid ? readGrid(lines, from: place, into: &builder) : read(lines, from: place, into: &builder)
      builders.append(builder)
      (words, notesEnd) = ("", false)
    }
    return builders
  }

  private static func read(_ lines: [Substring], from start: Int, into builder: inout GridBuilder) -> Int {
    builder.add(cells(lines[start]), line: start + 1)
    builder.headRows = 1
    var place = start + 2
    while place < lines.count, lines[place].contains("|"), !isRule(lines[place]), !builder.isTooLarge {
      builder.add(cells(lines[place]), line: place + 1)
      place += 1
    }
    return place
  }

  private static func readGrid(_ lines: [Substring], from start: Int, into builder: inout GridBuilder) -> Int
  {
    var place = start
    while place < lines.count, isGridRule(lines[place]) || lines[place].contains("|"), !builder.isTooLarge {
      if isGridRule(lines[place]) {
        if lines[place].contains("="), builder.headRows == nil { builder.headRows = builder.rows.count }
      } else {
        builder.add(cells(lines[place]), line: place + 1)
      }
      place += 1
    }
    return place
  }

  /// Whether a line is the rule between headings and rows: `| --- | :-: |`.
  private static func isRule(_ line: Substring) -> Bool {
    line.contains("-") && line.contains { $0 == "|" || $0 == "-" }
      && line.allSatisfy { "|-: \t".contains($0) } && line.contains("|")
  }

  private static func isGridRule(_ line: Substring) -> Bool {
    line.hasPrefix("+") && line.count > 4 && line.allSatisfy { "+-=: ".contains($0) }
      && (line.contains("--") || line.contains("=="))
  }

  /// The cells of a line; a stroke behind a backslash belongs to its cell.
  private static func cells(_ line: Substring) -> [GridBuilder.Span] {
    var cells: [String] = [""]
    var isEscaped = false
    for letter in line.trimmingStrokes {
      if letter == "|", !isEscaped {
        cells.append("")
      } else {
        cells[cells.count - 1].append(letter)
      }
      isEscaped = letter == "\\" && !isEscaped
    }
    return cells.map { GridBuilder.Span(text: plain($0[...])) }
  }

  /// A text without markup: references and backslashes resolved, breaks as blanks, emphasis around the whole taken off.
  static func plain(_ text: Substring) -> String {
    var letters = Array(GridBuilder.oneLine(String(text)))
    for mark in ["**", "__", "*", "_", "`"] {
      let sign = Array(mark)
      guard letters.count > 2 * sign.count, letters.starts(with: sign),
        letters.suffix(sign.count).elementsEqual(sign),
        letters[letters.count - sign.count - 1] != "\\",
        letters[sign.count] != sign[0], letters[letters.count - sign.count - 1] != sign[0] || mark.count == 1
      else { continue }
      letters = Array(letters[sign.count..<(letters.count - sign.count)])
    }
    var result = ""
    var place = 0
    while place < letters.count {
      let letter = letters[place]
      if letter == "\\", place + 1 < letters.count,
        letters[place + 1].isPunctuation || letters[place + 1].isSymbol
      {
        result.append(letters[place + 1])
        place += 2
      } else if letter == "&", let end = letters[place...].prefix(10).firstIndex(of: ";"),
        let sign = HTMLTableReader.sign(ofReference: String(letters[(place + 1)..<end]))
      {
        result += sign
        place = end + 1
      } else if letter == "<", let end = letters[place...].prefix(12).firstIndex(of: ">"),
        ["br", "br/", "br /", "sup", "/sup", "sub", "/sub"].contains(
          String(letters[(place + 1)..<end]).lowercased())
      {
        if letters[place + 1] == "b" || letters[place + 1] == "B" { result += " " }
        place = end + 1
      } else {
        result.append(letter)
        place += 1
      }
    }
    return GridBuilder.oneLine(result)
  }
}

extension Substring {
  /// The line without blanks and one stroke at either end.
  fileprivate var trimmingStrokes: Substring {
    var part = drop(while: \.isWhitespace)
    while part.last?.isWhitespace == true { part.removeLast() }
    if part.hasPrefix("|") { part.removeFirst() }
    if part.hasSuffix("|"), !part.hasSuffix("\\|") { part.removeLast() }
    return part
  }
}
