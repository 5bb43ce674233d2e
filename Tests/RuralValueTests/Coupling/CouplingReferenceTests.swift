import RuralValueNumerics
import TestSupport
import Testing

@testable import RuralValue

/// Coupling against exact fractions with 40-digit roots: reference/evaluation/coupling.json, 1e-12.
@Suite struct CouplingReferenceTests {
  private func compare(_ own: CouplingDegree, _ expected: [String: Any], _ what: String) {
    for (key, value) in [
      ("T", own.level), ("c_classical", own.classical), ("c_corrected", own.corrected),
      ("d_classical", own.coordination(.classical)), ("d_corrected", own.coordination(.corrected)),
    ] {
      expectDefinedAlike(value, expected[key], absolute: 1e-12, from: "coupling.json", "\(what): \(key)")
    }
    for form in CouplingForm.allCases {
      let grade = CoordinationGrade(own.coordination(form), bounds: .left)
      #expect(grade.number == expected["grade_\(form.rawValue)"] as? Int, "grade of \(what)")
    }
  }

  @Test func `C, T, D and grades of single cases are those of the reference`() throws {
    let cases = try #require(try evaluationReference("coupling.json")["cases"] as? [[String: Any]])
    #expect(cases.count == 13)
    for one in cases {
      let systems = try #require(one["systems"] as? [Double])
      let weights =
        one["weights"] as? [Double] ?? [Double](repeating: 1 / Double(systems.count), count: systems.count)
      compare(
        CouplingDegree(systems, weights: weights), one, try #require(one["name"] as? String))
    }
  }

  @Test func `every row of the made-up panel is that of the reference`() throws {
    let reference = try #require(try evaluationReference("coupling.json")["panel"] as? [String: Any])
    let rows = try #require(reference["rows"] as? [[String: Any]])
    let table = smallTable(try ProjectFiles.fixtureText("reference/evaluation/panel.csv"))
    let panel = try Panel(table, variables: ["U", "F", "H"])
    let result = try CouplingEstimator.fit(panel, CouplingSpecification(systems: ["U", "F", "H"]))
    #expect(rows.count == 144 && result.degrees.count == 144)
    for expected in rows {
      let county = try #require(expected["county"] as? String)
      let unit = try #require(panel.units.firstIndex(of: county))
      let text = try #require(expected["year"] as? String)
      let year = try #require(Int(text))
      let period = try #require(panel.periods.firstIndex(of: year))
      let row = try #require(panel.row(unit: unit, period: period))
      compare(try #require(result.degrees[row]), expected, "\(panel.units[unit]) \(year)")
    }
  }

  @Test func `what common mistakes give is what the reference says`() throws {
    let mistakes = try #require(try evaluationReference("coupling.json")["mistakes"] as? [String: Any])
    let rows = try #require(mistakes["rows"] as? [[String: Any]])
    #expect(rows.count == 7)
    let names: [(CouplingFormula, String)] = [
      (.classical, "classical"), (.lostCoefficient, "lost_coefficient"), (.lostRoot, "lost_root"),
      (.pairSums, "pairwise_sum_product"), (.pairSumsTimesCount, "pairwise_sum_product_times_n"),
    ]
    for row in rows {
      let systems = try #require(row["systems"] as? [Double])
      let weights = [Double](repeating: 1 / Double(systems.count), count: systems.count)
      for (formula, key) in names {
        expectDefinedAlike(
          formula.value(systems, weights: weights), row[key], absolute: 1e-12, from: "coupling.json", key)
        let exact = try #require(
          formula.interval(systems.map { RoundingInterval($0, $0) }, weights: weights))
        expectDefinedAlike(exact.lower, row[key], absolute: 1e-12, from: "coupling.json", key)
        expectDefinedAlike(exact.upper, row[key], absolute: 1e-12, from: "coupling.json", key)
      }
    }
  }

  @Test func `the 91 printed pairs of Wang and others imply the systems of the reference, all possible`()
    throws
  {
    let table = try #require(try evaluationReference("coupling.json")["wang_2021_table_8"] as? [String: Any])
    let cells = try #require(table["cells"] as? [[String: Any]])
    #expect(cells.count == 91)
    for cell in cells {
      let name = "\(cell["city"] ?? "") \(cell["year"] ?? "")"
      let texts = (try #require(cell["classical"] as? String), try #require(cell["corrected"] as? String))
      let classical = try #require(PrintedNumber(texts.0))
      let corrected = try #require(PrintedNumber(texts.1))
      let own = ImpliedSystems(
        classical: try #require(PlainDecimal.value(of: classical.text)),
        corrected: try #require(PlainDecimal.value(of: corrected.text)))
      expectDefinedAlike(own.ratio, cell["ratio"], absolute: 1e-12, from: "coupling.json", name)
      expectDefinedAlike(own.larger, cell["implied_larger"], absolute: 1e-12, from: "coupling.json", name)
      expectDefinedAlike(own.smaller, cell["implied_smaller"], absolute: 1e-12, from: "coupling.json", name)
      let isPossible = ImpliedSystems.arePossible(
        classical: classical.interval, corrected: corrected.interval)
      #expect(isPossible == (cell["possible"] as? Bool), "\(name)")
      guard let smaller = own.smaller, let larger = own.larger else { continue }
      let again = CouplingDegree([smaller, larger], weights: [0.5, 0.5])
      #expect(classical.interval.contains(again.classical ?? .nan), "\(name)")
      #expect(corrected.interval.contains(again.corrected ?? .nan), "\(name)")
    }
    #expect(
      !ImpliedSystems.arePossible(
        classical: RoundingInterval(0.6, 0.6), corrected: RoundingInterval(0.9, 0.9)))
  }
}
