internal import RuralValueNumerics

/// How far the hot and cold spots of two variables coincide in one period.
public struct HotSpotOverlap: Sendable, Equatable {
  /// The variable whose map is randomised.
  public let first: String
  /// The variable whose map is held.
  public let second: String
  /// The period; nil where the data have none.
  public let period: Int?
  /// The agreement of the three classes cold spot (−1), neither (0) and hot spot (1), at 90 % and above.
  public let agreement: ClassAgreement
  /// The agreement of the seven classes −3 … 3.
  public let levels: ClassAgreement
  /// (1 + #{κ* ≥ κ}) / (1 + R) over surrogates of the first variable that are as clustered as it is; nil where κ is
  /// not defined.
  public let pValue: Double?
  /// The same over shuffled classes, which have no neighbours: far too small for maps.
  public let plainP: Double?
  /// Why there is no p; nil where there is one.
  public let reason: Phrase?
}

/// The overlaps of some variables, pair by pair and period by period.
public struct HotSpotOverlapResult: Sendable, Equatable {
  /// One overlap a pair of variables and period.
  public let overlaps: [HotSpotOverlap]
  /// The number of surrogates, and of shuffled maps.
  public let draws: Int
  /// The seed of both.
  public let seed: UInt64
  /// Units that were left out, and what else the reader must know.
  public let notes: [Phrase]
}

/// Compares maps of hot spots, with a p value that keeps space.
///
/// Shuffling units destroys autocorrelation, so that two smooth maps seem to agree by chance hardly ever. Instead
/// the first variable is replaced by surrogates, Gi* and its classes are computed of each anew, and their κ with the
/// second map, which is held, is counted. A surrogate has the variable's own values, dealt by the ranks of its normal
/// scores after `SpectralRandomisation`, which keeps the Moran's I of these exactly. To randomise the values themselves
/// would keep their own I, but surrogates are sums of many terms and so nearly normal: of log-normal fields without
/// anything in common such a p of 5 % rejects 10 to 14 in 100, that of the scores 4 to 6.
/// Units without neighbours carry no spatial information: they keep their values and are not compared.
public enum HotSpotOverlapEstimator {
  /// The overlaps of every two of some variables, in their order.
  ///
  /// Throws `WeightsError`, `AutocorrelationError`, and `MemoryLimitError` for thousands of units.
  public static func fit(
    _ series: [SpatialSeries], names: [String], weights: SpatialWeights, draws: Int = 999, seed: UInt64 = 1
  ) throws -> HotSpotOverlapResult {
    precondition(series.count == names.count, "Every series needs a name.")
    var overlaps: [HotSpotOverlap] = []
    var maps = OverlapMaps(weights)
    for (place, first) in series.enumerated() {
      for section in first.sections {
        let partners = try series.indices.filter { $0 > place }.compactMap { other in
          try series[other].sections.first { $0.period == section.period }.map {
            (name: names[other], map: try maps.map(of: $0, in: series[other]))
          }
        }
        guard !partners.isEmpty else { continue }
        let own = try maps.map(of: section, in: first)
        overlaps += try own.overlaps(
          named: names[place], with: partners, try maps.randomisation(of: own), draws: draws, seed: seed)
      }
    }
    overlaps.sort {
      let (a, b) = (names.firstIndex(of: $0.first)!, names.firstIndex(of: $1.first)!)
      let (c, d) = (names.firstIndex(of: $0.second)!, names.firstIndex(of: $1.second)!)
      return (a, c, $0.period ?? 0) < (b, d, $1.period ?? 0)
    }
    return HotSpotOverlapResult(overlaps: overlaps, draws: draws, seed: seed, notes: maps.notes)
  }
}

/// The maps of variables and the eigenvectors of their links, each set of units once.
private struct OverlapMaps {
  private let weights: SpatialWeights
  private var matching: [String: WeightsMatching] = [:]
  private var last: (units: [String], randomisation: SpectralRandomisation?)?
  private(set) var notes: [Phrase] = []

  init(_ weights: SpatialWeights) { self.weights = weights }

  mutating func map(of section: CrossSection, in series: SpatialSeries) throws -> OverlapMap {
    var known = matching[series.variable] ?? WeightsMatching(weights, for: series)
    let matched = try known.weights(for: section.units, .none)
    matching[series.variable] = known
    let deviations = try Deviations(section, variable: series.variable, needed: 3, statistic: "Gi*")
    return OverlapMap(section, deviations, matched)
  }

  /// The randomisation of a map's units that have neighbours; nil where they are too few.
  mutating func randomisation(of map: OverlapMap) throws -> SpectralRandomisation? {
    let units = map.connected.map { map.units[$0] }
    if let last, last.units == units { return last.randomisation }
    note(islands: map.units.indices.filter { !map.isConnected[$0] }.map { map.units[$0] })
    guard units.count > 3 else { return nil }
    let links = try map.weights.aligned(to: units, of: "the map").weights
    note(components: Set(links.components).count)
    let made = try SpectralRandomisation(links)
    last = (units, made)
    return made
  }

  private mutating func note(islands: [String]) {
    guard !islands.isEmpty else { return }
    let one = islands.count == 1
    add(
      Phrase(
        "Overlap: \(islands.count) unit\(one ? "" : "s") without neighbours \(one ? "is" : "are") not compared:"
          + " \(listed(islands, most: 10)).",
        zh: "重合度分析不含 \(islands.count) 个没有邻居的单元：\(listed(islands, most: 10, in: .chinese))。"))
  }

  private mutating func note(components: Int) {
    guard components > 1 else { return }
    add(
      Phrase(
        "Overlap: the links fall into \(components) components; surrogates are as clustered over all of them,"
          + " and not within each.",
        zh: "重合度分析：邻接关系分为 \(components) 个互不相连的部分；替代样本保持的是整体而非各部分的集聚程度。"))
  }

  private mutating func add(_ note: Phrase) { if !notes.contains(note) { notes.append(note) } }
}

/// One variable's map of hot and cold spots, and what it takes to draw it anew.
private struct OverlapMap {
  let units: [String]
  let period: Int?
  let weights: SpatialWeights
  let isConnected: [Bool]
  private let z: [Double]
  private let deviation: Double
  private let statistic: GiStatistic
  let levels: [Int]

  init(_ section: CrossSection, _ deviations: Deviations, _ weights: SpatialWeights) {
    units = section.units
    period = section.period
    self.weights = weights
    var isConnected = [Bool](repeating: false, count: weights.unitCount)
    for link in weights.links where link.from != link.to {
      (isConnected[link.from], isConnected[link.to]) = (true, true)
    }
    self.isConnected = isConnected
    z = deviations.z
    deviation = deviations.variance.squareRoot()
    statistic = GiStatistic(weights)
    levels = statistic.values(z, deviation: deviation).map(GiStatistic.level)
  }

  /// The places of the units that have a neighbour.
  var connected: [Int] { units.indices.filter { isConnected[$0] } }

  func overlaps(
    named name: String, with partners: [(name: String, map: OverlapMap)],
    _ randomisation: SpectralRandomisation?, draws: Int, seed: UInt64
  ) throws -> [HotSpotOverlap] {
    let held = partners.map { HeldMap($0.map, on: self) }
    let generator = CounterBasedGenerator(seed: seed, stream: UInt64(bitPattern: Int64(period ?? 0)))
    var extreme = [Int](repeating: 0, count: held.count)
    if let randomisation, held.contains(where: { $0.kappa != nil }) {
      let connected = connected
      let own = connected.map { z[$0] }
      let ranked = own.sorted()
      var surrogate = z
      randomisation.visitSurrogates(of: Ranks.normalScores(own), count: draws, generator) { _, drawn in
        let order = drawn.indices.sorted { (drawn[$0], $0) < (drawn[$1], $1) }
        for (rank, place) in order.enumerated() { surrogate[connected[place]] = ranked[rank] }
        let signs = statistic.values(surrogate, deviation: deviation).map { GiStatistic.level($0).signum() }
        for (number, map) in held.enumerated() where map.isReached(by: signs) { extreme[number] += 1 }
      }
    }
    return zip(partners, zip(held, extreme)).map { partner, found in
      let (map, count) = found
      let reason = map.reason ?? (randomisation == nil ? HeldMap.tooFew : nil)
      return HotSpotOverlap(
        first: name, second: partner.name, period: period, agreement: map.agreement, levels: map.levels,
        pValue: reason == nil ? Double(1 + count) / Double(1 + draws) : nil,
        plainP: map.reason == nil ? map.plainP(draws: draws, generator) : nil, reason: reason)
    }
  }
}

/// A map that is held while another is drawn anew.
private struct HeldMap {
  let agreement: ClassAgreement
  let levels: ClassAgreement
  let kappa: Double?
  /// The places of compared units on the other map, and their three classes on both.
  private let places: [Int]
  private let own: [Int]
  private let others: [Int]

  static let tooFew = Phrase("fewer than four units have neighbours", zh: "拥有邻居的单元不足四个")

  init(_ map: OverlapMap, on other: OverlapMap) {
    let position = map.units.positions
    let pairs = other.units.indices.compactMap { place -> (Int, Int)? in
      guard other.isConnected[place], let held = position[other.units[place]], map.isConnected[held] else {
        return nil
      }
      return (place, held)
    }
    places = pairs.map(\.0)
    levels = ClassAgreement(pairs.map { other.levels[$0.0] }, pairs.map { map.levels[$0.1] })
    others = pairs.map { other.levels[$0.0].signum() }
    own = pairs.map { map.levels[$0.1].signum() }
    agreement = ClassAgreement(others, own)
    kappa = agreement.kappa
  }

  /// Why nothing can be said of the agreement.
  var reason: Phrase? {
    guard agreement.unitCount > 0 else { return Phrase("no unit is on both maps", zh: "两幅图没有共同的单元") }
    return kappa == nil
      ? Phrase("both maps have one class alone, and the same", zh: "两幅图都只有同一类别") : nil
  }

  /// Whether classes of the other map's units agree with this one at least as far as the observed ones.
  func isReached(by signs: [Int]) -> Bool { isReached(places.map { signs[$0] }) }

  private func isReached(_ compared: [Int]) -> Bool {
    guard let kappa else { return false }
    var (rows, columns, agreeing) = ([0, 0, 0], [0, 0, 0], 0)
    for (a, b) in zip(compared, own) {
      rows[a + 1] += 1
      columns[b + 1] += 1
      if a == b { agreeing += 1 }
    }
    let products = zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 }
    // Maps of one class alone agree no further than chance has it.
    return ClassAgreement.kappa(unitCount: own.count, agreeing: agreeing, products: products) ?? 0 >= kappa
  }

  /// The share of shuffled maps that agree as far.
  func plainP(draws: Int, _ generator: CounterBasedGenerator) -> Double {
    var extreme = 0
    for number in 0..<draws {
      var (stream, shuffled) = (generator.stream(-1 - number), others)
      stream.shuffle(&shuffled)
      if isReached(shuffled) { extreme += 1 }
    }
    return Double(1 + extreme) / Double(1 + draws)
  }
}
