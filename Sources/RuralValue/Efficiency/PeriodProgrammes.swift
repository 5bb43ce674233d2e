internal import RuralValueNumerics

/// The programmes of one period's units against the frontier of the same period.
struct PeriodProgrammes {
  private let set: ProductionSet
  private let specification: EfficiencySpecification
  private var slacks: EnvelopmentProgram
  private var superSlacks: EnvelopmentProgram
  private var constant: EnvelopmentProgram
  private var variable: EnvelopmentProgram
  private var nonIncreasing: EnvelopmentProgram

  init(_ set: ProductionSet, _ specification: EfficiencySpecification) {
    self.set = set
    self.specification = specification
    let scale: EnvelopmentProgram.Scale = specification.returns == .constant ? .free : .one
    let radial: EnvelopmentProgram.Form = specification.orientation == .input ? .radialInput : .radialOutput
    slacks = EnvelopmentProgram(set, .slacks, scale)
    superSlacks = EnvelopmentProgram(set, .superSlacks, scale)
    constant = EnvelopmentProgram(set.withoutUndesirable, radial, .free)
    variable = EnvelopmentProgram(set.withoutUndesirable, radial, .one)
    nonIncreasing = EnvelopmentProgram(set.withoutUndesirable, radial, .atMostOne)
  }

  /// One unit's efficiency. Throws `LinearProgramError`.
  mutating func efficiency(of place: Int, period: Int, names: [String]) throws(LinearProgramError)
    -> UnitEfficiency
  {
    let point = set.point(place)
    let radialPoint = Array(point.prefix(specification.inputs.count + specification.outputs.count))
    let constantOptimum = try required(&constant, radialPoint, place)
    let variableOptimum = try required(&variable, radialPoint, place)
    let (ccr, bcc) = (radialScore(constantOptimum.factor), radialScore(variableOptimum.factor))
    let nirs =
      ReturnsToScale.differ(ccr, bcc)
      ? radialScore(try required(&nonIncreasing, radialPoint, place).factor) : nil
    var optimum: EnvelopmentOptimum
    let score: Double
    switch specification.model {
    case .slacks, .superSlacks:
      optimum = try required(&slacks, point, place)
      score = UnitEfficiency.score(optimum.objective)
    case .constantRadial:
      optimum = try constant.withLargestSlacks(constantOptimum, of: radialPoint)
      score = ccr
    case .variableRadial:
      optimum = try variable.withLargestSlacks(variableOptimum, of: radialPoint)
      score = bcc
    }
    let above = score == 1 ? try superEfficiency(of: point, place) : (nil, nil, 0)
    let slackShares = zip(optimum.slacks, point).map { $0 / $1 }
    return UnitEfficiency(
      unit: names[place], period: period, score: score, superScore: above.0, superReason: above.1,
      isStronglyEfficient: score == 1 && slackShares.allSatisfy { $0 <= 1e-7 }, constantScore: ccr,
      variableScore: bcc, returns: .of(constant: ccr, variable: bcc, nonIncreasing: nirs),
      dualityGap: max(optimum.gap, constantOptimum.gap, variableOptimum.gap, above.2),
      slacks: slackTable(optimum, point, score: score), peers: peers(optimum, point, names))
  }

  private func required(_ program: inout EnvelopmentProgram, _ point: [Double], _ place: Int)
    throws(LinearProgramError) -> EnvelopmentOptimum
  {
    // A unit is always comparable with itself.
    guard let optimum = try program.optimum(of: point, unit: place) else { throw .uncertified(1) }
    return optimum
  }

  /// θ, or 1/φ.
  private func radialScore(_ factor: Double) -> Double {
    UnitEfficiency.score(specification.orientation == .input ? factor : 1 / factor)
  }

  /// The super-score of an efficient unit, or why it has none, and the duality gap.
  private mutating func superEfficiency(of point: [Double], _ place: Int) throws(LinearProgramError) -> (
    Double?, Phrase?, Double
  ) {
    guard set.count > 1 else {
      return (nil, Phrase("there is no other unit", zh: "无其他单元可比"), 0)
    }
    let optimum: EnvelopmentOptimum?
    switch specification.model {
    case .slacks: return (nil, nil, 0)
    case .superSlacks:
      optimum = try superSlacks.optimum(of: point, unit: place, isExcluded: true)
      return (optimum.map { max(1, $0.objective) }, nil, optimum?.gap ?? 0)
    case .constantRadial: optimum = try constant.optimum(of: point, unit: place, isExcluded: true)
    case .variableRadial: optimum = try variable.optimum(of: point, unit: place, isExcluded: true)
    }
    guard let optimum else {
      return (
        nil,
        Phrase(
          "infeasible: no mixture of the others compares",
          zh: "无可行解：其余单元的任何组合均无法与其比较"), 0
      )
    }
    let score = specification.orientation == .input ? optimum.factor : 1 / optimum.factor
    // A weakly efficient unit may stand behind the others by rounding alone.
    return (score < 1 && score >= UnitEfficiency.threshold ? 1 : score, nil, optimum.gap)
  }

  private func slackTable(_ optimum: EnvelopmentOptimum, _ point: [Double], score: Double)
    -> [UnitEfficiency.Slack]
  {
    let factor = specification.model.isRadial && score != 1 ? optimum.factor : 1
    return specification.columns.enumerated().map { row, column in
      let value = point[row]
      // What is no more than rounding is nothing.
      let slack = optimum.slacks[row] > 1e-9 * value ? optimum.slacks[row] : 0
      let isScaled =
        specification.model.isRadial && (column.role == .input) == (specification.orientation == .input)
      let radial = isScaled ? factor * value : value
      return UnitEfficiency.Slack(
        column: column.name, role: column.role, value: value, slack: slack,
        target: column.role == .output ? radial + slack : radial - slack)
    }
  }

  /// The units of which the comparison is made, but for those whose part in every column is rounding.
  private func peers(_ optimum: EnvelopmentOptimum, _ point: [Double], _ names: [String])
    -> [UnitEfficiency.Peer]
  {
    optimum.intensities.filter { unit, weight in
      zip(set.columns, point).contains { weight * $0[unit] > 1e-9 * $1 }
    }.map { UnitEfficiency.Peer(unit: names[$0.unit], weight: $0.weight) }
  }
}
