import Foundation
import TestSupport
import Testing

@testable import RuralValue

/// All 17 specifications of tests.json: Mundlak, U tests with Fieller's sets, group differences, permutations.
@Suite struct HeterogeneityReferenceTests {
  typealias Reference = FixedEffectsFixtures.Specification

  static let all = FixedEffectsFixtures.specifications("tests")
  static func all(holding part: String) -> [Reference] { all.filter { $0.name.contains(part) } }

  @Test func `all specifications are read, each by one test`() {
    #expect(Self.all.count == 17)
    let parts = ["mundlak", "utest", "chow", "permutation"]
    #expect(parts.map { Self.all(holding: $0).count } == [5, 5, 5, 2])
  }

  @Test(arguments: all(holding: "mundlak")) func `Mundlak's test does not depend on which theta`(
    reference: Reference
  ) throws {
    let regressors = reference.texts("regressors")
    let panel = try FixedEffectsFixtures.panel(
      reference.data, variables: [reference.text("outcome")] + regressors)
    let result = try FixedEffectsEstimator.fit(
      panel,
      FixedEffectsSpecification(
        formula: try FormulaSpecification(
          "\(reference.text("outcome")) ~ \(regressors.joined(separator: " + "))"), effects: .random))
    expectClose(
      try #require(result.test("mundlak")?.statistic), reference.number("chi2_cluster"), relative: 1e-8,
      from: "tests.json \(reference.name)")
  }

  @Test(arguments: all(holding: "utest")) func `the U test and Fieller's set are numpy's`(
    reference: Reference
  ) throws {
    let terms = reference.texts("terms")
    let panel = try FixedEffectsFixtures.panel(
      reference.data, variables: [reference.text("outcome")] + terms.filter { !$0.contains("^") })
    let source = "tests.json \(reference.name)"
    for level in [0.95, 0.9] {
      let result = try FixedEffectsEstimator.fit(
        panel,
        FixedEffectsSpecification(
          formula: try FormulaSpecification(
            "\(reference.text("outcome")) ~ \(terms.joined(separator: " + "))"),
          effects: reference.text("effects") == "unit" ? .unit : .twoways, keepsSingletons: true,
          isTested: false, confidenceLevel: level))
      let turn = try #require(result.turningPoints.first)
      #expect(result.turningPoints.count == 1)
      #expect((turn.isU ? "U" : "inverse U") == reference.text("shape"))
      let numbers: [(Double, String)] = [
        (turn.low, "low"), (turn.high, "high"), (turn.slopeLow.value, "slope_low"),
        (turn.slopeHigh.value, "slope_high"), (turn.slopeLow.statistic, "t_low"),
        (turn.slopeHigh.statistic, "t_high"), (turn.pLow, "p_low"), (turn.pHigh, "p_high"),
        (turn.extreme, "extreme"), (turn.standardError, "delta_se"),
      ]
      for (value, key) in numbers {
        expectClose(value, reference.number(key), relative: 1e-8, from: source, key)
      }
      #expect(turn.isInside == (reference.values["extreme_inside"] as? Bool))
      if let t = turn.statistic, let p = turn.pValue {
        expectClose(t, reference.number("t_overall"), relative: 1e-8, from: source, "t")
        expectClose(p, reference.number("p_overall"), relative: 1e-7, from: source, "p")
      } else {
        #expect(reference.number("t_overall").isNaN)
      }
      let expected = reference.object(level == 0.95 ? "fieller_95" : "fieller_90")
      let kinds: [String: ConfidenceSet.Kind] = [
        "bounded": .interval, "unbounded: two rays": .rays, "the whole line": .line,
      ]
      #expect(turn.fieller.kind == kinds[expected["kind"] as? String ?? ""])
      let bounds = (expected["bounds"] as? [NSNumber] ?? []).map(\.doubleValue)
      let own = turn.fieller.pieces.flatMap { [$0.low, $0.high] }.filter(\.isFinite)
      #expect(own.count == bounds.count)
      for (bound, other) in zip(own, bounds) {
        expectClose(bound, other, relative: 1e-8, from: source, "Fieller \(level)")
      }
    }
  }

  /// The group of each unit as the reference words it.
  private static func panel(_ reference: Reference) throws -> Panel {
    let (data, regressors) = (reference.data, reference.texts("regressors"))
    let names = [reference.text("outcome")] + regressors
    let (column, isSecond): (String, (String) -> Bool) =
      switch data {
      case "abdata.csv": ("ind", { (Double($0) ?? 0) >= 5 })
      case "produc.csv": ("region", { (Double($0) ?? 0) >= 5 })
      default: ("pref", { ["g1", "g2", "g3"].contains($0) })
      }
    let table = try FixedEffectsFixtures.table(data)
    let position = try table.column(named: column)
    let marked = Table(
      source: data, columnNames: table.columnNames + ["half"],
      rows: (0..<table.rowCount).map { row in
        (0..<table.columnCount).map { table.text(row: row, column: $0) }
          + [isSecond(table.text(row: row, column: position)) ? "1" : "0"]
      })
    return try Panel(marked, variables: names + ["half"])
  }

  /// The reference has each difference once with common effects of periods and once with the groups' own, which are the
  /// program's.
  @Test(arguments: all(holding: "chow").filter { $0.name.hasSuffix("by_group") || $0.name.hasSuffix("unit") })
  func `differences between groups are numpy's, and those of separate regressions`(reference: Reference)
    throws
  {
    let regressors = reference.texts("regressors")
    let result = try FixedEffectsEstimator.fit(
      Self.panel(reference),
      FixedEffectsSpecification(
        formula: try FormulaSpecification(
          "\(reference.text("outcome")) ~ \(regressors.joined(separator: " + "))"),
        effects: reference.name.hasSuffix("unit") ? .unit : .twoways, keepsSingletons: true,
        groupColumn: "half", permutations: 0))
    let groups = try #require(result.groups)
    let source = "tests.json \(reference.name)"
    // Two groups with effects of periods of their own are two connected components, whose dummies have two effects too
    // many. fixest, and with it the reference, counts them as one; here the rank counts, as reghdfe has it.
    let isTwoWay = reference.name.hasSuffix("by_group")
    let periods = Double(result.sample.periods)
    let left = Double(result.sample.observations) - 2 * Double(regressors.count) - 2 * periods
    let inflation = isTwoWay ? (left + 1) / left : 1
    #expect(groups.differences.map(\.parameter.name) == regressors)
    for difference in groups.differences {
      let estimate = try #require(difference.estimate)
      let name = difference.parameter.name
      expectClose(
        estimate.value, reference.number("difference", name), relative: 1e-9, from: source, name)
      expectClose(
        estimate.value, reference.number("separate_difference", name), relative: 1e-9, from: source, name)
      expectClose(
        estimate.standardError * inflation.squareRoot(), reference.number("se", name), relative: 1e-8,
        from: source, "s.e. \(name)")
      let own = groups.groups.map { group in
        group.estimates.first { $0.parameter == difference.parameter }?.value ?? .nan
      }
      expectClose(own[1] - own[0], estimate.value, relative: 1e-9, from: "the groups' own regressions", name)
    }
    let test = try #require(result.test("difference:half"))
    expectClose(
      try #require(test.statistic) / inflation, reference.number("F"), relative: 1e-8, from: source, "F")
    guard case .statistic(let statistic) = test.outcome, case .f(let a, let b) = statistic.distribution else {
      Issue.record("no F")
      return
    }
    #expect(Double(a) == reference.number("df1"))
    #expect(Double(b) == reference.number("df2"))
  }

  /// Common effects of periods: interacting slopes alone is another question, held on the covariance itself.
  @Test(arguments: all(holding: "chow_two_way").filter { !$0.name.hasSuffix("by_group") })
  func `differences with common effects of periods are numpy's`(reference: Reference) throws {
    let regressors = reference.texts("regressors")
    let panel = try Self.panel(reference)
    let terms = regressors + regressors.map { "half:\($0)" }
    let result = try FixedEffectsEstimator.fit(
      panel,
      FixedEffectsSpecification(
        formula: try FormulaSpecification(
          "\(reference.text("outcome")) ~ \(terms.joined(separator: " + "))"), keepsSingletons: true,
        isTested: false))
    for name in regressors {
      let estimate = try #require(result.coefficient("half:\(name)"))
      expectClose(
        estimate.value, reference.number("difference", name), relative: 1e-9, from: reference.name, name)
      expectClose(
        estimate.standardError, reference.number("se", name), relative: 1e-9, from: reference.name, name)
    }
  }

  @Test(arguments: all(holding: "permutation")) func `the exact permutation test is numpy's`(
    reference: Reference
  ) throws {
    let table = try FixedEffectsFixtures.table("small_gaps.csv")
    let position = try table.column(named: "unit")
    let units = Set(table.texts(column: position)).sorted()
    // The reference leaves out the two units with one row.
    let counts = Dictionary(grouping: table.texts(column: position), by: { $0 }).mapValues(\.count)
    let used = units.filter { counts[$0]! > 1 }
    let first = Set(reference.number("splits") == 2002 ? units.prefix(5) : used.prefix(5))
    let marked = Table(
      source: "small_gaps.csv", columnNames: table.columnNames + ["half"],
      rows: (0..<table.rowCount).map { row in
        (0..<table.columnCount).map { table.text(row: row, column: $0) }
          + [first.contains(table.text(row: row, column: position)) ? "0" : "1"]
      })
    let result = try FixedEffectsEstimator.fit(
      Panel(marked, variables: ["y", "x1", "x2", "half"]),
      FixedEffectsSpecification(
        formula: try FormulaSpecification("y ~ x1 + x2"), effects: .unit, keepsSingletons: true,
        groupColumn: "half", isTested: false))
    let name = reference.name.hasSuffix("x1") ? "x1" : "x2"
    let difference = try #require(result.groups?.differences.first { $0.parameter.name == name })
    expectClose(
      abs(try #require(difference.estimate).value), abs(reference.number("observed_difference")),
      relative: 1e-9, from: reference.name)
    expectClose(
      try #require(difference.permutationP), reference.number("p_two_sided_exact"), relative: 1e-12,
      from: reference.name)
  }
}
