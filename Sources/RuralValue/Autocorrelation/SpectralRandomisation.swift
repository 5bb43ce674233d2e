internal import RuralValueNumerics

/// Surrogates of a variable with its mean, its variance and its Moran's I.
///
/// z − z̄ = Σ c_k v_k, with v_k the eigenvectors of H A H, A the links made symmetric, H = I − 11′/n. A surrogate is
/// z̄ + Σ ± c_k v_k with signs at random. Where an eigenvalue is repeated no basis is better than another, and what
/// LAPACK gives differs between processors: there the part of z in the space of that eigenvalue is turned into a
/// direction drawn at random, which keeps the same three and is the sign of a single vector. So a surrogate
/// depends on the data and the seed alone, up to rounding.
/// Source: Wagner & Dray (2015).
struct SpectralRandomisation {
  /// The eigenvalues of H A H, ascending, but for the zero that belongs to the mean; n − 1.
  let eigenvalues: [Double]
  /// Their vectors, n × (n − 1), each with the sum zero.
  let vectors: Matrix
  /// The places of eigenvalues that are one.
  let spaces: [Range<Int>]

  /// The eigenvectors of weights; only who is a neighbour counts, and a link that runs one way counts half.
  ///
  /// Throws `MemoryLimitError` where the matrices would not fit, and where LAPACK does not converge.
  init(_ weights: SpatialWeights) throws {
    let n = weights.unitCount
    precondition(n > 1, "One unit has no neighbours.")
    try MemoryLimit.require(
      bytes: 48 * Double(n) * Double(n),
      for: "The eigenvectors of the links among \(grouped(n)) units, for \(Setting("overlap")),",
      remedy: "Take fewer units")
    let links = weights.withoutSelf.binary.sparseMatrix
    var matrix = Matrix(rowCount: n, columnCount: n)
    for i in 0..<n {
      for place in links.row(i) {
        let j = Int(links.columns[place])
        matrix[i, j] += 0.5
        matrix[j, i] += 0.5
      }
    }
    let sums = (0..<n).map { matrix.column($0).reduce(0, +) }
    let mean = sums.reduce(0, +) / Double(n * n)
    // The vector of ones is put above all others, so that no space of zeros holds it.
    let lift = (2 * (sums.max() ?? 0) + 1) / Double(n)
    for j in 0..<n {
      for i in 0..<n { matrix[i, j] += lift + mean - (sums[i] + sums[j]) / Double(n) }
    }
    let eigen = try SymmetricEigen(matrix)
    self.init(
      eigenvalues: Array(eigen.values.dropLast()),
      vectors: Matrix(
        rowCount: n, columnCount: n - 1, columnMajor: Array(eigen.vectors.elements[..<(n * (n - 1))])))
  }

  /// A randomisation by vectors that are known, one a column.
  init(eigenvalues: [Double], vectors: Matrix) {
    self.eigenvalues = eigenvalues
    self.vectors = vectors
    let scale = max(abs(eigenvalues[0]), abs(eigenvalues[eigenvalues.count - 1]))
    var spaces: [Range<Int>] = []
    for place in eigenvalues.indices {
      if let last = spaces.last, eigenvalues[place] - eigenvalues[place - 1] <= 1e-9 * scale {
        spaces[spaces.count - 1] = last.lowerBound..<place + 1
      } else {
        spaces.append(place..<place + 1)
      }
    }
    self.spaces = spaces
  }

  /// The coefficients c_k = v_k′z of a variable.
  func coefficients(of z: [Double]) -> [Double] { vectors.transposedTimes(z) }

  /// Calls `body` with the number of each surrogate and its deviations from the mean.
  ///
  /// Draw r has a random stream of its own.
  func visitSurrogates(
    of z: [Double], count: Int, _ generator: CounterBasedGenerator, _ body: (Int, [Double]) -> Void
  ) {
    let mean = z.mean
    let own = coefficients(of: z.map { $0 - mean })
    let lengths = spaces.map { space in
      space.reduce(0) { $0 + own[$1] * own[$1] }.squareRoot()
    }
    let progress = ProgressReport.steps(count, Phrase("surrogates", zh: "个替代样本"))
    for first in stride(from: 0, to: count, by: 64) {
      progress.done(first)
      let drawn = (first..<min(first + 64, count)).map { number in
        signed(own, lengths, generator.stream(number))
      }
      let surrogates = vectors.times(Matrix(columns: drawn))
      for place in drawn.indices { body(first + place, surrogates.column(place)) }
    }
  }

  /// The coefficients with signs at random, and within a repeated eigenvalue a direction at random.
  private func signed(
    _ own: [Double], _ lengths: [Double], _ generator: CounterBasedGenerator
  ) -> [Double] {
    var (stream, drawn) = (generator, own)
    // Signs first: they do not depend on the order of the units.
    for space in spaces where space.count == 1 {
      if stream.nextWord() & 1 == 1 { drawn[space.lowerBound].negate() }
    }
    for (space, length) in zip(spaces, lengths) where space.count > 1 {
      // The projection of a direction of all units: the same whatever basis the space has.
      let direction = stream.normals(vectors.rowCount)
      let projected = space.map { column in
        let start = column * vectors.rowCount
        return direction.indices.reduce(0) { $0 + direction[$1] * vectors.elements[start + $1] }
      }
      let norm = projected.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for (place, value) in zip(space, projected) { drawn[place] = length * value / norm }
    }
    return drawn
  }
}
