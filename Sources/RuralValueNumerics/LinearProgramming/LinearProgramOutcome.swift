/// How a linear program ends, with the proof that it does.
public enum LinearProgramOutcome: Sendable, Equatable {
  /// An optimum.
  case optimal(LinearProgramSolution)
  /// No x fulfils the constraints.
  case infeasible(FarkasCertificate)
  /// The cost falls without end.
  case unbounded(UnboundedRay)

  /// The optimum, where there is one.
  public var solution: LinearProgramSolution? {
    if case .optimal(let solution) = self { solution } else { nil }
  }
}

/// An optimum with its dual, which proves it.
public struct LinearProgramSolution: Sendable, Equatable {
  /// x, n numbers.
  public let values: [Double]
  /// y, m numbers: by how much the optimum rises where a right-hand side rises by one.
  public let duals: [Double]
  /// cᵀx.
  public let objective: Double
  /// The basic variables, m of them, but for those of constraints that say nothing new.
  public let basis: [Int]
  /// How many steps the method took.
  public let iterations: Int
  /// How far the pair is from being feasible and equal.
  public let certificate: OptimalityCertificate
}

/// How well a pair (x, y) proves that x is an optimum.
///
/// A feasible x costs no less than the optimum, and a feasible y bounds it from below by
/// bᵀy + Σ_j (d_j > 0 ? l_j d_j : u_j d_j), d = c − Aᵀy. Source: Chvátal (1983), Linear Programming, chapter 8.
public struct OptimalityCertificate: Sendable, Equatable {
  /// The largest |Ax − b| of a constraint, relative to the sizes that add up to it.
  public let primalInfeasibility: Double
  /// The largest d_j of a sign for which its bound is not there, relative to the sizes that add up to it.
  public let dualInfeasibility: Double
  /// |cᵀx − the dual's bound|, relative to cᵀx where that is above one.
  public let gap: Double

  /// What each of the three may be.
  public static let tolerance = 1e-9

  /// The largest of the three.
  public var worst: Double { max(primalInfeasibility, dualInfeasibility, gap) }
  /// Whether x is proven.
  public var holds: Bool { worst <= Self.tolerance }
}

/// Weights of the constraints that no x within its bounds can meet: yᵀb lies above every yᵀAx.
///
/// Source: Farkas (1902); Chvátal (1983), Linear Programming, chapter 16.
public struct FarkasCertificate: Sendable, Equatable {
  /// y, m numbers.
  public let weights: [Double]
  /// yᵀb − max yᵀAx over l ≤ x ≤ u, relative to the sizes that add up to yᵀb; above zero.
  public let margin: Double
}

/// A direction along which x stays feasible and its cost falls.
public struct UnboundedRay: Sendable, Equatable {
  /// A feasible x.
  public let start: [Double]
  /// The direction r, n numbers, with Ar = 0.
  public let direction: [Double]
  /// cᵀr, below zero.
  public let slope: Double
}
