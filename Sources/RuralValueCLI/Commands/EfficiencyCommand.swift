import RuralValue
import RuralValueFormats

/// `ruralvalue efficiency`: efficiency of counties by data envelopment, and its change over time.
struct EfficiencyCommand: Command {
  static let definition = CommandDefinition(
    name: "efficiency",
    summary: "efficiency of counties that make outputs of inputs (SBM, CCR, BCC), and its change",
    usage: "PANEL.csv --inputs X1,X2 --outputs Y [options]",
    examples: [
      .init(
        purpose: "how well labour and capital are used, year by year, with slacks and peers as tables",
        call: "ruralvalue efficiency panel.csv --inputs labour,capital --outputs output --out efficiency"),
      .init(
        purpose: "pollution as an undesirable output, and efficient counties told apart",
        call:
          "ruralvalue efficiency panel.csv --inputs labour --outputs output --undesirable pollution --model super-sbm"
      ),
      .init(
        purpose: "how productivity changed: catching up, and the frontier itself",
        call: "ruralvalue efficiency panel.csv --inputs labour,capital --outputs output --malmquist"),
    ],
    remarks: [
      """
      Inputs and outputs are levels above zero: persons, yuan, hectares, tonnes. A score by minimum and maximum does not \
      do, for its zero is the least county's. Units of measurement do not matter. A county without a value in some column \
      leaves that year and is named.
      """,
      """
      Every score is the optimum of a linear programme and is proven by its dual: duality_gap is what is left between the \
      two. Scale efficiency (CCR/BCC) and returns to scale stand beside every model.
      """,
      """
      --malmquist measures changes by one frontier of all periods, global, whose steps chain; --frontier contemporaneous \
      takes the frontiers of the two periods (Färe et al. 1994). With undesirable outputs it is the Malmquist–Luenberger \
      index, with Luenberger's differences beside it.
      """,
      """
      Files of --out: efficiency (unit, time, score … for map --fill score), efficiency_by_time, efficiency_slacks, \
      efficiency_peers, and with --malmquist efficiency_malmquist*.
      """,
    ], pictures: .many)

  static let options: [Option<EfficiencyCommand>] =
    [
      Option(
        \.inputs, "inputs", .columns.called("X1,X2"),
        required: "the columns of inputs, such as labour,capital",
        "what is used up, all above zero"),
      Option(
        \.outputs, "outputs", .columns.called("Y1,Y2"), required: "the columns of outputs, such as income",
        "what is made of it, all above zero"),
      Option(
        \.undesirable, "undesirable", .columns.called("B"),
        "outputs of which less is better, such as pollution; for sbm and super-sbm"),
      Option(
        \.model, "model", .choice, default: .slacks,
        "slacks-based {default}, the same with super-efficiency, or radial with constant or variable returns"),
      Option(
        \.returns, "returns", .choice, default: .constant,
        "returns to scale of sbm and super-sbm; ccr is constant, bcc variable"),
      Option(
        \.orientation, "orientation", .choice, default: .input,
        "what ccr and bcc change; sbm and super-sbm change both"),
      Option(\.measuresChange, "malmquist", .flag, "also the change of productivity between periods"),
      Option(
        \.frontier, "frontier", .choice, default: .global,
        "the frontier of --malmquist: one of all periods {default}, or those of the two periods"),
      Option(\.group, "group", .column, "also means by the groups of this column"),
    ] + TableInput.options.lifted(\.input)

  var call = CallFrame()
  var input = TableInput()
  var inputs: [String] = []
  var outputs: [String] = []
  var undesirable: [String] = []
  var model = EfficiencySpecification.Model.slacks
  var returns = EfficiencySpecification.Returns.constant
  var orientation = EfficiencySpecification.Orientation.input
  var measuresChange = false
  var frontier = EfficiencySpecification.Frontier.global
  var group: String?

  func check() throws {
    if model.isRadial, call.given.contains("--returns") {
      guard (returns == .constant) == (model == .constantRadial) else {
        throw UsageError.conflict(
          "--model ccr is of constant and bcc of variable returns; expected the model alone, without --returns"
            + " \(returns.rawValue).")
      }
    }
    guard model.isRadial || !call.given.contains("--orientation") else {
      throw UsageError.conflict(
        "--model \(model.rawValue) changes inputs and outputs together and has no orientation; expected --orientation beside"
          + " ccr or bcc.")
    }
    guard measuresChange || !call.given.contains("--frontier") else {
      throw UsageError.conflict("--frontier is that of --malmquist; expected both or neither.")
    }
    _ = try specification
  }

  private var specification: EfficiencySpecification {
    get throws {
      try EfficiencySpecification(
        inputs: inputs, outputs: outputs, undesirable: undesirable, model: model, returns: returns,
        orientation: orientation, change: measuresChange ? frontier : nil, group: group)
    }
  }

  mutating func answer(_ reader: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], reader)
    let specification = try self.specification
    returns = specification.returns
    let columns = specification.inputs + specification.outputs + specification.undesirable
    let groups = try group.map { try GroupColumn(table, column: $0) }
    let panel = try input.panel(
      table, variables: columns, groups: groups.map { [$0] } ?? [], needsPeriods: measuresChange, reader)
    let result = try EfficiencyEstimator.fit(panel, specification)
    var answer = CommandAnswer(
      document: result.document(groupLabels: groups?.labels ?? [], isSimulated: reader.hasSimulatedData)
        .adding(
          notes: reader.notes + panel.totalNotes + reader.shapeNotes(of: panel)))
    let figure = result.figure(groupLabels: groups?.labels ?? [])
    answer.drawings = call.drawings(of: figure.map { [.lines($0)] } ?? [])
    return answer
  }
}
