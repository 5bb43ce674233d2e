import TestSupport
import Testing

@testable import RuralValue

/// What is said of odd data, and what is refused.
@Suite struct DisparityEstimatorTests {
  private func fit(
    _ text: String, _ variable: String? = "v", population: String? = nil, groups: [String] = [],
    urbanRural: DisparitySpecification.UrbanRuralColumns? = nil, correctsSample: Bool = false
  ) throws -> DisparityResult {
    let table = smallTable(text)
    let columns = try groups.map { try GroupColumn(table, column: $0) }
    let specification = DisparitySpecification(
      variable: variable, population: population, groups: columns, urbanRural: urbanRural,
      correctsSample: correctsSample)
    let panel = try Panel(table, variables: specification.columns, levels: nil, groups: columns)
    return try DisparityEstimator.fit(panel, specification)
  }

  private func says(_ result: DisparityResult, _ words: String) -> Bool {
    result.notes.contains { $0.english.contains(words) }
  }

  private static let sectors = DisparitySpecification.UrbanRuralColumns(
    urban: "yu", rural: "yr", urbanPopulation: "nu", ruralPopulation: "nr")

  @Test func `a unit without a value or without people leaves its period and is named`() throws {
    let result = try fit(
      """
      county,year,v,people
      a,2020,1,10
      b,2020,2,0
      c,2020,,5
      d,2020,4,
      e,2020,5,10
      a,2021,1,10
      b,2021,2,10
      c,2021,3,10
      d,2021,4,10
      e,2021,5,10
      """, population: "people")
    #expect(result.years.map(\.units.count) == [2, 5])
    #expect(result.years[0].population == 20)
    #expect(says(result, "Left out in 2020, without a value of v: 1 of 5 units: c."))
    #expect(says(result, "Left out in 2020, without a number of people: 1 of 5 units: d."))
    #expect(says(result, "Left out in 2020, with people 0: 1 of 5 units: b."))
    #expect(says(result, "do not have the same units"))
  }

  @Test func `negative people are refused by unit, year and line`() throws {
    let text = "county,year,v,people\na,2020,1,10\nb,2020,2,-3\n"
    #expect {
      try fit(text, population: "people")
    } throws: { error in
      let words = "\(error)"
      return words.contains("panel.csv, line 3: county \"b\" in 2020 has -3 people in \"people\"")
    }
    let sectors = "county,year,yu,yr,nu,nr\na,2020,2,1,5,5\nb,2020,2,1,5,-1\n"
    #expect {
      try fit(sectors, nil, urbanRural: Self.sectors)
    } throws: { "\($0)".contains("county \"b\" in 2020 has -1 people in \"nr\"") }
  }

  @Test func `a period in which nobody lives is refused`() throws {
    let text = "county,year,v,people\na,2020,1,1\na,2021,1,0\nb,2021,2,0\n"
    #expect {
      try fit(text, population: "people")
    } throws: { "\($0)".contains("\"people\" is 0 for every unit in 2021") }
  }

  @Test func `values that are all 0, all equal or below 0 have undefined measures, each with its reason`()
    throws
  {
    let result = try fit(
      """
      county,year,v,region
      a,2018,0,A
      b,2018,0,B
      a,2019,3,A
      b,2019,3,B
      a,2020,-1,A
      b,2020,4,B
      a,2021,0,A
      b,2021,4,B
      """, groups: ["region"])
    #expect(result.years[0].gini == nil && result.years[1].gini == 0)
    expectClose(try #require(result.years[2].gini), 5.0 / 6, relative: 1e-14, from: "by hand")
    expectClose(try #require(result.years[3].gini), 0.5, relative: 1e-14, from: "by hand")
    #expect(result.years.map { $0.theilT == nil } == [true, false, true, false])
    #expect(result.years.map { $0.theilL == nil } == [true, false, true, true])
    #expect(result.years.map { $0.parts?.dagum == nil } == [true, false, true, false])
    #expect(says(result, "undefined in 2018: the mean of v is not above zero"))
    #expect(says(result, "All values are equal in 2019"))
    #expect(says(result, "undefined in 2020, and Gini's coefficient may exceed 1: v is below zero for a"))
    #expect(says(result, "theil_l and sd_log are undefined in 2021: v is 0 for a"))
    for column in result.dagumTable.columns {
      guard case .number(let cells) = column.values else { continue }
      #expect(cells[0].isNaN && cells[2].isNaN)
    }
  }

  @Test func `groups of one unit, groups of one year, one group alone and units that move are named`() throws
  {
    let text = """
      county,year,v,region,land
      a,2020,1,A,x
      b,2020,2,A,x
      c,2020,3,B,x
      a,2021,1,A,x
      b,2021,2,C,x
      c,2021,3,C,x
      """
    let result = try fit(text, groups: ["region"])
    #expect(
      says(result, "with one unit have no inequality within, by definition: \"A\" in 2021, \"B\" in 2020."))
    #expect(says(result, "not there in every period: \"B\" (2020), \"C\" (2021)"))
    #expect(says(result, "region changes over time for 2 units"))
    #expect(result.years.map { $0.parts?.names } == [["A", "B"], ["A", "C"]])
    let one = try fit(text, groups: ["land"])
    #expect(says(one, "All units are in one group of land, \"x\""))
    for year in one.years {
      let dagum = try #require(year.parts?.dagum)
      #expect(dagum.netBetween == 0 && dagum.transvariation == 0 && dagum.pairs.isEmpty)
      expectClose(dagum.within, try #require(year.gini), absolute: 1e-15, from: "Gini")
    }
  }

  @Test func `a value without a group is refused, and so is a city in two regions`() throws {
    #expect {
      try fit("county,year,v,region\na,2020,1,A\nb,2020,2,\n", groups: ["region"])
    } throws: { "\($0)".contains("line 3: county \"b\" in 2020 has a value and no group") }
    #expect {
      try fit(
        "county,year,v,region,city\na,2020,1,A,x\nb,2020,2,B,x\nc,2020,2,B,y\n", groups: ["region", "city"])
    } throws: {
      "\($0)".contains("city \"x\" lies in two groups of region in 2020: \"A\" with a and \"B\" with b")
    }
  }

  @Test func `a city may change its region from one year to the next`() throws {
    let result = try fit(
      """
      county,year,v,region,city
      a,2020,1,A,x
      b,2020,2,A,x
      c,2020,5,B,y
      a,2021,1,B,x
      b,2021,2,B,x
      c,2021,5,A,y
      """, groups: ["region", "city"])
    for year in result.years {
      let nested = try #require(year.parts?.nested.first)
      expectClose(try #require(nested.total), try #require(year.theilT), absolute: 1e-15, from: "T")
      #expect(nested.middle == 0)
    }
  }

  @Test func `groups that are numbers stand in the order of their letters and are printed as given`() throws {
    let result = try fit(
      "county,year,v,g\na,2020,1,10\nb,2020,2,2\nc,2020,3,1\nd,2020,3,010\n", groups: ["g"])
    #expect(result.years[0].parts?.names == ["010", "1", "10", "2"])
  }

  @Test func `a sample's correction multiplies Gini by n over n less one, and the parts stay without it`()
    throws
  {
    let text = "county,year,v,region\na,2020,1,A\nb,2020,2,A\nc,2020,3,B\nd,2020,4,B\ne,2020,10,B\n"
    let (plain, sample) = (
      try fit(text, groups: ["region"]), try fit(text, groups: ["region"], correctsSample: true)
    )
    expectClose(try #require(plain.years[0].gini), 0.4, absolute: 1e-15, from: "disparity.json, plain")
    expectClose(try #require(sample.years[0].gini), 0.5, absolute: 1e-15, from: "disparity.json, plain")
    expectClose(
      try #require(sample.years[0].variation), 0.8838834764831844, absolute: 1e-15, from: "disparity.json")
    expectClose(try #require(sample.years[0].parts?.dagum?.gini), 0.4, absolute: 1e-15, from: "the parts")
    #expect(sample.dagumTable.notes.contains { $0.english.contains("without the sample's correction") })
  }

  @Test func `a sector without people has no ratio and no inequality, one without income no ratio`() throws {
    let result = try fit(
      """
      county,year,yu,yr,nu,nr
      a,2020,9,,5,0
      b,2020,9,0,5,5
      c,2020,-1,3,5,5
      d,2020,8,4,5,5
      e,2020,8,,5,5
      """, nil, urbanRural: Self.sectors)
    let rows = result.urbanRural[0].rows.map(\.measures)
    #expect(rows.map { $0?.ratio } == [nil, nil, nil, 2, nil])
    #expect(rows[0]?.theilT == 0 && rows[0]?.theilL == 0 && rows[0]?.gap == nil)
    #expect(rows[1]?.theilL == nil && rows[1]?.theilT != nil)
    #expect(rows[2]?.theilT == nil && rows[2]?.gap == -4)
    #expect(rows[4] == nil)
    #expect(result.urbanRural[0].total?.count == 4)
    for words in [
      "One sector alone has people, so that there is no ratio, and Theil's index of the two is 0 in 2020: a.",
      "there is no ratio and no theil_l in 2020: b.", "An income is below zero", "not compared",
    ] { #expect(says(result, words), "\(words)") }
  }

  @Test func `a cross-section has measures and no movement`() throws {
    let table = smallTable("county,v\na,1\nb,2\nc,4\n")
    let panel = try Panel(table, unitColumn: "county", timeColumn: "none", variables: ["v"])
    let result = try DisparityEstimator.fit(panel, DisparitySpecification(variable: "v"))
    #expect(result.years.count == 1 && result.mobility.isEmpty && result.figures.isEmpty)
    #expect(result.tests.first?.reason?.english == "it compares two periods, and there is one")
    let json = result.document.parts.compactMap(\.jsonKey)
    #expect(json == ["disparity", "mobility", "sigma", "tests"])
  }

  @Test func `numbers at the ends of what can be written neither end the program nor vanish`() throws {
    let huge = try fit("county,year,v\na,2020,1e308\nb,2020,1.5e308\nc,2020,0.5e308\n")
    expectClose(
      try #require(huge.years[0].gini), 2.0 / 9, relative: 1e-12, from: "the same in units of 1e308")
    let tiny = try fit("county,year,v\na,2020,1e-300\nb,2020,1.5e-300\nc,2020,0.5e-300\n")
    expectClose(
      try #require(tiny.years[0].variation), (1.0 / 6).squareRoot(), relative: 1e-12, from: "by hand")
    #expect {
      try fit("county,year,v,people\na,2020,1,1e308\nb,2020,2,1e308\n", population: "people")
    } throws: { "\($0)".contains("beyond the range of double precision") }
  }
}
