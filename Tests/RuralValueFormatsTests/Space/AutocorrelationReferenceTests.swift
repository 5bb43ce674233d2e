import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@Suite struct AutocorrelationReferenceTests {
  @Test(arguments: SpatialReference.names)
  func `queen and rook links are those of spdep and PySAL`(name: String) throws {
    let reference = try SpatialReference(name)
    for (rule, key) in [(WeightsRule.queen, "queen"), (.rook, "rook")] {
      let weights = try reference.weights(rule)
      #expect((0..<weights.unitCount).map { weights.links(of: $0).map(\.to) } == reference.neighbours(key))
      #expect(weights.isSymmetric && weights.islands.isEmpty)
    }
  }

  @Test(arguments: SpatialReference.names)
  func `Moran's I, its moments and Geary's C are spdep's`(name: String) throws {
    let reference = try SpatialReference(name)
    let result = try MoranEstimator.fit(
      try reference.series(), weights: try reference.weights(), .init(permutations: 0))
    let global = result.global[0]
    func check(_ value: Double, _ path: String, _ key: String) {
      expectClose(value, reference.number(path, key), relative: 1e-10, from: "spdep 1.2-7", "\(name) \(key)")
    }
    check(global.i, "moran_W", "I")
    check(global.expected, "moran_W", "EI")
    check(global.variance, "moran_W", "VI_rand")
    check(global.z, "moran_W", "z_rand")
    check(global.pValue, "moran_W", "p_rand_two")
    check(global.normalVariance, "moran_W", "VI_norm")
    check(global.normalZ, "moran_W", "z_norm")
    check(global.normalP, "moran_W", "p_norm_two")
    check(global.geary, "geary", "C")
    check(global.gearyVariance, "geary", "VC")
    check(global.gearyZ, "geary", "z")
    let binary = try MoranEstimator.fit(
      try reference.series(), weights: try reference.weights(), .init(standardisation: .none, permutations: 0)
    )
    check(binary.global[0].i, "moran_B", "I")
    check(binary.global[0].z, "moran_B", "z_rand")
  }

  @Test(arguments: SpatialReference.names)
  func `local Moran's I and its conditional moments are spdep's`(name: String) throws {
    let reference = try SpatialReference(name)
    let local = try MoranEstimator.fit(
      try reference.series(), weights: try reference.weights(), .init(permutations: 0, isLocal: true)
    ).local[0]
    for (values, key) in [
      (local.i, "Ii"), (local.expected, "EIi_cond"), (local.variance, "VIi_cond"), (local.z, "Z_cond"),
      (local.pValues, "p_cond"),
    ] {
      for (value, expected) in zip(values, reference.numbers("local_moran", key)) {
        expectClose(value, expected, relative: 1e-10, absolute: 1e-13, from: "spdep 1.2-7", "\(name) \(key)")
      }
    }
    let quadrants = local.quadrants.map { ["HH": 1, "LH": 2, "LL": 3, "HL": 4][$0!.rawValue]! }
    let esda = (reference.pysal["local_moran"] as! [String: Any])["q"] as! [Int]
    #expect(quadrants == esda)
  }

  @Test(arguments: SpatialReference.names)
  func `Gi* and its false discovery rates are spdep's`(name: String) throws {
    let reference = try SpatialReference(name)
    let spots = try HotSpotEstimator.fit(try reference.series(), weights: try reference.weights()).spots[0]
    for (value, expected) in zip(spots.gi, reference.numbers("Gstar_B")) {
      expectClose(value, expected, relative: 1e-10, absolute: 1e-12, from: "spdep 1.2-7", name)
    }
    for (value, expected) in zip(spots.adjustedP, reference.numbers("Gstar_p_fdr_BH")) {
      expectClose(value, expected, relative: 1e-10, from: "spdep 1.2-7", name)
    }
    #expect(Double(spots.pValues.count { $0 < 0.05 }) == reference.number("Gstar_n_sig_05"))
    #expect(Double(spots.adjustedP.count { $0 < 0.05 }) == reference.number("Gstar_n_sig_fdr05"))
  }

  @Test(arguments: SpatialReference.names)
  func `row-standardised weights give the same Gi*, and negated values the opposite one`(name: String) throws
  {
    let reference = try SpatialReference(name)
    let weights = try reference.weights()
    let gi = try HotSpotEstimator.fit(try reference.series(), weights: weights).spots[0].gi
    let ofRows = try HotSpotEstimator.fit(try reference.series(), weights: weights.standardised(.row)).spots[
      0
    ].gi
    let negated = try HotSpotEstimator.fit(try reference.series(negated: true), weights: weights).spots[0].gi
    #expect(gi == ofRows)
    #expect(gi == negated.map { -$0 })
  }

  @Test(arguments: SpatialReference.names)
  func `permutation p values agree with spdep and esda within Monte Carlo error`(name: String) throws {
    let reference = try SpatialReference(name)
    let weights = try reference.weights()
    let spots = try HotSpotEstimator.fit(
      try reference.series(), weights: weights, .init(permutations: 9999)
    ).spots[0]
    let esda = (reference.pysal["Gstar_B"] as! [String: Any])["p_sim"] as! [Double]
    let values = try reference.values
    for (unit, (mine, oneSided)) in zip(spots.permutationP!, esda).enumerated() {
      // esda does not count ties on the lower side: a sum that nothing undercuts gets (0 + 1) / (R + 1)
      // even where many draws equal it, as where all neighbours have the smallest value.
      if weights.links(of: unit).allSatisfy({ values[$0.to] == values.min() }) { continue }
      // Five standard errors of the difference of two estimates of one p with 9,999 draws each.
      let p = min(0.5, max(oneSided, 1e-4))
      expectClose(mine / 2, p, absolute: 5 * (2 * p * (1 - p) / 9999).squareRoot() + 1e-4, from: "esda 2.9.0")
    }
    let result = try MoranEstimator.fit(try reference.series(), weights: weights, .init(permutations: 9999))
    let p = reference.number("moran_mc", "p")
    expectClose(
      result.global[0].permutationP!, p, absolute: 5 * (2 * p * (1 - p) / 9999).squareRoot() + 1e-4,
      from: "spdep moran.mc")
  }

  @Test(arguments: SpatialReference.names)
  func `natural breaks are those of classInt and mapclassify`(name: String) throws {
    let reference = try SpatialReference(name)
    let breaks = reference.pysal["fisher_jenks"] as! [String: [Double]]
    for (key, expected) in breaks {
      let mine = NaturalBreaks.upperBounds(of: try reference.values, classes: Int(key.dropFirst())!)
      for (bound, other) in zip(mine, expected) {
        expectClose(bound, other, relative: 1e-15, from: "mapclassify 2.10.0", "\(name) \(key)")
      }
      #expect(mine.count == expected.count)
    }
  }
}
