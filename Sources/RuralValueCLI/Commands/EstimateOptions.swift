import RuralValue
import RuralValueFormats

/// The options that bring an estimator to a simulated panel: `--exact`, `--replications`, `--estimate`.
struct EstimateOptions {
  static let options: [OptionDefinition] = [
    OptionDefinition(
      "--exact", help: "move the errors so that the estimator returns the parameters to 1e-9"),
    OptionDefinition("--replications", "R", "draw R panels, estimate each, and print bias, coverage, power"),
    OptionDefinition("--replication", "N", "the panel of the Nth of such replications, to look at it"),
    OptionDefinition(
      "--estimate", "WORDS",
      "the call of gmm or sdm without its file (default: the verb's defaults with the model simulated)"),
  ]
  static let usedOptions = options.map(\.name)

  let isExact: Bool
  let replications: Int?
  /// Which replication's panel is asked for; zero is a panel of its own.
  let replication: Int
  /// The words of `--estimate`.
  let text: String?
  let rendering: RenderOptions
  let isQuiet: Bool

  init(_ arguments: ParsedArguments) throws {
    isExact = arguments.has("--exact")
    replications = try arguments.integer("--replications", in: 1...1_000_000)
    replication = try arguments.integer("--replication", in: 1...1_000_000) ?? 0
    text = arguments.text("--estimate")
    isQuiet = arguments.has("--quiet")
    rendering = try DeliveryOptions(words: arguments).rendering
    guard !isExact || replications == nil else {
      throw UsageError.conflict("--exact makes one panel and --replications many; expected one of them.")
    }
    guard replication == 0 || replications == nil else {
      throw UsageError.conflict(
        "--replication makes one panel and --replications all of them; expected one of them.")
    }
    guard text == nil || isExact || replications != nil else {
      throw UsageError.conflict(
        "--estimate says how --exact or --replications estimates; expected one of them beside it.")
    }
  }

  /// The words of the verb's call, with a file, and with `standard` options where they are not given.
  func arguments(
    _ command: CommandDefinition, standard: [(option: String, value: String)]
  ) throws(UsageError) -> ParsedArguments {
    var words = try ShellWords.split(text ?? "", option: "--estimate")
    if words.first == command.name { words.removeFirst() }
    for (option, value) in standard
    where !words.contains(where: { $0 == option || $0.hasPrefix("\(option)=") }) {
      words += [option, value]
    }
    do {
      let arguments = try ParsedArguments(["the simulated panel"] + words, command: command)
      try Self.refuseIdleOptions(arguments)
      return arguments
    } catch UsageError.wrongInputCount {
      throw UsageError.conflict(
        "--estimate holds the options of \(command.name) and no file, for the panel is the simulated one; found \"\(text ?? "")\"."
      )
    }
  }

  /// Throws for options about files, rows or what is printed: no panel is read and no table of the verb's made.
  private static func refuseIdleOptions(_ arguments: ParsedArguments) throws(UsageError) {
    let idle = (OptionDefinition.shared + OptionDefinition.table).map(\.name)
    for option in idle where arguments.has(option) || arguments.text(option) != nil {
      throw UsageError.conflict(
        "--estimate has \(option), which has nothing to do here: expected options of the estimate, such as"
          + " --steps 1. What is printed and where is said to simulate itself.")
    }
  }

  /// Runs the replications with progress on the terminal.
  func monteCarlo(
    _ count: Int, confidenceLevel: Double, _ inputs: InputReader,
    _ replicate: (Int) throws -> MonteCarloDraw
  ) throws -> MonteCarloResult {
    let progress = inputs.progress(isQuiet: isQuiet)
    defer { progress.clear() }
    let countdown = Countdown(
      progress, count, Phrase("replications", zh: "次重复"), language: rendering.language)
    return try MonteCarlo.run(
      replications: count, confidenceLevel: confidenceLevel, progress: countdown.update, replicate)
  }

  /// The answer of a Monte Carlo.
  func answer(
    _ result: MonteCarloResult, _ design: SimulationDesign, members: [JSONMember],
    inputs: InputReader
  ) -> CommandAnswer {
    let levels = rendering.starLevels
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
