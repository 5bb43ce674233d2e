/// Names of the two ends of a link that differ in one word: `o_code,d_code`, `src_GEOID,nbr_GEOID`, `id1,id2`.
enum EndPairs {
  /// The columns of the two ends among names in small letters without what joins their words, or nil.
  ///
  /// Of several such pairs, as of names and codes, that of codes counts.
  static func ends(_ names: [String]) -> (from: Int, to: Int)? {
    if let from = names.firstIndex(of: "fid"), let to = names.firstIndex(of: "nid") { return (from, to) }
    var first: (from: Int, to: Int)?
    for (from, name) in names.enumerated() {
      for other in others(name, names) {
        guard let to = names.firstIndex(of: other), to != from else { continue }
        if codeWords.contains(where: name.contains) { return (from, to) }
        first = first ?? (from, to)
      }
    }
    return first
  }

  /// The names that the other end may have, of a name that may be the first's.
  private static func others(_ name: String, _ names: [String]) -> [String] {
    var others = prefixes.compactMap { prefix -> String? in
      let rest = name.dropFirst(prefix.0.count)
      return name.hasPrefix(prefix.0) && !rest.isEmpty ? prefix.1 + rest : nil
    }
    // Of three columns that count on, none is an end.
    let stem = String(name.dropLast())
    if name.last == "1", unitWords.contains(stem), !names.contains("\(stem)3") { others.append("\(stem)2") }
    return others
  }

  private static let prefixes = [
    ("src", "nbr"), ("source", "neighbor"), ("source", "neighbour"), ("source", "target"), ("o", "d"),
    ("orig", "dest"), ("origin", "destination"), ("in", "near"), ("from", "to"), ("起点", "终点"), ("流出", "流入"),
    ("迁出", "迁入"), ("出发", "到达"),
  ]
  private static let codeWords = ["id", "code", "fips", "代码", "编码"]
  private static let unitWords: Set = [
    "id", "code", "county", "unit", "region", "city", "fips", "geoid", "countycode", "countyid", "县", "区县",
    "县域",
    "地区", "城市", "代码", "县代码", "单元",
  ]
}
