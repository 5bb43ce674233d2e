/// The simplex method at work on one program.
///
/// Variables n, n + 1, … are artificial, one a constraint, ± its unit vector: they make the first basis, and the first
/// phase brings their sum to zero; from then on they are fixed there.
struct SimplexRun {
  /// Where a variable stands that is not basic, and that it is.
  enum Standing { case basic, atLower, atUpper, free }

  let program: LinearProgram
  let familiar: [Int]
  let iterationLimit: Int
  let patience: Int
  let n: Int
  let m: Int
  var standing: [Standing]
  /// The basic variables, m of them.
  var basis: [Int] = []
  /// B⁻¹, row by row.
  var inverse: [Double] = []
  /// The basic variables' values.
  var values: [Double] = []
  /// The signs of the artificial variables' unit vectors.
  var signs: [Double]
  var isFirstPhase = false
  var iterations = 0
  var stepsSinceInversion = 0
  /// Steps in a row that did not lower the cost.
  private var idleSteps = 0

  init(_ program: LinearProgram, familiar: [Int], iterationLimit: Int, patience: Int) {
    self.program = program
    self.familiar = familiar
    self.iterationLimit = iterationLimit
    self.patience = patience
    n = program.variableCount
    m = program.constraintCount
    signs = [Double](repeating: 1, count: m)
    standing = (0..<n).map { Self.rest(program.lower[$0], program.upper[$0]) }
    standing += [Standing](repeating: .atLower, count: m)
  }

  /// The bound at which a variable rests, the one next to zero.
  private static func rest(_ lower: Double, _ upper: Double) -> Standing {
    if lower == -.infinity { return upper == .infinity ? .free : .atUpper }
    return upper == .infinity || abs(lower) <= abs(upper) ? .atLower : .atUpper
  }

  func lower(_ variable: Int) -> Double { variable < n ? program.lower[variable] : 0 }

  func upper(_ variable: Int) -> Double {
    variable < n ? program.upper[variable] : isFirstPhase ? .infinity : 0
  }

  func cost(_ variable: Int) -> Double {
    isFirstPhase ? (variable < n ? 0 : 1) : (variable < n ? program.cost[variable] : 0)
  }

  /// The coefficients of a variable.
  func column(_ variable: Int) -> [Double] {
    if variable < n { return program.column(variable) }
    var column = [Double](repeating: 0, count: m)
    column[variable - n] = signs[variable - n]
    return column
  }

  /// The value of a variable that is not basic.
  func restingValue(_ variable: Int) -> Double {
    switch standing[variable] {
    case .atLower: lower(variable)
    case .atUpper: upper(variable)
    case .free, .basic: 0
    }
  }

  /// Both phases, the first only where the given basis is no feasible one.
  mutating func settle(from first: [Int]?) throws(LinearProgramError) -> LinearProgramOutcome {
    if !(first.map { begin(with: $0) } ?? false) {
      beginWithArtificials()
      isFirstPhase = true
      guard case .optimum(let prices) = try improve() else { throw .singularBasis }
      guard artificialsVanish else { return .infeasible(try farkas(prices.duals)) }
      isFirstPhase = false
    }
    switch try improve() {
    case .optimum(let prices): return .optimal(try solution(prices))
    case .ray(let ray): return .unbounded(try unbounded(ray))
    }
  }

  /// Whether the variables are a basis with values within their bounds.
  private mutating func begin(with first: [Int]) -> Bool {
    guard first.count == m, Set(first).count == m, first.allSatisfy({ (0..<n).contains($0) }) else {
      return false
    }
    let before = standing
    basis = first
    for variable in first { standing[variable] = .basic }
    if (try? invert()) != nil, isFeasible { return true }
    standing = before
    return false
  }

  private var isFeasible: Bool {
    let size = values.reduce(1) { max($0, abs($1)) }
    return zip(basis, values).allSatisfy { variable, value in
      value >= lower(variable) - 1e-10 * size && value <= upper(variable) + 1e-10 * size
    }
  }

  private mutating func beginWithArtificials() {
    let rest = remainder()
    signs = rest.map { $0 < 0 ? -1 : 1 }
    basis = Array(n..<(n + m))
    for variable in basis { standing[variable] = .basic }
    values = rest.map(abs)
    inverse = [Double](repeating: 0, count: m * m)
    for i in 0..<m { inverse[i * m + i] = signs[i] }
    stepsSinceInversion = 0
  }

  /// Whether the artificial variables are zero but for rounding, each compared with the sizes in its constraint.
  private var artificialsVanish: Bool {
    let total = values(of: program)
    return zip(basis, values).allSatisfy { variable, value in
      guard variable >= n else { return true }
      let row = variable - n
      var size = abs(program.right[row])
      for j in 0..<n where total[j] != 0 { size += abs(program.coefficients[j, row] * total[j]) }
      return value <= OptimalityCertificate.tolerance * size
    }
  }

  /// x with the basic variables' values brought within their bounds.
  func values(of program: LinearProgram) -> [Double] {
    var all = (0..<n).map(restingValue)
    for (variable, value) in zip(basis, values) where variable < n {
      all[variable] = min(max(value, program.lower[variable]), program.upper[variable])
    }
    return all
  }

  /// How a phase ends.
  enum Ending {
    case optimum(SimplexPrices)
    case ray(Entry)
  }

  /// A variable that enters, the change of the basic ones where it rises by one, and whether it rises.
  struct Entry {
    let variable: Int
    /// B⁻¹a, of the entering variable's column a.
    let change: [Double]
    /// 1 where it rises, −1 where it falls.
    let way: Double
  }

  /// Steps until nothing lowers the cost, or it falls without end.
  mutating func improve() throws(LinearProgramError) -> Ending {
    idleSteps = 0
    while true {
      guard iterations < iterationLimit else { throw .iterationLimit(iterationLimit) }
      if stepsSinceInversion >= 40 { try invert() }
      let duals = self.duals()
      let usesBland = idleSteps > patience
      let place =
        usesBland ? nil : SimplexPrices.best(among: familiar, duals, in: self)
      let found: (variable: Int, reducedCost: Double)
      if let place {
        found = place
      } else {
        let prices = SimplexPrices(duals, in: self)
        guard let other = prices.entering(isFirst: usesBland, in: self) else {
          // What holds with an inverse that many steps have changed must hold with a new one.
          if stepsSinceInversion == 0 { return .optimum(prices) }
          try invert()
          continue
        }
        found = other
      }
      let entry = Entry(
        variable: found.variable, change: change(of: found.variable), way: found.reducedCost < 0 ? 1 : -1)
      iterations += 1
      guard let step = self.step(entry, isFirst: usesBland) else { return .ray(entry) }
      let gain = abs(found.reducedCost) * step.length
      idleSteps = gain > 1e-14 * currentSize ? 0 : idleSteps + 1
      take(step, entry)
    }
  }

  /// The sizes that add up to the cost.
  private var currentSize: Double {
    zip(basis, values).reduce(1e-300) { $0 + abs(cost($1.0) * $1.1) }
  }

  /// What violates optimality: from 10⁻¹¹ of the sizes, more after very many steps, which rounding may cause.
  var optimalityTolerance: Double { iterations < 1000 ? 1e-11 : iterations < 5000 ? 1e-10 : 1e-9 }

  /// A step: its length, and the place in the basis of the variable that leaves, nil where the entering one goes from
  /// bound to bound.
  struct Step {
    let length: Double
    let leaving: Int?
  }

  /// The longest step that keeps all within their bounds; nil where it has no end.
  private func step(_ entry: Entry, isFirst: Bool) -> Step? {
    let largest = entry.change.reduce(0) { max($0, abs($1)) }
    let least = 1e-11 * largest
    var lengths: [(place: Int, length: Double)] = []
    for place in 0..<m {
      let fall = entry.way * entry.change[place]
      guard abs(fall) > least else { continue }
      let room = fall > 0 ? values[place] - lower(basis[place]) : upper(basis[place]) - values[place]
      guard room < .infinity else { continue }
      lengths.append((place, max(0, room / abs(fall))))
    }
    let own = upper(entry.variable) - lower(entry.variable)
    guard let shortest = lengths.map(\.length).min(), shortest < own else {
      return own < .infinity ? Step(length: own, leaving: nil) : nil
    }
    // Of those that bind together, the largest pivot; by Bland's rule the first variable.
    let bound = shortest + 1e-12 * shortest + 1e-14
    let binding = lengths.filter { $0.length <= bound }
    let chosen =
      isFirst
      ? binding.min { basis[$0.place] < basis[$1.place] }
      : binding.max { abs(entry.change[$0.place]) < abs(entry.change[$1.place]) }
    return chosen.map { Step(length: $0.length, leaving: $0.place) }
  }

  private mutating func take(_ step: Step, _ entry: Entry) {
    let moved = entry.way * step.length
    for i in 0..<m { values[i] -= moved * entry.change[i] }
    guard let place = step.leaving else {
      standing[entry.variable] = entry.way > 0 ? .atUpper : .atLower
      return
    }
    let leaves = basis[place]
    standing[leaves] = entry.way * entry.change[place] > 0 ? .atLower : .atUpper
    values[place] = restingValue(entry.variable) + moved
    standing[entry.variable] = .basic
    basis[place] = entry.variable
    pivot(at: place, entry.change)
  }
}
