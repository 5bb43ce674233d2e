/// Sets a printed table beside the program's numbers, cell by cell.
///
/// A cell agrees where the program's number rounds to the printed one. Both ways to round a tie are
/// allowed, for papers do not say which they use.
public enum Comparator {
  /// Compares every printed cell with the results.
  ///
  /// Throws `ComparisonError.nothingInCommon` where no printed row is in the results.
  public static func compare(
    _ printed: PublishedTable, with results: ProgramResults, _ specification: ComparisonSpecification
  ) throws(ComparisonError) -> ComparisonResult {
    let pairs = printed.rows.map { ($0, results.row(of: $0)) }
    let unmatched = pairs.filter { $0.1 == nil }.map { $0.0 }
    let available = results.terms
    guard unmatched.count < pairs.count else {
      throw .nothingInCommon(
        printed: printed.source, terms: printed.terms, found: available,
        meant: printed.terms.lazy.compactMap { NearestName.suggestion(for: $0, among: available) }.first)
    }
    let cells = pairs.flatMap { row, match in
      Self.cells(of: row, hasStars: printed.hasStars, values: match?.values ?? [:], specification)
    }
    return ComparisonResult(
      table: printed, specification: specification, cells: cells,
      unmatched: unmatched.map { row in
        let name = row.matches ?? row.term
        return .init(row: row.name, suggestion: NearestName.suggestion(for: name, among: available))
      })
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
