import RuralValue
import RuralValueFormats

extension InputReader {
  /// The tables of estimates that a file holds: one of a spreadsheet, or those of a LaTeX, HTML, Markdown or Word
  /// document that have any, of which `number` names one.
  ///
  /// Throws where there is none, or that one is none; tables of other things are left out with a note.
  func publishedTables(
    _ path: String, _ options: CSVOptions, number: Int? = nil
  ) throws -> [PublishedTable] {
    let (bytes, source) = (try bytes(of: path), Self.name(of: parts(of: path).file))
    let kind = FileKind(lookingInto: bytes)
    guard !kind.isLaidDown else {
      return try chosen([try PublishedTable(try printedTable(path, options))], number, source)
    }
    let options = try self.options(options, for: path)
    try options.requireUse(by: kind, source: source)
    switch try PrintedTableReader.read(bytes, source: source, options: options) {
    case .table(let reading):
      note(reading.notes)
      look(at: reading.table, besides: reading.otherSheets)
      return try chosen([try PublishedTable(reading.table)], number, source)
    case .grids(let grids, let notes):
      note(notes)
      guard number == nil, grids.count > 1 else {
        let grid = try chosen(grids, number, source, captions: grids.map(\.caption))[0]
        return [try PublishedTable(grid)]
      }
      return try tables(grids, source)
    }
  }

  /// The one that is asked for, all where none is. Throws where there is no such.
  private func chosen<Item>(
    _ items: [Item], _ number: Int?, _ source: String, captions: [String] = [""]
  ) throws(PrintedTableError) -> [Item] {
    guard let number else { return items }
    guard items.indices.contains(number - 1) else {
      throw .noSuchTable(source: source, number: number, captions: captions)
    }
    return [items[number - 1]]
  }

  /// The tables that hold something to check, and a note of the others.
  private func tables(_ grids: [PrintedGrid], _ source: String) throws -> [PublishedTable] {
    var tables: [PublishedTable] = []
    var others: [PrintedGrid] = []
    for grid in grids {
      if let table = try? PublishedTable(grid), table.canBeChecked {
        tables.append(table)
      } else {
        others.append(grid)
      }
    }
    guard !tables.isEmpty else {
      throw AuditError.noEstimates(source: "\(source), \(grids.count) tables")
    }
    if !others.isEmpty {
      let numbers = Self.ranges(others.map(\.number))
      note([
        Phrase(
          "Left out, for nothing in them can be checked: \(others.count == 1 ? "table" : "tables") \(numbers) of"
            + " \(source).",
          zh: "\(source)中无可核对内容而略去的表：\(numbers)。")
      ])
    }
    return tables
  }

  /// `1–13, 15` for rising numbers.
  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
