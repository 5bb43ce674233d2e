/// Sets a printed table beside the program's numbers, cell by cell.
///
/// A cell agrees where the program's number rounds to the printed one. Both ways to round a tie are
/// allowed, for papers do not say which they use.
public enum Comparator {
  /// Compares every printed cell with the results; for effects, `coefficients` is the printed table that they
  /// should follow from, and tells which totals it allows.
  ///
  /// Throws `ComparisonError` where no printed row is in the results or nothing required is printed, and `AuditError` where
  /// the coefficients do not belong to the effects.
  public static func compare(
    _ printed: PublishedTable, with results: ProgramResults, coefficients: PublishedTable? = nil,
    _ specification: ComparisonSpecification
  ) throws -> ComparisonResult {
    guard results.rows.contains(where: { ($0.effect != nil) == printed.hasEffects }) else {
      throw ComparisonError.otherKind(printed: printed.source, hasEffects: printed.hasEffects)
    }
    let pairs = Array(zip(printed.rows, results.rows(of: printed.rows)))
    let unmatched = pairs.filter { $0.1 == nil }.map { $0.0 }
    guard unmatched.count < pairs.count else {
      throw ComparisonError.nothingInCommon(
        printed: printed.source, terms: printed.terms, found: results.terms,
        meant: printed.terms.lazy.compactMap(results.suggestion).first)
    }
    if coefficients != nil, !printed.hasEffects {
      throw AuditError.coefficientsWithoutEffects(source: printed.source)
    }
    let totals = try coefficients.map { try CoefficientTotals($0, effects: printed.terms) }
    let cells = pairs.flatMap { row, match in
      Self.cells(of: row, hasStars: printed.hasStars, values: match?.values ?? [:], specification)
    }
    try check(specification, against: cells, of: printed)
    return ComparisonResult(
      table: printed, specification: specification, cells: cells,
      unmatched: unmatched.map { row in
        .init(row: row.name, suggestion: results.suggestion(for: row.matches ?? row.term))
      },
      totals: Dictionary(
        uniqueKeysWithValues: printed.terms.compactMap { term in totals?[term].map { (term, $0) } }))
  }

  /// Throws where there is nothing to agree: a comparison of nothing must not pass for a reproduction.
  private static func check(
    _ specification: ComparisonSpecification, against cells: [ComparedCell], of printed: PublishedTable
  ) throws(ComparisonError) {
    guard !cells.isEmpty else { throw .nothingPrinted(printed: printed.source) }
    guard specification.required != Set(ComparedQuantity.allCases) else { return }
    let found = ComparedQuantity.allCases.filter { quantity in cells.contains { $0.quantity == quantity } }
    let absent = ComparedQuantity.allCases.filter {
      specification.required.contains($0) && !found.contains($0)
    }
    guard absent.isEmpty else {
      throw .requiredNotPrinted(
        printed: printed.source, required: absent.map(\.rawValue), found: found.map(\.rawValue))
    }
  }

  private static func cells(
    of row: PublishedTable.Row, hasStars: Bool, values: [ComparedQuantity: Double],
    _ specification: ComparisonSpecification
  ) -> [ComparedCell] {
    let numbers: [(ComparedQuantity, PrintedNumber?)] = [
      (.estimate, row.estimate), (.standardError, row.standardError), (.statistic, row.statistic),
      (.pValue, row.pValue),
    ]
    var cells = numbers.compactMap { quantity, printed in
      printed.map {
        ComparedCell(row, quantity, $0, program: values[quantity], tolerance: specification.tolerance)
      }
    }
    if hasStars, let stars = row.stars, !cells.isEmpty {
      cells.append(ComparedCell(row, stars: stars, program: values[.pValue].map(specification.stars)))
    }
    return cells
  }
}

/// How a printed table is held to the program's.
public struct ComparisonSpecification: Sendable, Equatable {
  /// What must agree for the table to count as reproduced; the other cells are reported all the same.
  public let required: Set<ComparedQuantity>
  /// How far the printed numbers can be trusted beyond their rounding.
  public let tolerance: Double
  /// The significance levels of *, **, *** in the printed table, falling.
  public let levels: [Double]
  /// What stands above the tables in place of the source's name.
  public let title: String?

  /// A specification from its parts.
  ///
  /// Throws `ComparisonError.tolerance` for a tolerance below zero.
  public init(
    required: Set<ComparedQuantity> = Set(ComparedQuantity.allCases), tolerance: Double = 0,
    levels: [Double] = [0.1, 0.05, 0.01], title: String? = nil
  ) throws(ComparisonError) {
    guard tolerance >= 0, tolerance.isFinite else { throw .tolerance(tolerance) }
    self.required = required
    self.tolerance = tolerance
    self.levels = levels.sorted(by: >)
    self.title = title
  }

  /// How many stars a p value earns.
  func stars(of pValue: Double) -> Int { levels.count { pValue < $0 } }
}
