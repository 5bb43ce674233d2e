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
    fieller = ConfidenceSet(
      ratioOf: linear, to: -2 * square,
      variance: (variance.linear, -2 * variance.cross, 4 * variance.square), shift: shift,
      reference: reference,
      level: level)
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

extension TurningPoint {
  /// The test of a U shape and the turning point, a row a variable; nil where no square stands beside its variable.
  static func table(_ turningPoints: [TurningPoint], level: Double) -> ResultTable? {
    guard !turningPoints.isEmpty else { return nil }
    func number(_ value: (TurningPoint) -> Double?) -> ResultValues {
      .number(turningPoints.map { value($0) ?? .nan })
    }
    return ResultTable(
      name: "turning_points", title: Phrase("Turning points", zh: "拐点与U型检验"),
      columns: [
        .terms("term", Phrase("Term", zh: "变量"), turningPoints.map(\.variable)),
        ResultColumn("shape", Phrase("Shape", zh: "形状"), .phrase(turningPoints.map(\.shape))),
        ResultColumn("low", Phrase("Range from", zh: "区间下限"), number { $0.low }, display: .quantity),
        ResultColumn("high", Phrase("Range to", zh: "区间上限"), number { $0.high }, display: .quantity),
        ResultColumn(
          "slope_low", Phrase("Slope at low", zh: "下限处斜率"), number { $0.slopeLow.value }, display: .quantity),
        ResultColumn(
          "slope_high", Phrase("Slope at high", zh: "上限处斜率"), number { $0.slopeHigh.value },
          display: .quantity),
        ResultColumn(
          "turning_point", Phrase("Turning point", zh: "拐点"), number { $0.extreme },
          display: .inference(.estimate)),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"), number { $0.standardError },
          display: .inference(.error)),
        ResultColumn("statistic", Phrase(verbatim: "t"), number { $0.statistic }),
        ResultColumn("p_value", Phrase("p", zh: "p值"), number { $0.pValue }, display: .probability),
        ResultColumn(
          "fieller", Phrase("Fieller \(Percentage.text(level))%", zh: "Fieller \(Percentage.text(level))%"),
          .phrase(turningPoints.map(\.fieller.words))),
      ],
      notes: [
        Phrase(
          "t and p: Lind and Mehlum's test that the shape is there within the range, one-sided at both ends. A square that is"
            + " significant is not enough. Without p the turning point lies outside the range.",
          zh: "t与p为Lind–Mehlum检验（区间内是否存在该形状，两端单侧）。仅二次项显著并不足够。无p值者拐点位于区间之外。")
      ] + turningPoints.map(\.sentence)
    )
  }

  var shape: Phrase { isU ? Phrase("U", zh: "U型") : Phrase("inverse U", zh: "倒U型") }

  /// What the numbers say.
  var sentence: Phrase {
    func shown(_ x: Double) -> String { FixedDecimals.text(x, decimals: 3) }
    let place = shown(extreme)
    guard let pValue else {
      return Phrase(
        "\(variable): the turning point \(place) lies outside the range from \(shown(low)) to \(shown(high)); within it the"
          + " relation only \(slopeHigh.value > 0 ? "rises" : "falls").",
        zh:
          "\(variable)：拐点\(place)位于区间[\(shown(low)), \(shown(high))]之外，区间内单调\(slopeHigh.value > 0 ? "上升" : "下降")。"
      )
    }
    let verdict =
      pValue < 0.05
      ? Phrase("\(shape.english == "U" ? "a U" : "an inverse U") is found", zh: "存在\(shape.chinese)关系")
      : Phrase("no \(shape.english) is established", zh: "未能证实\(shape.chinese)关系")
    let clause = ProbabilityText.clause(pValue)
    return Phrase(
      "\(variable): \(verdict.english) (\(clause)), turning at \(place).",
      zh: "\(variable)：\(verdict.chinese)（\(clause)），拐点\(place)。")
  }
}
