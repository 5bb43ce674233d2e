import RuralValue
import RuralValueFormats

/// The options that bring an estimator to a simulated panel: `--exact`, `--replications`, `--estimate`.
struct EstimateOptions: OptionGroup {
  static let options: [Option<EstimateOptions>] = [
    Option(
      \.isExact, "exact", .flag, "move the errors so that the estimator returns the parameters to 1e-9"),
    Option(
      \.replications, "replications", .integer(1...1_000_000).called("R"),
      "draw R panels, estimate each, and print bias, coverage, power"),
    Option(
      \.replication, "replication", .integer(1...1_000_000),
      "the panel of the Nth of such replications, to look at it"),
    Option(
      \.words, "estimate", .words,
      "the call of gmm or sdm without its file (default: the verb's defaults with the model simulated), or for dynamic-panel"
        + " that of fe: \"fe --effects unit\""),
  ]

  var isExact = false
  var replications: Int?
  /// Which replication's panel is asked for; none is a panel of its own.
  var replication: Int?
  /// The words of the estimator's call.
  var words: String?

  /// Whether the words are a call of a verb that is no default.
  func names(_ verb: any Command.Type) -> Bool {
    ((try? ShellWords.split(words ?? "", option: "--estimate"))?.first ?? "") == verb.definition.name
  }

  /// Whether panels are estimated at all.
  var needsEstimator: Bool { isExact || replications != nil }

  /// Throws `UsageError` for options that contradict each other.
  func check() throws(UsageError) {
    guard !isExact || replications == nil else {
      throw .conflict("--exact makes one panel and --replications many; expected one of them.")
    }
    guard replication == nil || replications == nil else {
      throw .conflict("--replication makes one panel and --replications all of them; expected one of them.")
    }
    guard words == nil || needsEstimator else {
      throw .conflict(
        "--estimate says how --exact or --replications estimates; expected one of them beside it.")
    }
  }

  /// The estimator's call on the simulated panel, with `standard` options where the words do not give them.
  func call(
    of verb: any Command.Type, standard: (Call) throws -> [(option: String, value: String)]
  ) throws -> Call {
    let name = verb.definition.name
    var texts = try ShellWords.split(words ?? "", option: "--estimate")
    if texts.first == name { texts.removeFirst() }
    do {
      var call = try Call(["the simulated panel"] + texts, of: verb)
      // No panel is read and no table of the verb's made.
      let idle = (DeliveryOptions.options.map(\.definition) + TableInput.options.map(\.definition))
      if let option = idle.first(where: { call.gives($0.name) }) {
        throw UsageError.conflict(
          "--estimate has \(option.name), which has nothing to do here: expected options of the estimate, such as"
            + " --steps 1. What is printed and where is said to simulate itself.")
      }
      for (option, value) in try standard(call) where !call.gives(option) {
        try call.set(option, texts: [value])
      }
      try call.check()
      return call
    } catch UsageError.wrongInputCount {
      throw UsageError.conflict(
        "--estimate holds the options of \(name) and no file, for the panel is the simulated one; found \"\(words ?? "")\"."
      )
    }
  }
}

extension OptionKind where Value == String {
  /// Words of another verb's call.
  fileprivate static let words = OptionKind(
    shape: .call, placeholder: "WORDS", read: { text, _ in text }, json: { .string($0) })
}

/// What panels and estimates many times over answer.
struct Replications {
  let count: Int
  let delivery: DeliveryOptions

  /// The answer of a Monte Carlo.
  func answer(
    _ result: MonteCarloResult, _ design: SimulationDesign, members: [JSONMember],
    inputs: InputReader
  ) -> CommandAnswer {
    let levels = delivery.rendering.starLevels
    var parts: [ResultDocument.Part] = [
      .init(result.termTable(levels: levels), jsonKey: "monte_carlo")
    ]
    if !result.tests.isEmpty {
      parts.append(.init(result.testTable(levels: levels), jsonKey: "monte_carlo_tests"))
    }
    let counts: [JSONMember] = [
      JSONMember("replications", .integer(result.replications)),
      JSONMember("estimated", .integer(result.estimated)),
      JSONMember("failures", JSONValue(result.failures.map { "\($0.replication): \($0.reason)" })),
    ]
    return CommandAnswer(
      document: ResultDocument(
        command: "simulate", specification: members,
        sample: .init(
          observations: design.units.count * design.periods.count, units: design.units.count,
          periods: design.periods.count), parts: parts, values: counts,
        notes: inputs.notes + [SimulatedAnswer.note(seed: design.seed)]))
  }
}

extension CommandAnswer.Drawing {
  /// Turning points and marginal effects, for the folder of `--out`.
  static func bands(_ figures: [ResultFigure], in call: CallFrame) -> [CommandAnswer.Drawing] {
    var margins = 0
    return figures.compactMap { figure in
      guard let drawn = call.drawing(figure) else { return nil }
      switch figure {
      case .curve(let curve):
        return .init(
          name: "\(StudyNames.slug(curve.name)).svg", svg: drawn.svg, caption: drawn.caption
        )
      case .intervals:
        margins += 1
        return .init(
          name: margins == 1 ? "marginal_effects.svg" : "marginal_effects_\(margins).svg", svg: drawn.svg,
          caption: drawn.caption)
      default: return nil
      }
    }
  }
}
