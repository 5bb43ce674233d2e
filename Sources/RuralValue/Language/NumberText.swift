/// Numbers inside sentences.
enum NumberText {
  /// A number with some decimals, rounded half away from zero: `0.985`.
  static func decimals(_ value: Double, _ count: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scale = (0..<count).reduce(1) { product, _ in product * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    guard count > 0 else { return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled)" }
    let fraction = String(scaled % scale)
    let padded = String(repeating: "0", count: count - fraction.count) + fraction
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale).\(padded)"
  }
}
