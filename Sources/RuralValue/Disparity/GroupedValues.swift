internal import RuralValueNumerics

/// Values of one period by groups, each group with its share of the people and of the value.
///
/// P_g = Σ p_i and S_g = P_g m_g/μ over the members of g, with m_g their mean.
struct GroupedValues: Sendable, Equatable {
  /// One group.
  struct Group: Sendable, Equatable {
    /// The members, with shares among themselves.
    let values: WeightedValues
    let populationShare: Double
    /// NaN where the mean of all is not above zero.
    let valueShare: Double
    /// The number of members.
    var count: Int { values.count }
    var mean: Double { values.mean }
  }

  /// All values.
  let whole: WeightedValues
  let groups: [Group]

  /// Values by the number of each value's group; every number below `groupCount` has a member.
  init(_ whole: WeightedValues, groupOfValue: [Int], groupCount: Int) {
    var places = [[Int]](repeating: [], count: groupCount)
    for (place, group) in groupOfValue.enumerated() { places[group].append(place) }
    self.whole = whole
    groups = places.map { places in
      let values = whole.members(places)
      let population = places.map { whole.shares[$0] }.compensatedSum
      return Group(
        values: values, populationShare: population,
        valueShare: whole.hasPositiveMean ? population * (values.mean / whole.mean) : .nan)
    }
  }
}
