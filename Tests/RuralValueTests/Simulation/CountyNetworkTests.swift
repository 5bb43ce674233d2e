import RuralValue
import Testing

@Suite struct CountyNetworkTests {
  private let counties = ["43", "11", "31"].map { SimulatedCounty(code: $0, isUrban: false) }

  @Test func `the 121 counties of the Hunan study have 315 links, and Furong District has none`() throws {
    let network = try HunanFixture.network()
    #expect(network.units.count == 121)
    #expect(network.unlinkedCodes == ["430102"])
    let links = network.neighbours.map(\.count)
    #expect(links.reduce(0, +) == 2 * 315)
    #expect(links.min() == 1)
    #expect(links.max() == 11)
    let unlinked = try HunanFixture.cells("data/hunan/counties.csv").filter { $0[7] == "no" }.map { $0[0] }
    #expect(unlinked == network.unlinkedCodes)
  }

  @Test func `counties stand in the order of their codes, neighbours by position`() throws {
    let links = [CountyLink(from: "43", to: "11"), CountyLink(from: "31", to: "11")]
    let network = try CountyNetwork(units: counties, links: links)
    #expect(network.units.map(\.code) == ["11", "31", "43"])
    #expect(network.neighbours == [[1, 2], [0], [0]])
  }

  @Test func `a link given in both directions counts once`() throws {
    let links = [CountyLink(from: "43", to: "11"), CountyLink(from: "11", to: "43")]
    #expect(try CountyNetwork(units: counties, links: links).neighbours == [[1], [0]])
  }

  @Test func `a name that ends in 区 or District makes an urban district`() {
    #expect(SimulatedCounty(code: "430103", names: ["天心区"]).isUrban)
    #expect(SimulatedCounty(code: "430103", names: ["Tianxin District"]).isUrban)
    #expect(!SimulatedCounty(code: "430121", names: ["长沙县", "Changsha County"]).isUrban)
  }

  @Test func `faults of units and links are named`() {
    let twice = counties + [SimulatedCounty(code: "31", isUrban: true)]
    let link = [CountyLink(from: "11", to: "43")]
    #expect(throws: SimulationError.duplicateUnit(code: "31")) {
      try CountyNetwork(units: twice, links: link)
    }
    #expect(throws: SimulationError.noLinks) { try CountyNetwork(units: counties, links: []) }
    #expect(throws: SimulationError.selfLink(code: "11")) {
      try CountyNetwork(units: counties, links: [CountyLink(from: "11", to: "11")])
    }
    let unknown = SimulationError.unknownUnit(code: "12", known: ["11", "31", "43"])
    #expect(throws: unknown) {
      try CountyNetwork(units: counties, links: [CountyLink(from: "11", to: "12")])
    }
    #expect(unknown.kind == .data)
    #expect(unknown.description.contains("\"12\""))
    #expect(unknown.description.contains("Did you mean \"11\"?"))
  }

  @Test func `a grid of any size is joined up and has cities of its own`() throws {
    for count in [2, 3, 10, 100, 300] {
      let network = try CountyNetwork.grid(unitCount: count)
      #expect(network.units.count == count)
      #expect(network.neighbours.allSatisfy { (1...8).contains($0.count) })
    }
    let national = try CountyNetwork.grid(unitCount: 2_850)
    let urban = national.units.filter(\.isUrban).count
    #expect((0.2...0.25).contains(Double(urban) / 2_850))
    #expect(national.units.first?.code == "900001")
    #expect(throws: SimulationError.unitCountOutOfRange(1)) { try CountyNetwork.grid(unitCount: 1) }
  }
}
