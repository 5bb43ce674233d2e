/// What is to be coupled, and how the degree of coordination is graded.
public struct CouplingSpecification: Sendable, Equatable {
  /// The columns of the systems, two or more, each in [0, 1].
  public let systems: [String]
  /// The systems' weights in T, which add up to one; 1/n each where none are given.
  public let weights: [Double]
  /// Whether the weights were given.
  public let hasOwnWeights: Bool
  /// Which ends of a grade's interval belong to it.
  public let bounds: GradeBounds
  /// Which of the two degrees is graded.
  public let form: CouplingForm

  /// A specification from its parts.
  ///
  /// Throws `CouplingError` for fewer than two systems, a system named twice, and weights that are negative, of another
  /// number than the systems, or do not add up to one within 1e-9.
  public init(
    systems: [String], weights: [Double]? = nil, bounds: GradeBounds = .left, form: CouplingForm = .classical
  ) throws(CouplingError) {
    guard systems.count > 1 else { throw .fewSystems(systems) }
    if let name = systems.firstRepetition { throw .repeatedSystem(name) }
    if let weights {
      guard weights.count == systems.count else {
        throw .weightCount(weights: weights.count, systems: systems)
      }
      guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else { throw .negativeWeight(weights) }
      let sum = weights.reduce(0, +)
      guard abs(sum - 1) <= 1e-9 else { throw .weightSum(weights, sum: sum) }
    }
    self.systems = systems
    self.weights = weights ?? [Double](repeating: 1 / Double(systems.count), count: systems.count)
    hasOwnWeights = weights != nil
    self.bounds = bounds
    self.form = form
  }
}

/// The two coupling degrees.
public enum CouplingForm: String, Sendable, CaseIterable {
  /// The geometric mean of the systems over their arithmetic mean.
  case classical
  /// That of Wang, Kong and others (2021), which spreads over the whole of [0, 1].
  case corrected

  /// What tables call it.
  var phrase: Phrase {
    switch self {
    case .classical: Phrase("classical", zh: "传统")
    case .corrected: Phrase("corrected", zh: "修正")
    }
  }
}
