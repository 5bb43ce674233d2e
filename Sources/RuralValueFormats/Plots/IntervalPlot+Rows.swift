extension IntervalPlot {
  /// The width that labels have.
  var labelWidth: Double {
    let widest = labels.map { SVGText.width($0, size: Self.labelSize) }.max() ?? 0
    return min(max(widest, 30), panelsAcross > 1 && panels.count > 1 ? 128 : 190)
  }

  /// Each row's label in lines.
  var labelLines: [[String]] {
    labels.map { PlotLabel.lines($0, width: labelWidth, size: Self.labelSize) }
  }

  /// The rows in which no panel has an estimate, where that is to be said.
  var emptyRows: [Int] {
    guard marksEmptyRows else { return [] }
    return labels.indices.filter { row in
      !panels.contains { row < $0.intervals.count && ($0.intervals[row]?.estimate.isFinite ?? false) }
    }
  }

  /// The height of each row's middle, and where the last row ends.
  func rowCentres(from top: Double) -> (centres: [Double], bottom: Double) {
    var y = top + 4
    let centres = labelLines.map { lines in
      let height = max(21, 15 * Double(lines.count) + 6)
      y += height
      return y - height / 2
    }
    return (centres, y + 4)
  }
}
