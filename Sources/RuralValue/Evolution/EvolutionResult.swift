/// How a variable's distribution evolved.
public struct EvolutionResult: Sendable, Equatable {
  /// What was asked.
  public let specification: EvolutionSpecification
  /// The variable.
  public let variable: String
  /// How the periods count.
  public let frequency: PeriodFrequency
  /// Whether there are periods; a cross-section has none.
  public let hasPeriods: Bool
  /// The size of the sample.
  public let sample: ResultDocument.Sample
  /// Densities by period, where they were asked for.
  public let kernels: KernelSeries?
  /// Transitions between classes, where they were asked for.
  public let transitions: TransitionResult?
  /// σ- and β-convergence, where they were asked for.
  public let convergence: ConvergenceResult?
  /// Centres and ellipses, where they were asked for and units have places.
  public let centres: CentreSeries?
  /// The fingerprint of the links among the units of the data; nil without weights.
  public let fingerprint: String?
  /// Who lacks a value, period by period.
  public let gapNotes: [Phrase]

  /// The tests, in the order of tables.
  public var tests: [TestResult] { (transitions?.tests ?? []) + (convergence.map { [$0.sigma] } ?? []) }

  /// What the reader must know.
  public var notes: [Phrase] {
    (gapNotes + (kernels?.notes ?? []) + (transitions?.notes ?? []) + (convergence?.notes ?? [])
      + (centres?.notes ?? [])).firstAppearances
  }

  /// A period as tables and pictures have it; nothing of a cross-section.
  func label(_ period: Int) -> String { hasPeriods ? frequency.label(period) : "" }
}

/// Tells how a variable's distribution over units evolved.
///
/// Sources: Silverman (1986); Quah (1993); Rey (2001); Barro and Sala-i-Martin (1992); Yuill (1971);
/// methods/evaluation.md, section 3.
public enum EvolutionEstimator {
  /// The parts that were asked for; the spatial ones with weights, and the centre with places.
  ///
  /// Throws `EvolutionError`, `PanelError` for a column that is not there, `WeightsError` where a unit has no weights and
  /// `UnitPlacesError` where one has no place.
  public static func fit(
    _ panel: Panel, variable: String, weights: SpatialWeights? = nil, places: UnitPlaces? = nil,
    _ specification: EvolutionSpecification = .init()
  ) throws -> EvolutionResult {
    let values = try panel.values(of: variable)
    let present = values.filter { !$0.isNaN }
    guard let first = present.first else {
      throw EvolutionError.noValues(variable: variable, source: panel.source)
    }
    let parts = Set(specification.parts)
    if parts.contains(.transitions) || parts.contains(.convergence) {
      guard panel.periods.count > 1, panel.hasPeriods else {
        throw EvolutionError.tooFewPeriods(
          source: panel.source, periods: panel.hasPeriods ? panel.periods.map(panel.frequency.label) : [])
      }
    }
    if parts.contains(.kernel) || parts.contains(.transitions),
      present.allSatisfy({ $0 == first })
    {
      throw EvolutionError.constant(variable: variable, value: first, source: panel.source)
    }
    let observed = values.indices.filter { !values[$0].isNaN }
    return EvolutionResult(
      specification: specification, variable: variable, frequency: panel.frequency,
      hasPeriods: panel.hasPeriods,
      sample: .init(
        observations: observed.count, units: Set(observed.map { panel.unitOfRow[$0] }).count,
        periods: Set(observed.map { panel.periodOfRow[$0] }).count,
        droppedRows: values.count - observed.count),
      kernels: parts.contains(.kernel) ? try KernelSeries(panel, variable: variable, specification) : nil,
      transitions: parts.contains(.transitions)
        ? try TransitionEstimator(panel, variable: variable, specification).result(weights) : nil,
      convergence: parts.contains(.convergence)
        ? try ConvergenceEstimator(panel, variable: variable, specification).result(weights) : nil,
      centres: parts.contains(.centre)
        ? try places.map { try CentreSeries(panel, variable: variable, places: $0, specification) } : nil,
      fingerprint: weights?.fingerprint(among: panel.units),
      gapNotes: try SpatialSeries(panel, variable: variable).notes)
  }
}
