internal import RuralValueNumerics

/// The price indices of one bundle of items against another: of a later period, or of another place.
///
/// With prices p and quantities q of the items k priced in both: Laspeyres Σp₁q₀/Σp₀q₀, Paasche Σp₁q₁/Σp₀q₁, Fisher √(L·P),
/// Törnqvist exp Σ ½(v₀ + v₁) ln(p₁/p₀) with v the items' shares of value.
///
/// Source: Consumer Price Index Manual (2004), ch. 15 and 16; methods/evaluation.md, 5.9.
struct PriceIndices: Sendable, Equatable {
  let laspeyres: Double?
  let paasche: Double?
  let fisher: Double?
  let tornqvist: Double?
  /// The share of value that the items priced in both have, the less of the two sides; nil where a side has no value.
  let coverage: Double?

  /// One item on one side: its price above zero and its quantity of zero or more.
  struct Item: Sendable, Equatable {
    let price: Double
    let quantity: Double

    var value: Double { price * quantity }
  }

  /// The indices of one side's items against the other's, the same item at the same place; nil where a side lacks it.
  init(base: [Item?], current: [Item?]) {
    precondition(base.count == current.count, "Both sides need the same items.")
    let common = zip(base, current).compactMap { base, current in
      base.flatMap { base in current.map { (base: base, current: $0) } }
    }
    func ratio(_ above: [Double], _ below: [Double]) -> Double? {
      let sum = below.compensatedSum
      return sum > 0 ? above.compensatedSum / sum : nil
    }
    let laspeyres = ratio(common.map { $0.current.price * $0.base.quantity }, common.map(\.base.value))
    let paasche = ratio(common.map(\.current.value), common.map { $0.base.price * $0.current.quantity })
    self.laspeyres = laspeyres
    self.paasche = paasche
    fisher = laspeyres.flatMap { l in paasche.map { (l * $0).squareRoot() } }
    let (values, later) = (
      common.map(\.base.value).compensatedSum, common.map(\.current.value).compensatedSum
    )
    tornqvist =
      values > 0 && later > 0
      ? portableExponential(
        common.map { base, current in
          0.5 * (base.value / values + current.value / later) * portableLogarithm(current.price / base.price)
        }.compensatedSum) : nil
    let kept = [
      ratio([values], base.compactMap { $0?.value }), ratio([later], current.compactMap { $0?.value }),
    ].compactMap { $0 }
    coverage = kept.count == 2 ? kept.min() : nil
  }

  /// Links one after the other: the products of the indices, and the least coverage.
  init(chaining links: [PriceIndices]) {
    func product(_ index: (PriceIndices) -> Double?) -> Double? {
      links.reduce(1.0 as Double?) { product, link in product.flatMap { p in index(link).map { p * $0 } } }
    }
    laspeyres = product(\.laspeyres)
    paasche = product(\.paasche)
    fisher = product(\.fisher)
    tornqvist = product(\.tornqvist)
    let coverages = links.map(\.coverage)
    coverage = coverages.contains { $0 == nil } ? nil : coverages.compactMap { $0 }.min() ?? 1
  }
}

/// The levels of prices of several places that follow from the indices of every two of them.
///
/// ln P_b − ln P_a = (1/n) Σ_l (ln F_al + ln F_lb): transitive, so that another base only rescales them all.
///
/// Source: Éltető and Köves (1964); Szulc (1964); with Törnqvist, Caves, Christensen and Diewert (1982); methods/evaluation.md,
/// 5.9.
enum TransitivePrices {
  /// The levels against the place `base`, from `index(a, b)`, the price of b against a; nil where an index is undefined.
  static func levels(count: Int, base: Int, index: (Int, Int) -> Double?) -> [Double]? {
    var logarithms = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for a in 0..<count {
      for b in 0..<count where a != b {
        guard let value = index(a, b), value > 0 else { return nil }
        logarithms[a][b] = portableLogarithm(value)
      }
    }
    return (0..<count).map { place in
      place == base
        ? 1
        : portableExponential(
          (0..<count).flatMap { [logarithms[base][$0], logarithms[$0][place]] }.compensatedSum / Double(count)
        )
    }
  }
}
