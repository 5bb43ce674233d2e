import RuralValue
import Testing

@Suite struct IndicatorSimulatorTests {
  private let result: IndicatorSimulationResult

  init() throws {
    result = try HunanFixture.drawn.get()
  }

  // MARK: The same draw, however it comes about

  @Test func `one seed gives one panel`() throws {
    #expect(try IndicatorSimulator().draw(HunanFixture.specification()) == result)
  }

  @Test func `another seed gives another panel`() throws {
    #expect(try IndicatorSimulator().draw(HunanFixture.specification(seed: 2)).values != result.values)
  }

  @Test func `the order of counties and links in their files does not matter`() throws {
    let links = try HunanFixture.links().reversed().map { CountyLink(from: $0.to, to: $0.from) }
    let network = try CountyNetwork(
      units: HunanFixture.counties().reversed(), nameColumns: ["name_zh", "name_en"], links: links)
    let specification = try IndicatorSimulationSpecification(network: network, seed: HunanFixture.seed)
    #expect(IndicatorSimulator().draw(specification) == result)
  }

  @Test func `an indicator's values do not depend on which others are drawn`() throws {
    let alone = IndicatorMagnitude.hunan.filter { $0.column == "machinery_power" }
    let specification = try IndicatorSimulationSpecification(
      network: HunanFixture.network(), indicators: alone, seed: HunanFixture.seed)
    #expect(IndicatorSimulator().draw(specification).values == [try values("machinery_power")])
  }

  @Test func `draws made at the same time on several threads are the same`() async throws {
    let specification = try HunanFixture.specification()
    let draws = await withTaskGroup { group in
      for _ in 0..<4 { group.addTask { IndicatorSimulator().draw(specification) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(draws.allSatisfy { $0 == result })
  }

  // MARK: What the panel is like

  @Test func `counties resemble their neighbours in every indicator`() throws {
    let network = try HunanFixture.network()
    for column in result.columns {
      let last = try values(column, period: result.periods.count - 1)
      #expect(moran(last, neighbours: network.neighbours) > 0.2, "Moran's I of \(column) in the last year")
    }
  }

  @Test(arguments: [7, 8, 9] as [UInt64])
  func `spatial correlation is no accident of a seed`(seed: UInt64) throws {
    let specification = try HunanFixture.specification(seed: seed)
    let draw = IndicatorSimulator().draw(specification)
    let last = draw.periods.count - 1
    let each = draw.values.map { column in
      let values = draw.units.indices.map { column[$0 * draw.periods.count + last] }
      return moran(values, neighbours: specification.network.neighbours)
    }
    #expect(each.reduce(0, +) / Double(each.count) > 0.3)
  }

  @Test func `a county's year resembles its year before, also about county and year means`() throws {
    for column in result.columns {
      let series = try series(column)
      let isChange = column.hasSuffix("_change")
      #expect(lagCorrelation(series) > (isChange ? 0.4 : 0.9), "levels of \(column)")
      #expect(lagCorrelation(doublyDemeaned(series)) > 0, "movements of \(column)")
    }
  }

  @Test func `percentages stay between 0 and 100`() throws {
    for magnitude in IndicatorMagnitude.hunan where magnitude.form == .percentage {
      #expect(try values(magnitude.column).allSatisfy { $0 > 0 && $0 < 100 }, "\(magnitude.column)")
    }
  }

  @Test func `counts are whole, not negative, and never fall`() throws {
    for magnitude in IndicatorMagnitude.hunan where magnitude.form == .cumulativeCount {
      for county in try series(magnitude.column) {
        #expect(county.allSatisfy { $0 >= 0 && $0 == $0.rounded() }, "\(magnitude.column)")
        #expect(zip(county, county.dropFirst()).allSatisfy { $0 <= $1 }, "\(magnitude.column)")
      }
    }
  }

  @Test func `gross output exceeds the value added that it contains`() throws {
    let pairs = try zip(values("agri_gross_output"), values("agri_value_added"))
    #expect(pairs.allSatisfy { $0 > 1.2 * $1 && $0 < 2.5 * $1 })
  }

  @Test func `amounts are positive, and only changes take both signs`() throws {
    for magnitude in IndicatorMagnitude.hunan {
      let values = try values(magnitude.column)
      switch magnitude.form {
      case .change: #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
      case .cumulativeCount: #expect(values.allSatisfy { $0 >= 0 })
      default: #expect(values.allSatisfy { $0 > 0 }, "\(magnitude.column)")
      }
    }
  }

  @Test func `rural incomes lie between 4,000 and 45,000 yuan and grow by about nine per cent a year`() throws
  {
    let income = try values("rural_income")
    #expect(income.allSatisfy { $0 > 4_000 && $0 < 45_000 })
    let first = mean(try values("rural_income", period: 0))
    let last = mean(try values("rural_income", period: 10))
    // 1.08 and 1.10 to the power of ten.
    #expect((2.16...2.59).contains(last / first))
  }

  @Test func `pesticide and fertilizer are used less each decade, vegetation stays`() throws {
    func ratio(_ column: String) throws -> Double {
      mean(try values(column, period: 10)) / mean(try values(column, period: 0))
    }
    #expect(try ratio("pesticide_intensity") < 0.8)
    #expect(try ratio("fertilizer_intensity") < 0.95)
    #expect(try (0.97...1.06).contains(ratio("vegetation_coverage")))
  }

  @Test func `urban districts earn more and farm less than rural counties`() throws {
    let isUrban = result.units.map(\.isUrban)
    #expect(isUrban.filter { $0 }.count == 35)
    func urbanToRural(_ column: String) throws -> Double {
      let values = try values(column, period: 10)
      return mean(zip(values, isUrban).filter { $1 }.map { $0.0 })
        / mean(zip(values, isUrban).filter { !$1 }.map { $0.0 })
    }
    #expect(try urbanToRural("rural_income") > 1.2)
    #expect(try urbanToRural("grain_output") < 0.4)
    #expect(try urbanToRural("vegetation_coverage") < 0.9)
  }

  // MARK: Helpers

  private func values(_ column: String) throws -> [Double] {
    try #require(result.values(of: column))
  }

  private func values(_ column: String, period: Int) throws -> [Double] {
    try series(column).map { $0[period] }
  }

  private func series(_ column: String) throws -> [[Double]] {
    let values = try values(column)
    let count = result.periods.count
    return result.units.indices.map { Array(values[$0 * count..<($0 + 1) * count]) }
  }
}
