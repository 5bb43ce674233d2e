/// The rows of a table that a map of code changes makes one.
struct MergeGroups {
  /// The rows of one newest unit in one period.
  struct Group {
    let newest: String
    let period: Int
    /// The rows, as they stand in the table.
    let rows: [Int]
    /// Their units.
    let units: [String]
    /// The row whose texts stay: that of the unit whose code stays, else the first.
    let main: Int
    /// Units that were still apart in the period and have no row.
    let absent: [String]

    /// Units that have a row though the map says that they had merged before, with the year at whose end they did.
    let late: [(unit: String, year: Int)]

    /// Whether every unit that was still apart has its row.
    var isComplete: Bool { absent.isEmpty }
  }

  /// The groups of which several rows become one, or to which a part lacks, in the table's order.
  let merged: [Group]

  /// Follows the map. Throws `PanelError.duplicateKey` where one unit has two rows, and `PreparationError`.
  init(_ keys: PanelKeys, of table: Table, by changes: CodeChanges) throws {
    let areCodes = changes.areCodes(Set(keys.units))
    var newestOf: [String: String] = [:]
    for unit in keys.units where newestOf[unit] == nil {
      newestOf[unit] = areCodes ? try changes.newestCode(of: unit) : try changes.newestName(of: unit)
    }
    var order: [Key] = []
    var rowsOfKey: [Key: [Int]] = [:]
    for (row, unit) in keys.units.enumerated() {
      let key = Key(newest: newestOf[unit]!, period: keys.periods[row])
      if rowsOfKey[key] == nil { order.append(key) }
      if let other = rowsOfKey[key]?.first(where: { keys.units[$0] == unit }) {
        throw PanelError.duplicateKey(
          source: table.sources(ofRows: other, row), unit: unit, unitColumn: keys.unitColumn,
          period: key.period, timeColumn: keys.timeColumn, firstLine: table.lines[other],
          secondLine: table.lines[row])
      }
      rowsOfKey[key, default: []].append(row)
    }
    let parts = Parts(keys, newestOf: newestOf, changes: changes, areCodes: areCodes)
    merged = order.compactMap { key in
      let rows = rowsOfKey[key]!
      let units = rows.map { keys.units[$0] }
      let absent = parts.absent(from: units, newest: key.newest, period: key.period)
      guard rows.count > 1 || !absent.isEmpty else { return nil }
      return Group(
        newest: key.newest, period: key.period, rows: rows, units: units,
        main: rows.first { keys.units[$0] == key.newest } ?? rows[0], absent: absent,
        late: units.compactMap { unit in parts.year(of: unit, before: key.period).map { (unit, $0) } })
    }
  }

  private struct Key: Hashable {
    let newest: String
    let period: Int
  }

  /// One entry a newest unit, with its parts and the periods in which they were put together.
  func merges(missing: [Int]) -> [PreparationReport.Merge] {
    merged.map(\.newest).firstAppearances.map { newest in
      let positions = merged.indices.filter { merged[$0].newest == newest }
      return PreparationReport.Merge(
        new: newest, parts: positions.flatMap { merged[$0].units }.firstAppearances,
        periods: positions.map { merged[$0].period }.sorted(),
        missing: positions.reduce(0) { $0 + missing[$1] })
    }
  }

  /// What was merged, and where a part has no row.
  var notes: [Phrase] {
    let whole = merges(missing: merged.map { _ in 0 }).map { merge in
      let periods =
        merge.periods.count == 1
        ? "\(merge.periods[0])" : "\(merge.periods[0]) to \(merge.periods[merge.periods.count - 1])"
      return (
        "\(merge.parts.joined(separator: " + ")) as \(merge.new) (\(periods))",
        "\(merge.parts.joined(separator: "＋"))合并为\(merge.new)（\(periods.split(separator: " to ").joined(separator: "—"))）"
      )
    }
    var notes = [
      Phrase(
        "Rows of merged units were put together: \(listed(whole.map(\.0), most: 8)).",
        zh: "合并后个体的各行已并为一行：\(listed(whole.map(\.1), most: 8, in: .chinese))。")
    ]
    let incomplete = merged.filter { !$0.isComplete }
    if !incomplete.isEmpty {
      let places = incomplete.map {
        "\($0.newest) in \($0.period) without \($0.absent.joined(separator: ", "))"
      }
      let chinese = incomplete.map { "\($0.newest)（\($0.period)年缺\($0.absent.joined(separator: "、"))）" }
      notes.append(
        Phrase(
          "A unit that was still apart has no row, so that sums and means are missing: \(listed(places, most: 8)).",
          zh: "尚未合并的个体缺少观测，故合计与均值记为缺失：\(listed(chinese, most: 8, in: .chinese))。"))
    }
    let late = merged.flatMap { group in group.late.map { (group: group, unit: $0.unit, year: $0.year) } }
    if !late.isEmpty {
      let places = late.map { "\($0.unit) in \($0.group.period), merged by the end of \($0.year)" }
      let chinese = late.map { "\($0.unit)（\($0.group.period)年，\($0.year)年底已合并）" }
      notes.append(
        Phrase(
          "A unit has a row though it had merged before, and the row of \(late[0].group.newest) may hold it already, so that"
            + " a sum counts it twice: \(listed(places, most: 8)). Check these years.",
          zh:
            "已合并的个体仍有观测，\(late[0].group.newest)的数值可能已包含它，加总会重复计算，请核对：\(listed(chinese, most: 8, in: .chinese))。"
        ))
    }
    return notes
  }
}

/// The units that become one, and until when each was apart.
private struct Parts {
  /// By the newest unit its parts and the last period in which each was still apart.
  private var lastOf: [String: [(unit: String, last: Int)]] = [:]
  /// The year at whose end a unit merged, where the map has it.
  private var yearOf: [String: Int] = [:]

  init(_ keys: PanelKeys, newestOf: [String: String], changes: CodeChanges, areCodes: Bool) {
    var periodsOf: [String: Set<Int>] = [:]
    for (row, unit) in keys.units.enumerated() { periodsOf[unit, default: []].insert(keys.periods[row]) }
    let units = keys.units.firstAppearances
    for newest in units.compactMap({ newestOf[$0] }).firstAppearances {
      let old = units.filter { newestOf[$0] == newest && $0 != newest }
      guard !old.isEmpty else { continue }
      var parts = old.map { unit in
        let change = changes.changes.first { (areCodes ? $0.codeOld : $0.nameOld) == unit }
        if let year = change?.year { yearOf[unit] = year }
        return (unit, change?.year ?? periodsOf[unit]!.max()!)
      }
      let own = periodsOf[newest] ?? []
      // The unit whose code stays was apart while it stood beside another; a new code was not there before.
      let beside = old.filter { !own.isDisjoint(with: periodsOf[$0]!) }
      if !beside.isEmpty, let last = parts.filter({ beside.contains($0.0) }).map(\.1).max() {
        parts.append((newest, last))
      }
      // One code after another is no merger: there is nothing to add up.
      let sets = parts.map { periodsOf[$0.0]! }
      let meet = sets.indices.contains { a in sets[..<a].contains { !$0.isDisjoint(with: sets[a]) } }
      if meet { lastOf[newest] = parts.map { (unit: $0.0, last: $0.1) } }
    }
  }

  /// The year at whose end a unit merged, if that was before a period.
  func year(of unit: String, before period: Int) -> Int? {
    yearOf[unit].flatMap { $0 < period ? $0 : nil }
  }

  func absent(from units: [String], newest: String, period: Int) -> [String] {
    let parts = lastOf[newest] ?? []
    // A new code stands for the whole, in whatever period.
    if units.contains(newest), !parts.contains(where: { $0.unit == newest }) { return [] }
    return parts.filter { period <= $0.last && !units.contains($0.unit) }.map(\.unit)
  }
}
