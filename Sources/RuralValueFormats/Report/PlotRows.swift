import RuralValue

/// Columns of a table as plots need them.
struct PlotRows {
  let table: ResultTable

  /// A column of numbers; NaN in every row where there is none.
  func numbers(_ name: String) -> [Double] {
    switch table.column(name)?.values {
    case .number(let cells)?: cells
    case .integer(let cells)?: cells.map { $0.map(Double.init) ?? .nan }
    default: [Double](repeating: .nan, count: table.rowCount)
    }
  }

  /// A column of words in a language; empty words where there is none.
  func words(_ name: String, _ language: Language = .english) -> [String] {
    switch table.column(name)?.values {
    case .text(let cells)?: cells.map { $0 ?? "" }
    case .phrase(let cells)?: cells.map { $0.text(in: language) }
    case .remark(let cells)?: cells.map { $0?.text(in: language) ?? "" }
    case .integer(let cells)?: cells.map { $0.map(String.init) ?? "" }
    default: [String](repeating: "", count: table.rowCount)
    }
  }

  /// Estimates with their intervals, a row each.
  var intervals: [IntervalPlot.Interval] {
    let (low, high) = (numbers("conf_low"), numbers("conf_high"))
    return numbers("estimate").enumerated().map { .init(estimate: $1, low: low[$0], high: high[$0]) }
  }

  /// The width of the intervals as the heading of their lower ends says it.
  var percent: String {
    let digits = table.column("conf_low")?.heading.english.prefix { $0.isNumber || $0 == "." } ?? ""
    return digits.isEmpty ? "95" : String(digits)
  }
}

extension [String] {
  /// Each once, in the order of their first places.
  var once: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
