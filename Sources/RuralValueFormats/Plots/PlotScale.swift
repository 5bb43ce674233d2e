import RuralValue

/// A linear axis over the finite ones of some values, with round ticks.
struct PlotScale: Equatable {
  /// The axis' ends.
  let low: Double
  let high: Double
  /// Round numbers between the ends.
  let ticks: [Double]
  private let decimals: Int?

  /// An axis over values with some room at both ends; values that are not finite, or too large to subtract, are
  /// left out.
  init(_ values: some Sequence<Double>, tickCount: Int = 6) {
    let finite = values.filter { abs($0) < 1e150 }
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    let span = max(most - least, max(abs(least), abs(most)) * 1e-3, 1e-200)
    low = least - 0.05 * span
    high = most + 0.05 * span
    let wanted = Self.step((high - low) / Double(max(1, tickCount)))
    // Fewer than three ticks say little of a scale: then half of the step, or two fifths of a step of five.
    let isFew = (high / wanted).rounded(.down) - (low / wanted).rounded(.up) < 2
    let step = isFew ? Self.step(wanted * 0.3) : wanted
    let first = (low / step).rounded(.up)
    let count = max(0, Int(((high / step).rounded(.down) - first).rounded()) + 1)
    ticks = (0..<min(count, 50)).map { (first + Double($0)) * step }
    decimals = Self.decimals(step, largest: max(abs(low), abs(high)))
  }

  /// Where a value lies between 0 and 1, at the ends where it lies outside.
  func fraction(_ value: Double) -> Double {
    min(1, max(0, (value - low) / (high - low)))
  }

  /// Whether a value lies on the axis.
  func contains(_ value: Double) -> Bool { value >= low && value <= high }

  /// A tick's label, with a true minus sign.
  func label(_ tick: Double) -> String {
    let text = decimals.map { FixedDecimals.text(tick, decimals: $0) } ?? scientific(tick)
    return text.replacing("-", with: "−")
  }

  /// 1, 2 or 5 times a power of ten, and not below what is asked.
  private static func step(_ least: Double) -> Double {
    var power = 1.0
    while power > least { power /= 10 }
    while power * 10 <= least { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-9) } ?? 10 * power
  }

  private static func decimals(_ step: Double, largest: Double) -> Int? {
    guard largest < 1e6, step >= 1e-5 else { return nil }
    var decimals = 0
    var unit = 1.0
    while unit > step * 1.000001 {
      unit /= 10
      decimals += 1
    }
    return decimals
  }

  /// A number as 1.25e6, with as many digits as tell the ticks apart and no more.
  private func scientific(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var (mantissa, exponent) = (abs(value), 0)
    while mantissa >= 10 * (1 - 1e-9) { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 - 1e-9 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return (value < 0 ? "-" : "") + FixedDecimals.text(mantissa, atMost: 4)
      + (exponent == 0 ? "" : "e\(exponent)")
  }
}
