import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

/// Every .shp and .dbf file of the corpus: the stated attributes, queen links and areas, or the stated refusal.
///
/// Attributes are those that pyshp or GDAL wrote, links PySAL's, areas shapely's.
@Suite struct ShapefileCorpusTests {
  static let folder = "reference/files/shp"

  /// A shapefile that is read, whose truth it has, and what a note must say.
  static let readings: [(stem: String, truth: String, note: String)] = [
    ("dbf-cut-name", "dbf-cut-name", "4 texts fill their field"),
    ("dbf-deleted", "dbf-deleted", "record 2 is marked as deleted"),
    ("file-length-lies", "polygons-utf8", "the header says 100 bytes and the file has 1900"),
    ("gdal-cgcs2000", "gdal-cgcs2000", ""),
    ("geographic-no-prj", "geographic-no-prj", "taken as longitudes and latitudes"),
    ("multipolygon-holes", "multipolygon-holes", ""),
    ("names-cpg-lies", "names-cpg-lies", "declare UTF-8, but the texts are GB18030"),
    ("names-gbk-cpg", "names-gbk-cpg", ""), ("names-gbk-ldid", "names-gbk-ldid", ""),
    ("names-gbk-no-cpg", "names-gbk-no-cpg", "no .cpg file says"), ("no-shx", "polygons-utf8", ""),
    ("null-shape", "null-shape", ""), ("points", "points", ""), ("polygon-m", "polygon-m", ""),
    ("polygon-z", "polygon-z", ""), ("polygons-utf8", "polygons-utf8", ""),
    ("prj-contradicts", "prj-contradicts", "WGS_1984_UTM_Zone_49N, a plane whose unit is 1 m"),
    ("projected-3857", "projected-3857", "lengths and areas are stretched"),
    ("projected-albers", "projected-albers", "D_Krasovsky_1940"),
    ("projected-gk37", "projected-gk37", "CGCS2000_3_Degree_GK_Zone_37"),
    ("projected-no-prj", "projected-no-prj", "a plane of unknown unit"),
    ("projected-utm49", "projected-utm49", "a plane whose unit is 1 m"),
    ("ring-direction", "ring-direction", "outlines of 4 features run counter-clockwise"),
    ("ring-order", "ring-order", ""),
  ]

  @Test(arguments: readings)
  func `a shapefile has its attributes, links and areas`(
    _ line: (stem: String, truth: String, note: String)
  ) throws {
    let reading = try Self.read(line.stem)
    try reading.requireSound { _ in true }
    let notes = reading.notes.map(\.english).joined(separator: "\n")
    if line.note.isEmpty {
      #expect(!notes.contains("GB18030") && !notes.contains("clockwise"), "\(notes)")
    } else {
      #expect(notes.contains(line.note), "\(notes)")
    }
    try Self.requireAttributes(reading.layer, line.truth)
    try Self.requireLinks(reading.layer, line.truth)
    try Self.requireAreas(reading.layer, line.truth)
  }

  /// Shapefiles that are refused, and what the sentence must say.
  static let refusals: [(stem: String, words: [String])] = [
    ("bad-dbf-count", ["f.dbf", "announces 2147483647 records, and 9 are whole"]),
    ("bad-dbf-field-type", ["f.dbf, field 1 (PAC)", "type is Q", "C (text)"]),
    ("bad-dbf-record-size", ["f.dbf", "a record has 1 bytes", "4 fields take 58"]),
    ("bad-lines", ["f.shp", "lines (type 3)", "polygons"]),
    ("bad-magic", ["f.shp", "file code 1234, expected 9994"]),
    ("bad-more-shapes", ["4 features", "f.dbf holds 9 records"]),
    ("bad-nan", ["f.shp, feature 1", "a coordinate is nan"]),
    ("bad-no-dbf", ["f.shp", "expected f.dbf"]),
    ("bad-part-start", ["f.shp, feature 1", "part 1 begins at point 5000 of 9"]),
    ("bad-parts", ["f.shp, feature 1", "announces 1073741824 parts"]),
    ("bad-points", ["f.shp, feature 1", "announces -3 points"]),
    ("bad-record-length", ["f.shp, feature 1", "ends within the feature"]),
    ("bad-truncated-dbf", ["f.dbf", "announces 9 records, and 6 are whole"]),
    ("bad-truncated-shp", ["f.shp", "the header says 1900 bytes and there are 1700, with 8 whole features"]),
    ("multipatch-renamed", ["f.shp", "multipatches (type 31)"]),
  ]

  @Test(arguments: refusals)
  func `a damaged shapefile is refused with the place and what to do`(
    _ refusal: (stem: String, words: [String])
  ) throws {
    let error = try #require(throws: ShapefileError.self) { try Self.read(refusal.stem) }
    for word in refusal.words { #expect("\(error)".contains(word), "\(error)") }
  }

  @Test func `a table without shapes is read, and what its fields cannot hold is missing with a note`() throws
  {
    let document = try AttributeReader.read(
      try #require(try Self.part("dbf-types", "dbf")), source: "f.dbf")
    #expect(
      try Self.rows(document.table) == #require(try TruthTable.rows("\(Self.folder)/dbf-types.dbf.csv")))
    let notes = document.notes.map(\.english).joined(separator: "\n")
    #expect(notes.contains("field \"N2\": 1 cell holds what its type does not allow"), "\(notes)")
    #expect(notes.contains("\",25\" in record 5"))
    #expect(notes.contains("1 text is \"None\""))
  }

  @Test func `the attributes of a shapefile that lacks its shapes are a table`() throws {
    let document = try AttributeReader.read(
      try #require(try Self.part("bad-dbf-alone", "dbf")), source: "f.dbf")
    #expect(document.table.rowCount == 9)
    #expect(document.table.columnNames == ["PAC", "NAME", "GDP", "POP"])
  }

  @Test func `every file of the corpus has its line here`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: ProjectFiles.fixture(Self.folder).path)
    let stems = files.filter { $0.hasSuffix(".shp") }.map { String($0.dropLast(4)) }
    #expect(Set(stems) == Set(Self.readings.map(\.stem) + Self.refusals.map(\.stem)))
    let tables = Set(files.filter { $0.hasSuffix(".dbf") }.map { String($0.dropLast(4)) }).subtracting(stems)
    #expect(tables == ["dbf-types", "bad-dbf-alone"])
  }

  static func part(_ stem: String, _ ending: String) throws -> [UInt8]? {
    let url = ProjectFiles.fixture("\(folder)/\(stem).\(ending)")
    return FileManager.default.fileExists(atPath: url.path) ? Array(try Data(contentsOf: url)) : nil
  }

  static func parts(_ stem: String) throws -> ShapefileParts {
    ShapefileParts(
      shapes: try #require(try part(stem, "shp")), attributes: try part(stem, "dbf"),
      codePage: try part(stem, "cpg"), projection: try part(stem, "prj"))
  }

  static func read(_ stem: String) throws -> PolygonReading {
    try ShapefileReader.readAll(try parts(stem), source: "f.shp")
  }

  private static func rows(_ table: Table) -> [[String]] {
    [table.columnNames]
      + (0..<table.rowCount).map { row in
        (0..<table.columnCount).map { table.text(row: row, column: $0) }
      }
  }

  private static func requireAttributes(_ layer: PolygonLayer, _ stem: String) throws {
    guard let truth = try TruthTable.rows("\(folder)/\(stem).dbf.csv") else { return }
    // Of one file the truth has two of four attributes.
    let names = truth[0].prefix(truth[1].count)
    let found = layer.features.map { feature in names.map { feature.text(of: $0) ?? "" } }
    #expect(found == Array(truth.dropFirst()))
  }

  private static func requireLinks(_ layer: PolygonLayer, _ stem: String) throws {
    guard let truth = try TruthTable.rows("\(folder)/\(stem).queen.csv") else { return }
    let numbers = layer.features.map { ($0.origin?.number ?? 0) - 1 }
    let pairs = Contiguity.queen.pairs(in: layer).map { (numbers[$0.0], numbers[$0.1]) }
    let links = Set(pairs.flatMap { [["\($0.0)", "\($0.1)"], ["\($0.1)", "\($0.0)"]] })
    #expect(links == Set(truth.dropFirst()))
  }

  /// Areas to ten digits: both sum the same trapezia in another order.
  private static func requireAreas(_ layer: PolygonLayer, _ stem: String) throws {
    guard let truth = try TruthTable.rows("\(folder)/\(stem).area.csv") else { return }
    let positions = layer.features.indices.filter { !layer.features[$0].rings.isEmpty }
    #expect(positions.count == truth.count - 1)
    for (position, row) in zip(positions, truth.dropFirst()) {
      #expect("\((layer.features[position].origin?.number ?? 0) - 1)" == row[0])
      expectClose(
        area(of: position, layer), try #require(Double(row[1])), relative: 1e-10, from: "shapely",
        "the area of record \(row[0])")
    }
  }

  static func area(of feature: Int, _ layer: PolygonLayer) -> Double {
    layer.rings[layer.features[feature].rings].reduce(0) { sum, ring in
      let first = ring.vertices.lowerBound
      var (area, last) = (0.0, ring.vertices.upperBound - 1)
      for vertex in ring.vertices {
        area += (layer.x[last] - layer.x[first]) * (layer.y[vertex] - layer.y[first])
        area -= (layer.x[vertex] - layer.x[first]) * (layer.y[last] - layer.y[first])
        last = vertex
      }
      return sum + abs(area) / 2 * (ring.isHole ? -1 : 1)
    }
  }
}
