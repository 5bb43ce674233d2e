import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Random effects that do not depend on the neighbours', beside errors that do, against the density of all observations
/// with its NT × NT variance σ²_μ JJ′ ⊗ I + σ² I ⊗ (B′B)⁻¹.
@Suite struct IndependentEffectsTests {
  private let units = 12
  private let periods = 5

  /// −½ log|Ω| − n/2 log(2πσ²) − ½ e′Ω⁻¹e/σ², Ω = (c/T) JJ′ ⊗ I + I ⊗ (B′B)⁻¹, at b, λ, σ² and θ.
  private func logLikelihood(_ values: [Double], _ y: [Double], _ z: Matrix, _ w: Matrix) throws -> Double {
    let k = z.columnCount
    let (lambda, s2, theta) = (values[k], values[k + 1], values[k + 2])
    let filter = Matrix.identity(units) - lambda * w
    let errors = try Cholesky(filter.crossProduct).inverse
    let share = (1 / (theta * theta) - 1) / Double(periods)
    let size = units * periods
    var omega = Matrix(rowCount: size, columnCount: size)
    for t in 0..<periods {
      for s in 0..<periods {
        for i in 0..<units {
          omega[t * units + i, s * units + i] += share
          guard s == t else { continue }
          for j in 0..<units { omega[t * units + i, t * units + j] += errors[i, j] }
        }
      }
    }
    let factor = try Cholesky(omega)
    let e = y.minus(z * Array(values.prefix(k)))
    return -0.5 * factor.logDeterminant - 0.5 * Double(size) * log(2 * .pi * s2)
      - 0.5 * e.innerProduct(with: try factor.solve(e)) / s2
  }

  @Test(arguments: [SpatialDurbinSpecification.Model.sem, .sdem], [false, true])
  func `the estimate maximises the density of all observations, and its errors are the curvature's`(
    model: SpatialDurbinSpecification.Model, hasIsland: Bool
  ) throws {
    let grid = try TestWeights.grid(3, 4)
    let weights = try SpatialWeights(
      units: grid.units,
      links: grid.links.filter { !hasIsland || ($0.from != 5 && $0.to != 5) }
        .map { .init(from: $0.from, to: $0.to) }
    ).standardised(.row)
    let planted = PlantedPanel(rho: 0, lambda: 0.4, periods: periods)
    let panel = try planted.draw(weights, seed: 9)
    var specification = try planted.specification(model, .randomIndependent)
    specification.standardisation = .none
    let result = try SpatialDurbinEstimator.fit(panel, weights: weights, specification)
    #expect(result.fit.kind == .random && result.specification.standardError == .observed)
    #expect(result.notes.contains { $0.english.contains("do not depend on those of the neighbours") })

    let sample = try SpatialSample(panel, specification)
    let system = try SpatialSystem([weights], matrixOfPeriod: sample.periods.map { _ in 0 })
    specification = result.specification
    let z = Matrix(
      columns: try SpatialEstimation(sample, system, specification).design(
        durbin: model == .sdem ? [0, 1] : [], effects: PanelEffects(.randomIndependent)
      ).values)
    let w = weights.sparseMatrix.dense
    func value(_ values: [Double]) throws -> Double { try logLikelihood(values, sample.outcome, z, w) }
    let estimates = result.estimates.map(\.value)
    expectClose(result.fit.logLikelihood, try value(estimates), absolute: 1e-8, from: "NT × NT density")
    let steps = result.estimates.map { 0.02 * $0.standardError }
    func moved(_ i: Int, _ a: Double, _ j: Int, _ b: Double) throws -> Double {
      var point = estimates
      point[i] += a * steps[i]
      point[j] += b * steps[j]
      return try value(point)
    }
    var curvature = Matrix(rowCount: steps.count, columnCount: steps.count)
    for i in steps.indices {
      let slope =
        try (8 * (moved(i, 1, i, 0) - moved(i, -1, i, 0)) - moved(i, 2, i, 0) + moved(i, -2, i, 0)) / 12
      // In units of a fiftieth of a standard error.
      expectClose(slope, 0, absolute: 1e-8, from: "a maximum", result.estimates[i].name)
      for j in steps.indices {
        let difference =
          try moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1)
        curvature[i, j] = -difference / (4 * steps[i] * steps[j])
      }
    }
    let covariance = try LU(curvature).inverse
    for (place, estimate) in result.estimates.enumerated() {
      expectClose(
        estimate.standardError, covariance[place, place].squareRoot(), relative: 2e-3,
        from: "second differences of the density", estimate.name)
    }
  }

  @Test func `they are refused where no errors depend on the neighbours'`() throws {
    let grid = try TestWeights.grid(3, 4)
    let planted = PlantedPanel(periods: 4)
    let panel = try planted.draw(grid, seed: 1)
    for model in [SpatialDurbinSpecification.Model.sdm, .slx, .sac] {
      #expect {
        try SpatialDurbinEstimator.fit(panel, weights: grid, planted.specification(model, .randomIndependent))
      } throws: {
        "\($0)".contains("random-independent is for")
      }
    }
  }
}
