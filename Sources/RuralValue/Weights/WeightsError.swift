/// What can be wrong with spatial weights.
public enum WeightsError: Fault {
  /// A unit's id stands twice.
  case duplicateUnit(String)
  /// A unit's id stands twice in a file.
  ///
  /// `column` is that of the ids, where another could hold them.
  case repeatedUnit(String, source: String, column: String? = nil, firstLine: Int, secondLine: Int)
  /// A cell of a matrix holds no weight.
  case noWeight(from: String, to: String, found: String, source: String, line: Int, column: String)
  /// A link stands twice with different weights; `lines` are those of the two in a file.
  case duplicateLink(
    from: String, to: String, first: Double, second: Double, source: String? = nil, lines: [Int] = [])
  /// A weight is not a finite number.
  case notFinite(from: String, to: String, weight: Double)
  /// A weight is negative.
  case negative(
    from: String, to: String, weight: Double, source: String? = nil, line: Int = 0, column: String? = nil)
  /// The data have units that the weights have not.
  case unitsWithoutWeights(
    [String], source: String, dataUnitCount: Int, weightUnits: [String], cause: String?)
  /// A rule needs more units than there are.
  case tooFewUnits(found: Int, needed: Int, rule: String)
  /// Two points coincide, and their distance has no inverse.
  case coincidentPoints(first: String, second: String, rule: String)
  /// The nearest places of a unit all coincide with it, so that its bandwidth is zero.
  case noBandwidth(unit: String, neighbours: Int)
  /// Two units have the same value, and their economic distance has no inverse.
  case equalValues(first: String, second: String, column: String)
  /// A value that a rule needs is missing.
  case missingValue(unit: String, column: String)
  /// A file of weights says something else than its format allows.
  case unreadable(
    source: String, line: Int, column: String? = nil, found: String, expected: String, advice: String? = nil)
  /// A file of weights has no link.
  case noLinks(source: String)
  /// A matrix has no ids, and nothing or another number of units is known of the data.
  case matrixWithoutIds(source: String, size: Int, data: DataSize?)
  /// The ids above and beside a matrix are not the same; `sumLine` is that of a row of sums.
  case notSquare(
    source: String, rowsWithoutColumn: [String], columnsWithoutRow: [String], sumLine: Int?)
  /// A matrix with numbered columns has another number of rows.
  case sizesDiffer(source: String, rows: Int, columns: Int)
  /// A column's number may be the id of a unit or the place of a row, which are not the same.
  case ambiguousColumns(source: String, name: String, id: String, row: String)
  /// A table is neither a matrix nor plainly a list.
  case unclearShape(source: String, rows: Int, columns: Int)
  /// A cell holds several neighbours, each of them a unit of the list.
  case severalNeighbours(found: String, count: Int, source: String, line: Int)
  /// A list has links of several periods.
  case severalPeriods(source: String, column: String, periods: [String])
  /// A pair that is to be undirected has two different weights.
  case unlikeWeights(from: String, to: String, first: Double, second: Double, source: String)
  /// The weight of a pair is too small to be told from zero.
  case vanishing(first: String, second: String)
  /// There would be more links than the memory holds.
  case tooLarge(MemoryLimitError)

  /// The number of units of data, and what messages call these.
  public struct DataSize: Sendable, Equatable {
    /// What messages call the data.
    public let source: String
    /// The number of units.
    public let count: Int
  }

  /// The input is off.
  public var kind: FaultKind { .data }

  private static func words(_ column: String?) -> String { column.map { ", column \"\($0)\"" } ?? "" }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .duplicateUnit(let unit):
      return "The unit \"\(unit)\" stands twice; expected every id once."
        + " Name the property or column that tells the units apart with \(Setting("id"))."
    case .repeatedUnit(let unit, let source, let column, let first, let second):
      return
        "\(source): the id \"\(unit)\" stands twice, on lines \(first) and \(second); expected every id once."
        + (column.map {
          " The ids are those of the column \"\($0)\"; name another that tells the units apart with"
            + " \(Setting("id"))."
        } ?? "")
    case .noWeight(let from, let to, let found, let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": the weight from \"\(from)\" to \"\(to)\" is"
        + (found.isEmpty ? " empty" : " \"\(found)\"")
        + "; expected a number, 0 where the two are no neighbours. Only a unit's weight to itself may be empty."
    case .duplicateLink(let from, let to, let first, let second, let source, let lines):
      return (source.map { "\($0), lines \(listed(lines.map(String.init))): the" } ?? "The")
        + " link from \"\(from)\" to \"\(to)\" stands twice, with the weights \(first) and \(second);"
        + " expected it once."
    case .notFinite(let from, let to, let weight):
      return "The link from \"\(from)\" to \"\(to)\" has the weight \(weight); expected a finite number."
    case .negative(let from, let to, let weight, let source, let line, let column):
      return (source.map { "\($0), line \(line)\(Self.words(column)): the" } ?? "The")
        + " link from \"\(from)\" to \"\(to)\" has the weight \(weight); expected a number not below zero. Sums"
        + " of such weights cancel, so that no standardisation gives them a meaning: a net flow of \(weight) from"
        + " \"\(from)\" to \"\(to)\" is one of \(-weight) from \"\(to)\" to \"\(from)\"; write it so, and say"
        + " \(Setting("links")) directed."
    case .unitsWithoutWeights(let units, let source, let count, let weightUnits, let cause):
      let nearest =
        units.count <= 3 ? NearestName.question(for: units[0], among: weightUnits) : ""
      return "\(units.count) of \(count) units of \(source) have no weights: \(listed(units, most: 10))."
        + (cause.map { " \($0)" } ?? nearest)
        + " Weights are matched by id, never by order; the weights know \(listed(weightUnits, most: 5))."
    case .tooFewUnits(let found, let needed, let rule):
      return "\(rule) needs at least \(needed) units; found \(found)."
    case .coincidentPoints(let first, let second, let rule):
      return "\"\(first)\" and \"\(second)\" stand at the same point, so that \(rule) has no finite weight;"
        + " move or merge one of them."
    case .noBandwidth(let unit, let neighbours):
      return
        "The \(neighbours) nearest neighbours of \"\(unit)\" stand at its own place, so that its bandwidth is zero;"
        + " take more neighbours, or one bandwidth for all."
    case .equalValues(let first, let second, let column):
      return "\"\(first)\" and \"\(second)\" have the same \(column), so that their economic distance is zero"
        + " and its inverse infinite; use a column that tells them apart."
    case .missingValue(let unit, let column):
      return "\"\(unit)\" has no \(column), which the rule needs for every unit."
    case .unreadable(let source, let line, let column, let found, let expected, let advice):
      return "\(source), line \(line)\(Self.words(column)): found \"\(found)\", expected \(expected)."
        + (advice.map { " \($0)" } ?? "")
    case .noLinks(let source):
      return "\(source): there is no link; expected a line with two ids and, if wanted, a weight."
    case .vanishing(let first, let second):
      return
        "\"\(first)\" and \"\(second)\" are so far apart that the power of their distance has no inverse above"
        + " zero; take a lower power, or a limit that leaves such pairs out."
    case .tooLarge(let error): return error.description
    case .matrixWithoutIds, .notSquare, .sizesDiffer, .ambiguousColumns, .unclearShape, .severalPeriods,
      .unlikeWeights, .severalNeighbours:
      return descriptionOfShape
    }
  }
}

extension WeightsError {
  /// Throws for the first id that stands twice, with the lines of both.
  public static func requireEachOnce(
    _ units: [String], lines: [Int], source: String, column: String? = nil
  ) throws(WeightsError) {
    var place: [String: Int] = [:]
    for (position, unit) in units.enumerated() {
      if let first = place.updateValue(position, forKey: unit) {
        throw .repeatedUnit(
          unit, source: source, column: column, firstLine: lines[first], secondLine: lines[position])
      }
    }
  }
}
