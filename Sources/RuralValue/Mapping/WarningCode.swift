/// A warning as a map's values have it: a colour, observed in the period or earlier.
struct WarningCode: Equatable {
  let colour: WarningColour
  let isStale: Bool

  /// Red to green as observed, then red to green as observed earlier: the order of legends.
  static let all = [false, true].flatMap { isStale in
    WarningColour.allCases.reversed().map { WarningCode(colour: $0, isStale: isStale) }
  }

  /// Its place in `all`, which stands for it among numbers.
  var number: Int { (isStale ? 3 : 0) + 2 - colour.rawValue }

  /// How it is filled.
  var fill: String {
    let colour = MapPalette.warning(colour)
    return isStale ? MapPalette.hatched(colour) : colour
  }

  /// The mark on its units.
  var mark: MapFigure.Mark? {
    switch colour {
    case .green: nil
    case .yellow: .square
    case .red: .triangle
    }
  }

  /// What the legend says.
  var name: Phrase {
    isStale
      ? Phrase("\(colour.name.english), seen earlier", zh: "\(colour.name.chinese)（沿用前期）") : colour.name
  }
}

extension WarningCode {
  /// The warning behind a number; nil for a missing one.
  init?(_ value: Double) {
    guard !value.isNaN, WarningCode.all.indices.contains(Int(value)) else { return nil }
    self = WarningCode.all[Int(value)]
  }

  /// The warning that a cell names: `red`, `stale red`, `红`, `陈旧红`.
  init?(asWritten text: String) {
    let word = text.lowercased()
    for prefix in ["stale ", "陈旧"] where word.hasPrefix(prefix) {
      guard let colour = WarningColour(asWritten: CellText.trimmed(String(word.dropFirst(prefix.count))))
      else { return nil }
      self.init(colour: colour, isStale: true)
      return
    }
    guard let colour = WarningColour(asWritten: word) else { return nil }
    self.init(colour: colour, isStale: false)
  }
}

extension SpatialTable {
  /// Reads columns of warnings, as `evaluate` writes them into colours.csv, for a map.
  ///
  /// Throws `MapError.notAWarning` for another word, and what the panel of a table throws.
  public init(
    _ table: Table, unitColumn: String? = nil, timeColumn: String? = nil, warnings columns: [String]
  ) throws {
    let made = try columns.firstAppearances.map { name in
      let column = try table.column(named: name)
      let values = try (0..<table.rowCount).map { row -> Double in
        let text = CellText.trimmed(table.text(row: row, column: column))
        if NumberReading(text) == .missing { return .nan }
        guard let code = WarningCode(asWritten: text) else {
          throw MapError.notAWarning(
            found: text, source: table.source(ofRow: row), line: table.lines[row], column: name)
        }
        return Double(code.number)
      }
      return (name: name, values: values)
    }
    self.init(try Panel(table, unitColumn: unitColumn, timeColumn: timeColumn, variables: [], made: made))
  }
}
