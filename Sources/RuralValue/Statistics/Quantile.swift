/// Quantiles of a sample.
public enum Quantile {
  /// The quantile at a fraction p of sorted values, linear between order statistics.
  ///
  /// With h = (n − 1) p: x_(⌊h⌋+1) + (h − ⌊h⌋)(x_(⌊h⌋+2) − x_(⌊h⌋+1)), which is type 7, the default of R, NumPy
  /// and Excel; Stata's `summarize, detail` takes type 2. NaN without values. Source: Hyndman and Fan
  /// (1996), Sample quantiles in statistical packages, The American Statistician 50, definition 7.
  public static func value(at fraction: Double, ofSorted values: [Double]) -> Double {
    precondition((0...1).contains(fraction), "A quantile needs a fraction between 0 and 1.")
    guard let last = values.indices.last else { return .nan }
    let position = fraction * Double(last)
    let below = min(Int(position), last)
    let above = min(below + 1, last)
    return values[below] + (position - Double(below)) * (values[above] - values[below])
  }
}
