extension CouplingResult {
  /// The mean D over the periods, of all units and of every group; nil for fewer than two periods, and for more groups than
  /// lines can be told apart.
  public var figure: LineFigure? {
    let groupCount = groups?.labels.count ?? 0
    guard hasPeriods, periods.count > 1, groupCount <= 34 else { return nil }
    let means = means
    let place = CouplingForm.allCases.firstIndex(of: specification.form) ?? 0
    func series(_ group: Int?, _ label: Phrase) -> LineFigure.Series {
      var values = [Double?](repeating: nil, count: periods.count)
      for mean in means where mean.group == group { values[mean.period] = mean.coordination[place] }
      return LineFigure.Series(label: label, values: values, isWhole: group == nil)
    }
    let names = specification.systems.map(\.asVariable)
    let (form, formChinese) = (specification.form.phrase.english, specification.form.phrase.chinese)
    return LineFigure(
      name: "coupling",
      title: Phrase(
        "Coordination of \(names.joined(separator: ", "))", zh: "\(names.joined(separator: "、"))的耦合协调度"),
      caption: Phrase(
        "Mean \(form) D of \(names.joined(separator: ", ")) by period"
          + (groups.map { ", by \($0.name)" } ?? "") + ".",
        zh: "\(names.joined(separator: "、"))的\(formChinese)耦合协调度各期均值" + (groups.map { "（按\($0.name)）" } ?? "")
          + "。"),
      axis: Phrase("mean D, \(form)", zh: "\(formChinese)耦合协调度均值 D"),
      periods: periods.map { .init(place: frequency.ordinal(of: $0), label: frequency.label($0)) },
      series: (groups?.labels.enumerated().map { series($0, Phrase(verbatim: $1)) } ?? [])
        + [series(nil, Phrase("all units", zh: "全部县域"))])
  }
}
