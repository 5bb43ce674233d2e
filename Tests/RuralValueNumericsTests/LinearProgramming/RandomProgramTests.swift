import RuralValueNumerics
import TestSupport
import Testing

/// Programs drawn at random, whose answers are proven here anew and compared with all bases tried one by one.
@Suite struct RandomProgramTests {
  private var generator = CounterBasedGenerator(seed: 18)

  private func whole(_ generator: inout CounterBasedGenerator, _ size: Int) -> Double {
    Double(generator.integer(below: 2 * size + 1) - size)
  }

  /// The least cost over all bases, nil where none is feasible: x ≥ 0.
  private func byEnumeration(_ program: LinearProgram) -> Double? {
    let (n, m) = (program.variableCount, program.constraintCount)
    var best: Double?
    func visit(_ chosen: [Int], from first: Int) {
      guard chosen.count < m else {
        let matrix = Matrix(columns: chosen.map { program.column($0) })
        guard let factor = try? LU(matrix), factor.reciprocalCondition > 1e-12,
          let values = try? factor.solve(program.right), values.allSatisfy({ $0 > -1e-9 })
        else { return }
        let cost = zip(chosen, values).reduce(0) { $0 + program.cost[$1.0] * $1.1 }
        best = min(best ?? .infinity, cost)
        return
      }
      for next in first..<n { visit(chosen + [next], from: next + 1) }
    }
    visit([], from: 0)
    return best
  }

  /// x is feasible, y proves it: each by loops of its own.
  private func expectProof(_ solution: LinearProgramSolution, _ program: LinearProgram) {
    var bound = 0.0
    for i in 0..<program.constraintCount {
      let sum = (0..<program.variableCount).reduce(0.0) {
        $0 + program.coefficients[$1, i] * solution.values[$1]
      }
      expectClose(sum, program.right[i], absolute: 1e-9, from: "Ax = b")
      bound += program.right[i] * solution.duals[i]
    }
    for j in 0..<program.variableCount {
      let reduced = zip(program.column(j), solution.duals).reduce(program.cost[j]) { $0 - $1.0 * $1.1 }
      let x = solution.values[j]
      #expect(x >= program.lower[j] && x <= program.upper[j])
      if program.upper[j] == .infinity { #expect(reduced > -1e-9) }
      if program.lower[j] == -.infinity { #expect(reduced < 1e-9) }
      let end = reduced > 0 ? program.lower[j] : program.upper[j]
      if end.isFinite { bound += reduced * end }
    }
    expectClose(solution.objective, bound, relative: 1e-9, absolute: 1e-9, from: "the dual")
  }

  @Test func `small programs have the optimum of all bases, are infeasible where none is feasible`() throws {
    var generator = generator
    var method = SimplexMethod()
    var counts = (optimal: 0, infeasible: 0, unbounded: 0)
    for draw in 0..<400 {
      let (m, n) = (2 + draw % 3, 5 + draw % 3)
      // Small whole numbers make ties: degenerate bases, parallel rows.
      let rows = (0..<m).map { _ in (0..<n).map { _ in whole(&generator, 3) } }
      let right = (0..<m).map { _ in whole(&generator, 4) }
      let cost = (0..<n).map { _ in whole(&generator, 5) + (draw % 2 == 0 ? 4 : 0) }
      let program = LinearProgram(rows: rows, cost: cost, right: right)
      let hasFullRank =
        (try? LU(Matrix(rows: rows).timesTransposed(Matrix(rows: rows))))
        .map { $0.reciprocalCondition > 1e-12 } ?? false
      switch try method.minimise(program) {
      case .optimal(let solution):
        counts.optimal += 1
        expectProof(solution, program)
        if hasFullRank {
          expectClose(
            solution.objective, try #require(byEnumeration(program)), absolute: 1e-9, from: "all bases")
        }
      case .infeasible(let proof):
        counts.infeasible += 1
        #expect(proof.margin > 1e-9 && byEnumeration(program) == nil)
        // yᵀb > 0 ≥ yᵀAx for every x ≥ 0.
        #expect(zip(proof.weights, right).reduce(0) { $0 + $1.0 * $1.1 } > 1e-9)
        for value in program.coefficients.times(proof.weights) { #expect(value < 1e-9) }
      case .unbounded(let ray):
        counts.unbounded += 1
        #expect(ray.slope < -1e-9 && ray.direction.allSatisfy { $0 >= -1e-12 })
        for value in program.coefficients.transposedTimes(ray.direction) {
          expectClose(value, 0, absolute: 1e-9, from: "Ar = 0")
        }
      }
    }
    #expect(counts.optimal > 100 && counts.infeasible > 40 && counts.unbounded > 40)
  }

  @Test func `programs with bounds of all kinds are proven, one after another by one method`() throws {
    var generator = generator
    var method = SimplexMethod()
    var optimal = 0
    for draw in 0..<300 {
      let (m, n) = (1 + draw % 6, 12)
      let rows = (0..<m).map { _ in (0..<n).map { _ in generator.normal() } }
      var (lower, upper, inside) = ([Double](), [Double](), [Double]())
      for j in 0..<n {
        let a = generator.normal()
        let b = a + (j % 5 == 4 ? 0 : generator.uniform())
        lower.append((j + draw) % 7 == 1 ? -.infinity : a)
        upper.append((j + draw) % 7 == 2 ? .infinity : b)
        inside.append(a + (b - a) * generator.uniform())
      }
      let right = rows.map { row in zip(row, inside).reduce(0) { $0 + $1.0 * $1.1 } }
      let program = LinearProgram(
        rows: rows, cost: (0..<n).map { _ in generator.normal() }, right: right, lower: lower, upper: upper)
      if let solution = try method.minimise(program).solution {
        optimal += 1
        expectProof(solution, program)
      }
    }
    #expect(optimal > 100)
  }

  @Test func `the assignment problem, which is degenerate and has a row too many, has the best permutation`()
    throws
  {
    var generator = generator
    for size in [3, 4, 5] {
      let costs = (0..<size).map { _ in (0..<size).map { _ in Double(generator.integer(below: 20)) } }
      let rows =
        (0..<size).map { i in (0..<size * size).map { $0 / size == i ? 1.0 : 0 } }
        + (0..<size).map { j in (0..<size * size).map { $0 % size == j ? 1.0 : 0 } }
      let program = LinearProgram(
        rows: rows, cost: costs.flatMap { $0 }, right: [Double](repeating: 1, count: 2 * size))
      var best = Double.infinity
      func visit(_ row: Int, _ free: Set<Int>, _ cost: Double) {
        if row == size { best = min(best, cost) }
        for column in free { visit(row + 1, free.subtracting([column]), cost + costs[row][column]) }
      }
      visit(0, Set(0..<size), 0)
      for patience in [nil, 0] {
        let solution = try LinearProgramTests.optimum(program, patience: patience)
        expectClose(solution.objective, best, absolute: 1e-10, from: "all permutations")
      }
    }
  }

  @Test func `units of variables and of constraints change no optimum`() throws {
    var generator = generator
    for _ in 0..<50 {
      let rows = (0..<4).map { _ in (0..<15).map { _ in generator.uniform() + 0.05 } }
      let cost = (0..<15).map { _ in generator.uniform() + 0.1 }
      let right = [1.0, 2, 1.5, 0.5]
      let slacks = (0..<4).map { i in (0..<4).map { $0 == i ? -1.0 : 0 } }
      let program = LinearProgram(
        rows: zip(rows, slacks).map { $0 + $1 }, cost: cost + [0, 0, 0, 0], right: right)
      let units = (0..<19).map { _ in 1 + 1e6 * generator.uniform() }
      let sizes = (0..<4).map { _ in 1e-4 + 1e4 * generator.uniform() }
      let scaled = LinearProgram(
        rows: zip(rows, slacks).enumerated().map { i, row in
          (row.0 + row.1).enumerated().map { $1 * units[$0] * sizes[i] }
        }, cost: (cost + [0, 0, 0, 0]).enumerated().map { $1 * units[$0] },
        right: zip(right, sizes).map { $0 * $1 })
      let (one, other) = (try LinearProgramTests.optimum(program), try LinearProgramTests.optimum(scaled))
      expectClose(one.objective, other.objective, relative: 1e-11, from: "other units")
    }
  }
}
