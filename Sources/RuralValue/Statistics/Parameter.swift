/// What an estimate is of: a name, which may be anything, and the role that it has in its model.
///
/// A regressor may be called rho, sigma2 or V: what a parameter is, is read from its role and never from its name.
public struct Parameter: Sendable, Hashable, Codable {
  /// The name in tables, as R has it: `lag(V, 1)`, `P:C`, `W*lnP`, `rho`, `(Intercept)`.
  public let name: String
  /// What it is in its model.
  public let role: Role

  /// A parameter from its name and its role.
  public init(_ name: String, _ role: Role) {
    self.name = name
    self.role = role
  }

  /// What a parameter is in its model.
  public enum Role: Sendable, Hashable, Codable {
    /// The coefficient of a lag of the outcome.
    case laggedOutcome
    /// The coefficient of a variable.
    case variable
    /// The coefficient of a product of variables, P:C.
    case product
    /// The coefficient of the neighbours' mean of a regressor or of the lagged outcome.
    case spatialLag(of: String)
    /// ρ, the coefficient of the neighbours' outcome.
    case rho
    /// λ, the coefficient of the neighbours' errors.
    case lambda
    /// σ², the errors' variance.
    case variance
    /// θ, the weight of random effects.
    case randomEffectsWeight
    /// The coefficient of a period's dummy.
    case period
    /// The constant.
    case constant
    /// A term that the others determine, which has no coefficient.
    case omitted
    /// A sum of coefficients, P+C, which is no product.
    case sum
    /// Another linear combination of coefficients.
    case combination
    /// A marginal effect.
    case marginalEffect
    /// What a change that lasts adds up to.
    case longRun
    /// The effect of a change in one regressor over space.
    case effect(EffectKind, EffectHorizon?)
  }
}

/// Whom the change in a regressor reaches.
public enum EffectKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// The unit in which the regressor changes.
  case direct
  /// All others.
  case indirect
  /// Both together.
  case total

  /// What tables call it.
  var label: Phrase {
    switch self {
    case .direct: Phrase("direct", zh: "直接效应")
    case .indirect: Phrase("indirect", zh: "间接效应")
    case .total: Phrase("total", zh: "总效应")
    }
  }

  /// What stands above its columns.
  var heading: Phrase {
    let words = "\(label.english) effect"
    return Phrase(words.prefix(1).uppercased() + words.dropFirst(), zh: label.chinese)
  }
}

/// When a dynamic model's effect is measured.
public enum EffectHorizon: String, Sendable, Hashable, Codable {
  /// In the same period.
  case short
  /// When all has settled.
  case long

  /// What tables call it.
  var label: Phrase {
    switch self {
    case .short: Phrase("short", zh: "短期")
    case .long: Phrase("long", zh: "长期")
    }
  }
}

extension Parameter {
  /// ρ under the name that results have.
  public static let rho = Parameter("rho", .rho)
  /// λ under the name that results have.
  public static let lambda = Parameter("lambda", .lambda)
  /// σ² under the name that results have.
  public static let variance = Parameter("sigma2", .variance)
  /// θ under the name that results have.
  public static let randomEffectsWeight = Parameter("theta", .randomEffectsWeight)
  /// The constant, named as R does.
  public static let constant = Parameter("(Intercept)", .constant)

  /// The coefficient of a formula's term.
  public init(_ term: FormulaTerm, outcome: FormulaFactor) {
    let isLag = if case .lag(outcome, _) = term.factors[0] { true } else { false }
    self.init(term.name, term.isProduct ? .product : isLag ? .laggedOutcome : .variable)
  }

  /// The coefficient of the neighbours' mean of what this is the coefficient of.
  public var spatialLag: Parameter { Parameter("W*\(name)", .spatialLag(of: name)) }

  /// The name with what tells it from the others of a table with several kinds: `long run total P`.
  public var fullName: String {
    guard case .effect(let kind, let horizon) = role else { return name }
    return "\(horizon.map { "\($0.rawValue) run " } ?? "")\(kind.rawValue) \(name)"
  }

  /// Whether it is the coefficient of something in the formula: no constant, no dummy, no spatial parameter.
  var isSlope: Bool {
    switch role {
    case .laggedOutcome, .variable, .product, .spatialLag: true
    default: false
    }
  }

  /// Whether zero is a hypothesis about it; a variance and a weight have none.
  var hasNullOfZero: Bool { role != .variance && role != .randomEffectsWeight }

  /// The parameter under another name, where `names` has one for the term that it belongs to.
  public func renamed(_ names: [String: String]) -> Parameter {
    switch role {
    case .laggedOutcome, .variable, .product, .effect:
      return Parameter(names[name] ?? name, role)
    case .spatialLag(let term):
      return names[term].map { Parameter("W*\($0)", .spatialLag(of: $0)) } ?? self
    default: return self
    }
  }
}

extension Parameter.Role {
  /// What tables say beside the name.
  var label: Phrase {
    switch self {
    case .laggedOutcome: Phrase("lag", zh: "滞后项")
    case .variable: Phrase("variable", zh: "变量")
    case .product: Phrase("product", zh: "交互项（乘积）")
    case .spatialLag: Phrase("spatial lag", zh: "空间滞后项")
    case .rho: Phrase("spatial lag of the outcome", zh: "空间自回归系数")
    case .lambda: Phrase("spatial lag of the errors", zh: "空间误差系数")
    case .variance: Phrase("variance", zh: "方差")
    case .randomEffectsWeight: Phrase("weight of random effects", zh: "随机效应权重")
    case .period: Phrase("time", zh: "时间虚拟变量")
    case .constant: Phrase("constant", zh: "常数项")
    case .omitted: Phrase("omitted", zh: "剔除（共线）")
    case .sum: Phrase("sum", zh: "系数之和")
    case .combination: Phrase("combination", zh: "线性组合")
    case .marginalEffect: Phrase("marginal effect", zh: "边际效应")
    case .longRun: Phrase("long run", zh: "长期效应")
    case .effect(let kind, _): kind.label
    }
  }
}
