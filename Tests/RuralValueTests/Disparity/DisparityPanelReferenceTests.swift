import Foundation
import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// The panel of 24 made-up counties against exact fractions and 50-digit logarithms: reference/evaluation/disparity.json,
/// 1e-12.
@Suite struct DisparityPanelReferenceTests {
  private static let tolerance = 1e-12

  private static func reference(_ key: String) throws -> [String: Any] {
    let text = try ProjectFiles.fixtureText("reference/evaluation/disparity.json")
    let all = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(all[key] as? [String: Any])
  }

  private static let table: Table = {
    let text = (try? ProjectFiles.fixtureText("reference/evaluation/panel.csv")) ?? ""
    return smallTable(text)
  }()

  private static func fit(
    _ variable: String?, population: String? = nil, groups: [String] = [],
    urbanRural: DisparitySpecification.UrbanRuralColumns? = nil
  ) throws -> DisparityResult {
    let columns = try groups.map { try GroupColumn(table, column: $0) }
    let specification = DisparitySpecification(
      variable: variable, population: population, groups: columns, urbanRural: urbanRural)
    let panel = try Panel(table, variables: specification.columns, levels: nil, groups: columns)
    return try DisparityEstimator.fit(panel, specification)
  }

  private static let sectors = DisparitySpecification.UrbanRuralColumns(
    urban: "income_urban", rural: "income_rural", urbanPopulation: "population_urban",
    ruralPopulation: "population_rural")

  /// The two variables of the reference: scores of which one is 0 in 2018, and incomes weighted by people.
  private static let variables: [(key: String, variable: String, people: String?)] = [
    ("U", "U", nil), ("income_urban weighted by population_urban", "income_urban", "population_urban"),
  ]

  private func compare(_ own: Double?, _ value: Any?, _ name: String) {
    guard let value = value as? Double else {
      #expect(own == nil, "\(name) is undefined in the reference")
      return
    }
    expectClose(
      own ?? .nan, value, relative: Self.tolerance, absolute: Self.tolerance, from: "disparity.json", name)
  }

  @Test func `Dagum's parts, groups and pairs of every year are those of the reference`() throws {
    let all = try #require(try Self.reference("panel")["dagum"] as? [String: [String: [String: Any]]])
    for (key, variable, people) in Self.variables {
      let years = try Self.fit(variable, population: people, groups: ["region"]).years
      let reference = try #require(all[key])
      #expect(years.count == 6 && reference.count == 6)
      for year in years {
        let name = "\(key) \(year.period)"
        let expected = try #require(reference["\(year.period)"])
        let parts = try #require(year.parts)
        let dagum = try #require(parts.dagum)
        for (own, part) in [
          (dagum.gini, "G"), (dagum.within, "Gw"), (dagum.netBetween, "Gnb"), (dagum.transvariation, "Gt"),
          (dagum.within / dagum.gini, "share_within"), (dagum.netBetween / dagum.gini, "share_net_between"),
          (dagum.transvariation / dagum.gini, "share_transvariation"),
        ] { compare(own, expected[part], "\(name): \(part)") }
        let groups = try #require(expected["groups"] as? [String: [String: Any]])
        #expect(parts.names == groups.keys.sorted())
        for (own, group) in zip(dagum.groups, parts.names) {
          let one = try #require(groups[group])
          #expect(own.count == one["n"] as? Int)
          compare(own.populationShare, one["population_share"], "\(name) \(group): P")
          compare(own.valueShare, one["value_share"], "\(name) \(group): S")
          compare(own.gini, one["gini"], "\(name) \(group): G_jj")
          compare(own.contribution, one["contribution_within"], "\(name) \(group): contribution")
          expectClose(
            own.mean, try #require(one["mean"] as? Double), relative: Self.tolerance, from: "disparity.json")
        }
        let pairs = try #require(expected["pairs"] as? [[String: Any]])
        #expect(dagum.pairs.count == pairs.count)
        for (own, pair) in zip(dagum.pairs, pairs) {
          #expect(parts.names[own.first] == pair["first"] as? String)
          #expect(parts.names[own.second] == pair["second"] as? String)
          compare(own.gini, pair["gini"], "\(name): G_jh")
          compare(own.relativeAffluence, pair["D"], "\(name): D")
          compare(own.net, pair["contribution_net"], "\(name): net")
          compare(own.transvariation, pair["contribution_transvariation"], "\(name): transvariation")
          expectClose(
            own.gross.d, try #require(pair["d"] as? Double), relative: Self.tolerance, absolute: 1e-12,
            from: "disparity.json", "d")
        }
      }
    }
  }

  @Test func `Theil's T and L at one level and at two are those of the reference`() throws {
    let all = try #require(try Self.reference("panel")["theil"] as? [String: [String: [String: Any]]])
    var undefined = 0
    for (key, variable, people) in Self.variables {
      let one = try Self.fit(variable, population: people, groups: ["region"]).years
      let two = try Self.fit(variable, population: people, groups: ["region", "city"]).years
      let reference = try #require(all[key])
      for (first, second) in zip(one, two) {
        let name = "\(key) \(first.period)"
        let year = try #require(reference["\(first.period)"])
        compare(first.variation, year["cv_population"], "\(name): CV")
        compare(first.logDeviation, year["sd_log"], "\(name): sd of ln")
        let (flat, nested) = (try #require(first.parts), try #require(second.parts))
        for (place, letter) in ["T", "L"].enumerated() {
          let (own, deep) = (flat.theil[place], nested.nested[place])
          let level = (year["one_level"] as? [String: Any])?[letter] as? [String: Any]
          let levels = (year["two_level"] as? [String: Any])?[letter] as? [String: Any]
          if level == nil { undefined += 1 }
          for (value, part) in [(own.total, "total"), (own.between, "between"), (own.within, "within")] {
            compare(value, level?[part], "\(name): \(letter) \(part)")
          }
          for (value, part) in [
            (deep.total, "total"), (deep.between, "between"), (deep.middle, "middle"),
            (deep.within, "within"),
          ] { compare(value, levels?[part], "\(name): \(letter) \(part) at two levels") }
          let groups = level?["groups"] as? [String: [String: Any]] ?? [:]
          for (group, label) in zip(own.groups, flat.names) where level != nil {
            compare(group.value, groups[label]?["index"], "\(name): \(letter) in \(label)")
            compare(group.contribution, groups[label]?["contribution_within"], "\(name): of \(label)")
          }
          let regions = levels?["groups"] as? [String: [String: Any]] ?? [:]
          for (region, label) in zip(deep.regions, nested.names) where levels != nil {
            compare(region.value, regions[label]?["between_subgroups"], "\(name): between cities of \(label)")
            for (city, value) in regions[label]?["subgroups"] as? [String: Double] ?? [:] {
              let place = try #require(nested.innerNames.firstIndex(of: city))
              compare(deep.cities[place].value, value, "\(name): within \(city)")
            }
          }
        }
      }
    }
    // L of U in 2018, where two counties have 0.
    #expect(undefined == 1)
  }

  @Test func `Theil's parts of small sets are those of the reference`() throws {
    let text = try ProjectFiles.fixtureText("reference/evaluation/disparity.json")
    let all = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    for set in try #require(all["dagum_small"] as? [[String: Any]]) {
      let name = try #require(set["name"] as? String)
      let labels = try #require(set["groups"] as? [String])
      let names = Set(labels).sorted()
      let grouped = GroupedValues(
        WeightedValues(
          try #require(set["values"] as? [Double]), weights: set["weights"] as? [Double]),
        groupOfValue: labels.map { names.firstIndex(of: $0)! }, groupCount: names.count)
      for index in TheilDecomposition.Index.allCases {
        let own = TheilDecomposition(grouped, index)
        let expected = set["theil_\(index.rawValue)"] as? [String: Any]
        for (value, part) in [(own.total, "total"), (own.between, "between"), (own.within, "within")] {
          compare(value, expected?[part], "\(name): \(index.rawValue) \(part)")
        }
      }
      guard let dagum = DagumDecomposition(grouped), let expected = set["dagum"] as? [String: Any] else {
        continue
      }
      for (own, pair) in zip(dagum.pairs, try #require(expected["pairs"] as? [[String: Any]])) {
        compare(own.gini, pair["gini"], "\(name): G_jh")
        compare(own.relativeAffluence, pair["D"], "\(name): D")
        compare(own.net, pair["contribution_net"], "\(name): net")
        compare(own.transvariation, pair["contribution_transvariation"], "\(name): transvariation")
      }
    }
  }

  @Test func `town and country of every county and of the province are those of the reference`() throws {
    let reference = try Self.reference("urban_rural")
    let years = try Self.fit(nil, urbanRural: Self.sectors).urbanRural
    let rows = try #require(reference["rows"] as? [[String: Any]])
    #expect(rows.count == 144)
    let units = Self.table.texts(column: 0).firstAppearances
    for row in rows {
      let (county, time) = (try #require(row["county"] as? String), try #require(row["year"] as? String))
      let year = try #require(years.first { "\($0.period)" == time })
      let own = try #require(year.rows.first { units[$0.unit] == county }).measures
      compare(own?.ratio, row["ratio"], "\(county) \(time): ratio")
      compare(own?.gap, row["gap"], "\(county) \(time): gap")
      compare(own?.theilT, row["theil_t"], "\(county) \(time): T")
      compare(own?.theilL, row["theil_l"], "\(county) \(time): L")
    }
    let provinces = try #require(reference["province"] as? [String: [String: Any]])
    for year in years {
      let own = try #require(year.total)
      let province = try #require(provinces["\(year.period)"])
      #expect(own.count == province["counties"] as? Int)
      compare(own.ratioOfMeans, province["ratio_of_means"], "\(year.period): ratio of means")
      compare(own.meanOfRatios, province["mean_of_ratios"], "\(year.period): mean of ratios")
      compare(own.sectorsT, province["theil_two_sectors"], "\(year.period): T of two sectors")
      for (parts, key) in [(own.unitsT, "theil_t"), (own.unitsL, "theil_l")] {
        let expected = try #require(province[key] as? [String: Any])
        compare(parts.total, expected["total"], "\(year.period): \(key)")
        compare(parts.between, expected["between_counties"], "\(year.period): \(key) between")
        compare(parts.within, expected["urban_rural_within_counties"], "\(year.period): \(key) within")
      }
    }
  }

  @Test func `dispersion, its trend and the mobility of ranks are those of the reference`() throws {
    let sigma = try Self.reference("sigma")
    let incomes = try Self.fit("income_urban")
    let dispersion = try #require(incomes.dispersion.first { $0.measure == "sd_log" })
    compare(dispersion.first, sigma["sd_first"], "sd in 2018")
    compare(dispersion.last, sigma["sd_last"], "sd in 2023")
    let trend = try #require(dispersion.trend)
    compare(trend.slope, sigma["trend_slope"], "slope")
    compare(trend.standardError, sigma["trend_se"], "error of the slope")
    // t is a ratio of two differences of numbers of .35, of which 11 digits cancel.
    expectClose(
      trend.statistic, try #require(sigma["trend_t"] as? Double), relative: 1e-9,
      from: "scipy, t of the slope")
    expectClose(trend.pValue, try #require(sigma["trend_p"] as? Double), relative: 1e-9, from: "scipy, p")
    #expect(trend.degreesOfFreedom == sigma["trend_df"] as? Int)
    let test = try #require(incomes.tests.first { $0.key == "sigma" })
    compare(test.statistic, sigma["t"], "t")
    compare(test.pValue, sigma["p"], "p")
    #expect(test.degreesOfFreedom == sigma["df"] as? Int)

    let mobility = try Self.reference("mobility")
    let scores = try Self.fit("U")
    let last = try #require(scores.mobility.last)
    #expect(last.from == 2018 && last.to == 2023 && scores.mobility.count == 6)
    compare(last.ranks.kendall?.value, mobility["kendall_tau_b"], "τ_b")
    compare(last.ranks.kendall?.pValue, mobility["kendall_p_scipy"], "p of τ_b")
    compare(last.ranks.spearman?.value, mobility["spearman"], "ρ")
    compare(last.ranks.spearman?.pValue, mobility["spearman_p_t"], "p of ρ")
    compare(last.ranks.meanRankChange, mobility["mean_absolute_rank_change"], "mean change of rank")
    let w = try #require(scores.tests.first { $0.key == "kendall_w" })
    compare(w.statistic, mobility["kendall_w_chi2"], "χ² of W")
    #expect(w.degreesOfFreedom == mobility["df"] as? Int)
    // In 2018 two scores are 0, which have no logarithm.
    let absent = try #require(scores.tests.first { $0.key == "sigma" })
    #expect(absent.reason?.english.contains("c08, c09") == true)
  }
}
