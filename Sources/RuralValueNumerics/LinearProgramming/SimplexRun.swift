/// The simplex method at work on one program.
///
/// It works in scaled units: constraint i is multiplied by its scale r_i, and variable j is counted in units u_j for which
/// the largest |r_i a_ij u_j| is about one, so that a pivot or a price can be told from rounding. Variables n, n + 1, … are
/// artificial, one a constraint, ± its unit vector: they make the first basis, and the first phase brings their sum to
/// zero; from then on they are fixed there.
struct SimplexRun {
  /// Where a variable stands that is not basic, and that it is.
  enum Standing { case basic, atLower, atUpper, free }

  /// A variable in its unit.
  struct ScaledVariable {
    let variable: Int
    /// u.
    let unit: Double
    /// The coefficients, m of them.
    let column: [Double]
    let lower: Double
    let upper: Double
    let cost: Double
  }

  let program: LinearProgram
  let familiar: [Int]
  let iterationLimit: Int
  let patience: Int
  let n: Int
  let m: Int
  var standing: [Standing]
  /// The basic variables, m of them.
  var basis: [ScaledVariable] = []
  /// B⁻¹, row by row.
  var inverse: [Double] = []
  /// The basic variables' values, in their units.
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

  /// A variable in its unit, with its cost in the present phase.
  func scaled(_ variable: Int) -> ScaledVariable {
    guard variable < n else {
      var column = [Double](repeating: 0, count: m)
      column[variable - n] = signs[variable - n]
      return ScaledVariable(
        variable: variable, unit: 1, column: column, lower: 0, upper: isFirstPhase ? .infinity : 0,
        cost: isFirstPhase ? 1 : 0)
    }
    var column = [Double](repeating: 0, count: m)
    var largest = 0.0
    for i in 0..<m {
      column[i] = program.rowScales[i] * program.coefficients[variable, i]
      largest = max(largest, abs(column[i]))
    }
    let unit = 1 / PowerOfTwo.below(largest)
    for i in 0..<m { column[i] *= unit }
    return ScaledVariable(
      variable: variable, unit: unit, column: column, lower: program.lower[variable] / unit,
      upper: program.upper[variable] / unit, cost: isFirstPhase ? 0 : program.cost[variable] * unit)
  }

  /// The value of one of the program's variables that is not basic.
  func restingValue(_ variable: Int) -> Double {
    switch standing[variable] {
    case .atLower: program.lower[variable]
    case .atUpper: program.upper[variable]
    case .free, .basic: 0
    }
  }

  /// Both phases, the first only where the given basis is no feasible one.
  mutating func settle(from first: [Int]?) throws(LinearProgramError) -> LinearProgramOutcome {
    if !(first.map { begin(with: $0) } ?? false) {
      isFirstPhase = true
      beginWithArtificials()
      guard case .optimum(let prices) = try improve() else { throw .singularBasis }
      guard artificialsVanish else { return .infeasible(try farkas(prices)) }
      isFirstPhase = false
      basis = basis.map { scaled($0.variable) }
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
    basis = first.map { scaled($0) }
    for variable in first { standing[variable] = .basic }
    if (try? invert()) != nil, isFeasible { return true }
    standing = before
    return false
  }

  private var isFeasible: Bool {
    let room = 1e-10 * values.reduce(1) { max($0, abs($1)) }
    return zip(basis, values).allSatisfy { $1 >= $0.lower - room && $1 <= $0.upper + room }
  }

  private mutating func beginWithArtificials() {
    let rest = remainder()
    signs = rest.map { $0 < 0 ? -1 : 1 }
    basis = (n..<(n + m)).map { scaled($0) }
    for variable in n..<(n + m) { standing[variable] = .basic }
    values = rest.map(abs)
    inverse = [Double](repeating: 0, count: m * m)
    for i in 0..<m { inverse[i * m + i] = signs[i] }
    stepsSinceInversion = 0
  }

  /// Whether the artificial variables are zero but for rounding, each compared with the sizes in its constraint.
  private var artificialsVanish: Bool {
    let all = programValues
    return zip(basis, values).allSatisfy { basic, value in
      guard basic.variable >= n else { return true }
      let row = basic.variable - n
      var size = abs(program.right[row])
      for j in 0..<n where all[j] != 0 { size += abs(program.coefficients[j, row] * all[j]) }
      return value <= OptimalityCertificate.tolerance * size * program.rowScales[row]
    }
  }

  /// x, with the basic variables' values brought within their bounds.
  var programValues: [Double] {
    var all = (0..<n).map(restingValue)
    for (basic, value) in zip(basis, values) where basic.variable < n {
      all[basic.variable] =
        min(max(value * basic.unit, program.lower[basic.variable]), program.upper[basic.variable])
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
    let entering: ScaledVariable
    /// B⁻¹a, of the entering variable's column a.
    let change: [Double]
    /// 1 where it rises, −1 where it falls.
    let way: Double
  }

  /// Steps until nothing lowers the cost, or it falls without end.
  private mutating func improve() throws(LinearProgramError) -> Ending {
    idleSteps = 0
    while true {
      guard iterations < iterationLimit else { throw .iterationLimit(iterationLimit) }
      if stepsSinceInversion >= 40 { try invert() }
      let duals = self.duals()
      let usesBland = idleSteps > patience
      let found: SimplexPrices.Reduced
      if !usesBland, let familiar = SimplexPrices.best(among: familiar, duals, in: self) {
        found = familiar
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
      let entering = scaled(found.variable)
      let entry = Entry(
        entering: entering, change: change(of: entering.column), way: found.cost < 0 ? 1 : -1)
      iterations += 1
      guard let step = self.step(entry, isFirst: usesBland) else {
        // Nothing but rounding may have said that there is no end.
        if stepsSinceInversion == 0 { return .ray(entry) }
        try invert()
        continue
      }
      let gain = abs(found.cost) * entering.unit * step.length
      idleSteps = gain > 1e-14 * currentSize ? 0 : idleSteps + 1
      take(step, entry)
    }
  }

  /// The sizes that add up to the cost.
  private var currentSize: Double {
    zip(basis, values).reduce(1e-300) { $0 + abs($1.0.cost * $1.1) }
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
    var lengths: [(place: Int, length: Double)] = []
    for place in 0..<m {
      let fall = entry.way * entry.change[place]
      // A change below 10⁻¹⁰ of what the inverse's row can bring about is rounding, and no pivot.
      guard abs(fall) > 1e-10 * largestOfInverse(row: place) else { continue }
      let room = fall > 0 ? values[place] - basis[place].lower : basis[place].upper - values[place]
      guard room < .infinity else { continue }
      lengths.append((place, max(0, room / abs(fall))))
    }
    let own = entry.entering.upper - entry.entering.lower
    guard let shortest = lengths.map(\.length).min(), shortest < own else {
      return own < .infinity ? Step(length: own, leaving: nil) : nil
    }
    // Of those that bind together, the largest pivot; by Bland's rule the first variable.
    let bound = shortest + 1e-12 * shortest + 1e-14
    let binding = lengths.filter { $0.length <= bound }
    let chosen =
      isFirst
      ? binding.min { basis[$0.place].variable < basis[$1.place].variable }
      : binding.max { abs(entry.change[$0.place]) < abs(entry.change[$1.place]) }
    return chosen.map { Step(length: $0.length, leaving: $0.place) }
  }

  private mutating func take(_ step: Step, _ entry: Entry) {
    let entering = entry.entering
    let moved = entry.way * step.length
    for i in 0..<m { values[i] -= moved * entry.change[i] }
    guard let place = step.leaving else {
      standing[entering.variable] = entry.way > 0 ? .atUpper : .atLower
      return
    }
    standing[basis[place].variable] = entry.way * entry.change[place] > 0 ? .atLower : .atUpper
    values[place] = restingValue(entering.variable) / entering.unit + moved
    standing[entering.variable] = .basic
    basis[place] = entering
    pivot(at: place, entry.change)
  }
}
