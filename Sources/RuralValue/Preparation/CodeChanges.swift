/// A map from units' old codes and names to new ones: counties that became districts or cities.
///
/// Columns: `code_old,code_new`, `name_old,name_new`, or both pairs, and `year_end_effective` if known.
/// Chains are followed: where A became B and B became C, A is C.
public struct CodeChanges: Sendable, Equatable {
  /// What messages call the map's source.
  public let source: String
  /// The changes in the order of the source.
  public let changes: [Change]
  private let newCodeOfOld: [String: String]
  private let newNamesOfOld: [String: [String]]
  private let lineOfOldName: [String: Int]

  /// One unit's change.
  public struct Change: Sendable, Equatable {
    /// The year at whose end it took effect, if known.
    public let year: Int?
    /// The code before and after; empty where the map holds names only.
    public let codeOld: String, codeNew: String
    /// The name before and after; empty where the map holds codes only.
    public let nameOld: String, nameNew: String
  }

  /// A unit of the data that now stands under its newest code or name.
  public struct Join: Sendable, Equatable {
    /// What the unit column held.
    public let old: String
    /// What it holds now.
    public let new: String
    /// The unit's name before and after, where the map tells it.
    public let nameOld: String?, nameNew: String?
    /// The periods of the rows that changed hands.
    public let periods: [Int]
  }

  /// Reads a map.
  ///
  /// Throws `TableError.noSuchColumn`, `PanelError.unreadablePeriod`, and `PreparationError` for a row
  /// without a pair, a unit with two successors and a change that comes back to itself.
  public init(_ table: Table) throws {
    let columns = try Columns(table)
    var changes: [Change] = []
    var newCodeOfOld: [String: String] = [:]
    var newNamesOfOld: [String: [String]] = [:]
    var lineOfOldName: [String: Int] = [:]
    for row in 0..<table.rowCount {
      let change = try columns.change(row: row)
      let (code, line) = (change.codeOld, table.lines[row])
      changes.append(change)
      if !code.isEmpty, code != change.codeNew {
        if let other = newCodeOfOld[code], other != change.codeNew {
          throw PreparationError.ambiguousChange(
            source: table.source, line: line, old: code, new: [other, change.codeNew])
        }
        newCodeOfOld[code] = change.codeNew
      }
      if !change.nameOld.isEmpty, change.nameOld != change.nameNew,
        newNamesOfOld[change.nameOld]?.contains(change.nameNew) != true
      {
        newNamesOfOld[change.nameOld, default: []].append(change.nameNew)
        lineOfOldName[change.nameOld] = line
      }
    }
    source = table.source
    self.changes = changes
    self.newCodeOfOld = newCodeOfOld
    self.newNamesOfOld = newNamesOfOld
    self.lineOfOldName = lineOfOldName
    for code in newCodeOfOld.keys.sorted() { _ = try newestCode(of: code) }
  }

  /// The newest code of a unit; itself where it never changed.
  public func newestCode(of code: String) throws(PreparationError) -> String {
    var (newest, seen) = (code, Set([code]))
    while let next = newCodeOfOld[newest] {
      guard seen.insert(next).inserted else { throw .circularChange(source: source, old: code) }
      newest = next
    }
    return newest
  }

  /// The newest name of a unit; itself where it never changed.
  ///
  /// Throws where the map gives a name two successors, as two counties of one name may have.
  public func newestName(of name: String) throws(PreparationError) -> String {
    var (newest, seen) = (name, Set([name]))
    while let next = newNamesOfOld[newest] {
      guard next.count == 1 else {
        throw .ambiguousChange(source: source, line: lineOfOldName[newest]!, old: newest, new: next)
      }
      guard seen.insert(next[0]).inserted else { throw .circularChange(source: source, old: name) }
      newest = next[0]
    }
    return newest
  }

  /// Whether a unit column holds codes of this map; otherwise it is taken to hold names.
  func areCodes(_ units: Set<String>) -> Bool {
    changes.contains { units.contains($0.codeOld) || units.contains($0.codeNew) }
  }

  /// The names that a unit had before, and its newest one, by its newest code.
  func namesOfNewestCode() throws(PreparationError) -> [String: (old: Set<String>, newest: String)] {
    var names: [String: (old: Set<String>, newest: String)] = [:]
    for change in changes where !change.nameOld.isEmpty && !change.codeNew.isEmpty {
      let code = try newestCode(of: change.codeNew)
      names[code, default: ([], change.nameNew)].old.insert(change.nameOld)
      if change.codeNew == code { names[code]!.newest = change.nameNew }
    }
    return names
  }

  /// Where the map's columns stand.
  private struct Columns {
    let table: Table
    let year: Int?, codeOld: Int?, codeNew: Int?, nameOld: Int?, nameNew: Int?

    init(_ table: Table) throws(TableError) {
      func position(_ name: String, besides partner: String) throws(TableError) -> Int? {
        guard let position = table.columnNames.firstIndex(of: name) else {
          if table.columnNames.contains(partner) { _ = try table.column(named: name) }
          return nil
        }
        return position
      }
      self.table = table
      year = table.columnNames.firstIndex(of: "year_end_effective")
      codeOld = try position("code_old", besides: "code_new")
      codeNew = try position("code_new", besides: "code_old")
      nameOld = try position("name_old", besides: "name_new")
      nameNew = try position("name_new", besides: "name_old")
      if codeOld == nil, nameOld == nil { _ = try table.column(named: "code_old") }
    }

    func change(row: Int) throws -> Change {
      // A marker of a missing value is no code: nobody's unit becomes NA.
      func text(_ column: Int?) -> String {
        let text = column.map { CellText.trimmed(table.text(row: row, column: $0)) } ?? ""
        return NumberReading(text) == .missing ? "" : text
      }
      let change = Change(
        year: try effectiveYear(text(year), row: row), codeOld: text(codeOld), codeNew: text(codeNew),
        nameOld: text(nameOld), nameNew: text(nameNew))
      let hasCodes = !change.codeOld.isEmpty && !change.codeNew.isEmpty
      let hasNames = !change.nameOld.isEmpty && !change.nameNew.isEmpty
      guard hasCodes || hasNames, change.codeOld.isEmpty == change.codeNew.isEmpty,
        change.nameOld.isEmpty == change.nameNew.isEmpty
      else { throw PreparationError.incompleteChange(source: table.source, line: table.lines[row]) }
      return change
    }

    private func effectiveYear(_ text: String, row: Int) throws(PanelError) -> Int? {
      guard !text.isEmpty else { return nil }
      if let year = PeriodReading.period(text) { return year }
      throw .unreadablePeriod(
        found: text, source: table.source, line: table.lines[row], column: "year_end_effective")
    }
  }
}
