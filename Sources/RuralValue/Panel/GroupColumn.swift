/// The different values of a column and which of them stands in each row.
struct ColumnLevels {
  /// The values: numbers in their order, texts in that of their letters' codes.
  let labels: [String]
  /// For each row of the table the position of its value; nil where the cell is missing.
  let levelOfRow: [Int?]
  /// Whether they are numbers with digits behind the point, which are measured and no groups where they are many.
  let isMeasured: Bool

  init(_ table: Table, column: Int) {
    let texts = table.texts(column: column).map(CellText.trimmed)
    var known: [String: Int] = [:]
    var distinct: [String] = []
    let placeOfRow = texts.map { text in
      if let place = known[text] { return place }
      known[text] = distinct.count
      distinct.append(text)
      return distinct.count - 1
    }
    let readings = distinct.map { NumberReading($0) }
    let present = distinct.indices.filter { readings[$0] != .missing }
    let numbers = present.map { place -> Double? in
      // A code such as 0430102 is a text: its zero is part of it.
      if case .number(let value) = readings[place], !Self.isCode(distinct[place]) { value } else { nil }
    }
    isMeasured = numbers.contains { $0.map { $0 != $0.rounded() } ?? false }
    var keyOfPlace = [String?](repeating: nil, count: distinct.count)
    if numbers.allSatisfy({ $0 != nil }) {
      for (place, number) in zip(present, numbers) { keyOfPlace[place] = RoundTripNumber.text(number!) }
      labels = Set(numbers.compactMap(\.self)).sorted().map(RoundTripNumber.text).firstAppearances
    } else {
      for place in present { keyOfPlace[place] = distinct[place] }
      labels = Set(keyOfPlace.compactMap(\.self)).sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
    }
    let position = labels.positions
    levelOfRow = placeOfRow.map { place in keyOfPlace[place].flatMap { position[$0] } }
  }

  private static func isCode(_ text: String) -> Bool {
    text.count > 1 && text.first == "0" && text.allSatisfy { $0.isASCII && $0.isNumber }
  }
}

/// A column of a table as groups of its rows: clusters, prefectures, bands of years.
///
/// A panel holds the number of each row's group as a variable, NaN where the cell is missing.
public struct GroupColumn: Sendable, Equatable {
  /// The column's name.
  public let name: String
  /// The groups: numbers in their order, texts in that of their letters' codes.
  public let labels: [String]
  /// The variable that a panel holds, in the table's row order.
  let variable: (name: String, values: [Double])

  /// Reads a column. Throws `TableError.noSuchColumn`.
  public init(_ table: Table, column: String) throws {
    let levels = ColumnLevels(table, column: try table.column(named: column))
    name = column
    labels = levels.labels
    variable = (Self.variable(of: column), levels.levelOfRow.map { $0.map(Double.init) ?? .nan })
  }

  /// The name of the variable that holds a column's groups.
  static func variable(of column: String) -> String { "group(\(column))" }

  /// Whether two columns have the same groups.
  public static func == (one: GroupColumn, other: GroupColumn) -> Bool {
    one.name == other.name && one.labels == other.labels
      && zip(one.variable.values, other.variable.values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
  }
}

extension Panel {
  /// A panel from a table with the dummies of levels and the groups of columns beside its variables.
  ///
  /// Throws as the panel of a table does, and `TableError.nameTaken` where a column has the name of one of these.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, variables names: [String],
    levels: FormulaLevels?, groups: [GroupColumn] = []
  ) throws {
    let made = (levels?.variables ?? []) + groups.map(\.variable)
    if let taken = made.first(where: { table.columnNames.contains($0.name) }) {
      throw TableError.nameTaken(name: taken.name, source: table.source, columns: table.columnNames)
    }
    try self.init(table, unitColumn: unitColumn, timeColumn: timeColumn, variables: names, made: made)
  }

  /// The groups of the rows by a column, which the panel holds as groups or as numbers; nil where a row has none.
  func groups(of column: String) throws(PanelError) -> [Int?] {
    let isCoded = variableNames.contains(GroupColumn.variable(of: column))
    let values = try values(of: isCoded ? GroupColumn.variable(of: column) : column)
    if isCoded { return values.map { $0.isNaN ? nil : Int($0) } }
    let codes = Set(values.filter { !$0.isNaN }).sorted()
    let place = codes.positions
    return values.map { place[$0] }
  }
}
