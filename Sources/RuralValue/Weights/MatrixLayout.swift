/// Where a square matrix stands in a table: whose rows and whose columns they are.
struct MatrixLayout {
  /// The units of the rows, in their order.
  let units: [String]
  /// The first column of weights.
  let firstColumn: Int
  /// For each column of weights the position of its unit.
  let columns: [Int]
  /// What had to be taken as given: an order, a name.
  let notes: [Phrase]

  private init(units: [String], firstColumn: Int, columns: [Int]? = nil, notes: [Phrase] = []) {
    self.units = units
    self.firstColumn = firstColumn
    self.columns = columns ?? Array(units.indices)
    self.notes = notes
  }

  /// The layout of a table with a header, or nil where it is no matrix.
  ///
  /// Ids stand above and beside; or beside, with the columns numbered (`id,v1,v2,…`); or above alone. A column of
  /// names may stand before the numbers. Throws `WeightsError` for a matrix that is not square, or has no ids.
  init?(_ table: Table, _ options: WeightsOptions) throws(WeightsError) {
    guard table.rowCount >= 2, table.columnCount >= 2 else { return nil }
    if let labels = MatrixLabels(table) {
      guard labels.isMatrix else { return nil }
      let columns = try labels.columns()
      self =
        MatrixLayout(byRowNumbers: labels, columns, options)
        ?? MatrixLayout(
          units: labels.ids, firstColumn: labels.firstColumn, columns: columns, notes: labels.notes
        ).inOrderOfData(table.source, options)
    } else if let layout = try MatrixLayout(numbered: table, options) {
      self = layout
    } else if let layout = try MatrixLayout(headerOnly: table, options) {
      self = layout
    } else {
      return nil
    }
  }

  /// The layout of numbers alone, in the order of the data, or of such numbers behind a column of ids.
  ///
  /// Empty columns at the end do not count. Throws `WeightsError.matrixWithoutIds` where there are no ids and the data
  /// are unknown or have another number of units.
  init(bare table: Table, _ options: WeightsOptions) throws(WeightsError) {
    let empty = (0..<table.columnCount).reversed().prefix { column in
      (0..<table.rowCount).allSatisfy { table.isEmpty(row: $0, column: column) }
    }
    if table.columnCount - empty.count == table.rowCount + 1, let ids = table.leadingIds(before: 1, nil)?.ids
    {
      let note = Phrase(
        "\(table.source) has no header: its first column is taken as the ids, and the others in the order of the rows.",
        zh: "\(table.source) 没有表头：第一列按单元标识读入，其余各列按行的顺序对应。")
      self = MatrixLayout(
        units: ids.ids, firstColumn: 1, notes: [note] + PlainIds.notes(table.source, [ids])
      ).inOrderOfData(table.source, options)
      return
    }
    guard let data = options.data, data.ids.count == table.rowCount else {
      throw .matrixWithoutIds(
        source: table.source, size: table.rowCount,
        data: options.data.map { .init(source: $0.source, count: $0.ids.count) })
    }
    self.init(
      units: data.ids, firstColumn: 0,
      notes: [Self.orderNote(table.source, data, "has no ids", zh: "没有单元标识")])
  }
}

extension MatrixLayout {
  /// Ids beside, and above numbers in sequence behind one prefix: `id,v1,v2,…`.
  private init?(numbered table: Table, _ options: WeightsOptions) throws(WeightsError) {
    for first in 1...min(3, table.columnCount - 1) {
      let names = table.columnNames[first...]
      guard names.count >= 2, let numbered = PositionalNames(names), let last = names.last else { continue }
      guard let ids = table.leadingIds(before: first, options.data)?.ids else { continue }
      guard names.count == table.rowCount else {
        if numbered.prefix.isEmpty || table.columnCount <= 3 { continue }
        throw .sizesDiffer(source: table.source, rows: table.rowCount, columns: names.count)
      }
      guard Self.isOfNumbers(table, from: first) else { continue }
      self = MatrixLayout(
        units: ids.ids, firstColumn: first,
        notes: [Self.rowOrderNote(table.source, names.first ?? "", last)]
          + PlainIds.notes(table.source, [ids])
      ).inOrderOfData(table.source, options)
      return
    }
    return nil
  }

  /// Numbers of rows above and beside, and beside them the ids: `,code,0,1,…`; nil where the numbers may be the ids.
  private init?(byRowNumbers labels: MatrixLabels, _ columns: [Int], _ options: WeightsOptions) {
    let table = labels.table
    guard PositionalNames.areRowNumbers(labels.ids),
      let (column, ids) = table.leadingIds(before: labels.firstColumn, options.data),
      column != labels.idColumn,
      options.data.map({ Set($0.ids).isDisjoint(with: labels.ids) })
        ?? (table.isNamedForRows(labels.idColumn) && table.columnNames[labels.idColumn].lowercased() != "id")
    else { return nil }
    let names = table.columnNames[labels.firstColumn...]
    let note = Phrase(
      "\(table.source): the ids are those of the column \"\(table.columnNames[column])\", for"
        + " \"\(table.columnNames[labels.idColumn])\" and the names \"\(names.first ?? "")\" …"
        + " \"\(names.last ?? "")\" only count the rows.",
      zh: "\(table.source)：单元标识取自“\(table.columnNames[column])”列；“\(table.columnNames[labels.idColumn])”列与列名"
        + "“\(names.first ?? "")”…“\(names.last ?? "")”仅为行号。")
    self.init(
      units: ids.ids, firstColumn: labels.firstColumn, columns: columns,
      notes: [note] + PlainIds.notes(table.source, [ids]))
  }

  private static func rowOrderNote(_ source: String, _ first: String, _ last: String) -> Phrase {
    Phrase(
      "\(source): the columns \"\(first)\" … \"\(last)\" are taken in the order of the rows.",
      zh: "\(source)：“\(first)”…“\(last)”各列按行的顺序对应。")
  }

  /// Ids above, and below them the rows in the same order.
  private init?(headerOnly table: Table, _ options: WeightsOptions) throws(WeightsError) {
    guard table.columnCount == table.rowCount, !EdgeListColumns.areNamed(table.columnNames),
      Self.isOfNumbers(table, from: 0)
    else { return nil }
    let plain = PlainIds(table.columnNames.map(CellText.trimmed))
    let names = plain.ids
    let known = Set(options.data?.ids ?? [])
    if let numbered = PositionalNames(names[...]), !names.allSatisfy(known.contains),
      !numbered.prefix.isEmpty || options.data != nil
    {
      self = try MatrixLayout(bare: table, options)
      return
    }
    let ids = Self.withoutPrefixOfR(names, known)
    self.init(
      units: ids, firstColumn: 0,
      notes: [
        Phrase(
          "\(table.source) has ids above its columns only: its rows are taken in the same order"
            + (ids == names ? "." : ", and \"\(names[0])\" is the unit \(ids[0])."),
          zh: "\(table.source) 仅在列上方有标识，各行按相同顺序对应"
            + (ids == names ? "。" : "；“\(names[0])”即单元 \(ids[0])。"))
      ] + PlainIds.notes(table.source, [plain]))
  }

  /// Ids as R leaves them above columns where it puts an X before those that begin with a digit.
  private static func withoutPrefixOfR(_ names: [String], _ known: Set<String>) -> [String] {
    guard !names.contains(where: known.contains) else { return names }
    let areNumbers = names.allSatisfy { $0.hasPrefix("X") && $0.dropFirst().first?.isNumber == true }
    return areNumbers ? names.map { String($0.dropFirst()) } : names
  }

  /// Whether every cell from a column on is a number, the diagonal's perhaps empty, such as a matrix has.
  ///
  /// A square of two or three columns might as well be a list of as many links: there the diagonal must be empty
  /// or zero.
  private static func isOfNumbers(_ table: Table, from first: Int) -> Bool {
    let columns = Array(first..<table.columnCount)
    let kinds = table.columnKinds(columns)
    guard kinds.allSatisfy({ $0 == .numeric || $0 == .empty }) else { return false }
    return columns.count > 3
      || columns.indices.allSatisfy { i in
        switch table.reading(row: i, column: first + i) {
        case .number(let weight): weight == 0
        case .missing: table.isEmpty(row: i, column: first + i)
        case .unreadable: false
        }
      }
  }

  /// The layout with the units of the data where its own are the numbers of rows and the data know none of them, not
  /// even with zeros before them.
  private func inOrderOfData(_ source: String, _ options: WeightsOptions) -> MatrixLayout {
    guard let data = options.data, data.ids.count == units.count,
      PositionalNames.areRowNumbers(units), Set(data.ids).isDisjoint(with: units),
      Set(data.ids.map(PlainIds.withoutZeros)) != Set(units.map(PlainIds.withoutZeros))
    else { return self }
    let note = Self.orderNote(source, data, "numbers its rows", zh: "仅有行号")
    return MatrixLayout(units: data.ids, firstColumn: firstColumn, columns: columns, notes: notes + [note])
  }

  private static func orderNote(
    _ source: String, _ data: WeightsOptions.DataUnits, _ cause: String, zh: String
  ) -> Phrase {
    let (count, first, last) = (data.ids.count, data.ids.first ?? "", data.ids.last ?? "")
    return Phrase(
      "\(source) \(cause): its \(count) rows and columns are taken in the order in which \(data.source) has its"
        + " units, from \(first) to \(last).",
      zh: "\(source) \(zh)：其 \(count) 行（列）按 \(data.source) 中单元出现的顺序对应，从 \(first) 到 \(last)。")
  }
}
