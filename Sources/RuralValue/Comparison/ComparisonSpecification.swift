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
