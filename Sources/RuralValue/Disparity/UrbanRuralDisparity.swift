internal import RuralValueNumerics

/// Town and country of one unit: the ratio and the gap of incomes per head, and Theil's T and L of the two sectors.
///
/// With S_j a sector's share of all income and P_j its share of the people, T = Σ S_j ln(S_j/P_j), 0 ln 0 = 0, and
/// L = Σ P_j ln(P_j/S_j). A sector without people has no ratio, and the inequality of the other alone is zero.
///
/// Source: Theil (1967); methods/evaluation.md, 1.1 and 1.2.
struct UrbanRuralDisparity: Sendable, Equatable {
  /// People and income per head of the two sectors; no people are negative, and a sector without any has no income.
  struct Sectors: Sendable, Equatable {
    let urbanIncome: Double
    let ruralIncome: Double
    let urbanPopulation: Double
    let ruralPopulation: Double

    /// Nil where people are unknown (NaN) or there are none, or the income of a sector with people is unknown.
    init?(urbanIncome: Double, ruralIncome: Double, urbanPopulation: Double, ruralPopulation: Double) {
      guard urbanPopulation + ruralPopulation > 0,
        !(urbanPopulation > 0 && urbanIncome.isNaN), !(ruralPopulation > 0 && ruralIncome.isNaN)
      else { return nil }
      self.urbanIncome = urbanPopulation > 0 ? urbanIncome : 0
      self.ruralIncome = ruralPopulation > 0 ? ruralIncome : 0
      self.urbanPopulation = urbanPopulation
      self.ruralPopulation = ruralPopulation
    }

    /// Whether both sectors have people.
    var hasBoth: Bool { urbanPopulation > 0 && ruralPopulation > 0 }
    /// Whether an income is below zero.
    var hasNegative: Bool { urbanIncome < 0 || ruralIncome < 0 }
  }

  let sectors: Sectors
  /// y_u/y_r; nil with one sector, where the country has no income, or where an income is negative.
  let ratio: Double?
  /// y_u − y_r; nil with one sector.
  let gap: Double?
  let theilT: Double?
  let theilL: Double?

  init(_ sectors: Sectors) {
    self.sectors = sectors
    let hasRatio = sectors.hasBoth && sectors.ruralIncome != 0 && !sectors.hasNegative
    ratio = hasRatio ? sectors.urbanIncome / sectors.ruralIncome : nil
    gap = sectors.hasBoth ? sectors.urbanIncome - sectors.ruralIncome : nil
    let sample = WeightedValues(
      [sectors.urbanIncome, sectors.ruralIncome], weights: [sectors.urbanPopulation, sectors.ruralPopulation])
    theilT = sample.theilT
    theilL = sample.theilL
  }

  /// The units of one period, or of one of its groups, together.
  struct Total: Sendable, Equatable {
    /// The number of units.
    let count: Int
    /// The ratio of the sectors' mean incomes over all units, weighted by people, and the plain mean of the units' ratios.
    let ratioOfMeans: Double?
    let meanOfRatios: Double?
    /// T and L of the two sectors of the whole, which are not the sum of the other two parts.
    let sectorsT: Double?
    let sectorsL: Double?
    /// T and L of all sectors of all units: within the units, between their sectors, and between the units.
    let unitsT: TheilDecomposition
    let unitsL: TheilDecomposition

    /// Units, at least one.
    init(_ units: [UrbanRuralDisparity]) {
      let sectors = units.map(\.sectors)
      count = units.count
      func mean(_ income: (Sectors) -> Double, _ people: (Sectors) -> Double) -> (Double, Double) {
        let total = sectors.map(people).compensatedSum
        return (total > 0 ? sectors.map { income($0) * people($0) / total }.compensatedSum : 0, total)
      }
      let (urban, urbanPeople) = mean(\.urbanIncome, \.urbanPopulation)
      let (rural, ruralPeople) = mean(\.ruralIncome, \.ruralPopulation)
      let whole = Sectors(
        urbanIncome: urban, ruralIncome: rural, urbanPopulation: urbanPeople, ruralPopulation: ruralPeople)
      let two = whole.map(UrbanRuralDisparity.init)
      ratioOfMeans = two?.ratio
      sectorsT = two?.theilT
      sectorsL = two?.theilL
      let ratios = units.compactMap(\.ratio)
      meanOfRatios = ratios.isEmpty ? nil : ratios.mean
      var (incomes, people, unitOfSector): ([Double], [Double], [Int]) = ([], [], [])
      for (number, one) in sectors.enumerated() {
        for (income, count) in [
          (one.urbanIncome, one.urbanPopulation), (one.ruralIncome, one.ruralPopulation),
        ] where count > 0 {
          incomes.append(income)
          people.append(count)
          unitOfSector.append(number)
        }
      }
      let grouped = GroupedValues(
        WeightedValues(incomes, weights: people), groupOfValue: unitOfSector, groupCount: units.count)
      unitsT = TheilDecomposition(grouped, .t)
      unitsL = TheilDecomposition(grouped, .l)
    }
  }
}
