import RuralValueNumerics
import TestSupport
import Testing

@Suite struct LinearProgramTests {
  /// A program with slack variables for rows Ax ≤ b, x ≥ 0.
  static func inequalities(_ rows: [[Double]], _ right: [Double], cost: [Double]) -> LinearProgram {
    let slacks = rows.indices.map { i in rows.indices.map { $0 == i ? 1.0 : 0 } }
    return LinearProgram(
      rows: zip(rows, slacks).map { $0 + $1 }, cost: cost + rows.map { _ in 0 }, right: right)
  }

  static func optimum(_ program: LinearProgram, patience: Int? = nil) throws -> LinearProgramSolution {
    var method = SimplexMethod(patience: patience)
    return try #require(try method.minimise(program).solution)
  }

  @Test func `a textbook program has its optimum and its shadow prices`() throws {
    // Chvátal (1983), chapter 1: max 5x + 4y + 3z, optimum 13 at (2, 0, 1).
    let program = Self.inequalities(
      [[2, 3, 1], [4, 1, 2], [3, 4, 2]], [5, 11, 8], cost: [-5, -4, -3])
    let solution = try Self.optimum(program)
    expectClose(solution.objective, -13, absolute: 1e-12, from: "Chvátal")
    for (own, value) in zip(solution.values, [2.0, 0, 1, 0, 1, 0]) {
      expectClose(own, value, absolute: 1e-12, from: "Chvátal")
    }
    for (own, value) in zip(solution.duals, [-1.0, 0, -1]) {
      expectClose(own, value, absolute: 1e-12, from: "Chvátal")
    }
    #expect(solution.certificate.worst < 1e-14 && solution.iterations > 0)
  }

  @Test(arguments: [nil, 0]) func `the examples of Beale and of Kuhn do not cycle`(patience: Int?) throws {
    // Beale (1955), optimum −5/4; Kuhn's with the row that bounds it, optimum −2; Marshall and Suurballe's, −1.
    let beale = LinearProgram(
      rows: [
        [1, 0, 0, 0.25, -8, -1, 9], [0, 1, 0, 0.5, -12, -0.5, 3], [0, 0, 1, 0, 0, 1, 0],
      ], cost: [0, 0, 0, -0.75, 20, -0.5, 6], right: [0, 0, 1])
    let kuhn: [[Double]] = [[-2, -9, 1, 9], [1.0 / 3, 1, -1.0 / 3, -2], [2, 3, -1, -12]]
    let marshall = Self.inequalities(
      [[0.5, -5.5, -2.5, 9], [0.5, -1.5, -0.5, 1], [1, 0, 0, 0]], [0, 0, 1], cost: [-10, 57, 9, 24])
    var method = SimplexMethod(patience: patience)
    for first in [[0, 1, 2], nil] {
      let solution = try #require(try method.minimise(beale, from: first).solution)
      expectClose(solution.objective, -1.25, absolute: 1e-12, from: "Beale")
    }
    let bounded = Self.inequalities(kuhn, [0, 0, 2], cost: [-2, -3, 1, 12])
    expectClose(try Self.optimum(bounded, patience: patience).objective, -2, absolute: 1e-12, from: "Kuhn")
    expectClose(
      try Self.optimum(marshall, patience: patience).objective, -1, absolute: 1e-12, from: "Chvátal")
    let open = Self.inequalities(Array(kuhn.prefix(2)), [0, 0], cost: [-2, -3, 1, 12])
    guard case .unbounded(let ray) = try method.minimise(open) else {
      Issue.record("Kuhn's program without its last row falls without end")
      return
    }
    #expect(ray.slope < 0 && ray.direction.allSatisfy { $0 >= 0 })
    for value in open.coefficients.transposedTimes(ray.direction) {
      expectClose(value, 0, absolute: 1e-12, from: "Ar = 0")
    }
  }

  @Test(arguments: 2...9) func `the cube of Klee and Minty has its optimum at the last corner`(size: Int)
    throws
  {
    // max Σ 2^(n−j) x_j, 2 Σ_(j<i) 2^(i−j) x_j + x_i ≤ 5^i: optimum 5^n.
    func power(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { p, _ in p * base } }
    let rows = (1...size).map { i in
      (1...size).map { j in j < i ? power(2, i - j + 1) : j == i ? 1 : 0 }
    }
    let program = Self.inequalities(
      rows, (1...size).map { power(5, $0) }, cost: (1...size).map { -power(2, size - $0) })
    let best = power(5, size)
    for patience in [nil, 0] {
      expectClose(
        try Self.optimum(program, patience: patience).objective, -best, relative: 1e-13,
        from: "Klee and Minty")
    }
  }

  @Test func `bounds are kept, from bound to bound and for variables without any`() throws {
    // min x − 2y + z − w: x in [−3, 5], y at most 4, z free, w in [0, 1]; x + y + z = 6, x − z = −2.
    let program = LinearProgram(
      rows: [[1, 1, 1, 0], [1, 0, -1, 0]], cost: [1, -2, 1, -1], right: [6, -2],
      lower: [-3, -.infinity, -.infinity, 0], upper: [5, 4, .infinity, 1])
    let solution = try Self.optimum(program)
    for (own, value) in zip(solution.values, [0.0, 4, 2, 1]) {
      expectClose(own, value, absolute: 1e-12, from: "by hand")
    }
    expectClose(solution.objective, -7, absolute: 1e-12, from: "by hand")
    // y as 6 less the rest has the cost 3 and falls in x + z, so that x and z rise to their bounds in the other case.
    var other = program
    other.cost = [-1, 1, 0, 1]
    other.upper[3] = .infinity
    other.lower[1] = -10
    let second = try Self.optimum(other)
    for (own, value) in zip(second.values, [5.0, -6, 7, 0]) {
      expectClose(own, value, absolute: 1e-12, from: "by hand")
    }
  }

  @Test func `a fixed variable stays where it is, and a row that says nothing new does no harm`() throws {
    var program = LinearProgram(
      rows: [[1, 1, 1], [2, 2, 2], [0, 0, 0]], cost: [1, 2, 3], right: [4, 8, 0])
    expectClose(try Self.optimum(program).objective, 4, absolute: 1e-12, from: "by hand")
    program.fix(0, at: 1)
    let solution = try Self.optimum(program)
    #expect(solution.values[0] == 1)
    expectClose(solution.objective, 7, absolute: 1e-12, from: "by hand")
  }

  @Test func `no constraint at all leaves each variable at its better bound`() throws {
    let program = LinearProgram(rows: [], cost: [1, -1, 0], right: [], lower: [2, 2, 2], upper: [3, 3, 3])
    #expect(try Self.optimum(program).values == [2, 3, 2])
    var method = SimplexMethod()
    guard case .unbounded = try method.minimise(LinearProgram(rows: [], cost: [-1], right: [])) else {
      Issue.record("a variable without an upper bound falls without end")
      return
    }
  }

  @Test func `what is no program is refused by name`() {
    var method = SimplexMethod()
    #expect(throws: LinearProgramError.notFinite) {
      try method.minimise(LinearProgram(rows: [[1, .nan]], cost: [1, 1], right: [1]))
    }
    #expect(throws: LinearProgramError.noRoom(variable: 1, lower: 2, upper: 1)) {
      try method.minimise(
        LinearProgram(rows: [[1, 1]], cost: [1, 1], right: [1], lower: [0, 2], upper: [1, 1]))
    }
    #expect(throws: LinearProgramError.shapeMismatch(variables: 2, constraints: 1)) {
      try method.minimise(LinearProgram(rows: [[1, 1]], cost: [1], right: [1]))
    }
    var short = SimplexMethod(iterationLimit: 1)
    #expect(throws: LinearProgramError.iterationLimit(1)) {
      try short.minimise(Self.inequalities([[1, 2], [3, 1]], [4, 6], cost: [-1, -1]))
    }
  }
}
