import RuralValue
import RuralValueFormats

/// `ruralvalue evolve`: densities, transitions, convergence and centres by year.
struct EvolveCommand: Command {
  static let definition = CommandDefinition(
    name: "evolve",
    summary: "densities, (spatial) Markov transitions, convergence, mean centre and ellipse by year",
    usage: "PANEL.csv --variable V [--weights W] [--places FILE] [options]",
    examples: [
      .init(
        purpose: "densities by year with their ridge plot, transitions between quarters, convergence",
        call: "ruralvalue evolve scores.csv --variable V --out evolve"),
      .init(
        purpose:
          "do neighbours pull a county up? transitions by the class of the neighbours' mean, spatial convergence",
        call: "ruralvalue evolve scores.csv --variable V --weights queen.csv"),
      .init(
        purpose:
          "where the centre of output moved, and its ellipse, ready for `map --ellipses evolve/ellipses.csv`",
        call:
          "ruralvalue evolve panel.csv --variable output --places counties.geojson --parts centre --out evolve"
      ),
    ],
    remarks: [
      """
      Transitions are those of a unit to the next period; a gap gives none. Classes are quantiles of all units and years \
      together, or what --quantiles and --cuts say; a value on a bound is below it. The spatial lag has bounds of its own \
      (--lag-classes own) or the variable's (same, usual in Chinese papers): the numbers differ. Tests of homogeneity take \
      transitions as independent, which neighbours are not.
      """,
      """
      Convergence is of logarithms: units whose value is not above zero are left out and named. --weights adds a spatial lag \
      and a spatial error; the panel of yearly growth has a bias towards convergence that stands beside it.
      """,
      """
      The centre weighs places by the variable as a total, such as output or people; a value per head or a score is no total. \
      Longitude and latitude are projected (--projection); kilometres of a plane take --projection none.
      """,
    ], pictures: .many)

  static let options: [Option<EvolveCommand>] =
    [
      Option(
        \.variable, "variable", .column.called("X"), default: "", required: "a numeric column",
        "the variable"),
      Option(
        \.parts, "parts", .choices().called("LIST"),
        "what to compute, of kernel, transitions, convergence, centre (default: all; the centre where places are given)"
      ),
    ] + classOptions + densityOptions + convergenceOptions
    + WeightsInput.options.lifted(\.weights).map(\.unrequired) + PlacesInput.options.lifted(\.places) + [
      Option(
        \.specification.projection, "projection", .choice, default: .albers,
        "how places come to lie in the plane {default}; none: coordinates are kilometres of a plane"),
      Option(
        \.specification.ellipse, "ellipse", .choice, default: .yuill,
        "axes of the ellipse: standard deviations {default}, those times √2 or √(2n/(n − 2)), or weighted by w²"
      ),
    ] + TableInput.options.lifted(\.input)

  private static let classOptions: [Option<EvolveCommand>] = [
    Option(
      \.specification.classes, "classes", .integer(2...20).called("K"), default: 4,
      "quantile classes of transitions, 2 to 20"),
    Option(
      \.specification.quantiles, "quantiles", .choice, default: .pooled,
      "quantiles of all periods together or of each by itself"),
    Option(
      \.specification.cuts, "cuts",
      .numbers(
        expected: "one to nineteen ascending numbers, such as 0.2,0.4",
        where: { cuts in (1...19).contains(cuts.count) && zip(cuts, cuts.dropFirst()).allSatisfy { $0 < $1 } }
      ).called("A,B"), "upper bounds of the classes instead of quantiles"),
    Option(
      \.specification.lagClasses, "lag-classes", .choice, default: .own,
      "bounds of the spatial lag's classes: its own quantiles or the variable's bounds"),
  ]

  private static let densityOptions: [Option<EvolveCommand>] = [
    Option(
      \.specification.bandwidth, "bandwidth", .bandwidth, default: .silverman,
      "the kernel's width: Silverman's rule as R's bw.nrd0 {default}, 1.06 s n^(−1/5), s n^(−1/5), or a number"
    ),
    Option(
      \.specification.boundary, "boundary", .choice, default: .none,
      "what is done about densities below zero: nothing, or they are turned back"),
    Option(
      \.specification.populationColumn, "population", .column,
      "a column of people, by which densities are weighted"),
  ]

  private static let convergenceOptions: [Option<EvolveCommand>] = [
    Option(
      \.specification.controls, "controls", .columns,
      "columns whose first period conditional convergence controls for; texts become dummies"),
    Option(
      \.specification.standardError, "se", .choice, default: .hc1,
      "errors of β: robust to unequal variances, in the panel clustered by unit {default}, or classical"),
    .confidence(\.specification.confidenceLevel),
  ]

  var call = CallFrame()
  var input = TableInput()
  var variable = ""
  var parts: [EvolutionSpecification.Part] = []
  var specification = EvolutionSpecification()
  var weights = WeightsInput()
  var places = PlacesInput()

  private var hasWeights: Bool { !weights.path.isEmpty }

  func check() throws {
    if hasWeights { try weights.reading.requireUse(by: [weights.path]) }
    if !specification.cuts.isEmpty,
      let option = ["--classes", "--quantiles"].first(where: call.given.contains)
    {
      throw UsageError.conflict("--cuts and \(option) exclude each other; expected one of them.")
    }
    if !hasWeights, let option = ["--lag-classes", "--links", "--gwt"].first(where: call.given.contains) {
      throw UsageError.conflict("\(option) is about spatial weights; expected --weights beside it.")
    }
    guard !parts.isEmpty else { return }
    if parts.contains(.centre), !places.isGiven {
      throw UsageError.conflict(
        "--parts centre needs to know where the units lie; expected --coordinates X,Y with the panel's columns of longitude"
          + " and latitude, or --places FILE with points or polygons.")
    }
    if !parts.contains(.centre), places.isGiven {
      throw UsageError.conflict(
        "--\(places.path == nil ? "coordinates" : "places") is for the centre, which --parts leaves out; expected both or neither."
      )
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    let table = try input.table(at: call.inputs[0], inputs)
    let texts = try specification.controls.filter { name in
      try table.columnKinds([table.column(named: name)])[0] == .text
    }
    let numeric = specification.controls.filter { !texts.contains($0) }
    let panel = try input.panel(
      table,
      variables: ([variable] + numeric + (specification.populationColumn.map { [$0] } ?? [])
        + places.panelColumns).firstAppearances,
      levels: texts.isEmpty ? nil : try FormulaLevels(table, columns: texts), inputs)
    specification.parts = parts.isEmpty ? EvolutionSpecification.Part.allCases : parts
    if !places.isGiven { specification.parts.removeAll { $0 == .centre } }
    let matrix =
      hasWeights
      ? try weights.read(inputs, for: .init(source: panel.source, ids: panel.units)) : nil
    let result = try EvolutionEstimator.fit(
      panel, variable: variable, weights: matrix, places: try unitPlaces(panel, inputs), specification)
    parts = specification.parts
    let document = ResultDocument(
      command: "evolve", sample: result.sample,
      parts: EvolutionTables(result, isSimulated: inputs.hasSimulatedData).parts,
      values: result.fingerprint.map { [JSONMember.weights($0)] } ?? [],
      notes: inputs.notes + inputs.shapeNotes(of: panel) + result.notes, figures: result.figures)
    return CommandAnswer(document: document, drawings: call.drawings(of: result.figures))
  }

  /// Where the units lie, where the call says so.
  private func unitPlaces(_ panel: Panel, _ inputs: InputReader) throws -> UnitPlaces? {
    guard places.isGiven else { return nil }
    do {
      return try places.read(
        panel, polygons: weights.polygons, isPlane: specification.projection == .none, inputs)
    } catch UnitPlacesError.notDegrees(let source, let x, let y, let isSwapped) {
      throw EvolutionError.notDegrees(source: source, x: x, y: y, isSwapped: isSwapped)
    }
  }
}

extension OptionKind where Value == BandwidthRule {
  /// A rule of thumb by its name, or a number above zero.
  fileprivate static let bandwidth: OptionKind = {
    let words = BandwidthRule.named.map(\.name) + ["H"]
    return OptionKind(
      shape: .text, placeholder: words.joined(separator: "|"),
      read: { text, option in
        if let named = BandwidthRule.named.first(where: { $0.name == text }) { return named.rule }
        guard let width = PlainDecimal.value(of: text), width > 0 else {
          throw UsageError.notANumber(
            option: option, found: text, expected: "silverman, normal, scott or a width above zero")
        }
        return .fixed(width)
      }, json: { .string($0.text) })
  }()
}
