import RuralValue

/// `ruralvalue simulate`: panels with known parameters, exact ones, and Monte Carlo over them.
struct SimulateCommand: Command {
  static let definition = CommandDefinition(
    name: "simulate",
    summary: "panels drawn from models with known parameters; bias, coverage and power of an estimator",
    usage: "indicators|dynamic-panel|sdm --seed N [options]",
    examples: [
      .init(
        purpose: "what power has my design? 121 counties, 2012 to 2022, 500 replications",
        call:
          "ruralvalue simulate dynamic-panel --counties 121 --coefficients P=0.2,C=-0.05 --seed 1 --replications 500"
      ),
      .init(
        purpose: "bias and coverage of a spatial Durbin model on my own weights",
        call:
          "ruralvalue simulate sdm --weights queen.csv --coefficients P=0.2 --durbin P=0.1 --seed 1 --replications 500"
      ),
      .init(
        purpose: "a panel for which this call of gmm returns the parameters to 1e-9",
        call:
          "ruralvalue simulate dynamic-panel --counties 99 --coefficients P=1 --seed 1 --exact --estimate \"--steps 1\""
      ),
      .init(
        purpose: "all indicators of the rural-value system for real counties and their neighbours",
        call: "ruralvalue simulate indicators --units counties.csv --links queen.csv --seed 1 > panel.csv"),
      .init(
        purpose: "a panel of national size, on a grid of made-up counties, with its indicator system",
        call: "ruralvalue simulate indicators --counties 2850 --seed 1 --out national"),
    ],
    options: commonOptions + SimulateIndicators.options + SimulatedDesignOptions.options
      + SimulateDynamicPanel.options + SimulateSpatialPanel.options + EstimateOptions.options,
    remarks: [
      """
      Numbers are simulated: about no real county. The column `simulated` says so in every row. Without --out the \
      panel goes to standard output as CSV; with it, DIR gets panel-simulated.csv, the parameters and, for a grid of \
      made-up counties, its weights.csv; or for indicators the indicator system as indicators.csv.
      """,
      """
      Regressors have variance 1 about their unit's level. --exact moves the errors as little as it can so that the \
      estimator returns the parameters; with gmm the k conditions of the reported step hold and the other moments \
      stay those of a sample, so that Hansen's J is not zero. --replications draws R panels, estimates each, and \
      prints bias, RMSE, coverage with Wilson's interval, and rejection rates at the levels of --stars; \
      --replication N prints the Nth of these panels.
      """,
      """
      A seed's panel is the same to the last bit on any machine. --exact and --replications also ask an estimator, \
      whose last digits depend on the processor's linear algebra.
      """,
    ])

  private static let commonOptions: [OptionDefinition] = [
    OptionDefinition("--seed", "N", "the seed; the same seed gives the same numbers on any machine"),
    OptionDefinition("--units", "FILE.csv", "counties: code and names (not for sdm, which has those of W)"),
    OptionDefinition(
      "--counties", "N", "without --units or --weights: the number of made-up counties, on a grid"),
    OptionDefinition("--periods", "A:B", "the years (default 2012:2022)"),
  ]

  private let task: any SimulationTask

  private static var tasks: [any SimulationTask.Type] {
    [SimulateIndicators.self, SimulateDynamicPanel.self, SimulateSpatialPanel.self]
  }

  init(_ arguments: ParsedArguments) throws {
    let kind = arguments.inputs[0]
    guard let task = Self.tasks.first(where: { $0.kind == kind }) else {
      throw UsageError.notAChoice(option: "simulate", found: kind, choices: Self.tasks.map { $0.kind })
    }
    let known = Set(Self.commonOptions.map(\.name) + task.usedOptions)
    for option in Self.definition.options.map(\.name)
    where !known.contains(option) && (arguments.has(option) || arguments.text(option) != nil) {
      let users = Self.tasks.filter { $0.usedOptions.contains(option) }.map { "simulate \($0.kind)" }
      throw UsageError.conflict(
        "simulate \(kind) has no use for \(option), which is for \(users.joined(separator: " and ")).")
    }
    guard let seed = try arguments.integer("--seed", in: 0...Int.max) else {
      throw UsageError.missingOption(
        option: "--seed N", command: "simulate",
        purpose: "whoever draws the panel again must get the same numbers")
    }
    let periods = try arguments.periods("--periods") ?? 2012...2022
    guard periods.lowerBound > 0, periods.upperBound - max(periods.lowerBound, 0) < 1000 else {
      throw UsageError.notANumber(
        option: "--periods", found: arguments.text("--periods") ?? "",
        expected: "a first and a last year, such as 2012:2022")
    }
    self.task = try task.init(arguments, seed: UInt64(seed), periods: periods)
  }

  func run(_ inputs: InputReader) throws -> CommandAnswer {
    try task.run(inputs)
  }
}

/// One kind of what can be simulated.
protocol SimulationTask {
  /// The word of the call.
  static var kind: String { get }
  /// The names of the options that it uses besides those of every kind.
  static var usedOptions: [String] { get }
  /// Checks the options of a call.
  init(_ arguments: ParsedArguments, seed: UInt64, periods: ClosedRange<Int>) throws
  /// Draws, and answers.
  func run(_ inputs: InputReader) throws -> CommandAnswer
}
