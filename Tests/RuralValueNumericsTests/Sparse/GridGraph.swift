import RuralValueNumerics

/// Contiguity on a grid, the plainest planar graph.
enum GridGraph {
  /// The symmetric S = D^−½ C D^−½ of queen contiguity on a grid, in row-major order or shuffled.
  static func symmetric(rows: Int, columns: Int, isQueen: Bool = true, shuffleSeed: UInt64? = nil)
    -> SparseMatrix
  {
    let neighbours = lists(rows: rows, columns: columns, isQueen: isQueen, shuffleSeed: shuffleSeed)
    return matrix(neighbours) { i, j in
      1 / (Double(neighbours[i].count) * Double(neighbours[j].count)).squareRoot()
    }
  }

  /// The row-standardised W of the same contiguity.
  static func rowStandardised(rows: Int, columns: Int, isQueen: Bool = true) -> SparseMatrix {
    let neighbours = lists(rows: rows, columns: columns, isQueen: isQueen, shuffleSeed: nil)
    return matrix(neighbours) { i, _ in 1 / Double(neighbours[i].count) }
  }

  /// A sparse matrix from lists of neighbours.
  static func matrix(_ neighbours: [[Int]], _ weight: (Int, Int) -> Double) -> SparseMatrix {
    var starts = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for (i, list) in neighbours.enumerated() {
      for j in list.sorted() {
        columns.append(Int32(j))
        values.append(weight(i, j))
      }
      starts.append(columns.count)
    }
    return SparseMatrix(rowStarts: starts, columns: columns, values: values)
  }

  private static func lists(rows: Int, columns: Int, isQueen: Bool, shuffleSeed: UInt64?) -> [[Int]] {
    var name = Array(0..<(rows * columns))
    if let shuffleSeed {
      var generator = CounterBasedGenerator(seed: shuffleSeed)
      generator.shuffle(&name)
    }
    var neighbours = [[Int]](repeating: [], count: rows * columns)
    for r in 0..<rows {
      for c in 0..<columns {
        for (dr, dc) in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
        where (isQueen || dr == 0 || dc == 0) && (0..<rows).contains(r + dr) && (0..<columns).contains(c + dc)
        {
          neighbours[name[r * columns + c]].append(name[(r + dr) * columns + c + dc])
        }
      }
    }
    return neighbours
  }
}
