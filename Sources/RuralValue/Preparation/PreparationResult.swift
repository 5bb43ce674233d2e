/// A prepared table and what was done to it.
public struct PreparationResult: Sendable, Equatable {
  /// The table.
  public let table: PreparedTable
  /// What was filled, changed and joined, where.
  public let report: PreparationReport
  /// The size of the prepared panel.
  public let sample: ResultDocument.Sample
}
