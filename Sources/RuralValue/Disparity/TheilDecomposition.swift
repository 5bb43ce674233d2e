internal import RuralValueNumerics

/// Theil's T or L in what lies within groups and what lies between them.
///
/// T = Σ_g S_gT_g + Σ_g S_g ln(S_g/P_g), weighted by shares of value; L = Σ_g P_gL_g + Σ_g P_g ln(P_g/S_g), by shares of
/// population. All is nil where the measure is undefined for the whole.
///
/// Source: Theil (1967); Shorrocks (1980); methods/evaluation.md, 1.3.
struct TheilDecomposition: Sendable, Equatable {
  /// Which of the two measures.
  enum Index: String, Sendable, CaseIterable {
    case t, l

    /// Σ s ln(s/p), or Σ p ln(p/s), over shares that each add up to one; 0 ln 0 = 0.
    func ofShares(population: [Double], value: [Double]) -> Double {
      var sum = CompensatedSum()
      for (p, s) in zip(population, value) {
        switch self {
        case .t: if s > 0 { sum.add(s * portableLogarithm(s / p)) }
        case .l: if p > 0 { sum.add(p * portableLogarithm(p / s)) }
        }
      }
      // Shares that are equal but for their rounding must not give less than none.
      return max(sum.value, 0)
    }
  }

  /// One group.
  struct Group: Sendable, Equatable {
    let populationShare: Double
    let valueShare: Double
    /// T_g or L_g; nil where undefined.
    let value: Double?
    /// What it adds to its level.
    let contribution: Double?
  }

  let index: Index
  let groups: [Group]
  /// Σ over the groups of what they add.
  let within: Double?
  let between: Double?

  /// The whole.
  var total: Double? { within.flatMap { within in between.map { within + $0 } } }

  /// The parts of values by groups.
  init(_ grouped: GroupedValues, _ index: Index) {
    self.index = index
    let isDefined = grouped.whole.value(of: index) != nil
    groups = grouped.groups.map { group in
      let value = group.values.value(of: index)
      let weight = index == .t ? group.valueShare : group.populationShare
      return Group(
        populationShare: group.populationShare, valueShare: group.valueShare, value: value,
        contribution: isDefined ? (value ?? 0) * weight : nil)
    }
    within = isDefined ? groups.compactMap(\.contribution).compensatedSum : nil
    between =
      isDefined
      ? index.ofShares(
        population: groups.map(\.populationShare), value: groups.map(\.valueShare)) : nil
  }
}

/// Theil's T or L at two nested levels, as of regions and their cities: between the regions, between the cities of a
/// region, and within the cities.
///
/// T = B + Σ_r S_r Σ_c (S_c/S_r) ln[(S_c/S_r)/(P_c/P_r)] + Σ_c S_cT_c; L has P in the place of S as weights and the
/// logarithm of the reverse. B and the middle part together are what lies between all cities.
///
/// Source: Akita (2003), two-stage nested decomposition; methods/evaluation.md, 1.3.
struct NestedTheilDecomposition: Sendable, Equatable {
  let index: TheilDecomposition.Index
  /// The regions, each with the inequality between its cities.
  let regions: [TheilDecomposition.Group]
  /// The cities, each with the inequality within it.
  let cities: [TheilDecomposition.Group]
  let between: Double?
  /// Between the cities of a region.
  let middle: Double?
  let within: Double?

  /// The whole.
  var total: Double? {
    guard let between, let middle, let within else { return nil }
    return between + middle + within
  }

  /// The parts of values by cities, each of which lies in one region.
  init(
    regions: GroupedValues, cities: GroupedValues, regionOfCity: [Int], _ index: TheilDecomposition.Index
  ) {
    self.index = index
    let (outer, inner) = (TheilDecomposition(regions, index), TheilDecomposition(cities, index))
    var members = [[Int]](repeating: [], count: regions.groups.count)
    for (city, region) in regionOfCity.enumerated() { members[region].append(city) }
    self.regions = zip(outer.groups, members).map { region, members in
      let own = members.map { inner.groups[$0] }
      // A region without value has no inequality of T between its cities, and adds none.
      let isDefined = outer.between != nil && region.valueShare > 0
      let value =
        isDefined
        ? index.ofShares(
          population: own.map { $0.populationShare / region.populationShare },
          value: own.map { $0.valueShare / region.valueShare }) : nil
      return TheilDecomposition.Group(
        populationShare: region.populationShare, valueShare: region.valueShare, value: value,
        contribution: outer.between == nil
          ? nil : (value ?? 0) * (index == .t ? region.valueShare : region.populationShare))
    }
    self.cities = inner.groups
    between = outer.between
    middle = outer.between == nil ? nil : self.regions.compactMap(\.contribution).compensatedSum
    within = inner.within
  }
}

extension WeightedValues {
  /// T or L.
  func value(of index: TheilDecomposition.Index) -> Double? { index == .t ? theilT : theilL }
}
