import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Every number of reference/evaluation/evaluate.json but mismatch and prices, to 1e-10.
@Suite struct EvaluationReferenceTests {
  private typealias Reference = EvaluationReference

  @Test func `attainment, gaps and colours of every cell are those of the reference`() throws {
    let cells = try Reference.rows("cells")
    #expect(cells.count == 360)
    let byRatio = try Reference.result { $0.attainment = .ratio }
    let byGoalpost = try Reference.result { $0.attainment = .goalpost }
    let byShare = try Reference.result { $0.rule = .share(green: 1, yellow: 0.8) }
    let byQuantile = try Reference.result { $0.rule = .quantile(red: 0.2, yellow: 0.4) }
    for cell in cells {
      let place = try byRatio.place(cell["county"], cell["year"])
      let indicator = try byRatio.indicator(cell["column"])
      let name = "\(cell["county"] ?? "") \(cell["year"] ?? "") \(cell["column"] ?? "")"
      hold(indicator.values[place], to: cell["value"], "\(name): value")
      hold(indicator.attainments[place], to: cell["attainment_ratio"], "\(name): ratio")
      hold(
        try byGoalpost.indicator(cell["column"]).attainments[place], to: cell["attainment_goalpost"],
        "\(name): goalpost")
      hold(indicator.gaps[place], to: cell["gap"], "\(name): gap")
      hold(indicator.relativeGap(place), to: cell["gap_relative"], "\(name): relative gap")
      #expect(indicator.colours[place]?.key == cell["colour_fixed"] as? String, "\(name): fixed")
      #expect(
        try byShare.indicator(cell["column"]).colours[place]?.key == cell["colour_share"] as? String,
        "\(name): share")
      #expect(
        try byQuantile.indicator(cell["column"]).colours[place]?.key == cell["colour_quantile"] as? String,
        "\(name): quantile")
      #expect((indicator.colours[place] == nil) == (indicator.reasons[place] == .missing))
    }
  }

  @Test(arguments: [1, 2]) func `what stands, since when and whether it is stale is that of the reference`(
    release: Int
  ) throws {
    let rows = try Reference.rows("standing", "release_after_\(release)")
    #expect(rows.count == 360)
    let result = try Reference.result { $0.release = release }
    for row in rows {
      let own = try result.indicator(row["column"]).standings[result.place(row["county"], row["year"])]
      let name = "\(row["county"] ?? "") \(row["year"] ?? "") \(row["column"] ?? "")"
      #expect(own.colour?.key == row["standing"] as? String, "\(name)")
      #expect(own.since.map { result.periods[$0] } == row["since"] as? Int, "\(name): since")
      #expect(
        own.notGreenSince.map { result.periods[$0] } == row["not_green_since"] as? Int, "\(name): not green")
      #expect(own.isStale == row["stale"] as? Bool, "\(name): stale")
    }
  }

  @Test func `small runs of colours stand as the reference says`() throws {
    let runs = try Reference.rows("standing_small")
    #expect(runs.count == 10)
    for run in runs {
      let colours = try #require(run["colours"] as? [Any]).map { word in
        (word as? String).flatMap(WarningColour.init(asWritten:))
      }
      let own = StandingWarning.run(colours, release: try #require(run["release_after"] as? Int))
      let name = "\(run["name"] ?? ""), release \(run["release_after"] ?? "")"
      func texts(_ key: String) throws -> [String?] { try #require(run[key] as? [Any]).map { $0 as? String } }
      func places(_ key: String) throws -> [Int?] { try #require(run[key] as? [Any]).map { $0 as? Int } }
      #expect(try own.map { $0.colour?.key } == texts("standing"), "\(name)")
      #expect(try own.map(\.since) == places("since_index"), "\(name)")
      #expect(try own.map(\.notGreenSince) == places("not_green_since_index"), "\(name)")
    }
  }

  @Test func `control limits have the reference's centre, sigma and colour`() throws {
    let rows = try Reference.rows("control", "rows")
    #expect(rows.count == 60)
    let result = try Reference.result { $0.rule = .control(from: 2018, to: 2022) }
    for row in rows {
      let place = try result.place(row["county"], 2023)
      let indicator = try result.indicator(row["column"])
      let name = "\(row["county"] ?? "") \(row["column"] ?? "")"
      #expect(indicator.colours[place]?.key == row["colour"] as? String, "\(name)")
      // Periods of the baseline are not judged.
      #expect(indicator.reasons[place - 1] == .baseline || indicator.reasons[place - 1] == .missing)
      guard row["centre"] as? Double != nil else { continue }
      let changes = (place - 5..<place - 1).map { earlier -> Double? in
        let change = indicator.values[earlier + 1] - indicator.values[earlier]
        return change.isNaN ? nil : change
      }
      let limits = try #require(ControlLimits(baseline: changes))
      hold(limits.centre, to: row["centre"], "\(name): centre")
      hold(limits.sigma, to: row["sigma"], "\(name): sigma")
      hold(
        limits.distance(
          of: indicator.values[place] - indicator.values[place - 1], isPositive: indicator.entry.isPositive)
          ?? .nan, to: row["z_good_direction"], "\(name): z")
    }
  }

  @Test func `scores, ranks, their changes and the counties' colours are those of the reference`() throws {
    let rows = try Reference.rows("scores")
    #expect(rows.count == 72)
    let renormalised = try Reference.result()
    let mixed = try Reference.result { $0.missing = .undefined }
    let byGoalpost = try Reference.result {
      $0.attainment = .goalpost
      $0.missing = .undefined
    }
    for row in rows {
      let place = try mixed.place(row["county"], row["year"])
      let name = "\(row["county"] ?? "") \(row["year"] ?? "")"
      let own = renormalised.indices[0]
      hold(mixed.indices[0].scores[place], to: row["score_mixed"], "\(name): mixed")
      hold(own.scores[place], to: row["score_mixed_renormalised"], "\(name): renormalised")
      hold(byGoalpost.indices[0].scores[place], to: row["score_goalpost"], "\(name): goalpost")
      #expect(mixed.indices[0].ranks[place] == row["rank_score_mixed"] as? Int, "\(name)")
      #expect(own.ranks[place] == row["rank_score_mixed_renormalised"] as? Int, "\(name)")
      #expect(byGoalpost.indices[0].ranks[place] == row["rank_score_goalpost"] as? Int, "\(name)")
      #expect(own.rankChanges[place] == row["rank_change"] as? Int, "\(name): change of rank")
      #expect(own.colours[place]?.key == row["county_colour_worst"] as? String, "\(name)")
      #expect(own.counts[place][2] == row["reds"] as? Int && own.counts[place][1] == row["yellows"] as? Int)
      #expect(own.missing[place] == (row["missing"] as? [String])?.count)
      let shares = own.obstacleShares(place, renormalised.indicators)
      let obstacles = try #require(row["obstacle"] as? [String: Any])
      for (member, share) in zip(own.members, shares) {
        let column = renormalised.indicators[member].entry.indicator.column
        hold(share ?? .nan, to: obstacles[column] ?? NSNull(), "\(name): obstacle \(column)")
      }
    }
  }

  @Test func `TOPSIS has the reference's distances and closeness, in one year and over all`() throws {
    let topsis = try #require(try Reference.document()["topsis"] as? [String: Any])
    let variants: [(EvaluationSpecification.Topsis, String)] = [
      (.inMatrix, "minmax_weights_in_matrix"), (.inDistance, "minmax_weights_in_distance"),
      (.vector, "vector_weights_in_matrix"),
    ]
    for (variant, key) in variants {
      let result = try Reference.result(only: 2022) {
        $0.weighting = .topsis
        $0.topsis = variant
        $0.missing = .undefined
      }
      for row in try #require(topsis[key] as? [[String: Any]]) {
        try holdTopsis(result, row, year: 2022, "\(key)")
      }
    }
    let pooled = try Reference.rows("topsis_pooled", "rows")
    #expect(pooled.count == 70)
    let all = try Reference.result {
      $0.weighting = .topsis
      $0.missing = .undefined
    }
    let inDistance = try Reference.result {
      $0.weighting = .topsis
      $0.topsis = .inDistance
      $0.missing = .undefined
    }
    for row in pooled {
      try holdTopsis(all, row, year: row["year"], "pooled")
      hold(
        inDistance.indices[0].scores[try all.place(row["county"], row["year"])],
        to: row["closeness_weights_in_distance"], "pooled in distance")
    }
    #expect(all.indices[0].scores.count(where: \.isNaN) == 2)
  }

  private func holdTopsis(_ result: EvaluationResult, _ row: [String: Any], year: Any?, _ name: String) throws
  {
    let place = try result.place(row["county"], year)
    let distances = try #require(result.indices[0].distances)
    hold(distances.toIdeal[place], to: row["d_plus"], "\(name): D+")
    hold(distances.toOpposite[place], to: row["d_minus"], "\(name): D-")
    hold(result.indices[0].scores[place], to: row["closeness"], "\(name): closeness")
  }

  @Test func `Hwang and Yoon's aircraft are as near to the ideal as published`() throws {
    let aircraft = try #require(
      try Reference.document("published.json")["topsis_fighter_aircraft"] as? [String: Any])
    let matrix = try #require(aircraft["matrix"] as? [[Double]])
    let signs = try #require(aircraft["direction"] as? [String])
    let own = TopsisCloseness(
      signs.indices.map { column in matrix.map { $0[column] } }, isPositive: signs.map { $0 == "+" },
      weights: try #require(aircraft["weights"] as? [Double]), variant: .vector,
      groups: [Array(matrix.indices)])
    for (values, key) in [
      (own.toIdeal, "d_plus"), (own.toOpposite, "d_minus"), (own.closeness, "closeness"),
    ] {
      for (one, other) in zip(values, try #require(aircraft[key] as? [Double])) {
        expectClose(one, other, relative: 1e-10, from: "published.json", key)
      }
    }
  }

  @Test func `entropy weights of complete counties are those of the reference`() throws {
    let reference = try #require(try Reference.document()["entropy_weights"] as? [String: Any])
    let result = try Reference.result { $0.weighting = .entropy }
    let weights = try #require(reference["annual_mean"] as? [Double])
    let counties = try #require(reference["counties"] as? [String])
    #expect(result.completeUnits == [counties.count])
    for (own, weight) in zip(result.indices[0].weights, weights) {
      expectClose(own, weight, relative: 1e-10, from: "evaluate.json", "entropy weight")
    }
  }

  @Test func `the accountability list has the reference's rows in its order`() throws {
    let rows = try Reference.rows("accountability_2023")
    let result = try Reference.result { $0.release = 2 }
    #expect(result.list.entries.count == 41 && rows.count == 41)
    for (own, row) in zip(result.list.entries, rows) {
      let indicator = result.indicators[own.indicator]
      let standing = indicator.standings[own.place]
      let name = "\(row["county"] ?? "") \(row["column"] ?? "")"
      #expect(result.units[own.unit] == row["county"] as? String, "\(name)")
      #expect(indicator.entry.indicator.column == row["column"] as? String, "\(name)")
      hold(indicator.values[own.place], to: row["value"], "\(name): value")
      hold(indicator.targets[own.place], to: row["target"], "\(name): target")
      hold(indicator.gaps[own.place], to: row["gap"], "\(name): gap")
      hold(indicator.relativeGap(own.place), to: row["gap_relative"], "\(name): relative")
      hold(own.obstacleShare ?? .nan, to: row["obstacle_share"], "\(name): share")
      hold(own.trend?.slope ?? .nan, to: row["slope"], "\(name): slope")
      #expect(result.direction(of: own)?.english == row["trend"] as? String, "\(name)")
      #expect(indicator.colours[own.place]?.key == row["colour_now"] as? String, "\(name)")
      #expect(standing.colour?.key == row["standing"] as? String, "\(name)")
      #expect(standing.since.map { result.periods[$0] } == row["since"] as? Int, "\(name)")
      #expect(standing.notGreenSince.map { result.periods[$0] } == row["not_green_since"] as? Int, "\(name)")
      #expect(standing.isStale == row["stale"] as? Bool, "\(name)")
    }
  }

  @Test func `groups have the reference's means, ends and counts`() throws {
    let result = try Reference.result()
    for row in try Reference.rows("groups_2023", "rows") {
      let own = try #require(
        result.groups.first { $0.group == row["region"] as? String && $0.period == 5 })
      let name = own.group ?? ""
      #expect(own.count == row["counties"] as? Int)
      hold(own.mean ?? .nan, to: row["mean"], "\(name): mean")
      hold(own.weightedMean ?? .nan, to: row["weighted_mean"], "\(name): weighted mean")
      hold(own.range?.low ?? .nan, to: row["minimum"], "\(name): minimum")
      hold(own.range?.high ?? .nan, to: row["maximum"], "\(name): maximum")
      #expect(own.best.map { result.units[$0] } == row["best"] as? String, "\(name)")
      #expect(own.worst.map { result.units[$0] } == row["worst"] as? String, "\(name)")
      #expect(own.colours == ["green", "yellow", "red"].map { row[$0] as? Int ?? -1 }, "\(name)")
    }
  }
}
