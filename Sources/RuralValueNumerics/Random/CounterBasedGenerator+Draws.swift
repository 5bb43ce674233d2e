extension CounterBasedGenerator {
  /// A uniform number strictly between 0 and 1: (m + ½) · 2⁻⁵² with m of 52 random bits.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A standard normal number, Φ⁻¹ of one uniform number.
  ///
  /// Two words a number, always, so that the n-th normal of a stream can be found without the others.
  @inlinable
  public mutating func normal() -> Double { normalQuantile(uniform()) }

  /// Independent standard normal numbers.
  public mutating func normals(_ count: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    for _ in 0..<count { result.append(normal()) }
    return result
  }

  /// A uniform integer from 0 to bound − 1, without bias; bound from 1 to 2³².
  ///
  /// Source: Lemire (2019), "Fast random integer generation in an interval".
  @inlinable
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= 1 << 32, "A bound is between 1 and 2³².")
    if bound == 1 << 32 { return Int(nextWord()) }
    let limit = UInt32(truncatingIfNeeded: bound)
    var product = UInt64(nextWord()) &* UInt64(limit)
    if UInt32(truncatingIfNeeded: product) < limit {
      let threshold = (0 &- limit) % limit
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(nextWord()) &* UInt64(limit)
      }
    }
    return Int(product >> 32)
  }

  /// Puts the elements in a uniformly random order, in place.
  ///
  /// Source: Fisher and Yates, in Durstenfeld's form (1964).
  @inlinable
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for i in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(i, integer(below: i + 1))
    }
  }

  /// A uniformly random permutation of 0 ..< count.
  public mutating func permutation(of count: Int) -> [Int] {
    var result = Array(0..<count)
    shuffle(&result)
    return result
  }

  /// A uniformly random choice of `size` different numbers from 0 ..< count, in random order.
  ///
  /// Source: Bentley and Floyd (1987), "A sample of brilliance", then a shuffle.
  public mutating func sample(_ size: Int, of count: Int) -> [Int] {
    precondition(size >= 0 && size <= count, "A sample is no larger than what it is drawn from.")
    var chosen: Set<Int> = []
    var result: [Int] = []
    for last in (count - size)..<count {
      let draw = integer(below: last + 1)
      let next = chosen.insert(draw).inserted ? draw : last
      chosen.insert(next)
      result.append(next)
    }
    shuffle(&result)
    return result
  }
}
