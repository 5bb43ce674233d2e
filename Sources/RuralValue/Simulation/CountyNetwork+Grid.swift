extension CountyNetwork {
  /// Pseudo-counties on a square grid, for sizes of which there is no map at hand.
  ///
  /// Each borders on the up to eight around it; every third in every third row is an urban district with its
  /// neighbour to the east, some 22 % in all. Codes are six digits from 900001 in row order. At least two.
  public static func grid(unitCount: Int) throws(SimulationError) -> CountyNetwork {
    guard (2...99_999).contains(unitCount) else { throw .unitCountOutOfRange(unitCount) }
    let width = Int(Double(unitCount).squareRoot().rounded(.up))
    let codes = (1...unitCount).map { String(900_000 + $0) }
    let units = codes.enumerated().map { position, code in
      let (row, column) = position.quotientAndRemainder(dividingBy: width)
      return SimulatedCounty(code: code, isUrban: row % 3 == 1 && column % 3 != 0)
    }
    var links: [CountyLink] = []
    for position in 0..<unitCount {
      let isFirstInRow = position % width == 0
      let isLastInRow = position % width == width - 1
      var later = [position + width]
      if !isFirstInRow { later.append(position + width - 1) }
      if !isLastInRow { later += [position + 1, position + width + 1] }
      links += later.filter { $0 < unitCount }.map { CountyLink(from: codes[position], to: codes[$0]) }
    }
    return try CountyNetwork(units: units, links: links)
  }
}
