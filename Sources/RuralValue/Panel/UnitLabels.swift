/// The names that stand beside units' codes in tables for people, or in the place of codes.
///
/// Two units of one name are told apart by their codes, which then stand behind the name.
public struct UnitLabels: Sendable, Equatable {
  private let nameOfUnit: [String: String]
  /// Names that several units have.
  private let shared: Set<String>

  /// Codes with fewer letters are not looked for in sentences, where they might be numbers of something else.
  private static let shortestInSentence = 6

  /// No names.
  public init() { (nameOfUnit, shared) = ([:], []) }

  /// Reads names from a column; without one, units have no names. The last non-empty name of a unit counts.
  ///
  /// Throws `TableError.noSuchColumn` where a column is not there, and what `PanelKeys` throws for units.
  public init(_ table: Table, column: String?, unitColumn: String) throws {
    guard let column else {
      (nameOfUnit, shared) = ([:], [])
      return
    }
    let names = try table.column(named: column)
    let units = try UnitCodes(table, column: table.column(named: unitColumn)).units
    var nameOfUnit: [String: String] = [:]
    for row in 0..<table.rowCount {
      let name = CellText.trimmed(table.text(row: row, column: names))
      if !name.isEmpty { nameOfUnit[units[row]] = name }
    }
    let counts = Dictionary(nameOfUnit.values.map { ($0, 1) }, uniquingKeysWith: +)
    self.nameOfUnit = nameOfUnit
    shared = Set(counts.filter { $0.value > 1 }.keys)
  }

  /// Whether no unit has a name.
  public var isEmpty: Bool { nameOfUnit.isEmpty }

  /// The name of a unit, or nil.
  public func name(of unit: String) -> String? {
    nameOfUnit[unit].map { shared.contains($0) && $0 != unit ? "\($0) (\(unit))" : $0 }
  }

  /// A phrase in which units' names stand before their codes: `宁远县 (431126)`.
  public func naming(_ phrase: Phrase) -> Phrase { isEmpty ? phrase : phrase.worded { naming(text: $0) } }

  /// A text with names before the codes in it, where a code stands by itself and has at least six letters.
  func naming(text: String) -> String {
    guard !isEmpty, text.utf8.count >= Self.shortestInSentence else { return text }
    var result = ""
    var word = ""
    func close() {
      let name = word.count >= Self.shortestInSentence ? nameOfUnit[word] : nil
      // Somebody may have written the name before its code already.
      let isMissing = name.map { $0 != word && !result.hasSuffix("\($0) (") } ?? false
      result += isMissing ? "\(name ?? "") (\(word))" : word
      word = ""
    }
    for letter in text {
      if letter.isLetter || letter.isNumber || letter == "_" {
        word.append(letter)
      } else {
        close()
        result.append(letter)
      }
    }
    close()
    return result
  }

  /// The table with names: in its sentences, and in the column of units where it has none of names.
  public func naming(_ table: ResultTable) -> ResultTable {
    guard !isEmpty else { return table }
    let hasNames = table.column("label") != nil || table.column("name") != nil
    return table.worded(
      columns: { column in
        guard column.name == "unit", !hasNames, case .text(let cells) = column.values, column.shown == nil
        else {
          return column.wordedSentences { naming(text: $0) }
        }
        return column.shown(
          as: cells.map { cell in
            Phrase(verbatim: cell.map { unit in nameOfUnit[unit].map { "\($0) (\(unit))" } ?? unit } ?? "")
          })
      }, sentences: { naming(text: $0) })
  }

  /// A drawing in which names stand in the place of texts that are nothing but a code.
  public func naming(drawing svg: String) -> String {
    guard !isEmpty else { return svg }
    var result = ""
    var rest = svg[...]
    while let end = rest.firstIndex(of: ">") {
      result += rest[...end]
      rest = rest[rest.index(after: end)...]
      guard let next = rest.firstIndex(of: "<") else { break }
      let text = String(rest[..<next])
      result += text.count >= Self.shortestInSentence ? name(of: text).map(Self.escaped) ?? text : text
      rest = rest[next...]
    }
    return result + rest
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
