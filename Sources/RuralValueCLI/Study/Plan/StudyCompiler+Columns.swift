import RuralValue

/// What can be known of columns before anything runs.
extension StudyCompiler {
  /// Notes each variable that the table certainly lacks.
  func requireColumns(_ names: [String], of table: StudyTable, at place: String) {
    for name in names where table.lacks(name) {
      let columns = table.columns ?? []
      let hint =
        keyNames[name] != nil
        ? " It is a key of the panel, which the scores call \"\(keyNames[name] ?? "")\"; expected a variable."
        : panel.columns?.contains(name) == true
          ? " The panel has it: a block analysis: {} sets the panel's columns beside the scores."
          : NearestName.question(for: name, among: columns) + " The columns are: \(listed(columns))."
      text.note(
        place, "there is no column \"\(name)\" in \(table.path).\(hint)", kind: .data, concernsOneStep: true)
    }
  }

  private func listed(_ names: [String]) -> String {
    names.prefix(16).joined(separator: ", ") + (names.count > 16 ? ", … (\(names.count) in all)" : "")
  }

  /// Reads a block whose verb reads the panel of the models: there the panel's keys may go by their own names.
  func modelCall(
    _ node: StudyNode, verb: CommandDefinition, own: [String], without hidden: Set<String> = []
  ) -> StudyCall {
    var call = StudyCall(node, verb: verb, own: own, without: StudyCall.reading.union(hidden), in: text)
    call.rename(keyNames.filter { analysis.columns?.contains($0.key) != true })
    return call
  }

  /// The columns of the panel's keys, as far as they can be known.
  var panelKeys: (unit: String?, time: String?) {
    let keys = pairs(panel.words)
    return (
      keys.first { $0[0] == "--unit" }?[1] ?? panel.columns?.first,
      keys.first { $0[0] == "--time" }?[1] ?? panel.columns?.dropFirst().first
    )
  }

  /// Notes the columns that a block's conditions and options name and the table certainly lacks.
  func requireOptionColumns(_ call: StudyCall, of table: StudyTable) {
    for (option, value) in zip(call.words, call.words.dropFirst()) {
      let place = call.places[option] ?? call.path
      if option == "--where" {
        // The verb's own check says what is wrong with a condition that cannot be read.
        if let condition = try? RowCondition(value) {
          requireColumns([condition.column], of: table, at: place)
        }
      } else if ["--unit", "--time", "--label", "--cluster", "--with"].contains(option) {
        requireColumns([value], of: table, at: place)
      }
    }
  }
}
