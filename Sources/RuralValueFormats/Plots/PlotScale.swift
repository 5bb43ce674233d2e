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
    let span = max(most - least, max(abs(least), abs(most)) * 1e-6, 1e-12)
    low = least - 0.05 * span
    high = most + 0.05 * span
    let step = Self.step((high - low) / Double(max(1, tickCount)))
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
    let text = decimals.map { FixedDecimals.text(tick, decimals: $0) } ?? Self.scientific(tick)
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

  private static func scientific(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var mantissa = abs(value)
    var exponent = 0
    while mantissa >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 0.995 {
      mantissa *= 10
      exponent -= 1
    }
    let digits = FixedDecimals.text(mantissa, decimals: mantissa == mantissa.rounded() ? 0 : 1)
    return (value < 0 ? "-" : "") + "\(digits)e\(exponent)"
  }
}
