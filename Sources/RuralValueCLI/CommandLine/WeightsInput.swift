import RuralValue
import RuralValueFormats

extension InputReader {
  /// Reads spatial weights: GAL and GWT by their ending, else a list of links or a square matrix as CSV.
  func weights(_ path: String) throws -> SpatialWeights {
    let source = Self.name(of: path)
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let reading: WeightsReading =
      switch ending {
      case "gal": try GALFile.read(try bytes(of: path), source: source)
      case "gwt": try GWTFile.read(try bytes(of: path), source: source)
      default: try WeightsReading(try table(path))
      }
    note(reading.notes)
    return reading.weights
  }
}
