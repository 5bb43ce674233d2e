import Foundation
import RuralValue
import RuralValueFormats
import TestSupport
import Testing

@Suite struct HunanTests {
  static let layer = try! GeoJSONReader.read(
    [UInt8](try! Data(contentsOf: ProjectFiles.fixture("data/hunan/counties.geojson"))),
    source: "counties.geojson"
  ).layer

  /// The study's 121 counties: Furong District has no countryside.
  static let study = layer.keeping { layer.features[$0].id != "430102" }

  static func weights(_ rule: WeightsRule) throws -> SpatialWeights {
    try WeightsBuilder(layer: study, ids: try study.identifiers().ids).build(rule).weights
  }

  @Test func `the 121 counties have 315 queen links, none isolated, 5.21 neighbours in the mean`() throws {
    let report = WeightsReport(try Self.weights(.queen))
    #expect(report.weights.unitCount == 121 && report.pairCount == 315)
    #expect(report.weights.islands.isEmpty && report.componentSizes == [121])
    expectClose(report.meanNeighbours, 630.0 / 121, relative: 1e-15, from: "the paper's 5.21")
  }

  @Test func `links from polygons are those of the list beside them`() throws {
    let text = try ProjectFiles.fixtureText("data/hunan/queen.csv")
    let document = try CSVReader.read(Array(text.utf8), source: "queen.csv")
    let listed = try WeightsReading(document.table).weights
    let built = try Self.weights(.queen)
    #expect(try listed.aligned(to: built.units, of: "polygons").weights == built)
    #expect(listed.fingerprint == built.fingerprint)
  }

  @Test func `a map is whole, self-contained XML with titles, and the same bytes each time`() throws {
    let ids = try Self.study.identifiers().ids
    let values = ids.indices.map { Double($0 % 17) }
    let sections = [2012, 2022].map { CrossSection(period: $0, units: ids, values: values) }
    let composer = MapComposer(
      layer: Self.study, ids: ids, names: ids.map { "<\($0)&\"" },
      MapSpecification(
        outlineProperty: "prefecture", labelProperty: "prefecture", title: "A & B", source: "<here>",
        approval: "GS 1"))
    let figure = try composer.compose(
      [MapVariable(name: "V", sections: sections)], circles: MapVariable(name: "F", sections: sections))
    for language in Language.allCases {
      let svg = SVGMapRenderer(language: language).text(of: figure)
      #expect(svg == SVGMapRenderer(language: language).text(of: figure))
      #expect(XMLParsing.isWellFormed(svg))
      #expect(!svg.contains("<script") && !svg.contains("<image") && !svg.contains("<style"))
      #expect(svg.contains(">A &amp; B</title>") && svg.contains("<desc id=\""))
      #expect(svg.components(separatedBy: "<use xlink:href=").count - 1 == 2 * 122)
      // Eight counties have a value of zero, which draws no circle; four classes stand in the legend.
      #expect(svg.components(separatedBy: "fill=\"#d55e00\"").count - 1 == 2 * (121 - 8) + 4)
      #expect(
        svg.contains(language == .chinese ? " 千米</text>" : " km</text>") && svg.contains("&lt;here&gt;")
          && svg.contains("GS 1"))
    }
    let chinese = SVGMapRenderer(language: .chinese).text(of: figure)
    #expect(chinese.contains("审图号：GS 1") && chinese.contains("自然断点法") && chinese.contains("lang=\"zh-Hans\""))
  }
}

/// A check that every element is closed and every character allowed.
enum XMLParsing {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains(">"), let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.contains("<") { return false }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    return open.isEmpty
  }
}
