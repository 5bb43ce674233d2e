/// What is asked of Moran's I.
public struct MoranSpecification: Sendable, Equatable {
  /// How the weights are scaled.
  public var standardisation: WeightsStandardisation
  /// The number of random permutations, none for 0.
  public var permutations: Int
  /// The seed of the permutations.
  public var seed: UInt64
  /// Whether local Moran's I is measured too.
  public var isLocal: Bool

  /// A specification; by default row-standardised weights and 999 permutations.
  public init(
    standardisation: WeightsStandardisation = .row, permutations: Int = 999, seed: UInt64 = 1,
    isLocal: Bool = false
  ) {
    self.standardisation = standardisation
    self.permutations = permutations
    self.seed = seed
    self.isLocal = isLocal
  }
}
