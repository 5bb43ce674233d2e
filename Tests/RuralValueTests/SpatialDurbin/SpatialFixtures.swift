import Foundation
import RuralValue
import TestSupport
import Testing

/// The data sets and reference numbers under `Fixtures/reference/sdm`.
enum SpatialFixtures {
  /// A CSV file without quotes as a table.
  static func table(_ name: String) throws -> Table {
    let lines = try ProjectFiles.fixtureText("reference/sdm/\(name)").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return Table(source: name, columnNames: lines[0], rows: Array(lines.dropFirst()))
  }

  /// Cigarette demand in 46 states.
  static func cigarettes() throws -> Panel {
    try Panel(try table("cigar.csv"), variables: ["logc", "logp", "logy"])
  }

  /// The states' contiguity.
  static func states() throws -> SpatialWeights {
    try WeightsReading(try table("us-state-borders.csv")).weights
  }

  /// Crime in Columbus, a cross-section.
  static func columbus() throws -> Panel {
    try Panel(try table("columbus.csv"), variables: ["CRIME", "INC", "HOVAL"])
  }

  /// The neighbourhoods' contiguity.
  static func neighbourhoods() throws -> SpatialWeights {
    try WeightsReading(try table("columbus-queen.csv")).weights
  }

  /// The model of the cigarette papers.
  static func specification(
    _ model: SpatialDurbinSpecification.Model, _ effects: SpatialDurbinSpecification.Effects,
    _ correction: SpatialDurbinSpecification.Correction? = nil, draws: Int = 0
  ) throws -> SpatialDurbinSpecification {
    SpatialDurbinSpecification(
      formula: try FormulaSpecification("logc ~ logp + logy"), model: model, effects: effects,
      correction: correction, draws: draws)
  }

  /// The entries of cigar.json.
  static let entries: [CigarEntry] = {
    let text = (try? ProjectFiles.fixtureText("reference/sdm/cigar.json")) ?? "[]"
    let entries = (try? JSONDecoder().decode([CigarEntry].self, from: Data(text.utf8))) ?? []
    return entries
  }()
}

/// An entry of cigar.json; which members it has depends on the model.
struct CigarEntry: Decodable, Sendable, CustomTestStringConvertible {
  let model: String
  let effect: String
  let method: String?
  let coef: [String: Double]?
  let se_info: [String: Double]?
  let rho: Double?
  let rho_se_info: Double?
  let lam: Double?
  let lam_se: Double?
  let sigma2: Double?
  let sigma2_se_info: Double?
  let se_observed: [Double]?
  let se_cluster_unit: [Double]?
  let loglik: Double?
  let aic: Double?
  let bic: Double?
  let corr2: Double?
  let r2_with_fe: Double?
  let direct: [Double]?
  let indirect: [Double]?
  let total: [Double]?
  let se_delta: [[Double]]?
  let sim_mean: [[Double]]?
  let sim_sd: [[Double]]?
  let wald_sar: Double?
  let wald_sem: Double?
  let lr_sar: Double?
  let lr_sem: Double?
  let phi: Double?
  let theta: Double?
  let b: [Double]?
  let lml: Double?
  let lme: Double?
  let rlml: Double?
  let rlme: Double?
  let stl: Bool?
  let raw: [Double]?
  let bias_corrected: [Double]?
  let se_corrected: [Double]?

  var testDescription: String {
    [model, effect, method ?? (stl.map { "stl \($0)" } ?? "")].joined(separator: " ")
  }

  /// The entry's effects under the program's name.
  var effects: SpatialDurbinSpecification.Effects {
    switch effect {
    case "individual": .unit
    case "pooled": .none
    default: SpatialDurbinSpecification.Effects(rawValue: effect)!
    }
  }

  /// Whether there are effects of periods.
  var hasPeriods: Bool { effects == .time || effects == .twoways }

  /// Whether the reference's expected information leaves G Zb undemeaned, which its errors show; the right ones are in
  /// cigar-cluster.json.
  var hasOtherErrors: Bool { hasPeriods && method != "leeyu" }

  /// −2l + p log n with the observations that the likelihood is of; the reference counts all of them.
  var bicOfSample: Double {
    let (units, periods) = (46.0, 30.0)
    let n =
      method == "leeyu"
      ? (hasPeriods ? units - 1 : units) * (effects == .time ? periods : periods - 1) : units * periods
    return -2 * loglik! + (aic! + 2 * loglik!) / 2 * log(n)
  }

  /// The entry's estimation under the program's name.
  var correction: SpatialDurbinSpecification.Correction {
    switch method {
    case "leeyu": .transform
    case "elhorst": .elhorst
    default: .none
    }
  }
}

extension SpatialDurbinResult {
  /// The estimate of a term.
  func estimate(_ term: String) -> Estimate {
    estimates.first { $0.name == term.replacingOccurrences(of: "W_", with: "W*") }!
  }

  /// The effects of one kind, term by term.
  func effects(_ kind: EffectKind, _ horizon: EffectHorizon? = nil) -> [SpatialEffect] {
    effects.filter { $0.kind == kind && $0.horizon == horizon }
  }

  /// The statistic of a test.
  func statistic(_ name: String) -> Double { tests.first { $0.key == name }?.statistic ?? .nan }
}
