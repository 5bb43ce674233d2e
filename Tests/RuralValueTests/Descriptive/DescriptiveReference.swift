import Foundation
import RuralValue
import TestSupport

/// The numbers of Fixtures/reference/descriptive, computed with numpy and scipy.
struct DescriptiveReference: Decodable {
  let complete: Int
  let variables: [String]
  let summaries: [Summary]
  let pearsonListwise: [Pair], pearsonPairwise: [Pair], spearmanListwise: [Pair], spearmanPairwise: [Pair]
  let vif: [Double]

  struct Summary: Decodable {
    let n: Int, missing: Int, units: Int
    let mean: Double, sd: Double, min: Double, q1: Double, median: Double, q3: Double, max: Double
    let sdBetween: Double, sdWithin: Double
  }

  struct Pair: Decodable {
    let first: String, second: String
    let r: Double, p: Double
    let n: Int
  }

  static func read() throws -> DescriptiveReference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let text = try ProjectFiles.fixtureText("reference/descriptive/reference.json")
    return try decoder.decode(DescriptiveReference.self, from: Data(text.utf8))
  }

  static func panel() throws -> Panel {
    let table = smallTable(try ProjectFiles.fixtureText("reference/descriptive/sample.csv"))
    return try Panel(table, variables: ["n", "w", "k", "ys"])
  }

  func pairs(
    _ method: DescriptiveSpecification.CorrelationMethod, _ missing: DescriptiveSpecification.MissingRule
  )
    -> [Pair]
  {
    switch (method, missing) {
    case (.pearson, .listwise): pearsonListwise
    case (.pearson, .pairwise): pearsonPairwise
    case (.spearman, .listwise): spearmanListwise
    case (.spearman, .pairwise): spearmanPairwise
    }
  }
}
