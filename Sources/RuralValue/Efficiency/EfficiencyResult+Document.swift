/// The whole answer.
extension EfficiencyResult {
  /// So many rows stand on a screen; more are for files.
  private static let mostRowsShown = 40

  /// The tables and the notes. `groupLabels` are the names of the groups; `isSimulated` marks rows of simulated data.
  public func document(groupLabels: [String], isSimulated: Bool = false) -> ResultDocument {
    let isShort = units.count <= Self.mostRowsShown
    var parts: [ResultDocument.Part] = [
      .init(summaryTable, shown: periods.count > 1 || !isShort, jsonKey: "by_time"),
      .init(briefTable, shown: isShort, written: false, jsonKey: nil),
      .init(table(isSimulated: isSimulated), shown: false, jsonKey: "rows"),
    ]
    if let groups = groupTable(labels: groupLabels) { parts.insert(.init(groups, jsonKey: "groups"), at: 1) }
    if specification.change != nil {
      parts += [
        .init(changeSummaryTable, jsonKey: "malmquist_by_time"),
        .init(changeTable, shown: false, jsonKey: "malmquist"),
      ]
      if let whole = wholeChangeTable { parts.append(.init(whole, shown: false, jsonKey: "malmquist_span")) }
    }
    parts += [
      .init(slackTable, shown: false, jsonKey: "slacks"), .init(peerTable, shown: false, jsonKey: "peers"),
    ]
    return ResultDocument(
      command: "efficiency", sample: sample, parts: parts, notes: notes,
      figures: figure(groupLabels: groupLabels).map { [.lines($0)] } ?? [])
  }
}
