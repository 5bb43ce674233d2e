import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// The polygon files of the corpus: each has its stated reading or its stated refusal.
///
/// Links and names are the corpus's own: it was made with shapely and geopandas, and its README says of each file
/// what is right.
@Suite struct PolygonFileTests {
  static let folder = ProjectFiles.fixture("reference/files/geojson").path

  /// A file, what else the call gives, and what must come of it.
  struct Line: CustomTestStringConvertible, Sendable {
    let file: String
    var options = ""
    var outcome = Outcome.links("utf8-bom")
    /// What the notes must say.
    var notes: [String] = []

    enum Outcome: Sendable {
      /// The links of a truth.
      case links(String)
      /// Those of a truth between all units but one.
      case linksWithout(String)
      /// A refusal that says all this.
      case refused([String])
    }

    var testDescription: String { "\(file) \(options)" }
  }

  static let lines: [Line] = [
    .init(file: "bare-geometry.json", outcome: .refused(["a bare Polygon", "no id", "Wrap it"])),
    .init(file: "clockwise.json"),
    .init(file: "compressed.json.gz"),
    .init(file: "crs84-member.json"),
    .init(
      file: "duplicate-ids.json",
      outcome: .refused(["\"520305\" stands twice, features 3 and 4", "--exclude"])),
    .init(file: "duplicate-ids.json", options: "--exclude #4", outcome: .linksWithout("520307")),
    .init(file: "elevations.json"),
    .init(file: "empty-name.json", notes: ["1 unit has no neighbour: 100000_X"]),
    .init(
      file: "empty-name.json", options: "--id name",
      outcome: .refused(["feature 5 has no name", "--exclude #5"])),
    .init(file: "empty-name.json", options: "--exclude 100000_X"),
    .init(file: "escaped.json"),
    .init(file: "esri-rings.json", outcome: .refused(["Esri's JSON", "ogr2ogr"])),
    .init(file: "gb18030.json", outcome: .links("gb18030"), notes: ["read as GB18030"]),
    .init(file: "geometry-collection.json", notes: ["only the polygons are taken: 520303"]),
    .init(file: "geometry-collection.json", options: "--exclude 520303", outcome: .linksWithout("520303")),
    .init(file: "ids-float.json"),
    .init(file: "ids-on-feature.json"),
    .init(file: "line-feature.json", notes: ["left out", "feature 5 (LineString)"]),
    .init(file: "line-feature.json", options: "--exclude #5"),
    .init(file: "lines-of-features.geojsonl", notes: ["4 features that stand one after the other"]),
    .init(file: "metres-crs-member.json", notes: ["EPSG::3857, a plane in metres"]),
    .init(file: "metres-no-crs.json"),
    .init(
      file: "metres-no-crs.json", options: "--rule distance:40",
      outcome: .refused(["12512310.765, 3261587.362", "nothing says their unit", "--coordinate-unit"])),
    .init(file: "nested-properties.json"),
    .init(file: "not-closed.json", notes: ["closed: 520301"]),
    .init(file: "null-geometry.json", outcome: .linksWithout("520307"), notes: ["without geometry: 520307"]),
    .init(file: "one-feature.json", outcome: .links(""), notes: ["1 unit has no neighbour: 520301"]),
    .init(file: "point-feature.json", notes: ["left out", "feature 5 (999999, Point)"]),
    .init(file: "prefecture-a.json", outcome: .links("prefectures")),
    .init(file: "prefecture-b.json", outcome: .links("prefectures")),
    .init(file: "prefecture-c.json", outcome: .links("prefectures")),
    .init(
      file: "prefectures.json", options: "--tolerance 0.00001", outcome: .links("prefectures"),
      notes: ["adds 14 links"]),
    .init(
      file: "swapped-axes.json", notes: ["are the coordinates swapped?", "--swap-coordinates"]),
    .init(file: "swapped-axes.json", options: "--rule distance:40", outcome: .refused(["swapped?"])),
    .init(file: "swapped-axes.json", options: "--swap-coordinates"),
    .init(
      file: "t-junction.json", options: "--tolerance 0.00000001", outcome: .links("t-junction"),
      notes: ["adds 1 link: 520303–520307"]),
    .init(file: "topology-quantised.json", outcome: .links("topology-quantised")),
    .init(
      file: "topology-two-objects.json", outcome: .refused(["2 objects: counties, province", "--object"])),
    .init(file: "topology-two-objects.json", options: "--object counties"),
    .init(file: "topology.json", outcome: .links("topology")),
    .init(file: "utf16le-bom.json", outcome: .links("utf16le-bom")),
    .init(file: "utf8-bom.json"),
    .init(file: "bad-depth.json", outcome: .refused(["line 1: found \"[[[", "expected \"{\""])),
    .init(file: "bad-empty-collection.json", outcome: .refused(["holds no feature"])),
    .init(file: "bad-html.json", outcome: .refused(["a web page (HTML)", "download"])),
    .init(file: "bad-nan.json", outcome: .refused(["line 1, column 148, feature 1", "NaN"])),
    .init(file: "bad-pointer.json", outcome: .refused(["Git LFS pointer", "git lfs pull"])),
    .init(file: "bad-topology-arc.json", outcome: .refused(["feature 1", "arc 9999", "arcs 0 to 7"])),
    .init(file: "bad-truncated.json", outcome: .refused(["line 1, column 801", "feature 3", "truncated"])),
    .init(file: "bad-two-points.json", outcome: .refused(["feature 1 (520301)", "2 different vertices"])),
  ]

  /// The links of a truth, each as it stands in its file.
  static func truth(_ name: String) throws -> Set<String> {
    guard !name.isEmpty else { return [] }
    let text = try String(contentsOfFile: "\(folder)/\(name).queen.csv", encoding: .utf8)
    return Set(text.split(whereSeparator: \.isNewline).dropFirst().map(String.init))
  }

  /// The links of an edge list without its weights, of which zero stands for an island.
  static func links(_ csv: String) -> Set<String> {
    Set(
      csv.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
        let cells = line.split(separator: ",")
        return cells[2] == "0" ? nil : "\(cells[0]),\(cells[1])"
      })
  }

  @Test func `every file of the corpus has a line`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
      .filter { !$0.hasSuffix(".csv") && $0 != "README.md" }
    #expect(files.count == 41)
    #expect(Set(files) == Set(Self.lines.map(\.file)))
  }

  @Test(arguments: lines) func `a file has its stated reading or refusal`(line: Line) throws {
    let outcome = ruralvalue(
      ["weights", "\(Self.folder)/\(line.file)", "--out", "-"]
        + line.options.split(separator: " ").map(String.init))
    for note in line.notes { #expect(outcome.errors.contains(note), "\(outcome.errors)") }
    switch line.outcome {
    case .refused(let parts):
      #expect(outcome.code == .data && outcome.output.isEmpty)
      for part in parts + [line.file] { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
    case .links(let name):
      var truth = try Self.truth(name)
      if name == "prefectures", line.file.hasPrefix("prefecture-") {
        // One prefecture of three: the links within it.
        let layer = try Self.layer(line.file)
        let ids = Set(layer.features.compactMap { $0.text(of: "adcode") })
        truth = truth.filter { $0.split(separator: ",").allSatisfy { ids.contains(String($0)) } }
      }
      #expect(outcome.code == .done, "\(outcome.errors)")
      #expect(Self.links(outcome.output) == truth)
    case .linksWithout(let id):
      #expect(outcome.code == .done, "\(outcome.errors)")
      #expect(Self.links(outcome.output) == (try Self.truth("utf8-bom")).filter { !$0.contains(id) })
    }
  }

  @Test(arguments: lines) func `a map is drawn of what has links, and refused where weights are`(line: Line) {
    guard !line.options.contains("--rule"), !line.options.contains("--tolerance") else { return }
    let outcome = ruralvalue(
      ["map", "\(Self.folder)/\(line.file)", "--quiet"] + line.options.split(separator: " ").map(String.init))
    switch line.outcome {
    case .refused: #expect(outcome.code == .data && outcome.output.isEmpty)
    case .links where line.file == "swapped-axes.json" && line.options.isEmpty:
      #expect(outcome.code == .data && outcome.errors.contains("swapped?"))
    default: #expect(outcome.code == .done && outcome.output.hasPrefix("<svg"), "\(outcome.errors)")
    }
  }

  static func layer(_ file: String) throws -> PolygonLayer {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
    return try GeoJSONReader.read(bytes, source: file).layer
  }

  @Test(arguments: ["escaped", "gb18030", "topology", "topology-quantised", "utf16le-bom", "utf8-bom"])
  func `ids and names are the truth's, in the file's order`(stem: String) throws {
    let layer = try Self.layer("\(stem).json")
    let read = layer.features.map { "\($0.text(of: "adcode") ?? ""),\($0.text(of: "name") ?? "")" }
    let truth = try String(contentsOfFile: "\(Self.folder)/\(stem).names.csv", encoding: .utf8)
    #expect(read == truth.split(whereSeparator: \.isNewline).dropFirst().map(String.init))
  }

  @Test func `TopoJSON has the coordinates of the map it was made of, and quantised ones to the quantum`()
    throws
  {
    let map = try Self.layer("utf8-bom.json")
    for (file, quantum) in [("topology.json", 0.0), ("topology-quantised.json", 1e-4)] {
      let layer = try Self.layer(file)
      for position in map.features.indices {
        func corners(_ layer: PolygonLayer) -> [(Double, Double)] {
          layer.rings[layer.features[position].rings].flatMap {
            $0.vertices.map { (layer.x[$0], layer.y[$0]) }
          }
        }
        let (expected, found) = (corners(map), corners(layer))
        #expect(expected.count == found.count)
        for corner in found {
          #expect(
            expected.contains { abs($0.0 - corner.0) <= quantum && abs($0.1 - corner.1) <= quantum },
            "\(corner)")
        }
      }
    }
  }

  @Test func `web map metres turn back into the degrees they were made of`() throws {
    let (degrees, metres) = (
      try Self.layer("utf8-bom.json"), try Self.layer("metres-crs-member.json").inDegrees
    )
    // Metres were written with three decimals: 1e-3 m is 9e-9 degrees at the equator.
    for vertex in degrees.x.indices {
      #expect(abs(degrees.x[vertex] - metres.x[vertex]) < 1e-8)
      #expect(abs(degrees.y[vertex] - metres.y[vertex]) < 1e-8)
    }
    for rule in ["distance:25", "knn:2", "inverse-distance:1,30"] {
      func links(_ file: String) -> Set<String> {
        Self.links(ruralvalue(["weights", "\(Self.folder)/\(file)", "--rule", rule, "--out", "-"]).output)
      }
      #expect(!links("utf8-bom.json").isEmpty)
      #expect(links("metres-crs-member.json") == links("utf8-bom.json"))
    }
  }
}
