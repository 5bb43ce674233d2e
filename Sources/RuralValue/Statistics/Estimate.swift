internal import RuralValueNumerics

/// What estimates are held against: N(0, 1), or t after small-sample correction.
public enum ReferenceDistribution: Sendable, Hashable, Codable {
  /// N(0, 1).
  case normal
  /// Student's t.
  case t(degreesOfFreedom: Int)

  /// t's degrees of freedom; nil for N(0, 1).
  public var degreesOfFreedom: Int? {
    if case .t(let degrees) = self { degrees } else { nil }
  }

  /// What tables call the statistic.
  var letter: String { degreesOfFreedom == nil ? "z" : "t" }

  fileprivate var distribution: any SymmetricDistribution {
    switch self {
    case .normal: Normal()
    case .t(let degrees): StudentT(degreesOfFreedom: Double(degrees))
    }
  }
}

/// A number with its standard error, and all that follows from the two.
public struct Estimate: Sendable, Equatable, Codable {
  /// What it is an estimate of.
  public let parameter: Parameter
  /// The estimate.
  public let value: Double
  /// Its standard error; NaN where there is none.
  public let standardError: Double
  /// What the statistic is held against.
  public let reference: ReferenceDistribution

  /// An estimate from its numbers.
  public init(
    _ parameter: Parameter, _ value: Double, standardError: Double = .nan,
    reference: ReferenceDistribution = .normal
  ) {
    self.parameter = parameter
    self.value = value
    self.standardError = standardError
    self.reference = reference
  }

  /// The parameter's name.
  public var name: String { parameter.name }
  /// The estimate over its standard error.
  public var statistic: Double { value / standardError }
  /// The two-sided p value of the hypothesis that the parameter is zero.
  public var pValue: Double { reference.distribution.twoSidedTail(at: statistic) }
  /// The p value that decides about stars; NaN where zero is no hypothesis, as of a variance.
  public var significance: Double { parameter.hasNullOfZero ? pValue : .nan }

  /// The confidence interval of a level.
  public func interval(_ level: Double) -> (low: Double, high: Double) {
    let half = reference.distribution.criticalValue(level: level) * standardError
    return (value - half, value + half)
  }

  /// The same estimate of a parameter under another name.
  public func renamed(_ names: [String: String]) -> Estimate {
    Estimate(parameter.renamed(names), value, standardError: standardError, reference: reference)
  }
}

/// A share as the percentage that one would write.
public enum Percentage {
  /// The digits before the sign, exactly: 0.95 is `95`, 0.999 is `99.9`, 0.975 is `97.5`.
  public static func text(_ share: Double) -> String { FixedDecimals.text(share * 100, atMost: 10) }
}

/// A p value inside a sentence.
enum ProbabilityText {
  /// `p = 0.034`, and `p < 0.001` below the last digit.
  static func clause(_ p: Double) -> String {
    p < 0.0005 ? "p < 0.001" : "p = \(FixedDecimals.text(p, decimals: 3))"
  }
}
