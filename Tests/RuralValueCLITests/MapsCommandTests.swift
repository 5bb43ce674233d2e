import Foundation
import TestSupport
import Testing

@testable import RuralValueCLI

/// Scatter plots, LISA maps, join counts, overlaps and rules of weights through the command line and files.
@Suite struct MapsCommandTests {
  static let hunan = ProjectFiles.fixture("data/hunan").path
  static let scores = ProjectFiles.fixture("reference/overlap/hunan-scores-VP.csv").path
  static let queen = "--weights \(hunan)/queen.csv"
  private let space = SpaceCommandTests()

  /// What a map writes, line after line.
  private static func words(_ svg: String) -> String {
    svg.split(separator: "\n").filter { $0.hasPrefix("<text") }.map { line in
      line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
    }.joined(separator: " ")
  }

  /// The members of a JSON document.
  private func json(_ call: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(space.done("\(call) --json --quiet").utf8)) as! [String: Any]
  }

  @Test func `local Moran writes classes that the map draws, with the numbers in its legend`() throws {
    try space.inFolder { out in
      let call =
        "ruralvalue moran \(Self.scores) --variable V \(Self.queen) --local --fdr --quiet --out \(out)"
      space.done("\(call) --permutations 4999 --periods 2021:2022")
      let classes = try space.text("\(out)/lisa_classes.csv")
      #expect(classes.hasPrefix("unit,time,V,V_fdr,analysis\n430103,2021,"))
      let counts = classes.split(separator: "\n").count { $0.contains(",2022,1,") }
      space.done(
        "ruralvalue map \(Self.hunan)/counties.geojson --table \(out)/lisa_classes.csv --lisa V --periods 2022"
          + " --out \(out)/lisa.svg --quiet")
      #expect(counts > 0)
      #expect(try space.text("\(out)/lisa.svg").contains(">High–high (\(counts))</text>"))
      let adjusted = try space.text("\(out)/lisa_classes_fdr.csv").split(separator: "\n")
      func insignificant(_ rows: [Substring]) -> Int { rows.count { $0.contains(",2022,0,") } }
      #expect(insignificant(adjusted) > insignificant(classes.split(separator: "\n")))
      // One word away from the map of raw classes is that of the other table.
      let map = "ruralvalue map \(Self.hunan)/counties.geojson --lisa V --periods 2022 --quiet"
      #expect(
        space.done("\(map) --table \(out)/lisa_classes.csv --fdr")
          == space.done("\(map) --table \(out)/lisa_classes_fdr.csv"))
      let scatter = try space.text("\(out)/moran_scatter.svg")
      #expect(scatter.contains("Moran scatter plot of V") && scatter.contains("2021: I = "))
      space.refused(
        "ruralvalue map \(Self.hunan)/counties.geojson --table \(Self.scores) --lisa V --periods 2022", .data,
        "expected a class from 0 to 4")
      space.refused(
        "ruralvalue map \(Self.hunan)/counties.geojson --table \(Self.scores) --lisa V --hot P", .usage,
        "exclude each other")
    }
  }

  @Test func `the scatter plot calls units by the column of names, in Chinese too`() throws {
    try space.inFolder { out in
      space.done(
        "ruralvalue moran \(Self.hunan)/panel-simulated.csv --variable rural_income --periods 2022: \(Self.queen)"
          + " --name name_zh --lang zh --permutations 0 --quiet --out \(out)")
      let scatter = try space.text("\(out)/moran_scatter.svg")
      #expect(scatter.contains("莫兰散点图") && scatter.contains("县</text>") && scatter.contains("低–高"))
      space.refused(
        "ruralvalue moran \(Self.scores) --variable V \(Self.queen) --name county", .data, "county")
    }
  }

  @Test func `bivariate local Moran has the promised members and says what it cannot tell`() throws {
    let document = try json(
      "ruralvalue moran \(Self.scores) --variable V --with P --periods 2022: \(Self.queen) --local --permutations 99"
    )
    let local = try #require(document["local"] as? [[String: Any]])
    #expect(local.count == 121)
    #expect(
      Set(local[0].keys).isSuperset(of: [
        "unit", "time", "i", "z", "p_value", "quadrant", "p_permutation", "class",
      ]))
    #expect((document["cautions"] as? [String])?.contains { $0.contains("correlation in place") } == true)
  }

  @Test func `join counts have a row a pair of classes, and refuse what is measured`() throws {
    try space.inFolder { out in
      let table = (430103...430105).map { "\($0),\($0 % 2)" } + ["430111,1", "430112,0", "430121,0"]
      let path = "\(out)/pilot.csv"
      try ("code,pilot\n" + table.joined(separator: "\n") + "\n").write(
        toFile: path, atomically: true, encoding: .utf8)
      let rows = try #require(
        try json("ruralvalue moran \(path) --time none --variable pilot \(Self.queen) --join-counts")[
          "join_counts"]
          as? [[String: Any]])
      #expect(rows.map { $0["kind"] as? String } == ["WW", "BB", "BW"])
      #expect(rows.allSatisfy { $0["p_permutation"] is Double })
      space.refused(
        "ruralvalue moran \(Self.scores) --variable V \(Self.queen) --join-counts", .data, "0 and 1")
      for option in ["--with P", "--local", "--standardise none"] {
        space.refused(
          "ruralvalue moran \(Self.scores) --variable V \(Self.queen) --join-counts \(option)", .usage,
          "exclude each other")
      }
      space.refused("ruralvalue moran \(Self.scores) --variable V \(Self.queen) --fdr", .usage, "--local")
      space.refused(
        "ruralvalue moran \(Self.scores) --variable V \(Self.queen) --local --significance 2", .usage,
        "between 0 and 1")
    }
  }

  @Test func `overlap has the promised members, and the seed stands under the table`() throws {
    let call =
      "ruralvalue hotspot \(Self.scores) --variable V,P \(Self.queen) --growth 2012:2022 --overlap --draws 199 --seed 7"
    let document = try json(call)
    let overlap = try #require((document["overlap"] as? [[String: Any]])?.first)
    #expect(overlap["first"] as? String == "V" && overlap["second"] as? String == "P")
    #expect(overlap["time"] as? Int == 2022)
    for key in ["kappa", "jaccard", "p_value", "p_plain"] { #expect(overlap[key] is Double, "\(key)") }
    // The reference's classes of both variables, seven and three: kappa 0.0018 and −0.0446.
    expectClose(
      overlap["kappa_levels"] as! Double, 0.001799910004499775, relative: 1e-12, from: "scikit-learn")
    expectClose(overlap["kappa"] as! Double, -0.04457698948359755, relative: 1e-12, from: "scikit-learn")
    let text = space.done(call)
    #expect(text.contains("seed 7") && text.contains("ignores space"))
    #expect(text.contains("Units by their class on both maps"))
    space.refused(
      "ruralvalue hotspot \(Self.scores) --variable V \(Self.queen) --overlap", .usage, "two or more")
    space.refused(
      "ruralvalue hotspot \(Self.scores) --variable V,P \(Self.queen) --draws 99", .usage, "both or neither")
  }

  @Test func `general G stands under the hot spots, and says why where it is not computed`() throws {
    let levels = try json("ruralvalue hotspot \(Self.scores) --variable V --periods 2022: \(Self.queen)")
    let general = try #require((levels["general_g"] as? [[String: Any]])?.first)
    #expect(general["g"] is Double && general["p_value"] is Double)
    let changes = shell("ruralvalue hotspot \(Self.scores) --variable P --change 2012:2022 \(Self.queen)")
    #expect(changes.code == .done && !changes.output.contains("E(G)"))
    #expect(
      changes.output.contains("General G is not computed")
        || changes.errors.contains("General G is not computed"))
  }

  @Test func `weights tell the smallest distance, join two files, and refuse what does not fit`() throws {
    try space.inFolder { out in
      let map = "ruralvalue weights \(Self.hunan)/counties.geojson --exclude 430102"
      let near = try json("\(map) --rule distance:30")
      let smallest = try #require(near["smallest_distance"] as? Double)
      #expect((near["islands"] as? [String])?.isEmpty == false)
      let least = try json("\(map) --rule distance:min")
      #expect((least["islands"] as? [String]) == [] && least["smallest_distance"] as? Double == smallest)
      #expect((least["specification"] as? [String: Any])?["rule"] as? String == "distance:min")
      space.done("\(map) --rule distance:30 --out \(out)/near.csv --quiet")
      let joined = shell(
        "ruralvalue weights \(out)/near.csv --union \(Self.hunan)/queen.csv --out \(out)/both.csv")
      #expect(
        joined.errors.contains("Union: 71 and 315 links, 59 of them in both, make 327"), "\(joined.errors)")
      space.refused("\(map) --rule border --tolerance 0.001", .usage, "expected one of them")
      space.refused("\(map) --rule kernel:flat,3", .usage, "kernel:NAME,KM|knn:K")
      space.refused("ruralvalue weights \(Self.hunan)/counties.csv --rule queen:2", .usage, "needs polygons")
      space.refused(
        "ruralvalue weights \(Self.hunan)/queen.csv --union \(Self.hunan)/../guangdong/queen.csv", .data,
        "have no weights")
    }
  }

  @Test func `a hot-spot map that false discovery control empties says so, and --fdr draws it empty`() throws
  {
    try space.inFolder { out in
      // Growth of crime in North Carolina: eight counties by z, none under control (README).
      let carolina = SpaceCommandTests.carolina
      space.done(
        "ruralvalue hotspot \(SpaceCommandTests.crime) --variable crmrte --weights \(carolina) --id FIPS --growth 1981:1987"
          + " --quiet --out \(out)")
      let map =
        "ruralvalue map \(carolina) --id FIPS --table \(out)/hotspot_classes.csv --hot crmrte --label crmrte=Crime"
      let raw = shell("\(map) --out \(out)/raw.svg")
      #expect(raw.errors.contains("--fdr colours what stays significant"), "\(raw.errors)")
      #expect(!raw.errors.contains("审图号"))
      let svg = try space.text("\(out)/raw.svg")
      let drawn = Self.words(svg)
      for part in [
        "Crime, growth rate 1981–1987", "nc_sids, binary, with self", "n\u{A0}=\u{A0}90",
        "not corrected for many tests", "found without: 8.",
      ] { #expect(drawn.contains(part), "\(part)") }
      #expect(raw.output.contains("No unit stays significant at 10 % after FDR control"))
      #expect(svg.contains("fill=\"#ef8a62\"><title>"))
      let adjusted = shell("\(map) --fdr --lang zh --out \(out)/fdr.svg")
      #expect(!adjusted.errors.contains("--fdr"))
      #expect(adjusted.output.contains("没有单元在10%水平上显著") && adjusted.output.contains("已作多重检验校正"))
      let empty = try space.text("\(out)/fdr.svg")
      #expect(!empty.contains("fill=\"#ef8a62\"><title>") && !empty.contains("fill=\"#fddbc7\"><title>"))
      #expect(empty.contains("未纳入研究"))
      space.refused("ruralvalue map \(carolina) --id FIPS --fdr", .usage, "--hot and --lisa")
      try "unit,time,V\n37009,2000,1\n".write(toFile: "\(out)/old.csv", atomically: true, encoding: .utf8)
      let old = "ruralvalue map \(carolina) --id FIPS --table \(out)/old.csv --hot"
      space.refused("\(old) V --fdr", .data, "\"V_fdr\"")
      space.refused("\(old) W --fdr", .data, "W")
      #expect(shell("\(old) V --quiet --out \(out)/o.svg").output.contains("does not say with which weights"))
    }
  }

  @Test func `a Chinese map asks for its approval number until it has one, in both languages`() {
    let map = "ruralvalue map \(Self.hunan)/counties.geojson --out \(NSTemporaryDirectory())/approval.svg"
    #expect(shell(map).errors.contains("bears no map approval number (审图号)"))
    #expect(shell("\(map) --lang zh").errors.contains("请用 --approval 给出"))
    let given = shell("\(map) --lang zh --approval 湘S(2024)001号 --source 天地图")
    #expect(!given.errors.contains("--approval") && given.output.contains("审图号：湘S(2024)001号"))
    #expect(given.output.contains("数据来源：天地图"))
    // Without a source of the file's own it is asked for as well.
    #expect(shell("\(map) --source x").errors.contains("--source") == false)
  }

  @Test func `regions are named in the map's language, and an English map with Chinese names says so`() {
    let map = "ruralvalue map \(Self.hunan)/counties.geojson --out \(NSTemporaryDirectory())/names.svg"
    #expect(!shell("\(map) --labels prefecture").errors.contains("Names on the map are Chinese"))
    #expect(shell("\(map) --labels name_zh").errors.contains("a property name_en"))
    let guangdong = "ruralvalue map \(Self.hunan)/../guangdong/counties.geojson --regions region4 --quiet"
    #expect(space.done("\(guangdong) --lang zh").contains(">珠三角</text>"))
    #expect(space.done(guangdong).contains(">PRD</text>"))
  }

  @Test func `an inset lies beside the map, and a study takes all of it by key`() throws {
    let provinces = ProjectFiles.fixture("data/china/provinces.geojson").path
    let map = "ruralvalue map \(Self.hunan)/counties.geojson --quiet"
    #expect(space.done("\(map) --locator \(provinces) --lang zh").contains(">位置示意</text>"))
    #expect(!space.done(map).contains("Location"))
    space.refused("\(map) --locator \(SpaceCommandTests.carolina)", .data, "does not lie in")
    space.refused("\(map) --locator \(Self.scores)", .data, "expected \"{\"")
    try space.inFolder { out in
      try """
      {
        output: { folder: "results" },
        panel: { file: "\(Self.scores)", unit: "unit", time: "time" },
        weights: { queen: "\(Self.hunan)/queen.csv" },
        hotspots: { variables: ["V"], growth: "2012:2022" },
        moran: { variables: ["V"], local: true, permutations: 199 },
        maps: [
          { file: "\(Self.hunan)/counties.geojson", name: "hot", hot: ["V"], fdr: true, locator: "\(provinces)",
            approval: "GS 1" },
          { file: "\(Self.hunan)/counties.geojson", name: "clusters", lisa: "V", periods: [2022] },
        ],
      }
      """.write(toFile: "\(out)/study.json", atomically: true, encoding: .utf8)
      space.done("ruralvalue study \(out)/study.json --quiet")
      let hot = Self.words(try space.text("\(out)/results/map-hot/hot.svg"))
      for part in [
        "queen, binary, with self", "Location", "GS 1", "by false discovery control", "FDR control",
      ] {
        #expect(hot.contains(part), "\(part)")
      }
      let clusters = Self.words(try space.text("\(out)/results/map-clusters/clusters.svg")).replacing(
        "</text>\n", with: " ")
      #expect(clusters.contains("queen, row-standardised") && clusters.contains("199 permutations"))
      let report = try space.text("\(out)/results/report.html")
      #expect(report.contains("审图号"), "the map without a number asks for it")
    }
  }
}
