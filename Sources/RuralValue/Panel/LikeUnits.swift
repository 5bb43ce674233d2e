/// Units whose names or codes differ by spaces or by zeros in front only: as a rule one unit in two spellings.
struct LikeUnits {
  /// Each group's spellings, in the order of the units.
  let groups: [[String]]

  init(_ units: [String]) {
    guard units.contains(where: { LikeUnits.plain($0) != $0 }) else {
      groups = []
      return
    }
    var order: [String] = []
    var spellings: [String: [String]] = [:]
    for unit in units {
      let plain = LikeUnits.plain(unit)
      if spellings[plain] == nil { order.append(plain) }
      spellings[plain, default: []].append(unit)
    }
    groups = order.compactMap { spellings[$0] }.filter { $0.count > 1 }
  }

  /// The unit without spaces, and without zeros in front where it is a number.
  private static func plain(_ unit: String) -> String {
    PlainIds.withoutLeadingZeros(PlainIds.withoutSpaces(unit))
  }

  /// What the reader must know; `place` says where a unit stands first, as file and line.
  func notes(unitColumn: String, place: (String) -> (source: String, line: Int)?) -> [Phrase] {
    guard !groups.isEmpty else { return [] }
    let (isOne, count) = (groups.count == 1, groups.count)
    let places = groups.map { spellings in
      spellings.map { unit in
        place(unit).map { "\"\(unit)\" (\($0.source), line \($0.line))" } ?? "\"\(unit)\""
      }.joined(separator: " and ")
    }
    let chinese = groups.map { spellings in
      spellings.map { unit in
        place(unit).map { "“\(unit)”（\($0.source)第\($0.line)行）" } ?? "“\(unit)”"
      }.joined(separator: "与")
    }
    return [
      Phrase(
        "\(unitColumn): units that differ only by spaces or zeros in front are different units here, and may be one:"
          + " \(listed(places, most: 5))\(isOne ? "" : " (\(count) in all)"). If so, write \(isOne ? "it" : "each") alike in"
          + " every file, or make the spellings one with \(Setting("codes")) of prepare.",
        zh: "\(unitColumn)：仅空格或前导零不同的个体在此视为不同个体，可能实为同一个体：\(listed(chinese, most: 5, in: .chinese))。"
          + "若是，请在各文件中统一写法，或用 prepare 的\(Setting("codes"))合并。")
    ]
  }
}
