internal import RuralValueNumerics

/// Measures disparity between the units of a panel, period by period.
///
/// Of values per head y with shares of people p (1/n without people): Gini's coefficient, Theil's T and L, the coefficient
/// of variation, and their parts by groups; of two periods, ranks and dispersion; of town and country, ratios and Theil's
/// index. A unit without a value, without people or without a row is left out of the period and named.
///
/// Source: methods/evaluation.md, sections 0 and 1, and what the measures name.
public enum DisparityEstimator {
  /// The disparity of a panel that holds the variables and groups of a specification.
  ///
  /// Throws `DisparityError`, `PanelError.noSuchVariable`, and `MemoryLimitError` for too many pairs of groups.
  public static func fit(_ panel: Panel, _ specification: DisparitySpecification) throws -> DisparityResult {
    let groups = try specification.groups.map { try PanelGroups(panel, $0) }
    var notes = DisparityNotes(panel, specification)
    var years: [DisparityResult.Year] = []
    if let variable = specification.variable {
      let sections = try DisparitySections(panel, variable: variable, people: specification.population)
      notes.add(sections)
      years = try sections.periods.map { try year($0, panel, groups, specification) }
      notes.add(years)
      if !groups.isEmpty { notes.add(groups, sections) }
    }
    let urbanRural = try specification.urbanRural.map {
      try UrbanRuralSections(panel, $0).years(groups.first)
    }
    if let urbanRural { notes.add(urbanRural) }
    let movement = DisparityMovement(years, panel)
    return DisparityResult(
      specification: specification, hasPeriods: panel.hasPeriods, frequency: panel.frequency,
      units: panel.units, years: years, mobility: movement.mobility, dispersion: movement.dispersion,
      urbanRural: urbanRural ?? [], tests: movement.tests, notes: notes.all + movement.notes,
      sample: sample(years, urbanRural ?? []))
  }

  private static func year(
    _ section: DisparitySections.Period, _ panel: Panel, _ groups: [PanelGroups],
    _ specification: DisparitySpecification
  ) throws -> DisparityResult.Year {
    let values = section.values
    let isSample = specification.correctsSample
    let year = DisparityResult.Year(
      period: section.period, units: section.rows.map { panel.unitOfRow[$0] }, values: values,
      population: section.population, variation: isSample ? values.sampleVariation : values.variation,
      logDeviation: values.logDeviation, gini: isSample ? values.sampleGini : values.gini,
      theilT: values.theilT, theilL: values.theilL,
      parts: section.rows.isEmpty ? nil : try parts(section, panel, groups))
    let numbers = [
      section.rows.isEmpty ? 0 : values.mean, year.population, year.variation, year.logDeviation, year.gini,
      year.theilT, year.theilL,
    ]
    guard numbers.allSatisfy({ $0?.isFinite ?? true }) else {
      throw DisparityError.overflow(
        columns: [specification.variable, specification.population].compactMap(\.self),
        period: panel.hasPeriods ? panel.frequency.label(section.period) : nil)
    }
    return year
  }

  private static func parts(
    _ section: DisparitySections.Period, _ panel: Panel, _ groups: [PanelGroups]
  ) throws -> DisparityResult.Parts? {
    guard let first = groups.first else { return nil }
    let outer = try first.partition(of: section.rows)
    let pairs = Double(outer.names.count) * Double(outer.names.count) / 2
    try MemoryLimit.require(
      bytes: 400 * pairs * Double(panel.periods.count),
      for: "The pairs of \(grouped(outer.names.count)) groups of \(first.name)",
      remedy: "Take a wider column for \(Setting("group"))")
    let whole = GroupedValues(
      section.values, groupOfValue: outer.groupOfRow, groupCount: outer.names.count)
    guard groups.count > 1 else {
      return DisparityResult.Parts(
        names: outer.names, grouped: whole, dagum: DagumDecomposition(whole),
        theil: TheilDecomposition.Index.allCases.map { TheilDecomposition(whole, $0) }, innerNames: [],
        nested: [])
    }
    let inner = try groups[1].partition(of: section.rows)
    let outerOfInner = try inner.outer(outer, section.rows, panel, columns: (first.name, groups[1].name))
    let cities = GroupedValues(
      section.values, groupOfValue: inner.groupOfRow, groupCount: inner.names.count)
    return DisparityResult.Parts(
      names: outer.names, grouped: whole, dagum: DagumDecomposition(whole), theil: [],
      innerNames: inner.names,
      nested: TheilDecomposition.Index.allCases.map {
        NestedTheilDecomposition(regions: whole, cities: cities, regionOfCity: outerOfInner, $0)
      })
  }

  private static func sample(
    _ years: [DisparityResult.Year], _ urbanRural: [DisparityResult.UrbanRuralYear]
  ) -> ResultDocument.Sample {
    let units =
      years.isEmpty
      ? urbanRural.map { $0.rows.filter { $0.measures != nil }.map(\.unit) } : years.map(\.units)
    return .init(
      observations: units.reduce(0) { $0 + $1.count }, units: Set(units.joined()).count,
      periods: units.count { !$0.isEmpty })
  }
}
