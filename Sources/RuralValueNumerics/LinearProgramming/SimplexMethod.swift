/// The simplex method for bounded variables, primal and revised, with a dense inverse of the basis.
///
/// One value solves one program after another of the same shape, such as those of all counties against one frontier:
/// variables that were basic at an earlier optimum are priced first, and all of them only where these have nothing
/// more to offer. The variable that enters is the one whose reduced cost is the largest share of the sizes that it is the
/// difference of, so that no unit of measurement matters. Where steps lead nowhere, Bland's rule takes over until one
/// does: the method cannot cycle. Every end is proven by its certificate, or thrown.
///
/// Source: Chvátal (1983), Linear Programming, chapters 7 and 8; Bland (1977).
public struct SimplexMethod: Sendable {
  /// How many steps a program may take.
  public var iterationLimit: Int
  /// After how many steps without progress Bland's rule takes over; nil for a number that suits the constraints.
  public var patience: Int?
  /// The variables that were basic at an earlier optimum, in the order in which they became so.
  private var familiar: [Int] = []
  private var isFamiliar: [Bool] = []

  /// A method that has solved nothing yet.
  public init(iterationLimit: Int = 20_000, patience: Int? = nil) {
    self.iterationLimit = iterationLimit
    self.patience = patience
  }

  /// Settles a program.
  ///
  /// `basis` are m variables to begin with; a basis that is singular or infeasible is no error, the method then
  /// begins with a basis of its own. Throws `LinearProgramError`.
  public mutating func minimise(_ program: LinearProgram, from basis: [Int]? = nil)
    throws(LinearProgramError) -> LinearProgramOutcome
  {
    try program.requireSound()
    if isFamiliar.count != program.variableCount {
      isFamiliar = [Bool](repeating: false, count: program.variableCount)
      familiar = []
    }
    var run = SimplexRun(
      program, familiar: familiar, iterationLimit: iterationLimit,
      patience: patience ?? 2 * program.constraintCount + 10)
    let outcome = try run.settle(from: basis)
    for variable in outcome.solution?.basis ?? [] where !isFamiliar[variable] {
      isFamiliar[variable] = true
      familiar.append(variable)
    }
    return outcome
  }
}
