import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// A study of Hunan whose panel is a workbook or a Stata file and whose map is a shapefile has the tables of the one
/// from CSV and GeoJSON, byte by byte.
@Suite struct HunanFormatTests {
  /// Everything that a panel and a map are asked for, but little of each.
  private static func study(panel: String, map: String) -> String {
    """
    { title: "Formats", seed: 7, output: { folder: "results", formats: ["csv"] },
      panel: { file: "\(panel)", unit: "code", time: "year" },
      indicators: { file: "indicators.csv", weights: "annual-mean" },
      analysis: { prepare: [{ log: ["V", "P", "C", "I", "T"] }] },
      describe: { variables: ["V", "P", "C", "I", "T"] },
      weights: { queen: { file: "\(map)", rule: "queen", exclude: "430102", id: "code" },
        nearest: { file: "\(map)", rule: "knn:5", exclude: "430102", id: "code" } },
      models: { gmm: [{ name: "sums", formula: "V ~ lag(V) + P + C + I + T" }],
        sdm: [{ name: "main", formula: "ln_V ~ ln_P + ln_C", draws: 0 }] },
      moran: { variables: ["V"], permutations: 0, local: true },
      hotspots: { variables: ["V"] },
      maps: [{ name: "value", fill: "V", periods: [2022], exclude: "430102", id: "code" }] }
    """
  }

  @Test(arguments: ["panel.xlsx", "panel.dta"])
  func `the tables of a study do not depend on the formats of its files`(_ panel: String) throws {
    let data = ProjectFiles.fixture("data/hunan")
    let folder = FileManager.default.temporaryDirectory.appending(path: "formats-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var tables: [[String: Data]] = []
    for (name, panel, map) in [("texts", "panel.csv", "map.geojson"), ("binaries", panel, "map.shp")] {
      let place = folder.appending(path: name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(contentsOf: data.appending(path: "indicators.csv"))
        .write(to: place.appending(path: "indicators.csv"))
      try Self.write(panel, map, from: data, into: place)
      try Data(Self.study(panel: panel, map: map).utf8).write(to: place.appending(path: "study.json"))
      let outcome = ruralvalue(["study", place.appending(path: "study.json").path, "--quiet"])
      #expect(outcome.code == .done, "\(outcome.errors)")
      tables.append(try Self.tables(in: place.appending(path: "results")))
    }
    #expect(tables[0].count > 10)
    #expect(tables[0].keys.sorted() == tables[1].keys.sorted())
    for (name, bytes) in tables[0] { #expect(tables[1][name] == bytes, "\(name)") }
  }

  private static func write(_ panel: String, _ map: String, from data: URL, into place: URL) throws {
    let panelText = try Data(contentsOf: data.appending(path: "panel-simulated.csv"))
    let mapText = try Data(contentsOf: data.appending(path: "counties.geojson"))
    let table = try CSVReader.read(Array(panelText), source: "panel").table
    let bytes =
      switch panel.suffix(4) {
      case "xlsx": Data(workbook(of: table))
      case ".dta": Data(stata(of: table))
      default: panelText
      }
    try bytes.write(to: place.appending(path: panel))
    guard map.hasSuffix(".shp") else { return try mapText.write(to: place.appending(path: map)) }
    let layer = try GeoJSONReader.read(Array(mapText), source: "map").layer
    let (shapes, attributes) = shapefile(of: layer)
    try Data(shapes).write(to: place.appending(path: "map.shp"))
    try Data(attributes).write(to: place.appending(path: "map.dbf"))
    try Data("UTF-8".utf8).write(to: place.appending(path: "map.cpg"))
  }

  /// The columns that do not hold numbers alone, and the codes.
  private static func texts(of table: Table) -> Set<Int> {
    Set(
      table.columnNames.indices.filter { column in
        table.columnNames[column] == "code"
          || table.texts(column: column).contains { !$0.isEmpty && Double($0) == nil }
      })
  }

  private static func workbook(of table: Table) -> [UInt8] {
    let rows = (0..<table.rowCount).map { row in
      (0..<table.columnCount).map { table.text(row: row, column: $0) }
    }
    return WorkbookBytes.bytes(of: [table.columnNames] + rows, texts: texts(of: table))
  }

  private static func stata(of table: Table) -> [UInt8] {
    let texts = texts(of: table)
    return StataBytes(
      variables: table.columnNames.enumerated().map { column, name in
        let cells = table.texts(column: column)
        guard !texts.contains(column) else {
          let length = cells.map(\.utf8.count).max() ?? 1
          return StataBytes.text(name, max(1, length), cells.map { Array($0.utf8) })
        }
        // The code of a missing double.
        let missing = Double(bitPattern: 0x7FE0_0000_0000_0000)
        return StataBytes.double(name, "%10.0g", cells.map { Double($0) ?? missing })
      }
    ).bytes
  }

  /// The layer with outlines clockwise and holes the other way round, as the format wants.
  private static func shapefile(of layer: PolygonLayer) -> (shapes: [UInt8], attributes: [UInt8]) {
    let features = layer.features.map { feature in
      layer.rings[feature.rings].map { ring in
        var points = ring.vertices.map { (layer.x[$0], layer.y[$0]) }
        points.append(points[0])
        let area = zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.0 * $1.1.1 - $1.1.0 * $1.0.1 }
        return (area > 0) == ring.isHole ? points : points.reversed()
      }
    }
    let names = ["code", "name_zh", "prefecture"]
    let rows = layer.features.map { feature in names.map { feature.text(of: $0) ?? "" } }
    return (
      ShapefileBytes(features: features).shapes, ShapefileBytes.table(names.map { ($0, "C", 40) }, rows)
    )
  }

  private static func tables(in folder: URL) throws -> [String: Data] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var tables: [String: Data] = [:]
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "csv" else { continue }
      tables[file.path.replacing(folder.path, with: "")] = try Data(contentsOf: file)
    }
    return tables
  }
}
