/// Which weights serve which lag of a model: Wy, WX and Wu may each have their own.
public struct WeightRoles: Sendable {
  /// Weights that hold in all periods, or each in its own.
  public enum Source: Sendable {
    /// The same in all periods.
    case constant(SpatialWeights)
    /// Those of each period.
    case byPeriod([Int: SpatialWeights])

    var isConstant: Bool { if case .constant = self { true } else { false } }

    /// The weights of a period, if there are any.
    func callAsFunction(_ period: Int) -> SpatialWeights? {
      switch self {
      case .constant(let weights): weights
      case .byPeriod(let weights): weights[period]
      }
    }
  }

  /// The weights of Wy, and of what has none of its own.
  public var outcome: Source
  /// The weights of WX, where they are others.
  public var regressors: Source?
  /// The weights of Wu, where they are others.
  public var errors: Source?

  /// Roles from their weights.
  public init(outcome: Source, regressors: Source? = nil, errors: Source? = nil) {
    self.outcome = outcome
    self.regressors = regressors
    self.errors = errors
  }

  /// Refuses weights for a lag that the model does not have, and what is not worked out for several.
  func check(_ specification: SpatialDurbinSpecification) throws(SpatialDurbinError) {
    let model = specification.model
    if regressors != nil || errors != nil, specification.resolvedEstimator != .likelihood {
      let name = regressors != nil ? "weights-x" : "weights-error"
      throw .notOffered(
        "\(Setting(name)) is for \(Setting("estimator")) ml; \(Setting("estimator"))"
          + " \(specification.resolvedEstimator.rawValue) has one set of weights. Leave it out.")
    }
    if regressors != nil, specification.durbin?.isEmpty ?? !model.hasDurbinTerms {
      throw .notOffered(
        "\(Setting("weights-x")) are the weights of WX, which this \(model.title) does not have. Take \(Setting("model")) sdm,"
          + " slx or sdem, or name the terms in \(Setting("durbin")).")
    }
    if errors != nil, !model.hasError {
      throw .notOffered(
        "\(Setting("weights-error")) are the weights of Wu, which \(model.title) does not have. Take \(Setting("model")) sem,"
          + " sdem or sac.")
    }
    if regressors != nil || errors != nil, specification.orders != nil {
      throw .notOffered(
        "\(Setting("orders")) counts neighbours of one set of weights; here WX or Wu has its own. Leave out"
          + " \(Setting("orders")).")
    }
    if errors != nil, specification.prior != nil {
      throw .notOffered(
        "\(Setting("posterior")) compares models with Wy and with Wu under the same weights. Leave out"
          + " \(Setting("weights-error")).")
    }
  }

  /// Which weights serve what, where they differ.
  func notes(_ specification: SpatialDurbinSpecification) -> [Phrase] {
    let model = specification.model
    var notes: [Phrase] = []
    if regressors != nil {
      notes.append(
        Phrase(
          "WX is taken with the weights of \(Setting("weights-x"))"
            + (model.hasLag
              ? ", Wy with those of \(Setting("weights")): an effect passes first along the former, then along the latter."
                + " Tests for a spatial error take Wu with the latter."
              : "."),
          zh: "WX采用\(Setting("weights-x"))的权重"
            + (model.hasLag ? "，Wy采用\(Setting("weights"))的权重：效应先沿前者传导，再沿后者反馈；空间误差检验中的Wu采用后者。" : "。")))
    }
    if errors != nil {
      notes.append(
        Phrase(
          "Wu is taken with the weights of \(Setting("weights-error")), to which λ and its bounds belong."
            + (uses(specification)
              ? "" : " The model has neither Wy nor WX under \(Setting("weights")): they are not used."),
          zh: "Wu采用\(Setting("weights-error"))的权重，λ及其上下界以此为准。"
            + (uses(specification) ? "" : "模型中没有使用\(Setting("weights"))的Wy或WX，该权重未被使用。")))
    }
    return notes
  }

  /// Whether the weights of `outcome` stand in the model.
  private func uses(_ specification: SpatialDurbinSpecification) -> Bool {
    specification.model.hasLag
      || (regressors == nil && !(specification.durbin?.isEmpty ?? !specification.model.hasDurbinTerms))
  }
}
