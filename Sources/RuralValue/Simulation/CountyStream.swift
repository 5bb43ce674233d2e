internal import RuralValueNumerics

/// The random numbers of one county for one purpose.
///
/// Which stream it is follows from names, not from positions or from what was drawn before: a county's
/// draws for an indicator stay what they are when the file is sorted otherwise, when indicators are added,
/// and however many threads draw at the same time.
struct CountyStream {
  private var generator: CounterBasedGenerator

  /// The stream of a county for a column and a purpose, such as `growth`.
  init(seed: UInt64, code: String, column: String, purpose: String) {
    generator = CounterBasedGenerator(
      seed: seed, stream: CountyStream.fingerprint([code, column, purpose]))
  }

  /// The 64-bit FNV-1a hash of texts; after each stands a byte that no UTF-8 contains.
  private static func fingerprint(_ texts: [String]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in texts {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    return hash
  }

  /// The seed of one replication among many.
  static func seed(_ seed: UInt64, replication: Int) -> UInt64 {
    CounterBasedGenerator(seed: seed).stream(replication).seed
  }

  /// A standard normal draw.
  mutating func normal() -> Double {
    generator.normal()
  }

  /// A Poisson draw.
  ///
  /// Inversion of the distribution function, in pieces of mean 16 at most, so that e^−mean stays large.
  mutating func poisson(mean: Double) -> Int {
    var count = 0
    var rest = mean
    while rest > 0 {
      let piece = min(rest, 16)
      rest -= piece
      let uniform = generator.uniform()
      var events = 0
      var probability = portableExponential(-piece)
      var cumulative = probability
      while uniform > cumulative, events < 200 {
        events += 1
        probability *= piece / Double(events)
        cumulative += probability
      }
      count += events
    }
    return count
  }
}

/// What a county is like for all indicators at once, fixed over time.
struct CountyTraits: Sendable {
  /// Size in log points about a county of usual size, standard deviation `sizeSpread`.
  let size: [Double]
  /// Plain (+) or mountain (−), standardised.
  let plain: [Double]
  /// Prosperity, standardised.
  let prosperity: [Double]

  /// The standard deviation of size in log points: the largest of 121 counties is some ten times the smallest.
  static let sizeSpread = 0.45

  /// Draws the traits of every county of a specification.
  init(_ specification: IndicatorSimulationSpecification, filter: SpatialFilter) {
    func trait(_ name: String) -> [Double] {
      let shocks = specification.network.units.map { unit in
        var stream = CountyStream(seed: specification.seed, code: unit.code, column: name, purpose: "trait")
        return stream.normal()
      }
      return standardised(filter(shocks, fields: 1))
    }
    size = trait("size").map { CountyTraits.sizeSpread * $0 }
    plain = trait("plain")
    prosperity = trait("prosperity")
  }
}

/// Values less their mean, over their standard deviation; zeros where all are equal.
func standardised(_ values: [Double]) -> [Double] {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  return values.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
}
