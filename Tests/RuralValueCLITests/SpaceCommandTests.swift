import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// From indicators to hot spots to maps, through the command line and files.
@Suite struct SpaceCommandTests {
  static let hunan = ProjectFiles.fixture("data/hunan").path
  static let carolina = ProjectFiles.fixture("reference/spatial/nc_sids.geojson").path
  static let crime = ProjectFiles.fixture("data/north-carolina/counties-1981-1987.csv").path

  /// Runs calls in which OUT stands for a folder that is removed afterwards.
  func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "space-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @discardableResult func done(_ call: String) -> String {
    let outcome = shell(call)
    #expect(outcome.code == .done, "\(call): \(outcome.errors)")
    return outcome.output
  }

  func refused(_ call: String, _ code: ExitCode, _ message: String) {
    let outcome = shell(call)
    #expect(outcome.code == code && outcome.errors.contains(message), "\(call): \(outcome.errors)")
  }

  func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `the paper's figures come from indicators, the same bytes each time, and say what is simulated`()
    throws
  {
    try inFolder { out in
      let h = Self.hunan
      done(
        "ruralvalue entropy \(h)/panel-simulated.csv --indicators \(h)/indicators.csv --out \(out) --quiet")
      done(
        "ruralvalue hotspot \(out)/scores.csv --variable V,P --weights \(h)/queen.csv --growth 2012:2022 --fdr"
          + " --permutations 99 --out \(out) --quiet")
      #expect(
        try text("\(out)/hotspot_classes.csv").hasPrefix(
          "unit,time,V,P,V_fdr,P_fdr,analysis,simulated\n430103,2022,"))
      #expect(
        try text("\(out)/hotspot_classes_fdr.csv").hasPrefix(
          "unit,time,V,P,V_raw,P_raw,analysis,simulated\n"))
      let hot =
        "ruralvalue map \(h)/counties.geojson --table \(out)/hotspot_classes.csv --hot V,P --lang zh --quiet"
      done(hot + " --out \(out)/a.svg")
      done(hot + " --out \(out)/b.svg")
      let svg = try text("\(out)/a.svg")
      let again = try text("\(out)/b.svg")
      #expect(svg == again)
      #expect(svg.contains("热点（置信度99%）") && svg.contains("模拟数据") && svg.contains("未纳入研究"))
      let overlay = done(
        "ruralvalue map \(h)/counties.geojson --table \(out)/scores.csv --fill V --circles P+C --periods 2012,2022"
          + " --outline prefecture --label prefecture=Prefectures --label V=Value --graticule --quiet")
      #expect(
        overlay.contains(">Prefectures</text>") && overlay.contains("112°E")
          && overlay.contains(">P+C</text>"))
      #expect(overlay.contains("(a) 2012") && overlay.contains("Simulated data: about no real county."))
    }
  }

  @Test func `a study area colours its regions so that neighbours differ, and names them`() {
    let svg = done(
      "ruralvalue map \(Self.hunan)/counties.geojson --regions prefecture --labels prefecture --lang zh --quiet"
    )
    #expect(svg.contains(">长沙市</text>") && svg.contains("天地图"))
    let keyed = done("ruralvalue map \(Self.carolina) --id FIPS --regions L_id --label 1=West --quiet")
    #expect(keyed.contains(">West</text>") && keyed.contains(">Region</text>"))
    #expect(
      done("ruralvalue map \(Self.carolina) --projection lambert --quiet").contains("Lambert conformal"))
  }

  @Test func `every way of classing draws`() throws {
    try inFolder { out in
      let call =
        "ruralvalue map \(Self.carolina) --id FIPS --table \(Self.crime) --fill crmrte --periods 1987 --quiet"
      for options in [
        "--method quantile --palette blues", "--method equal --classes 7", "--breaks 0.02,0.04",
      ] {
        done("\(call) \(options) --out \(out)/m.svg")
        let drawn = try text("\(out)/m.svg")
        #expect(drawn.contains("Not studied"))
      }
      let json = done("\(call) --out \(out)/m.svg --json")
      #expect(json.contains("\"command\": \"map\"") && json.contains("\"classes\""))
      refused("\(call) --json", .usage, "expected --out FILE.svg")
      refused("\(call) --breaks 3,2", .usage, "ascending")
      refused("\(call) --hot crmrte", .usage, "exclude each other")
      refused("\(call) --label X", .usage, "a column and its name")
      refused("\(call) --name NAM", .data, "Did you mean \"NAME\"?")
      refused(call.replacingOccurrences(of: "1987 ", with: "1999 "), .data, "no period 1999")
      refused(call.replacingOccurrences(of: "1987 ", with: "then "), .usage, "years separated by commas")
      refused(
        "ruralvalue map \(Self.carolina) --id FIPS --table \(Self.crime) --hot crmrte --quiet", .data,
        "expected a class from -3 to 3")
    }
  }

  @Test func `weights survive every format with their fingerprint`() throws {
    try inFolder { out in
      let call = "ruralvalue weights \(Self.carolina) --id FIPS --rule rook --quiet"
      func fingerprint(_ output: String) -> Substring? {
        output.split(separator: "\n").first { $0.contains("\"fingerprint\"") }
      }
      let made = fingerprint(done("\(call) --json"))
      #expect(made != nil)
      for name in ["w.csv", "w.gal", "w.gwt", "m.csv --layout matrix"] {
        done("\(call) --out \(out)/\(name)")
        let file = name.split(separator: " ")[0]
        #expect(fingerprint(done("ruralvalue weights \(out)/\(file) --json --quiet")) == made, "\(name)")
      }
      refused(
        "\(call) --standardise row --out \(out)/w.gal", .usage, "GAL files hold no weights other than one")
      refused("\(call) --out \(out)/w.txt", .usage, ".csv, .gal or .gwt")
      refused("\(call) --tolerance -1", .usage, "not below zero")
      refused("ruralvalue weights \(Self.carolina) --id NAMES", .data, "no feature has the property")
      refused(
        "ruralvalue weights \(Self.carolina) --id NAME --rule knn:100", .data, "needs at least 101 units")
      let spaced = shell("ruralvalue weights \(Self.carolina) --id NAME --out \(out)/n.gal")
      #expect(spaced.errors.contains("\"New Hanover\" has a space"))
    }
  }

  @Test func `points, distances and economic distance make weights`() {
    let counties = "\(Self.hunan)/counties.csv"
    let panel = "\(Self.hunan)/panel-simulated.csv"
    #expect(done("ruralvalue weights \(counties) --rule knn:3 --coordinates lon,lat").contains("122"))
    #expect(
      done("ruralvalue weights \(counties) --rule inverse-distance:1,60 --metric planar").contains("122"))
    let nested = done(
      "ruralvalue weights \(Self.hunan)/counties.geojson --exclude 430102 --rule queen*economic:rural_income"
        + " --values \(panel) --standardise spectral --json --quiet")
    #expect(nested.contains("\"links\": 315") && nested.contains("\"symmetric\": true"))
    #expect(
      done("ruralvalue weights \(Self.carolina) --id FIPS --rule economic:BIR74 --quiet").contains("9900"))
    #expect(
      shell("ruralvalue weights \(Self.carolina) --id FIPS --tolerance 0.001").errors.contains(
        "A tolerance of 0.001"))
    refused(
      "ruralvalue weights \(Self.carolina) --id FIPS --rule economic:BIR", .data,
      "no feature has the property")
    refused("ruralvalue weights \(counties) --rule queen", .usage, "needs polygons")
    refused("ruralvalue weights \(panel) --rule knn:2", .usage, "name longitude and latitude")
    refused("ruralvalue weights \(counties) --rule knn:2 --coordinates lon", .usage, "two columns")
  }

  @Test func `points need an id each, and no id stands twice`() {
    func message(_ ids: String...) -> String {
      let rows = ids.enumerated().map { "\($1),x\($0),11\($0),28" }
      return ruralvalue(
        ["weights", "-", "--rule", "knn:1"],
        input: Array((["county,note,lon,lat"] + rows).joined(separator: "\n").utf8)
      ).errors
    }
    #expect(message("a", "b", "a").contains("the id \"a\" stands twice, on lines 2 and 4"))
    #expect(
      message("a", "b", "a").contains(
        "the column \"county\"; name another that tells the units apart with --id."))
    #expect(message("a", "", "b").contains("line 3, column \""))
    #expect(!message("a", "b", "c").contains("expected"))
  }

  @Test func `a property of polygons that is no number is named with its feature`() {
    let map = StrictMap.collection(["\"id\":1,\"v\":\"12\"", "\"id\":2,\"v\":\"abc\"", "\"id\":3,\"v\":3"])
    let outcome = ruralvalue(["weights", "-", "--rule", "economic:v"], input: Array(map.utf8))
    #expect(outcome.code == .data)
    #expect(
      outcome.errors.contains("feature 2 (2): the v is \"abc\"; expected a number."), "\(outcome.errors)")
  }

  @Test func `polygons in UTF-16 are told from CSV by their mark`() {
    let map = StrictMap.collection(["\"id\":1", "\"id\":2"])
    let wide: [UInt8] =
      [0xFF, 0xFE] + map.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let outcome = ruralvalue(["weights", "-"], input: wide)
    #expect(
      outcome.code == .done && outcome.output == ruralvalue(["weights", "-"], input: Array(map.utf8)).output)
  }

  @Test func `hot spots that control of the false discovery rate empties are told below their counts`() {
    let outcome = ruralvalue([
      "hotspot", ProjectFiles.fixture("data/north-carolina/counties-1981-1987.csv").path, "--variable",
      "crmrte",
      "--growth", "1981:1987", "--weights", ProjectFiles.fixture("reference/spatial/nc_sids.geojson").path,
      "--id",
      "FIPS",
    ])
    #expect(outcome.code == .done, "\(outcome.errors)")
    let words = outcome.output.replacing(/\s+/, with: " ")
    #expect(words.contains("No unit stays significant after FDR control"), "\(outcome.output)")
    #expect(words.contains("crmrte (8)"))
  }

  @Test func `options that contradict each other are refused`() {
    let w = "--weights \(Self.hunan)/queen.csv"
    let hot = "ruralvalue hotspot \(Self.hunan)/panel-simulated.csv"
    refused("\(hot) \(w)", .usage, "hotspot needs --variable X")
    refused(
      "\(hot) \(w) --variable rural_income --growth 2012:2022 --change 2012:2022", .usage,
      "exclude each other")
    refused("\(hot) \(w) --variable rural_income --growth 2012:", .usage, "two periods such as 2012:2022")
    refused("ruralvalue moran \(Self.hunan)/panel-simulated.csv \(w)", .usage, "moran needs --variable X")
  }
}

/// Squares side by side with the properties that a test gives them.
private enum StrictMap {
  static func collection(_ properties: [String]) -> String {
    let features = properties.enumerated().map { x, properties in
      "{\"type\":\"Feature\",\"properties\":{\(properties)},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        + "[[[\(x),0],[\(x + 1),0],[\(x + 1),1],[\(x),1],[\(x),0]]]}}"
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }
}
