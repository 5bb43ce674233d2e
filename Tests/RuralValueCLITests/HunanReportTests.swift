import Foundation
import RuralValue
@testable import RuralValueFormats
import TestSupport
import Testing

/// A report as large as a real one, from the verbs' own documents.
@Suite struct HunanReportTests {
  @Test(arguments: Language.allCases)
  func `a report of the Hunan panel has one id a thing, a target for each link, and its plots`(
    language: Language
  ) throws {
    let report = try HunanReport(language: language)
    let page = report.page
    // For looking at: RURALVALUE_REPORT=out/report-check/sample writes sample-en.html and sample-zh.html.
    if let path = ProcessInfo.processInfo.environment["RURALVALUE_REPORT"] {
      try Data(page.utf8).write(to: URL(filePath: "\(path)-\(language.rawValue).html"))
    }
    let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
    #expect(Set(ids).count == ids.count)
    for link in page.matches(of: /href="#([^"]*)"/) { #expect(ids.contains(String(link.output.1))) }
    #expect(report.fragments.filter(\.isFailure).map(\.anchor) == ["map-missing"])
    // Entropy weights of five indices, two plots of coefficients and sums, marginal effects, Moran's I, effects
    // and coefficients of the spatial model, its variants, a map.
    #expect(page.matches(of: /<figcaption>/).count >= 12)
    #expect(page.contains("class=\"rv-simulated\""))
    // Whether the four flows act together: the answer to H1, a test of all eleven products at once.
    #expect(
      page.contains(
        language == .english
          ? "That none of the 11 products matters is" : "11个乘积项系数同时为零的原假设"))
    #expect(page.contains(language == .english ? "all products of four are zero" : "所有四变量乘积的系数为零"))
  }
}
