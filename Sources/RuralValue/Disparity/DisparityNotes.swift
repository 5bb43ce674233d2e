/// What is to be said of a measurement of disparity: who is left out, what is undefined, and what is odd about groups.
struct DisparityNotes {
  private(set) var all: [Phrase] = []

  private let panel: Panel
  private let specification: DisparitySpecification

  init(_ panel: Panel, _ specification: DisparitySpecification) {
    self.panel = panel
    self.specification = specification
  }

  // MARK: - Words

  private mutating func add(_ english: String, zh chinese: String) {
    all.append(Phrase(english, zh: chinese))
  }

  /// `2018–2020, 2022` of periods by their places; empty in a cross-section.
  private func words(_ places: [Int]) -> String {
    guard panel.hasPeriods else { return "" }
    var runs: [(Int, Int)] = []
    for place in places {
      if let last = runs.last, last.1 + 1 == place {
        runs[runs.count - 1].1 = place
      } else {
        runs.append((place, place))
      }
    }
    func label(_ place: Int) -> String { panel.frequency.label(panel.periods[place]) }
    return runs.map { $0 == $1 ? label($0) : "\(label($0))–\(label($1))" }.joined(separator: ", ")
  }

  /// ` in 2018–2020`, or nothing in a cross-section.
  private func within(_ places: [Int]) -> String { panel.hasPeriods ? " in \(words(places))" : "" }

  private func names(_ units: [Int]) -> (english: String, chinese: String) {
    let names = units.map { panel.units[$0] }
    return (listed(names, most: 10), listed(names, most: 10, in: .chinese))
  }

  /// The different lists of units that are not empty, each with the periods that have it.
  private func sets(_ ofPeriod: [[Int]]) -> [(units: [Int], periods: [Int])] {
    ofPeriod.firstAppearances.filter { !$0.isEmpty }.map { units in
      (units, ofPeriod.indices.filter { ofPeriod[$0] == units })
    }
  }

  // MARK: - Who counts

  /// Units that a period leaves out.
  mutating func add(_ sections: DisparitySections) {
    let variable = specification.variable ?? ""
    let people = specification.population ?? ""
    let reasons: [((DisparitySections.Period) -> [Int], String, String)] = [
      (\.withoutValue, "without a value of \(variable)", "缺少\(variable)"),
      (\.withoutPeople, "without a number of \(people)", "缺少\(people)"),
      (\.withNobody, "with \(people) 0", "\(people)为0"),
    ]
    for (units, english, chinese) in reasons {
      for set in sets(sections.periods.map(units)) {
        let list = names(set.units)
        add(
          "Left out\(within(set.periods)), \(english): \(set.units.count) of \(panel.units.count) units: \(list.english).",
          zh:
            "\(words(set.periods))未参与计算（\(chinese)）：\(panel.units.count)个个体中的\(set.units.count)个：\(list.chinese)。"
        )
      }
    }
    let counted = sections.periods.map(\.rows).map { $0.map { panel.unitOfRow[$0] } }.filter { !$0.isEmpty }
    if counted.firstAppearances.count > 1 {
      add(
        "The periods do not have the same units; a change from one to the next may be one of units.",
        zh: "各期样本个体不同，指标的变化可能来自样本变动。")
    }
  }

  /// Measures that are undefined.
  mutating func add(_ years: [DisparityResult.Year]) {
    let variable = specification.variable ?? ""
    func units(_ fits: (DisparityResult.Year) -> ((Double) -> Bool)?) -> [(units: [Int], periods: [Int])] {
      sets(
        years.map { year in
          guard let isMeant = fits(year) else { return [] }
          return zip(year.units, year.values.values).filter { isMeant($1) }.map(\.0)
        })
    }
    let low = years.indices.filter { !years[$0].units.isEmpty && !years[$0].values.hasPositiveMean }
    if !low.isEmpty {
      add(
        "cv, gini, theil_t and theil_l are undefined\(within(low)): the mean of \(variable) is not above zero.",
        zh: "\(words(low))的变异系数、基尼系数与泰尔指数无定义：\(variable)的均值不大于零。")
    }
    for set in units({ $0.values.hasPositiveMean && $0.values.hasNegative ? { $0 < 0 } : nil }) {
      let list = names(set.units)
      let parts = specification.groups.isEmpty ? "" : " and Dagum's parts"
      add(
        "theil_t, theil_l\(parts) are undefined\(within(set.periods)), and Gini's coefficient may exceed 1: \(variable) is below"
          + " zero for \(list.english).",
        zh:
          "\(words(set.periods))的泰尔指数\(parts.isEmpty ? "" : "与Dagum分解")无定义，基尼系数可能大于1：下列个体的\(variable)为负：\(list.chinese)。"
      )
    }
    for set in units({ $0.values.hasPositiveMean && $0.values.hasZero ? { $0 == 0 } : nil }) {
      let list = names(set.units)
      add(
        "theil_l and sd_log are undefined\(within(set.periods)): \(variable) is 0 for \(list.english).",
        zh: "\(words(set.periods))的泰尔指数L与对数标准差无定义：下列个体的\(variable)为0：\(list.chinese)。")
    }
    let equal = years.indices.filter { years[$0].units.count > 1 && years[$0].gini == 0 }
    if !equal.isEmpty {
      add(
        "All values are equal\(within(equal)): there is no inequality to divide, and shares of it are undefined.",
        zh: "\(words(equal))所有值相等：没有可分解的差异，贡献率无定义。")
    }
  }

  // MARK: - Groups

  /// Groups that have one unit or are not always there, and units that change theirs.
  mutating func add(_ groups: [PanelGroups], _ sections: DisparitySections) {
    let observed = sections.periods.indices.filter { !sections.periods[$0].rows.isEmpty }
    for column in groups {
      var (alone, present): ([Int: [Int]], [Int: [Int]]) = ([:], [:])
      var groupsOfUnit: [Int: Set<Int>] = [:]
      for place in observed {
        var counts: [Int: Int] = [:]
        for row in sections.periods[place].rows {
          guard let group = column.group(ofRow: row) else { continue }
          counts[group, default: 0] += 1
          groupsOfUnit[panel.unitOfRow[row], default: []].insert(group)
        }
        for (group, count) in counts {
          present[group, default: []].append(place)
          if count == 1 { alone[group, default: []].append(place) }
        }
      }
      addAlone(alone, column)
      addAbsent(present, column, observed)
      let changing = groupsOfUnit.filter { $0.value.count > 1 }.keys.sorted()
      if !changing.isEmpty {
        let list = names(changing)
        add(
          "\(column.name) changes over time for \(changing.count) unit\(changing.count == 1 ? "" : "s"), counted in each period where"
            + " \(changing.count == 1 ? "it" : "they") then stood: \(list.english).",
          zh: "\(changing.count)个个体的\(column.name)随时间变化，各期按当期分组计算：\(list.chinese)。")
      }
      if present.count == 1, let only = present.keys.first {
        add(
          "All units are in one group of \(column.name), \"\(column.labels[only])\": nothing lies between groups.",
          zh: "所有个体同属\(column.name)的一组“\(column.labels[only])”：组间差异为零。")
      }
    }
  }

  private mutating func addAlone(_ alone: [Int: [Int]], _ column: PanelGroups) {
    guard !alone.isEmpty else { return }
    let list = alone.keys.sorted().map { "\"\(column.labels[$0])\"\(within(alone[$0] ?? []))" }
    let listChinese = alone.keys.sorted().map { "“\(column.labels[$0])”\(words(alone[$0] ?? []))" }
    add(
      "Groups of \(column.name) with one unit have no inequality within, by definition: \(listed(list, most: 10)).",
      zh: "\(column.name)中仅含一个个体的组，组内差异按定义为零：\(listed(listChinese, most: 10, in: .chinese))。")
  }

  private mutating func addAbsent(_ present: [Int: [Int]], _ column: PanelGroups, _ observed: [Int]) {
    let part = present.filter { $0.value != observed }.sorted { $0.key < $1.key }
    guard !part.isEmpty else { return }
    let list = part.map { "\"\(column.labels[$0.key])\" (\(words($0.value)))" }
    let listChinese = part.map { "“\(column.labels[$0.key])”（\(words($0.value))）" }
    add(
      "Groups of \(column.name) that are not there in every period: \(listed(list, most: 10)); parts of different periods are then"
        + " not parts of the same groups.",
      zh: "\(column.name)中并非各期都存在的组：\(listed(listChinese, most: 10, in: .chinese))；各期的分解因此不尽可比。")
  }

  // MARK: - Town and country

  /// Units of which town and country are not known, or not both there.
  mutating func add(_ years: [DisparityResult.UrbanRuralYear]) {
    typealias Row = DisparityResult.UrbanRuralYear.Row
    let reasons: [((Row) -> Bool, String, String)] = [
      (
        { $0.measures == nil }, "Town and country are not compared, for an income or the people are unknown",
        "城乡收入或人口缺失，不参与城乡比较"
      ),
      (
        { $0.measures.map { !$0.sectors.hasBoth } ?? false },
        "One sector alone has people, so that there is no ratio, and Theil's index of the two is 0",
        "仅一个部门有人口：城乡比无定义，泰尔指数为0"
      ),
      (
        { $0.measures?.sectors.hasNegative ?? false },
        "An income is below zero, so that ratio and Theil's index are undefined",
        "收入为负：城乡比与泰尔指数无定义"
      ),
      (
        { ($0.measures?.sectors).map { $0.hasBoth && $0.ruralIncome == 0 } ?? false },
        "The income of the country is 0, so that there is no ratio and no theil_l", "农村收入为0：城乡比与泰尔指数L无定义"
      ),
    ]
    for (isMeant, english, chinese) in reasons {
      for set in sets(years.map { $0.rows.filter(isMeant).map(\.unit) }) {
        let list = names(set.units)
        add(
          "\(english)\(within(set.periods)): \(list.english).",
          zh: "\(words(set.periods))\(chinese)：\(list.chinese)。")
      }
    }
  }
}
