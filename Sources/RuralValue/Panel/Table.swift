/// A rectangular table of text cells as it was read, with the place of every row in its source.
///
/// Cells stay text until somebody asks for numbers, so that codes such as 0430102 keep their zeros.
/// The cells' UTF-8 stands in one buffer, which may be the file itself: a table of a million cells is
/// three arrays.
public struct Table: Sendable {
  /// What messages call the source: a file's path or `standard input`.
  public let source: String
  /// The column names, all different.
  public let columnNames: [String]
  /// The line of the source on which the header begins, counted from one.
  public let headerLine: Int
  /// The line of the source on which each row begins, counted from one.
  public let lines: [Int]
  let bytes: [UInt8]
  let starts: [UInt32]
  let ends: [UInt32]
  let origins: CellOrigins?
  /// What messages call the file of each row, where the rows come from several.
  let sourceOfRow: [String]?
  /// What messages call the columns, where the source has more than their names: the letters of a sheet.
  let columnLabels: [String]?

  /// A table from its cells in row order: cell c is `bytes[starts[c]..<ends[c]]`.
  ///
  /// `origins` says where each cell stood, for a table whose rows were not rows of the source; `sourceOfRow` says
  /// which file each row comes from, for a table made of several; `columnLabels` are what messages call the columns.
  public init(
    source: String, columnNames: [String], headerLine: Int = 1, lines: [Int], bytes: [UInt8],
    starts: [UInt32], ends: [UInt32], origins: CellOrigins? = nil, sourceOfRow: [String]? = nil,
    columnLabels: [String]? = nil
  ) {
    precondition(starts.count == columnNames.count * lines.count && ends.count == starts.count)
    precondition(origins == nil || origins!.lines.count == starts.count, "Every cell needs its origin.")
    precondition(
      columnLabels == nil || columnLabels!.count == columnNames.count, "Every column needs its label.")
    precondition(sourceOfRow == nil || sourceOfRow!.count == lines.count, "Every row needs its source.")
    self.source = source
    self.columnNames = columnNames
    self.headerLine = headerLine
    self.lines = lines
    self.bytes = bytes
    self.starts = starts
    self.ends = ends
    self.origins = origins
    self.sourceOfRow = sourceOfRow
    self.columnLabels = columnLabels
  }

  /// A table from texts, as if its header stood on line 1 and its rows below.
  public init(source: String, columnNames: [String], rows: [[String]]) {
    var bytes: [UInt8] = []
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for row in rows {
      precondition(row.count == columnNames.count, "A row must have a cell for every column.")
      for cell in row {
        starts.append(UInt32(bytes.count))
        bytes.append(contentsOf: cell.utf8)
        ends.append(UInt32(bytes.count))
      }
    }
    self.init(
      source: source, columnNames: columnNames, lines: Array(2..<(rows.count + 2)), bytes: bytes,
      starts: starts, ends: ends)
  }

  /// The number of rows below the header.
  public var rowCount: Int { lines.count }

  /// The number of columns.
  public var columnCount: Int { columnNames.count }

  /// The text of a cell.
  public func text(row: Int, column: Int) -> String {
    String(decoding: utf8(row: row, column: column), as: UTF8.self)
  }

  /// The UTF-8 of a cell.
  public func utf8(row: Int, column: Int) -> ArraySlice<UInt8> {
    let cell = row * columnCount + column
    return bytes[Int(starts[cell])..<Int(ends[cell])]
  }

  /// Whether a cell holds no text at all.
  public func isEmpty(row: Int, column: Int) -> Bool {
    let cell = row * columnCount + column
    return starts[cell] == ends[cell]
  }

  /// What messages call the file from which a row comes.
  public func source(ofRow row: Int) -> String { sourceOfRow?[row] ?? source }

  /// What messages call the files of two rows, in their order.
  func sources(ofRows first: Int, _ second: Int) -> String {
    [source(ofRow: first), source(ofRow: second)].firstAppearances.joined(separator: " and ")
  }

  /// The texts of a column.
  public func texts(column: Int) -> [String] {
    (0..<rowCount).map { text(row: $0, column: column) }
  }

  /// The line of the source on which a cell stood.
  public func line(row: Int, column: Int) -> Int {
    origins.map { Int($0.lines[row * columnCount + column]) } ?? lines[row]
  }

  /// The name that a cell's column had in the source.
  public func sourceColumn(row: Int, column: Int) -> String {
    origins.map { $0.columnNames[Int($0.columns[row * columnCount + column])] }
      ?? (columnLabels ?? columnNames)[column]
  }

  /// The position of the column of this name.
  ///
  /// Throws `TableError.noSuchColumn`, with the nearest name, where there is none.
  public func column(named name: String) throws(TableError) -> Int {
    if let position = columnNames.firstIndex(of: name) { return position }
    throw .noSuchColumn(name: name, source: source, columns: columnNames)
  }
}

extension Table {
  /// The same table with other names for some columns.
  ///
  /// Throws `TableError.noSuchColumn` for a name that there is not, and `TableError.nameTaken` where two columns would
  /// have one name.
  public func renaming(_ names: [(old: String, new: String)]) throws(TableError) -> Table {
    var renamed = columnNames
    for (old, new) in names { renamed[try column(named: old)] = new }
    for (position, name) in renamed.enumerated() where renamed[..<position].contains(name) {
      throw .nameTaken(name: name, source: source, columns: columnNames)
    }
    return Table(
      source: source, columnNames: renamed, headerLine: headerLine, lines: lines, bytes: bytes,
      starts: starts,
      ends: ends, origins: origins, sourceOfRow: sourceOfRow, columnLabels: columnLabels)
  }
}

/// Where the cells of a rearranged table stood in its source.
public struct CellOrigins: Sendable, Equatable {
  /// The line of each cell, in the order of cells.
  public let lines: [Int32]
  /// The position in `columnNames` of each cell's column, in the order of cells.
  public let columns: [Int32]
  /// The source's column names.
  public let columnNames: [String]

  /// The places of all cells of a table, row by row.
  public init(lines: [Int32], columns: [Int32], columnNames: [String]) {
    precondition(lines.count == columns.count)
    self.lines = lines
    self.columns = columns
    self.columnNames = columnNames
  }
}

extension Table: Equatable {
  /// Tables are equal that say the same at the same places, wherever their bytes stand.
  public static func == (one: Table, other: Table) -> Bool {
    one.source == other.source && one.columnNames == other.columnNames && one.lines == other.lines
      && one.headerLine == other.headerLine && one.origins == other.origins
      && one.sourceOfRow == other.sourceOfRow
      && one.starts.indices.allSatisfy { cell in
        one.bytes[Int(one.starts[cell])..<Int(one.ends[cell])]
          == other.bytes[Int(other.starts[cell])..<Int(other.ends[cell])]
      }
  }
}

extension Table {
  /// Throws where the bytes of cells are more than their places can count: 4 GB.
  static func requirePlaces(bytes: Int, source: String) throws(MemoryLimitError) {
    guard bytes > Int(UInt32.max) else { return }
    throw MemoryLimitError(
      what: "\(source): the text of the joined tables", bytes: Double(bytes),
      limit: MemoryLimit(bytes: Double(UInt32.max), origin: .program), remedy: "Join fewer columns")
  }

  /// The table with only those rows for which the condition holds; lines stay those of the source.
  public func keepingRows(where isKept: (Int) -> Bool) -> Table {
    let rows = (0..<rowCount).filter(isKept)
    var starts: [UInt32] = []
    var ends: [UInt32] = []
    for row in rows {
      let cells = row * columnCount..<(row + 1) * columnCount
      starts += self.starts[cells]
      ends += self.ends[cells]
    }
    let places = origins.map { origins in
      let cells = rows.flatMap { $0 * columnCount..<($0 + 1) * columnCount }
      return CellOrigins(
        lines: cells.map { origins.lines[$0] }, columns: cells.map { origins.columns[$0] },
        columnNames: origins.columnNames)
    }
    return Table(
      source: source, columnNames: columnNames, headerLine: headerLine, lines: rows.map { lines[$0] },
      bytes: bytes, starts: starts, ends: ends, origins: places,
      sourceOfRow: sourceOfRow.map { sources in rows.map { sources[$0] } }, columnLabels: columnLabels)
  }
}

extension Table {
  /// The column by which simulated data say so, in every row: `simulated` with the cell `yes`.
  public static let simulatedColumn = "simulated"

  /// Whether a row says that it is simulated.
  public var isSimulated: Bool {
    guard let column = columnNames.firstIndex(of: Table.simulatedColumn) else { return false }
    return (0..<rowCount).contains { text(row: $0, column: column) == "yes" }
  }
}

/// What can be wrong with a table's columns and cells.
public enum TableError: Fault {
  /// A column that was asked for is not there.
  case noSuchColumn(name: String, source: String, columns: [String])
  /// A new name that another column has.
  case nameTaken(name: String, source: String, columns: [String])
  /// A cell that must hold a number holds something else.
  case notANumber(found: String, source: String, line: Int, column: String, advice: String?)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noSuchColumn(let name, let source, let columns):
      let question = NearestName.question(for: name, among: columns)
      return "\(source): there is no column \"\(name)\".\(question) The columns are: \(listed(columns))."
    case .nameTaken(let name, let source, let columns):
      return
        "\(source): two columns would be called \"\(name)\"; expected another name than those that there are:"
        + " \(listed(columns))."
    case .notANumber(let found, let source, let line, let column, let advice):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected a number"
        + " or a missing marker (empty, NA, -, …).\(advice.map { " \($0)" } ?? "")"
    }
  }
}

/// Names in a row, the list cut where it would fill the screen.
func listed(_ names: [String], most: Int = 30, in language: Language = .english) -> String {
  let isEnglish = language == .english
  let shown = names.prefix(most).joined(separator: isEnglish ? ", " : "、")
  guard names.count > most else { return shown }
  return isEnglish ? "\(shown), … (\(names.count) in all)" : "\(shown)等（共\(names.count)个）"
}
