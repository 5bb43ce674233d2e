/// Weights as they stood in a file, and what reading had to decide.
public struct WeightsReading: Sendable, Equatable {
  /// The weights.
  public let weights: SpatialWeights
  /// What the reader must know: that a list was taken as undirected.
  public let notes: [Phrase]

  /// A reading from its parts.
  public init(weights: SpatialWeights, notes: [Phrase] = []) {
    self.weights = weights
    self.notes = notes
  }

  /// Weights from a table: a square matrix with the same ids across and down, or a list of links.
  ///
  /// Throws `WeightsError` and `TableError`.
  public init(_ table: Table) throws {
    self = try WeightsReading(squareMatrix: table) ?? WeightsReading(edgeList: table)
  }
}
