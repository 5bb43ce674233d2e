import Foundation
import RuralValue
import Testing

@testable import RuralValueFormats

/// Densities one above the other.
@Suite struct RidgePlotTests {
  private static func figure(_ ridges: [[Double]], grid: [Double] = [0, 1, 2, 3, 4]) -> ResultFigure {
    .ridges(
      RidgeFigure(
        name: "kernel", title: Phrase("Kernel densities of V", zh: "V的核密度"), caption: Phrase("c", zh: "c"),
        variable: Phrase(verbatim: "V"), grid: grid,
        ridges: ridges.enumerated().map {
          .init(label: "\(2012 + $0.offset)", densities: $0.element, mode: 2, height: 0.5)
        }))
  }

  @Test func `a ridge a period, its year and its mode are drawn, in both languages`() throws {
    for (language, title) in [(Language.english, "Kernel densities of V"), (.chinese, "V的核密度")] {
      let svg = try #require(
        ReportFigure(Self.figure([[0, 0.2, 0.5, 0.2, 0], [0, 0.1, 0.4, 0.3, 0]]), language: language)
      ).svg
      #expect(svg.contains(title) && svg.contains(">2012</text>") && svg.contains(">2013</text>"))
      #expect(svg.components(separatedBy: "<polyline").count == 3)
      #expect(svg.components(separatedBy: "r=\"2.4\"").count == 3)
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  @Test func `a period without a density is left out, and a figure without any is none`() {
    let one = ReportFigure(Self.figure([[0, 0.2, 0.5, 0.2, 0], []]))
    #expect(one?.svg.contains(">2013</text>") == false)
    #expect(ReportFigure(Self.figure([[], []])) == nil)
    #expect(ReportFigure(Self.figure([[.nan, 1, 1, 1, 1], [.infinity, 1, 1, 1, 1]])) == nil)
    #expect(ReportFigure(Self.figure([], grid: [])) == nil)
  }

  @Test func `many periods keep apart and the drawing stays on a page`() throws {
    let svg = try #require(
      ReportFigure(Self.figure((0..<40).map { _ in [0, 0.2, 0.5, 0.2, 0] }))
    ).svg
    let height = try #require(svg.firstMatch(of: /viewBox="0 0 480 ([0-9.]+)"/).flatMap { Double($0.1) })
    #expect(height > 700 && height < 1100)
  }
}
