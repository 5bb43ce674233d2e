/// The false discovery rate of Benjamini and Hochberg (1995).
public enum BenjaminiHochberg {
  /// Adjusted p values: min over j ≥ rank(i) of p₍ⱼ₎ m / j, at most one; NaN stays and does not count.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
    var adjusted = pValues
    var smallest = 1.0
    for (rank, position) in order.enumerated().reversed() {
      smallest = min(smallest, pValues[position] * Double(order.count) / Double(rank + 1))
      adjusted[position] = smallest
    }
    return adjusted
  }
}
