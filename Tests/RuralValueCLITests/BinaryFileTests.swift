import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@testable import RuralValueCLI

/// Stata files, shapefiles and dBASE tables in the place of CSV and GeoJSON, by the verbs that read them.
@Suite struct BinaryFileTests {
  private static func stata(_ stem: String) -> String {
    ProjectFiles.fixture("reference/files/dta/\(stem)").path
  }

  private static func shapes(_ stem: String) -> String {
    ProjectFiles.fixture("reference/files/shp/\(stem)").path
  }

  @Test func `a Stata file answers as its CSV does`() {
    let (file, text) = (
      ruralvalue(["describe", Self.stata("release-118.dta")]),
      ruralvalue(["describe", Self.stata("release-118.csv")])
    )
    #expect(file.code == .done, "\(file.errors)")
    #expect(file.output.replacing("release-118.dta", with: "release-118.csv") == text.output)
  }

  @Test func `a file is read by its contents, whatever its name says`() {
    let outcome = ruralvalue(["prepare", Self.stata("csv-renamed.dta"), "--unit", "code", "--time", "year"])
    #expect(outcome.code == .done, "\(outcome.errors)")
  }

  @Test func `a panel from standard input may be a Stata file`() throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: Self.stata("release-114-gb18030.dta"))))
    let outcome = ruralvalue(["describe", "-"], input: bytes)
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.errors.contains("read as GB18030"))
  }

  @Test func `value labels take the place of numbers where the call says so`() {
    let words = ["prepare", Self.stata("release-118.dta"), "--quiet"]
    #expect(ruralvalue(words).output.contains(",1\n"))
    let labelled = ruralvalue(words + ["--value-labels"])
    #expect(labelled.output.contains("东部"), "\(labelled.errors)")
  }

  @Test func `value labels of what is no Stata file are the call's mistake`() {
    let outcome = ruralvalue(["describe", Self.stata("release-118.csv"), "--value-labels"])
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("--value-labels is about Stata files"))
  }

  @Test(arguments: [
    ["--skip-lines", "1"], ["--header-rows", "2"], ["--skip-footer", "1"], ["--separator", "tab"],
  ])
  func `an option about lines of text is refused of a Stata file`(_ option: [String]) {
    let outcome = ruralvalue(["describe", Self.stata("release-118.dta")] + option)
    #expect(outcome.code == .usage)
    #expect(outcome.errors.contains("\(option[0]) is about lines of text"), "\(outcome.errors)")
  }

  @Test func `markers of missing values count in a Stata file too`() {
    let outcome = ruralvalue(["describe", Self.stata("release-118.dta"), "--missing-as", "840.62"])
    #expect(outcome.errors.contains("\"840.62\" (1)"), "\(outcome.errors)")
  }

  @Test func `a cell that is no number is named by its observation and variable`() {
    let outcome = ruralvalue(["describe", Self.stata("release-118.dta"), "--variables", "name"])
    #expect(outcome.code == .data)
    #expect(
      outcome.errors.contains("release-118.dta, observation 1, variable \"name\": found \"辛市\""),
      "\(outcome.errors)")
  }

  @Test func `a key that stands twice is named by its observations`() {
    let outcome = ruralvalue([
      "describe", Self.stata("release-118.dta"), "--unit", "region", "--time", "year",
    ])
    #expect(outcome.code == .data)
    #expect(outcome.errors.contains("on observations "), "\(outcome.errors)")
  }

  @Test func `a cell of a dBASE table is named by its record and field`() {
    let outcome = ruralvalue([
      "describe", Self.shapes("polygons-utf8.dbf"), "--unit", "PAC", "--time", "none", "--variables", "NAME",
    ])
    #expect(outcome.code == .data)
    #expect(outcome.errors.contains("polygons-utf8.dbf, record 1, field \"NAME\""), "\(outcome.errors)")
  }

  /// Calls whose answers name their source in many ways.
  static let calls: [[String]] = [
    ["describe", stata("release-118.dta"), "--json"],
    ["prepare", stata("release-114-gb18030.dta"), "--json"],
    ["prepare", stata("big-endian-118.dta")],
    ["describe", stata("value-labels-118.dta"), "--time", "none", "--json"],
    ["prepare", "--stack", stata("release-118.dta"), stata("release-119.dta"), "--json"],
    ["describe", shapes("dbf-types.dbf"), "--time", "none", "--lang", "zh"],
    ["map", shapes("names-gbk-no-cpg.shp"), "--json"], ["weights", shapes("dbf-deleted.shp"), "--json"],
    ["describe", stata("release-118.dta"), "--variables", "name", "--json"],
  ]

  @Test(arguments: calls)
  func `no answer shows the sign by which a source's rows are known`(_ words: [String]) {
    let outcome = ruralvalue(words)
    for text in [outcome.output, outcome.errors] {
      #expect(
        !text.unicodeScalars.contains { (0xFDD0...0xFDEF).contains($0.value) || $0 == "\u{FFFD}" }, "\(text)")
    }
  }

  // MARK: - Polygons

  /// The shapefiles of the corpus with a truth of links.
  static let linked = [
    "dbf-cut-name", "dbf-deleted", "gdal-cgcs2000", "geographic-no-prj", "multipolygon-holes",
    "names-cpg-lies",
    "names-gbk-cpg", "names-gbk-ldid", "names-gbk-no-cpg", "null-shape", "polygon-m", "polygon-z",
    "polygons-utf8",
    "projected-3857", "projected-albers", "projected-gk37", "projected-no-prj", "projected-utm49",
    "ring-direction",
    "ring-order",
  ]

  @Test(arguments: linked)
  func `queen links of a shapefile are the truth's`(_ stem: String) throws {
    let outcome = ruralvalue(["weights", Self.shapes("\(stem).shp"), "--id", "PAC", "--out", "-"])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let truth = try #require(try TruthTable.rows("reference/files/shp/\(stem).queen.csv"))
    let codes = try Self.codes(stem)
    let links = Set(truth.dropFirst().map { "\(codes[Int($0[0])!]),\(codes[Int($0[1])!])" })
    #expect(PolygonFileTests.links(outcome.output) == links)
  }

  /// The codes of all records, deleted ones included.
  private static func codes(_ stem: String) throws -> [String] {
    let rows = try #require(try TruthTable.rows("reference/files/shp/\(stem).dbf.csv"))
    var codes = rows.dropFirst().map { $0[0] }
    if stem == "dbf-deleted" { codes.insert("deleted", at: 1) }
    return codes
  }

  @Test func `a shapefile in a zip archive is the same as beside it`() {
    let (zipped, plain) = (
      ruralvalue(["weights", Self.shapes("zipped.zip"), "--id", "PAC", "--out", "-"]),
      ruralvalue(["weights", Self.shapes("polygons-utf8.shp"), "--id", "PAC", "--out", "-"])
    )
    #expect(zipped.code == .done, "\(zipped.errors)")
    #expect(zipped.output == plain.output)
  }

  @Test func `points have distances and no borders`() {
    let path = Self.shapes("points.shp")
    let nearest = ruralvalue(["weights", path, "--rule", "knn:1", "--out", "-"])
    #expect(nearest.code == .done, "\(nearest.errors)")
    let queen = ruralvalue(["weights", path, "--rule", "queen"])
    #expect(queen.code != .done && queen.errors.contains("polygons"), "\(queen.errors)")
  }

  /// Rules of distance on planes: what the answer says, and whether it is one.
  static let distances: [(stem: String, options: [String], words: String, isRead: Bool)] = [
    ("projected-utm49", [], "kilometres in the plane of WGS_1984_UTM_Zone_49N, whose unit is 1 m", true),
    ("projected-gk37", [], "kilometres in the plane of CGCS2000_3_Degree_GK_Zone_37", true),
    ("projected-3857", [], "turned back into longitudes and latitudes", true),
    ("projected-no-prj", [], "nothing says their unit", false),
    ("projected-no-prj", ["--coordinate-unit", "m"], "", true),
    ("prj-contradicts", [], "in metres, but the coordinates lie within ±180 and ±90", false),
    ("geographic-no-prj", [], "taken as longitudes and latitudes", true),
  ]

  @Test(arguments: distances)
  func `kilometres come of a plane whose unit is known`(
    _ line: (stem: String, options: [String], words: String, isRead: Bool)
  ) {
    let outcome = ruralvalue(
      ["weights", Self.shapes("\(line.stem).shp"), "--rule", "distance:40", "--out", "-"] + line.options)
    #expect(outcome.code == (line.isRead ? .done : .data), "\(outcome.errors)")
    #expect(outcome.errors.contains(line.words) || line.words.isEmpty, "\(outcome.errors)")
    // Cells of a quarter of a degree: each of four is within 40 km of the others, none 0 or 1,000 units away.
    if line.isRead { #expect(PolygonFileTests.links(outcome.output).count == 12) }
  }

  @Test func `a map of a shapefile is drawn`() {
    let outcome = ruralvalue(["map", Self.shapes("multipolygon-holes.shp"), "--quiet"])
    #expect(outcome.code == .done && outcome.output.hasPrefix("<svg"), "\(outcome.errors)")
  }

  @Test func `weights are made of a shapefile where a verb wants them`() {
    let outcome = ruralvalue([
      "moran", Self.shapes("polygons-utf8.dbf"), "--unit", "PAC", "--time", "none", "--variable", "GDP",
      "--weights",
      Self.shapes("polygons-utf8.shp"), "--id", "PAC", "--permutations", "0",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    #expect(outcome.errors.contains("weights are queen contiguity of its polygons"))
  }

  /// Files in the wrong place, with what the answer must say.
  static let misplaced: [(words: [String], answer: String)] = [
    (["map", shapes("bad-dbf-alone.dbf")], "give the outlines, the .shp beside it"),
    (["map", stata("release-118.dta")], "a Stata data set (.dta)"),
    (["describe", shapes("polygons-utf8.shp")], "The table of a shapefile is the .dbf beside it"),
    (["describe", stata("bad-sav-renamed.dta")], "SPSS"),
    (["weights", shapes("bad-no-dbf.shp")], "bad-no-dbf.dbf"),
    (["map", shapes("polygons-utf8.shp"), "--object", "a"], "--object names \"a\""),
  ]

  @Test(arguments: misplaced)
  func `a file in the wrong place is answered with the right one`(_ line: (words: [String], answer: String)) {
    let outcome = ruralvalue(line.words)
    #expect(outcome.code != .done && outcome.output.isEmpty)
    #expect(outcome.errors.contains(line.answer), "\(outcome.errors)")
  }

  @Test func `the files of a shapefile are all among the inputs`() throws {
    let outcome = ruralvalue(["weights", Self.shapes("polygons-utf8.shp"), "--json"])
    for ending in ["shp", "dbf", "cpg", "prj"] {
      #expect(outcome.output.contains("polygons-utf8.\(ending)\""), "\(outcome.output.prefix(800))")
    }
  }
}
