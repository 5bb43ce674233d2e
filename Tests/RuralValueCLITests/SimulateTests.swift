import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueCLI

@Suite struct SimulateTests {
  static let hunan = ProjectFiles.fixture("data/hunan").path

  @Test func `the panel of Hunan is what simulate draws with its seed, byte for byte`() throws {
    let outcome = ruralvalue([
      "simulate", "indicators", "--units", "\(Self.hunan)/counties.csv", "--links", "\(Self.hunan)/queen.csv",
      "--seed", "20122022",
    ])
    #expect(outcome.code == .done)
    #expect(outcome.output == (try ProjectFiles.fixtureText("data/hunan/panel-simulated.csv")))
    #expect(outcome.errors.contains("430102"), "Furong has no neighbour in the study and is named")
  }

  @Test func `the library's indicator system is the fixture's`() throws {
    let outcome = ruralvalue([
      "entropy", "\(Self.hunan)/panel-simulated.csv", "--indicators", "\(Self.hunan)/indicators.csv",
      "--json",
    ])
    struct Answer: Decodable {
      struct Weight: Decodable, Equatable {
        let index: String
        let dimension: String
        let indicator: String
        let column: String
        let direction: String
      }
      let weights: [Weight]
    }
    let fixture = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).weights
    let library = IndicatorSystem.ruralValue.indicators.map {
      Answer.Weight(
        index: $0.index, dimension: $0.dimension, indicator: $0.name.english, column: $0.column,
        direction: $0.direction.rawValue)
    }
    #expect(fixture == library)
  }

  @Test(arguments: [
    (["--counties", "9", "--units", "x.csv"], "--units and --links, or --counties"),
    (["--counties", "9", "--periods", "2012:"], "expected a first and a last year"),
    (["--counties", "9", "--dependence", "1"], "1"),
    (["--counties", "2"], "expected a whole number from 4"),
  ]) func `a draw that makes no sense is refused`(words: [String], sentence: String) {
    let outcome = ruralvalue(["simulate", "indicators", "--seed", "1"] + words)
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }

  @Test func `what is made from simulated data says so`() throws {
    let panel = ruralvalue([
      "simulate", "indicators", "--seed", "1", "--counties", "9", "--periods", "2020:2021",
    ])
    let table = ruralvalue(["describe", "-", "--variables", "grain_output"], input: Array(panel.output.utf8))
    #expect(table.output.contains("Simulated data: about no real county."))
    let chinese = ruralvalue(
      ["describe", "-", "--variables", "grain_output", "--lang", "zh"], input: Array(panel.output.utf8))
    #expect(chinese.output.contains("模拟数据"))
  }
}
