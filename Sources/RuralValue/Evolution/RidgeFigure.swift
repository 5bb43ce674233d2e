/// Densities one above the other, a ridge a period.
public struct RidgeFigure: Sendable, Equatable {
  /// One period.
  public struct Ridge: Sendable, Equatable {
    /// The period.
    public let label: String
    /// The density at each point of the grid; empty where there is none.
    public let densities: [Double]
    /// Where it is highest.
    public let mode: Double?
    /// The density there.
    public let height: Double?

    /// A ridge from its parts.
    public init(label: String, densities: [Double], mode: Double?, height: Double?) {
      self.label = label
      self.densities = densities
      self.mode = mode
      self.height = height
    }
  }

  /// What its file is called, without an ending.
  public let name: String
  /// What stands above it.
  public let title: Phrase
  /// What stands below it.
  public let caption: Phrase
  /// What the horizontal axis shows.
  public let variable: Phrase
  /// The points at which densities are given, ascending.
  public let grid: [Double]
  /// The periods, the first at the top.
  public let ridges: [Ridge]

  /// A figure from its parts.
  public init(
    name: String, title: Phrase, caption: Phrase, variable: Phrase, grid: [Double], ridges: [Ridge]
  ) {
    self.name = name
    self.title = title
    self.caption = caption
    self.variable = variable
    self.grid = grid
    self.ridges = ridges
  }
}

extension EvolutionResult {
  /// The pictures of the report.
  public var figures: [ResultFigure] {
    guard let kernels else { return [] }
    let rule = kernels.rule.phrase
    let side =
      kernels.isReflected ? Phrase(", turned back at zero", zh: "，在零点反射") : Phrase("", zh: "")
    return [
      .ridges(
        RidgeFigure(
          name: "kernel",
          title: Phrase("Kernel densities of \(variable.asVariable)", zh: "\(variable.asVariable)的核密度"),
          caption: Phrase(
            "Density of \(variable.asVariable) over units by period, one scale for all; dots mark the modes. Gaussian kernel,"
              + " \(rule.english)\(side.english).",
            zh: "\(variable.asVariable)的逐期核密度，各期纵向比例相同，圆点标示众数。高斯核，\(rule.chinese)\(side.chinese)。"),
          variable: Phrase(WordedName(variable, .quantity)), grid: kernels.grid,
          ridges: kernels.periods.map { period in
            RidgeFigure.Ridge(
              label: label(period.period), densities: period.curve?.densities ?? [],
              mode: period.curve?.mode, height: period.curve?.height)
          }))
    ]
  }
}

extension RidgeFigure {
  /// The figure with other phrases.
  func mapping(_ phrase: (Phrase) -> Phrase) -> RidgeFigure {
    RidgeFigure(
      name: name, title: phrase(title), caption: phrase(caption), variable: phrase(variable), grid: grid,
      ridges: ridges)
  }
}
