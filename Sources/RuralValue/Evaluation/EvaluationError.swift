/// What can keep an evaluation from being computed.
public enum EvaluationError: Fault {
  /// The scorecard has no row.
  case noIndicators(source: String)
  /// The scorecard lacks one of its columns.
  case noCardColumn(name: String, source: String, columns: [String])
  /// A cell of the scorecard that must not be empty is.
  case emptyCell(source: String, line: Int, column: String)
  /// A direction is neither + nor −.
  case unknownDirection(found: String, source: String, line: Int, column: String)
  /// One column stands twice in one index, for the same region.
  case repeatedIndicator(
    column: String, index: String, region: String?, source: String, firstLine: Int, secondLine: Int)
  /// A weight is below zero.
  case negativeWeight(Double, indicator: String, source: String, line: Int)
  /// The rows of one indicator differ in direction.
  case twoDirections(column: String, source: String, firstLine: Int, secondLine: Int)
  /// The rows of one indicator differ in weight.
  case twoWeights(column: String, source: String, firstLine: Int, secondLine: Int)
  /// A threshold stands on the wrong side of another.
  case wrongSide(WrongSide)
  /// Some indicators of an index have a weight and some have none.
  case partlyWeighted(index: String, source: String, lines: [Int])
  /// The weights of an index do not add up to one.
  case weightsDoNotAdd(index: String, source: String, sum: Double)
  /// The chosen rule needs a threshold that a row leaves out.
  case thresholdNeeded(name: String, rule: String, indicator: String, source: String, line: Int)
  /// A goalpost without a distance between its ends.
  case redIsTarget(Double, indicator: String, source: String, line: Int)
  /// An indicator's column is not in the panel.
  case noSuchColumn(
    column: String, indicator: String, card: String, line: Int, source: String, columns: [String])
  /// An indicator's column holds no value at all.
  case noValues(column: String, indicator: String, card: String, line: Int, source: String)
  /// The scorecard has thresholds of regions and nothing says where the regions stand.
  case noRegions(source: String, region: String, columns: [String])
  /// The scorecard names a region that the panel does not have.
  case unknownRegion(String, source: String, line: Int, column: String, regions: [String])
  /// A period that is asked for is not in the panel.
  case noSuchPeriod(String, setting: String, source: String, periods: [String])
  /// No unit has every cell that entropy weights need.
  case noCompleteUnit(index: String, column: String, source: String)
  /// A population or an income is below zero.
  case negativeValue(Double, column: String, unit: String, period: String, source: String)
  /// The populations of a period add up to nothing.
  case noPopulation(column: String, period: String, source: String)

  /// Two thresholds that stand the wrong way round.
  public struct WrongSide: Sendable, Equatable {
    let indicator: String
    let source: String
    let line: Int
    let isPositive: Bool
    let worse: String
    let worseValue: Double
    let better: String
    let betterValue: Double
  }

  /// A period that is absent is a matter of the call, all else of the data.
  public var kind: FaultKind {
    if case .noSuchPeriod = self { return .usage }
    if case .noRegions = self { return .usage }
    return .data
  }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    func number(_ value: Double) -> String { RoundTripNumber.text(value) }
    let columnList = Scorecard.columnNames.joined(separator: ",")
    switch self {
    case .noIndicators(let source):
      return "\(source): there is no indicator; expected a row an indicator with the columns \(columnList)."
    case .noCardColumn(let name, let source, let columns):
      return "\(source): a scorecard has the columns \(columnList); there is no \"\(name)\" among"
        + " \(listed(columns)).\(NearestName.question(for: name, among: columns)) Cells of target, yellow, red and"
        + " weight may be empty, the columns must be there."
    case .emptyCell(let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": the cell is empty; every indicator needs one."
    case .unknownDirection(let found, let source, let line, let column):
      return "\(source), line \(line), column \"\(column)\": found \"\(found)\", expected + (more is better)"
        + " or - (less is better)."
    case .repeatedIndicator(let column, let index, let region, let source, let first, let second):
      let place = region.map { " for region \"\($0)\"" } ?? ""
      return "\(source): column \"\(column)\" stands twice in index \(index)\(place), on lines \(first) and"
        + " \(second); it would count twice. Remove one of them\(region == nil ? ", or name a region in one" : "")."
    case .negativeWeight(let weight, let indicator, let source, let line):
      return
        "\(source), line \(line): the weight of \"\(indicator)\" is \(number(weight)); expected none below 0."
    case .twoDirections(let column, let source, let first, let second):
      return
        "\(source): column \"\(column)\" has one direction on line \(first) and the other on line \(second);"
        + " regions may differ in thresholds, not in what is better."
    case .twoWeights(let column, let source, let first, let second):
      return
        "\(source): column \"\(column)\" has different weights on lines \(first) and \(second); regions may differ"
        + " in thresholds, not in weights. Leave the weight of a region's row empty."
    case .wrongSide(let side):
      let order = side.isPositive ? "red ≤ yellow ≤ target" : "target ≤ yellow ≤ red"
      return
        "\(side.source), line \(side.line): \"\(side.indicator)\" has direction \(side.isPositive ? "+" : "-") and"
        + " \(side.worse) \(number(side.worseValue)), \(side.better) \(number(side.betterValue)); expected \(order)."
        + " Check the numbers, or the direction."
    case .partlyWeighted(let index, let source, let lines):
      return "\(source): in index \(index) the weight is empty on line\(lines.count == 1 ? "" : "s")"
        + " \(lines.map(String.init).joined(separator: ", ")) and given on others; expected a weight in every row, or in"
        + " none for equal weights."
    case .weightsDoNotAdd(let index, let source, let sum):
      return
        "\(source): the weights of index \(index) add up to \(FixedDecimals.text(sum, atMost: 9)); expected 1. They"
        + " are not rescaled in silence: correct them, or leave all empty for equal weights."
    case .thresholdNeeded(let name, let rule, let indicator, let source, let line):
      return
        "\(source), line \(line), column \"\(name)\": the cell is empty for \"\(indicator)\"; \(rule) needs it. Fill"
        + " it in, or choose another rule."
    case .redIsTarget(let value, let indicator, let source, let line):
      return
        "\(source), line \(line): \"\(indicator)\" has target and red both at \(number(value)), so that nothing lies"
        + " between for (value − red)/(target − red); expected two numbers."
    case .noSuchColumn(let column, let indicator, let card, let line, let source, let columns):
      return
        "\(source): there is no column \"\(column)\", which \(card), line \(line) names for \"\(indicator)\"."
        + "\(NearestName.question(for: column, among: columns)) The columns are: \(listed(columns))."
    case .noValues(let column, let indicator, let card, let line, let source):
      return
        "\(source), column \"\(column)\": there is not one value for \"\(indicator)\" (\(card), line \(line)). Take"
        + " the row out of the scorecard, or fill the column."
    case .noRegions(let source, let region, let columns):
      return "\(source) has thresholds of its own for region \"\(region)\"; expected \(Setting("region")) or"
        + " \(Setting("by")), the panel's column of regions. The columns are: \(listed(columns))."
    case .unknownRegion(let region, let source, let line, let column, let regions):
      return
        "\(source), line \(line), column \"region\": found \"\(region)\", which column \"\(column)\" of the panel does"
        + " not have.\(NearestName.question(for: region, among: regions)) It has: \(listed(regions))."
    case .noSuchPeriod(let period, let setting, let source, let periods):
      return "\(Setting(setting)) names \(period), which \(source) does not have; its periods are"
        + " \(listed(periods))."
    case .noCompleteUnit(let index, let column, let source):
      return
        "\(source): entropy weights need units that have every indicator of index \(index) in every period, and no"
        + " unit has; \"\(column)\" lacks most. Fill gaps with `ruralvalue prepare \(Setting("interpolate")) \(column)`,"
        + " keep to other periods with \(Setting("periods")), or give the weights in the scorecard."
    case .negativeValue(let value, let column, let unit, let period, let source):
      return
        "\(source), column \"\(column)\": found \(number(value)) for \"\(unit)\" in \(period); expected none below 0."
    case .noPopulation(let column, let period, let source):
      return
        "\(source), column \"\(column)\": in \(period) all add up to 0; expected people by whom to weigh."
    }
  }
}
