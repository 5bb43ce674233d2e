/// A table in which the rows of units that merged are one row a period.
struct MergedUnits {
  /// The table; a merged row stands in the place of the first of its rows.
  let table: Table
  /// What was merged, by the newest unit.
  let merges: [PreparationReport.Merge]
  /// What the reader must know.
  let notes: [Phrase]

  /// Puts together the rows of one period whose units the map makes one.
  ///
  /// `renamed` is a column of names that follow the map. Throws `MergeError`, `PanelError.duplicateKey`, `TableError` and what following the map throws.
  init(_ table: Table, keys: PanelKeys, by changes: CodeChanges, _ rules: MergeRules, renamed: Int? = nil)
    throws
  {
    let groups = try MergeGroups(keys, of: table, by: changes)
    try Self.check(rules, of: table, keys: keys)
    guard let example = groups.merged.first else {
      (self.table, merges) = (table, [])
      notes = [
        Phrase(
          "No two units of \(table.source) become one in the same period by \(changes.source): nothing was added up.",
          zh: "按\(changes.source)，\(table.source)中没有两个个体在同一时期合并为一，未作加总。")
      ]
      return
    }
    try Self.requireRules(rules, table: table, keys: keys, example: example)
    let columns = try rules.read.map { name throws in try table.column(named: name) }
    let numbers = try table.numbers(columns: columns)
    let cells = MergedCells(
      table, rules, values: Dictionary(zip(rules.read, numbers), uniquingKeysWith: { first, _ in first }))
    let made = try groups.merged.map { group throws(MergeError) in try cells.values(of: group) }
    self.table = Self.rewritten(table, groups: groups, made: made)
    merges = groups.merges(missing: made.map { $0.count { $0.value.isNaN } })
    let ruled = rules.columns + [keys.unitColumn, keys.timeColumn]
    let texts = table.columnNames.indices.filter { $0 != renamed && !ruled.contains(table.columnNames[$0]) }
    notes =
      groups.notes + cells.notes(groups.merged, made, keys: keys)
      + texts.compactMap { MergedTexts(table, column: $0, groups.merged)?.note }
  }

  private static func check(_ rules: MergeRules, of table: Table, keys: PanelKeys) throws {
    for name in rules.namedColumns { _ = try table.column(named: name) }
    if let twice = rules.columns.firstRepetition { throw MergeError.twoRules(column: twice) }
    if let key = rules.columns.first(where: { $0 == keys.unitColumn || $0 == keys.timeColumn }) {
      throw MergeError.keyColumn(column: key)
    }
  }

  private static func requireRules(
    _ rules: MergeRules, table: Table, keys: PanelKeys, example: MergeGroups.Group
  ) throws {
    let known = Set(rules.columns + [keys.unitColumn, keys.timeColumn])
    let others = Set(table.columnNames.indices.filter { known.contains(table.columnNames[$0]) })
    let bare = try table.numericColumns(except: others).map { table.columnNames[$0] }
    guard !bare.isEmpty else { return }
    throw MergeError.undeclared(
      columns: bare, source: table.source, units: example.units, newest: example.newest,
      timeColumn: keys.timeColumn, period: example.period)
  }

  /// The table without the rows that went into others, whose cells have what was made of them.
  private static func rewritten(
    _ table: Table, groups: MergeGroups, made: [[(column: Int, value: Double)]]
  ) -> Table {
    var bytes = table.bytes
    var (starts, ends) = (table.starts, table.ends)
    var gone = Set<Int>()
    for (group, values) in zip(groups.merged, made) {
      let (place, source) = (group.rows[0], group.main)
      for column in 0..<table.columnCount {
        let (cell, origin) = (place * table.columnCount + column, source * table.columnCount + column)
        (starts[cell], ends[cell]) = (table.starts[origin], table.ends[origin])
      }
      for (column, value) in values {
        let cell = place * table.columnCount + column
        starts[cell] = UInt32(bytes.count)
        if !value.isNaN { bytes += Array(RoundTripNumber.text(value).utf8) }
        ends[cell] = UInt32(bytes.count)
      }
      gone.formUnion(group.rows.dropFirst())
    }
    return Table(
      source: table.source, columnNames: table.columnNames, headerLine: table.headerLine, lines: table.lines,
      bytes: bytes, starts: starts, ends: ends, origins: table.origins, sourceOfRow: table.sourceOfRow
    ).keepingRows { !gone.contains($0) }
  }
}

/// What the rules make of the cells of merged rows.
private struct MergedCells {
  let table: Table
  let rules: MergeRules
  let values: [String: [Double]]

  init(_ table: Table, _ rules: MergeRules, values: [String: [Double]]) {
    self.table = table
    self.rules = rules
    self.values = values
  }

  /// The columns of a merged row that are made, NaN where a part is missing.
  func values(of group: MergeGroups.Group) throws(MergeError) -> [(column: Int, value: Double)] {
    var made: [(column: Int, value: Double)] = []
    func add(_ name: String, _ value: Double) throws(MergeError) {
      if value.isInfinite {
        throw .overflow(
          source: table.source(ofRow: group.rows[0]), line: table.lines[group.rows[0]], column: name,
          unit: group.newest)
      }
      // Every name was looked up before.
      made.append((table.columnNames.firstIndex(of: name)!, group.isComplete ? value : .nan))
    }
    for name in rules.sums { try add(name, parts(name, group).reduce(0, +)) }
    for name in rules.means {
      let parts = parts(name, group)
      let mean = parts.reduce(0, +) / Double(parts.count)
      try add(name, mean.isInfinite ? parts.reduce(0) { $0 + $1 / Double(parts.count) } : mean)
    }
    for mean in rules.weightedMeans { try add(mean.column, try weighted(mean, group)) }
    return made
  }

  private func parts(_ name: String, _ group: MergeGroups.Group) -> [Double] {
    group.rows.map { values[name]![$0] }
  }

  /// Σwx / Σw, missing where no weight is above zero.
  private func weighted(_ mean: MergeRules.WeightedMean, _ group: MergeGroups.Group) throws(MergeError)
    -> Double
  {
    let (parts, weights) = (parts(mean.column, group), parts(mean.weight, group))
    if let bad = weights.firstIndex(where: { $0 < 0 }) {
      throw .negativeWeight(
        source: table.source(ofRow: group.rows[bad]), line: table.lines[group.rows[bad]], column: mean.weight,
        value: weights[bad], weighted: mean.column)
    }
    guard let most = weights.max(), most > 0 || most.isNaN else { return .nan }
    let average = zip(parts, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    guard !average.isFinite else { return average }
    // By shares, so that large numbers do not overflow on the way.
    let shares = weights.map { $0 / most }
    let total = shares.reduce(0, +)
    return zip(parts, shares).reduce(0) { $0 + $1.0 * ($1.1 / total) }
  }

  func notes(
    _ groups: [MergeGroups.Group], _ made: [[(column: Int, value: Double)]], keys: PanelKeys
  ) -> [Phrase] {
    var missing: [Int: (count: Int, first: Int)] = [:]
    for (position, values) in made.enumerated() where groups[position].isComplete {
      for (column, value) in values where value.isNaN {
        missing[column, default: (0, position)].count += 1
      }
    }
    return missing.sorted { $0.key < $1.key }.map { column, found in
      let group = groups[found.first]
      let name = table.columnNames[column]
      return Phrase(
        "\(name): \(found.count) merged \(found.count == 1 ? "cell is" : "cells are") missing, for a part has no value or"
          + " no weight above 0; the first is \"\(group.newest)\" in \(group.period).",
        zh: "\(name)：\(found.count)个合并后的单元格缺失，因有组成部分缺失或权数均不大于0，首个为“\(group.newest)”\(group.period)年。")
    }
  }
}
