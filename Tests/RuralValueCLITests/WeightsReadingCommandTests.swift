import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// The same weights in every shape under `sdm`; the numbers are those of `../shared/cases/README.md`.
@Suite struct WeightsReadingCommandTests {
  static let folder = ProjectFiles.fixture("reference/files/weights/panel").path

  static func sdm(_ weights: String, panel: String = "p.csv") -> (rho: String, outcome: Outcome) {
    let outcome = shell(
      "ruralvalue sdm \(folder)/\(panel) --formula 'y ~ x1 + x2' --weights \(folder)/\(weights) --draws 0 --no-tests"
    )
    let row = outcome.output.split(separator: "\n").first { $0.hasPrefix("ρ ") } ?? ""
    let cells = row.split(separator: " ")
    return (cells.count > 1 ? cells[1].replacingOccurrences(of: "*", with: "") : "", outcome)
  }

  @Test(arguments: [
    ("w_hdronly.csv", "p.csv"), ("w_mat_X.csv", "p.csv"), ("w_mat_corner.csv", "p.csv"),
    ("w_mat_name.csv", "p.csv"), ("w_raw.csv", "p.csv"), ("w_zhmat.csv", "p_zh.csv"), ("w_once.csv", "p.csv"),
    ("w_once_plus1.csv --links undirected", "p.csv"), ("geoda.gal", "p.csv"), ("geoda.gwt", "p.csv"),
  ]) func `one contiguity has one answer in every shape`(weights: String, panel: String) {
    let (rho, outcome) = Self.sdm(weights, panel: panel)
    #expect(rho == "-0.166", "\(outcome.errors)")
  }

  @Test(arguments: ["--tolerance 0.1", "--swap-coordinates", "--exclude 430102", "--metric planar"])
  func `an option of polygons does not pass in silence over a file of links`(option: String) {
    let outcome = shell("ruralvalue weights \(Self.folder)/w_raw.csv \(option)")
    #expect(outcome.code == .usage && outcome.output.isEmpty)
    #expect(
      outcome.errors.contains(
        "\(option.prefix { $0 != " " }) is about polygons or points; \(Self.folder)/w_raw.csv holds weights"),
      "\(outcome.errors)")
  }

  @Test(arguments: [
    ("w_netflow.csv --lee-yu none", "-0.544", "\"netflow\" has a direction"),
    ("w_netflow.csv --links directed --lee-yu none", "-0.544", ""),
    ("w_net.gwt --gwt weights --lee-yu none", "-0.544", ""),
    ("w_netflow.csv --links undirected", "-0.308", ""),
    ("w_once_plus1.csv --lee-yu none", "-0.327", "lists 28 of 29 pairs of units in one direction only"),
    ("w_once.csv", "-0.166", "lists each pair of units once (29 pairs)"),
    ("geoda.gwt", "-0.166", "the third column is taken as distances"),
    ("w_raw.csv", "-0.166", "in the order in which \(folder)/p.csv has its units, from 430102 to 430113"),
  ]) func `what a link means is said and can be stated`(weights: String, rho: String, note: String) {
    let (found, outcome) = Self.sdm(weights)
    #expect(found == rho && outcome.code == .done)
    let file = weights.split(separator: " ")[0]
    let notes = outcome.errors.split(separator: "\n").filter { $0.contains(file) }
    #expect(notes.count == (note.isEmpty ? 0 : 1), "\(outcome.errors)")
    if !note.isEmpty { #expect(notes.allSatisfy { $0.contains(note) }) }
  }

  @Test(arguments: [
    ("w_mat_extra.csv", "\"合计\" stands beside and not above. Line 14 holds the sums of the columns"),
    ("w_matshort.csv", "\"430113\" stands beside and not above"),
    ("w_raw.csv --where 'code!=430102'", "p.csv has 11 units, so that the rows are not in its order"),
    ("p.csv", "expected"),
  ]) func `what cannot be read names its way out`(weights: String, sentence: String) {
    let outcome = Self.sdm(weights).outcome
    #expect(outcome.code == .data && outcome.errors.contains(sentence), "\(outcome.errors)")
  }

  @Test func `moran and hotspot take a matrix without ids in the order of their data`() {
    for call in ["moran \(Self.folder)/p.csv --permutations 0", "hotspot \(Self.folder)/p.csv"] {
      func run(_ file: String) -> Outcome {
        shell("ruralvalue \(call) --variable y --weights \(Self.folder)/\(file) --json")
      }
      func numbers(_ outcome: Outcome) -> [Substring] {
        outcome.output.split(separator: "\n").filter { $0.contains("fingerprint") || $0.contains("p_value") }
      }
      let bare = run("w_raw.csv")
      #expect(bare.code == .done && bare.errors.contains("in the order in which"))
      #expect(!numbers(bare).isEmpty && numbers(bare) == numbers(run("w_mat_corner.csv")))
    }
    let alone = shell("ruralvalue weights \(Self.folder)/w_raw.csv")
    #expect(alone.code == .data && alone.errors.contains("looks like a 12 × 12 matrix without ids"))
  }

  @Test func `weights writes the list that it read, and mirrors links of a rule on demand`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "links-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.path
    func links(_ call: String) -> Substring? {
      shell("ruralvalue weights \(call) --json --quiet").output.split(separator: "\n")
        .first { $0.contains("\"nonzero\"") }
    }
    let first = links("\(Self.folder)/w_netflow.csv --links directed --out \(out)/w.csv")
    #expect(first?.contains("29") == true && links("\(out)/w.csv") == first)
    let counties = ProjectFiles.fixture("data/hunan/counties.csv").path
    let knn = shell("ruralvalue weights \(counties) --rule knn:3 --json --quiet").output
    let both = shell("ruralvalue weights \(counties) --rule knn:3 --links undirected --json --quiet").output
    #expect(knn.contains("\"symmetric\": false") && both.contains("\"symmetric\": true"))
  }

  @Test func `options that speak of another file are refused`() {
    let counties = ProjectFiles.fixture("data/hunan/counties.csv").path
    let points = shell("ruralvalue weights \(counties)")
    #expect(points.code == .usage && points.errors.contains("holds points with longitude and latitude"))
    for call in [
      "weights \(Self.folder)/w_once.csv", "moran \(Self.folder)/p.csv --variable y --weights w.csv",
      "hotspot \(Self.folder)/p.csv --variable y --weights w.csv",
      "sdm \(Self.folder)/p.csv --formula 'y ~ x1' --weights a.csv,b.gal",
    ] {
      let outcome = shell("ruralvalue \(call) --gwt weights")
      #expect(outcome.code == .usage && outcome.errors.contains("--gwt says what the third column"))
    }
  }
}
