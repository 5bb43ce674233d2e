extension SpatialWeights {
  /// The square matrix: a column of ids, then one column a unit.
  public var matrixTable: ResultTable {
    let columns = (0..<unitCount).map { j in
      ResultColumn(
        units[j], Phrase(verbatim: units[j]), .number((0..<unitCount).map { weight(from: $0, to: j) }))
    }
    return ResultTable(
      name: "weights_matrix", title: Phrase("Spatial weights", zh: "空间权重矩阵"),
      columns: [ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(units.map { $0 }))] + columns)
  }

  /// The list of links `from,to,weight`; an island is a row of a unit to itself with weight zero.
  public var edgeListTable: ResultTable {
    var from: [String?] = []
    var to: [String?] = []
    var weights: [Double] = []
    for i in 0..<unitCount {
      if row(i).isEmpty {
        from.append(units[i])
        to.append(units[i])
        weights.append(0)
      }
      for place in row(i) {
        from.append(units[i])
        to.append(units[Int(neighbours[place])])
        weights.append(values[place])
      }
    }
    return ResultTable(
      name: "weights", title: Phrase("Spatial weights", zh: "空间权重矩阵"),
      columns: [
        ResultColumn("from", Phrase("Unit", zh: "单元"), .text(from)),
        ResultColumn("to", Phrase("Neighbour", zh: "邻接单元"), .text(to)),
        ResultColumn("weight", Phrase("Weight", zh: "权重"), .number(weights)),
      ])
  }
}
