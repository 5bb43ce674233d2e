/// Factor price indices over time and across places.
public struct PriceIndexResult: Sendable, Equatable {
  let overTime: [OverTime]
  let acrossPlaces: [Across]
  let frequency: PeriodFrequency
  /// Rows without a price or without a quantity.
  let missingCount: Int
  let unitColumn: String
  private let keyNotes: [Phrase]

  init(
    overTime: [OverTime], acrossPlaces: [Across], frequency: PeriodFrequency, missingCount: Int,
    unitColumn: String, notes: [Phrase]
  ) {
    self.overTime = overTime
    self.acrossPlaces = acrossPlaces
    self.frequency = frequency
    self.missingCount = missingCount
    self.unitColumn = unitColumn
    keyNotes = notes
  }

  /// One period of one place against its base.
  struct OverTime: Sendable, Equatable {
    let unit: String
    let from: Int
    let to: Int
    let fixed: PriceIndices
    let chained: PriceIndices
  }

  /// The places of one period.
  struct Across: Sendable, Equatable {
    let period: Int?
    let units: [String]
    /// The position of the base among the units.
    let base: Int
    /// Each place against the base, by the two alone.
    let againstBase: [PriceIndices]
    /// The levels by all pairs; nil where a pair has none.
    let fisher: [Double]?
    let tornqvist: [Double]?
  }
}

extension PriceIndexResult {
  private typealias Line = (
    comparison: Phrase, unit: String?, time: Int?, from: String, to: String, indices: PriceIndices
  )

  /// Every pair that is compared: `comparison, unit, time, from, to, laspeyres, paasche, fisher, tornqvist, coverage`.
  ///
  /// `comparison` is `fixed base` or `chained` for periods of one place, `places` for places of one period.
  public var table: ResultTable {
    let label = frequency.label
    let time: [Line] = overTime.flatMap { row in
      [(Phrase("fixed base", zh: "定基"), row.fixed), (Phrase("chained", zh: "链式"), row.chained)].map {
        ($0, row.unit, nil, label(row.from), label(row.to), $1)
      }
    }
    let places: [Line] = acrossPlaces.flatMap { row in
      zip(row.units, row.againstBase).map { unit, indices in
        (Phrase("places", zh: "地区间"), nil, row.period, row.units[row.base], unit, indices)
      }
    }
    let lines = (time + places).filter { $0.from != $0.to }
    func numbers(_ name: String, _ heading: Phrase, _ value: (PriceIndices) -> Double?) -> ResultColumn {
      ResultColumn(
        name, heading, .number(lines.map { value($0.indices) ?? .nan }), display: .fixedDecimals(4))
    }
    return ResultTable(
      name: "prices", title: Phrase("Factor price indices", zh: "要素价格指数"),
      columns: [
        ResultColumn("comparison", Phrase("Comparison", zh: "比较方式"), .phrase(lines.map(\.comparison))),
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(lines.map(\.unit)), missing: .blank),
        ResultColumn("time", Phrase("Period", zh: "时期"), .integer(lines.map(\.time)), missing: .blank),
        ResultColumn("from", Phrase("From", zh: "基准"), .text(lines.map(\.from))),
        ResultColumn("to", Phrase("To", zh: "比较"), .text(lines.map(\.to))),
        numbers("laspeyres", Phrase("Laspeyres", zh: "拉氏"), \.laspeyres),
        numbers("paasche", Phrase("Paasche", zh: "帕氏"), \.paasche),
        numbers("fisher", Phrase("Fisher", zh: "费雪"), \.fisher),
        numbers("tornqvist", Phrase("Törnqvist", zh: "Törnqvist"), \.tornqvist),
        numbers("coverage", Phrase("Coverage", zh: "覆盖率"), \.coverage),
      ], keyColumns: 5, notes: [ruleNote])
  }

  /// The level of prices of every place by all pairs of places: `time, unit, base, geks_fisher, geks_tornqvist`.
  public var levelTable: ResultTable {
    func numbers(_ levels: (Across) -> [Double]?) -> ResultValues {
      .number(
        acrossPlaces.flatMap { row in levels(row) ?? [Double](repeating: .nan, count: row.units.count) })
    }
    return ResultTable(
      name: "price_levels", title: Phrase("Levels of factor prices by place", zh: "各地要素价格水平（GEKS）"),
      columns: [
        ResultColumn(
          "time", Phrase("Period", zh: "时期"),
          .integer(acrossPlaces.flatMap { row in row.units.map { _ in row.period } })),
        ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(acrossPlaces.flatMap { $0.units.map { $0 } })),
        ResultColumn(
          "base", Phrase("Base", zh: "基准"),
          .text(acrossPlaces.flatMap { row in row.units.map { _ in row.units[row.base] } })),
        ResultColumn(
          "geks_fisher", Phrase("GEKS, Fisher", zh: "GEKS（费雪）"), numbers(\.fisher),
          display: .fixedDecimals(4)),
        ResultColumn(
          "geks_tornqvist", Phrase("GEKS, Törnqvist", zh: "GEKS（Törnqvist）"), numbers(\.tornqvist),
          display: .fixedDecimals(4)),
      ], keyColumns: 2,
      notes: [
        Phrase(
          "By all pairs of places (GEKS), so that another base only rescales the column. Places are compared as if"
            + " their items were of like quality.",
          zh: "由全部地区两两比较得出（GEKS），具有传递性，更换基准仅整体缩放；比较以同质要素为前提。")
      ])
  }

  private var ruleNote: Phrase {
    Phrase(
      "Coverage: the share of value of the items priced on both sides, the less of the two. A chain multiplies the"
        + " indices of neighbouring periods; where it leaves the fixed base, it drifts.",
      zh: "覆盖率：两侧均有价格的项目所占价值份额（取较小者）。链式指数为相邻时期指数之积，与定基指数之差即链漂移。")
  }

  /// What the reader must know of the data.
  public var notes: [Phrase] {
    var notes = keyNotes
    if missingCount > 0 {
      notes.append(
        Phrase(
          "\(missingCount) row\(missingCount == 1 ? " has" : "s have") no price or no quantity and"
            + " \(missingCount == 1 ? "does" : "do") not count.",
          zh: "\(missingCount)行缺少价格或数量，未计入。"))
    }
    let incomplete = acrossPlaces.filter { $0.fisher == nil || $0.tornqvist == nil }.map(\.period)
    if !incomplete.isEmpty {
      let years = incomplete.compactMap { $0.map(frequency.label) }.joined(separator: ", ")
      notes.append(
        Phrase(
          "No levels by all pairs\(years.isEmpty ? "" : " in \(years)"): two places have no item with a value in common.",
          zh: "\(years)存在无共同项目的两地，GEKS 价格水平无定义。"))
    }
    return notes
  }
}
