/// A simulated panel: every county in every year, in the order of codes and years.
public struct IndicatorSimulationResult: Sendable, Equatable {
  /// The counties.
  public let units: [SimulatedCounty]
  /// What the counties' further names are called.
  public let nameColumns: [String]
  /// The years.
  public let periods: [Int]
  /// The indicators' column names.
  public let columns: [String]
  /// The values of each indicator, N × T, unit by unit.
  public let values: [[Double]]
  /// The seed from which they came.
  public let seed: UInt64

  /// A result from its parts.
  init(
    units: [SimulatedCounty], nameColumns: [String], periods: [Int], columns: [String], values: [[Double]],
    seed: UInt64
  ) {
    self.units = units
    self.nameColumns = nameColumns
    self.periods = periods
    self.columns = columns
    self.values = values
    self.seed = seed
  }

  /// The values of an indicator, or nil where there is none of this name.
  public func values(of column: String) -> [Double]? {
    columns.firstIndex(of: column).map { values[$0] }
  }
}
