internal import RuralValueNumerics

/// Efficiency of units that make outputs of inputs, by data envelopment analysis, and its change over time.
///
/// Each period has its frontier, spanned by its units; each unit's score is the optimum of a linear programme, proven by
/// its dual. SBM: ρ = min (1 − (1/m)Σ s⁻/x_o) / (1 + (1/(s+q))(Σ s⁺/y_o + Σ sᵇ/b_o)); super-SBM of efficient units, against
/// the others: min (1 + (1/m)Σ s⁻/x_o) / (1 − (1/(s+q))(Σ s⁺/y_o + Σ sᵇ/b_o)); CCR and BCC: one factor of all inputs, or of
/// all outputs.
///
/// Source: Tone (2001, 2002, 2003); Charnes, Cooper and Rhodes (1978); Banker, Charnes and Cooper (1984);
/// methods/evaluation.md, section 4.
public enum EfficiencyEstimator {
  /// Measures every unit in every period, and the changes where they are wanted.
  ///
  /// Throws `EfficiencyError`, and `PanelError.noSuchVariable`.
  public static func fit(_ panel: Panel, _ specification: EfficiencySpecification) throws -> EfficiencyResult
  {
    let sample = try ProductionSample(panel, specification)
    if specification.change != nil, sample.sets.count(where: { $0.count > 0 }) < 2 {
      throw EfficiencyError.tooFewPeriods(
        source: panel.source, found: sample.sets.count { $0.count > 0 })
    }
    let total = sample.sets.reduce(0) { $0 + $1.count }
    let progress = ProgressReport.steps(total, Phrase("units", zh: "单元"))
    var periods: [EfficiencyResult.Period] = []
    var done = 0
    for (position, set) in sample.sets.enumerated() where set.count > 0 {
      let names = sample.rowsOfPeriod[position].map(panel.unit(ofRow:))
      var programmes = PeriodProgrammes(set, specification)
      var units: [UnitEfficiency] = []
      for place in 0..<set.count {
        do {
          units.append(
            try programmes.efficiency(of: place, period: panel.periods[position], names: names))
        } catch {
          throw EfficiencyError.unsolved(
            unit: names[place],
            period: panel.hasPeriods ? panel.frequency.label(panel.periods[position]) : nil,
            reason: error.description)
        }
        done += 1
        progress.done(done)
      }
      periods.append(.init(period: panel.periods[position], units: units))
    }
    let changes = try specification.change.map { try measure(panel, sample, specification, $0) }
    return EfficiencyResult(
      specification: specification, frequency: panel.frequency, hasPeriods: panel.hasPeriods,
      unitCount: Set(periods.flatMap(\.units).map(\.unit)).count, periods: periods,
      changes: changes?.steps ?? [], wholeChanges: changes?.whole ?? [], sampleNotes: sample.notes,
      groups: try groups(panel, sample, specification.group))
  }

  /// The changes between neighbouring periods that have units, and from the first to the last.
  private static func measure(
    _ panel: Panel, _ sample: ProductionSample, _ specification: EfficiencySpecification,
    _ frontier: EfficiencySpecification.Frontier
  ) throws -> (steps: [ProductivityChange], whole: [ProductivityChange]) {
    var measurement = try ProductivityMeasurement(
      panel, sample, frontier, hasUndesirable: !specification.undesirable.isEmpty)
    let there = sample.sets.indices.filter { sample.sets[$0].count > 0 }
    var steps: [ProductivityChange] = []
    for (first, last) in zip(there, there.dropFirst()) {
      steps += try measurement.changes(from: first, to: last)
    }
    let whole = there.count > 2 ? try measurement.changes(from: there[0], to: there[there.count - 1]) : []
    return (steps, whole)
  }

  /// The group of each unit of each period, where groups are wanted; nil for a unit without one.
  private static func groups(_ panel: Panel, _ sample: ProductionSample, _ column: String?) throws -> [[Int?]]
  {
    guard let column else { return [] }
    let groups = try panel.groups(of: column)
    return sample.rowsOfPeriod.filter { !$0.isEmpty }.map { rows in rows.map { groups[$0] } }
  }
}
