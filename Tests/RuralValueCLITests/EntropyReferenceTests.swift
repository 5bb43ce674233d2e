import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// `ruralvalue entropy` held to an independent computation with 50 digits (mpmath); see
/// Fixtures/reference/entropy. Weights agree to 1e-12 absolutely, entropies and scores too.
@Suite struct EntropyReferenceTests {
  struct Answer: Decodable {
    struct Weight: Decodable {
      let index: String
      let column: String
      let entropy: Double
      let divergence: Double
      let weight: Double
      let weight_by_time: [String: Double]
    }
    struct Score: Decodable {
      let unit: String
      let time: Int
      let index: String
      let dimension: String?
      let score: Double
    }
    let weights: [Weight]
    let scores: [Score]
  }

  struct Reference: Decodable {
    struct Indicator: Decodable {
      let index: String
      let dimension: String
      let column: String
      let direction: String
    }
    struct Weights: Decodable {
      let time: Int?
      let entropy: [Double]
      let divergence: [Double]
      let weight: [Double]
    }
    struct Variant: Decodable {
      let normalise: String
      let shift: Double
      let annual: [Weights]
      let annual_mean: Weights
      let pooled: Weights
      let scores: [Score]?
    }
    struct Score: Decodable {
      let unit: String
      let time: Int
      let weights: String
      let scores: [String: Double]
    }
    let indicators: [Indicator]
    let variants: [Variant]
  }

  struct Cases: Decodable {
    struct Case: Decodable {
      let `case`: String
      let times: [Int]
      let indicators: [Reference.Indicator]
      let variants: [Reference.Variant]
    }
    let cases: [Case]
  }

  static let source = "the independent computation"

  static func reference<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(
      type, from: Data(contentsOf: ProjectFiles.fixture("reference/entropy/\(name).json")))
  }

  static func answer(_ words: [String], input: String = "") throws -> Answer {
    let outcome = ruralvalue(words + ["--json"], input: Array(input.utf8))
    try #require(outcome.code == .done, "\(outcome.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  /// Holds one call's weights to one set of reference weights.
  func compare(
    _ answer: Answer, _ expected: Reference.Weights, _ annual: [Reference.Weights]?,
    _ indicators: [Reference.Indicator]
  ) {
    #expect(answer.weights.map(\.column) == indicators.map(\.column))
    for (j, weight) in answer.weights.enumerated() {
      let what = "\(weight.column)'s"
      expectClose(weight.weight, expected.weight[j], absolute: 1e-12, from: Self.source, "\(what) weight")
      expectClose(weight.entropy, expected.entropy[j], absolute: 1e-12, from: Self.source, "\(what) entropy")
      expectClose(
        weight.divergence, expected.divergence[j], relative: 1e-11, absolute: 1e-15, from: Self.source,
        "\(what) divergence")
      for year in annual ?? [] {
        expectClose(
          weight.weight_by_time["\(year.time!)"] ?? .nan, year.weight[j], absolute: 1e-12, from: Self.source,
          "\(what) weight in \(year.time!)")
      }
    }
  }

  static let panels = [
    ("hunan", "data/hunan/panel-simulated.csv", "data/hunan/indicators.csv", [String]()),
    (
      "north-carolina", "data/north-carolina/counties-1981-1987.csv", "data/north-carolina/indicators.csv", []
    ),
  ]

  @Test(arguments: panels.indices, ["annual-mean", "annual", "pooled"])
  func `weights and scores equal the independent computation`(panel: Int, weighting: String) throws {
    let (name, data, system, options) = Self.panels[panel]
    let reference = try Self.reference(name, as: Reference.self)
    #expect(reference.variants.count == 4)
    for variant in reference.variants {
      let answer = try Self.answer(
        ["entropy", ProjectFiles.fixture(data).path, "--indicators", ProjectFiles.fixture(system).path]
          + options
          + ["--weights", weighting, "--normalise", variant.normalise, "--shift", "\(variant.shift)"])
      compare(
        answer, weighting == "pooled" ? variant.pooled : variant.annual_mean,
        weighting == "pooled" ? nil : variant.annual, reference.indicators)

      var scores: [String: Double] = [:]
      for score in answer.scores {
        let column = score.dimension.map { "\(score.index)_\($0)" } ?? score.index
        scores["\(score.unit) \(score.time) \(column)"] = score.score
      }
      let expected = (variant.scores ?? []).filter {
        $0.weights == weighting
      }
      #expect(!expected.isEmpty)
      for row in expected {
        for (column, value) in row.scores {
          expectClose(
            scores["\(row.unit) \(row.time) \(column)"] ?? .nan, value, absolute: 1e-12, from: Self.source,
            "the score \(column) of \(row.unit) in \(row.time)")
        }
      }
    }
  }

  static let digitalFinance = ProjectFiles.shared("data/hunan/hunan_dfiic_2014_2020.csv")

  /// The real digital-finance sub-indices stay outside the project; only their weights are here.
  @Test(.enabled(if: digitalFinance != nil), arguments: 0..<3)
  func `the weights of Hunan's digital-finance sub-indices equal the independent computation`(number: Int)
    throws
  {
    let reference = try Self.reference("dfiic", as: Cases.self).cases[number]
    let system = FileManager.default.temporaryDirectory.appending(path: "dfiic-\(UUID().uuidString).csv")
    let rows = reference.indicators.map {
      "\($0.index),\($0.dimension),\($0.column),\($0.column),\($0.direction)"
    }
    try Data("index,dimension,indicator,column,direction\n\(rows.joined(separator: "\n"))\n".utf8).write(
      to: system)
    defer { try? FileManager.default.removeItem(at: system) }
    let keys = [
      "--unit", "code", "--time", "year", "--periods", "\(reference.times.first!):\(reference.times.last!)",
    ]
    var (path, input) = (Self.digitalFinance!.path, "")
    if reference.case.contains("carried") {
      let columns = reference.indicators.map(\.column).joined(separator: ",")
      let prepared = ruralvalue(["prepare", path, "--interpolate", "\(columns);extend"] + keys)
      try #require(prepared.code == .done, "\(prepared.errors)")
      (path, input) = ("-", prepared.output)
    }
    for variant in reference.variants {
      for weighting in ["annual-mean", "pooled"] {
        let answer = try Self.answer(
          [
            "entropy", path, "--indicators", system.path, "--weights", weighting, "--normalise",
            variant.normalise,
          ]
            + ["--shift", "\(variant.shift)"] + keys, input: input)
        compare(
          answer, weighting == "pooled" ? variant.pooled : variant.annual_mean,
          weighting == "pooled" ? nil : variant.annual, reference.indicators)
      }
    }
  }
}
