/// A table as a document has it, whatever the document: rows of cells that may span others, a caption, notes.
///
/// What its cells mean, `PublishedTable` finds out.
public struct PrintedGrid: Sendable, Equatable {
  /// What messages call the file.
  public let source: String
  /// Which table of the file it is, from 1.
  public let number: Int
  /// What stands above the table.
  public let caption: String
  /// The texts below and around it, a paragraph each.
  public let notes: [String]
  /// The rows, all of one length.
  public let rows: [[Cell]]
  /// The line of the file on which each row stands, or its number in the table.
  public let lines: [Int]
  /// Whether `lines` are numbers of rows.
  public let countsRows: Bool
  /// How many of the first rows are headings, where the document says so.
  public let headRows: Int?

  /// A cell; those that another one covers hold its text.
  public struct Cell: Sendable, Equatable {
    /// What stands in it, without markup; line breaks are blanks.
    public var text: String
    /// Whether it is part of a larger cell that begins to its left or above.
    public var isCovered: Bool

    /// A cell of a text.
    public init(_ text: String, isCovered: Bool = false) {
      (self.text, self.isCovered) = (text, isCovered)
    }
  }

  /// A table of rows, the shorter ones filled up with empty cells.
  public init(
    source: String, number: Int, caption: String = "", notes: [String] = [], rows: [[Cell]], lines: [Int],
    countsRows: Bool, headRows: Int? = nil
  ) {
    precondition(rows.count == lines.count, "Every row needs its line.")
    let width = rows.map(\.count).max() ?? 0
    (self.source, self.number, self.caption, self.notes) = (source, number, caption, notes)
    self.rows = rows.map { $0 + [Cell](repeating: Cell(""), count: width - $0.count) }
    (self.lines, self.countsRows, self.headRows) = (lines, countsRows, headRows)
  }

  /// The number of columns.
  public var width: Int { rows.first?.count ?? 0 }

  /// `paper.tex, table 2 (Effects)`.
  public var name: String {
    let short = caption.count > 60 ? String(caption.prefix(57)) + "…" : caption
    return "\(source), table \(number)" + (short.isEmpty ? "" : " (\(short))")
  }
}
