/// How a panel is made one in which every unit has every period.
public struct PanelBalance: Sendable, Equatable {
  /// What is kept.
  public enum Kept: String, Sendable, CaseIterable {
    /// The units that are observed in every period of the panel.
    case units
    /// The periods in which every unit of the panel is observed.
    case periods
  }

  /// What is kept.
  public let kept: Kept
  /// The columns in which a missing value counts as an absent row; none where rows alone count.
  public let columns: [String]

  /// A balance from its parts.
  public init(_ kept: Kept, columns: [String] = []) {
    self.kept = kept
    self.columns = columns
  }

  /// The balance as a result document states it.
  public var members: [JSONMember] {
    [JSONMember("keep", .string(kept.rawValue)), JSONMember("columns", JSONValue(columns))]
  }
}

/// What can keep a panel from being balanced.
public enum BalanceError: Fault {
  /// Nothing would be left.
  case nothingLeft(
    source: String, kept: PanelBalance.Kept, worst: String, observed: Int, of: Int, columns: [String])

  /// The data are off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .nothingLeft(let source, let kept, let worst, let observed, let all, let columns):
      let how = columns.isEmpty ? "" : " with values of \(listed(columns))"
      let (none, most, other) =
        kept == .units
        ? ("no unit has a row\(how) in every period", "has \(observed) of \(all) units", "periods")
        : ("no period has a row\(how) of every unit", "has \(observed) of \(all) periods", "units")
      return
        "\(source): \(none), so that \(Setting("balance")) \(kept.rawValue) would leave nothing. The fewest rows: \(worst)"
        + " \(most). Leave out such \(other) first, with \(Setting("where")) or \(Setting("periods")), fill gaps with"
        + " \(Setting("interpolate")), or try \(Setting("balance")) \(kept == .units ? "periods" : "units")."
    }
  }
}

/// The rows of a panel that balancing keeps.
struct BalancedRows {
  /// The rows that stay, in their order.
  let rows: [Int]
  let dropped: [PreparationReport.Dropped]
  let note: Phrase
  let sample: ResultDocument.Sample

  /// Finds the units or the periods that are whole.
  ///
  /// Throws `TableError.noSuchColumn`, and `BalanceError` where none is.
  init(_ panel: Panel, _ balance: PanelBalance, of table: PreparedTable) throws {
    let isWhole = try Self.wholeRows(table, columns: balance.columns)
    func isObserved(unit: Int, period: Int) -> Bool {
      panel.row(unit: unit, period: period).map { isWhole[$0] } ?? false
    }
    let (units, periods) = (Array(panel.units.indices), Array(panel.periods.indices))
    let absentPeriods = units.map { unit in periods.filter { !isObserved(unit: unit, period: $0) } }
    let absentUnits = periods.map { period in units.filter { !isObserved(unit: $0, period: period) } }
    let isOfUnits = balance.kept == .units
    let absent = isOfUnits ? absentPeriods : absentUnits
    let kept = Set(absent.indices.filter { absent[$0].isEmpty })
    let labels = (units: panel.units, periods: panel.periods.map(String.init))
    guard !kept.isEmpty else {
      let others = isOfUnits ? absentUnits : absentPeriods
      let worst = others.indices.max { others[$0].count < others[$1].count }!
      throw BalanceError.nothingLeft(
        source: table.source, kept: balance.kept, worst: (isOfUnits ? labels.periods : labels.units)[worst],
        observed: absent.count - others[worst].count, of: absent.count, columns: balance.columns)
    }
    let place = isOfUnits ? panel.unitOfRow : panel.periodOfRow
    rows = place.indices.filter { kept.contains(place[$0]) }
    dropped = absent.indices.filter { !kept.contains($0) }.map { position in
      PreparationReport.Dropped(
        unit: isOfUnits ? labels.units[position] : nil, period: isOfUnits ? nil : panel.periods[position],
        observed: (isOfUnits ? periods : units).count - absent[position].count,
        missing: absent[position].count,
        firstMissing: (isOfUnits ? labels.periods : labels.units)[absent[position][0]])
    }
    sample = ResultDocument.Sample(
      observations: rows.count, units: isOfUnits ? kept.count : units.count,
      periods: isOfUnits ? periods.count : kept.count)
    note = Self.note(balance, dropped: dropped, of: absent.count, rows: panel.rowCount - rows.count)
  }

  /// For each row whether it has a value in every one of some columns.
  private static func wholeRows(_ table: PreparedTable, columns: [String]) throws(TableError) -> [Bool] {
    var isWhole = [Bool](repeating: true, count: table.isAdded.count)
    for name in columns {
      guard let column = table.column(name) else {
        throw .noSuchColumn(name: name, source: table.source, columns: table.columns.map(\.name))
      }
      for row in isWhole.indices {
        switch column.cells {
        case .numbers(let numbers): if numbers[row].isNaN { isWhole[row] = false }
        case .verbatim(let texts): if NumberReading(texts[row]) == .missing { isWhole[row] = false }
        }
      }
    }
    return isWhole
  }

  private static func note(
    _ balance: PanelBalance, dropped: [PreparationReport.Dropped], of all: Int, rows: Int
  ) -> Phrase {
    let isOfUnits = balance.kept == .units
    let values = balance.columns.isEmpty ? "" : " with values of \(listed(balance.columns))"
    let valuesChinese =
      balance.columns.isEmpty ? "" : "且\(listed(balance.columns, in: .chinese))不缺失"
    guard !dropped.isEmpty else {
      return Phrase(
        "The panel is balanced as it is\(values): nothing was taken out.",
        zh: "面板原已平衡\(valuesChinese.isEmpty ? "" : "（\(valuesChinese.dropFirst())）")，未作剔除。")
    }
    let names = dropped.map { $0.unit ?? "\($0.period ?? 0)" }
    let (english, chinese) = (listed(names, most: 12), listed(names, most: 12, in: .chinese))
    let (have, were) = dropped.count == 1 ? ("has", "was") : ("have", "were")
    let rowsText = rows == 1 ? "1 row" : "\(rows) rows"
    return isOfUnits
      ? Phrase(
        "Balanced by units: \(dropped.count) of \(all) \(have) no row\(values) in every period and \(were) taken out, with"
          + " \(rowsText): \(english).",
        zh: "按个体平衡：\(all)个个体中的\(dropped.count)个并非各期均有观测\(valuesChinese)，已剔除其\(rows)行：\(chinese)。")
      : Phrase(
        "Balanced by periods: in \(dropped.count) of \(all) not every unit has a row\(values); \(dropped.count == 1 ? "it was" : "they were") taken out,"
          + " with \(rowsText): \(english).",
        zh: "按时期平衡：\(all)个时期中的\(dropped.count)个并非各个体均有观测\(valuesChinese)，已剔除其\(rows)行：\(chinese)。")
  }
}

extension PreparedTable {
  /// The table with only these rows, all where none are named, and these columns.
  func keeping(rows: [Int]?, columns names: [String]) -> PreparedTable {
    let columns = self.columns.filter { names.contains($0.name) }
    guard let rows else { return PreparedTable(source: source, columns: columns, isAdded: isAdded) }
    return PreparedTable(
      source: source,
      columns: columns.map { column in
        let cells: Cells =
          switch column.cells {
          case .verbatim(let texts): .verbatim(rows.map { texts[$0] })
          case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
          }
        return Column(name: column.name, cells: cells)
      }, isAdded: rows.map { isAdded[$0] })
  }
}
