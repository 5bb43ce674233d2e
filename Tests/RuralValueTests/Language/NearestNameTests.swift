@testable import RuralValue
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("gpd", "gdp"), ("GDP", "gdp"), ("popultion", "population"), ("fiscal_revenu", "fiscal_revenue"),
    ("农村人囗", "农村人口"),
  ])
  func `a misspelling finds the name that was meant`(typed: String, meant: String) {
    let names = ["gdp", "population", "fiscal_revenue", "农村人口"]
    #expect(NearestName.suggestion(for: typed, among: names) == meant)
    #expect(NearestName.question(for: typed, among: names) == " Did you mean \"\(meant)\"?")
  }

  @Test(arguments: ["rainfall", "x", "", "村"])
  func `a name far from all others finds none`(typed: String) {
    let names = ["gdp", "population", "农村人口"]
    #expect(NearestName.suggestion(for: typed, among: names) == nil)
    #expect(NearestName.question(for: typed, among: names) == "")
  }

  @Test func `of equally near names the first is taken`() {
    #expect(NearestName.suggestion(for: "lnx", among: ["lny", "lnz"]) == "lny")
  }

  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1),
    ("abcd", "acbd", 1),
    ("ca", "abc", 3),
  ])
  func `the distance counts insertions, deletions, substitutions and swaps`(
    a: String, b: String, distance: Int
  ) {
    #expect(NearestName.editDistance(Array(a), Array(b)) == distance)
  }
}

@Suite struct FirstAppearancesTests {
  @Test func `each element comes once, at the position where it first stood`() {
    let names = ["b", "a", "b", "c", "a"]
    #expect(names.firstAppearances == ["b", "a", "c"])
    #expect(names.positions == ["b": 0, "a": 1, "c": 3])
  }
}
