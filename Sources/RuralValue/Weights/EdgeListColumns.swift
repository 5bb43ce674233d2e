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
    let others = table.columnNames.indices.filter { $0 != time }
    guard others.count >= 2 else {
      throw .unreadable(
        source: table.source, line: table.headerLine, found: table.columnNames.joined(separator: ","),
        expected: "two columns of ids and, if wanted, one of weights")
    }
    if let named {
      (from, to) = named
      weight = Self.namedWeight(table, names, others.filter { $0 != named.from && $0 != named.to })
    } else {
      guard !Self.isRatherMatrix(table) else {
        throw .unclearShape(source: table.source, rows: table.rowCount, columns: table.columnCount)
      }
      (from, to) = (others[0], others[1])
      weight = others.dropFirst(2).first
    }
    if let time { try Self.requireOnePeriod(table, column: time) }
    notes = Self.notes(table, [from, to] + (weight.map { [$0] } ?? []))
  }

  /// Whether columns go by names of the two ends of a link.
  static func areNamed(_ names: [String]) -> Bool { named(names.map(folded)) != nil }

  private static func named(_ names: [String]) -> (from: Int, to: Int)? {
    guard let from = names.firstIndex(where: { fromWords.contains(stem($0)) }),
      let to = names.firstIndex(where: { toWords.contains(stem($0)) })
    else { return nil }
    return (from, to)
  }

  /// The name of the column of weights where it says that they are net flows.
  func netColumn(of table: Table) -> String? {
    guard let weight else { return nil }
    let name = Self.folded(table.columnNames[weight])
    return name.hasPrefix("net") || name.contains("净") ? table.columnNames[weight] : nil
  }

  /// The column of weights by its name, else the only one that is left, else the first of numbers.
  private static func namedWeight(_ table: Table, _ names: [String], _ others: [Int]) -> Int? {
    if let named = others.first(where: { weightWords.contains(names[$0]) }) { return named }
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

  private static func notes(_ table: Table, _ columns: [Int]) -> [Phrase] {
    guard table.columnCount > 3 || columns != Array(0..<columns.count) else { return [] }
    let names = columns.map { table.columnNames[$0] }
    let (english, chinese) = (
      names.map { "\"\($0)\"" }.joined(separator: ", "), names.map { "“\($0)”" }.joined(separator: "、")
    )
    return [
      Phrase(
        "\(table.source): links are read from the columns \(english), in this order; other columns do not count.",
        zh: "\(table.source)：邻接关系依次取自\(chinese)各列，其余各列不计。")
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
  private static let weightWords: Set = [
    "weight", "weights", "w", "wij", "flow", "flows", "netflow", "value", "count", "distance", "dist", "km",
    "权重", "流量", "净流量", "数值", "距离",
  ]
  private static let timeWords: Set = [
    "year", "yr", "time", "period", "date", "年份", "年度", "年", "时间", "日期", "时期",
  ]
}
