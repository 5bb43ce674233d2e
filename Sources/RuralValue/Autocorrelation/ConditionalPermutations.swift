internal import RuralValueNumerics

/// The distribution of a unit's Σ_j w_ij x_j when the other units' values are dealt to its neighbours at
/// random (Anselin 1995).
///
/// One draw r is a random sequence of units without repetition, one longer than the largest number of
/// neighbours. For unit i with k neighbours the first k members other than i itself are a random k-subset
/// of the others, so that one draw serves all units. Where the weights of a row are equal, its sum is a
/// prefix sum of the draw; units with as many neighbours share one sorted list of these, but for the few
/// draws that hold the unit itself. That makes R draws for n units cost R · k + n log R instead of
/// R · n · k. Unequal weights take the long way. The draws of two units are not independent of each
/// other, as they are not in esda; each unit's own p value does not know.
/// Draw r has a random stream of its own: results depend on the seed alone.
struct ConditionalPermutations {
  /// Draws whose sum is at least, and at most, that observed.
  struct Counts: Equatable {
    var atLeast: Int
    var atMost: Int
  }

  private let x: [Double]
  private let weights: SparseMatrix
  private let permutations: Int
  private let generator: CounterBasedGenerator
  /// The length of a draw.
  private let length: Int
  /// Sums that differ by less are equal: they hold the same terms in another order.
  private let slack: Double

  /// Draws for values x and weights without self.
  init(_ x: [Double], _ weights: SpatialWeights, permutations: Int, seed: UInt64, period: Int?) {
    self.x = x
    self.weights = weights.sparseMatrix
    self.permutations = permutations
    generator = CounterBasedGenerator(seed: seed, stream: UInt64(bitPattern: Int64(period ?? 0)))
    length = min(x.count, (self.weights.rowLengths.max() ?? 0) + 1)
    slack = 1e-12 * Double(length) * (x.map(abs).max() ?? 0) * max(1, self.weights.values.max() ?? 0)
  }

  /// min(1, 2 (1 + min(#≥, #≤)) / (1 + R)) for each unit; NaN for islands.
  func twoSidedP() -> [Double] {
    counts().enumerated().map { unit, counts in
      guard !weights.row(unit).isEmpty else { return .nan }
      return min(1, 2 * Double(1 + min(counts.atLeast, counts.atMost)) / Double(1 + permutations))
    }
  }

  /// For each unit the draws as extreme as what was observed.
  func counts() -> [Counts] {
    let hasEqualWeights = (0..<weights.size).allSatisfy { i in
      let row = weights.row(i)
      return row.allSatisfy { weights.values[$0] == weights.values[row.lowerBound] }
    }
    // The short way keeps all draws: beyond a share of the memory, or of what places are counted with, the long
    // way, which keeps one, gives the same counts.
    let (kept, isBeyond) = permutations.multipliedReportingOverflow(by: length)
    let sizes = Set(weights.rowLengths).count
    let bytes = 8 * Double(permutations) * Double(length) + 24 * Double(permutations) * Double(sizes)
    let fits = !isBeyond && kept < Int(Int32.max) && bytes < MemoryLimit.current.bytes / 2
    return hasEqualWeights && length <= 256 && fits ? countsOfEqualWeights() : countsOfAnyWeights()
  }

  private func countsOfEqualWeights() -> [Counts] {
    let draws = Draws(generator, count: permutations, length: length, of: x.count)
    var sums: [Int: PrefixSums] = [:]
    for size in Set(weights.rowLengths) where size > 0 {
      sums[size] = PrefixSums(draws, size: size, x)
    }
    return (0..<x.count).map { unit in
      let row = weights.row(unit)
      guard let sums = sums[row.count] else { return Counts(atLeast: 0, atMost: 0) }
      let observed = row.reduce(0) { $0 + x[Int(weights.columns[$1])] }
      return sums.counts(observed, slack: slack, unit: unit, value: x[unit], draws: draws)
    }
  }

  private func countsOfAnyWeights() -> [Counts] {
    let observed = weights.times(x)
    var counts = [Counts](repeating: Counts(atLeast: 0, atMost: 0), count: x.count)
    var sampler = Sampler(generator, length: length, of: x.count)
    var place = [Int32](repeating: -1, count: x.count)
    let progress = ProgressReport.steps(permutations, Phrase("permutations", zh: "次置换"))
    for permutation in 0..<permutations {
      progress.done(permutation)
      let draw = sampler.draw(permutation)
      let values = draw.map { x[Int($0)] }
      for (position, unit) in draw.enumerated() { place[Int(unit)] = Int32(position) }
      for unit in x.indices {
        let row = weights.row(unit)
        let own = Int(place[unit])
        var sum = 0.0
        var next = 0
        for weight in row {
          if next == own { next += 1 }
          sum += weights.values[weight] * values[next]
          next += 1
        }
        if sum >= observed[unit] - slack { counts[unit].atLeast += 1 }
        if sum <= observed[unit] + slack { counts[unit].atMost += 1 }
      }
      for unit in draw { place[Int(unit)] = -1 }
    }
    return counts
  }
}

extension SparseMatrix {
  /// The number of elements of each row.
  fileprivate var rowLengths: [Int] { (0..<size).map { row($0).count } }
}

/// Draws one random sequence of units after another, each from its own stream.
private struct Sampler {
  private let generator: CounterBasedGenerator
  private let length: Int
  private var units: [Int32]

  init(_ generator: CounterBasedGenerator, length: Int, of count: Int) {
    self.generator = generator
    self.length = length
    units = (0..<count).map(Int32.init)
  }

  /// The first `length` members of a random permutation: Fisher and Yates, stopped early and undone.
  mutating func draw(_ number: Int) -> [Int32] {
    var stream = generator.stream(number)
    var swaps: [Int] = []
    for position in 0..<length {
      let other = position + stream.integer(below: units.count - position)
      units.swapAt(position, other)
      swaps.append(other)
    }
    let draw = Array(units[..<length])
    for position in (0..<length).reversed() { units.swapAt(position, swaps[position]) }
    return draw
  }
}

/// All draws, and for each unit those that hold it.
private struct Draws {
  let length: Int
  /// Draw r stands at `members[r * length..<(r + 1) * length]`.
  let members: [Int32]
  /// The places of unit u in `members` stand at `places[starts[u]..<starts[u + 1]]`.
  let starts: [Int32]
  let places: [Int32]

  init(_ generator: CounterBasedGenerator, count: Int, length: Int, of unitCount: Int) {
    self.length = length
    var sampler = Sampler(generator, length: length, of: unitCount)
    var members: [Int32] = []
    members.reserveCapacity(count * length)
    let progress = ProgressReport.steps(count, Phrase("permutations", zh: "次置换"))
    for number in 0..<count {
      if number.isMultiple(of: 64) { progress.done(number) }
      members += sampler.draw(number)
    }
    var starts = [Int32](repeating: 0, count: unitCount + 1)
    for unit in members { starts[Int(unit) + 1] += 1 }
    for unit in 0..<unitCount { starts[unit + 1] += starts[unit] }
    var next = starts
    var places = [Int32](repeating: 0, count: members.count)
    for (place, unit) in members.enumerated() {
      places[Int(next[Int(unit)])] = Int32(place)
      next[Int(unit)] += 1
    }
    self.members = members
    self.starts = starts
    self.places = places
  }
}

/// The sums of the first k members of every draw.
private struct PrefixSums {
  private let size: Int
  private let sums: [Double]
  /// The sums of the first k + 1 members.
  private let longerSums: [Double]
  private let sorted: [Double]

  init(_ draws: Draws, size: Int, _ x: [Double]) {
    self.size = size
    var sums: [Double] = []
    var longerSums: [Double] = []
    sums.reserveCapacity(draws.members.count / draws.length)
    longerSums.reserveCapacity(draws.members.count / draws.length)
    for start in stride(from: 0, to: draws.members.count, by: draws.length) {
      var sum = 0.0
      for place in start..<start + size { sum += x[Int(draws.members[place])] }
      sums.append(sum)
      longerSums.append(size < draws.length ? sum + x[Int(draws.members[start + size])] : sum)
    }
    self.sums = sums
    self.longerSums = longerSums
    sorted = sums.sorted()
  }

  /// Counts for one unit: by the sorted sums, and anew for the draws that hold the unit itself.
  func counts(
    _ observed: Double, slack: Double, unit: Int, value: Double, draws: Draws
  ) -> ConditionalPermutations.Counts {
    var counts = ConditionalPermutations.Counts(
      atLeast: sorted.count - firstIndex(notBelow: observed - slack),
      atMost: firstIndex(above: observed + slack))
    for place in draws.places[Int(draws.starts[unit])..<Int(draws.starts[unit + 1])] {
      let (draw, position) = Int(place).quotientAndRemainder(dividingBy: draws.length)
      guard position < size else { continue }
      let without = longerSums[draw] - value
      counts.atLeast += (without >= observed - slack ? 1 : 0) - (sums[draw] >= observed - slack ? 1 : 0)
      counts.atMost += (without <= observed + slack ? 1 : 0) - (sums[draw] <= observed + slack ? 1 : 0)
    }
    return counts
  }

  private func firstIndex(notBelow bound: Double) -> Int { firstIndex { $0 >= bound } }

  private func firstIndex(above bound: Double) -> Int { firstIndex { $0 > bound } }

  private func firstIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
