internal import RuralValueNumerics

/// The covariance of a linear fit, V = q · B M B, by the rule that was asked for.
///
/// | rule | M | q | reference |
/// | --- | --- | --- | --- |
/// | classical | σ²(X̂′X̂) | 1 | t(n − K) |
/// | robust | Σ s s′ | n/(n − K) | t(n − K) |
/// | cluster | Σ_g S_g S_g′ | G/(G − 1) · (n − 1)/(n − K_c) | t(G − 1) |
/// | two ways | M_a + M_b − M_ab, then no negative eigenvalue | the same, G = min | t(min G − 1) |
/// | Driscoll–Kraay | Γ₀ + Σ_j (1 − j/(m + 1))(Γ_j + Γ_j′) of h_t = Σ_i s_it | T/(T − 1) · (n − 1)/(n − K) | t(T − 1) |
/// | Conley | Σ_ij K(d_ij) S_i S_j′ | as clusters of units | t(N − 1) |
///
/// K counts slopes, the constant and the rank of all effects; K_c leaves out effects whose groups lie within clusters,
/// and then counts one constant.
///
/// Sources: Arellano (1987); Cameron, Gelbach and Miller (2011); Driscoll and Kraay (1998); Conley (1999);
/// methods/fixed-effects.md, section 2, with what other programs do.
struct LinearCovariance: Sendable {
  /// V, k × k.
  let matrix: Matrix
  /// What has to be said of it.
  let summary: LinearErrorSummary

  /// What a covariance needs to know besides the fit.
  struct Setting {
    let rule: FixedEffectsSpecification.StandardError
    let clusters: [LinearSample.Groups]
    let units: Grouping
    let periods: Grouping
    let ways: [LinearSample.Groups]
    /// The rank of all effects.
    let absorbedRank: Int
    let lags: Int?
    let distances: PlaceDistances?
    let unitColumn: String
    /// Whether sandwiches are multiplied by q; else q is 1.
    var hasFactor = true

    /// The number of clusters of each column on which the errors rest.
    var clusterCounts: [Int] {
      switch rule {
      case .cluster, .bootstrap: [clusters[0].grouping.usedGroupCount]
      case .twoWayCluster: clusters.map(\.grouping.usedGroupCount)
      case .conley: [units.usedGroupCount]
      case .classical, .robust, .driscollKraay: []
      }
    }

    var bandwidth: Int { lags ?? LinearCovariance.bandwidth(periods.usedGroupCount) }

    /// The degrees of freedom of t, for n rows and a K of all coefficients and effects.
    func degreesOfFreedom(n: Int, full: Int) -> Int {
      switch rule {
      case .classical, .robust: n - full
      case .driscollKraay: periods.usedGroupCount - 1
      case .cluster, .bootstrap, .twoWayCluster, .conley: clusterCounts.min()! - 1
      }
    }

    /// The same with so many more columns partialled out.
    func counting(_ more: Int) -> Setting {
      Setting(
        rule: rule, clusters: clusters, units: units, periods: periods, ways: ways,
        absorbedRank: absorbedRank + more, lags: lags, distances: distances, unitColumn: unitColumn,
        hasFactor: hasFactor)
    }
  }

  init(_ fit: LinearFit, _ setting: Setting) throws {
    let n = fit.scores.rowCount
    let k = fit.parameterCount
    let full = k + setting.absorbedRank
    guard n > full else { throw FixedEffectsError.tooFewObservations(observations: n, parameters: full) }
    let (q, counted) = try Self.factor(setting, n: n, k: k)
    var isRepaired = false
    var conley: ConleySummary?
    switch setting.rule {
    case .classical:
      matrix = fit.residualSumOfSquares / Double(n - full) * fit.bread
    case .conley(let cutoff):
      let sums = Self.sums(fit.scores, setting.units)
      let errors = try ConleyErrors(
        bread: q.squareRoot() * fit.bread, Self.distances(setting), cutoff: cutoff,
        parameters: fit.parameters
      ) { sums.crossProduct(weightedBy: $0) }
      matrix = errors.covariance
      conley = errors.summary
    default:
      let plain = q * (fit.bread * (try Self.meat(fit.scores, setting)) * fit.bread).symmetrised
      if setting.rule == .twoWayCluster {
        (matrix, isRepaired) = try Self.withoutNegativeEigenvalues(plain)
      } else {
        matrix = plain
      }
    }
    let counts = setting.clusterCounts
    summary = LinearErrorSummary(
      setting.rule, counted: counted, factor: q, degreesOfFreedom: setting.degreesOfFreedom(n: n, full: full),
      clusters: counts, names: counts.isEmpty ? [] : setting.clusters.prefix(counts.count).map(\.column),
      isByUnit: setting.clusters[0].column == setting.unitColumn,
      lags: setting.rule == .driscollKraay ? setting.bandwidth : nil,
      periods: setting.rule == .driscollKraay ? setting.periods.usedGroupCount : nil,
      isRepaired: isRepaired, conley: conley)
  }

  /// The covariance that draws of clusters give, in the place of another.
  init(_ matrix: Matrix, draws: Int, _ other: LinearCovariance) {
    var summary = other.summary
    summary.bootstrapDraws = draws
    self.matrix = matrix
    self.summary = summary
  }

  /// ⌊4(T/100)^{2/9}⌋, for fewer than T lags.
  static func bandwidth(_ periods: Int) -> Int {
    min(max(periods - 1, 0), Int((4 * pow(Double(periods) / 100, 2.0 / 9)).rounded(.down)))
  }

  /// q and the K that it counts, for k coefficients beside the effects.
  static func factor(_ setting: Setting, n: Int, k: Int) throws -> (factor: Double, counted: Int) {
    let full = k + setting.absorbedRank
    guard n > full else { throw FixedEffectsError.tooFewObservations(observations: n, parameters: full) }
    guard setting.hasFactor else { return (1, full) }
    switch setting.rule {
    case .classical: return (1, full)
    case .robust: return (Double(n) / Double(n - full), full)
    case .driscollKraay:
      let (t, lags) = (setting.periods.usedGroupCount, setting.bandwidth)
      guard t > 1, lags < t else { throw FixedEffectsError.tooManyLags(lags: lags, periods: t) }
      return (Double(t) / Double(t - 1) * Double(n - 1) / Double(n - full), full)
    case .cluster, .bootstrap, .twoWayCluster, .conley: break
    }
    let clusters = setting.rule == .twoWayCluster ? setting.clusters : [setting.clusters[0]]
    for one in clusters where one.grouping.usedGroupCount < 2 {
      throw FixedEffectsError.oneCluster(column: one.column)
    }
    let nested = setting.ways.map(\.grouping).filter { way in
      clusters.contains { isNested(way, in: $0.grouping) }
    }
    let nestedRank = nested.isEmpty ? 0 : Demeaning(nested.map { $0.weighted(nil) }).rank
    let counted = full - nestedRank + (nested.isEmpty ? 0 : 1)
    let count = Double(setting.clusterCounts.min()!)
    return (count / (count - 1) * Double(n - 1) / Double(n - counted), counted)
  }

  /// M of scores, n × m, by the rule, before any factor; of classical errors that of robust ones.
  static func meat(_ scores: Matrix, _ setting: Setting) throws -> Matrix {
    switch setting.rule {
    case .classical, .robust: return scores.crossProduct
    case .cluster, .bootstrap: return meat(scores, setting.clusters[0].grouping)
    case .twoWayCluster:
      let (a, b) = (setting.clusters[0].grouping, setting.clusters[1].grouping)
      return meat(scores, a) + meat(scores, b) - meat(scores, intersection(a, b))
    case .driscollKraay: return meat(scores, periods: setting.periods, lags: setting.bandwidth)
    case .conley(let cutoff):
      let distances = try distances(setting)
      let reach = distances.reach(cutoff)
      return sums(scores, setting.units).crossProduct { i, j in
        let chord = distances.squaredChord(i, j)
        guard distances.isWithin(reach, squaredChord: chord) else { return 0 }
        return ConleyKernel.bartlett(distances.distance(squaredChord: chord) / cutoff)
      }
    }
  }

  private static func distances(_ setting: Setting) throws -> PlaceDistances {
    guard let distances = setting.distances else {
      throw FixedEffectsError.notOffered(
        "Conley's errors need to know where the units lie; expected \(RuralValue.Setting("coordinates")) X,Y or"
          + " \(RuralValue.Setting("places")) FILE.")
    }
    return distances
  }

  /// Whether every group lies within one cluster.
  static func isNested(_ way: Grouping, in clusters: Grouping) -> Bool {
    var clusterOfGroup = [Int](repeating: -1, count: way.sizes.count)
    for (group, cluster) in zip(way.groupOfRow, clusters.groupOfRow) {
      if clusterOfGroup[group] < 0 {
        clusterOfGroup[group] = cluster
      } else if clusterOfGroup[group] != cluster {
        return false
      }
    }
    return true
  }

  /// S, one row a group and one column a parameter.
  static func sums(_ scores: Matrix, _ groups: Grouping) -> Matrix {
    Matrix(columns: (0..<scores.columnCount).map { groups.sums(scores.column($0)) })
  }

  /// Σ_g S_g S_g′.
  static func meat(_ scores: Matrix, _ groups: Grouping) -> Matrix { sums(scores, groups).crossProduct }

  /// Γ₀ + Σ_j (1 − j/(m + 1))(Γ_j + Γ_j′) of the periods that are there, in their order.
  static func meat(_ scores: Matrix, periods: Grouping, lags: Int) -> Matrix {
    let present = periods.sizes.indices.filter { periods.sizes[$0] > 0 }
    let sums = sums(scores, periods).selectingRows(present)
    var meat = sums.crossProduct
    for lag in stride(from: 1, through: lags, by: 1) {
      let later = sums.selectingRows(Array(lag..<sums.rowCount))
      let earlier = sums.selectingRows(Array(0..<(sums.rowCount - lag)))
      let products = later.transposedTimes(earlier)
      meat.add(products + products.transposed, scale: 1 - Double(lag) / Double(lags + 1))
    }
    return meat
  }

  /// The groups that two sets have in common.
  static func intersection(_ a: Grouping, _ b: Grouping) -> Grouping {
    var numbers: [Int: Int] = [:]
    let width = b.sizes.count
    let groups = zip(a.groupOfRow, b.groupOfRow).map { first, second in
      let key = first * width + second
      if let number = numbers[key] { return number }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
    return Grouping(groups, groupCount: numbers.count)
  }

  /// The matrix with zero in the place of negative eigenvalues, and whether there were any.
  static func withoutNegativeEigenvalues(_ matrix: Matrix) throws -> (Matrix, Bool) {
    let eigen = try SymmetricEigen(matrix)
    guard let lowest = eigen.values.first, let highest = eigen.values.last, lowest < -1e-14 * highest else {
      return (matrix, false)
    }
    let positive = eigen.vectors.scalingColumns(by: eigen.values.map { max(0, $0).squareRoot() })
    return (positive.timesTransposed(positive), true)
  }
}
