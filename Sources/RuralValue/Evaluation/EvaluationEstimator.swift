/// A scorecard applied to a panel: how near counties come to their targets, what warns, and who answers for what.
///
/// 1. Attainment a_ij by ratio or goalpost, gap to the target (5.2).
/// 2. Score Σ_j w_j a_ij with a cut to 0 … 1, or closeness by TOPSIS; ranks and their changes (5.3).
/// 3. Colours by one named rule (5.4); what stands, since when (5.5); a county's colour by its indicators'.
/// 4. The accountability list of one period (5.6), and groups with Dagum's parts between them (5.7).
///
/// Source: methods/evaluation.md, section 5. The seed of the study gives no formula, weight or threshold: every rule is a
/// stated convention.
public enum EvaluationEstimator {
  /// Evaluates a panel that holds the card's columns and the groups that the specification names.
  ///
  /// Throws `EvaluationError`, `EntropyError` for entropy weights that cannot be had, and `PanelError` for a column that
  /// is not there.
  public static func fit(_ panel: Panel, _ specification: EvaluationSpecification) throws -> EvaluationResult
  {
    let card = specification.scorecard
    try specification.requireComplete()
    let grid = EvaluationGrid(panel)
    let period = try period(specification.period, in: panel)
    try requireControlPeriods(specification.rule, in: panel)
    let regions = try regions(grid, specification)
    let columns = try card.indicators.map { entry in
      guard panel.variableNames.contains(entry.indicator.column) else {
        throw EvaluationError.noSuchColumn(
          column: entry.indicator.column, indicator: entry.indicator.name.english, card: card.source,
          line: entry.line, source: panel.source, columns: panel.variableNames)
      }
      let values = try grid.values(of: entry.indicator.column)
      guard values.contains(where: { !$0.isNaN }) else {
        throw EvaluationError.noValues(
          column: entry.indicator.column, indicator: entry.indicator.name.english, card: card.source,
          line: entry.line, source: panel.source)
      }
      return values
    }
    let indicators = card.indicators.indices.map { position in
      EvaluatedIndicator(
        card.indicators[position], values: columns[position], grid: grid, regionOfPlace: regions,
        specification)
    }
    let weights = try IndexWeights(specification, columns, grid)
    let indices = card.indices.enumerated().map { position, index in
      IndexScores(
        index, members: card.positions(ofIndex: index), weights: weights.weights[position], indicators,
        grid: grid, specification)
    }
    let groups = try GroupedEvaluation(indices, grid: grid, specification)
    return EvaluationResult(
      specification: specification, grid: grid, indicators: indicators, indices: indices,
      completeUnits: weights.completeUnits,
      list: AccountabilityList(indicators, indices, grid: grid, period: period), groups: groups)
  }

  /// The place of the period that the list is about.
  private static func period(_ wanted: Int?, in panel: Panel) throws(EvaluationError) -> Int {
    guard let wanted else { return panel.periods.count - 1 }
    let period = panel.frequency.bound(wanted, isUpper: true)
    guard let place = panel.periods.firstIndex(of: period) else {
      throw .noSuchPeriod(
        panel.frequency.label(period), setting: "period", source: panel.source,
        periods: panel.periods.map(panel.frequency.label))
    }
    return place
  }

  private static func requireControlPeriods(_ rule: ColourRule, in panel: Panel) throws(EvaluationError) {
    guard case .control(let from, let to) = rule else { return }
    let (first, last) = (
      panel.frequency.bound(from, isUpper: false), panel.frequency.bound(to, isUpper: true)
    )
    let labels = panel.periods.map(panel.frequency.label)
    guard panel.periods.contains(where: { $0 > last }), panel.periods.count(where: { first...last ~= $0 }) > 1
    else {
      throw .noSuchPeriod(
        "a baseline \(panel.frequency.label(first))–\(panel.frequency.label(last)) with periods in it and after it",
        setting: "rule", source: panel.source, periods: labels)
    }
  }

  /// The region of each place as the card names it; nil where the card has none.
  private static func regions(
    _ grid: EvaluationGrid, _ specification: EvaluationSpecification
  ) throws -> [String?]? {
    let card = specification.scorecard
    guard let first = card.regions.first else { return nil }
    guard let column = specification.region ?? specification.group else {
      throw EvaluationError.noRegions(
        source: card.source, region: first, columns: grid.panel.variableNames)
    }
    for entry in card.indicators {
      for regional in entry.regional where !column.labels.contains(regional.region) {
        throw EvaluationError.unknownRegion(
          regional.region, source: card.source, line: regional.thresholds.line, column: column.name,
          regions: column.labels)
      }
    }
    return try grid.groups(of: column.name).map { $0.map { column.labels[$0] } }
  }
}

/// The weights of each index's indicators.
struct IndexWeights {
  /// By index, then indicator.
  let weights: [[Double]]
  /// The units that entropy weights rest on, by index; nil for given weights.
  let completeUnits: [Int]?

  init(_ specification: EvaluationSpecification, _ columns: [[Double]], _ grid: EvaluationGrid) throws {
    let card = specification.scorecard
    let byEntropy =
      specification.weighting == .entropy
      || specification.weighting == .topsis && specification.topsisWeights == .entropy
    guard byEntropy else {
      weights = try card.indices.map { try card.givenWeights(ofIndex: $0) }
      completeUnits = nil
      return
    }
    var (weights, counts): ([[Double]], [Int]) = ([], [])
    for index in card.indices {
      let members = card.positions(ofIndex: index)
      let complete = grid.panel.units.indices.filter { unit in
        members.allSatisfy { member in grid.places(ofUnit: unit).allSatisfy { !columns[member][$0].isNaN } }
      }
      guard !complete.isEmpty else {
        let worst = members.max { columns[$0].count(where: \.isNaN) < columns[$1].count(where: \.isNaN) }
        throw EvaluationError.noCompleteUnit(
          index: index, column: card.indicators[worst ?? 0].indicator.column, source: grid.panel.source)
      }
      let places = complete.flatMap { Array(grid.places(ofUnit: $0)) }
      let panel = try Panel(
        source: grid.panel.source, unitColumn: grid.panel.unitColumn, timeColumn: grid.panel.timeColumn,
        unitOfRow: places.map { grid.panel.units[$0 / grid.width] },
        timeOfRow: places.map { grid.panel.periods[$0 % grid.width] }, frequency: grid.panel.frequency,
        hasPeriods: grid.panel.hasPeriods,
        variables: members.map { member in
          (name: card.indicators[member].indicator.column, values: places.map { columns[member][$0] })
        })
      let system = try IndicatorSystem(members.map { card.indicators[$0].indicator })
      let result = try EntropyEstimator.fit(panel, try EntropySpecification(system: system))
      weights.append(result.indicators.map(\.weight))
      counts.append(complete.count)
    }
    self.weights = weights
    completeUnits = counts
  }
}

/// All counties and each group, in every period.
struct GroupedEvaluation: Sendable, Equatable {
  let rows: [GroupEvaluation]
  let disparities: [GroupDisparity]
  let gaps: [GroupGap]
  /// The groups' names.
  let labels: [String]
  let groupOfPlace: [Int?]?

  init(_ indices: [IndexScores], grid: EvaluationGrid, _ specification: EvaluationSpecification) throws {
    let labels = specification.group?.labels ?? []
    let groupOfPlace = try specification.group.map { try grid.groups(of: $0.name) }
    let population = try specification.population.map { try Self.people($0, grid) }
    let sectors = try specification.sectors.map { try SectorColumns($0, grid) }
    var (rows, disparities, gaps): ([GroupEvaluation], [GroupDisparity], [GroupGap]) = ([], [], [])
    let periodPlaces = (0..<grid.width).map { grid.places(ofPeriod: $0) }
    /// The places of each group and period, all counties first.
    let members: [(group: String?, places: [[Int]])] =
      [(nil, periodPlaces)]
      + labels.enumerated().map { number, label in
        (label, periodPlaces.map { $0.filter { groupOfPlace?[$0] == number } })
      }
    for index in indices {
      for (group, places) in members {
        for period in 0..<grid.width where !places[period].isEmpty {
          rows.append(
            GroupEvaluation(
              index, group: group, period: period, places: places[period], population: population,
              width: grid.width))
        }
      }
      guard let groupOfPlace else { continue }
      for period in 0..<grid.width {
        disparities.append(
          GroupDisparity(
            index, period: period, places: periodPlaces[period], groupOfPlace: groupOfPlace,
            population: population))
      }
    }
    if let sectors {
      for (group, places) in members {
        for period in 0..<grid.width where !places[period].isEmpty {
          gaps.append(
            GroupGap(group: group, period: period, places[period].compactMap { sectors.sectors($0) }))
        }
      }
    }
    (self.rows, self.disparities, self.gaps) = (rows, disparities, gaps)
    (self.labels, self.groupOfPlace) = (labels, groupOfPlace)
  }

  private static func people(_ column: String, _ grid: EvaluationGrid) throws -> [Double] {
    let people = try grid.nonNegative(column)
    for period in 0..<grid.width {
      let known = grid.places(ofPeriod: period).map { people[$0] }.filter { !$0.isNaN }
      guard known.isEmpty || known.contains(where: { $0 > 0 }) else {
        throw EvaluationError.noPopulation(
          column: column, period: grid.panel.frequency.label(grid.panel.periods[period]),
          source: grid.panel.source)
      }
    }
    return people
  }
}

/// Incomes and people of town and country by place.
private struct SectorColumns {
  private let incomes: (urban: [Double], rural: [Double])
  private let people: (urban: [Double], rural: [Double])?

  init(_ sectors: EvaluationSpecification.Sectors, _ grid: EvaluationGrid) throws {
    incomes = (try grid.nonNegative(sectors.urban), try grid.nonNegative(sectors.rural))
    if let urban = sectors.urbanPopulation, let rural = sectors.ruralPopulation {
      people = (try grid.nonNegative(urban), try grid.nonNegative(rural))
    } else {
      people = nil
    }
  }

  /// Both sectors of a place, each of one person where people are not given; nil where a number is missing.
  func sectors(_ place: Int) -> UrbanRuralDisparity.Sectors? {
    let numbers = [
      incomes.urban[place], incomes.rural[place], people?.urban[place] ?? 1, people?.rural[place] ?? 1,
    ]
    guard !numbers.contains(where: \.isNaN) else { return nil }
    return .init(
      urbanIncome: numbers[0], ruralIncome: numbers[1], urbanPopulation: numbers[2],
      ruralPopulation: numbers[3])
  }
}

extension EvaluationGrid {
  /// A column none of whose values may be below zero.
  fileprivate func nonNegative(_ column: String) throws -> [Double] {
    let values = try values(of: column)
    if let place = values.firstIndex(where: { $0 < 0 }) {
      throw EvaluationError.negativeValue(
        values[place], column: column, unit: panel.units[place / width],
        period: panel.frequency.label(panel.periods[place % width]), source: panel.source)
    }
    return values
  }
}
