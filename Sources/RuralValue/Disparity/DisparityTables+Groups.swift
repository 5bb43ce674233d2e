/// The parts by groups: Dagum's and Theil's.
extension DisparityResult {
  private var divided: [(period: Int, parts: Parts)] {
    years.compactMap { year in year.parts.map { (year.period, $0) } }
  }

  private var groupNames: String { specification.groups[0].name.asVariable }

  var groupParts: [ResultDocument.Part] {
    [
      .init(dagumTable, jsonKey: "dagum"), .init(theilSummaryTable, written: false, jsonKey: nil),
    ] + Self.long(dagumGroupTable, key: "dagum_groups") + Self.long(dagumPairTable, key: "dagum_pairs")
      + Self.long(theilTable, key: "theil")
  }

  /// The most rows of a table that is shown whole; of a longer one the last period is.
  private static let mostShown = 24

  /// A table of all periods, of which a long one is shown for the last period alone, if that is not too long.
  private static func long(_ table: ([Int]?) -> ResultTable, key: String) -> [ResultDocument.Part] {
    let whole = table(nil)
    guard whole.rowCount > mostShown else { return [.init(whole, jsonKey: key)] }
    guard case .integer(let times) = whole.column("time")?.values, let last = times.last, let last else {
      return [.init(whole, shown: whole.rowCount <= 2 * mostShown, jsonKey: key)]
    }
    let brief = table([last])
    return [
      .init(brief, shown: brief.rowCount <= 2 * mostShown, written: false, jsonKey: nil),
      .init(whole, shown: false, jsonKey: key),
    ]
  }

  private func chosen(_ periods: [Int]?) -> [(period: Int, parts: Parts)] {
    divided.filter { periods?.contains($0.period) ?? true }
  }

  /// ` in 2022` where a table is of one period.
  private func heading(_ english: String, zh chinese: String, _ periods: [Int]?) -> Phrase {
    guard let period = periods?.first else { return Phrase(english, zh: chinese) }
    let label = frequency.label(period)
    return Phrase("\(english), \(label)", zh: "\(chinese)（\(label)）")
  }

  // MARK: - Dagum

  /// A row a period: `time, gini, within, net_between, transvariation` and the three shares.
  var dagumTable: ResultTable {
    let rows = divided
    func column(_ name: String, _ heading: Phrase, _ value: (DagumDecomposition) -> Double?) -> ResultColumn {
      Self.index(name, heading, rows.map { $0.parts.dagum.flatMap(value) })
    }
    func share(_ name: String, _ heading: Phrase, _ value: @escaping (DagumDecomposition) -> Double)
      -> ResultColumn
    {
      column(name, heading) { $0.gini > 0 ? value($0) / $0.gini : nil }
    }
    let correction =
      specification.correctsSample
      ? [
        Phrase(
          "The parts are of Gini's coefficient without the sample's correction.", zh: "此处分解未作样本修正的基尼系数。")
      ] : []
    return ResultTable(
      name: "dagum",
      title: Phrase(
        "Dagum's decomposition of Gini by \(groupNames)", zh: "按\(groupNames)的Dagum基尼系数分解"),
      columns: [
        timeColumn(rows.map(\.period)), column("gini", Phrase("Gini", zh: "总体基尼系数"), \.gini),
        column("within", Phrase("Within", zh: "组内贡献"), \.within),
        column("net_between", Phrase("Net between", zh: "组间净值贡献"), \.netBetween),
        column("transvariation", Phrase("Transvariation", zh: "超变密度贡献"), \.transvariation),
        share("share_within", Phrase("Share within", zh: "组内贡献率"), \.within),
        share("share_net_between", Phrase("Share net between", zh: "组间净值贡献率"), \.netBetween),
        share("share_transvariation", Phrase("Share transv.", zh: "超变密度贡献率"), \.transvariation),
      ],
      notes: [
        Phrase(
          "Gini = within + net between + transvariation, whatever the groups are called. What some papers call \"between\" is net"
            + " between + transvariation.",
          zh: "基尼系数＝组内＋组间净值＋超变密度，与分组编号无关。部分文献所称“组间”为组间净值与超变密度之和。")
      ] + correction)
  }

  /// A row a period and group: `time, group, n, mean, gini, population_share, value_share, contribution, share`.
  func dagumGroupTable(_ periods: [Int]?) -> ResultTable {
    let rows = chosen(periods).flatMap { period, parts in
      parts.names.indices.map { (period: period, name: parts.names[$0], place: $0, parts: parts) }
    }
    let groups = rows.map { $0.parts.grouped.groups[$0.place] }
    let own = rows.map { row in row.parts.dagum.map { (all: $0, one: $0.groups[row.place]) } }
    return ResultTable(
      name: "dagum_groups",
      title: heading("Gini within the groups of \(groupNames)", zh: "\(groupNames)各组内的基尼系数", periods),
      columns: [
        timeColumn(rows.map(\.period)),
        ResultColumn("group", Phrase("Group", zh: "组"), .text(rows.map(\.name))),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(groups.map(\.count))),
        ResultColumn("mean", Phrase("Mean", zh: "均值"), .number(groups.map(\.mean))),
        Self.index("gini", Phrase("Gini within", zh: "组内基尼系数"), own.map { $0?.one.gini }),
        Self.index("population_share", Phrase("Share of people", zh: "人口份额"), groups.map(\.populationShare)),
        Self.index("value_share", Phrase("Share of value", zh: "数值份额"), groups.map(\.valueShare)),
        Self.index("contribution", Phrase("Adds to Gini", zh: "对基尼系数的贡献"), own.map { $0?.one.contribution }),
        Self.index(
          "share", Phrase("Share of Gini", zh: "贡献率"),
          own.map { own in own.flatMap { $0.all.gini > 0 ? $0.one.contribution / $0.all.gini : nil } }),
      ], keyColumns: 2)
  }

  /// A row a period and pair: `time, first, second, gini, d, net, transvariation`.
  func dagumPairTable(_ periods: [Int]?) -> ResultTable {
    let rows = chosen(periods).flatMap { period, parts in
      (parts.dagum?.pairs ?? []).map { (period: period, names: parts.names, pair: $0) }
    }
    return ResultTable(
      name: "dagum_pairs",
      title: heading("Gini between pairs of \(groupNames)", zh: "\(groupNames)两两组间的基尼系数", periods),
      columns: [
        timeColumn(rows.map(\.period)),
        ResultColumn("first", Phrase("First", zh: "组一"), .text(rows.map { $0.names[$0.pair.first] })),
        ResultColumn("second", Phrase("Second", zh: "组二"), .text(rows.map { $0.names[$0.pair.second] })),
        Self.index("gini", Phrase("Gini between", zh: "组间基尼系数"), rows.map(\.pair.gini)),
        Self.index("d", Phrase("D", zh: "相对影响D"), rows.map(\.pair.relativeAffluence)),
        Self.index("net", Phrase("Net between", zh: "组间净值贡献"), rows.map(\.pair.net)),
        Self.index("transvariation", Phrase("Transvariation", zh: "超变密度贡献"), rows.map(\.pair.transvariation)),
      ], keyColumns: 3)
  }

  // MARK: - Theil

  /// What a row of Theil's decomposition says.
  private struct TheilRow {
    let period: Int
    let index: TheilDecomposition.Index
    let level: String
    var group: String? = nil
    var populationShare: Double? = nil
    var valueShare: Double? = nil
    var value: Double? = nil
    let contribution: Double?
    let total: Double?

    /// What it is of the whole.
    var share: Double? {
      guard let contribution, let total, total > 0 else { return nil }
      return contribution / total
    }
  }

  private func theilRows(_ period: Int, _ parts: Parts) -> [TheilRow] {
    func rows(
      _ index: TheilDecomposition.Index, _ level: String, _ sum: Double?, of total: Double?,
      _ names: [String] = [], _ groups: [TheilDecomposition.Group] = []
    ) -> [TheilRow] {
      [TheilRow(period: period, index: index, level: level, contribution: sum, total: total)]
        + zip(names, groups).map { name, group in
          TheilRow(
            period: period, index: index, level: level, group: name, populationShare: group.populationShare,
            valueShare: group.valueShare, value: group.value, contribution: group.contribution, total: total)
        }
    }
    let one = parts.theil.flatMap { own in
      rows(own.index, "between", own.between, of: own.total)
        + rows(own.index, "within", own.within, of: own.total, parts.names, own.groups)
    }
    guard specification.groups.count > 1 else { return one }
    let (outer, inner) = (specification.groups[0].name, specification.groups[1].name)
    return parts.nested.flatMap { own in
      rows(own.index, "between \(outer)", own.between, of: own.total)
        + rows(own.index, "between \(inner)", own.middle, of: own.total, parts.names, own.regions)
        + rows(own.index, "within \(inner)", own.within, of: own.total, parts.innerNames, own.cities)
    }
  }

  private var theilNote: Phrase {
    let first = Phrase(
      "Within parts weigh groups by their share of value in T, of people in L.",
      zh: "组内部分在T中以数值份额加权，在L中以人口份额加权。")
    guard specification.groups.count > 1 else { return first }
    let (outer, inner) = (specification.groups[0].name, specification.groups[1].name)
    return Phrase(
      "\(first.english) Between \(inner): between the groups of \(inner) inside one of \(outer); the three levels add up to the"
        + " whole (Akita 2003).",
      zh: "\(first.chinese)“between \(inner)”为同一\(outer)内各\(inner)之间的差异；三个层级之和等于总指数（Akita 2003）。")
  }

  /// A row a period, index and level, and one a group of the level: `time, index, level, group, population_share,
  /// value_share, value, contribution, share`; a row without a group is the sum of its level.
  func theilTable(_ periods: [Int]?) -> ResultTable {
    let rows = chosen(periods).flatMap(theilRows)
    // The sum of a level is of no group.
    func ofGroup(_ name: String, _ heading: Phrase, _ value: (TheilRow) -> Double?) -> ResultColumn {
      ResultColumn(
        name, heading, .number(rows.map { value($0) ?? .nan }), display: .fixedDecimals(4), missing: .blank)
    }
    return ResultTable(
      name: "theil",
      title: heading("Theil's index by \(allNames.english)", zh: "按\(allNames.chinese)的泰尔指数分解", periods),
      columns: [
        timeColumn(rows.map(\.period)),
        ResultColumn("index", Phrase("Index", zh: "指数"), .text(rows.map(\.index.rawValue))),
        ResultColumn("level", Phrase("Level", zh: "层级"), .text(rows.map(\.level))),
        ResultColumn("group", Phrase("Group", zh: "组"), .text(rows.map(\.group)), missing: .blank),
        ofGroup("population_share", Phrase("Share of people", zh: "人口份额"), \.populationShare),
        ofGroup("value_share", Phrase("Share of value", zh: "数值份额"), \.valueShare),
        ofGroup("value", Phrase("Value", zh: "组内指数"), \.value),
        Self.index("contribution", Phrase("Contribution", zh: "贡献"), rows.map(\.contribution)),
        Self.index("share", Phrase("Share", zh: "贡献率"), rows.map(\.share)),
      ], keyColumns: 4, notes: [theilNote])
  }

  private var allNames: (english: String, chinese: String) {
    let names = specification.groups.map(\.name)
    return (names.joined(separator: " and "), names.joined(separator: "、"))
  }

  /// The levels of T and L side by side, a row a period, as a page has room for.
  private var theilSummaryTable: ResultTable {
    let rows = divided.map { period, parts in (period, theilRows(period, parts).filter { $0.group == nil }) }
    let levels = rows.first?.1 ?? []
    let columns = levels.indices.flatMap { place -> [ResultColumn] in
      let own = levels[place]
      let letter = own.index.rawValue.uppercased()
      let key = "\(own.index.rawValue)_\(own.level)"
      let level = Self.chinese(own.level)
      return [
        Self.index(
          key, Phrase("\(letter) \(own.level)", zh: "\(letter) \(level)"),
          rows.map { $0.1[place].contribution }),
        Self.index(
          "\(key)_share", Phrase("share", zh: "贡献率"), rows.map { $0.1[place].share }),
      ]
    }
    return ResultTable(
      name: "theil_summary",
      title: Phrase("Theil's index by \(allNames.english)", zh: "按\(allNames.chinese)的泰尔指数分解"),
      columns: [timeColumn(rows.map(\.0))] + columns, notes: [theilNote])
  }

  /// `between region4` as 组间（region4）.
  private static func chinese(_ level: String) -> String {
    let words = level.split(separator: " ", maxSplits: 1).map(String.init)
    let name = words[0] == "between" ? "组间" : "组内"
    return words.count > 1 ? "\(name)（\(words[1])）" : name
  }
}
