/// How values are put into classes.
public enum ClassificationMethod: String, Sendable, CaseIterable {
  /// Natural breaks, the exact optimum.
  case natural
  /// As many values in each class.
  case quantile
  /// Classes of equal width.
  case equal
}

/// Classes of values: class c holds those above bound c − 1 and not above bound c.
///
/// Of counts, that is of whole numbers, bounds are whole, zero is a class of its own, and classes share no bound.
public struct MapClassification: Sendable, Equatable {
  /// The smallest value.
  public let minimum: Double
  /// The largest value of each class, ascending; the last is infinite where breaks were given.
  public let upperBounds: [Double]
  /// How the classes came about; nil where breaks were given.
  public let method: ClassificationMethod?
  /// Whether all values are whole numbers.
  public let isWhole: Bool
  /// Whether zero is a class by itself.
  public let hasOwnZero: Bool

  /// The classes of all values together, so that several maps share them.
  public init(_ values: [Double], method: ClassificationMethod, classes: Int) {
    let sorted = values.filter { $0.isFinite }.sorted()
    self.method = method
    minimum = sorted.first ?? .nan
    isWhole = Self.areWhole(sorted)
    guard let least = sorted.first, let last = sorted.last else {
      (upperBounds, hasOwnZero) = ([], false)
      return
    }
    hasOwnZero = isWhole && least == 0 && last > 0 && classes > 1
    let classed = hasOwnZero ? sorted.filter { $0 > 0 } : sorted
    let (first, count) = (classed.first ?? least, hasOwnZero ? classes - 1 : classes)
    let bounds: [Double] =
      switch method {
      case .natural: NaturalBreaks.upperBounds(of: classed, classes: count)
      case .quantile: (1...count).map { Quantile.value(at: Double($0) / Double(count), ofSorted: classed) }
      case .equal: (1...count).map { MapClassification.share($0, of: count, from: first, to: last) }
      }
    let whole = isWhole
    upperBounds =
      ((hasOwnZero ? [0] : []) + bounds.map { whole ? $0.rounded(.down) : $0 }.filter { $0 >= first })
      .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private static func areWhole(_ values: [Double]) -> Bool {
    !values.isEmpty && values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
  }

  /// The end of class `number` of so many of equal width.
  private static func share(_ number: Int, of classes: Int, from first: Double, to last: Double) -> Double {
    guard number < classes else { return last }
    let way = (last - first) * Double(number)
    // The way between the ends of the range of numbers is longer than any number.
    guard way.isFinite else {
      let share = Double(number) / Double(classes)
      return first * (1 - share) + last * share
    }
    return first + way / Double(classes)
  }

  /// Classes between given breaks, ascending: below and up to the first, …, above the last.
  public init(_ values: [Double], breaks: [Double]) {
    minimum = values.filter { $0.isFinite }.min() ?? .nan
    method = nil
    isWhole = Self.areWhole(values.filter { $0.isFinite })
    hasOwnZero = false
    let largest = values.filter { $0.isFinite }.max() ?? -.infinity
    // A last break that nothing exceeds is the upper end, not a class of its own.
    upperBounds = largest <= (breaks.last ?? -.infinity) ? breaks : breaks + [.infinity]
  }

  /// The number of classes.
  public var count: Int { upperBounds.count }

  /// The class of a value, counted from zero; nil for a missing one.
  public func classOf(_ value: Double) -> Int? {
    value.isNaN ? nil : upperBounds.firstIndex { value <= $0 } ?? (count > 0 ? count - 1 : nil)
  }

  /// The classes' ranges in words: `≤ 0.25`, `0.25 – 0.4`, `> 0.4`; of counts `0`, `1 – 3`, `4 – 9`.
  public var labels: [String] {
    if isWhole, let labels = wholeLabels { return labels }
    let bounds = ((method == nil ? [] : [minimum]) + upperBounds).filter { $0.isFinite }
    let decimals = MapClassification.decimals(telling: bounds)
    func text(_ value: Double) -> String { MapClassification.text(value, decimals: decimals) }
    return upperBounds.indices.map { position in
      let lower = position == 0 ? minimum : upperBounds[position - 1]
      if upperBounds[position] == .infinity { return "> \(text(lower))" }
      if position == 0, method == nil { return "≤ \(text(upperBounds[0]))" }
      if lower == upperBounds[position] { return text(lower) }
      return "\(text(lower)) – \(text(upperBounds[position]))"
    }
  }

  /// The same of whole numbers, each of which stands in one class alone; nil where given breaks leave a class without one.
  private var wholeLabels: [String]? {
    func text(_ value: Double) -> String { MapClassification.text(value, decimals: 0) }
    var labels: [String] = []
    var lower = minimum
    for (position, bound) in upperBounds.enumerated() {
      let upper = bound.rounded(.down)
      if bound == .infinity {
        labels.append("≥ \(text(lower))")
      } else if position == 0, method == nil {
        labels.append("≤ \(text(upper))")
      } else if lower > upper {
        return nil
      } else {
        labels.append(lower == upper ? text(lower) : "\(text(lower)) – \(text(upper))")
      }
      lower = upper + 1
    }
    return labels
  }

  /// The fewest decimals at which neighbouring bounds differ and the largest has three digits.
  static func decimals(telling bounds: [Double]) -> Int {
    let largest = bounds.map(abs).max() ?? 0
    var decimals = largest >= 100 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : 3
    func differ() -> Bool {
      let texts = bounds.map { text($0, decimals: decimals) }
      return texts.indices.dropFirst().allSatisfy {
        texts[$0] != texts[$0 - 1] || bounds[$0] == bounds[$0 - 1]
      }
    }
    while decimals < 8, !differ() { decimals += 1 }
    return decimals
  }

  /// A number with so many decimals, a true minus sign and thin spaces between thousands.
  static func text(_ value: Double, decimals: Int) -> String {
    guard abs(value) < 1e15 else { return "\(value)" }
    let text = FixedDecimals.text(written: abs(value), decimals: decimals)
    let whole = text.prefix { $0 != "." }
    var grouped = ""
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place) % 3 == 0, whole.count > 4 { grouped += "\u{202F}" }
      grouped.append(digit)
    }
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return (value < 0 && !isZero ? "−" : "") + grouped + text.dropFirst(whole.count)
  }
}
