internal import RuralValueNumerics

/// Getis and Ord's general G of one cross-section: whether high values cluster, or low ones.
///
/// G = Σ_i Σ_{j≠i} w_ij x_i x_j / Σ_i Σ_{j≠i} x_i x_j with binary weights without self; E(G) = S₀ / (n (n − 1)).
/// The variance is that over all permutations of the values. With x = x̄ + z the numerator is
/// x̄² S₀ + x̄ Σ c_i z_i + z′Wz, c_i the sum of row and column i, and the denominator the same for all permutations;
/// so its variance comes from sums of z, where powers of x itself would cancel.
/// Source: Getis & Ord (1992), eqs. 5 to 8, whose moments these are.
public struct GeneralG: Sendable, Equatable {
  /// The period; nil where the data have none.
  public let period: Int?
  /// The number of units, n.
  public let unitCount: Int
  /// G; NaN where it is not computed.
  public let g: Double
  /// E(G).
  public let expected: Double
  /// The variance of G under randomisation.
  public let variance: Double
  /// Two-sided p of permutations; nil without them.
  public let permutationP: Double?
  /// Why G is not computed; nil where it is.
  public let reason: Phrase?

  /// (G − E) / sd: above zero where high values stand together, below where low ones do.
  public var z: Double { (g - expected) / variance.squareRoot() }
  /// The two-sided p value of z.
  public var pValue: Double { Normal().twoSidedTail(at: z) }

  /// Measures a cross-section with weights over the same units; only who is a neighbour counts.
  init(
    _ section: CrossSection, variable: String, weights: SpatialWeights, permutations: Int, seed: UInt64
  ) {
    let links = weights.withoutSelf.binary
    let reason = GeneralG.reason(section, linkCount: links.linkCount)
    self.reason = reason
    period = section.period
    unitCount = section.values.count
    guard reason == nil,
      let deviations = try? Deviations(section, variable: variable, needed: 4, statistic: "General G")
    else {
      (g, expected, variance, permutationP) = (.nan, .nan, .nan, nil)
      return
    }
    let values = GeneralG.scaled(section.values)
    let moments = PermutationMoments(deviations, WeightsMoments(links))
    let (n, mean) = (Double(values.count), values.mean)
    let denominator = GeneralG.sumOfProducts(values)
    let products = links.spatialLag(values)
    var sum = CompensatedSum()
    for i in values.indices { sum.add(product: values[i], products[i]) }
    g = sum.value / denominator
    expected = Double(links.linkCount) / (n * (n - 1))
    variance = moments.variance(mean: mean) / (denominator * denominator)
    permutationP =
      permutations == 0
      ? nil
      : GlobalPermutations(links, seed: seed, period: section.period)
        .twoSidedP(of: values, permutations: permutations)
  }

  /// Σ_i Σ_{j≠i} x_i x_j of values not below zero, without a difference in which they would cancel.
  private static func sumOfProducts(_ values: [Double]) -> Double {
    var (before, sum) = (0.0, CompensatedSum())
    for value in values {
      sum.add(product: 2 * value, before)
      before += value
    }
    return sum.value
  }

  /// The values in the unit of their deviations.
  private static func scaled(_ values: [Double]) -> [Double] {
    let unit = PowerOfTwo.below(values.reduce(0) { max($0, abs($1)) }, unlessWithin: 200)
    return unit == 1 ? values : values.map { $0 / unit }
  }

  /// Why there is no G: it compares products of values, which need a common zero and no sign.
  private static func reason(_ section: CrossSection, linkCount: Int) -> Phrase? {
    let values = section.values
    if let place = values.firstIndex(where: { $0 < 0 }) {
      return Phrase(
        "it needs values not below zero; \"\(section.units[place])\" has one",
        zh: "该统计量要求取值非负，而“\(section.units[place])”的取值为负")
    }
    if values.count < 4 {
      return Phrase("it needs at least four units", zh: "该统计量至少需要四个单元")
    }
    if values.count(where: { $0 > 0 }) < 2 {
      return Phrase("fewer than two values are above zero", zh: "大于零的取值不足两个")
    }
    if values.allSatisfy({ $0 == values[0] }) {
      return Phrase("all units have the same value", zh: "所有单元取值相同")
    }
    return linkCount == 0 ? Phrase("no unit has a neighbour", zh: "没有任何单元拥有邻居") : nil
  }
}

/// The moments of z′Wz and of Σ c_i z_i over all permutations of z, whose mean is zero.
///
/// Source: Cliff & Ord (1981), ch. 2, for z′Wz; the others follow from E z_i z_j = −m₂ / (n − 1),
/// E z_i² z_j = −m₃ / (n − 1) and E z_i z_j z_k = 2 m₃ / ((n − 1)(n − 2)) for different units.
private struct PermutationMoments {
  let deviations: Deviations
  let weights: WeightsMoments

  init(_ deviations: Deviations, _ weights: WeightsMoments) {
    self.deviations = deviations
    self.weights = weights
  }

  /// The variance of x̄ Σ c_i z_i + z′Wz.
  func variance(mean: Double) -> Double {
    let n = Double(deviations.count)
    let (s0, s1, s2, m2) = (weights.s0, weights.s1, weights.s2, deviations.variance)
    let m3 = deviations.z.reduce(0) { $0 + $1 * $1 * $1 } / n
    let m4 = deviations.fourthMoment
    let (n2, s02) = (n * n, s0 * s0)
    let linear = (s2 - 4 * s02 / n) * m2 * n / (n - 1)
    let mixed = m3 / (n - 1) * (2 * (2 * s02 - s2) / (n - 2) - s2)
    let square =
      (n * ((n2 - 3 * n + 3) * s1 - n * s2 + 3 * s02) * m2 * m2
        - ((n2 - n) * s1 - 2 * n * s2 + 6 * s02) * m4) / ((n - 1) * (n - 2) * (n - 3))
      - s02 * m2 * m2 / ((n - 1) * (n - 1))
    return mean * mean * linear + 2 * mean * mixed + square
  }
}
