/// Why a linear program could not be settled.
public enum LinearProgramError: Error, Equatable, Sendable {
  /// A vector has not as many numbers as there are variables or constraints.
  case shapeMismatch(variables: Int, constraints: Int)
  /// A coefficient, a cost or a right-hand side is infinite or not a number.
  case notFinite
  /// A variable, counted from zero, has no value between its bounds.
  case noRoom(variable: Int, lower: Double, upper: Double)
  /// So many steps did not reach an end.
  case iterationLimit(Int)
  /// A basis became singular to working precision.
  case singularBasis
  /// The end that was reached does not hold its proof: by so much.
  case uncertified(Double)
}

extension LinearProgramError: CustomStringConvertible {
  /// One sentence for the person who made the program.
  public var description: String {
    switch self {
    case .shapeMismatch(let variables, let constraints):
      "The program has \(variables) variables and \(constraints) constraints; expected a cost and two bounds for each"
        + " variable and a right-hand side for each constraint."
    case .notFinite: "A number of the program is infinite or not a number."
    case .noRoom(let variable, let lower, let upper):
      "Variable \(variable + 1) would have to lie between \(lower) and \(upper)."
    case .iterationLimit(let steps): "The simplex method did not end within \(steps) steps."
    case .singularBasis: "A basis of the simplex method is singular to working precision."
    case .uncertified(let amount): "The simplex method's answer fails its own proof by \(amount)."
    }
  }
}
