import Foundation
import RuralValue
import TestSupport

/// Panels drawn from a known dynamic model, the same on every machine.
///
///     y_it = α y_i,t−1 + x_it′β + η_i + σ_i ε_it
///
/// with x following AR(1) processes that are correlated with η, ε normal, and σ_i differing among units.
struct SimulatedPanel {
  var units = 60
  var periods = 7
  var alpha = 0.5
  var slopes = [0.3]
  var seed: UInt64 = 1
  /// How many periods run before the panel begins.
  var warmUp = 30

  func draw() -> Panel {
    var stream = NormalStream(seed: seed)
    var y: [Double] = []
    var x = [[Double]](repeating: [], count: slopes.count)
    for _ in 0..<units {
      let effect = 0.3 * stream.next()
      let deviation = 0.15 + 0.3 * stream.uniform()
      var state = slopes.map { _ in 0.5 * stream.next() + effect }
      var outcome = effect / (1 - alpha)
      for period in -warmUp..<periods {
        for j in slopes.indices { state[j] = 0.6 * state[j] + 0.3 * effect + 0.4 * stream.next() }
        outcome = alpha * outcome + effect + deviation * stream.next()
        outcome += zip(slopes, state).reduce(0) { $0 + $1.0 * $1.1 }
        guard period >= 0 else { continue }
        y.append(outcome)
        for j in slopes.indices { x[j].append(state[j]) }
      }
    }
    let names = ["P", "C", "I", "T"]
    return try! Panel(
      source: "simulated", unitOfRow: (0..<units).flatMap { [String](repeating: "u\($0)", count: periods) },
      timeOfRow: (0..<units).flatMap { _ in (0..<periods).map { 2012 + $0 } },
      variables: [("V", y)] + slopes.indices.map { (names[$0], x[$0]) })
  }
}

/// Standard normal numbers from SplitMix64 by Box and Muller.
struct NormalStream {
  private var words: SplitMix64
  private var spare: Double?

  /// The seed is scrambled: SplitMix64 steps by a constant, so that seeds in steps of it would give one
  /// sequence, shifted, and draws that are not independent.
  init(seed: UInt64) {
    // One step is the constant 0x9E37… and the scrambling.
    var scrambling = SplitMix64(state: seed &+ 0x5DEE_CE66_D1CE_4E5B &- 0x9E37_79B9_7F4A_7C15)
    words = SplitMix64(state: scrambling.next())
  }

  mutating func uniform() -> Double {
    (Double(words.next() >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func next() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    let radius = (-2 * log(uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}
