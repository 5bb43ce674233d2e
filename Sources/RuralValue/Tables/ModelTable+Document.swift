extension ModelTable {
  /// The document: the table for journals, and for scripts columns, rows and the foot.
  ///
  /// Throws `ModelTableError` as the initialiser does.
  public func document(levels: [Double]) throws(ModelTableError) -> ResultDocument {
    ResultDocument(
      command: "table", sample: nil, parts: [.init(try table, jsonKey: nil)],
      values: [
        JSONMember("columns", .array(models.indices.map(column))),
        JSONMember("rows", .array(try longRows(levels: levels))),
        JSONMember("footer", .array(models.indices.flatMap(foot))),
      ])
  }

  private func name(_ column: Int) -> JSONMember { JSONMember("column", .string("(\(column + 1))")) }

  private func column(_ place: Int) -> JSONValue {
    let (model, source) = (models[place].model, models[place].source)
    return .object([
      JSONMember("name", .string("(\(place + 1))")), JSONMember("model", .string(model.name.english)),
      JSONMember("outcome", .string(model.outcome)), JSONMember("source", .string(source)),
    ])
  }

  /// A row for each parameter that is shown and each model that has it.
  private func longRows(levels: [Double]) throws(ModelTableError) -> [JSONValue] {
    let shown = try shownParameters
    return shown.flatMap { parameter in
      models.enumerated().compactMap { place, source -> JSONValue? in
        let model = source.model
        guard let estimate = (model.coefficients + model.effects).first(where: { $0.parameter == parameter })
        else {
          return nil
        }
        let stars = levels.count { estimate.significance < $0 }
        return .object([
          JSONMember("parameter", .string(parameter.fullName)),
          JSONMember("role", .string(parameter.role.name)),
          name(place), JSONMember("estimate", .number(estimate.value)),
          JSONMember("std_error", .number(estimate.standardError)),
          JSONMember("statistic", .number(estimate.statistic)),
          JSONMember("p_value", .number(estimate.pValue)),
          JSONMember("stars", .string(String(repeating: "*", count: stars))),
        ])
      }
    }
  }

  private func foot(_ place: Int) -> [JSONValue] {
    models[place].model.footer.map { statistic in
      .object([JSONMember("name", .string(statistic.key)), name(place), JSONMember("value", statistic.json)])
    }
  }
}
