import RuralValue

/// Reads the tables of a LaTeX document: tabular in all its kinds, longtable, and tblr.
///
/// Nothing is run: commands are words whose arguments are kept where they are text, and left out where they are
/// measures. Rows end at `\\`, cells at `&`, outside braces and environments within.
enum LaTeXTableReader {
  private static let environments: Set<String> = [
    "tabular", "tabular*", "tabularx", "tabulary", "tabu", "longtabu", "longtable", "longtable*", "xltabular",
    "supertabular", "array", "tblr", "longtblr", "talltblr", "mpxtabular", "xtabular",
  ]

  /// The tables of a text, in their order; those inside a cell are part of it.
  static func tables(_ text: String) -> [GridBuilder] {
    let source = LaTeXSource(text)
    let letters = source.letters
    var builders: [GridBuilder] = []
    var place = 0
    // Where what belongs to the next table may begin: behind the last table or at the begin of its float.
    var before = 0
    while let begin = source.environment(from: place, named: environments) {
      let float = source.float(around: begin.range.lowerBound, from: before)
      let lead = letters[max(before, float?.lowerBound ?? before)..<begin.range.lowerBound]
      let end = float?.upperBound ?? source.endOfParagraphs(from: begin.range.upperBound)
      // What follows belongs to this table up to the next.
      let next = source.environment(from: begin.range.upperBound, before: end, named: environments)
      let rest =
        letters[begin.range.upperBound..<max(begin.range.upperBound, next?.range.lowerBound ?? end)]
      var builder = table(source, begin)
      if builder.caption.isEmpty {
        builder.caption =
          source.argument(of: "caption", in: lead) ?? source.argument(of: "caption", in: rest) ?? ""
      }
      let sides = float == nil ? [rest] : [lead, rest]
      builder.notes += sides.flatMap { LaTeXPlainText.paragraphs($0) }
      builders.append(builder)
      before = begin.range.upperBound
      place = begin.range.upperBound
    }
    return builders
  }

  private static func table(_ source: LaTeXSource, _ begin: LaTeXSource.Environment) -> GridBuilder {
    var builder = GridBuilder()
    let letters = source.letters
    var place = begin.body.lowerBound
    let isNew = begin.name.hasSuffix("tblr")
    // The arguments before the rows: a width, a position, the columns.
    var options: [ArraySlice<Character>] = []
    let bodyEnd = begin.body.upperBound
    var wanted = ["tabular*", "tabularx", "tabulary", "xltabular"].contains(begin.name) ? 2 : 1
    while wanted > 0, let (argument, end) = source.group(from: place, before: bodyEnd) {
      if letters[end - 1] == "}" { wanted -= 1 }
      options.append(argument)
      place = end
    }
    if isNew {
      for option in options {
        if let caption = source.value(of: "caption", in: option) { builder.caption = caption }
        builder.notes += source.values(of: "note", in: option) + source.values(of: "remark", in: option)
      }
    }
    var head: Int?
    var row: [GridBuilder.Span] = []
    var cell: [Character] = []
    var start = place
    var depth = 0
    // What a long table repeats on every page, and what stands at the foot of each.
    var (isRepeated, isFoot) = (false, false)
    func finish(at end: Int) {
      row.append(LaTeXPlainText.span(cell))
      cell = []
      let isEmpty = row.allSatisfy { $0.text.isEmpty }
      if isFoot, !isEmpty { builder.notes.append(row.map(\.text).joined(separator: " ")) }
      if !isEmpty, !isRepeated { builder.add(row, line: source.line(of: start)) }
      row = []
      start = end
    }
    while place < bodyEnd, !builder.isTooLarge {
      let letter = letters[place]
      if letter == "\\" {
        let (name, end) = source.command(at: place)
        if depth == 0, name == "\\" || name == "tabularnewline" || name == "cr" {
          place = end
          if place < bodyEnd, letters[place] == "*" { place += 1 }
          if let next = source.option(from: place, before: bodyEnd) { place = next }
          finish(at: place)
          continue
        }
        if name == "begin" || name == "end" { depth += name == "begin" ? 1 : -1 }
        if depth == 0, let kind = Rule(name) {
          place = source.skipArguments(from: end, before: bodyEnd)
          switch kind {
          case .middle: if head == nil, !builder.rows.isEmpty { head = builder.rows.count }
          case .firstHead: isRepeated = true
          case .head, .foot:
            if !cell.isEmpty || !row.isEmpty { finish(at: place) }
            isFoot = source.hasFoot(from: place, before: bodyEnd)
            isRepeated = isFoot
          case .line: break
          }
          start = place
          continue
        }
        if depth == 0, name == "caption" {
          let (caption, next) = source.caption(from: end, before: bodyEnd)
          builder.caption = caption
          place = next
          continue
        }
        cell += letters[place..<min(end, bodyEnd)]
        place = end
        continue
      }
      if letter == "{" { depth += 1 }
      if letter == "}" { depth = max(0, depth - 1) }
      if letter == "&", depth == 0 {
        row.append(LaTeXPlainText.span(cell))
        cell = []
      } else {
        cell.append(letter)
      }
      place += 1
    }
    if !row.isEmpty || !LaTeXPlainText.text(cell[...]).isEmpty { finish(at: bodyEnd) }
    builder.headRows = head
    return builder
  }

  /// The commands between rows.
  private enum Rule {
    case line, middle, firstHead, head, foot

    init?(_ name: String) {
      switch name {
      case "toprule", "bottomrule", "cmidrule", "cline", "addlinespace", "specialrule", "noalign", "rowcolor",
        "arrayrulecolor", "morecmidrules", "hhline", "Xhline", "pagebreak", "nopagebreak", "noindent",
        "tablehead",
        "SetRow", "SetCell", "toprule*":
        self = .line
      case "midrule", "hline", "Hline": self = .middle
      case "endfirsthead": self = .firstHead
      case "endhead": self = .head
      case "endfoot", "endlastfoot": self = .foot
      default: return nil
      }
    }
  }
}
