/// The transitions of a variable's classes, with spatial weights by the class of the neighbours' mean too.
public struct TransitionResult: Sendable, Equatable {
  /// The classes' cut points; one set, or one a period.
  public let cuts: [Cuts]
  /// The cut points of the spatial lag; empty without weights.
  public let lagCuts: [Cuts]
  /// The chain of all transitions.
  public let chain: TransitionMatrix
  /// The chain of each class of the spatial lag, in their order; empty without weights.
  public let regimes: [TransitionMatrix]
  /// The tests that regimes, and halves of the time, have the same transitions.
  public let tests: [TestResult]
  /// Why their p values may not carry a conclusion.
  public let cautions: [Phrase]
  /// The two halves of the time.
  public let halves: [ClosedRange<Int>]
  /// Units that were left out.
  public let notes: [Phrase]

  /// The cut points of a period, or of all of them.
  public struct Cuts: Sendable, Equatable {
    /// The period; nil where one set holds for all.
    public let period: Int?
    /// The cut points, ascending.
    public let points: [Double]
  }

  /// k.
  public var classCount: Int { chain.classCount }
}
