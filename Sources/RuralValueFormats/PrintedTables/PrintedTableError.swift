public import RuralValue

/// What can keep the tables of a document from being read.
public enum PrintedTableError: Fault {
  /// The document has no table.
  case noTable(source: String, format: PrintedFormat)
  /// A table of this number is asked for, and there are fewer.
  case noSuchTable(source: String, number: Int, captions: [String])
  /// A table has more cells than any printed one.
  case tooLarge(source: String, number: Int)
  /// A part of a Word document is no sound XML.
  case damaged(source: String, part: String, reason: String)

  /// The input is off; a number without a table is a matter of the call.
  public var kind: FaultKind {
    if case .noSuchTable = self { .usage } else { .data }
  }

  /// What was found, where, and what to do.
  public var description: String {
    switch self {
    case .noTable(let source, let format):
      "\(source): there is no table in this \(format.name); expected \(format.expected)."
    case .noSuchTable(let source, let number, let captions):
      "\(Setting("table")) is \(number), and \(source) has \(captions.count == 1 ? "one table" : "\(captions.count) tables")"
        + ": \(Self.list(captions))."
    case .tooLarge(let source, let number):
      "\(source), table \(number): it has more than \(GridBuilder.mostCells) cells, as no printed table has. Give a file of"
        + " that table alone."
    case .damaged(let source, let part, let reason):
      "\(source): the part \(part) of the Word document is damaged: \(reason). Open it in Word and save it anew."
    }
  }

  private static func list(_ captions: [String]) -> String {
    let shown = captions.prefix(8).enumerated().map { place, caption in
      "\(place + 1)\(caption.isEmpty ? "" : " (\(caption.prefix(50)))")"
    }
    return (shown + (captions.count > 8 ? ["…"] : [])).joined(separator: ", ")
  }
}

/// A format of documents whose tables are read.
public enum PrintedFormat: Sendable, Equatable {
  case latex, html, markdown, word

  var name: String {
    switch self {
    case .latex: "LaTeX file"
    case .html: "web page"
    case .markdown: "Markdown file"
    case .word: "Word document"
    }
  }

  var expected: String {
    switch self {
    case .latex:
      "a tabular, longtable or tblr environment; files that it takes in by \\input are given by themselves"
    case .html: "a <table>"
    case .markdown: "a table of lines such as | lnP | 0.064** |, below a rule | --- | --- |"
    case .word: "a table; pictures of tables and text set with tabs are not read"
    }
  }
}
