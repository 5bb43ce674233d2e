import TestSupport
import Testing

@testable import RuralValueNumerics

@Suite struct CounterBasedGeneratorTests {
  /// Source: Random123's `kat_vectors`, philox4x32 10.
  @Test func `Philox gives the known answers`() {
    let vectors: [(SIMD4<UInt32>, SIMD2<UInt32>, SIMD4<UInt32>)] = [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        SIMD4(repeating: .max), SIMD2(repeating: .max),
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ]
    for (counter, key, expected) in vectors { #expect(Philox.image(of: counter, key: key) == expected) }
  }

  @Test func `a generator starts with the image of its counter`() {
    var generator = CounterBasedGenerator(seed: 0)
    #expect(generator.next() == 0xe169_c58d_6627_e8d5)
    #expect(generator.nextWord() == 0xbc57_ac4c)
  }

  @Test func `words come in the order of their blocks, across the end of 32 bits and of 64`() {
    for (block, stream, seed) in [
      (0 as UInt64, 7 as UInt64, 1 as UInt64), (0xFFFF_FFFF, .max, .max),
      (0xFFFF_FFFE, 1 << 40, 0x9E37_79B9_7F4A_7C15), (.max, 3, 5),
    ] {
      let two = Philox.images(ofTwoFrom: block, stream: stream, key: Philox.words(seed))
      let one = [block, block &+ 1].flatMap { block in
        let image = Philox.image(of: Philox.words(block, stream), key: Philox.words(seed))
        return (0..<4).map { image[$0] }
      }
      #expect((0..<8).map { two[$0] } == one)
    }
  }

  @Test func `a stream is the same whatever runs beside it`() async {
    let root = CounterBasedGenerator(seed: 42)
    let alone = (0..<16).map { index in
      var stream = root.stream(index)
      return stream.normals(100)
    }
    let together = await withTaskGroup(of: (Int, [Double]).self) { group in
      for index in 0..<16 {
        group.addTask {
          var stream = root.stream(index)
          return (index, stream.normals(100))
        }
      }
      var results = [[Double]](repeating: [], count: 16)
      for await (index, values) in group { results[index] = values }
      return results
    }
    #expect(alone == together)
  }

  @Test func `streams, streams of streams and seeds differ`() {
    let root = CounterBasedGenerator(seed: 42)
    var generators = [
      root, CounterBasedGenerator(seed: 43), CounterBasedGenerator(seed: 42, stream: 1), root.stream(0),
      root.stream(1), root.stream(1).stream(0), root.stream(0).stream(1), root.stream(-1),
    ]
    var first: Set<UInt64> = []
    for index in generators.indices { first.insert(generators[index].next()) }
    #expect(first.count == generators.count)
  }

  @Test func `a generator's streams do not depend on how far it has been drawn from`() {
    var drawn = CounterBasedGenerator(seed: 5)
    _ = drawn.normals(7)
    #expect(drawn.stream(3) == CounterBasedGenerator(seed: 5).stream(3))
  }

  @Test func `uniform numbers lie inside zero to one, with the mean and variance of the uniform`() {
    var generator = CounterBasedGenerator(seed: 1)
    let draws = (0..<100_000).map { _ in generator.uniform() }
    #expect(draws.allSatisfy { $0 > 0 && $0 < 1 })
    // Five standard errors: √(1/12 / n) = 0.00091, and √(1/180 / n) = 0.00024 for the variance.
    expectClose(draws.mean, 0.5, absolute: 0.0046, from: "the uniform")
    expectClose(draws.sampleVariance, 1.0 / 12, absolute: 0.0012, from: "the uniform")
  }

  @Test func `normal numbers have the moments of the normal`() {
    var generator = CounterBasedGenerator(seed: 2)
    let draws = generator.normals(100_000)
    // Five standard errors of moments one to four: √(1, 2, 15, 96 / n).
    expectClose(draws.mean, 0, absolute: 0.016, from: "the normal")
    expectClose(draws.sampleVariance, 1, absolute: 0.023, from: "the normal")
    expectClose(draws.map { $0 * $0 * $0 }.mean, 0, absolute: 0.062, from: "the normal")
    expectClose(draws.map { $0 * $0 * $0 * $0 }.mean, 3, absolute: 0.155, from: "the normal")
  }

  @Test(arguments: [1, 2, 7, 1000, 3_000_000_000, 1 << 32])
  func `bounded integers stay below their bound and fill it evenly`(_ bound: Int) {
    var generator = CounterBasedGenerator(seed: 3)
    let draws = (0..<20_000).map { _ in Double(generator.integer(below: bound)) }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < Double(bound) })
    let mean = 0.5 * Double(bound - 1)
    // Five standard errors of a uniform mean.
    expectClose(
      draws.mean, mean, absolute: 5 * Double(bound) * (1 / (12 * 20_000.0)).squareRoot(), from: "the uniform")
  }

  @Test func `all orders of four are equally likely`() {
    var generator = CounterBasedGenerator(seed: 4)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[generator.permutation(of: 4), default: 0] += 1 }
    let statistic = counts.values.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
    #expect(counts.count == 24)
    #expect(ChiSquared(degreesOfFreedom: 23).upperTail(at: statistic) > 0.001)
  }

  @Test func `a permutation holds every number once, and a sample none twice`() {
    var generator = CounterBasedGenerator(seed: 6)
    #expect(generator.permutation(of: 1000).sorted() == Array(0..<1000))
    #expect(generator.permutation(of: 0) == [])
    let sample = generator.sample(30, of: 40)
    #expect(Set(sample).count == 30 && sample.allSatisfy { 0..<40 ~= $0 })
  }
}
