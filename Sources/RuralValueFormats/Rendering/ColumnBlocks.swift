/// How the columns of a wide table share the width of a terminal or a page.
enum ColumnBlocks {
  /// The columns that stand side by side; where they do not all fit, each block repeats the keys.
  static func split(widths: [Int], gap: Int, keys: Int, limit: Int?) -> [[Int]] {
    func width(_ places: [Int]) -> Int {
      places.reduce(0) { $0 + widths[$1] } + gap * max(0, places.count - 1)
    }
    let all = Array(widths.indices)
    guard let limit, width(all) > limit else { return [all] }
    let keys = Array(all.prefix(keys))
    var blocks = [keys]
    for column in all.dropFirst(keys.count) {
      let block = blocks[blocks.count - 1]
      if block == keys || width(block + [column]) <= limit {
        blocks[blocks.count - 1].append(column)
      } else {
        blocks.append(keys + [column])
      }
    }
    return blocks
  }
}
