extension EvolutionTables {
  private func numbers(
    _ centres: CentreSeries, _ value: (CentreSeries.Period) -> Double?
  ) -> ResultValues {
    .number(centres.periods.map { value($0) ?? .nan })
  }

  private func column(
    _ name: String, _ heading: Phrase, _ centres: CentreSeries,
    display: NumberDisplay = .decimals, _ value: (CentreSeries.Period) -> Double?
  ) -> ResultColumn {
    ResultColumn(name, heading, numbers(centres, value), display: display)
  }

  private func time(_ centres: CentreSeries) -> ResultColumn {
    ResultColumn(
      "time", Phrase("Time", zh: "时间"), .integer(centres.periods.map { result.hasPeriods ? $0.period : nil }))
  }

  private func unit(_ centres: CentreSeries) -> Phrase {
    centres.isInKilometres ? Phrase(" (km)", zh: "（公里）") : Phrase("", zh: "")
  }

  /// The centres as people read them.
  func briefCentreTable(_ centres: CentreSeries) -> ResultTable {
    let places =
      centres.isInKilometres
      ? [
        column("longitude", Phrase("Longitude", zh: "经度"), centres, display: .fixedDecimals(4)) {
          $0.degrees?.x
        },
        column("latitude", Phrase("Latitude", zh: "纬度"), centres, display: .fixedDecimals(4)) {
          $0.degrees?.y
        },
      ]
      : [
        column("x", Phrase("x", zh: "x"), centres) { $0.ellipse.x },
        column("y", Phrase("y", zh: "y"), centres) { $0.ellipse.y },
      ]
    let unit = unit(centres)
    return ResultTable(
      name: "centre", title: title,
      columns: [time(centres)] + places + [
        column(
          "move_km", Phrase("Moved\(unit.english)", zh: "移动距离\(unit.chinese)"), centres,
          display: .fixedDecimals(2)
        ) { $0.move },
        column("bearing", Phrase("Bearing °", zh: "移动方位角（°）"), centres, display: .fixedDecimals(1)) {
          $0.bearing
        },
        column(
          "long_axis", Phrase("Long axis\(unit.english)", zh: "长半轴\(unit.chinese)"), centres,
          display: .fixedDecimals(1)
        ) { $0.ellipse.longAxis },
        column(
          "short_axis", Phrase("Short axis\(unit.english)", zh: "短半轴\(unit.chinese)"), centres,
          display: .fixedDecimals(1)
        ) { $0.ellipse.shortAxis },
        column("rotation", Phrase("Rotation °", zh: "转角（°）"), centres, display: .fixedDecimals(1)) {
          $0.ellipse.rotation
        },
        column("area", Phrase("Area", zh: "面积"), centres, display: .fixedDecimals(0)) { $0.ellipse.area },
      ], notes: notes(centres))
  }

  /// `time, n, x, y, longitude, latitude, long_axis, short_axis, rotation, area, ratio, share_inside, move_km, bearing`.
  func centreTable(_ centres: CentreSeries) -> ResultTable {
    let unit = unit(centres)
    return ResultTable(
      name: "centre", title: title,
      columns: [
        time(centres),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(centres.periods.map(\.ellipse.count))),
        column("x", Phrase("x\(unit.english)", zh: "x\(unit.chinese)"), centres) { $0.ellipse.x },
        column("y", Phrase("y\(unit.english)", zh: "y\(unit.chinese)"), centres) { $0.ellipse.y },
        column("longitude", Phrase("Longitude", zh: "经度"), centres) { $0.degrees?.x },
        column("latitude", Phrase("Latitude", zh: "纬度"), centres) { $0.degrees?.y },
        column("long_axis", Phrase("Long axis", zh: "长半轴"), centres) { $0.ellipse.longAxis },
        column("short_axis", Phrase("Short axis", zh: "短半轴"), centres) { $0.ellipse.shortAxis },
        column("rotation", Phrase("Rotation °", zh: "转角（°）"), centres) { $0.ellipse.rotation },
        column("area", Phrase("Area", zh: "面积"), centres) { $0.ellipse.area },
        column("ratio", Phrase("Short over long", zh: "短轴/长轴"), centres) { $0.ellipse.ratio },
        column("share_inside", Phrase("Share inside", zh: "椭圆内份额"), centres) { $0.ellipse.shareInside },
        column("move_km", Phrase("Moved\(unit.english)", zh: "移动距离\(unit.chinese)"), centres) { $0.move },
        column("bearing", Phrase("Bearing °", zh: "移动方位角（°）"), centres) { $0.bearing },
      ], notes: notes(centres))
  }

  /// Centres and outlines for a map: `time, point, longitude, latitude, x, y, variable`; point 0 is the centre.
  func outlineTable(_ centres: CentreSeries) -> ResultTable {
    let rows = centres.periods.flatMap { period in
      [
        (
          period.period, 0, PolygonLayer.Point(x: period.ellipse.x, y: period.ellipse.y), period.degrees
        )
      ]
        + period.outline.enumerated().map {
          (period.period, $0.offset + 1, $0.element.plane, $0.element.degrees)
        }
    }
    return ResultTable(
      name: "ellipses", title: title,
      columns: [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map { $0.0 })),
        ResultColumn("point", Phrase("Point", zh: "点号"), .integer(rows.map { $0.1 })),
        ResultColumn("longitude", Phrase("Longitude", zh: "经度"), .number(rows.map { $0.3?.x ?? .nan })),
        ResultColumn("latitude", Phrase("Latitude", zh: "纬度"), .number(rows.map { $0.3?.y ?? .nan })),
        ResultColumn("x", Phrase("x", zh: "x"), .number(rows.map { $0.2.x })),
        ResultColumn("y", Phrase("y", zh: "y"), .number(rows.map { $0.2.y })),
        .variables("variable", Phrase("Variable", zh: "变量"), rows.map { _ in result.variable }),
      ]
        + (isSimulated
          ? [
            ResultColumn(
              Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text(rows.map { _ in "yes" }))
          ] : []),
      keyColumns: 2)
  }

  private var title: Phrase {
    Phrase(
      "Weighted mean centre and standard deviational ellipse of \(result.variable.asVariable)",
      zh: "\(result.variable.asVariable)的加权重心与标准差椭圆")
  }

  private func notes(_ centres: CentreSeries) -> [Phrase] {
    let convention = centres.convention.phrase
    let plane = centres.projection.name
    let unit =
      centres.isInKilometres
      ? Phrase("", zh: "")
      : Phrase(
        " Lengths are in the unit of the coordinates, which are taken as kilometres.", zh: "长度单位同坐标，按公里理解。")
    return [
      Phrase(
        "Weights are \(result.variable) as a total of each place: a value per head or a score is none. Axes: \(convention.english);"
          + " rotation of the long axis and bearing are degrees clockwise from north. Projection: \(plane.english).\(unit.english)",
        zh: "以\(result.variable)作为各地总量加权，人均值或得分并非总量。轴长：\(convention.chinese)；长轴转角与移动方位角自正北顺时针计。"
          + "投影：\(plane.chinese)。\(unit.chinese)")
    ]
  }
}
