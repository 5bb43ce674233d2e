/// Spreads shocks over a network: y = (I − ρW)⁻¹ε for row-standardised W.
///
/// With W x the mean over a unit's neighbours, y = ε + ρWε + ρ²W²ε + … is the stationary spatial
/// autoregression. The sum is cut where ρᵏ falls below 1e-6, so that the result is a spatial moving average
/// of far-reaching but finite order: what simulation needs, at the cost of k passes over the links and no
/// factorization. Plain loops in a fixed order give the same bits on every machine.
struct SpatialFilter: Sendable {
  private let firstLink: [Int]
  private let neighbour: [Int]
  private let dependence: Double
  private let order: Int

  /// A filter over a network with spatial dependence ρ in [0, 1).
  init(neighbours: [[Int]], dependence: Double) {
    firstLink = neighbours.reduce(into: [0]) { starts, list in starts.append(starts.last! + list.count) }
    neighbour = neighbours.flatMap { $0 }
    self.dependence = dependence
    var power = 1.0
    var order = 0
    while power > 1e-6 {
      power *= dependence
      order += 1
    }
    self.order = order
  }

  /// Filters k fields at once.
  ///
  /// `shocks` is N × k, unit by unit: the k values of one unit stand together.
  func callAsFunction(_ shocks: [Double], fields k: Int) -> [Double] {
    var current = shocks
    var next = shocks
    for _ in 0..<order {
      for unit in 0..<(firstLink.count - 1) {
        let links = firstLink[unit]..<firstLink[unit + 1]
        let share = dependence / Double(links.count)
        for field in 0..<k {
          var sum = 0.0
          for link in links { sum += current[neighbour[link] * k + field] }
          next[unit * k + field] = shocks[unit * k + field] + share * sum
        }
      }
      swap(&current, &next)
    }
    return current
  }
}
