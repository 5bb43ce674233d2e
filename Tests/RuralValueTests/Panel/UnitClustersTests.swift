import TestSupport
import Testing

@testable import RuralValue

/// Groups of units and their places, as columns of a table have them.
@Suite struct UnitClustersTests {
  private func table(_ groups: [String]) throws -> (Table, Panel) {
    let rows = groups.enumerated().map { row, group in
      ["县\(row / 2)", "\(2012 + row % 2)", "\(row)", group, "112.9\(row / 2)", "28.2"]
    }
    let table = Table(
      source: "面板.csv", columnNames: ["县", "年份", "y", "市", "lon", "lat"], rows: rows)
    return (table, try Panel(table, variables: ["y", "lon", "lat"]))
  }

  private func sentence(_ act: () throws -> Void) -> String {
    do {
      try act()
      return ""
    } catch { return Setting.spelled(in: "\(error)") { "--\($0)" } }
  }

  @Test func `prefectures by their Chinese names are groups, whatever the spaces around them`() throws {
    let (table, panel) = try table(["长沙市", "长沙市 ", "株洲市", "　株洲市", "长沙市", "长沙市"])
    let clusters = try UnitClusters(table, panel, column: "市")
    #expect(clusters.clusterOfUnit == [0, 1, 0])
    #expect(clusters.count == 2 && clusters.column == "市")
  }

  @Test func `a unit that changes its group is named with both years and both groups`() throws {
    let (table, panel) = try table(["长沙市", "长沙市", "株洲市", "湘潭市", "长沙市", "长沙市"])
    let found = sentence { _ = try UnitClusters(table, panel, column: "市") }
    #expect(
      found.contains(
        "--cluster 市: 县 \"县1\" is in \"株洲市\" in 2012 (line 4) and in \"湘潭市\" in 2013 (line 5)"), "\(found)")
  }

  @Test func `a row without its group is named`() throws {
    let (table, panel) = try table(["长沙市", "长沙市", "株洲市", "", "长沙市", "长沙市"])
    let found = sentence { _ = try UnitClusters(table, panel, column: "市") }
    #expect(found.contains("\"县1\" has no group in 2013 (line 5)"), "\(found)")
  }

  @Test func `one group of all units is none`() throws {
    let (table, panel) = try table(["长沙市", "长沙市", "长沙市", "长沙市"])
    #expect(
      sentence { _ = try UnitClusters(table, panel, column: "市") }.contains("all units are in one group"))
  }

  // MARK: Places

  private func panel(_ places: [(lon: Double, lat: Double)]) throws -> Panel {
    let rows = places.enumerated().map { row, place in
      ["u\(row / 2)", "\(2012 + row % 2)", place.lon.isNaN ? "" : "\(place.lon)", "\(place.lat)"]
    }
    return try Panel(
      Table(source: "p.csv", columnNames: ["unit", "year", "lon", "lat"], rows: rows),
      variables: ["lon", "lat"])
  }

  /// A degree of latitude is 2π · 6371.0088/360 = 111.195 km.
  @Test func `places of a panel's columns are those of any of its periods`() throws {
    let panel = try panel([(112, 28), (.nan, 28), (112, 29), (112, 29)])
    let places = try UnitPlaces(panel, longitude: "lon", latitude: "lat")
    let distances = try places.distances(of: ["u1", "u0"], in: "p.csv")
    expectClose(
      distances.distance(0, 1), 2 * Double.pi * 6371.0088 / 360, relative: 1e-12, from: "a degree of latitude"
    )
  }

  @Test func `places that move, are absent or no degrees are refused by the unit's name`() throws {
    func refused(_ places: [(lon: Double, lat: Double)]) throws -> String {
      let panel = try panel(places)
      return sentence { _ = try UnitPlaces(panel, longitude: "lon", latitude: "lat") }
    }
    let moving = try refused([(112, 28), (112, 28), (112, 29), (112.5, 29)])
    #expect(
      moving.contains("\"u1\" has lon 112 in 2012 (line 4) and 112.5 in 2013 (line 5)"), "\(moving)")
    #expect(
      try refused([(112, 28), (112, 28), (.nan, 29), (.nan, 29)]).contains("\"u1\" has no value of lon"))
    #expect(try refused([(28, 112), (28, 112), (29, 113), (29, 113)]).contains("The two look swapped"))
    #expect(
      try refused([(5e5, 3e6), (5e5, 3e6), (6e5, 3e6), (6e5, 3e6)]).contains("Convert the coordinates"))
  }

  @Test func `units without a place are named, with the cause where it is plain`() throws {
    let layer = PolygonLayer(
      source: "places.csv",
      places: [PolygonLayer.Point(x: 112, y: 28), PolygonLayer.Point(x: 113, y: 28)])
    let places = try UnitPlaces(layer, ids: ["0731", "0733"])
    let zeros = sentence { _ = try places.distances(of: ["731", "733"], in: "panel.csv") }
    #expect(zeros.contains("2 of 2 units of panel.csv have no place in places.csv: 731, 733."))
    #expect(zeros.contains("leading zeros"))
  }
}
