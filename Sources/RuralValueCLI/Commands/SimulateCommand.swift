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

  static let options: [Option<SimulateCommand>] =
    commonOptions + indicatorOptions + designOptions + lagOptions + spatialOptions + estimateOptions

  private static let commonOptions: [Option<SimulateCommand>] = [
    Option(
      \.design.seed, "seed", .seed, default: 0,
      required: "whoever draws the panel again must get the same numbers",
      "the seed; the same seed gives the same numbers on any machine"),
    Option(
      \.unitPath, "units", .file.called("FILE.csv"),
      "counties: code and names (not for sdm, which has those of W)"),
    Option(
      \.unitCount, "counties", .integer(2...99_999),
      "without --units or --weights: the number of made-up counties, on a grid"),
    Option(\.design.periods, "periods", .periods, default: 2012...2022, "the years"),
  ]

  private static let estimateOptions = EstimateOptions.options.lifted(\SimulateCommand.estimate)

  /// What can be simulated.
  enum Model: String, CaseIterable {
    case indicators
    case dynamicPanel = "dynamic-panel"
    case sdm

    /// The names of the options that say something about it.
    var options: Set<String> {
      let panel = lagOptions + designOptions + estimateOptions
      let own =
        switch self {
        case .indicators: indicatorOptions
        case .dynamicPanel: panel
        case .sdm: panel + spatialOptions
        }
      return Set((commonOptions + own).map(\.definition.name))
    }
  }

  var call = CallFrame()
  var unitPath: String?
  var unitCount: Int?
  var design = SimulationDesign(units: [], periods: 2012...2022, outcome: "V", coefficients: [], seed: 0)
  var lag: Double?
  var indicators = SimulatedIndicators()
  var spatial = SimulatedSpace()
  var estimate = EstimateOptions()

  /// The model that the call names.
  private var model: Model {
    get throws(UsageError) {
      guard let model = Model(rawValue: call.inputs[0]) else {
        throw .notAChoice(
          option: "simulate", found: call.inputs[0], choices: Model.allCases.map(\.rawValue))
      }
      return model
    }
  }

  func check() throws {
    let model = try model
    let used = model.options
    for option in Self.options.map(\.definition.name)
    where call.given.contains(option) && !used.contains(option) {
      let users = Model.allCases.filter { $0.options.contains(option) }.map { "simulate \($0.rawValue)" }
      throw UsageError.conflict(
        "simulate \(model.rawValue) has no use for \(option), which is for \(users.joined(separator: " and "))."
      )
    }
    let periods = design.periods
    guard periods.lowerBound > 0, periods.upperBound - max(periods.lowerBound, 0) < 1000 else {
      throw UsageError.notANumber(
        option: "--periods", found: "\(periods)", expected: "a first and a last year, such as 2012:2022")
    }
    if let unitCount, unitCount < 4, model != .dynamicPanel {
      throw UsageError.notANumber(
        option: "--counties", found: "\(unitCount)", expected: "a whole number from 4 to 99999")
    }
    switch model {
    case .indicators: try checkIndicators()
    case .dynamicPanel:
      guard (unitPath == nil) != (unitCount == nil) else {
        throw UsageError.conflict(
          "simulate dynamic-panel needs --counties N or --units FILE.csv, and not both.")
      }
      try checkDesign(model)
      if estimatesEffects {
        _ = try fe()
      } else if estimate.needsEstimator {
        _ = try gmm()
      }
    case .sdm:
      try checkSpace()
      try checkDesign(model)
    }
  }

  private func checkDesign(_ model: Model) throws(UsageError) {
    guard call.given.contains("--coefficients") else {
      throw .missingOption(
        option: "--coefficients LIST", command: "simulate \(model.rawValue)",
        purpose: "the regressors and their true coefficients, such as \"P=0.2,C=-0.035\"")
    }
    if call.given.contains("--feedback"), design.dependence == .exogenous {
      throw .conflict(
        "--feedback needs regressors that move with the errors: --regressors predetermined or endogenous.")
    }
    try estimate.check()
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let model = try model
    var answer =
      switch model {
      case .indicators: try drawIndicators(inputs)
      case .dynamicPanel: try drawDynamicPanel(inputs)
      case .sdm: try drawSpatialPanel(inputs)
      }
    if design.dependence == .exogenous { design.feedback = 0 }
    // Options that say nothing about this model are not in force.
    let used = model.options
    answer.document.specification +=
      Self.options.map(\.definition).filter { !used.contains($0.name) }.map { JSONMember($0.jsonKey, .null) }
      + [JSONMember("kind", .string(model.rawValue))]
    return answer
  }
}
