import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValue

@Suite struct EfficiencyReferenceTests {
  private func compare(_ own: Double?, _ value: Any?, _ name: String, absolute: Double = 1e-10) {
    guard let value = value as? Double else {
      #expect(own == nil, "\(name) is undefined in the reference")
      return
    }
    expectClose(own ?? .nan, value, absolute: absolute, from: "efficiency.json", name)
  }

  /// Holds all scores of a set to rows of the reference.
  private func hold(
    _ rows: [[String: Any]], inputs: [[Double]], outputs: [[Double]], undesirable: [[Double]] = []
  ) throws -> Int {
    let units = try rows.map { try #require($0["unit"] as? String) }
    let plain = try EfficiencyReference.crossSection(units, inputs: inputs, outputs: outputs)
    let bad = try EfficiencyReference.crossSection(
      units, inputs: inputs, outputs: outputs, undesirable: undesirable)
    var held = 0
    func each(_ scores: [UnitEfficiency], _ value: (UnitEfficiency) -> Double?, _ key: String) {
      for (own, row) in zip(scores, rows) where row[key] != nil {
        compare(value(own), row[key], "\(key) of \(own.unit)")
        #expect(own.dualityGap < 1e-9)
        held += 1
      }
    }
    let ccr = try EfficiencyReference.scores(plain, .constantRadial)
    let bcc = try EfficiencyReference.scores(plain, .variableRadial)
    each(ccr, { $0.score }, "ccr_in")
    each(bcc, { $0.score }, "bcc_in")
    each(ccr, { $0.scaleEfficiency }, "scale_efficiency")
    each(ccr, { $0.isEfficient ? $0.superScore : $0.score }, "super_ccr_in")
    each(bcc, { $0.isEfficient ? $0.superScore : $0.score }, "super_bcc_in")
    each(
      try EfficiencyReference.scores(plain, .constantRadial, .constant, .output), { 1 / $0.score },
      "ccr_out_phi")
    each(
      try EfficiencyReference.scores(plain, .variableRadial, .variable, .output), { 1 / $0.score },
      "bcc_out_phi")
    for (returns, suffix) in [(EfficiencySpecification.Returns.constant, "crs"), (.variable, "vrs")] {
      for (panel, name) in [(plain, ""), (bad, "bad_")] where name.isEmpty || !undesirable.isEmpty {
        let scores = try EfficiencyReference.scores(panel, .superSlacks, returns)
        each(scores, { $0.score }, "sbm_\(name)\(suffix)")
        each(scores, { $0.superScore }, "super_sbm_\(name)\(suffix)")
        #expect(try EfficiencyReference.scores(panel, .slacks, returns).map(\.score) == scores.map(\.score))
      }
    }
    return held
  }

  @Test(arguments: ["tone_2001", "six_plants", "small_bad"])
  func `every score of the small sets is the exact fraction`(name: String) throws {
    let set = try #require(try EfficiencyReference.read()[name] as? [String: Any])
    let rows = try #require(set["rows"] as? [[String: Any]])
    let held = try hold(
      rows, inputs: try #require(set["inputs"] as? [[Double]]),
      outputs: try #require(set["outputs"] as? [[Double]]), undesirable: set["bad"] as? [[Double]] ?? [])
    #expect(held == (name == "small_bad" ? 15 : 11) * rows.count)
  }

  @Test(arguments: [2018, 2023]) func `every score of 24 counties is the exact fraction`(year: Int) throws {
    let set = try #require(try EfficiencyReference.read()["panel"] as? [String: Any])
    let rows = try #require((set["years"] as? [String: [[String: Any]]])?["\(year)"])
    let panel = try EfficiencyReference.panel(["labour", "capital", "output", "pollution"], periods: [year])
    func columns(_ names: [String]) throws -> [[Double]] {
      let values = try names.map { try panel.values(of: $0) }
      return (0..<panel.rowCount).map { row in values.map { $0[row] } }
    }
    let held = try hold(
      rows, inputs: columns(["labour", "capital"]), outputs: columns(["output"]),
      undesirable: columns(["pollution"]))
    #expect(held == 15 * 24)
  }

  @Test func `the tutorial of Trick has its printed scores`() throws {
    let set = try #require(try EfficiencyReference.read("published")["trick_tutorial"] as? [String: Any])
    let panel = try EfficiencyReference.crossSection(
      ["A", "B", "C"], inputs: try #require(set["inputs"] as? [[Double]]),
      outputs: try #require(set["outputs"] as? [[Double]]))
    let scores = try EfficiencyReference.scores(panel, .constantRadial).map(\.score)
    for (own, value) in zip(scores, try #require(set["ccr_in"] as? [Double])) {
      expectClose(own, value, absolute: 1e-12, from: "Trick")
    }
    for (own, value) in zip(scores, try #require(set["printed"] as? [Double])) {
      expectClose(own, value, absolute: 1e-7, from: "Trick, as printed")
    }
  }

  private static func changes(
    _ frontier: EfficiencySpecification.Frontier, _ inputs: [String], undesirable: [String] = [],
    periods: [Int]? = nil
  ) throws -> EfficiencyResult {
    try EfficiencyEstimator.fit(
      EfficiencyReference.panel(inputs + ["output"] + undesirable, periods: periods),
      EfficiencySpecification(
        inputs: inputs, outputs: ["output"], undesirable: undesirable, change: frontier))
  }

  @Test func `Malmquist's index and its parts are the exact fractions', the global ones to 1e-8`() throws {
    let set = try #require(try EfficiencyReference.read()["malmquist"] as? [String: Any])
    let rows = try #require(set["rows"] as? [[String: Any]])
    let two = try Self.changes(.contemporaneous, ["labour", "capital"]).wholeChanges
    let global = try Self.changes(.global, ["labour", "capital"]).wholeChanges
    #expect(two.count == 24 && global.count == 24)
    for (row, (own, whole)) in zip(rows, zip(two, global)) {
      #expect(row["county"] as? String == own.unit && own.from == 2018 && own.to == 2023)
      compare(own.malmquist, row["malmquist"], "M of \(own.unit)")
      compare(own.efficiencyChange, row["efficiency_change"], "EC of \(own.unit)")
      compare(own.technicalChange, row["technical_change"], "TC of \(own.unit)")
      compare(own.pureEfficiencyChange, row["pure_efficiency_change"], "pure EC of \(own.unit)")
      compare(own.scaleChange, row["scale_change"], "scale of \(own.unit)")
      // HiGHS agrees with its own dual to 1e-8 only here.
      compare(whole.malmquist, row["global_malmquist"], "global M of \(own.unit)", absolute: 1e-8)
      compare(whole.technicalChange, row["best_practice_change"], "BPC of \(own.unit)", absolute: 1e-8)
      #expect(max(own.dualityGap, whole.dualityGap) < 1e-9)
    }
  }

  @Test func `Luenberger's differences are the exact fractions, and infeasible where they say so`() throws {
    let set = try #require(try EfficiencyReference.read()["luenberger"] as? [String: Any])
    let rows = try #require(set["rows"] as? [[String: Any]])
    let (inputs, bad) = (["labour", "capital"], ["pollution"])
    let two = try Self.changes(.contemporaneous, inputs, undesirable: bad).wholeChanges
    let global = try Self.changes(.global, inputs, undesirable: bad).wholeChanges
    var infeasible = 0
    for (row, (own, whole)) in zip(rows, zip(two, global)) {
      compare(own.luenberger?.total, row["luenberger"], "L of \(own.unit)")
      compare(own.luenberger?.efficiency, row["efficiency_change"], "EC of \(own.unit)")
      compare(own.luenberger?.technical, row["technical_change"], "TC of \(own.unit)")
      compare(own.malmquist, row["ml_index"], "ML of \(own.unit)")
      compare(whole.luenberger?.total, row["global_luenberger"], "global L of \(own.unit)", absolute: 1e-8)
      compare(whole.malmquist, row["global_ml"], "global ML of \(own.unit)", absolute: 1e-8)
      let reasons = try #require(row["cross_infeasible"] as? [String])
      infeasible += reasons.isEmpty ? 0 : 1
      #expect((own.reason == nil) == reasons.isEmpty && whole.reason == nil)
      if let reason = reasons.first, reasons.count == 1 {
        #expect(own.reason?.english == "\(reason): infeasible")
      }
    }
    #expect(infeasible == 5)
  }

  @Test func `one input and one output have the closed form`() throws {
    let set = try #require(try EfficiencyReference.read()["malmquist_one_input"] as? [String: Any])
    let rows = try #require(set["rows"] as? [[String: Any]])
    for (row, own) in zip(
      rows, try Self.changes(.contemporaneous, ["labour"], periods: [2018, 2023]).changes)
    {
      compare(own.malmquist, row["malmquist"], "M of \(own.unit)", absolute: 1e-12)
      compare(own.efficiencyChange, row["efficiency_change"], "EC of \(own.unit)", absolute: 1e-12)
      compare(own.technicalChange, row["technical_change"], "TC of \(own.unit)", absolute: 1e-12)
    }
  }
}
