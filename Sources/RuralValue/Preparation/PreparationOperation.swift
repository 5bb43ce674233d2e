/// What a step of preparation does to each of its variables.
public enum PreparationOperation: Sendable, Equatable {
  /// Fills gaps inside a unit along the straight line between the known neighbours; see `LinearInterpolation`.
  case interpolate(extend: Bool = false, missingRows: MissingRows = .observedPeriods)
  /// The centred moving average over an odd number of calendar steps; see `MovingAverage`.
  case smooth(window: Int = 3)
  /// The natural logarithm ln x, ln(1 + x), or ln(x + a) with a constant a above zero, which is added always or only to
  /// variables that have a value not above zero.
  case logarithm(plusOne: Bool = false, adding: Double? = nil, onlyWhereNeeded: Bool = false)
  /// (x − mean) / standard deviation, with the divisor n − 1.
  case standardise(PoolingScope = .panel)
  /// (x − min) / (max − min).
  case minMax(PoolingScope = .panel)
  /// Values beyond the quantiles at `lowerTail` and 1 − `upperTail` become those quantiles; see `Winsorising`.
  case winsorise(lowerTail: Double = 0.01, upperTail: Double = 0.01, PoolingScope = .panel)
  /// x_t − x_{t−k}, k counted in calendar steps.
  case change(steps: Int = 1)
  /// x_t / x_{t−k} − 1; a zero base is an error, or makes the cell missing where that is allowed.
  case growth(steps: Int = 1, zeroBaseIsMissing: Bool = false)
  /// x_{t−k}; a negative k leads.
  case lag(steps: Int = 1)
  /// A column computed from others; its step has their names, and one output.
  case compute(ColumnExpression)

  /// Which missing rows of a unit interpolation adds; none ever before the unit's first or after its last.
  public enum MissingRows: String, Sendable, CaseIterable {
    /// None: only cells of rows that exist are filled.
    case none
    /// Those of periods at which another unit was observed.
    case observedPeriods = "observed"
    /// Those of every calendar step, also where no unit was observed.
    case everyStep = "every-step"
  }

  /// The name of the operation in tables and JSON.
  public var key: String {
    switch self {
    case .interpolate: "interpolate"
    case .smooth: "smooth"
    case .logarithm(let plusOne, _, _): plusOne ? "log1p" : "log"
    case .standardise: "standardise"
    case .minMax: "minmax"
    case .winsorise: "winsorise"
    case .change: "change"
    case .growth: "growth"
    case .lag: "lag"
    case .compute: "compute"
    }
  }

  /// The name of the operation for people.
  public var phrase: Phrase {
    switch self {
    case .interpolate: Phrase("linear interpolation", zh: "线性插值")
    case .smooth(let window): Phrase("moving average over \(window)", zh: "\(window)期移动平均平滑处理")
    case .logarithm(true, _, _): Phrase("ln(1 + x)", zh: "ln(1＋x)")
    case .logarithm(_, let adding?, onlyWhereNeeded: true):
      Phrase(
        "ln x; ln(x + \(RoundTripNumber.text(adding))) where x has a zero",
        zh: "取自然对数；含零变量取ln(x＋\(RoundTripNumber.text(adding)))")
    case .logarithm(_, let adding?, _):
      Phrase("ln(x + \(RoundTripNumber.text(adding)))", zh: "ln(x＋\(RoundTripNumber.text(adding)))")
    case .logarithm: Phrase("ln x", zh: "取自然对数")
    case .standardise(let scope):
      scope == .year ? Phrase("z-score within year", zh: "年内Z-score标准化") : Phrase("z-score", zh: "Z-score标准化")
    case .minMax(let scope):
      scope == .year ? Phrase("min–max within year", zh: "年内极差标准化") : Phrase("min–max", zh: "极差标准化")
    case .winsorise(_, _, let scope):
      scope == .year ? Phrase("winsorising within year", zh: "年内缩尾处理") : Phrase("winsorising", zh: "缩尾处理")
    case .change(let steps): Phrase("change over \(steps)", zh: "\(steps)期变化量")
    case .growth(let steps, _): Phrase("growth rate over \(steps)", zh: "\(steps)期增长率")
    case .lag(let steps):
      steps < 0 ? Phrase("lead \(-steps)", zh: "超前\(-steps)期") : Phrase("lag \(steps)", zh: "滞后\(steps)期")
    case .compute(let expression): Phrase(verbatim: expression.text)
    }
  }

  /// The settings in force, as a result document states them.
  var settings: [JSONMember] {
    switch self {
    case .interpolate(let extend, let missingRows):
      [
        JSONMember("extend", .boolean(extend)),
        JSONMember("missing_rows", .string(missingRows.rawValue)),
      ]
    case .smooth(let window): [JSONMember("window", .integer(window))]
    case .logarithm(_, let adding, let onlyWhereNeeded):
      adding.map {
        [JSONMember("add", .number($0))] + (onlyWhereNeeded ? [JSONMember("if_zero", .boolean(true))] : [])
      } ?? []
    case .standardise(let scope), .minMax(let scope): [JSONMember("within", .string(scope.rawValue))]
    case .winsorise(let lower, let upper, let scope):
      [
        JSONMember("lower_tail", .number(lower)), JSONMember("upper_tail", .number(upper)),
        JSONMember("within", .string(scope.rawValue)),
      ]
    case .change(let steps), .lag(let steps): [JSONMember("steps", .integer(steps))]
    case .growth(let steps, let zeroBaseIsMissing):
      [
        JSONMember("steps", .integer(steps)), JSONMember("zero_base_missing", .boolean(zeroBaseIsMissing)),
      ]
    case .compute(let expression): [JSONMember("expression", .string(expression.text))]
    }
  }

  /// What the conventional output name puts before the variable's; nil where the result takes its place.
  var conventionalPrefix: String? {
    switch self {
    case .interpolate, .compute: nil
    case .smooth: "ma_"
    case .logarithm(let plusOne, _, _): plusOne ? "ln1p_" : "ln_"
    case .standardise: "z_"
    case .minMax: "mm_"
    case .winsorise: "w_"
    case .change(let steps): steps == 1 ? "d_" : "d\(steps)_"
    case .growth(let steps, _): steps == 1 ? "g_" : "g\(steps)_"
    case .lag(let steps): steps < 0 ? "f\(-steps)_" : steps == 1 ? "l_" : "l\(steps)_"
    }
  }

  /// Throws `PreparationError` where a setting makes no sense.
  public func validate() throws(PreparationError) {
    switch self {
    case .smooth(let window):
      guard window >= 1, window % 2 == 1 else { throw .windowNotOdd(found: window) }
    case .winsorise(let lower, let upper, _):
      guard lower >= 0, upper >= 0, lower + upper < 1 else {
        throw .tailsOutOfRange(lower: lower, upper: upper)
      }
    case .logarithm(_, let adding?, _):
      guard adding > 0, adding.isFinite else { throw .addendNotPositive(found: adding) }
    case .change(let steps), .growth(let steps, _):
      guard steps >= 1 else { throw .stepsNotPositive(operation: key, found: steps) }
    case .lag(let steps):
      // The smallest integer has no counterpart above zero.
      guard steps != 0, steps > .min else { throw .stepsNotPositive(operation: key, found: steps) }
    case .interpolate, .logarithm, .standardise, .minMax, .compute: break
    }
  }
}
