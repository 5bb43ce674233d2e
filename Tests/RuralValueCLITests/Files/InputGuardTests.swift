import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Inputs are never overwritten, by any verb: case 2 of the issue.
@Suite struct InputGuardTests {
  /// A call of each verb; the words that end in a name of `inputs` are files.
  static let calls: [String: String] = [
    "prepare": "panel.csv --join other.csv --out DIR",
    "describe": "panel.csv --out DIR --format csv,tex,json",
    "entropy": "panel.csv --indicators system.csv --out DIR",
    "fe": "panel.csv --formula V~P --out DIR --format csv,tex,json",
    "gmm": "panel.csv --formula V~lag(V) --out DIR",
    "weights": "polygons.geojson --rule queen*economic:v --values values.csv --out DIR/w.csv",
    "moran": "panel.csv --variable V --weights links.csv --permutations 9 --out DIR",
    "hotspot": "panel.csv --variable V --weights links.csv --out DIR",
    "sdm": "panel.csv --formula V~P --weights links.csv --draws 0 --out DIR",
    "table": "linear.json dynamic.json --out DIR --format csv,json",
    "coupling": "scored.csv --systems A,B --explain printed-c.csv --out DIR",
    "disparity": "panel.csv --variable V --out DIR",
    "evolve": "panel.csv --variable V --weights links.csv --out DIR",
    "efficiency": "levels.csv --inputs x --outputs y --malmquist --out DIR",
    "evaluate": "panel.csv --scorecard card.csv --out DIR",
    "map": "polygons.geojson --table values.csv --fill v --out DIR/m.svg",
    "audit": "table.csv --out DIR", "compare": "printed.csv --with results.csv --out DIR",
    "simulate": "sdm --weights links.csv --coefficients P=0.2 --seed 1 --out DIR",
    "study": "study.json --out DIR",
  ]

  /// A folder with the inputs of every call.
  private func box() throws -> StudySandbox {
    let box = try StudySandbox(
      study:
        "{ panel: { file: \"panel.csv\" }, describe: { variables: \"V\" }, weights: { links: \"links.csv\" } }"
    )
    let simulated = ruralvalue([
      "simulate", "sdm", "--counties", "9", "--coefficients", "P=0.2", "--seed", "1", "--periods",
      "2012:2020",
      "--out", box.path("made"),
    ])
    try #require(simulated.code == .done, "\(simulated.errors)")
    for (name, new) in [("panel-simulated.csv", "panel.csv"), ("weights.csv", "links.csv")] {
      try box.write(try box.text("made/\(name)"), to: new)
    }
    let squares = (0..<4).map { place in
      let (x, y) = (place % 2, place / 2)
      return """
        {"type": "Feature", "properties": {"id": "c\(place)"}, "geometry": {"type": "Polygon", "coordinates":
        [[[\(x), \(y)], [\(x + 1), \(y)], [\(x + 1), \(y + 1)], [\(x), \(y + 1)], [\(x), \(y)]]]}}
        """
    }
    let polygons = "{\"type\": \"FeatureCollection\", \"features\": [\(squares.joined(separator: ","))]}"
    try box.write(polygons, to: "polygons.geojson")
    try box.write("id,year,A,B\nc0,2020,0.2,0.3\nc1,2020,0.4,0.3\n", to: "scored.csv")
    try box.write("id,A,B,C\nc0,0.2,0.3,0.98\n", to: "printed-c.csv")
    try box.write("id,v\nc0,1\nc1,2\nc2,3\nc3,5\n", to: "values.csv")
    try box.write(
      "id,year,x,y\nc0,2020,2,3\nc1,2020,4,3\nc0,2021,2,4\nc1,2021,4,5\n", to: "levels.csv")
    let columns = "index,dimension,indicator,column,direction,target,yellow,red,weight"
    try box.write("\(columns)\nA,d,Value,V,+,1,0.5,0,1\n", to: "card.csv")
    let panel = try box.text("panel.csv").split(separator: "\n").map { $0.split(separator: ",") }
    try box.write(
      panel.map { "\($0[0]),\($0[1]),\($0[2] == "V" ? "U" : $0[2])" }.joined(separator: "\n"), to: "other.csv"
    )
    for (file, name) in [
      ("paper/table5.csv", "table.csv"), ("small/printed.csv", "printed.csv"),
      ("small/results.csv", "results.csv"),
    ] {
      try box.write(try ProjectFiles.fixtureText("data/\(file)"), to: name)
    }
    for name in ["linear.json", "dynamic.json"] {
      try box.write(try ProjectFiles.fixtureText("results/\(name)"), to: name)
    }
    if try box.text("panel.csv").hasPrefix("simulated") { Issue.record("another layout of panels") }
    return box
  }

  /// Every file below a folder, hidden ones too.
  private func snapshot(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[name] = (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))) ?? Data()
    }
    return files
  }

  @Test(arguments: CommandLineTool.commands.map { $0.definition.name })
  func `no verb writes over what it reads`(verb: String) throws {
    let call = try #require(Self.calls[verb], "a call of \(verb) is missing here")
    let box = try box()
    if verb == "entropy" {
      try box.write(try ProjectFiles.fixtureText("data/small/panel.csv"), to: "panel.csv")
    }
    let words = call.split(separator: " ").map(String.init)
    let inputs = words.filter { box.exists($0) }
    #expect(!inputs.isEmpty)
    func run(_ folder: String, _ place: String? = nil, for input: String = "") -> Outcome {
      ruralvalue(
        [verb]
          + words.map { word in
            word == input
              ? place ?? word
              : inputs.contains(word)
                ? box.path(word) : word.replacingOccurrences(of: "DIR", with: folder)
          })
    }
    let first = run(box.path("first"))
    try #require([.done, .decisionErrors].contains(first.code), "\(first.errors)")
    let outputs = try snapshot(box.path("first")).keys.filter { !$0.hasPrefix(".") && $0.contains(".") }
      .sorted()
    #expect(!outputs.isEmpty)
    for input in inputs {
      for output in outputs {
        // The input stands where the output would, with everything that a study finds beside it.
        let folder = box.path("second/\(UUID().uuidString)")
        let files = FileManager.default
        try files.createDirectory(
          atPath: URL(filePath: "\(folder)/\(output)").deletingLastPathComponent().path,
          withIntermediateDirectories: true)
        for other in ["panel.csv", "links.csv"] where other != output {
          try files.copyItem(atPath: box.path(other), toPath: "\(folder)/\(other)")
        }
        // A study finds its files beside itself.
        let isBeside = verb != "study" || !output.contains("/")
        try files.copyItem(atPath: box.path(input), toPath: "\(folder)/\(output)")
        guard isBeside else { continue }
        let before = try snapshot(folder)
        try files.createSymbolicLink(atPath: "\(folder)-link", withDestinationPath: folder)
        try files.createSymbolicLink(atPath: "\(folder)-file", withDestinationPath: "\(folder)/\(output)")
        // All spellings of one output, and one of the others.
        let isFirst = output == outputs[0]
        let spellings =
          [("\(folder)/\(output)", folder)]
          + (!isFirst
            ? []
            : [
              ("\(folder)//\(output)", "\(folder)/../\((folder as NSString).lastPathComponent)/"),
              ("\(folder)-link/\(output)", folder), ("\(folder)/\(output)", "\(folder)-link"),
            ] + (verb == "study" ? [] : [("\(folder)-file", folder)]))
        for (read, written) in spellings {
          let outcome = run(written, read, for: input)
          #expect(outcome.code == .usage, "\(outcome.errors) for \(read) and \(written)")
          #expect(outcome.errors.contains("which stands where"), "\(outcome.errors)")
          #expect(outcome.output.isEmpty)
        }
        if verb != "study", isFirst {
          try files.linkItem(atPath: "\(folder)/\(output)", toPath: "\(folder)-hard")
          let outcome = run(folder, "\(folder)-hard", for: input)
          #expect(outcome.code == .usage, "\(outcome.errors)")
        }
        #expect(try snapshot(folder) == before)
      }
    }
  }

  @Test(.enabled(if: Shell.isThere)) func `what stands behind standard input is not overwritten either`()
    throws
  {
    let box = try box()
    let shell = Shell(folder: box.folder.path)
    for call in [
      "prepare - --out .", "weights - --out links.csv", "describe /dev/stdin --out . --format csv",
    ] {
      let input =
        call.hasPrefix("weights") ? "links.csv" : call.hasPrefix("prepare") ? "panel.csv" : "descriptives.csv"
      _ = try shell.run("test -e \(input) || cp panel.csv \(input); cp \(input) before")
      let outcome = try shell.run("ruralvalue \(call) < \(input); code=$?; cmp \(input) before && exit $code")
      #expect(outcome.code == 2, "\(outcome)")
      #expect(outcome.errors.contains("which stands where it would write"), "\(outcome.errors)")
    }
  }

  @Test func `a pipe may be read and written, and so may two files of one folder`() throws {
    let box = try box()
    #expect(ruralvalue(["describe", box.path("panel.csv"), "--out", box.folder.path]).code == .done)
    #expect(ruralvalue(["weights", box.path("links.csv"), "--out", box.path("w.csv")]).code == .done)
  }
}
