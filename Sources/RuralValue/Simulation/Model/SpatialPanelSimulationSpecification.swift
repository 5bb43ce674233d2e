/// A spatial panel to be drawn:
///
///     y_t = ρWy_t + X_tβ + WX_tθ + τy_{t−1} + ηWy_{t−1} + μ + τ_t + u_t,   u_t = λWu_t + ε_t
///
/// With θ = 0 it is a spatial lag model, with ρ = 0 and a λ a spatial error model.
public struct SpatialPanelSimulationSpecification: Sendable, Equatable {
  /// Units, periods, regressors, effects and errors; its units are those of the weights.
  public var design: SimulationDesign
  /// W as it is used: no unit its own neighbour, standardised.
  public var weights: SpatialWeights
  /// ρ.
  public var rho: Double
  /// λ, if errors depend on those of the neighbours.
  public var lambda: Double?
  /// θ: terms that enter with their spatial lag, with its coefficients.
  public var durbin: [TermCoefficient] = []
  /// τ, of the outcome a period earlier; nil where the model has no such term.
  public var laggedOutcome: Double?
  /// η, of the neighbours' outcome a period earlier; nil where the model has no such term.
  public var laggedNeighbours: Double?

  /// A specification from its parts; the weights are row-standardised.
  public init(_ design: SimulationDesign, weights: SpatialWeights, rho: Double, lambda: Double? = nil) {
    self.design = design
    self.weights = weights.withoutSelf.standardised(.row)
    self.rho = rho
    self.lambda = lambda
    self.design.units = weights.units
  }

  /// Whether the outcome returns to a level: |τ + η| < 1 − ρ, for what all units of a row-standardised W share.
  public var isSteady: Bool {
    abs((laggedOutcome ?? 0) + (laggedNeighbours ?? 0)) < 1 - rho
  }

  /// What estimates it, with the defaults of `sdm` for all else.
  public var estimator: SpatialDurbinSpecification {
    get throws {
      let outcome = FormulaFactor.variable(design.outcome).name
      let names = design.coefficients.map(\.term.name)
      let model: SpatialDurbinSpecification.Model =
        if lambda == nil {
          durbin.isEmpty ? .sar : .sdm
        } else if rho != 0 {
          .sac
        } else {
          durbin.isEmpty ? .sem : .sdem
        }
      var specification = SpatialDurbinSpecification(
        formula: try FormulaSpecification("\(outcome) ~ \(names.joined(separator: " + "))"), model: model,
        durbin: durbin.isEmpty ? nil : names.filter { name in durbin.contains { $0.term.name == name } },
        draws: 0, isTested: false)
      switch (laggedOutcome, laggedNeighbours) {
      case (nil, nil): specification.dynamics = nil
      case (_?, nil): specification.dynamics = .y
      case (nil, _?): specification.dynamics = .wy
      case (_?, _?): specification.dynamics = .both
      }
      return specification
    }
  }

  /// The parameters that estimates are of.
  public var truth: [KnownParameter] {
    let outcome = FormulaFactor.variable(design.outcome)
    let lagged = Parameter(FormulaTerm([.lag(outcome, steps: 1)]), outcome: outcome)
    var truth: [KnownParameter] = []
    if let laggedOutcome { truth.append(KnownParameter(lagged, laggedOutcome)) }
    if let laggedNeighbours { truth.append(KnownParameter(lagged.spatialLag, laggedNeighbours)) }
    truth += design.coefficients.map { KnownParameter(Parameter($0.term, outcome: outcome), $0.value) }
    truth += durbin.map { KnownParameter(Parameter($0.term, outcome: outcome).spatialLag, $0.value) }
    if rho != 0 || lambda == nil { truth.append(KnownParameter(.rho, rho)) }
    if let lambda { truth.append(KnownParameter(.lambda, lambda)) }
    return truth + [KnownParameter(.variance, design.errorDeviation * design.errorDeviation)]
  }
}
