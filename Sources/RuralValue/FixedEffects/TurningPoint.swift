internal import RuralValueNumerics

/// Whether a variable that enters with its square has a U shape, or an inverse one, within its range.
///
/// Of y = … + bx + cx², the slopes at the ends of the range are b + 2c·low and b + 2c·high. A U needs a falling slope at the
/// lower and a rising one at the upper end; t is the smaller of the two in size, p the larger of the two one-sided ones.
/// Where the extreme −b/(2c) lies outside the range there is no p: a U is trivially not found.
///
/// Fieller's set of the extreme: all x at which (b + 2cx)² ≤ t²(V_bb + 4xV_bc + 4x²V_cc): an interval, two rays, or the line.
///
/// Source: Lind and Mehlum (2010); Fieller (1954); methods/fixed-effects.md, section 5.
public struct TurningPoint: Sendable, Equatable {
  /// The variable's term.
  public let variable: String
  /// The coefficients of the variable and of its square.
  public let linear: Double
  /// The coefficient of the square.
  public let square: Double
  /// The range on which it is tested.
  public let low: Double
  /// The upper end of the range.
  public let high: Double
  /// Whether the range is that of the data.
  public let isDataRange: Bool
  /// −b/(2c), on the variable's own scale.
  public let extreme: Double
  /// Its error by the delta method.
  public let standardError: Double
  /// The slope at the lower end.
  public let slopeLow: Estimate
  /// The slope at the upper end.
  public let slopeHigh: Estimate
  /// Fieller's set of the extreme.
  public let fieller: ConfidenceSet
  /// The mean that was subtracted where the variable enters centred.
  let shift: Double
  /// The variance of b and c, and their covariance.
  let variance: (linear: Double, cross: Double, square: Double)

  /// Whether y falls first and then rises.
  public var isU: Bool { square > 0 }
  /// Whether the extreme lies within the range.
  public var isInside: Bool { extreme > low && extreme < high }

  /// The one-sided p values at the two ends, of slopes with the signs that the shape asks for.
  public var pLow: Double { Self.oneSided(isU ? -slopeLow.statistic : slopeLow.statistic, slopeLow) }
  /// The p value at the upper end.
  public var pHigh: Double { Self.oneSided(isU ? slopeHigh.statistic : -slopeHigh.statistic, slopeHigh) }
  /// t of the test of the shape; nil where the extreme is outside.
  public var statistic: Double? {
    isInside ? min(abs(slopeLow.statistic), abs(slopeHigh.statistic)) : nil
  }
  /// p of the test of the shape; nil where the extreme is outside.
  public var pValue: Double? { isInside ? max(pLow, pHigh) : nil }

  /// P(t > value).
  private static func oneSided(_ value: Double, _ estimate: Estimate) -> Double {
    let degrees = estimate.reference.degreesOfFreedom.map(Double.init) ?? .infinity
    return degrees.isFinite
      ? StudentT(degreesOfFreedom: degrees).upperTail(at: value) : Normal().upperTail(at: value)
  }

  /// Whether two are the same.
  public static func == (one: TurningPoint, other: TurningPoint) -> Bool {
    one.variable == other.variable && one.linear == other.linear && one.square == other.square
      && one.low == other.low && one.high == other.high && one.slopeLow == other.slopeLow
      && one.slopeHigh == other.slopeHigh && one.fieller == other.fieller && one.shift == other.shift
  }

  /// The turning point of two coefficients with their covariance; `shift` is the mean of a centred variable, and the range
  /// is on the scale before it was subtracted.
  init(
    variable: String, linear: Double, square: Double,
    variance: (linear: Double, cross: Double, square: Double),
    range: (low: Double, high: Double, isOfData: Bool), shift: Double, reference: ReferenceDistribution,
    level: Double
  ) {
    self.variable = variable
    self.linear = linear
    self.square = square
    self.shift = shift
    self.variance = variance
    (low, high, isDataRange) = range
    func slope(_ x: Double) -> Estimate {
      let x = x - shift
      let v = variance.linear + 4 * x * variance.cross + 4 * x * x * variance.square
      return Estimate(
        Parameter(variable, .marginalEffect), linear + 2 * square * x, standardError: v.squareRoot(),
        reference: reference)
    }
    (slopeLow, slopeHigh) = (slope(range.low), slope(range.high))
    let centre = -linear / (2 * square)
    extreme = centre + shift
    let (db, dc) = (-1 / (2 * square), linear / (2 * square * square))
    standardError =
      (db * db * variance.linear + 2 * db * dc * variance.cross + dc * dc * variance.square).squareRoot()
    fieller = Self.fieller(linear, square, variance, shift: shift, reference: reference, level: level)
  }

  private static func fieller(
    _ b: Double, _ c: Double, _ v: (linear: Double, cross: Double, square: Double), shift: Double,
    reference: ReferenceDistribution, level: Double
  ) -> ConfidenceSet {
    let t: Double =
      reference.degreesOfFreedom.map {
        StudentT(degreesOfFreedom: Double($0)).criticalValue(level: level)
      } ?? Normal().criticalValue(level: level)
    let t2 = t * t
    // (b + 2cx)² − t²V is a parabola in x.
    let (a2, a1, a0) = (
      4 * (c * c - t2 * v.square), 4 * (b * c - t2 * v.cross), b * b - t2 * v.linear
    )
    let discriminant = a1 * a1 - 4 * a2 * a0
    typealias Piece = ConfidenceSet.Piece
    guard discriminant > 0, a2 != 0 else {
      return ConfidenceSet(level: level, pieces: a2 < 0 ? [Piece(low: -.infinity, high: .infinity)] : [])
    }
    // The larger root in size first, the other from their product, so that nothing cancels.
    let q = -0.5 * (a1 + (a1 < 0 ? -1 : 1) * discriminant.squareRoot())
    let roots = [q / a2, q == 0 ? 0 : a0 / q].sorted().map { $0 + shift }
    return ConfidenceSet(
      level: level,
      pieces: a2 > 0
        ? [Piece(low: roots[0], high: roots[1])]
        : [Piece(low: -.infinity, high: roots[0]), Piece(low: roots[1], high: .infinity)])
  }

  /// y over x from the lower end on: bx + cx² less its value at the lower end, with its error.
  func curve(at x: Double) -> (value: Double, standardError: Double) {
    let (x, start) = (x - shift, low - shift)
    let (one, two) = (x - start, x * x - start * start)
    let v =
      one * one * variance.linear + 2 * one * two * variance.cross + two * two * variance.square
    return (linear * one + square * two, max(0, v).squareRoot())
  }
}

extension LinearModel {
  /// The turning point of every variable that stands in the model with its square.
  ///
  /// Throws `FixedEffectsError.rangeWithoutSquare`.
  func turningPoints(_ specification: FixedEffectsSpecification) throws -> [TurningPoint] {
    let evaluator = FormulaEvaluator(sample.panel)
    let terms = sample.regressors.map(\.term)
    let pairs = terms.filter { $0.factors.count == 1 }.compactMap { term -> (FormulaTerm, FormulaTerm)? in
      terms.first { $0.factors == [term.factors[0], term.factors[0]] }.map { (term, $0) }
    }
    for range in specification.ranges where !pairs.contains(where: { $0.0.name == range.variable }) {
      throw FixedEffectsError.rangeWithoutSquare(
        variable: range.variable, squares: pairs.map(\.0.name))
    }
    return try pairs.compactMap { linear, square in
      guard let first = fit.parameters.firstIndex(where: { $0.name == linear.name }),
        let second = fit.parameters.firstIndex(where: { $0.name == square.name }),
        fit.coefficients[second] != 0
      else { return nil }
      let values = try evaluator.values(of: linear)
      var shift = 0.0
      if case .centred(let inner) = linear.factors[0] {
        shift = try evaluator.values(of: inner).filter { !$0.isNaN }.mean
      }
      let own = sample.rows.map { values[$0] + shift }
      let asked = specification.ranges.first { $0.variable == linear.name }
      let v = covariance.matrix
      return TurningPoint(
        variable: linear.name, linear: fit.coefficients[first], square: fit.coefficients[second],
        variance: (v[first, first], v[first, second], v[second, second]),
        range: asked.map { ($0.low, $0.high, false) } ?? (own.min() ?? .nan, own.max() ?? .nan, true),
        shift: shift, reference: .t(degreesOfFreedom: covariance.summary.degreesOfFreedom),
        level: specification.confidenceLevel)
    }
  }
}
