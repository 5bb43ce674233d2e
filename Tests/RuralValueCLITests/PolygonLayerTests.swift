import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Several files as one layer, what is left out, and where the map goes.
@Suite struct PolygonLayerTests {
  private static let prefectures = ["a", "b", "c"].map { "\(PolygonFileTests.folder)/prefecture-\($0).json" }

  private func weights(_ words: [String]) -> Outcome { ruralvalue(["weights"] + words) }

  @Test func `files that come one a prefecture are one layer, and what keeps them apart is said`() throws {
    let apart = weights(Self.prefectures + ["--out", "-"])
    #expect(apart.code == .done && PolygonFileTests.links(apart.output).count == 30)
    // 29 pairs of the truth, of which 15 have a vertex in common.
    #expect(apart.errors.contains("14 pairs of polygons run within 0.00001 of each other"), "\(apart.errors)")
    #expect(apart.errors.contains("--tolerance 0.00001 links them"))
    #expect(apart.errors.contains("all join parts of the map that no link joins"))
    let joined = weights(Self.prefectures + ["--out", "-", "--tolerance", "0.00001"])
    #expect(PolygonFileTests.links(joined.output) == (try PolygonFileTests.truth("prefectures")))
    #expect(!joined.errors.contains("run within"))
    let map = ruralvalue(["map"] + Self.prefectures + ["--quiet"])
    #expect(map.code == .done && map.output.hasPrefix("<svg"))
  }

  @Test func `weights from polygons say the same where another command reads them`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "polygons-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let panel = folder.appending(path: "panel.csv").path
    let codes = try PolygonFileTests.truth("prefectures").map { $0.prefix(6) }
    let rows = Set(codes).sorted().enumerated().map { "\($1),2020,\($0 * $0 % 7)" }
    try "code,year,x\n\(rows.joined(separator: "\n"))\n".write(
      toFile: panel, atomically: true, encoding: .utf8)
    let outcome = ruralvalue([
      "moran", panel, "--variable", "x", "--weights", "\(PolygonFileTests.folder)/prefectures.json",
      "--permutations", "9",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect((outcome.output + outcome.errors).contains("14 pairs of polygons"), "\(outcome.errors)")
  }

  @Test func `an id in two files is refused with both, and one file twice is`() {
    let (a, four) = (Self.prefectures[0], "\(PolygonFileTests.folder)/utf8-bom.json")
    let both = weights([a, four])
    #expect(both.code == .data)
    #expect(
      both.errors.contains("utf8-bom.json, feature 1: the adcode \"520301\" stands also in "),
      "\(both.errors)")
    #expect(both.errors.contains("prefecture-a.json, feature 1"))
    let excluded = weights([a, four, "--exclude", "\(a)#1,\(a)#2"])
    #expect(excluded.code == .done, "\(excluded.errors)")
    let twice = weights([a, a])
    #expect(twice.code == .usage && twice.errors.contains("is given twice"))
  }

  @Test func `files of one layer have one coordinate system, and are all polygons`() {
    let metres = weights([Self.prefectures[0], "\(PolygonFileTests.folder)/metres-crs-member.json"])
    #expect(metres.code == .data && metres.errors.contains("expected files of one layer in one system"))
    let gal = weights([SpaceCommandTests.hunan + "/queen.csv", Self.prefectures[0]])
    #expect(gal.code == .usage && gal.errors.contains("holds no polygons"))
  }

  @Test func `what is to be left out and is not there is refused with the nearest`() {
    let outcome = weights([Self.prefectures[0], "--exclude", "520302"])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("--exclude names \"520302\", which is not on the map. Did you mean"))
    #expect(weights([Self.prefectures[0], "--exclude", "#9"]).code == .usage)
  }

  @Test func `an object is named only of TopoJSON that has it`() {
    let two = "\(PolygonFileTests.folder)/topology-two-objects.json"
    #expect(weights([two, "--object", "counties"]).code == .done)
    let empty = weights([two, "--object", "province"])
    #expect(empty.code == .data && empty.errors.contains("holds no feature"))
    let near = weights([two, "--object", "countys"])
    #expect(near.code == .data && near.errors.contains("Did you mean \"counties\"?"))
    let plain = weights([Self.prefectures[0], "--object", "counties"])
    #expect(plain.code == .data && plain.errors.contains("is GeoJSON"))
  }

  @Test(arguments: ["m", "m.svgz", "m.svg.gif", "m.png.jpg"])
  func `a map goes into no file of another name than SVG, PNG or PDF`(name: String) {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)").path
    let outcome = ruralvalue(["map", Self.prefectures[0], "--out", path])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("expected a file name that ends in .svg, .png or .pdf"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `points of a table are measured by the same rules`() throws {
    let table = FileManager.default.temporaryDirectory.appending(path: "points-\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: table) }
    func outcome(_ rows: String, _ words: String...) throws -> Outcome {
      try "id,x,y\n\(rows)\n".write(toFile: table, atomically: true, encoding: .utf8)
      return weights([table, "--out", "-"] + words)
    }
    // 30 km and 40 km along the axes: 50 km apart.
    let metres = "a,500000,3100000\nb,530000,3140000"
    let unknown = try outcome(metres, "--rule", "distance:60")
    #expect(unknown.code == .data && unknown.errors.contains("--coordinate-unit"))
    let near = try outcome(metres, "--rule", "distance:51", "--coordinate-unit", "m")
    #expect(PolygonFileTests.links(near.output) == ["a,b", "b,a"])
    let far = try outcome(metres, "--rule", "distance:49", "--coordinate-unit", "m")
    #expect(far.code == .done && PolygonFileTests.links(far.output).isEmpty)
    let swapped = "a,28.1,112.5\nb,28.2,112.5"
    #expect(try outcome(swapped, "--rule", "distance:60").errors.contains("swapped?"))
    // A tenth of a degree of latitude is 11 km.
    let turned = try outcome(swapped, "--rule", "distance:12", "--swap-coordinates")
    #expect(PolygonFileTests.links(turned.output) == ["a,b", "b,a"])
  }

  @Test func `the unit of planar coordinates makes kilometres of them`() {
    let file = "\(PolygonFileTests.folder)/metres-no-crs.json"
    func links(_ words: String...) -> Set<String> {
      PolygonFileTests.links(weights([file, "--out", "-"] + words).output)
    }
    // The same length as so many metres, kilometres and, in the plane as it is, units.
    let metres = links("--rule", "distance:40", "--coordinate-unit", "m")
    #expect(metres.count == 8)
    #expect(links("--rule", "distance:40000", "--coordinate-unit", "km") == metres)
    #expect(links("--rule", "distance:40000", "--metric", "planar") == metres)
    let globe = weights([file, "--rule", "distance:40", "--metric", "great-circle"])
    #expect(globe.code == .data && globe.errors.contains("great circles need longitudes and latitudes"))
  }
}
