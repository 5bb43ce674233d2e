import Foundation
import RuralValue
import RuralValueFormats
import TestSupport

/// The numbers of spdep and PySAL for one set of polygons.
struct SpatialReference {
  let name: String
  let spdep: [String: Any]
  let pysal: [String: Any]

  static let names = ["columbus", "nc_sids"]

  init(_ name: String) throws {
    self.name = name
    let data = try Data(contentsOf: ProjectFiles.fixture("reference/spatial/autocorrelation.json"))
    let root = try JSONSerialization.jsonObject(with: data) as! [String: Any]
    func set(_ program: String) -> [String: Any] {
      ((root[program] as! [String: Any])["sets"] as! [String: Any])[name] as! [String: Any]
    }
    spdep = set("spdep")
    pysal = set("pysal")
  }

  func numbers(_ path: String...) -> [Double] { value(path) as! [Double] }

  func number(_ path: String...) -> Double { value(path) as! Double }

  func neighbours(_ name: String) -> [[Int]] { spdep[name] as! [[Int]] }

  private func value(_ path: [String]) -> Any? {
    path.reduce(spdep as Any?) { ($0 as? [String: Any])?[$1] }
  }

  var layer: PolygonLayer {
    get throws {
      let bytes = [UInt8](try Data(contentsOf: ProjectFiles.fixture("reference/spatial/\(name).geojson")))
      return try GeoJSONReader.read(bytes, source: "\(name).geojson").layer
    }
  }

  /// The variable of the reference, from the polygons' properties.
  var values: [Double] {
    get throws {
      try layer.features.map { feature in
        func number(_ name: String) -> Double { Double(feature.text(of: name)!)! }
        return name == "columbus" ? number("CRIME") : 1000 * number("SID79") / number("BIR79")
      }
    }
  }

  func weights(_ rule: WeightsRule = .queen) throws -> SpatialWeights {
    let layer = try layer
    let ids = layer.features.indices.map { "u\($0)" }
    return try WeightsBuilder(layer: layer, ids: ids).build(rule).weights
  }

  func series(negated: Bool = false) throws -> SpatialSeries {
    let values = try values.map { negated ? -$0 : $0 }
    let units = values.indices.map { "u\($0)" }
    return SpatialSeries(
      source: name, variable: "x", sections: [CrossSection(period: nil, units: units, values: values)])
  }
}
