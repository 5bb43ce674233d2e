import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// Files of weights in every shape of `../shared/reference/files/csv`, against their right readings there.
@Suite struct WeightsCorpusTests {
  static let folder = ProjectFiles.fixture("reference/files/weights")

  /// The files that have a right reading.
  static let known: [String] = {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    return names.filter { name in
      let stem = name.split(separator: ".")[0]
      return !name.hasSuffix(".read.csv") && names.contains("\(stem).read.csv")
        && name != "flows-net-directed.csv"
    }
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }

  static func read(
    _ name: String, _ options: WeightsOptions = WeightsOptions(), gwt: GWTFile.Values? = nil
  ) throws -> WeightsReading {
    let bytes = try bytes(name)
    if name.hasSuffix(".gal") { return try GALFile.read(bytes, source: name) }
    if name.hasSuffix(".gwt") { return try GWTFile.read(bytes, source: name, values: gwt) }
    return try WeightsReading(WeightsTable(bytes, source: name), options)
  }

  /// The links of weights as texts, for a comparison that does not depend on the order of units.
  static func links(_ weights: SpatialWeights) -> Set<String> {
    Set(weights.links.map { "\(weights.units[$0.from]),\(weights.units[$0.to]),\($0.weight)" })
  }

  static func truth(_ stem: Substring) throws -> Set<String> {
    let text = String(decoding: try bytes("\(stem).read.csv"), as: UTF8.self)
    return Set(
      text.split(whereSeparator: \.isNewline).dropFirst().map { line in
        let cells = line.split(separator: ",")
        return "\(cells[0]),\(cells[1]),\(Double(cells[2]) ?? .nan)"
      })
  }

  @Test func `the corpus is there`() { #expect(Self.known.count == 19) }

  @Test(arguments: known) func `a file is read as the corpus says`(name: String) throws {
    let reading = try Self.read(name, gwt: .weights).finished(WeightsOptions(), source: name)
    let truth = try Self.truth(name.split(separator: ".")[0])
    #expect(truth.count >= 8)
    #expect(Self.links(reading.weights) == truth)
  }

  @Test(arguments: [
    ("links-once.csv", "lists each pair of units once (5 pairs); the links are taken as undirected"),
    ("links-twice.csv", "has 1 link more than once, such as 520301 → 520303"),
    ("links-with-self.csv", "gives 1 unit a weight to itself"),
    ("links-names-and-codes.csv", "read from the columns \"from\", \"to\", \"weight\""),
    (
      "flows-both-ways.csv",
      "gives 10 of 10 pairs of units two different weights; the links are taken as directed"
    ),
    ("matrix-header-only.csv", "its rows are taken in the same order"),
    ("matrix-id-v1.csv", "the columns \"v1\" … \"v5\" are taken in the order of the rows"),
    ("matrix-unit-diagonal.csv", "gives 5 units a weight to themselves"),
    ("matrix-distances.csv", "the weights look like distances"),
    ("distances.gwt", "the third column is taken as distances"),
  ]) func `what was decided is said, in one note`(name: String, sentence: String) throws {
    let notes = try Self.read(name).notes
    #expect(notes.count == 1 && notes.allSatisfy { $0.english.contains(sentence) }, "\(notes)")
    #expect(notes.allSatisfy { $0.chinese.contains(name) && $0.chinese != $0.english })
  }

  @Test(arguments: [
    "matrix-blank-corner.csv", "matrix-id-corner.csv", "matrix-name-column.csv", "matrix-names.csv",
    "matrix-long-50.csv", "matrix-rows-shuffled.csv", "matrix-row-standardised.csv", "queen.gal",
    "queen-old.gal",
  ]) func `where ids say everything there is no note`(name: String) throws {
    #expect(try Self.read(name).notes.isEmpty)
  }

  @Test(arguments: [
    ("matrix-bare.csv", "looks like a 5 × 5 matrix without ids"),
    ("matrix-v1-only.csv", "looks like a 5 × 5 matrix without ids"),
    ("matrix-not-square.csv", "The id \"520309\" stands above and not beside"),
    ("links-year.csv", "\"year\" holds 2008, 2009"),
    (
      "flows-net-directed.csv",
      "line 2, column \"net_flow\": the link from \"520301\" to \"520303\" has the weight -2.41"
    ),
  ]) func `what has no right reading is refused with its way out`(name: String, sentence: String) throws {
    let error = #expect(throws: WeightsError.self) { try Self.read(name) }
    #expect(
      error?.kind == .data && error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix(name) == true)
  }

  @Test(arguments: ["matrix-bare.csv", "matrix-v1-only.csv"])
  func `a matrix without ids is in the order of the data that have as many units`(name: String) throws {
    let ids = ["520301", "520303", "520305", "520307", "520309"]
    let reading = try Self.read(name, WeightsOptions(data: .init(source: "p.csv", ids: ids)))
    #expect(try Self.links(reading.weights) == Self.truth("matrix-blank-corner"))
    #expect(reading.notes.count == 1)
    #expect(
      reading.notes[0].english.contains("in the order in which p.csv has its units, from 520301 to 520309"))
    let other = #expect(throws: WeightsError.self) {
      try Self.read(name, WeightsOptions(data: .init(source: "p.csv", ids: ids + ["520311"])))
    }
    #expect(other?.description.contains("p.csv has 6 units") == true)
  }

  @Test func `distances of a GWT file become links of weight one unless the call says weights`() throws {
    let truth = try Self.truth("distances")
    let ones = try Self.read("distances.gwt").weights
    #expect(ones.linkCount == truth.count && ones.links.allSatisfy { $0.weight == 1 })
    #expect(try Self.read("distances.gwt", gwt: .weights).notes.isEmpty)
    #expect(try Self.read("distances.gwt", gwt: .binary).notes.isEmpty)
  }

  @Test(arguments: ["square/W_bin.csv", "square/W_bin_ids.csv", "square/W_bin_r.csv"])
  func `one matrix in three headers is one matrix`(name: String) throws {
    let weights = try Self.read(name).weights
    #expect(weights.unitCount == 31)
    #expect(try weights.fingerprint == Self.read("square/W_bin_ids.csv").weights.fingerprint)
    #expect(weights.weight(from: 0, to: 1) == 1 && weights.weight(from: 0, to: 3) == 0)
  }
}
