internal import RuralValueNumerics

/// The inverse of I − ρW at one ρ, as a solver; no inverse is formed.
struct SpatialInverse {
  private let factor: Factor

  /// What is solved with.
  enum Factor {
    case cholesky(SparseFactor, scales: [Double])
    case banded(BandedLU)
    case dense(DenseFactor)
  }

  init(_ factor: Factor) { self.factor = factor }

  /// (I − ρW)⁻¹x, or (I − ρW′)⁻¹x, for each vector x.
  func solve(_ vectors: [[Double]], transposed: Bool = false) -> [[Double]] {
    switch factor {
    case .banded(let factor):
      let solution = factor.solve(Matrix(columns: vectors), transposed: transposed)
      return (0..<vectors.count).map { solution.column($0) }
    case .dense(let factor):
      // The factor has one size, and so do the vectors.
      return (try? factor.solve(vectors, transposed: transposed)) ?? vectors
    case .cholesky(let factor, let scales):
      return solve(vectors, factor, scales: transposed ? scales.map { 1 / $0 } : scales)
    }
  }

  /// I − ρW = Δ^−½ (I − ρS) Δ^½, eight right-hand sides at a time.
  private func solve(_ vectors: [[Double]], _ factor: SparseFactor, scales: [Double]) -> [[Double]] {
    var result: [[Double]] = []
    for first in stride(from: 0, to: vectors.count, by: SparseCholesky.lanes) {
      let batch = vectors[first..<min(vectors.count, first + SparseCholesky.lanes)]
      var right = [SparseCholesky.Lanes](repeating: .zero, count: scales.count)
      for (lane, vector) in batch.enumerated() {
        for i in scales.indices { right[i][lane] = scales[i] * vector[i] }
      }
      let left = factor.solve(right)
      for lane in batch.indices.map({ $0 - first }) {
        result.append(scales.indices.map { left[$0][lane] / scales[$0] })
      }
    }
    return result
  }
}

/// What the expected information and clustered scores need of G = W(I − ρW)⁻¹ beyond its traces.
///
/// G of sparse weights is taken eight columns at a time and never kept: the time is that of N sparse solves, the memory
/// that of one factor. That of dense weights is formed whole.
struct MultiplierColumns {
  /// The diagonal of G.
  let diagonal: [Double]
  /// tr G′H = Σ_ij G_ij H_ij.
  let crossProduct: Double
  /// tr GH.
  let product: Double
  /// The diagonal of HG: of G² where both are at one ρ.
  let productDiagonal: [Double]
  /// The column sums 1′G and 1′H.
  let columnSums: ([Double], [Double])

  /// The columns of G at ρ, and beside them those of H, which is G at λ.
  init(_ system: SpatialSystem, rho: Double, lambda: Double) throws {
    if let dense = system.lag.dense {
      let first = try dense.multiplier(rho)
      self.init(first, lambda == rho ? first : try dense.multiplier(lambda))
      return
    }
    let size = system.unitCount
    let weights = system.lag.matrices[0]
    let first = try system.inverse(rho)
    let second = lambda == rho ? first : try system.inverse(lambda)
    var diagonal = [Double](repeating: 0, count: size)
    var sums = [Double](repeating: 0, count: size)
    var otherSums = sums
    var squares = sums
    var cross = CompensatedSum()
    var product = CompensatedSum()
    let transposed = weights.transposed
    let progress = ProgressReport.steps(size, Phrase("columns of the information", zh: "列信息矩阵"))
    for start in stride(from: 0, to: size, by: SparseCholesky.lanes) {
      progress.done(start)
      let block = start..<min(size, start + SparseCholesky.lanes)
      let units = block.map { j in (0..<size).map { $0 == j ? 1.0 : 0 } }
      let columns = first.solve(units).map { weights.times($0) }
      let others = lambda == rho ? columns : second.solve(units).map { weights.times($0) }
      // The rows of H, that is the columns of H′ = (I − λW′)⁻¹W′.
      let rows = second.solve(units, transposed: true).map { transposed.times($0) }
      for (lane, j) in block.enumerated() {
        diagonal[j] = columns[lane][j]
        sums[j] = columns[lane].pairwiseSum
        otherSums[j] = others[lane].pairwiseSum
        cross.add(columns[lane].innerProduct(with: others[lane]))
        squares[j] = columns[lane].innerProduct(with: rows[lane])
        product.add(squares[j])
      }
    }
    self.init(
      diagonal: diagonal, crossProduct: cross.value, product: product.value, productDiagonal: squares,
      columnSums: (sums, otherSums))
  }

  /// The same of G and H with all their elements.
  private init(_ g: Matrix, _ h: Matrix) {
    let ones = [Double](repeating: 1, count: g.rowCount)
    self.init(
      diagonal: g.diagonal, crossProduct: g.elements.innerProduct(with: h.elements),
      product: g.traceOfProduct(with: h),
      productDiagonal: (0..<g.rowCount).map { h.row($0).innerProduct(with: g.column($0)) },
      columnSums: (g.transposedTimes(ones), h.transposedTimes(ones)))
  }

  private init(
    diagonal: [Double], crossProduct: Double, product: Double, productDiagonal: [Double],
    columnSums: ([Double], [Double])
  ) {
    self.diagonal = diagonal
    self.crossProduct = crossProduct
    self.product = product
    self.productDiagonal = productDiagonal
    self.columnSums = columnSums
  }

  /// tr G′H + tr GH of the lag's score, of what effects of periods leave where they are transformed away:
  /// tr G′M₀H + tr M₀GM₀H with M₀ = I − 11′/N.
  func lagTraces(
    _ transformation: LeeYuTransformation, _ system: SpatialSystem, rho: Double, lambda: Double
  ) throws -> Double {
    guard transformation.removesPeriods else { return crossProduct + product }
    let n = Double(diagonal.count)
    let projected = columnSums.0.innerProduct(with: columnSums.1) / n
    if let c = system.commonRowSum {
      return crossProduct - projected + product - c * c / ((1 - c * rho) * (1 - c * lambda))
    }
    // tr M₀GM₀G = tr G² − 2·1′G²1/N + (1′G1/N)².
    let mean = try system.meanMultiplier(rho)
    return crossProduct - projected + product - 2 * mean.derivative + mean.value * mean.value
  }

  /// ½ tr (M_g(H + H′)M_g)², which is tr H² + tr H′H where effects of periods are not transformed away.
  ///
  /// With Hg = d, S = H + H′ and γ = g′g it is tr H² + tr H′H − ‖Sg‖²/γ + ½(g′Sg/γ)².
  func errorTraces(
    _ transformation: LeeYuTransformation, _ system: SpatialSystem, lambda: Double
  ) throws -> Double {
    guard transformation.removesPeriods else { return crossProduct + product }
    if system.commonRowSum != nil {
      return try lagTraces(transformation, system, rho: lambda, lambda: lambda)
    }
    let filter = FilteredPeriods(system)
    let (g, length) = (filter.vector(lambda), filter.squaredLength(lambda))
    // H′g = (I − λW′)⁻¹W′g.
    let lagged = system.lag.matrices[0].transposedTimes(g)
    let transposed = try system.inverse(lambda).solve([lagged], transposed: true)[0]
    let sum = system.rowSums.plus(transposed)
    let quadratic = g.innerProduct(with: sum) / length
    return crossProduct + product - sum.innerProduct(with: sum) / length + 0.5 * quadratic * quadratic
  }
}
