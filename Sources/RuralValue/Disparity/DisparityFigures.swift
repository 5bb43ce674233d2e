/// Lines over the periods: the measures, their parts, and town and country.
extension DisparityResult {
  /// The figures; none of a single period.
  public var figures: [ResultFigure] {
    guard hasPeriods else { return [] }
    let all = specification.variable == nil ? [] : [measureFigure] + groupFigures
    return (all + (specification.urbanRural == nil ? [] : urbanRuralFigures)).compactMap { figure in
      let drawn = figure.series.flatMap(\.values).compactMap(\.self)
      return figure.periods.count > 1 && !drawn.isEmpty ? .lines(figure) : nil
    }
  }

  private func period(_ period: Int) -> LineFigure.Period {
    LineFigure.Period(place: frequency.ordinal(of: period), label: frequency.label(period))
  }

  private var measureFigure: LineFigure {
    LineFigure(
      name: "disparity",
      title: Phrase("Disparity of \(variable.asVariable)", zh: "\(variable.asVariable)的区域差异"),
      caption: Phrase(
        "Coefficient of variation, Gini's coefficient and Theil's T and L of \(variable.asVariable) by period.",
        zh: "\(variable.asVariable)的历年变异系数、基尼系数与泰尔指数T、L。"),
      axis: Phrase("Index", zh: "指数值"), periods: years.map { period($0.period) },
      series: [
        .init(label: Phrase("CV", zh: "变异系数"), values: years.map(\.variation)),
        .init(label: Phrase("Gini", zh: "基尼系数"), values: years.map(\.gini)),
        .init(label: Phrase("Theil T", zh: "泰尔指数T"), values: years.map(\.theilT)),
        .init(label: Phrase("Theil L", zh: "泰尔指数L"), values: years.map(\.theilL)),
      ], startsAtZero: true)
  }

  /// The most groups whose lines can be told apart.
  private static let mostLines = 35

  private var groupFigures: [LineFigure] {
    guard let column = specification.groups.first?.name else { return [] }
    let dagum = years.map { $0.parts?.dagum }
    let periods = years.map { period($0.period) }
    let parts = LineFigure(
      name: "dagum",
      title: Phrase("Parts of Gini by \(column.asVariable)", zh: "按\(column.asVariable)的基尼系数构成"),
      caption: Phrase(
        "Dagum's parts of Gini's coefficient of \(variable.asVariable) by \(column.asVariable): within, net between and transvariation add up to Gini.",
        zh: "\(variable.asVariable)按\(column.asVariable)的Dagum基尼系数分解：组内、组间净值与超变密度之和等于总体基尼系数。"),
      axis: Phrase("Contribution to Gini", zh: "对基尼系数的贡献"), periods: periods,
      series: [
        .init(label: Phrase("Gini", zh: "总体"), values: dagum.map { $0?.gini }, isWhole: true),
        .init(label: Phrase("Within", zh: "组内"), values: dagum.map { $0?.within }),
        .init(label: Phrase("Net between", zh: "组间净值"), values: dagum.map { $0?.netBetween }),
        .init(label: Phrase("Transvariation", zh: "超变密度"), values: dagum.map { $0?.transvariation }),
      ], startsAtZero: true)
    let names = Set(years.flatMap { $0.parts?.names ?? [] }).sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    guard (2...Self.mostLines).contains(names.count) else { return [parts] }
    let within = LineFigure(
      name: "dagum_groups",
      title: Phrase("Gini within each \(column.asVariable)", zh: "各\(column.asVariable)内部的基尼系数"),
      caption: Phrase(
        "Gini's coefficient of \(variable.asVariable) within each group of \(column.asVariable), and of all units.",
        zh: "\(variable.asVariable)在各\(column.asVariable)内部及总体的基尼系数。"),
      axis: Phrase("Gini", zh: "基尼系数"), periods: periods,
      series: names.map { name in
        LineFigure.Series(
          label: Phrase(verbatim: name),
          values: years.map { year in
            year.parts.flatMap { parts in
              parts.names.firstIndex(of: name).flatMap { parts.dagum?.groups[$0].gini }
            }
          })
      } + [.init(label: Phrase("All", zh: "总体"), values: dagum.map { $0?.gini }, isWhole: true)])
    return [parts, within]
  }

  private var urbanRuralFigures: [LineFigure] {
    let totals = urbanRural.map(\.total)
    let periods = urbanRural.map { period($0.period) }
    return [
      LineFigure(
        name: "urban_rural_ratio", title: Phrase("Urban–rural ratio", zh: "城乡收入比"),
        caption: Phrase(
          "Urban over rural income per head: the ratio of the means, weighted by people, and the mean of the units' ratios.",
          zh: "城乡人均收入之比：以人口加权的均值之比与各个体比值的均值。"),
        axis: Phrase("Ratio", zh: "城乡收入比"), periods: periods,
        series: [
          .init(label: Phrase("Ratio of means", zh: "均值之比"), values: totals.map { $0?.ratioOfMeans }),
          .init(label: Phrase("Mean of ratios", zh: "比值均值"), values: totals.map { $0?.meanOfRatios }),
        ]),
      LineFigure(
        name: "urban_rural_theil", title: Phrase("Urban–rural Theil index", zh: "城乡泰尔指数"),
        caption: Phrase(
          "Theil's T of the two sectors of the whole, and of all units' sectors within units (town and country) and between units.",
          zh: "总体两部门的泰尔指数T，以及全部个体各部门的泰尔指数在个体内（城乡之间）与个体间的部分。"),
        axis: Phrase("Theil T", zh: "泰尔指数T"), periods: periods,
        series: [
          .init(label: Phrase("Two sectors", zh: "两部门"), values: totals.map { $0?.sectorsT }),
          .init(label: Phrase("Within units", zh: "个体内城乡"), values: totals.map { $0?.unitsT.within }),
          .init(label: Phrase("Between units", zh: "个体间"), values: totals.map { $0?.unitsT.between }),
        ], startsAtZero: true),
    ]
  }
}
