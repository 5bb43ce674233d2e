import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// What an input or an option makes too large is refused with a sentence, and what is beyond the range of numbers
/// ends in one: never a trap, and never infinity, NaN or zero for an answer.
@Suite struct RefusalTests {
  /// A folder with tables that are small, and with calls that make much of them.
  static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "refusals-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ lines: [String]) {
      try? Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: name))
    }
    func panel(_ years: [Int], _ value: (Int, Int) -> String) -> [String] {
      ["id,year,V,P"] + (0..<40).flatMap { id in years.map { "\(id),\($0),\(value(id, $0))" } }
    }
    write("panel.csv", panel(Array(2010...2017)) { "\($0 * 7919 * $1 % 1009),\($0 * $0 * 31 * $1 % 97)" })
    write("stray.csv", panel([2010, 2011, 2012, 2013, 2014, 20200]) { "\($0 + $1 % 7),\(($0 * $1) % 11)" })
    write("near.csv", panel([2010, 2011, 2012, 2013, 2014, 6000]) { "\($0 + $1 % 7),\(($0 * $1) % 11)" })
    write("diagonal.csv", ["id,year,V,P"] + (0..<2000).map { "u\($0),\($0),\($0 % 7),\($0 % 5)" })
    write("sparse.csv", ["id,year,V"] + (0..<300).flatMap { ["u\($0),1,1", "u\($0),\(300 + $0),2"] })
    write("points.csv", ["id,lon,lat"] + (0..<300).map { "\($0),\($0 % 17),\(Double($0) / 17)" })
    write("links.csv", ["from,to"] + (0..<40).flatMap { i in (1...3).map { "\(i),\((i + $0) % 40)" } })
    write("directed.csv", ["from,to,weight"] + (0..<400).map { "\($0),\(($0 * 7 + 3) % 400),\($0 + 1)" })
    write("wide.csv", ["id,indicator,2010,2011"] + (0..<400).map { "u\($0),i\($0),1,2" })
    write(
      "many.csv",
      ["id,year," + (0..<100).map { "v\($0)" }.joined(separator: ",")]
        + (0..<6).map { row in
          "\(row),1," + (0..<100).map { "\((row * 31 + $0 * 17) % 29)" }.joined(separator: ",")
        })
    let extremes = [("1.7e308", "-1.7e308"), ("-1.7e308", "1.7e308"), ("1e-320", "0"), ("1e307", "5e-324")]
    write(
      "extreme.csv",
      ["id,year,V,P"]
        + (0..<40).flatMap { id in
          extremes.enumerated().map { "\(id),\(2010 + $0),\(id % 2 == 0 ? $1.0 : $1.1),\($1.1)" }
        })
    write("system.csv", ["index,dimension,indicator,column,direction", "A,a,x,V,+", "A,a,y,P,-"])
    let squares = (0..<30).map { i in
      let (x, y) = (Double(i % 6), Double(i / 6))
      return
        "{\"type\":\"Feature\",\"properties\":{\"id\":\"\(i)\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        + "[[[\(x),\(y)],[\(x + 1),\(y)],[\(x + 1),\(y + 1)],[\(x),\(y + 1)],[\(x),\(y)]]]}}"
    }
    write(
      "map.geojson", ["{\"type\":\"FeatureCollection\",\"features\":[\(squares.joined(separator: ","))]}"])
    return folder
  }()

  static func call(_ line: String) -> [String] {
    line.split(separator: " ").map { word in
      let isFile = [".csv", ".geojson", ".svg"].contains { word.hasSuffix($0) }
      return isFile ? folder.appending(path: String(word)).path : String(word)
    }
  }

  static let calls = [
    "weights points.csv --rule distance:1000", "weights points.csv --rule inverse-distance:1",
    "weights points.csv --rule knn:200", "weights points.csv --rule economic:lat",
    "weights points.csv --rule knn:4*inverse-distance:1",
    "weights links.csv --layout matrix --out matrix.csv --max-memory 0.00002",
    "prepare diagonal.csv --unit id --time year --change V",
    "prepare sparse.csv --interpolate V;rows=every-step",
    "prepare wide.csv --from wide-years", "describe diagonal.csv --unit id --time year", "describe many.csv",
    "gmm panel.csv --formula V~lag(V)+P --max-memory 0.0001",
    "sdm panel.csv --formula V~P --weights links.csv --max-memory 0.0001",
    "sdm panel.csv --formula V~P --weights links.csv --draws 100000 --max-memory 0.003",
    "moran sparse.csv --variable V --weights links.csv --max-memory 0.0005",
    "hotspot sparse.csv --variable V --weights links.csv --max-memory 0.0005",
    "entropy diagonal.csv --unit id --time year --indicators system.csv",
    "map map.geojson --table panel.csv --fill V,P --max-memory 0.0001",
    "simulate indicators --counties 200 --seed 1",
    "simulate dynamic-panel --counties 200 --coefficients P=1 --seed 1",
    "simulate sdm --counties 400 --coefficients P=1 --seed 1",
  ]

  @Test(arguments: calls)
  func `beyond the limit a call says what would take how much, and what to do`(line: String) {
    let words = Self.call(line) + (line.contains("--max-memory") ? [] : ["--max-memory", "0.001"])
    let outcome = ruralvalue(words)
    #expect(outcome.code == .data, "\(outcome.errors)")
    #expect(outcome.errors.contains(" would take "), "\(outcome.errors)")
    #expect(outcome.errors.contains(" of memory; the limit is "), "\(outcome.errors)")
    #expect(outcome.errors.contains("raise the limit with --max-memory"), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  /// Calls that trapped, hung or could have, with the exit code that they have instead.
  static let strange: [(line: String, code: ExitCode, words: String)] = [
    (
      "prepare panel.csv --lag V;steps=-9223372036854775808", .usage,
      "looks back -9223372036854775808 periods"
    ),
    ("prepare panel.csv --lag V;steps=-9223372036854775807", .done, ""),
    ("prepare panel.csv --smooth V;window=9223372036854775807", .done, ""),
    ("prepare extreme.csv --change V", .data, "beyond the range of double precision"),
    ("prepare extreme.csv --minmax V", .done, ""),
    (
      "gmm stray.csv --time year --formula V~lag(V)+P", .data,
      "from 2010 to 20200 in steps of 1 are too many periods"
    ),
    ("gmm near.csv --formula V~lag(V)+P", .data, "from 2010 to 6000 in steps of 1 are too many periods"),
    ("gmm panel.csv --formula V~lag(V)+P --gmm V,9223372036854775807:", .usage, "9223372036854775807"),
    ("gmm panel.csv --formula V~lag(V,1:2000000000)+P", .usage, "a number of periods such as 1 or 0:2"),
    ("sdm extreme.csv --formula V~P --weights links.csv", .numerical, "became infinite or not a number"),
    ("hotspot extreme.csv --variable V --weights links.csv --growth 2012:2013", .data, "beyond the range"),
    ("simulate indicators --counties 4 --seed 1 --periods 1:999", .usage, "would grow by the factor"),
    ("simulate indicators --counties 4 --seed 1 --dependence 0.99999999", .usage, "from 0 to 0.9999"),
    ("describe panel.csv --skip-lines 9223372036854775807", .data, ""),
    ("weights points.csv --rule inverse-distance:300", .data, "no inverse above zero"),
  ]

  @Test(arguments: strange)
  func `a number at the end of its range has an answer or a sentence`(
    line: String, code: ExitCode, words: String
  ) {
    let outcome = ruralvalue(Self.call(line))
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(words.isEmpty || outcome.errors.contains(words), "\(outcome.errors)")
  }
}
