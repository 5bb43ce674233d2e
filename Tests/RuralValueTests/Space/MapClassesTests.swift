import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValue

/// What a map says of its classes, and how they can be told apart.
@Suite struct MapClassesTests {
  @Test func `a caution names what control of the false discovery rate empties, and nothing else`() throws {
    let caution = try #require(
      ClassAnalysis.emptied([("V", 24, 0), ("P", 0, 0), ("C", 9, 2), ("T 2022", 3, 0)]))
    #expect(caution.english.contains("so many are marked without: V (24), T 2022 (3)."))
    #expect(caution.chinese.contains("而未校正时有：V (24)、T 2022 (3)。"))
    #expect(ClassAnalysis.emptied([("P", 0, 0), ("C", 9, 2)]) == nil)
  }

  // MARK: - Counts

  @Test(arguments: ClassificationMethod.allCases)
  func `every count stands in one label alone, and zero by itself`(method: ClassificationMethod) {
    for (seed, classes) in zip(
      0..<60, (2...9).map { $0 } + (2...9).map { $0 } + Array(repeating: 5, count: 44))
    {
      var state = UInt64(seed)
      let counts = (0..<40).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let draw = Int(state >> 33) % 100
        return draw < 30 ? 0 : Double(draw < 80 ? draw % 7 : draw * draw % 211)
      }
      let classification = MapClassification(counts, method: method, classes: classes)
      #expect(classification.labels.count <= classes)
      #expect(classification.upperBounds.allSatisfy { $0 == $0.rounded() })
      let ranges = classification.labels.map { label -> ClosedRange<Double> in
        let ends = label.split(separator: " – ").compactMap { Double($0) }
        return ends[0]...(ends.last ?? .nan)
      }
      #expect(ranges[0] == 0...0, "\(classification.labels)")
      for count in Set(counts) {
        let holding = ranges.indices.filter { ranges[$0].contains(count) }
        #expect(holding == [classification.classOf(count)], "\(count) in \(classification.labels)")
      }
    }
  }

  @Test func `measurements keep their bounds, and breaks of counts are worded in whole numbers`() {
    let measured = MapClassification([0, 0.5, 1.5, 4, 9], method: .equal, classes: 3)
    #expect(!measured.isWhole && measured.labels == ["0.00 – 3.00", "3.00 – 6.00", "6.00 – 9.00"])
    let counted = MapClassification([0, 1, 4, 9], breaks: [0, 3])
    #expect(counted.labels == ["≤ 0", "1 – 3", "≥ 4"])
    // A break between two counts that have none between them leaves a class without a whole number.
    #expect(MapClassification([0, 1, 4], breaks: [0.2, 0.4]).labels.first == "≤ 0.200")
  }

  @Test func `zero draws no circle, and the legend says so`() throws {
    let layer = WeightsBuilderTests.squares([(0, 0), (1, 0), (2, 0), (3, 0)])
    let ids = ["a", "b", "c", "d"]
    let composer = MapComposer(layer: layer, ids: ids, names: ids, MapSpecification())
    func figure(_ values: [Double]) throws -> MapFigure {
      try composer.compose(
        [],
        circles: MapVariable(
          name: "F", sections: [CrossSection(period: 2012, units: ids, values: values)]))
    }
    let some = try figure([0, 3, 7, 0])
    #expect(some.panels[0].circles == [nil, 1, 2, nil])
    #expect(some.circleLegend?.entries.map(\.label.english) == ["0: no circle", "3", "4 – 7"])
    #expect(some.circleLegend?.entries.first?.colour == "")
    let none = try figure([1, 3, 7, 2])
    #expect(none.panels[0].circles.allSatisfy { $0 != nil })
    #expect(none.circleLegend?.entries.contains { $0.colour.isEmpty } == false)
  }

  // MARK: - Grey

  /// CIE L* of a colour, for white of the display: 0 is black, 100 is white.
  static func lightness(_ colour: String) -> Double {
    let number = Int(colour.dropFirst().prefix(6), radix: 16)!
    let linear = [16, 8, 0].map { shift -> Double in
      let share = Double(number >> shift & 0xFF) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return y > 0.008856 ? 116 * pow(y, 1 / 3.0) - 16 : 903.3 * y
  }

  @Test func `hot and cold spots differ in lightness and in lines, so that grey tells them apart`() {
    expectClose(Self.lightness("#777777"), 50.03, absolute: 0.01, from: "CIE L* of sRGB grey 119")
    let colours = MapPalette.hotCold
    let light = colours.map(Self.lightness)
    // Darker with confidence, on both sides.
    for level in 0..<3 {
      #expect(light[level + 1] - light[level] > 6, "cold \(level): \(light)")
      #expect(light[5 - level] - light[6 - level] > 6, "hot \(level): \(light)")
    }
    #expect(light[0] - light[6] > 20, "hot and cold at 99 %: \(light)")
    #expect(colours.prefix(3).allSatisfy(MapPalette.isLined))
    #expect(!colours.dropFirst(3).contains(where: MapPalette.isLined))
  }

  @Test func `the classes of local Moran differ in lightness by eight steps of a hundred or more`() {
    let light = [1, 2, 4, 3, 0].map { Self.lightness(MapPalette.lisa[$0]) }
    for (dark, lighter) in zip(light, light.dropFirst()) { #expect(lighter - dark > 8, "\(light)") }
    #expect(MapPalette.lisa.map(MapPalette.isLined) == [false, false, true, true, false])
  }

  // MARK: - What the map says

  private static let ids = ["a", "b", "c", "d"]
  private static let layer = WeightsBuilderTests.squares([(0, 0), (1, 0), (2, 0), (3, 0)])

  private static func hot(
    _ values: [Double], _ others: [Double], _ analysis: ClassAnalysis?, periods: [Int] = [2022]
  ) throws -> MapFigure {
    var specification = MapSpecification(fill: .hotCold)
    specification.analysis = analysis
    specification.variableLabels = VariableLabels([.init(name: "V", english: "Value", chinese: "价值")])
    func sections(_ values: [Double]) -> [CrossSection] {
      periods.map { CrossSection(period: $0, units: ["a", "b", "c"], values: values) }
    }
    return try MapComposer(layer: layer, ids: ids, names: ids, specification).compose([
      MapVariable(
        name: "V", sections: sections(values), counterparts: others.isEmpty ? [] : sections(others),
        units: ["a", "b", "c", "elsewhere"])
    ])
  }

  private static func text(_ figure: MapFigure, _ language: Language) -> String {
    figure.notes.map { $0.text(in: language) }.joined(separator: " ")
  }

  @Test func `a hot-spot map says variable, period, weights, n and correction, and that none survives`()
    throws
  {
    let analysis = ClassAnalysis.hotSpots(of: .init(.growth, 2012...2022), weights: "queen")
    let figure = try Self.hot([3, -2, 0], [0, 0, 0], analysis)
    let english = Self.text(figure, .english)
    for part in [
      "Gi* of Value, growth rate 2012–2022", "queen, binary, with self", "n\u{A0}=\u{A0}3",
      "not corrected for many tests",
      "No unit stays significant at 10 % after FDR control; found without: 2.",
    ] { #expect(english.contains(part), "\(english)") }
    let chinese = Self.text(figure, .chinese)
    for part in ["价值，2012–2022年增长率的 Gi*", "queen（0–1，含自身）", "未作多重检验校正", "没有单元在10%水平上显著"] {
      #expect(chinese.contains(part), "\(chinese)")
    }
    #expect(figure.panels[0].title?.english == "Value, growth rate 2012–2022")
    let corrected = try Self.hot([0, -2, 0], [3, -2, 0], analysis.corrected(by: .fdr))
    #expect(Self.text(corrected, .english).contains("; corrected for many tests by false discovery control"))
    #expect(Self.text(corrected, .english).contains("of those found without: 1 of 2."))
    let two = try Self.hot([3, -2, 0], [0, 0, 0], analysis, periods: [2021, 2022])
    #expect(Self.text(two, .english).contains("found without: (a) 2, (b) 2."))
    #expect(
      Self.text(try Self.hot([1, 0, 0], [], nil), .english).contains("does not say with which weights"))
  }

  @Test func `permutations that are too few for false discovery control are not taken for a finding`() throws
  {
    func note(_ permutations: Int) throws -> String {
      var specification = MapSpecification(fill: .lisa)
      specification.analysis = .clusters(
        MoranSpecification(permutations: permutations), laggedVariable: nil, weights: "queen")
      func section(_ values: [Double]) -> [CrossSection] {
        [CrossSection(period: nil, units: ["a", "b", "c"], values: values)]
      }
      let figure = try MapComposer(layer: Self.layer, ids: Self.ids, names: Self.ids, specification).compose([
        MapVariable(name: "V", sections: section([1, 2, 0]), counterparts: section([0, 0, 0]))
      ])
      return Self.text(figure, .english)
    }
    #expect(
      try note(99).contains("after FDR control, for which 99 permutations are too few; found without: 2."))
    #expect(try note(999).contains("after FDR control; found without: 2."))
    #expect(try note(999).contains("row-standardised") && note(999).contains("p ≤ 0.05 of 999 permutations"))
  }

  @Test func `what a table says of its classes is read back as it was written`() throws {
    for analysis in [
      ClassAnalysis.hotSpots(of: nil, weights: "a; b=c"),
      .hotSpots(of: .init(.change, 2010...2020), weights: "邻接").corrected(by: .fdr),
      .clusters(
        MoranSpecification(standardisation: .none, significance: 0.01), laggedVariable: "P", weights: "q"),
    ] {
      let back = try #require(ClassAnalysis(analysis.text))
      #expect(
        back.text == analysis.text && back.span == analysis.span && back.correction == analysis.correction)
      #expect(back.laggedVariable == analysis.laggedVariable && back.significance == analysis.significance)
    }
    for wrong in ["", "gi", "gi; weights=q; correction=some; permutations=0; level=0.1", "1"] {
      #expect(ClassAnalysis(wrong) == nil)
    }
  }

  @Test func `a unit outside the table was not studied, one without a value has no data`() throws {
    let figure = try Self.hot([3, .nan, 0], [], nil)
    #expect(
      figure.panels[0].fills[1] == MapPalette.noData && figure.panels[0].fills[3] == MapPalette.notStudied)
    let labels = try #require(figure.fillLegend).entries.suffix(2).map(\.label)
    #expect(
      labels.map(\.english) == ["No data", "Not studied"] && labels.map(\.chinese) == ["无数据", "未纳入研究"])
    #expect(figure.panels[0].values[3]?.chinese.hasSuffix("未纳入研究") == true)
    // All are studied where the table has them all.
    let whole = try MapComposer(layer: Self.layer, ids: Self.ids, names: Self.ids, MapSpecification())
      .compose([
        MapVariable(
          name: "V", sections: [CrossSection(period: nil, units: Self.ids, values: [0.5, 1, 2, .nan])])
      ])
    #expect(whole.fillLegend?.entries.last?.label.english == "No data")
  }

  @Test func `only boundaries in China ask for an approval number`() {
    func composer(_ ids: [String], at corner: (Double, Double), names: [String]) -> MapComposer {
      let layer = WeightsBuilderTests.squares(ids.indices.map { (corner.0 + Double($0), corner.1) })
      let named = PolygonLayer(
        source: "s",
        features: layer.features.enumerated().map {
          .init(id: ids[$0], properties: [.init("name", names[$0])], rings: $1.rings)
        }, rings: layer.rings, x: layer.x, y: layer.y)
      return MapComposer(layer: named, ids: ids, names: names, MapSpecification())
    }
    #expect(composer(["430102", "430103"], at: (112, 28), names: ["A", "B"]).hasChineseBoundaries)
    #expect(composer(["x", "y"], at: (112, 28), names: ["芙蓉区", "天心区"]).hasChineseBoundaries)
    #expect(!composer(["x", "y"], at: (105, 18), names: ["Hà Nội", "Huế"]).hasChineseBoundaries)
    #expect(!composer(["37009", "37005"], at: (-81, 36), names: ["Ashe", "Alleghany"]).hasChineseBoundaries)
    #expect(!composer(["13101", "13102"], at: (139, 35), names: ["千代田区", "中央区"]).hasChineseBoundaries)
  }
}
