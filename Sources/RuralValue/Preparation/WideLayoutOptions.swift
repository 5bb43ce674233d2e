/// How a wide table is to be turned into a long one, where the table does not say it itself.
public struct WideLayoutOptions: Sendable, Equatable {
  /// What stands side by side.
  public var kind: Kind
  /// The name of the variable where the table names none (`--variable`).
  public var variable: String?
  /// The unit that the whole table is about, its rows being indicators (`--unit-name`).
  public var unitName: String?
  /// The year that the whole table is about (`--year`).
  public var year: Int?
  /// The columns that hold neither years nor units, by name (`--id`); empty to find them out.
  public var idColumns: [String]
  /// The column that names a row's indicator (`--indicator`), or nil to find it out.
  public var indicatorColumn: String?
  /// Lines above the table, in which a year is looked for.
  public var preamble: [String]

  /// What stands side by side.
  public enum Kind: String, Sendable, Equatable, CaseIterable {
    /// One column a year.
    case wideYears = "wide-years"
    /// One column a unit.
    case wideUnits = "wide-units"
  }

  /// Options, by default everything that can be found out.
  public init(
    _ kind: Kind, variable: String? = nil, unitName: String? = nil, year: Int? = nil,
    idColumns: [String] = [],
    indicatorColumn: String? = nil, preamble: [String] = []
  ) {
    self.kind = kind
    self.variable = variable
    self.unitName = unitName
    self.year = year
    self.idColumns = idColumns
    self.indicatorColumn = indicatorColumn
    self.preamble = preamble
  }
}
