internal import RuralValueNumerics

/// A linear combination of coefficients: c′b with standard error √(c′Vc).
public struct LinearCombination: Sendable, Equatable {
  /// One coefficient and its factor.
  public struct Part: Sendable, Equatable {
    /// The coefficient's name.
    public let name: String
    /// What it is multiplied with.
    public let factor: Double

    /// A part from a coefficient's name and its factor.
    public init(name: String, factor: Double) {
      self.name = name
      self.factor = factor
    }
  }

  /// The combination as tables name it: `P+C`.
  public let name: String
  /// The parts.
  public let parts: [Part]

  /// A combination from its parts.
  public init(name: String, parts: [Part]) {
    self.name = name
    self.parts = parts
  }

  /// Every sum of two or more of these coefficients, small sums first.
  public static func sums(of names: [String]) -> [LinearCombination] {
    guard names.count >= 2 else { return [] }
    let subsets = (1..<(1 << names.count)).map { mask in names.indices.filter { mask >> $0 & 1 == 1 } }
    return subsets.filter { $0.count >= 2 }
      .sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
      .map { subset in
        LinearCombination(
          name: subset.map { names[$0] }.joined(separator: "+"),
          parts: subset.map { Part(name: names[$0], factor: 1) })
      }
  }

  /// Whether the combination is a plain sum.
  public var isSum: Bool { parts.count >= 2 && parts.allSatisfy { $0.factor == 1 } }
}

extension DynamicPanelResult {
  /// A combination's estimate with its inference.
  ///
  /// Throws `DynamicPanelError.noSuchCoefficient`, with the nearest name; `option` is what the call said.
  public func estimate(_ combination: LinearCombination, option: String = "--lincom")
    throws(DynamicPanelError) -> Estimate
  {
    var weights = [Double](repeating: 0, count: estimates.count)
    for part in combination.parts {
      guard let position = estimates.firstIndex(where: { $0.name == part.name }) else {
        throw .noSuchCoefficient(name: part.name, option: option, known: estimates.map(\.name))
      }
      weights[position] += part.factor
    }
    let value = estimates.map(\.value).innerProduct(with: weights)
    let variance = Matrix(rows: covariance).quadraticForm(weights)
    return Estimate(
      Parameter(combination.name, combination.isSum ? .sum : .combination), value,
      standardError: max(variance, 0).squareRoot(), reference: reference)
  }

  /// The result with combinations of its coefficients; each has the option that asked for it.
  ///
  /// Throws `DynamicPanelError.noSuchCoefficient`.
  public func adding(
    _ combinations: [(combination: LinearCombination, option: String)]
  ) throws(DynamicPanelError) -> DynamicPanelResult {
    var result = self
    for (combination, option) in combinations {
      result.combinations.append(try estimate(combination, option: option))
    }
    return result
  }
}
