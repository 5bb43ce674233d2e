extension ResultDocument {
  /// The document as people read it who know its variables by labels: tables and pictures have words in the place of names.
  /// Keys and cells of CSV and JSON keep the names.
  public func worded(by labels: VariableLabels) -> ResultDocument {
    mapping(tables: { $0.worded(by: labels) }, figures: { $0.worded(by: labels) })
  }

  /// The names of variables that tables and pictures have.
  public var wordedNames: Set<String> {
    var names: Set<String> = []
    for part in parts { names.formUnion(part.table.wordedNames) }
    for figure in figures { _ = figure.mapping { $0.collecting(names: &names) } }
    return names
  }
}

extension Phrase {
  /// The same phrase; the names in it, and the columns that they rest on, are added to others.
  fileprivate func collecting(names others: inout Set<String>) -> Phrase {
    for name in names {
      others.insert(name.name)
      others.formUnion(name.variables)
    }
    return self
  }
}

extension ResultTable {
  /// The table with words in the place of names.
  public func worded(by labels: VariableLabels) -> ResultTable { mapping { $0.worded(by: labels) } }

  /// The names of variables that the table has.
  var wordedNames: Set<String> {
    var names: Set<String> = []
    _ = mapping { $0.collecting(names: &names) }
    return names
  }

  /// The table with other phrases where names may stand: title, headings, what people read as cells, titles of blocks.
  func mapping(_ phrase: (Phrase) -> Phrase) -> ResultTable {
    var table = ResultTable(
      name: name, title: phrase(title), columns: columns.map { $0.mapping(phrase) }, keyColumns: keyColumns,
      sections: sections.map { .init(firstRow: $0.firstRow, title: $0.title.map(phrase)) },
      notes: notes.map(phrase)
    ).adding(cautions: cautions.map(phrase)).adding(
      spans: spans.map { .init(columns: $0.columns, heading: phrase($0.heading)) })
    if let rowKinds { table = table.adding(rowKinds: rowKinds) }
    if let rowKeys { table = table.adding(rowKeys: rowKeys) }
    return table
  }
}

extension ResultColumn {
  /// The column with other phrases where names may stand; the cells themselves stay, for scripts read them.
  fileprivate func mapping(_ phrase: (Phrase) -> Phrase) -> ResultColumn {
    var words = shown
    if words == nil, case .phrase(let cells) = values, cells.contains(where: { !$0.names.isEmpty }) {
      words = cells
    }
    return ResultColumn(
      name, phrase(heading), values, display: display, rowDisplays: rowDisplays, missing: missing,
      significance: significance, group: group
    ).shown(as: words.map { Self.each($0, phrase) })
  }

  /// What becomes of cells, found once for those that are the same: long tables name few variables.
  private static func each<Cell: Hashable>(_ cells: [Cell], _ transform: (Cell) -> Phrase) -> [Phrase] {
    var known: [Cell: Phrase] = [:]
    return cells.map { cell in
      if let phrase = known[cell] { return phrase }
      let phrase = transform(cell)
      known[cell] = phrase
      return phrase
    }
  }

  /// A column whose cells are names: people may read words for them.
  static func names(_ name: String, _ heading: Phrase, _ names: [WordedName?]) -> ResultColumn {
    ResultColumn(name, heading, .text(names.map { $0?.name }))
      .shown(as: each(names) { $0.map(Phrase.init) ?? Phrase(verbatim: "") })
  }

  /// A column whose cells are terms of formulas.
  static func terms(_ name: String, _ heading: Phrase, _ terms: [String?]) -> ResultColumn {
    names(name, heading, terms.map { $0.map { WordedName($0, .term) } })
  }

  /// A column whose cells are names of columns.
  static func variables(_ name: String, _ heading: Phrase, _ variables: [String?]) -> ResultColumn {
    names(name, heading, variables.map { $0.map { WordedName($0, .variable) } })
  }
}

extension WordedName {
  /// The columns that the name rests on, as far as it can be read as a term.
  fileprivate var variables: [String] {
    switch kind {
    case .variable, .quantity, .sign, .period, .words: return []
    case .combination: return (try? LinearCombination(name))?.parts.map(\.name) ?? []
    case .term, .spatialLag, .effect:
      let term = name.firstRange(of: "W*").map { String(name[$0.upperBound...]) } ?? name
      return ((try? FormulaSpecification.terms(term)) ?? []).flatMap(\.factors).flatMap(\.variables)
    }
  }
}
