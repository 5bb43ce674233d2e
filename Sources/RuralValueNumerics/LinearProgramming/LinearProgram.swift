/// A linear program with bounded variables: min cᵀx subject to Ax = b and l ≤ x ≤ u.
///
/// It is made for few constraints, m, and many variables, n. Infinite bounds are bounds that are not there; a variable
/// whose bounds are equal is fixed.
public struct LinearProgram: Sendable, Equatable {
  /// Aᵀ, n × m: a row a variable, a column a constraint, so that a price of all variables runs along memory.
  public private(set) var coefficients: Matrix
  /// c, n numbers.
  public var cost: [Double]
  /// b, m numbers.
  public var right: [Double]
  /// l, n numbers or −∞.
  public var lower: [Double]
  /// u, n numbers or +∞.
  public var upper: [Double]
  /// What each constraint is multiplied by while the method works, m powers of two: it brings the sizes that matter near
  /// one, and changes no answer. At first the reciprocals of the largest coefficients.
  public var rowScales: [Double]
  /// Whether all coefficients are finite; looked at where they are set, for a program is solved many times.
  private var isFinite: Bool

  /// A program from Aᵀ, n × m; without bounds all x are at least zero.
  public init(
    coefficients: Matrix, cost: [Double], right: [Double], lower: [Double]? = nil, upper: [Double]? = nil
  ) {
    let count = coefficients.rowCount
    self.coefficients = coefficients
    isFinite = coefficients.isFinite
    rowScales = (0..<coefficients.columnCount).map { row in
      1 / PowerOfTwo.below(coefficients.column(row).reduce(0) { max($0, abs($1)) })
    }
    self.cost = cost
    self.right = right
    self.lower = lower ?? [Double](repeating: 0, count: count)
    self.upper = upper ?? [Double](repeating: .infinity, count: count)
  }

  /// A program from the rows of A.
  public init(
    rows: [[Double]], cost: [Double], right: [Double], lower: [Double]? = nil, upper: [Double]? = nil
  ) {
    self.init(
      coefficients: rows.isEmpty ? Matrix(rowCount: cost.count, columnCount: 0) : Matrix(columns: rows),
      cost: cost, right: right, lower: lower, upper: upper)
  }

  /// The number of variables, n.
  public var variableCount: Int { coefficients.rowCount }
  /// The number of constraints, m.
  public var constraintCount: Int { coefficients.columnCount }

  /// The coefficients of a variable, m numbers: a column of A.
  public func column(_ variable: Int) -> [Double] { coefficients.row(variable) }

  /// Puts other coefficients in the place of a variable's.
  public mutating func setColumn(_ variable: Int, _ values: [Double]) {
    precondition(values.count == constraintCount, "A variable needs a coefficient for every constraint.")
    isFinite = isFinite && values.allSatisfy(\.isFinite)
    for (constraint, value) in values.enumerated() { coefficients[variable, constraint] = value }
  }

  /// Fixes a variable at a value.
  public mutating func fix(_ variable: Int, at value: Double) {
    lower[variable] = value
    upper[variable] = value
  }

  /// Throws for numbers that are none, for lengths that do not fit and for bounds that leave nothing between them.
  func requireSound() throws(LinearProgramError) {
    let (n, m) = (variableCount, constraintCount)
    guard cost.count == n, lower.count == n, upper.count == n, right.count == m,
      rowScales.count == m
    else {
      throw .shapeMismatch(variables: n, constraints: m)
    }
    guard isFinite, cost.allSatisfy(\.isFinite), right.allSatisfy(\.isFinite) else {
      throw .notFinite
    }
    for j in 0..<n where !(lower[j] <= upper[j]) || lower[j] == .infinity || upper[j] == -.infinity {
      throw .noRoom(variable: j, lower: lower[j], upper: upper[j])
    }
  }
}
