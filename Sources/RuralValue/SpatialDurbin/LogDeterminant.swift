internal import RuralValueNumerics

/// log|I − rW| and its first two derivatives in r.
///
/// They give all the traces that likelihood, information and effects need: tr G = −L′, tr G² = −L″,
/// tr(I − rW)⁻¹ = N + r tr G, with G = W(I − rW)⁻¹.
///
/// - Up to `denseLimit` units with real eigenvalues ω, and for dense weights: L = Σ log(1 − rω), exact everywhere.
/// - Otherwise L(r) − m log(1 − r/r_max), which is smooth where L has its pole, is interpolated at sixteen
///   Chebyshev nodes on pieces that shrink towards the bounds; a piece is computed when it is first needed.
///   At the nodes: sparse Cholesky of I − rS where W is similar to a symmetric S, banded LU otherwise, or a dense LU.
///
/// Source: methods/spatial-durbin.md, item 4; methods/spatial-corrections.md, 3.2. On a grid of 200 × 200 counties the
/// sparse factor takes about 45 ms and 14 MB a node, eight nodes at once; LAPACK's banded Cholesky, on the narrowest
/// band, 225 ms and 64 MB.
final class LogDeterminant {
  /// The largest number of units for which dense N × N matrices are formed.
  static let denseLimit = 500

  /// The largest interval around zero in which I − rW is regular.
  ///
  /// Where eigenvalues are known it is that of the real ones; weights that sum to one in every row otherwise have
  /// −1…1, and others the inverse of the spectral radius on both sides.
  let bounds: ClosedRange<Double>
  /// The eigenvalues of W, where they are known.
  let spectrum: WeightsSpectrum?
  /// Whether the lower bound is −1/|ω| of the largest eigenvalue for want of a negative real one.
  let hasNoNegativeEigenvalue: Bool
  private let weights: SparseMatrix
  private let factorization: Factorization
  private let poles: Double
  private var pieces: [Int: ChebyshevInterpolant] = [:]
  private var totals: [Int: ChebyshevInterpolant] = [:]

  private enum Factorization {
    case symmetric(SymmetricSimilarity, SparseCholesky)
    case banded(BandedLU.Layout)
    case dense(DenseWeights)
  }

  /// Prepares the determinant for these weights, by the algebra that is cheaper for them unless it is given.
  convenience init(_ weights: SpatialWeights, algebra: SpatialAlgebra? = nil) throws(SpatialDurbinError) {
    let scales = SymmetricSimilarity.scales(weights.sparseMatrix)
    guard (algebra ?? SpatialAlgebra(weights.sparseMatrix)) == .dense else {
      try self.init(
        weights, similarity: scales.map { SymmetricSimilarity(weights.sparseMatrix, scales: $0) },
        mayBeDense: algebra == nil)
      return
    }
    try self.init(dense: weights, scales: scales)
  }

  /// Prepares the determinant by sparse algebra; `similarity` is that of `weights.sparseMatrix`.
  convenience init(
    _ weights: SpatialWeights, similarity: SymmetricSimilarity?, mayBeDense: Bool = false
  ) throws(SpatialDurbinError) {
    let isSmall = weights.unitCount <= LogDeterminant.denseLimit
    if let similarity {
      let analysis = SparseCholesky(similarity.matrix)
      if mayBeDense, !isSmall, LogDeterminant.isDenseCheaper(than: analysis) {
        try self.init(dense: weights, scales: similarity.scales)
        return
      }
      // Eight factors are computed at once, while those at the estimate are kept.
      try LogDeterminant.requireMemory(
        elements: Double(analysis.factorCount), bytes: 136 * Double(analysis.factorCount), weights)
      let values = isSmall ? try? SymmetricEigen.values(of: similarity.matrix.dense) : nil
      try self.init(
        weights, .symmetric(similarity, analysis), spectrum: values.map { WeightsSpectrum(real: $0) })
    } else {
      let layout = BandedLU.Layout(weights.sparseMatrix)
      if mayBeDense, !isSmall, LogDeterminant.isDenseCheaper(than: layout, size: weights.unitCount) {
        try self.init(dense: weights, scales: nil)
        return
      }
      let elements = Double(3 * layout.bandwidth + 1) * Double(weights.unitCount)
      try LogDeterminant.requireMemory(elements: elements, bytes: 16 * elements, weights)
      try self.init(weights, .banded(layout), spectrum: nil)
    }
  }

  /// Whether the N³ of a tridiagonal form are cheaper than the sparse factors at the nodes of the pieces that a call needs.
  ///
  /// Measured here with bands of distance (CPU of `sdm` with its tests, sparse and dense): 4 % of all links .36 and .57 s
  /// at N = 1,500, 2.0 and 2.6 s at 2,850; 8 % .72 and .50 s at 1,500.
  private static func isDenseCheaper(than analysis: SparseCholesky) -> Bool {
    let size = Double(analysis.size)
    return analysis.size <= SpatialAlgebra.denseLimit && 80 * analysis.operationCount > size * size * size
  }

  /// Whether a band's LU has as many elements as W with all its zeros.
  private static func isDenseCheaper(than layout: BandedLU.Layout, size: Int) -> Bool {
    size <= SpatialAlgebra.denseLimit && 3 * layout.bandwidth > size
  }

  private convenience init(dense weights: SpatialWeights, scales: [Double]?) throws(SpatialDurbinError) {
    let dense = try DenseWeights(weights.sparseMatrix, scales: scales)
    try self.init(weights, .dense(dense), spectrum: WeightsSpectrum(dense))
  }

  private init(
    _ weights: SpatialWeights, _ factorization: Factorization, spectrum: WeightsSpectrum?
  ) throws(SpatialDurbinError) {
    self.weights = weights.sparseMatrix
    self.factorization = factorization
    self.spectrum = spectrum
    let eigenvalues = spectrum?.realValues
    let lowest = eigenvalues?.first
    hasNoNegativeEigenvalue = spectrum?.imaginary != nil && (lowest ?? 0) >= 0
    let known = hasNoNegativeEigenvalue ? nil : lowest
    if weights.isRowStandardised {
      poles = spectrum == nil ? Double(LogDeterminant.componentCount(weights)) : 1
      bounds = known.map { 1 / min($0, -1e-3) }.map { $0...1 } ?? -1...1
    } else {
      poles = 1
      let radius = eigenvalues?.last ?? weights.spectralRadius
      guard radius > 0 else { throw .noLinks }
      let low = known.map { 1 / min($0, -1e-3 * radius) } ?? -1 / radius
      bounds = low...(1 / radius)
    }
  }

  /// The number of connected components that are no islands: so many eigenvalues of row-standardised weights are one.
  private static func componentCount(_ weights: SpatialWeights) -> Int {
    let islands = Set(weights.islandPositions)
    let components = weights.components
    return Set(components.indices.filter { !islands.contains($0) }.map { components[$0] }).count
  }

  /// The eigenvalues of W, ascending, where they are known and all real.
  var eigenvalues: [Double]? { spectrum?.imaginary == nil ? spectrum?.real : nil }

  /// Whether values at any r are sums over eigenvalues, and cost next to nothing.
  var isExact: Bool { spectrum != nil }

  /// W with all its zeros, where dense algebra serves it.
  var dense: DenseWeights? {
    if case .dense(let weights) = factorization { weights } else { nil }
  }

  /// Whether W is similar to a symmetric matrix.
  var isSymmetric: Bool {
    switch factorization {
    case .symmetric: true
    case .banded: false
    case .dense(let weights): weights.scales != nil
    }
  }

  /// Throws where the factor of I − ρW would not fit.
  private static func requireMemory(
    elements: Double, bytes: Double, _ weights: SpatialWeights
  ) throws(SpatialDurbinError) {
    try MemoryLimit.require(
      bytes: bytes,
      for:
        "The triangular factor of I − ρW, with \(grouped(elements)) elements for \(grouped(weights.unitCount)) units"
        + " and \(grouped(weights.linkCount)) weights,",
      remedy: "Take weights with fewer links, such as contiguity, knn:K or a nearer limit of distance",
      orThrow: SpatialDurbinError.tooLarge)
  }

  /// log|I − rW| and its first and second derivative.
  func callAsFunction(_ r: Double) throws(SpatialDurbinError) -> (
    value: Double, first: Double, second: Double
  ) {
    if let spectrum { return spectrum.logDeterminant(r) }
    let piece = try piece(containing: r)
    let gap = 1 - r / bounds.upperBound
    let slope = 1 / bounds.upperBound
    return (
      piece.derivative(0, at: r) + poles * log(gap),
      piece.derivative(1, at: r) - poles * slope / gap,
      piece.derivative(2, at: r) - poles * slope * slope / (gap * gap)
    )
  }

  /// 1′G1 with G = W(I − rW)⁻¹, and its derivative 1′G²1, interpolated like the determinant where S has no tridiagonal
  /// form that gives it.
  func multiplierTotal(_ r: Double) throws(SpatialDurbinError) -> (value: Double, derivative: Double) {
    if let totals = spectrum?.totals {
      do { return try totals(r) } catch { throw .singularFilter(rho: r) }
    }
    let piece = try totalPiece(pieceNumber(r))
    let gap = 1 - r / bounds.upperBound
    let value = piece.derivative(0, at: r) / gap
    return (value, (piece.derivative(1, at: r) + value / bounds.upperBound) / gap)
  }

  /// ∫₀^r 1′G(s)1 ds, by Fejér's rule on each of the pieces between.
  func multiplierIntegral(_ r: Double) throws(SpatialDurbinError) -> Double {
    let count = 32
    let last = pieceNumber(r)
    var sum = 0.0
    for number in last < 0 ? Array(last...0) : Array(0...last) {
      let whole = interval(number)
      // From the piece's end that is nearer to zero, or zero itself, to its other end, or r itself.
      let start = number == 0 ? 0 : r > 0 ? whole.lowerBound : whole.upperBound
      let end = number == last ? r : r > 0 ? whole.upperBound : whole.lowerBound
      let half = 0.5 * (end - start)
      for j in 0..<count {
        let angle = .pi * (Double(j) + 0.5) / Double(count)
        var weight = 1.0
        for k in 1..<(count / 2) { weight -= 2 * cos(2 * Double(k) * angle) / Double(4 * k * k - 1) }
        // The last term of an even rule counts half, and is zero at these nodes.
        sum +=
          2 / Double(count) * weight * half * (try multiplierTotal(start + half * (1 - cos(angle))).value)
      }
    }
    return sum
  }

  private func totalPiece(_ number: Int) throws(SpatialDurbinError) -> ChebyshevInterpolant {
    if let known = totals[number] { return known }
    let interval = interval(number)
    let ones = [Double](repeating: 1, count: weights.size)
    var values: [Double] = []
    for node in ChebyshevInterpolant.nodes(16, in: interval) {
      let filter = try inverse(node)
      values.append(weights.times(filter.solve([ones])[0]).pairwiseSum * (1 - node / bounds.upperBound))
    }
    let piece = ChebyshevInterpolant(values: values, in: interval)
    totals[number] = piece
    return piece
  }

  /// I − ρW as a solver.
  func inverse(_ rho: Double) throws(SpatialDurbinError) -> SpatialInverse {
    do {
      switch factorization {
      case .symmetric(let similarity, let analysis):
        return SpatialInverse(
          .cholesky(
            try analysis.factor(SparseCholesky.Lanes(repeating: rho)), scales: similarity.scales))
      case .banded(let layout):
        return SpatialInverse(.banded(try BandedLU(identityMinus: rho, times: weights, layout: layout)))
      case .dense(let weights): return SpatialInverse(.dense(try weights.factor(rho)))
      }
    } catch {
      throw .singularFilter(rho: rho)
    }
  }

  private func piece(containing r: Double) throws(SpatialDurbinError) -> ChebyshevInterpolant {
    let number = pieceNumber(r)
    if let known = pieces[number] { return known }
    let interval = interval(number)
    let nodes = ChebyshevInterpolant.nodes(16, in: interval)
    var values = try determinants(at: nodes)
    for (index, node) in nodes.enumerated() { values[index] -= poles * log(1 - node / bounds.upperBound) }
    let piece = ChebyshevInterpolant(values: values, in: interval)
    pieces[number] = piece
    return piece
  }

  private func determinants(at nodes: [Double]) throws(SpatialDurbinError) -> [Double] {
    var values: [Double] = []
    switch factorization {
    case .symmetric(_, let analysis):
      do { values = try analysis.logDeterminants(nodes) } catch { throw .singularFilter(rho: nodes[0]) }
    case .banded(let layout):
      for node in nodes {
        guard let factor = try? BandedLU(identityMinus: node, times: weights, layout: layout),
          factor.logDeterminant.isPositive
        else { throw .singularFilter(rho: node) }
        values.append(factor.logDeterminant.logarithm)
      }
    case .dense(let weights):
      for node in nodes {
        guard let value = try? weights.factor(node).logDeterminant else { throw .singularFilter(rho: node) }
        values.append(value)
      }
    }
    return values
  }

  /// 0 for the middle third of the bounds; ±k for the k-th piece above or below, each half as near the bound.
  func pieceNumber(_ r: Double) -> Int {
    let share = r / (r < 0 ? -bounds.lowerBound : bounds.upperBound)
    let distance = max(1 - abs(share), 1e-9)
    let number = max(0, Int((log2((2.0 / 3) / distance)).rounded(.up)))
    return share < 0 ? -number : number
  }

  /// The piece of the bounds that has this number.
  func interval(_ number: Int) -> ClosedRange<Double> {
    if number == 0 { return (bounds.lowerBound / 3)...(bounds.upperBound / 3) }
    let depth = abs(number)
    let near = 1 - (2.0 / 3) * exp2(Double(1 - depth))
    let far = 1 - (2.0 / 3) * exp2(Double(-depth))
    return number > 0
      ? (near * bounds.upperBound)...(far * bounds.upperBound)
      : (far * bounds.lowerBound)...(near * bounds.lowerBound)
  }
}
