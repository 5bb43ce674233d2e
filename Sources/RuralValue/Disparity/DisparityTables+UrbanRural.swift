/// Town and country by unit, by group and in all.
extension DisparityResult {
  var urbanRuralParts: [ResultDocument.Part] {
    [.init(urbanRuralTotalTable, jsonKey: "urban_rural_total")]
      + (specification.groups.isEmpty
        ? [] : [.init(urbanRuralGroupTable, shown: false, jsonKey: "urban_rural_groups")])
      + [.init(urbanRuralTable, shown: urbanRuralTable.rowCount <= 24, jsonKey: "urban_rural")]
  }

  /// A row a unit and period: `unit, time, ratio, gap, theil_t, theil_l`.
  var urbanRuralTable: ResultTable {
    let rows = urbanRural.flatMap { year in year.rows.map { (year.period, $0) } }
      .sorted { ($0.1.unit, $0.0) < ($1.1.unit, $1.0) }
    let measures = rows.map(\.1.measures)
    return ResultTable(
      name: "urban_rural", title: Phrase("Town and country by unit", zh: "各个体的城乡差距"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "个体"), .text(rows.map { units[$0.1.unit] })),
        timeColumn(rows.map(\.0)),
        Self.index("ratio", Phrase("Ratio", zh: "城乡收入比"), measures.map { $0?.ratio }),
        ResultColumn("gap", Phrase("Gap", zh: "城乡收入差"), .number(measures.map { $0?.gap ?? .nan })),
        Self.index("theil_t", Phrase("Theil T", zh: "泰尔指数T"), measures.map { $0?.theilT }),
        Self.index("theil_l", Phrase("Theil L", zh: "泰尔指数L"), measures.map { $0?.theilL }),
      ], keyColumns: 2, notes: [sectorNote])
  }

  /// A row a period: `time, n, ratio_of_means, mean_of_ratios, theil_sectors, theil_within_units, theil_between_units`, and
  /// the same of L.
  var urbanRuralTotalTable: ResultTable {
    let rows = urbanRural.compactMap { year in year.total.map { (period: year.period, total: $0) } }
    return ResultTable(
      name: "urban_rural_total", title: Phrase("Town and country in all", zh: "总体城乡差距"),
      columns: [timeColumn(rows.map(\.period))] + Self.columns(rows.map(\.total)),
      notes: [sectorNote, totalNote])
  }

  /// The same by the first column of groups.
  var urbanRuralGroupTable: ResultTable {
    let rows = urbanRural.flatMap { year in year.groups.map { (period: year.period, group: $0) } }
    let name = specification.groups.first?.name ?? ""
    return ResultTable(
      name: "urban_rural_groups", title: Phrase("Town and country by \(name)", zh: "各\(name)的城乡差距"),
      columns: [
        timeColumn(rows.map(\.period)),
        ResultColumn("group", Phrase("Group", zh: "组"), .text(rows.map(\.group.name))),
      ] + Self.columns(rows.map(\.group.total)), keyColumns: 2, notes: [sectorNote, totalNote])
  }

  private static func columns(_ totals: [UrbanRuralDisparity.Total]) -> [ResultColumn] {
    [
      ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(totals.map(\.count))),
      index("ratio_of_means", Phrase("Ratio of means", zh: "均值之比"), totals.map(\.ratioOfMeans)),
      index("mean_of_ratios", Phrase("Mean of ratios", zh: "比值均值"), totals.map(\.meanOfRatios)),
      index("theil_sectors", Phrase("T of two sectors", zh: "两部门泰尔指数T"), totals.map(\.sectorsT)),
      index("theil_within_units", Phrase("T within units", zh: "个体内城乡T"), totals.map(\.unitsT.within)),
      index("theil_between_units", Phrase("T between units", zh: "个体间T"), totals.map(\.unitsT.between)),
      index("theil_l_sectors", Phrase("L of two sectors", zh: "两部门泰尔指数L"), totals.map(\.sectorsL)),
      index("theil_l_within_units", Phrase("L within units", zh: "个体内城乡L"), totals.map(\.unitsL.within)),
      index("theil_l_between_units", Phrase("L between units", zh: "个体间L"), totals.map(\.unitsL.between)),
    ]
  }

  private var sectorNote: Phrase {
    Phrase(
      "Theil's index is of the two sectors, with shares of income (income per head × people) and of people; 0 where both incomes are"
        + " equal.",
      zh: "城乡泰尔指数以两部门的收入份额（人均收入×人口）与人口份额计算；两者收入相等时为0。")
  }

  private var totalNote: Phrase {
    Phrase(
      "The ratio of means weighs by people; the mean of ratios counts each unit once. T of two sectors takes the whole as one town and"
        + " one country; T within units + T between units is that of all units' sectors: name the one you print.",
      zh: "均值之比以人口加权；比值均值中各个体权重相同。两部门T将总体视为一个城镇部门与一个农村部门；个体内T与个体间T之和为全部个体各部门的泰尔指数：引用时须注明。")
  }
}
