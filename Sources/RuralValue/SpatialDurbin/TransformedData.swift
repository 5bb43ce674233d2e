internal import RuralValueNumerics

/// y, Z and their spatial lags with the fixed effects taken out, n·t rows of them in period-major order.
///
/// Only what a model needs is there: Wy for a lag or an error process, WWy for both, WZ for an error process.
struct TransformedData: Sendable {
  let z: [[Double]]
  let y: [Double]
  let wy: [Double]?
  let wwy: [Double]?
  let wz: [[Double]]?
  /// Wy with the weights of Wu, where these are others than those of Wy.
  let errorLag: [Double]?

  /// The columns; `ofErrors` is the lag of Wu, where it is another.
  init(
    _ design: SpatialDesign, _ sample: SpatialSample, lag: SpatialLag, ofErrors: SpatialLag? = nil,
    process: SpatialProcess, _ effects: Demeaning
  ) {
    let lagged = process.isSpatial ? lag(sample.outcome) : nil
    z = effects(design.values)
    y = effects(sample.outcome)
    wy = lagged.map { effects($0) }
    let errors = ofErrors ?? lag
    wwy = process.hasLag && process.hasError ? lagged.map { effects(errors($0)) } : nil
    wz = process.hasError ? design.values.map { effects(errors($0)) } : nil
    errorLag = process.hasOwnErrorLag ? effects(errors(sample.outcome)) : nil
  }

  /// All columns side by side: Z, y, Wy, WWy, Wy with the weights of Wu where these are others, WZ.
  var columns: [[Double]] {
    z + [y] + [wy, wwy, errorLag].compactMap(\.self) + (wz ?? [])
  }

  /// The errors ε = (I − λW)((I − ρW)y − Zb), demeaned.
  func errors(_ point: SpatialPoint, _ b: [Double]) -> [Double] {
    var result = y
    if let wy { result.add(wy, scale: errorLag == nil ? -point.rho - point.lambda : -point.rho) }
    if let errorLag { result.add(errorLag, scale: -point.lambda) }
    if let wwy { result.add(wwy, scale: point.rho * point.lambda) }
    for (position, value) in b.enumerated() {
      result.add(z[position], scale: -value)
      if let wz { result.add(wz[position], scale: point.lambda * value) }
    }
    return result
  }
}

/// Which spatial processes a likelihood has.
struct SpatialProcess: Sendable, Equatable {
  /// y depends on Wy, with ρ.
  let hasLag: Bool
  /// The errors depend on those of the neighbours, with λ.
  let hasError: Bool
  /// Whether there are both, and each has its own weights.
  var hasOwnErrorLag = false

  var isSpatial: Bool { hasLag || hasError }
}

/// A point of the concentrated likelihood; what a model does not have stays at its neutral value.
struct SpatialPoint: Sendable, Equatable {
  /// ρ, of Wy.
  var rho = 0.0
  /// λ, of Wu.
  var lambda = 0.0
  /// θ of random effects, the weight of a unit's mean: 1/√(1 + Tσ²_μ/σ²); 1 without them.
  var theta = 1.0
}
