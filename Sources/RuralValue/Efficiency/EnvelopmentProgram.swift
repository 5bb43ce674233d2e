internal import RuralValueNumerics

/// The linear programmes of points against the frontier that some units span.
///
/// Rows: inputs, outputs, bad outputs, Σλ and, for slacks, the normalisation of Charnes and Cooper (1962). Columns: λ of
/// each unit, a slack a row, the slack of Σλ, and the factor θ, φ, t or β. Only the factor's column and the slacks' costs are
/// the point's own. Every row of data is divided by a power of two near its largest value.
struct EnvelopmentProgram {
  /// Which programme.
  enum Form: Equatable {
    /// min θ: Xλ + s⁻ = θx_o, Yλ − s⁺ = y_o.
    case radialInput
    /// max φ: Xλ + s⁻ = x_o, Yλ − s⁺ = φy_o.
    case radialOutput
    /// min t − (1/m)Σ S⁻/x_o: t + (1/(s+q))(Σ S⁺/y_o + Σ Sᵇ/b_o) = 1, XΛ + S⁻ = tx_o, YΛ − S⁺ = ty_o, BΛ + Sᵇ = tb_o.
    case slacks
    /// min t + (1/m)Σ S⁻/x_o: t − (1/(s+q))(Σ S⁺/y_o + Σ Sᵇ/b_o) = 1, XΛ − S⁻ ≤ tx_o, YΛ + S⁺ ≥ ty_o, BΛ − Sᵇ ≤ tb_o.
    case superSlacks
    /// max β: Xλ ≤ x_o, Yλ ≥ (1 + β)y_o, Bλ = (1 − β)b_o.
    case directional
  }

  /// What Σλ may be.
  enum Scale: Equatable {
    /// Anything: constant returns.
    case free
    /// One: variable returns.
    case one
    /// At most one: returns that do not increase.
    case atMostOne
  }

  let set: ProductionSet
  let form: Form
  let scale: Scale
  /// The powers of two by which each row of data is divided.
  private let units: [Double]
  private var program: LinearProgram
  private var method = SimplexMethod()

  /// The programmes against the frontier of a set, which is not empty.
  init(_ set: ProductionSet, _ form: Form, _ scale: Scale) {
    self.set = set
    self.form = form
    self.scale = scale
    units = set.columns.map { PowerOfTwo.below($0.max() ?? 1) }
    let layout = EnvelopmentLayout(set, form)
    var coefficients = Matrix(rowCount: layout.variableCount, columnCount: layout.rowCount)
    for (row, column) in set.columns.enumerated() {
      for unit in 0..<set.count { coefficients[unit, row] = column[unit] / units[row] }
    }
    for unit in 0..<set.count { coefficients[unit, layout.scaleRow] = 1 }
    coefficients[layout.scaleSlack, layout.scaleRow] = 1
    var lower = [Double](repeating: 0, count: layout.variableCount)
    var upper = [Double](repeating: .infinity, count: layout.variableCount)
    for row in 0..<layout.dataRowCount {
      let isOutput = layout.isOutput(row)
      // A slack takes away of what is too much, and adds to what is too little.
      let sign: Double = isOutput ? -1 : 1
      coefficients[layout.slack(row), row] = form == .superSlacks ? -sign : sign
      if form == .superSlacks { coefficients[layout.disposal(row), row] = sign }
      if form == .directional, layout.isUndesirable(row) { upper[layout.slack(row)] = 0 }
    }
    if scale != .atMostOne { lower[layout.scaleSlack] = scale == .free ? -.infinity : 0 }
    if scale == .one { upper[layout.scaleSlack] = 0 }
    if form == .directional { lower[layout.factor] = -.infinity }
    program = LinearProgram(
      coefficients: coefficients, cost: [Double](repeating: 0, count: layout.variableCount),
      right: [Double](repeating: 0, count: layout.rowCount), lower: lower, upper: upper)
  }

  private var layout: EnvelopmentLayout { EnvelopmentLayout(set, form) }

  /// The optimum of a point; nil where nothing on the frontier compares with it.
  ///
  /// `unit` is the point's place in the set, where it is one of its units; `isExcluded` takes it out of the frontier.
  /// Throws `LinearProgramError`.
  mutating func optimum(of point: [Double], unit: Int? = nil, isExcluded: Bool = false)
    throws(LinearProgramError) -> EnvelopmentOptimum?
  {
    let layout = self.layout
    let scaled = zip(point, units).map { $0 / $1 }
    place(scaled)
    if isExcluded, let unit { program.fix(unit, at: 0) }
    defer { if isExcluded, let unit { program.upper[unit] = .infinity } }
    let first = isExcluded ? nil : unit.flatMap { layout.basis(of: $0, scale) }
    switch try method.minimise(program, from: first) {
    case .optimal(let solution): return read(solution)
    case .infeasible: return nil
    case .unbounded: throw .notFinite
    }
  }

  /// The radial optimum of a unit with the largest slacks that its factor leaves, in shares of the point's values.
  ///
  /// Throws `LinearProgramError`.
  mutating func withLargestSlacks(_ first: EnvelopmentOptimum, of point: [Double])
    throws(LinearProgramError) -> EnvelopmentOptimum
  {
    let layout = self.layout
    place(zip(point, units).map { $0 / $1 })
    program.fix(layout.factor, at: first.factor)
    program.cost[layout.factor] = 0
    for row in 0..<layout.dataRowCount { program.cost[layout.slack(row)] = -units[row] / point[row] }
    defer {
      for row in 0..<layout.dataRowCount { program.cost[layout.slack(row)] = 0 }
      program.lower[layout.factor] = 0
      program.upper[layout.factor] = .infinity
    }
    guard case .optimal(let solution) = try method.minimise(program, from: first.basis) else {
      throw .notFinite
    }
    var second = read(solution)
    second.objective = first.objective
    second.gap = max(first.gap, second.gap)
    return second
  }

  /// Puts what is the point's own in its places.
  private mutating func place(_ point: [Double]) {
    let layout = self.layout
    var factor = [Double](repeating: 0, count: layout.rowCount)
    var right = factor
    for (row, value) in point.enumerated() {
      switch form {
      case .radialInput: if layout.isOutput(row) { right[row] = value } else { factor[row] = -value }
      case .radialOutput: if layout.isOutput(row) { factor[row] = -value } else { right[row] = value }
      case .slacks, .superSlacks: factor[row] = -value
      case .directional:
        right[row] = value
        if layout.isOutput(row) {
          factor[row] = -value
        } else if layout.isUndesirable(row) {
          factor[row] = value
        }
      }
    }
    let hasSlacks = form == .slacks || form == .superSlacks
    if hasSlacks {
      factor[layout.scaleRow] = -1
      factor[layout.normalisationRow] = 1
      right[layout.normalisationRow] = 1
      let sign: Double = form == .slacks ? 1 : -1
      for (row, value) in point.enumerated() {
        let isInput = row < set.inputs.count
        let share = sign / (value * Double(isInput ? set.inputs.count : point.count - set.inputs.count))
        if isInput {
          program.cost[layout.slack(row)] = -share
        } else {
          var column = program.column(layout.slack(row))
          column[layout.normalisationRow] = share
          program.setColumn(layout.slack(row), column)
        }
      }
    } else {
      right[layout.scaleRow] = 1
    }
    program.setColumn(layout.factor, factor)
    program.right = right
    // Constraints in shares of the point's own values.
    for (row, value) in point.enumerated() { program.rowScales[row] = 1 / PowerOfTwo.below(value) }
    program.cost[layout.factor] = form == .radialInput || hasSlacks ? 1 : -1
  }

  private func read(_ solution: LinearProgramSolution) -> EnvelopmentOptimum {
    let layout = self.layout
    let x = solution.values
    let factor = x[layout.factor]
    let hasSlacks = form == .slacks || form == .superSlacks
    let divisor = hasSlacks ? factor : 1
    return EnvelopmentOptimum(
      factor: factor, objective: solution.objective,
      slacks: (0..<layout.dataRowCount).map { x[layout.slack($0)] / divisor * units[$0] },
      intensities: (0..<set.count).filter { x[$0] > 0 }.map { ($0, x[$0] / divisor) },
      gap: solution.certificate.gap, basis: solution.basis)
  }
}

/// What a programme found for a point.
struct EnvelopmentOptimum {
  /// θ, φ, t or β.
  let factor: Double
  /// The optimum of the programme.
  var objective: Double
  /// The slacks of inputs, outputs and bad outputs, in the units of the data.
  let slacks: [Double]
  /// The units that the point is compared with, and their λ above zero.
  let intensities: [(unit: Int, weight: Double)]
  /// The certificate's gap.
  var gap: Double
  /// The basic variables.
  let basis: [Int]
}

/// Where rows and columns of an envelopment programme stand.
struct EnvelopmentLayout {
  private let m: Int
  private let s: Int
  private let q: Int
  private let n: Int
  private let form: EnvelopmentProgram.Form

  init(_ set: ProductionSet, _ form: EnvelopmentProgram.Form) {
    (m, s, q, n) = (set.inputs.count, set.outputs.count, set.undesirable.count, set.count)
    self.form = form
  }

  private var hasNormalisation: Bool { form == .slacks || form == .superSlacks }
  /// m + s + q.
  var dataRowCount: Int { m + s + q }
  /// The row of Σλ.
  var scaleRow: Int { dataRowCount }
  /// The row of the normalisation, of slacks.
  var normalisationRow: Int { dataRowCount + 1 }
  var rowCount: Int { dataRowCount + (hasNormalisation ? 2 : 1) }
  func slack(_ row: Int) -> Int { n + row }
  var scaleSlack: Int { n + dataRowCount }
  var factor: Int { n + dataRowCount + 1 }
  /// What a point may throw away besides its slack, in super-efficiency.
  func disposal(_ row: Int) -> Int { n + dataRowCount + 2 + row }
  var variableCount: Int { n + dataRowCount + 2 + (form == .superSlacks ? dataRowCount : 0) }
  func isOutput(_ row: Int) -> Bool { row >= m && row < m + s }
  func isUndesirable(_ row: Int) -> Bool { row >= m + s }

  /// The basis in which a unit is compared with itself alone, by a factor of one; nil where there is none at hand.
  func basis(of unit: Int, _ scale: EnvelopmentProgram.Scale) -> [Int]? {
    let slacks = Array(0..<dataRowCount)
    // The rows whose slacks are zero and not basic: as many as λ, the factor and the slack of Σλ take.
    let without: [Int]
    switch (form, scale) {
    case (.superSlacks, _), (.directional, _): return nil
    case (.slacks, .one): without = []
    case (.slacks, _): without = [0]
    case (.radialInput, .one): without = [0]
    case (.radialOutput, .one): without = [m]
    case (.radialInput, _), (.radialOutput, _): without = [0, m]
    }
    return [unit, factor] + (scale == .one ? [] : [scaleSlack])
      + slacks.filter { !without.contains($0) }.map(slack)
  }
}
