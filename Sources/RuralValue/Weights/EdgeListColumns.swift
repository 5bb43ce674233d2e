/// Which columns of a list of links hold what.
struct EdgeListColumns {
  /// The column of the row of W: the unit that is influenced.
  let from: Int
  /// The column of the neighbour.
  let to: Int
  /// The column of weights; without one every link has weight one.
  let weight: Int?
  /// Whether the columns of ids go by names that say what they are.
  let areNamed: Bool
  /// Whether the column of weights is called distances.
  let areDistances: Bool
  /// Which columns are read, where others stand beside or before them.
  let notes: [Phrase]

  /// Finds the columns by their names, or takes the first two or three.
  ///
  /// Throws `WeightsError.unreadable` for a table of one column, `.severalPeriods` for links that change over
  /// time, and `.unclearShape` for a table that rather is a matrix.
  init(_ table: Table) throws(WeightsError) {
    let names = table.columnNames.map(Self.folded)
    let time = names.firstIndex { Self.timeWords.contains($0) }
    let named = Self.named(names)
    areNamed = named != nil
    var others = table.columnNames.indices.filter { $0 != time }
    guard others.count >= 2 else {
      throw .unreadable(
        source: table.source, line: table.headerLine, found: table.columnNames.joined(separator: ","),
        expected: "two columns of ids and, if wanted, one of weights")
    }
    if let named {
      (from, to) = named
      let rest = others.filter { $0 != named.from && $0 != named.to && !table.countsRows($0) }
      weight = Self.namedWeight(table, names, rest)
    } else {
      guard !Self.isRatherMatrix(table) else {
        throw .unclearShape(source: table.source, rows: table.rowCount, columns: table.columnCount)
      }
      if Self.beginsWithRowNumbers(table, names, others) { others.removeFirst() }
      (from, to) = (others[0], others[1])
      weight = Self.ranked(names, others.dropFirst(2)) ?? others.dropFirst(2).first
    }
    if let time { try Self.requireOnePeriod(table, column: time) }
    let rowNumbers = others.first.flatMap { $0 > 0 && $0 - 1 != time ? $0 - 1 : nil }
    notes =
      Self.notes(table, [from, to] + (weight.map { [$0] } ?? []), rowNumbers: rowNumbers)
      + Self.distanceNotes(table, names, weight)
    areDistances = weight.map { Self.isDistance(names[$0]) } ?? false
  }

  /// Whether columns go by names of the two ends of a link.
  static func areNamed(_ names: [String]) -> Bool { named(names.map(folded)) != nil }

  /// Whether a column goes by a name of periods.
  static func haveTime(_ names: [String]) -> Bool { names.contains { timeWords.contains(folded($0)) } }

  private static func named(_ names: [String]) -> (from: Int, to: Int)? {
    if let from = names.firstIndex(where: { fromWords.contains(stem($0)) }),
      let to = names.firstIndex(where: { toWords.contains(stem($0)) })
    {
      return (from, to)
    }
    return EndPairs.ends(names)
  }

  /// Whether the first of some columns but counts the rows of links, which stand behind it.
  private static func beginsWithRowNumbers(_ table: Table, _ names: [String], _ others: [Int]) -> Bool {
    guard others.count >= 3, table.countsRows(others[0]), !toWords.contains(stem(names[others[1]])) else {
      return false
    }
    return others.count > 3 || rank(names[others[2]]) == nil
  }

  /// The name of the column of weights where it says that they are net flows.
  func netColumn(of table: Table) -> String? {
    guard let weight else { return nil }
    let name = Self.folded(table.columnNames[weight])
    return name.hasPrefix("net") || name.contains("净") ? table.columnNames[weight] : nil
  }

  /// The column of weights by its name, else the only one that is left, else the first of numbers.
  private static func namedWeight(_ table: Table, _ names: [String], _ others: [Int]) -> Int? {
    if let named = ranked(names, others[...]) { return named }
    if others.count <= 1 { return others.first }
    return zip(others, table.columnKinds(others)).first { $0.1 == .numeric }?.0
  }

  /// Whether a table of many numbers without names for links rather is a matrix in no known shape.
  private static func isRatherMatrix(_ table: Table) -> Bool {
    let count = table.columnCount
    guard count >= 4 else { return false }
    if PositionalNames(table.columnNames.dropFirst()).map({ !$0.prefix.isEmpty }) == true { return true }
    return count >= 5 && table.columnKinds(Array(1..<count)).allSatisfy { $0 == .numeric }
  }

  private static func requireOnePeriod(_ table: Table, column: Int) throws(WeightsError) {
    let periods = table.texts(column: column).map(CellText.trimmed).firstAppearances
    guard periods.count > 1 else { return }
    throw .severalPeriods(source: table.source, column: table.columnNames[column], periods: periods)
  }

  /// The column whose name says most plainly that it holds weights, if one does.
  private static func ranked(_ names: [String], _ columns: ArraySlice<Int>) -> Int? {
    columns.compactMap { column in rank(names[column]).map { (rank: $0, column: column) } }
      .min { ($0.rank, $0.column) < ($1.rank, $1.column) }?.column
  }

  /// How plainly a name says that its column holds weights: 0 for weights, 1 for flows, 2 for distances.
  private static func rank(_ name: String) -> Int? {
    if weightWords.contains(name) || name.hasSuffix("weight") || name.hasSuffix("权重") { return 0 }
    if flowWords.contains(name) || ["flow", "flows", "流量", "人数"].contains(where: name.hasSuffix) { return 1 }
    return isDistance(name) ? 2 : nil
  }

  private static func isDistance(_ name: String) -> Bool {
    name == "km" || name.hasSuffix("dist") || name.hasPrefix("distkm") || name.contains("distance")
      || name.contains("距离")
  }

  /// What the columns are taken for, for complaints about a cell.
  func description(_ table: Table) -> String {
    let names = [from, to].map { "\"\(table.columnNames[$0])\"" }
    return "The links are read from \(names[0]) to \(names[1])"
      + (weight.map { " with the weights of \"\(table.columnNames[$0])\"" } ?? "")
      + "; if other columns are meant, call them from, to and weight."
  }

  /// That weights are distances, where their name says so.
  private static func distanceNotes(_ table: Table, _ names: [String], _ weight: Int?) -> [Phrase] {
    guard let weight, isDistance(names[weight]) else { return [] }
    let name = table.columnNames[weight]
    return [
      Phrase(
        "\(table.source): the weights are the distances of \"\(name)\", with which the farthest units count most."
          + " If nearness is meant, write their inverse (1/d, or 1/d²) in their place.",
        zh: "\(table.source)：权重取自距离列“\(name)”，越远的单元权重越大；如需体现邻近程度，请改写为其倒数（1/d 或 1/d²）。")
    ]
  }

  private static func notes(_ table: Table, _ columns: [Int], rowNumbers: Int?) -> [Phrase] {
    guard table.columnCount > 3 || columns != Array(0..<columns.count) else { return [] }
    let names = columns.map { table.columnNames[$0] }
    let (english, chinese) = (
      names.map { "\"\($0)\"" }.joined(separator: ", "), names.map { "“\($0)”" }.joined(separator: "、")
    )
    return [
      Phrase(
        "\(table.source): links are read from the columns \(english), in this order; "
          + (rowNumbers.map { "\"\(table.columnNames[$0])\" only counts the rows." }
            ?? "other columns do not count."),
        zh: "\(table.source)：邻接关系依次取自\(chinese)各列，"
          + (rowNumbers.map { "“\(table.columnNames[$0])”列仅为行号。" } ?? "其余各列不计。"))
    ]
  }

  /// A name in small half-width letters without what joins its words.
  private static func folded(_ name: String) -> String {
    CellText.halfWidth(CellText.trimmed(name)).lowercased().filter { !" _-.（）()".contains($0) }
  }

  /// A name of ids without the word that says so.
  private static func stem(_ name: String) -> String {
    for ending in ["id", "code", "代码", "编码"] where name.hasSuffix(ending) && name.count > ending.count {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  private static let fromWords: Set = [
    "from", "origin", "orig", "source", "src", "i", "codei", "idi", "uniti", "countyi", "focal",
    "起点", "起始地", "出发地", "起始", "源", "源地", "来源地", "迁出地", "流出地", "流出", "迁出",
  ]
  private static let toWords: Set = [
    "to", "destination", "dest", "target", "tgt", "j", "codej", "idj", "unitj", "countyj", "neighbour",
    "neighbor", "nbr", "终点", "到达地", "目的地", "终止", "目标", "目标地", "汇", "迁入地", "流入地", "流入", "迁入",
    "邻居", "邻接单元",
  ]
  private static let weightWords: Set = ["weight", "weights", "w", "wij"]
  private static let flowWords: Set = ["flow", "flows", "netflow", "value", "count", "数值"]
  private static let timeWords: Set = [
    "year", "yr", "time", "period", "date", "年份", "年度", "年", "时间", "日期", "时期",
  ]
}
