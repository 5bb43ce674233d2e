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
public struct MapClassification: Sendable, Equatable {
  /// The smallest value.
  public let minimum: Double
  /// The largest value of each class, ascending; the last is infinite where breaks were given.
  public let upperBounds: [Double]
  /// How the classes came about; nil where breaks were given.
  public let method: ClassificationMethod?

  /// The classes of all values together, so that several maps share them.
  public init(_ values: [Double], method: ClassificationMethod, classes: Int) {
    let sorted = values.filter { $0.isFinite }.sorted()
    self.method = method
    minimum = sorted.first ?? .nan
    guard let first = sorted.first, let last = sorted.last else {
      upperBounds = []
      return
    }
    let bounds: [Double] =
      switch method {
      case .natural: NaturalBreaks.upperBounds(of: sorted, classes: classes)
      case .quantile: (1...classes).map { Quantile.value(at: Double($0) / Double(classes), ofSorted: sorted) }
      case .equal:
        (1...classes).map { MapClassification.share($0, of: classes, from: first, to: last) }
      }
    upperBounds = bounds.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
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

  /// The classes' ranges in words: `≤ 0.25`, `0.25–0.4`, `> 0.4`.
  public var labels: [String] {
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
