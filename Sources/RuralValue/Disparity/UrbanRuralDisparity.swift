internal import RuralValueNumerics

/// Town and country of one unit: the ratio and the gap of incomes per head, and Theil's T and L of the two sectors.
///
/// With S_j a sector's share of all income and P_j its share of the people, T = Σ S_j ln(S_j/P_j), 0 ln 0 = 0, and
/// L = Σ P_j ln(P_j/S_j). A sector without people has no ratio, and the inequality of the other alone is zero.
///
/// Source: Theil (1967); methods/evaluation.md, 1.1 and 1.2.
struct UrbanRuralDisparity: Sendable, Equatable {
  /// People and income per head of the two sectors; none is negative.
  struct Sectors: Sendable, Equatable {
    let urbanIncome: Double
    let ruralIncome: Double
    let urbanPopulation: Double
    let ruralPopulation: Double

    /// All income.
    var income: Double { urbanIncome * urbanPopulation + ruralIncome * ruralPopulation }
    /// All people.
    var population: Double { urbanPopulation + ruralPopulation }
    /// Whether both sectors have people.
    var hasBoth: Bool { urbanPopulation > 0 && ruralPopulation > 0 }
  }

  /// y_u/y_r; nil with one sector, or where the country has no income.
  let ratio: Double?
  /// y_u − y_r; nil with one sector.
  let gap: Double?
  let theilT: Double?
  let theilL: Double?

  init(_ sectors: Sectors) {
    ratio = sectors.hasBoth && sectors.ruralIncome != 0 ? sectors.urbanIncome / sectors.ruralIncome : nil
    gap = sectors.hasBoth ? sectors.urbanIncome - sectors.ruralIncome : nil
    let sample = WeightedValues(
      [sectors.urbanIncome, sectors.ruralIncome], weights: [sectors.urbanPopulation, sectors.ruralPopulation])
    theilT = sample.theilT
    theilL = sample.theilL
  }

  /// The units of one period together.
  struct Total: Sendable, Equatable {
    /// The ratio of the sectors' mean incomes over all units, and the mean of the units' ratios.
    let ratioOfMeans: Double?
    let meanOfRatios: Double?
    /// Theil's T of the two sectors of the whole, which is not the sum of the other two.
    let theilSectors: Double?
    /// Σ S_iT_i over the units, and Σ S_i ln(S_i/P_i) between them.
    let theilWithinUnits: Double?
    let theilBetweenUnits: Double?

    init(_ units: [Sectors]) {
      let (urban, rural) = (
        units.map(\.urbanPopulation).compensatedSum, units.map(\.ruralPopulation).compensatedSum
      )
      let incomes = (
        units.map { $0.urbanIncome * $0.urbanPopulation }.compensatedSum,
        units.map { $0.ruralIncome * $0.ruralPopulation }.compensatedSum
      )
      let whole = Sectors(
        urbanIncome: urban > 0 ? incomes.0 / urban : 0, ruralIncome: rural > 0 ? incomes.1 / rural : 0,
        urbanPopulation: urban, ruralPopulation: rural)
      let two = UrbanRuralDisparity(whole)
      ratioOfMeans = two.ratio
      theilSectors = two.theilT
      let ratios = units.compactMap { UrbanRuralDisparity($0).ratio }
      meanOfRatios = ratios.isEmpty ? nil : ratios.mean
      let (people, income) = (units.map(\.population).compensatedSum, units.map(\.income).compensatedSum)
      guard people > 0, income > 0 else {
        theilWithinUnits = nil
        theilBetweenUnits = nil
        return
      }
      var (within, between) = (CompensatedSum(), CompensatedSum())
      for unit in units where unit.population > 0 {
        let (share, weight) = (unit.income / income, unit.population / people)
        within.add(share * (UrbanRuralDisparity(unit).theilT ?? 0))
        between.add(share > 0 ? share * portableLogarithm(share / weight) : 0)
      }
      theilWithinUnits = within.value
      theilBetweenUnits = between.value
    }
  }
}
