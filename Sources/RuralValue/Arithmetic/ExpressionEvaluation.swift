internal import RuralValueNumerics

/// Computes an expression over the rows of a panel.
struct ExpressionEvaluation {
  /// Why a cell has no result though all that it is computed from is known.
  enum Cause: Sendable, CaseIterable {
    case zeroDivisor, logarithm, root, power, zeroBase
  }

  let expression: ColumnExpression
  let panel: Panel
  /// The texts of a column in the panel's row order.
  let texts: (String) throws -> [String]
  /// For each cause the rows at which it first left a cell without a result.
  private(set) var failures: [Cause: [Int]] = [:]
  /// The rows that a function of a unit's time or a group left out, for their value is missing, though others had one.
  private(set) var leftOut: [ExpressionFunction: [Int]] = [:]

  init(_ expression: ColumnExpression, over panel: Panel, texts: @escaping (String) throws -> [String]) {
    self.expression = expression
    self.panel = panel
    self.texts = texts
  }

  /// The column, NaN where it is missing.
  mutating func values() throws -> [Double] { try values(expression.root) }

  private mutating func values(_ node: ColumnExpression.Node) throws -> [Double] {
    switch node {
    case .number(let number): return [Double](repeating: number, count: panel.rowCount)
    case .column(let name):
      if name == panel.timeColumn { return (0..<panel.rowCount).map { Double(panel.period(ofRow: $0)) } }
      return try panel.values(of: name)
    case .negative(let inner): return try values(inner).map { -$0 }
    case .textIs(let column, let text, let isEqual):
      return try texts(column).map { cell in
        let cell = CellText.trimmed(cell)
        return cell.isEmpty ? .nan : (cell == text) == isEqual ? 1 : 0
      }
    case .binary(let sign, let left, let right):
      return combine(sign, try values(left), try values(right))
    case .call(let function, let arguments, let settings):
      var columns: [[Double]] = []
      for argument in arguments { columns.append(try values(argument)) }
      return try result(of: function, columns, settings)
    }
  }

  private mutating func combine(
    _ sign: ColumnExpression.Operator, _ left: [Double], _ right: [Double]
  ) -> [Double] {
    switch sign {
    case .plus: return zip(left, right).map { $0 + $1 }
    case .minus: return zip(left, right).map { $0 - $1 }
    case .times: return zip(left, right).map { $0 * $1 }
    case .divided:
      return checked(.zeroDivisor, left, right, hasResult: { $1 != 0 }, { $0 / $1 })
    case .power:
      return checked(
        .power, left, right, hasResult: { $0 > 0 || $1 == $1.rounded() && ($0 != 0 || $1 >= 0) }, pow)
    case .equal: return compared(left, right, ==)
    case .notEqual: return compared(left, right, !=)
    case .below: return compared(left, right, <)
    case .atMost: return compared(left, right, <=)
    case .above: return compared(left, right, >)
    case .atLeast: return compared(left, right, >=)
    // Known where one side decides.
    case .and: return zip(left, right).map { $0 == 0 || $1 == 0 ? 0 : $0.isNaN || $1.isNaN ? .nan : 1 }
    case .or:
      return zip(left, right).map { a, b in
        (a != 0 && !a.isNaN) || (b != 0 && !b.isNaN) ? 1 : a.isNaN || b.isNaN ? .nan : 0
      }
    }
  }

  private func compared(_ left: [Double], _ right: [Double], _ holds: (Double, Double) -> Bool) -> [Double] {
    zip(left, right).map { $0.isNaN || $1.isNaN ? .nan : holds($0, $1) ? 1 : 0 }
  }

  private mutating func checked(
    _ cause: Cause, _ left: [Double], _ right: [Double], hasResult: (Double, Double) -> Bool,
    _ operation: (Double, Double) -> Double
  ) -> [Double] {
    left.indices.map { row in
      let (a, b) = (left[row], right[row])
      guard !a.isNaN, !b.isNaN else { return .nan }
      guard hasResult(a, b) else {
        failures[cause, default: []].append(row)
        return .nan
      }
      return operation(a, b)
    }
  }

  private mutating func result(
    of function: ExpressionFunction, _ columns: [[Double]], _ settings: ColumnExpression.Settings
  ) throws -> [Double] {
    let x = columns[0]
    // The parser has read a whole number there.
    let steps = columns.count > 1 && function.takesWholeNumber ? Int(columns[1].first ?? 1) : 1
    switch function {
    case .log:
      return checked(.logarithm, x, x, hasResult: { value, _ in value > 0 }, { value, _ in log(value) })
    case .log1p:
      return checked(.logarithm, x, x, hasResult: { value, _ in value > -1 }, { value, _ in log1p(value) })
    case .sqrt:
      return checked(.root, x, x, hasResult: { value, _ in value >= 0 }, { value, _ in value.squareRoot() })
    case .exp: return x.map { exp($0) }
    case .abs: return x.map { Swift.abs($0) }
    case .round: return x.map { rounded($0, decimals: columns.count > 1 ? steps : 0) }
    case .if: return x.indices.map { x[$0].isNaN ? .nan : x[$0] != 0 ? columns[1][$0] : columns[2][$0] }
    case .missing: return x.map { $0.isNaN ? 1 : 0 }
    case .not: return x.map { $0.isNaN ? .nan : $0 == 0 ? 1 : 0 }
    case .coalesce: return x.indices.map { row in columns.first { !$0[row].isNaN }?[row] ?? .nan }
    case .min where columns.count > 1, .max where columns.count > 1:
      return x.indices.map { row in
        let values = columns.map { $0[row] }
        guard !values.contains(where: \.isNaN) else { return .nan }
        return (function == .min ? values.min() : values.max()) ?? .nan
      }
    case .lag: return panel.lag(x, by: steps)
    case .lead: return panel.lag(x, by: -steps)
    case .diff: return panel.difference(x, by: steps)
    case .growth:
      return checked(.zeroBase, x, panel.lag(x, by: steps), hasResult: { $1 != 0 }, { $0 / $1 - 1 })
    case .index, .chain: return try index(of: x, base: settings.base ?? 0, isChained: function == .chain)
    case .mean, .sum, .sd, .median, .count, .rank, .min, .max:
      var result = [Double](repeating: .nan, count: x.count)
      for rows in try groups(settings.groups) {
        let known = rows.filter { !x[$0].isNaN }
        let values = known.map { x[$0] }
        if !known.isEmpty, function != .count {
          leftOut[function, default: []] += rows.filter { x[$0].isNaN }
        }
        if function == .rank {
          for (row, rank) in zip(known, Ranks.ascending(values)) { result[row] = rank }
        } else {
          let value = summary(function, values)
          for row in rows { result[row] = value }
        }
      }
      return result
    }
  }

  /// A number that stands for a group's known values; a sum of none is missing, a count of none is zero.
  private func summary(_ function: ExpressionFunction, _ values: [Double]) -> Double {
    if function == .count { return Double(values.count) }
    guard !values.isEmpty else { return .nan }
    switch function {
    case .sum: return values.reduce(0, +)
    case .mean: return Moments(values).mean
    case .sd: return values.count > 1 ? Moments(values).standardDeviation : .nan
    case .median: return Quantile.value(at: 0.5, ofSorted: values.sorted())
    case .min: return values.min() ?? .nan
    default: return values.max() ?? .nan
    }
  }

  /// The rows of each group: a unit's, or those that share the texts of columns, the time column among them.
  private func groups(_ names: [String]) throws -> [[Int]] {
    guard !names.isEmpty else { return panel.units.indices.map { panel.rows(ofUnit: $0) } }
    let columns = try names.map { name throws in try texts(name).map(CellText.trimmed) }
    var rows: [[String]: [Int]] = [:]
    var order: [[String]] = []
    for row in 0..<panel.rowCount {
      let key = columns.map { $0[row] }
      // A cell without its group is in none.
      guard !key.contains("") else { continue }
      if rows[key] == nil { order.append(key) }
      rows[key, default: []].append(row)
    }
    return order.map { rows[$0] ?? [] }
  }

  /// x over its own value in the base year, or, chained, the level that indices on the year before make.
  private mutating func index(of x: [Double], base: Int, isChained: Bool) throws -> [Double] {
    guard let basePeriod = panel.periods.firstIndex(of: base) else {
      throw ExpressionError.noSuchBase(
        expression: expression.text, base: base, source: panel.source, timeColumn: panel.timeColumn,
        periods: panel.periods)
    }
    var result = [Double](repeating: .nan, count: x.count)
    for unit in panel.units.indices {
      guard let baseRow = panel.row(unit: unit, period: basePeriod) else { continue }
      let rows = panel.rows(ofUnit: unit)
      if isChained {
        let levels = chained(rows, x)
        guard let level = levels[baseRow], level != 0 else { continue }
        for (row, value) in levels { result[row] = value / level }
      } else {
        guard !x[baseRow].isNaN else { continue }
        for row in rows {
          if x[baseRow] == 0 {
            failures[.zeroBase, default: []].append(row)
          } else {
            result[row] = x[row] / x[baseRow]
          }
        }
      }
    }
    return result
  }

  /// Π x/100 from a unit's first row on; it ends where a year is missing.
  private func chained(_ rows: [Int], _ x: [Double]) -> [Int: Double] {
    guard let first = rows.first else { return [:] }
    var levels = [first: 1.0]
    for (earlier, row) in zip(rows, rows.dropFirst()) {
      let (period, before) = (panel.period(ofRow: row), panel.period(ofRow: earlier))
      let isNext = panel.calendar.distance(from: before, to: period) == panel.periodStep
      guard isNext, !x[row].isNaN, let level = levels[earlier] else { break }
      levels[row] = level * x[row] / 100
    }
    return levels
  }

  /// To so many decimals, half away from zero.
  private func rounded(_ value: Double, decimals: Int) -> Double {
    guard value.isFinite else { return value }
    let scale = pow(10, Double(Swift.abs(decimals)))
    guard scale.isFinite else { return decimals > 0 ? value : 0 }
    let result = decimals >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
    return result.isFinite ? result : value
  }
}

extension ExpressionEvaluation {
  /// What left cells without a result and what functions of groups left out, with numbers and first places.
  var notes: [Phrase] { failureNotes + leftOutNotes }

  private var leftOutNotes: [Phrase] {
    ExpressionFunction.allCases.compactMap { function in
      guard let rows = leftOut[function]?.firstAppearances, let first = rows.min() else { return nil }
      let name = "\(function.rawValue)(…)"
      let place =
        "\(panel.unitColumn) \"\(panel.unit(ofRow: first))\", \(panel.timeColumn) \(panel.period(ofRow: first))"
      return Phrase(
        "\(expression.output): \(name) leaves out \(rows.count) missing \(rows.count == 1 ? "value" : "values"); the first is of"
          + " \(place).",
        zh: "\(expression.output)：\(name)略去\(rows.count)个缺失值；首个为\(place)。")
    }
  }

  private var failureNotes: [Phrase] {
    Cause.allCases.compactMap { cause in
      guard let rows = failures[cause]?.firstAppearances, let first = rows.min() else { return nil }
      let place = CellPlace(panel, row: first, column: expression.output).text
      let cells = "\(rows.count) \(rows.count == 1 ? "cell has" : "cells have") no value"
      let (english, chinese) = cause.reason
      return Phrase(
        "\(expression.output): \(cells), for \(english); the first is \(place).",
        zh: "\(expression.output)：\(rows.count)个单元格无值，因\(chinese)；首处为\(place)。")
    }
  }

  /// The note of cells that are missing because what they are computed from is.
  func missingNote(_ values: [Double]) -> Phrase? {
    let failed = Set(failures.values.flatMap(\.self))
    let rows = values.indices.filter { values[$0].isNaN && !failed.contains($0) }
    guard let first = rows.first else { return nil }
    let place = CellPlace(panel, row: first, column: expression.output).text
    return Phrase(
      "\(expression.output): \(rows.count) \(rows.count == 1 ? "cell is" : "cells are") missing, for values that it is"
        + " computed from are; the first is \(place).",
      zh: "\(expression.output)：\(rows.count)个单元格缺失，因所用数值缺失；首处为\(place)。")
  }
}

extension ExpressionEvaluation.Cause {
  fileprivate var reason: (english: String, chinese: String) {
    switch self {
    case .zeroDivisor: ("the divisor is zero", "除数为零")
    case .logarithm: ("a logarithm is of a number that is not positive", "对数的真数非正")
    case .root: ("a root is of a negative number", "对负数开方")
    case .power: ("a power has no real value", "乘方无实数值")
    case .zeroBase: ("the base is zero", "基期值为零")
    }
  }
}
