import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Inequality and its parts against exact fractions and 50-digit logarithms: reference/evaluation/disparity.json, 1e-12.
@Suite struct DisparityReferenceTests {
  private static func reference() throws -> [String: Any] {
    let text = try ProjectFiles.fixtureText("reference/evaluation/disparity.json")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func compare(_ own: Double?, _ value: Any?, _ name: String) {
    guard let value = value as? Double else {
      #expect(own == nil, "\(name) is undefined in the reference")
      return
    }
    expectClose(own ?? .nan, value, relative: 1e-12, absolute: 1e-12, from: "disparity.json", name)
  }

  @Test
  func `Gini, Theil and the coefficient of variation are those of the reference, undefined where it says so`()
    throws
  {
    let vectors = try #require(try Self.reference()["vectors"] as? [[String: Any]])
    #expect(vectors.count == 11)
    for vector in vectors {
      let name = try #require(vector["name"] as? String)
      let sample = WeightedValues(
        try #require(vector["values"] as? [Double]), weights: vector["weights"] as? [Double])
      compare(sample.gini, vector["gini"], "\(name): Gini")
      compare(sample.sampleGini, vector["gini_sample"], "\(name): Gini of a sample")
      compare(sample.theilT, vector["theil_t"], "\(name): T")
      compare(sample.theilL, vector["theil_l"], "\(name): L")
      compare(sample.variation, vector["cv_population"], "\(name): CV")
      compare(sample.sampleVariation, vector["cv_sample"], "\(name): CV of a sample")
    }
  }

  @Test func `Dagum's parts of small sets are those of the reference and add up`() throws {
    let sets = try #require(try Self.reference()["dagum_small"] as? [[String: Any]])
    #expect(sets.count == 9)
    for set in sets {
      let name = try #require(set["name"] as? String)
      guard let dagum = set["dagum"] as? [String: Any] else { continue }
      let labels = try #require(set["groups"] as? [String])
      let names = Set(labels).sorted()
      let sample = WeightedValues(
        try #require(set["values"] as? [Double]), weights: set["weights"] as? [Double])
      let own = DagumDecomposition(
        sample, groupOfValue: labels.map { names.firstIndex(of: $0)! }, groupCount: names.count)
      compare(own?.gini, dagum["G"], "\(name): G")
      compare(own?.within, dagum["Gw"], "\(name): Gw")
      compare(own?.netBetween, dagum["Gnb"], "\(name): Gnb")
      compare(own?.transvariation, dagum["Gt"], "\(name): Gt")
      if let own, let gini = sample.gini {
        expectClose(own.gini, gini, absolute: 1e-14, from: "the parts' sum", name)
      }
    }
  }

  @Test func `the order of groups and of values changes no part`() throws {
    var generator = CounterBasedGenerator(seed: 3)
    for draw in 0..<50 {
      let count = 5 + draw % 20
      let values = (0..<count).map { _ in (10 * generator.uniform()).rounded(.down) }
      let groups = (0..<count).map { $0 < 3 ? $0 : generator.integer(below: 3) }
      guard values.contains(where: { $0 > 0 }) else { continue }
      let own = try #require(DagumDecomposition(WeightedValues(values), groupOfValue: groups, groupCount: 3))
      let order = generator.permutation(of: count)
      let moved = try #require(
        DagumDecomposition(
          WeightedValues(order.map { values[$0] }), groupOfValue: order.map { (groups[$0] + 1) % 3 },
          groupCount: 3))
      for (one, other) in [
        (own.within, moved.within), (own.netBetween, moved.netBetween),
        (own.transvariation, moved.transvariation),
      ] {
        expectClose(one, other, absolute: 1e-14, from: "the same data in another order")
      }
      for index in TheilDecomposition.Index.allCases {
        let whole = WeightedValues(values)
        let parts = TheilDecomposition(
          GroupedValues(whole, groupOfValue: groups, groupCount: 3), index)
        guard let total = whole.value(of: index) else {
          #expect(parts.total == nil)
          continue
        }
        expectClose(parts.total ?? .nan, total, absolute: 1e-14, from: "within and between")
      }
    }
  }

  @Test func `mobility of ranks is R's and scipy's`() throws {
    let (first, last) = (try column("U", 2018), try column("U", 2023))
    let reference = try #require(try Self.reference()["mobility"] as? [String: Any])
    let own = RankMobility(first: first, last: last)
    #expect(
      own.concordant == reference["concordant"] as? Int && own.discordant == reference["discordant"] as? Int)
    #expect(
      own.tiesFirst == reference["ties_first"] as? Int && own.tiesLast == reference["ties_last"] as? Int)
    compare(own.kendall?.value, reference["kendall_tau_b"], "τ_b")
    compare(own.kendall?.pValue, reference["kendall_p_scipy"], "p of τ_b")
    compare(own.spearman?.value, reference["spearman"], "Spearman")
    compare(own.spearman?.pValue, reference["spearman_p_t"], "p of Spearman")
    compare(own.meanRankChange, reference["mean_absolute_rank_change"], "mean change of rank")
    let all = try #require(RankMobility.concordance(try (2018...2023).map { try column("U", $0) }))
    compare(all.value, reference["kendall_w_all_years"], "W")
    compare(all.chiSquared, reference["kendall_w_chi2"], "χ² of W")
  }

  @Test func `sigma convergence is Pitman and Morgan's test of the reference`() throws {
    let (first, last) = (
      try column("income_urban", 2018).map { log($0) }, try column("income_urban", 2023).map { log($0) }
    )
    let reference = try #require(try Self.reference()["sigma"] as? [String: Any])
    let own = try #require(PitmanMorganTest(first: first, last: last))
    compare(own.correlation, reference["pitman_morgan_r"], "r")
    compare(own.statistic, reference["t"], "t")
    compare(own.pValue, reference["p"], "p")
    compare(own.carreeKlomp, reference["carree_klomp_t2"], "T₂")
  }

  private func column(_ name: String, _ year: Int) throws -> [Double] {
    let lines = try ProjectFiles.fixtureText("reference/evaluation/panel.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let place = try #require(lines[0].firstIndex(of: name))
    return lines.dropFirst().filter { $0[1] == "\(year)" }.map { Double($0[place]) ?? .nan }
  }
}
