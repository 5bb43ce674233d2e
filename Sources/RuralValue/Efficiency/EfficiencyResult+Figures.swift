/// The figure of efficiency.
extension EfficiencyResult {
  /// More lines than these cannot be told apart.
  private static let mostLines = 34

  /// The mean score over the periods, of all units and of each group; nil for fewer than two periods.
  public func figure(groupLabels: [String]) -> LineFigure? {
    guard hasPeriods, periods.count > 1, groupLabels.count <= Self.mostLines else { return nil }
    func mean(_ units: [UnitEfficiency]) -> Double? {
      units.isEmpty ? nil : units.map(\.score).reduce(0, +) / Double(units.count)
    }
    let parts =
      groups.isEmpty
      ? []
      : groupLabels.enumerated().map { number, label in
        LineFigure.Series(
          label: Phrase(verbatim: label),
          values: zip(periods, groups).map { period, groups in
            mean(zip(period.units, groups).filter { $0.1 == number }.map(\.0))
          })
      }
    let all = LineFigure.Series(
      label: Phrase("all units", zh: "全部单元"), values: periods.map(\.meanScore), isWhole: true)
    return LineFigure(
      name: "efficiency", title: title,
      caption: Phrase(
        "Mean score by period\(specification.group.map { ", by \($0)" } ?? ""): \(modelName.english). Each period has a frontier"
          + " of its own: a higher mean says that units lie closer together, not that all produce more.",
        zh:
          "各期效率均值\(specification.group.map { "（按\($0)）" } ?? "")：\(modelName.chinese)。各期使用当期前沿，均值上升表示单元间差距缩小，而非生产率普遍提高。"
      ),
      axis: Phrase("mean score", zh: "效率均值"),
      periods: periods.map {
        .init(place: frequency.ordinal(of: $0.period), label: frequency.label($0.period))
      },
      series: parts + [all])
  }
}
