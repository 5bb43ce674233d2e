internal import RuralValueNumerics

/// Sums over regions of S = A⁻¹(diag b + diag θ W), A = I − ρW, for coefficients that may differ between regimes: for every
/// regime what one unit of its b and of its θ adds, and how that changes with ρ. W of θ may be another than that of A.
///
/// Row i of A⁻¹ is A′⁻¹e_i, and row i of its derivative A⁻¹WA⁻¹ is A′⁻¹W′ times it: two solves a unit, eight at a time, and no
/// inverse.
///
/// Source: methods/spatial-corrections.md, 4.4.
struct RegionalMultipliers {
  /// What one coefficient contributes.
  struct Part {
    /// Σ S_ii over the units of each region.
    var own: [Double]
    /// Σ S_ij over the units i of the row's region and j of the column's.
    var sums: Matrix

    init(_ count: Int) {
      own = [Double](repeating: 0, count: count)
      sums = Matrix(rowCount: count, columnCount: count)
    }
  }

  /// b's and θ's part, and their derivatives in ρ.
  struct Parts {
    var b, theta, bSlope, thetaSlope: Part

    init(_ count: Int) {
      b = Part(count)
      theta = b
      bSlope = b
      thetaSlope = b
    }
  }

  /// The parts of each regime; of one where there are none.
  let regimes: [Parts]
  /// The number of units of each region.
  let sizes: [Int]

  /// The sums at ρ, which is nil for a model without Wy.
  init(
    _ system: SpatialSystem, rho: Double?, regionOfUnit: [Int], regionCount: Int, regimeOfUnit: [Int]?
  ) throws {
    let size = system.unitCount
    let regimeCount = (regimeOfUnit?.max() ?? 0) + 1
    var parts = [Parts](repeating: Parts(regionCount), count: regimeCount)
    let weights = system.lag.matrices[0]
    let regressorWeights = system.regressorWeights?.lag.matrices[0] ?? weights
    let inverse = try rho.map { rho throws in try system.inverse(rho) }
    let progress = ProgressReport.steps(size, Phrase("rows of effects", zh: "行效应矩阵"))
    func masked(_ row: [Double], _ regime: Int) -> [Double] {
      guard let regimeOfUnit else { return row }
      return zip(row, regimeOfUnit).map { $1 == regime ? $0 : 0 }
    }
    func add(_ row: [Double], of unit: Int, to part: inout Part) {
      let region = regionOfUnit[unit]
      part.own[region] += row[unit]
      for (other, value) in row.enumerated() { part.sums[region, regionOfUnit[other]] += value }
    }
    for start in stride(from: 0, to: size, by: SparseCholesky.lanes) {
      progress.done(start)
      let block = start..<min(size, start + SparseCholesky.lanes)
      let units = block.map { j in (0..<size).map { $0 == j ? 1.0 : 0 } }
      let rows = inverse?.solve(units, transposed: true) ?? units
      let slopes = inverse?.solve(rows.map { weights.transposedTimes($0) }, transposed: true)
      for (lane, unit) in block.enumerated() {
        for regime in 0..<regimeCount {
          let row = masked(rows[lane], regime)
          add(row, of: unit, to: &parts[regime].b)
          add(regressorWeights.transposedTimes(row), of: unit, to: &parts[regime].theta)
          guard let slopes else { continue }
          let slope = masked(slopes[lane], regime)
          add(slope, of: unit, to: &parts[regime].bSlope)
          add(regressorWeights.transposedTimes(slope), of: unit, to: &parts[regime].thetaSlope)
        }
      }
    }
    self.regimes = parts
    sizes = (0..<regionCount).map { region in regionOfUnit.count { $0 == region } }
  }
}

/// What a change in one regressor does by region: in the mean of a region's units to themselves, from all others to them, and
/// from them to all others; and how much of it comes from each region.
///
/// S = A⁻¹(bI + θW), or with regimes A⁻¹(diag b + diag θ W). Region r: direct = mean S_ii; spill-in = mean over its units of
/// the row's rest; spill-out = mean of the column's rest. On r from s: Σ_{i∈r, j∈s} S_ij/N_r, the effect on a unit of r of a
/// rise by one in all of s. Weighted with N_r/N, direct effects and spill-ins are the whole's direct and indirect effect.
/// Errors by the delta method.
struct RegionalEffects {
  /// The regressors.
  let terms: [String]
  /// For each term, by region: direct, spill-in, spill-out.
  let kinds: [[[EffectValue]]]
  /// For each term and region, the effect from each region.
  let pairs: [[[EffectValue]]]
  /// For each term: direct, indirect and total of the whole.
  let whole: [[EffectValue]]

  /// The effects of a static model with weights that do not change over time.
  init(_ fit: SpatialFit, names: [String], regions: UnitClusters, regimes: UnitClusters?) throws {
    let multipliers = try RegionalMultipliers(
      fit.system, rho: fit.process.hasLag ? fit.point.rho : nil, regionOfUnit: regions.clusterOfUnit,
      regionCount: regions.count, regimeOfUnit: regimes?.clusterOfUnit)
    let count = fit.parameterCount
    let rho = fit.process.hasLag ? fit.coefficients.count : nil
    let regressors = fit.design.regressors
    terms = regressors.map { names[$0] }
    let regimeCount = multipliers.regimes.count
    func sum(_ regressor: Int, _ functional: (RegionalMultipliers.Part) -> Double) -> EffectValue {
      var result = EffectValue(parameterCount: count)
      for regime in 0..<regimeCount {
        let parts = multipliers.regimes[regime]
        let columns: [(SpatialDesign.Column, RegionalMultipliers.Part, RegionalMultipliers.Part)] = [
          (
            regimes == nil ? .regressor(regressor) : .regimeRegressor(regressor, regime), parts.b,
            parts.bSlope
          ),
          (
            regimes == nil ? .durbin(regressor) : .regimeDurbin(regressor, regime), parts.theta,
            parts.thetaSlope
          ),
        ]
        for (column, level, slope) in columns {
          guard let place = fit.design.position(of: column) else { continue }
          let (coefficient, multiplier) = (fit.coefficients[place], functional(level))
          result.value += coefficient * multiplier
          result.gradient[place] += multiplier
          if let rho { result.gradient[rho] += coefficient * functional(slope) }
        }
      }
      return result
    }
    let sizes = multipliers.sizes.map(Double.init)
    let places = sizes.indices
    let all = sizes.reduce(0, +)
    kinds = regressors.map { regressor in
      places.map { r in
        [
          sum(regressor) { $0.own[r] / sizes[r] },
          sum(regressor) { part in (places.reduce(0) { $0 + part.sums[r, $1] } - part.own[r]) / sizes[r] },
          sum(regressor) { part in (places.reduce(0) { $0 + part.sums[$1, r] } - part.own[r]) / sizes[r] },
        ]
      }
    }
    pairs = regressors.map { regressor in
      places.map { r in places.map { s in sum(regressor) { $0.sums[r, s] / sizes[r] } } }
    }
    whole = regressors.map { regressor in
      EffectValue.threeKinds(
        direct: sum(regressor) { $0.own.reduce(0, +) / all },
        total: sum(regressor) { $0.sums.elements.reduce(0, +) / all })
    }
  }
}
