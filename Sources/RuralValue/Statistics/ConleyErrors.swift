internal import RuralValueNumerics

/// How dependence fades with the distance of two units, as a share u of the cutoff.
public enum ConleyKernel: String, Sendable {
  /// 1 − u: Conley's. It is not positive definite in the plane, so that a variance may come out negative.
  case bartlett
  /// (1 − u)²: positive definite in the plane; taken where the other fails.
  case squared

  /// The weight of a pair at a share of the cutoff; zero from the cutoff on.
  func callAsFunction(_ u: Double) -> Double {
    let rest = max(0, 1 - u)
    switch self {
    case .bartlett: return rest
    case .squared: return rest * rest
    }
  }
}

/// Conley's covariance at a cutoff, at half and at twice the cutoff.
///
/// V = B M(c) B with M(c) = Σ_ij K(d_ij/c) a_i a_j′ and what a model adds to it: a unit's own serial correlation stays in
/// a_i, what the unit adds to the score.
///
/// Source: Conley (1999); methods/spatial-corrections.md, 2.4.
struct ConleyErrors {
  /// At the cutoff that was asked for.
  let covariance: Matrix
  /// What has to be said of it.
  let summary: ConleySummary

  /// `bread` is B, and `meat` M for the weight of each pair of units. Throws `ConleyError` where no kernel gives a
  /// variance.
  init(
    bread: Matrix, _ distances: PlaceDistances, cutoff: Double, parameters: [Parameter],
    meat: ((Int, Int) -> Double) -> Matrix
  ) throws(ConleyError) {
    func matrix(_ kernel: ConleyKernel, _ cutoff: Double) -> Matrix {
      let reach = distances.reach(cutoff)
      let meat = meat { i, j in
        let chord = distances.squaredChord(i, j)
        guard distances.isWithin(reach, squaredChord: chord) else { return 0 }
        return kernel(distances.distance(squaredChord: chord) / cutoff)
      }
      return (bread * meat * bread).symmetrised
    }
    var kernel = ConleyKernel.bartlett
    var asked = matrix(kernel, cutoff)
    if asked.diagonal.contains(where: { $0 < 0 }) {
      kernel = .squared
      asked = matrix(kernel, cutoff)
    }
    if let place = asked.diagonal.firstIndex(where: { !($0 >= 0) }) {
      throw .negativeVariance(parameter: parameters[place].name, kilometres: cutoff)
    }
    covariance = asked
    let others = [matrix(kernel, 0.5 * cutoff), asked, matrix(kernel, 2 * cutoff)]
    summary = ConleySummary(
      cutoff: cutoff, kernel: kernel, nearest: ConleyErrors.nearest(distances),
      errors: zip([0.5, 1, 2], others).map { factor, matrix in
        .init(cutoff: factor * cutoff, standardErrors: matrix.diagonal.map { $0.squareRoot() })
      })
  }

  /// The smallest distance of two units; infinite where there is one unit.
  private static func nearest(_ distances: PlaceDistances) -> Double {
    var square = Double.infinity
    for i in 0..<distances.count {
      for j in 0..<i { square = min(square, distances.squaredChord(i, j)) }
    }
    return square.isFinite ? distances.distance(squaredChord: square) : square
  }
}

/// What has to be known of Conley's errors.
public struct ConleySummary: Sendable, Equatable {
  /// The distance from which on units are independent, in kilometres.
  public let cutoff: Double
  /// How dependence fades up to it.
  public let kernel: ConleyKernel
  /// The distance of the two nearest units in kilometres.
  public let nearest: Double
  /// The errors at half, once and twice the cutoff.
  public let errors: [AtCutoff]

  /// The errors at a cutoff.
  public struct AtCutoff: Sendable, Equatable {
    /// The cutoff in kilometres.
    public let cutoff: Double
    /// The standard error of each parameter; NaN where the kernel gives a negative variance.
    public let standardErrors: [Double]
  }

  /// Whether no two units are within the cutoff, so that the errors are those clustered by unit.
  public var isClustered: Bool { cutoff <= nearest }
}

extension ConleySummary {
  /// The errors at half, once and twice the cutoff, beside each other.
  func table(_ estimates: [Estimate]) -> ResultTable {
    let names = ["std_error_half", "std_error", "std_error_double"]
    return ResultTable(
      name: "errors_by_cutoff", title: Phrase("Standard errors by cutoff", zh: "不同截断距离下的标准误"),
      columns: [.names("term", Phrase("Term", zh: "变量"), estimates.map { WordedName($0.parameter) })]
        + zip(names, errors).map { name, errors in
          let distance = RoundTripNumber.text(errors.cutoff)
          return ResultColumn(
            name, Phrase("\(distance) km", zh: "\(distance) 公里"), .number(errors.standardErrors),
            display: .inference(.error))
        })
  }
}

/// What can keep Conley's errors from being there.
public enum ConleyError: Fault {
  /// No kernel gives a variance.
  case negativeVariance(parameter: String, kilometres: Double)

  /// The numbers are off.
  public var kind: FaultKind { .numerical }

  /// What was found and what to do.
  public var description: String {
    switch self {
    case .negativeVariance(let parameter, let kilometres):
      "Conley's variance of \(parameter) is negative at a cutoff of \(RoundTripNumber.text(kilometres)) km with"
        + " both kernels. Take a smaller cutoff in \(Setting("se")), or \(Setting("se")) cluster."
    }
  }
}

extension Matrix {
  /// Σ_ij K_ij a_i a_j′ of the rows a_i, with K_ii = 1 and a symmetric K.
  func crossProduct(weightedBy kernel: (Int, Int) -> Double) -> Matrix {
    var weighted = self
    for i in 0..<rowCount {
      for j in 0..<i {
        let k = kernel(i, j)
        guard k != 0 else { continue }
        for column in 0..<columnCount {
          weighted[i, column] += k * self[j, column]
          weighted[j, column] += k * self[i, column]
        }
      }
    }
    return transposedTimes(weighted).symmetrised
  }
}
