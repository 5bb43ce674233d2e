/// A weight that falls with distance, one at no distance.
public enum DistanceKernel: String, Sendable, CaseIterable {
  /// 1 − u.
  case triangular
  /// 1 − u².
  case epanechnikov
  /// (1 − u²)², also called quartic.
  case bisquare
  /// exp(−u² / 2), cut off at u = 3, where it is 0.011.
  case gaussian

  /// Reads a name; `quartic` is another for bisquare.
  public init?(name: Substring) {
    guard let kernel = name == "quartic" ? .bisquare : DistanceKernel(rawValue: String(name)) else {
      return nil
    }
    self = kernel
  }

  /// How many bandwidths it reaches.
  var reach: Double { self == .gaussian ? 3 : 1 }

  /// The weight at a distance of u bandwidths; zero from its reach on, but for the gaussian, which is cut there.
  func weight(_ u: Double) -> Double {
    guard u <= reach else { return 0 }
    let rest = max(0, 1 - u * u)
    return switch self {
    case .triangular: max(0, 1 - u)
    case .epanechnikov: rest
    case .bisquare: rest * rest
    case .gaussian: realExponential(-u * u / 2)
    }
  }
}

/// How far a kernel reaches.
public enum KernelBandwidth: Sendable, Equatable {
  /// The same for all units, in kilometres or units of planar coordinates.
  case distance(Double)
  /// For each unit the distance to its k-th nearest neighbour.
  case neighbours(Int)
}
