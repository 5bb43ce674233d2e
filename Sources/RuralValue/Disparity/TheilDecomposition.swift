internal import RuralValueNumerics

/// Theil's T or L in what lies within groups and between them, at one level or at two nested ones.
///
/// T = Σ_g S_gT_g + Σ_g S_g ln(S_g/P_g), weighted by shares of value; L = Σ_g P_gL_g + Σ_g P_g ln(P_g/S_g), by shares of
/// population. With regions of cities, what lies within a region is Σ_c of its cities' within plus that between its
/// cities: total = between regions + between cities of a region + within cities.
///
/// Source: Theil (1967); Shorrocks (1980); Akita (2003); methods/evaluation.md, 1.3.
struct TheilDecomposition: Sendable, Equatable {
  /// Which of the two measures.
  enum Index: String, Sendable, CaseIterable {
    case t, l
  }

  /// One group.
  struct Group: Sendable, Equatable {
    let populationShare: Double
    let valueShare: Double
    /// T_g or L_g; nil where undefined.
    let value: Double?
    /// What it adds to the within part.
    let contribution: Double
  }

  let groups: [Group]
  /// Σ over the groups of what they add.
  let within: Double
  let between: Double

  /// The whole.
  var total: Double { within + between }

  /// The parts; nil where the measure is undefined. Every number below `groupCount` has a member.
  init?(_ sample: WeightedValues, _ index: Index, groupOfValue: [Int], groupCount: Int) {
    guard sample.value(of: index) != nil else { return nil }
    var groups: [Group] = []
    var between = CompensatedSum()
    for group in 0..<groupCount {
      let places = groupOfValue.indices.filter { groupOfValue[$0] == group }
      let own = sample.members(places)
      let population = places.map { sample.shares[$0] }.compensatedSum
      let share = population * own.mean / sample.mean
      let value = own.value(of: index)
      groups.append(
        Group(
          populationShare: population, valueShare: share, value: value,
          contribution: (value ?? 0) * (index == .t ? share : population)))
      switch index {
      case .t: between.add(share > 0 ? share * portableLogarithm(share / population) : 0)
      case .l: between.add(population * portableLogarithm(population / share))
      }
    }
    self.groups = groups
    self.between = between.value
    within = groups.map(\.contribution).compensatedSum
  }
}

extension WeightedValues {
  /// T or L.
  func value(of index: TheilDecomposition.Index) -> Double? { index == .t ? theilT : theilL }
}
