extension Parameter.Role {
  /// The word that stands for it in JSON, a promise to scripts: `spatial_lag`; an effect's is its kind, `direct`.
  public var name: String {
    switch self {
    case .laggedOutcome: "lagged_outcome"
    case .variable: "variable"
    case .product: "product"
    case .spatialLag: "spatial_lag"
    case .rho: "rho"
    case .lambda: "lambda"
    case .variance: "variance"
    case .randomEffectsWeight: "random_effects_weight"
    case .period: "period"
    case .constant: "constant"
    case .omitted: "omitted"
    case .sum: "sum"
    case .combination: "combination"
    case .marginalEffect: "marginal_effect"
    case .longRun: "long_run"
    case .effect(let kind, _): kind.rawValue
    }
  }

  /// The regressor whose spatial lag it is, or when an effect is measured.
  public var detail: String? {
    switch self {
    case .spatialLag(let term): term
    case .effect(_, let horizon): horizon?.rawValue
    default: nil
    }
  }

  /// The role of a word and what belongs to it; nil for a word that stands for none.
  public init?(name: String, detail: String?) {
    if let kind = EffectKind(rawValue: name) {
      self = .effect(kind, detail.flatMap(EffectHorizon.init(rawValue:)))
    } else if name == "spatial_lag", let detail {
      self = .spatialLag(of: detail)
    } else if let plain = Self.plain.first(where: { $0.name == name }) {
      self = plain
    } else {
      return nil
    }
  }

  private static let plain: [Parameter.Role] = [
    .laggedOutcome, .variable, .product, .rho, .lambda, .variance, .randomEffectsWeight, .period, .constant,
    .omitted, .sum, .combination, .marginalEffect, .longRun,
  ]
}
