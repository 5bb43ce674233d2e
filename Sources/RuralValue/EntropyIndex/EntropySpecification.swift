/// What an entropy index is to be: the system of indicators and the variant of the method.
public struct EntropySpecification: Sendable, Equatable {
  /// The indicators.
  public let system: IndicatorSystem
  /// Over which rows shares and entropies are taken.
  public let weighting: Weighting
  /// Over which rows minimum and maximum are taken.
  public let normalisation: Normalisation
  /// What is added to every normalised value before shares are taken; usually 0.
  public let shift: Double
  /// The least normalised value a: x′ = a + (1 − a)(x − min)/(max − min), so that no score is 0; usually 0.
  public let floor: Double
  /// What a dimension's score is.
  public let subIndex: SubIndex

  /// Over which rows shares and entropies are taken.
  public enum Weighting: String, Sendable, CaseIterable {
    /// Weights for each period, then their average over the periods: the paper's method.
    case annualMean = "annual-mean"
    /// Each period is weighted by its own weights.
    case annual
    /// One set of weights from all rows together.
    case pooled
  }

  /// Over which rows minimum and maximum are taken.
  public enum Normalisation: String, Sendable, CaseIterable {
    /// Over all units and periods, so that scores can be compared over time.
    case pooled
    /// Within each period.
    case annual
  }

  /// What a dimension's score is.
  public enum SubIndex: String, Sendable, CaseIterable {
    /// Its part of the index, Σ w_j x′_ij over its indicators: the parts add up to the index.
    case contribution
    /// That part divided by the dimension's weight, so that it runs from 0 to 1.
    case rescaled
  }

  /// A specification from its parts.
  ///
  /// Throws `EntropyError.negativeShift` where the shift is below 0 or not finite, `EntropyError.floorOutOfRange` where
  /// the floor is not from 0 to below 1.
  public init(
    system: IndicatorSystem, weighting: Weighting = .annualMean, normalisation: Normalisation = .pooled,
    shift: Double = 0, floor: Double = 0, subIndex: SubIndex = .contribution
  ) throws(EntropyError) {
    guard shift >= 0, shift.isFinite else { throw .negativeShift(shift) }
    guard floor >= 0, floor < 1 else { throw .floorOutOfRange(floor) }
    self.system = system
    self.weighting = weighting
    self.normalisation = normalisation
    self.shift = shift
    self.floor = floor
    self.subIndex = subIndex
  }
}

extension EntropySpecification {
  /// The same variant of the method for another system, or another variant for the same.
  func with(
    system: IndicatorSystem? = nil, weighting: Weighting? = nil, normalisation: Normalisation? = nil,
    shift: Double? = nil
  ) throws(EntropyError) -> EntropySpecification {
    try EntropySpecification(
      system: system ?? self.system, weighting: weighting ?? self.weighting,
      normalisation: normalisation ?? self.normalisation, shift: shift ?? self.shift, floor: floor,
      subIndex: subIndex)
  }
}
