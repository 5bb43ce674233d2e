/// Hot and cold spots of one variable, period by period.
public struct HotSpotResult: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// What was asked.
  public let specification: HotSpotSpecification
  /// One set a period.
  public let spots: [HotSpots]
  /// The fingerprint of the binary weights with self.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Phrase]
}
