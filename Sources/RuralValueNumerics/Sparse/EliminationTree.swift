/// The elimination tree of a symmetric sparse matrix: the parent of column j is the row of the first
/// element below the diagonal of column j of its Cholesky factor, −1 at a root.
///
/// Source: Liu (1990), "The role of elimination trees in sparse factorization".
struct EliminationTree: Sendable, Equatable {
  /// The parent of each column.
  let parents: [Int32]
  /// Where each column of the factor begins, its diagonal not counted; n + 1 elements.
  let columnStarts: [Int]

  /// The tree of a matrix whose row k has these columns below k (the strict lower triangle).
  init(lowerRowStarts: [Int], lowerColumns: [Int32]) {
    let size = lowerRowStarts.count - 1
    var parents = [Int32](repeating: -1, count: size)
    var counts = [Int](repeating: 0, count: size)
    var reached = [Int32](repeating: -1, count: size)
    for k in 0..<size {
      reached[k] = Int32(k)
      for place in lowerRowStarts[k]..<lowerRowStarts[k + 1] {
        // Row k of the factor has an element in every column on the way up from i to k.
        var i = Int(lowerColumns[place])
        while reached[i] != Int32(k) {
          if parents[i] < 0 { parents[i] = Int32(k) }
          counts[i] += 1
          reached[i] = Int32(k)
          i = Int(parents[i])
        }
      }
    }
    self.parents = parents
    var starts = [0]
    starts.reserveCapacity(size + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    columnStarts = starts
  }
}
