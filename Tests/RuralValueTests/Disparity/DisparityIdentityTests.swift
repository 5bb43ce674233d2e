import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// What must hold of any data: section 6 of methods/evaluation.md, over random panels with ties, zeros and weights.
@Suite struct DisparityIdentityTests {
  /// Values by cities of regions.
  private struct Draw {
    var values: [Double]
    var weights: [Double]?
    var region: [Int]
    var city: [Int]
    let regionOfCity: [Int]

    init(_ generator: inout CounterBasedGenerator, number: Int) {
      let (regions, cities, count) = (1 + number % 4, 2, 8 + number % 30)
      let members = (0..<max(count, regions * cities)).map { place -> Int in
        place < regions * cities ? place : generator.integer(below: regions * cities)
      }
      city = members
      region = members.map { $0 / cities }
      regionOfCity = (0..<(regions * cities)).map { $0 / cities }
      // Whole numbers tie, and every third draw has zeros.
      values = members.map { _ in
        (20 * generator.uniform()).rounded(.down) + (number % 3 == 0 ? 0 : 1)
      }
      values[0] = 7
      weights = number % 2 == 0 ? nil : members.map { _ in 0.5 + 9 * generator.uniform() }
    }

    var sample: WeightedValues { WeightedValues(values, weights: weights) }
    var regions: GroupedValues {
      GroupedValues(sample, groupOfValue: region, groupCount: regionOfCity.last! + 1)
    }
    var cities: GroupedValues {
      GroupedValues(sample, groupOfValue: city, groupCount: regionOfCity.count)
    }

    /// Everything that is measured.
    var numbers: [Double?] {
      let dagum = DagumDecomposition(regions)
      let theil = TheilDecomposition.Index.allCases.flatMap { index -> [Double?] in
        let (one, two) = (
          TheilDecomposition(regions, index),
          NestedTheilDecomposition(regions: regions, cities: cities, regionOfCity: regionOfCity, index)
        )
        return [one.within, one.between, two.between, two.middle, two.within]
      }
      return [
        sample.gini, sample.theilT, sample.theilL, sample.variation, dagum?.gini, dagum?.within,
        dagum?.netBetween, dagum?.transvariation,
      ] + theil
    }

    /// The same units in another order.
    func reordered(_ order: [Int]) -> Draw {
      var draw = self
      draw.values = order.map { values[$0] }
      draw.weights = weights.map { weights in order.map { weights[$0] } }
      draw.region = order.map { region[$0] }
      draw.city = order.map { city[$0] }
      return draw
    }
  }

  private func draws(_ count: Int = 120, _ body: (Draw, inout CounterBasedGenerator) throws -> Void) rethrows
  {
    var generator = CounterBasedGenerator(seed: 18)
    for number in 0..<count {
      let draw = Draw(&generator, number: number)
      try body(draw, &generator)
    }
  }

  private func same(_ one: [Double?], _ other: [Double?], _ what: String) {
    for (place, pair) in zip(one, other).enumerated() {
      #expect((pair.0 == nil) == (pair.1 == nil), "\(what): \(place)")
      if let a = pair.0, let b = pair.1 {
        expectClose(a, b, absolute: 1e-14, from: what, "number \(place)")
      }
    }
  }

  @Test func `Gw, Gnb and Gt add up to Gini, and shares of people and of value to one`() throws {
    try draws { draw, _ in
      let dagum = try #require(DagumDecomposition(draw.regions))
      expectClose(dagum.gini, try #require(draw.sample.gini), absolute: 1e-14, from: "Gini of the whole")
      expectClose(
        dagum.groups.map(\.populationShare).reduce(0, +), 1, absolute: 1e-14, from: "shares of people")
      expectClose(dagum.groups.map(\.valueShare).reduce(0, +), 1, absolute: 1e-14, from: "shares of value")
      for pair in dagum.pairs {
        #expect(pair.net >= 0 && pair.transvariation >= 0)
        if let d = pair.relativeAffluence { #expect((0...1).contains(d)) }
      }
    }
  }

  @Test func `the net part from sums over pairs is that from means`() throws {
    try draws { draw, _ in
      let dagum = try #require(DagumDecomposition(draw.regions))
      for pair in dagum.pairs {
        let (one, other) = (dagum.groups[pair.first], dagum.groups[pair.second])
        let weight = one.populationShare * other.valueShare + other.populationShare * one.valueShare
        // By definition: every member of one group with every member of the other.
        let (a, b) = (draw.regions.groups[pair.first].values, draw.regions.groups[pair.second].values)
        var (up, down) = (0.0, 0.0)
        for (x, p) in zip(a.values, a.shares) {
          for (y, q) in zip(b.values, b.shares) {
            up += p * q * max(x - y, 0)
            down += p * q * max(y - x, 0)
          }
        }
        guard one.mean + other.mean > 0 else { continue }
        let gini = (up + down) / (one.mean + other.mean)
        expectClose(pair.gini, gini, absolute: 1e-14, from: "G_jh by pairs")
        expectClose(
          pair.net, weight * abs(up - down) / (one.mean + other.mean), absolute: 1e-14, from: "Gnb by pairs")
        expectClose(
          pair.transvariation, weight * gini - pair.net, absolute: 1e-14, from: "Gt by pairs")
      }
    }
  }

  @Test func `the three levels of Theil add up, and the upper two are what lies between cities`() throws {
    try draws { draw, _ in
      for index in TheilDecomposition.Index.allCases {
        let nested = NestedTheilDecomposition(
          regions: draw.regions, cities: draw.cities, regionOfCity: draw.regionOfCity, index)
        let whole = draw.sample.value(of: index)
        #expect((whole == nil) == (nested.total == nil))
        guard let whole, let total = nested.total, let between = nested.between, let middle = nested.middle
        else { continue }
        expectClose(total, whole, absolute: 1e-14, from: "B + M + W")
        let byCity = TheilDecomposition(draw.cities, index)
        expectClose(between + middle, try #require(byCity.between), absolute: 1e-14, from: "between cities")
        expectClose(
          try #require(TheilDecomposition(draw.regions, index).total), whole, absolute: 1e-14,
          from: "within and between regions")
      }
    }
  }

  @Test func `order, labels, units of money and copies change nothing`() throws {
    draws { draw, generator in
      let own = draw.numbers
      same(own, draw.reordered(generator.permutation(of: draw.values.count)).numbers, "another order")
      var renamed = draw
      let regions = draw.regionOfCity.last! + 1
      renamed.region = draw.region.map { regions - 1 - $0 }
      renamed.city = draw.city.map { 2 * regions - 1 - $0 }
      same(own, renamed.numbers, "regions and cities numbered from the other end")
      var money = draw
      money.values = draw.values.map { $0 * 3 }
      same(own, money.numbers, "values times three")
      var twice = draw
      twice.values += draw.values
      twice.weights = draw.weights.map { $0 + $0 }
      twice.region += draw.region
      twice.city += draw.city
      same(own, twice.numbers, "every unit twice")
    }
  }

  @Test func `a weight of three is three copies`() {
    draws(30) { draw, generator in
      let weights = draw.values.map { _ in 1 + generator.integer(below: 3) }
      var weighted = draw
      weighted.weights = weights.map(Double.init)
      let places = weights.indices.flatMap { [Int](repeating: $0, count: weights[$0]) }
      var copies = draw
      copies.weights = nil
      copies.values = places.map { draw.values[$0] }
      copies.region = places.map { draw.region[$0] }
      copies.city = places.map { draw.city[$0] }
      same(weighted.numbers, copies.numbers, "copies")
    }
  }

  @Test func `a transfer from rich to poor lowers Gini, T and L`() throws {
    try draws { draw, _ in
      var values = draw.values.map { $0 + 1 }
      let poor = try #require(values.indices.min { values[$0] < values[$1] })
      let rich = try #require(values.indices.max { values[$0] < values[$1] })
      guard values[rich] - values[poor] > 2 else { return }
      let before = WeightedValues(values)
      values[rich] -= 1
      values[poor] += 1
      let after = WeightedValues(values)
      for measure in [\WeightedValues.gini, \.theilT, \.theilL, \.variation] {
        #expect(try #require(after[keyPath: measure]) < (try #require(before[keyPath: measure])))
      }
    }
  }

  @Test func `groups that are alike have nothing between them`() throws {
    let values = [1.0, 2, 5, 9]
    let grouped = GroupedValues(
      WeightedValues(values + values + values), groupOfValue: (0..<12).map { $0 / 4 }, groupCount: 3)
    for index in TheilDecomposition.Index.allCases {
      expectClose(
        try #require(TheilDecomposition(grouped, index).between), 0, absolute: 1e-15, from: "identical groups"
      )
    }
    #expect(try #require(DagumDecomposition(grouped)).netBetween == 0)
  }

  @Test func `values that are all equal have no inequality at all, whatever their weights round to`() throws {
    var generator = CounterBasedGenerator(seed: 2)
    for _ in 0..<100 {
      let count = 3 + generator.integer(below: 20)
      let sample = WeightedValues(
        [Double](repeating: 0.1 + generator.uniform(), count: count),
        weights: (0..<count).map { _ in 0.1 + generator.uniform() })
      for measure in [\WeightedValues.gini, \.theilT, \.theilL, \.variation] {
        #expect(sample[keyPath: measure] == 0)
      }
      let grouped = GroupedValues(sample, groupOfValue: (0..<count).map { $0 % 3 }, groupCount: 3)
      #expect(try #require(DagumDecomposition(grouped)).gini == 0)
      for index in TheilDecomposition.Index.allCases {
        #expect(TheilDecomposition(grouped, index).total == 0)
      }
    }
  }

  @Test func `half the square of the coefficient of variation is the generalised entropy of order two`()
    throws
  {
    try draws(20) { draw, _ in
      let sample = draw.sample
      let entropy =
        zip(sample.values, sample.shares).map { $1 * (($0 / sample.mean) * ($0 / sample.mean) - 1) }.reduce(
          0, +)
        / 2
      let variation = try #require(sample.variation)
      expectClose(variation * variation / 2, entropy, absolute: 1e-13, from: "GE(2)")
    }
  }

  @Test func `counting by merging gives the pairs that counting one by one gives`() throws {
    var generator = CounterBasedGenerator(seed: 5)
    for draw in 0..<60 {
      let count = draw % 25
      let (a, b) = (
        (0..<count).map { _ in (6 * generator.uniform()).rounded() },
        (0..<count).map { _ in (9 * generator.uniform()).rounded() }
      )
      let own = RankMobility(first: a, last: b)
      var (concordant, discordant, first, last) = (0, 0, 0, 0)
      for i in 0..<count {
        for j in 0..<i {
          if a[i] == a[j] { first += 1 }
          if b[i] == b[j] { last += 1 }
          let way = (a[i] - a[j]) * (b[i] - b[j])
          if way > 0 { concordant += 1 } else if way < 0 { discordant += 1 }
        }
      }
      #expect(own.concordant == concordant && own.discordant == discordant)
      #expect(own.tiesFirst == first && own.tiesLast == last)
    }
    let up = (0..<9).map(Double.init)
    #expect(RankMobility(first: up, last: up).mobility == 0)
    #expect(RankMobility(first: up, last: up.reversed()).mobility == 2)
  }

  @Test
  func
    `town and country are equal where incomes are, and T stays below minus the logarithm of the smaller share`()
    throws
  {
    var generator = CounterBasedGenerator(seed: 9)
    for _ in 0..<50 {
      let (people, income) = (1 + 9 * generator.uniform(), 100 * generator.uniform() + 1)
      let equal = try #require(
        UrbanRuralDisparity.Sectors(
          urbanIncome: income, ruralIncome: income, urbanPopulation: people, ruralPopulation: 4))
      expectClose(try #require(UrbanRuralDisparity(equal).theilT), 0, absolute: 1e-15, from: "ratio 1")
      let unequal = try #require(
        UrbanRuralDisparity.Sectors(
          urbanIncome: income * 50, ruralIncome: 1e-9, urbanPopulation: people, ruralPopulation: 4))
      let share = min(people, 4) / (people + 4)
      #expect(try #require(UrbanRuralDisparity(unequal).theilT) <= -log(share) + 1e-12)
    }
    // A published answer takes .1 and .9 as shares of 100 and 1000 of 1100 people; they are 1/11 and 10/11.
    let forum = try #require(
      UrbanRuralDisparity.Sectors(
        urbanIncome: 3, ruralIncome: 1, urbanPopulation: 100, ruralPopulation: 1000))
    let shares = (urban: 300.0 / 1300, rural: 1000.0 / 1300)
    expectClose(
      try #require(UrbanRuralDisparity(forum).theilT),
      shares.urban * log(shares.urban * 11) + shares.rural * log(shares.rural * 1.1), relative: 1e-13,
      from: "by hand")
  }
}
