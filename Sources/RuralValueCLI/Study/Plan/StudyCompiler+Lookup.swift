import RuralValue
import RuralValueFormats

/// What can be known of columns, terms and files before anything runs.
extension StudyCompiler {
  /// The table that has columns: the first, unless it lacks one of them and the second has them all.
  func table(having columns: [String], in first: StudyTable, or second: StudyTable) -> StudyTable {
    let isElsewhere =
      columns.contains(where: first.lacks) && second.columns != nil && !columns.contains(where: second.lacks)
    return isElsewhere ? second : first
  }

  /// Notes every column, property, term and file that a block's options name and that is certainly not there.
  ///
  /// `file` is the file of polygons or points, or the one that the table is made from. Terms are looked up in the formula of `whole`: a variant may change
  /// the formula and keep what names its terms.
  func requireMentions(
    _ call: StudyCall, of table: StudyTable, file: @autoclosure () -> StudyTable = StudyTable(),
    inAll whole: StudyCall? = nil
  ) {
    // Reading polygons takes its time; most calls name none of their properties.
    var known: StudyTable?
    let whole = whole ?? call
    let terms = whole.formula?.terms
    for (option, what) in whole.mentions {
      switch (what, call.places[option]) {
      case (.column(let name), let place?): requireColumns([name], of: table, at: place)
      case (.file(let path), let place?): requireFile(path, at: place)
      case (.property(let name), let place?):
        let table = known ?? file()
        known = table
        if table.lacks(name) {
          let what = holdsPolygons(table.path) ? "property" : "column"
          note(name, what, "in \(table.path)", among: table.columns ?? [], at: place)
        }
      case (.term(let name), let place):
        // The constant and the dummies of periods are the run's to know.
        if let known = terms?.map(\.name), !known.contains(name), name != "(Intercept)",
          !name.hasPrefix("time="), !Self.isLevel(name, of: known)
        {
          note(name, "term", "in the formula", among: known, at: place ?? call.path)
        }
      case (.factor(let name), let place):
        let known = terms?.flatMap(\.factors).map(\.name).firstAppearances
        if let known, !known.contains(name) {
          note(name, "variable", "in the formula", among: known, at: place ?? call.path)
        }
      case (_, _): break
      }
    }
  }

  /// Whether a name is that of one level's dummy, `factor(region)East`, of which the formula has all.
  private static func isLevel(_ name: String, of terms: [String]) -> Bool {
    let all = (try? FormulaSpecification.terms(name))?.first?.ofAllLevels.name
    return all.map { $0 != name && terms.contains($0) } ?? false
  }

  /// Notes a name that is nowhere among others.
  private func note(_ name: String, _ what: String, _ inside: String, among known: [String], at place: String)
  {
    let plural = what == "property" ? "properties" : what + "s"
    text.note(
      place,
      "there is no \(what) \"\(name)\" \(inside).\(NearestName.question(for: name, among: known))"
        + " The \(plural) are: \(listed(known)).", kind: .data, concernsOneStep: true)
  }

  /// Notes each variable that the table certainly lacks.
  func requireColumns(_ names: [String], of table: StudyTable, at place: String) {
    for name in names where table.lacks(name) {
      let hint =
        if let key = keyNames[name] {
          "It is a key of the panel, which the scores call \"\(key)\"; expected a variable."
        } else if panel.columns?.contains(name) == true {
          "The panel has it: a block analysis: {} sets the panel's columns beside the scores."
        } else {
          ""
        }
      guard !hint.isEmpty else {
        note(name, "column", "in \(table.path)", among: table.columns ?? [], at: place)
        continue
      }
      text.note(
        place, "there is no column \"\(name)\" in \(table.path). \(hint)", kind: .data, concernsOneStep: true)
    }
  }

  private func listed(_ names: [String]) -> String {
    names.prefix(16).joined(separator: ", ") + (names.count > 16 ? ", … (\(names.count) in all)" : "")
  }

  /// Notes a file that is not there; returns whether it is.
  @discardableResult
  func requireFile(_ path: String, at place: String, hint: String = "") -> Bool {
    do {
      try files.require(path)
      return true
    } catch {
      text.note(place, "\(error)\(hint)", kind: (error as? any Fault)?.kind ?? .file)
      return false
    }
  }

  /// A table that the study names, as it is read; its columns are unknown where it is not there.
  func table(_ file: String, csv: CSVOptions = CSVOptions(), at place: String) -> Table? {
    do {
      return try InputReader(SilentConsole(), files: files).table(file, csv)
    } catch {
      text.note(place, error, concernsOneStep: true)
      return nil
    }
  }

  /// The units' names from the column that the study names, of the panel or of a file that is joined to it; without one from the
  /// column that the indices' tables take.
  func unitLabels() -> UnitLabels {
    let indices = steps.first { $0.command == EntropyCommand.definition.name }?.call
    let label = indices?.texts("--label").last { !$0.contains("=") }
    guard let column = unitNames?.column ?? label, let unit = panelKeys.unit, !panelPath.isEmpty else {
      return UnitLabels()
    }
    let joins = steps.compactMap(\.call).flatMap { $0.texts("--join") }.map { join in
      String(join.prefix { $0 != ";" })
    }.firstAppearances
    for file in [panelPath] + joins where files.required.contains(file) {
      guard let table = try? InputReader(SilentConsole(), files: files).table(file, CSVOptions()),
        table.columnNames.contains(column),
        let names = try? UnitLabels(
          table, column: column,
          unitColumn: table.columnNames.contains(unit) ? unit : table.columnNames[0])
      else { continue }
      return names
    }
    if let unitNames {
      text.note(
        unitNames.place,
        "there is no column \"\(column)\" in the panel or in a file that is joined to it; expected the column with the names"
          + " of units.")
    }
    return UnitLabels()
  }

  /// Whether a file holds polygons, by what is in it; where it cannot be read, by its name.
  func holdsPolygons(_ file: String) -> Bool {
    let bytes = (try? InputReader(SilentConsole(), files: files).bytes(of: file)) ?? []
    return PolygonInput.isMeant(file, bytes)
  }

  /// A file of polygons, with the names of their properties, or of points, with its columns; unknown where the file
  /// is not there or cannot be read, which its own step says.
  func attributes(of file: String) -> StudyTable {
    let reader = InputReader(SilentConsole(), files: files)
    let names: [String]? =
      holdsPolygons(file)
      ? try? reader.polygons(file).layer.propertyNames : try? reader.table(file).columnNames
    return StudyTable(path: file, columns: names)
  }

  /// The columns of the panel's keys, as far as they can be known.
  var panelKeys: (unit: String?, time: String?) {
    func key(_ name: String) -> String? { panel.given.last { $0.name == name }?.text }
    return (key("--unit") ?? panel.columns?.first, key("--time") ?? panel.columns?.dropFirst().first)
  }
}
