internal import RuralValueNumerics

/// What the expected information of two processes needs where Wy and Wu have weights of their own.
///
/// With A = I − ρW, B = I − λW₃, G = WA⁻¹ and H = W₃B⁻¹, B and G do not commute: G_b = BGB⁻¹ stands for G. In a
/// transformed likelihood, which needs rows of one sum in both, the traces are those of M₀G_bM₀ and M₀HM₀.
/// G_b and H are formed whole: the time is that of some N³ multiplications, the memory 24N² bytes.
/// Source: methods/spatial-corrections.md, 1.5; Anselin (1988), ch. 6.
struct MixedTraces {
  /// tr G_b² + tr G_b′G_b.
  let lag: Double
  /// tr G_bH + tr G_b′H.
  let shared: Double
  /// tr H² + tr H′H.
  let error: Double

  /// The traces at a fit's ρ and λ. Throws `SpatialDurbinError.tooLarge`.
  init(_ fit: SpatialFit) throws {
    let (system, own) = (fit.system, fit.system.of(.error))
    let size = system.unitCount
    try MemoryLimit.require(
      bytes: 24 * Double(size) * Double(size),
      for: "The information of two processes with weights of their own, over \(grouped(size)) units,",
      remedy: "Take \(Setting("se")) observed", orThrow: SpatialDurbinError.tooLarge)
    let (a, b) = (try system.inverse(fit.point.rho), try own.inverse(fit.point.lambda))
    var g = Matrix(rowCount: size, columnCount: size)
    var h = g
    for start in stride(from: 0, to: size, by: 64) {
      let block = start..<min(size, start + 64)
      let inverse = b.solve(block.map { j in (0..<size).map { $0 == j ? 1.0 : 0 } })
      for (j, (column, solution)) in zip(block, zip(inverse, a.solve(inverse))) {
        let places = (j * size)..<((j + 1) * size)
        h.elements.replaceSubrange(places, with: own.lag.matrices[0].times(column))
        var multiplied = system.lag.matrices[0].times(solution)
        multiplied.add(own.lag.matrices[0].times(multiplied), scale: -fit.point.lambda)
        g.elements.replaceSubrange(places, with: multiplied)
      }
    }
    if fit.transformation.removesPeriods {
      g = MixedTraces.centred(g)
      h = MixedTraces.centred(h)
    }
    func traces(_ x: Matrix, _ y: Matrix) -> Double {
      x.traceOfProduct(with: y) + x.elements.innerProduct(with: y.elements)
    }
    lag = traces(g, g)
    shared = traces(g, h)
    error = traces(h, h)
  }

  /// M₀XM₀.
  private static func centred(_ x: Matrix) -> Matrix {
    let (size, n) = (x.rowCount, Double(x.rowCount))
    let ones = [Double](repeating: 1, count: size)
    let (rows, columns) = ((x * ones).scaled(by: 1 / n), x.transposedTimes(ones).scaled(by: 1 / n))
    let mean = rows.pairwiseSum / n
    var result = x
    for j in 0..<size {
      for i in 0..<size { result[i, j] += mean - rows[i] - columns[j] }
    }
    return result
  }
}
