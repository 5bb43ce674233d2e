/// What `disparity` is to compute.
public struct DisparitySpecification: Sendable, Equatable {
  /// The variable, per head or a score; nil where only town and country are asked for.
  public let variable: String?
  /// The column of people, by whom the variable is weighted; nil where each unit counts once.
  public let population: String?
  /// The columns of groups: none, one, or a wider and a narrower one; a panel holds them as groups.
  public let groups: [GroupColumn]
  /// The columns of town and country; nil where they are not asked for.
  public let urbanRural: UrbanRuralColumns?
  /// Whether Gini is multiplied by n/(n − 1) and the coefficient of variation takes n − 1, as of a sample.
  public let correctsSample: Bool

  /// A specification from its parts; at most two columns of groups.
  public init(
    variable: String?, population: String? = nil, groups: [GroupColumn] = [],
    urbanRural: UrbanRuralColumns? = nil, correctsSample: Bool = false
  ) {
    precondition(groups.count <= 2, "Groups have one level or two.")
    precondition(population == nil || !correctsSample, "A sample's correction is of units that count once.")
    self.variable = variable
    self.population = population
    self.groups = groups
    self.urbanRural = urbanRural
    self.correctsSample = correctsSample
  }

  /// The columns that hold incomes per head and people of the two sectors.
  public struct UrbanRuralColumns: Sendable, Equatable {
    /// Income per head in town.
    public let urban: String
    /// Income per head in the country.
    public let rural: String
    /// People in town.
    public let urbanPopulation: String
    /// People in the country.
    public let ruralPopulation: String

    /// Columns from their names.
    public init(urban: String, rural: String, urbanPopulation: String, ruralPopulation: String) {
      self.urban = urban
      self.rural = rural
      self.urbanPopulation = urbanPopulation
      self.ruralPopulation = ruralPopulation
    }

    var all: [String] { [urban, rural, urbanPopulation, ruralPopulation] }
  }

  /// The columns that a panel must hold as variables.
  public var columns: [String] {
    ([variable, population].compactMap(\.self) + (urbanRural?.all ?? [])).firstAppearances
  }
}

/// What can keep disparity from being measured.
public enum DisparityError: Fault {
  /// People below zero.
  case negativePeople(column: String, value: Double, at: Place)
  /// In a period all units have no people.
  case noPeople(column: String, period: String?, source: String)
  /// Not one unit has a value, or a value and people.
  case noValues(columns: [String], source: String)
  /// A unit with a value has no group.
  case noGroup(column: String, at: Place)
  /// A narrower group lies in two wider ones.
  case dividedGroup(
    inner: String, innerColumn: String, outer: [String], outerColumn: String, units: [String], period: String?
  )
  /// A number became infinite on the way.
  case overflow(columns: [String], period: String?)

  /// Where a cell stands.
  public struct Place: Sendable, Equatable {
    let source: String
    let unitColumn: String
    let unit: String
    /// The period as people write it; nil in a cross-section.
    let period: String?
    let line: Int

    init(_ panel: Panel, row: Int) {
      source = panel.source(ofRow: row)
      unitColumn = panel.unitColumn
      unit = panel.unit(ofRow: row)
      period = panel.hasPeriods ? panel.frequency.label(panel.period(ofRow: row)) : nil
      line = panel.lines[row]
    }

    /// `counties.csv, line 7: county "c03" in 2018`.
    var words: String {
      "\(source), line \(line): \(unitColumn) \"\(unit)\"\(period.map { " in \($0)" } ?? "")"
    }
  }

  /// The data are off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .negativePeople(let column, let value, let place):
      return
        "\(place.words) has \(RoundTripNumber.text(value)) people in \"\(column)\"; expected a number of people, 0 or more."
        + " Correct the cell, or leave it empty if it is unknown."
    case .noPeople(let column, let period, let source):
      return
        "\(source): \"\(column)\" is 0 for every unit\(Self.within(period)), so that nobody is left to compare; expected people."
        + " Check the column, or leave the period out with \(Setting("periods"))."
    case .noValues(let columns, let source):
      return
        "\(source): not one unit has a value of \(columns.map { "\"\($0)\"" }.joined(separator: " and ")) in any period;"
        + " expected at least one. Check the columns."
    case .noGroup(let column, let place):
      return
        "\(place.words) has a value and no group: its cell of \"\(column)\" is empty; every value needs its group, so that the"
        + " parts add up. Fill it in, or leave the unit out with \(Setting("where"))."
    case .dividedGroup(let inner, let innerColumn, let outer, let outerColumn, let units, let period):
      let places = zip(outer, units).map { "\"\($0)\" with \($1)" }.joined(separator: " and ")
      return
        "\(innerColumn) \"\(inner)\" lies in two groups of \(outerColumn)\(Self.within(period)): \(places); a narrower group must"
        + " lie in one wider group. Name the wider column first, as in \(Setting("group")) region,prefecture, and check the cells."
    case .overflow(let columns, let period):
      return
        "\(columns.joined(separator: ", "))\(Self.within(period)): the numbers are beyond the range of double precision; expected"
        + " values of a plausible size. Check the cells, or use another unit of measurement."
    }
  }

  private static func within(_ period: String?) -> String { period.map { " in \($0)" } ?? "" }
}
