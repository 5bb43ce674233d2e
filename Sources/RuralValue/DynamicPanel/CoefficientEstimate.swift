internal import RuralValueNumerics

/// A coefficient, or a combination of coefficients, with its inference.
public struct CoefficientEstimate: Sendable, Equatable {
  /// What a number is the coefficient of, which tables say beside its name.
  public enum Kind: String, Sendable {
    /// A lag of the outcome.
    case lag
    /// A variable.
    case variable
    /// A product of variables, P:C.
    case product
    /// A period's dummy.
    case time
    /// The constant.
    case constant
    /// A sum of main effects, P+C, which is no product.
    case sum
    /// Another linear combination.
    case combination
    /// A marginal effect.
    case marginal

    /// What tables call it.
    public var label: Phrase {
      switch self {
      case .lag: Phrase("lag", zh: "滞后项")
      case .variable: Phrase("variable", zh: "变量")
      case .product: Phrase("product", zh: "交互项（乘积）")
      case .time: Phrase("time", zh: "时间虚拟变量")
      case .constant: Phrase("constant", zh: "常数项")
      case .sum: Phrase("sum", zh: "系数之和")
      case .combination: Phrase("combination", zh: "线性组合")
      case .marginal: Phrase("marginal effect", zh: "边际效应")
      }
    }
  }

  /// The term as R names it.
  public let name: String
  /// What it is the coefficient of.
  public let kind: Kind
  /// The estimate.
  public let estimate: Double
  /// Its standard error.
  public let standardError: Double
  /// The estimate over its standard error.
  public let statistic: Double
  /// The two-sided p value, under N(0, 1) or t.
  public let pValue: Double
  /// The interval's lower end.
  public let low: Double
  /// The interval's upper end.
  public let high: Double
}

/// What estimates are held against: N(0, 1), or t after small-sample correction.
public struct ReferenceDistribution: Sendable, Equatable {
  /// t's degrees of freedom; nil for N(0, 1).
  public let degreesOfFreedom: Int?
  /// The confidence level of intervals.
  public let confidenceLevel: Double

  private var critical: Double {
    degreesOfFreedom.map {
      StudentT(degreesOfFreedom: Double($0)).criticalValue(level: confidenceLevel)
    } ?? Normal().criticalValue(level: confidenceLevel)
  }

  /// An estimate with its inference.
  public func inference(
    _ name: String, _ kind: CoefficientEstimate.Kind, _ estimate: Double, standardError: Double
  ) -> CoefficientEstimate {
    let statistic = estimate / standardError
    let pValue =
      degreesOfFreedom.map { StudentT(degreesOfFreedom: Double($0)).twoSidedTail(at: statistic) }
      ?? Normal().twoSidedTail(at: statistic)
    return CoefficientEstimate(
      name: name, kind: kind, estimate: estimate, standardError: standardError, statistic: statistic,
      pValue: pValue, low: estimate - critical * standardError, high: estimate + critical * standardError)
  }
}
