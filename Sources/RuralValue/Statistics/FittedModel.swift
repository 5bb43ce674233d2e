/// What every fitted model answers; tables, JSON, comparisons, Monte Carlo and plots ask nothing else.
public protocol FittedModel: Sendable, Equatable {
  /// The verb that fits it: `gmm`.
  static var verb: String { get }
  /// How its tables differ from those of other families.
  static var form: ModelForm { get }
  /// The outcome's name.
  var outcomeName: String { get }
  /// What stands above its coefficients.
  var title: Phrase { get }
  /// The parameters in the order of the tables.
  var estimates: [Estimate] { get }
  /// The estimates' covariance, row by row in their order.
  var covariance: [[Double]] { get }
  /// The level of its intervals.
  var confidenceLevel: Double { get }
  /// The tests in the order of the tables.
  var tests: [TestResult] { get }
  /// The numbers about the model, for the table of fit, JSON and the footer of journal tables.
  var statistics: FitStatistics { get }
  /// The size of the sample.
  var sample: ResultDocument.Sample { get }
  /// What the reader must know.
  var notes: [Phrase] { get }
  /// Why its coefficients may not carry a conclusion; every table that holds one says so.
  var cautions: [Phrase] { get }
  /// The keys of tests whose rejection speaks against the model where no caution says so: `residual_lm`.
  var contraryTests: [String] { get }
  /// What else its tests say against it.
  var contraryVerdicts: [Phrase] { get }
  /// What stands below the table of coefficients besides the cautions.
  var coefficientNotes: [Phrase] { get }
  /// Terms that the others determine and that were left out.
  var omitted: [Parameter] { get }
  /// Estimates besides the parameters that comparisons know, such as sums.
  var furtherEstimates: [Estimate] { get }
  /// Effects of a change in a regressor over space, besides the parameters.
  var effectEstimates: [Estimate] { get }
  /// The tables between coefficients and tests that no other family has; people see them as they see the coefficients.
  func effectTables(_ layout: CoefficientLayout.Shape) -> [ResultDocument.Part]
  /// What stands below the table of tests.
  var testNotes: [Phrase] { get }
  /// The tables behind the fit that no other family has.
  var furtherTables: [ResultDocument.Part] { get }
  /// Members of the JSON document besides `fit`.
  var furtherValues: [JSONMember] { get }
  /// What the table for journals says besides the numbers; nil where the family has none.
  var journal: JournalTable? { get }
  /// The pictures of the report.
  var figures: [ResultFigure] { get }
  /// The models that the result holds besides, such as those of groups.
  var furtherModels: [ModelColumn] { get }
}

extension FittedModel {
  /// None, unless a family has some.
  public var effectEstimates: [Estimate] { [] }
  /// None, unless a family has some.
  public var cautions: [Phrase] { [] }
  /// None, unless a family has some.
  public var contraryTests: [String] { [] }
  /// None, unless a family has some.
  public var contraryVerdicts: [Phrase] { [] }
  /// None, unless a family has some.
  public var coefficientNotes: [Phrase] { [] }
  /// None, unless a family leaves terms out.
  public var omitted: [Parameter] { [] }
  /// None, unless a family has some.
  public var furtherValues: [JSONMember] { [] }
  /// None, unless a family has some.
  public var furtherModels: [ModelColumn] { [] }

  /// The first coefficient of this name.
  public func coefficient(_ name: String) -> Estimate? { estimates.first { $0.name == name } }

  /// The estimate of this parameter.
  public func coefficient(_ parameter: Parameter) -> Estimate? {
    estimates.first { $0.parameter == parameter }
  }

  /// What its tests say against the model, besides the cautions.
  public var objections: [Phrase] {
    contraryTests.compactMap { test($0)?.rejection } + contraryVerdicts
  }

  /// The test of this key.
  public func test(_ key: String) -> TestResult? { tests.first { $0.key == key } }
}

/// One number, count or word about a model.
public struct FitStatistic: Sendable, Equatable {
  /// What it is.
  public enum Value: Sendable, Equatable {
    /// A number; nil where the model has none.
    case number(Double?)
    /// A count; nil where the model has none.
    case count(Int?)
    /// A p value; nil where it cannot be computed.
    case probability(Double?)
    /// Yes or no.
    case flag(Bool)
    /// A word; nil where there is none.
    case word(String?)
    /// A few words that a table of models shows in place of a number.
    case phrase(Phrase)
  }

  /// The key, a promise to scripts: `log_likelihood`.
  public let key: String
  /// What people call it.
  public let label: Phrase
  /// What it is.
  public let value: Value

  /// A statistic from its key, its label and what it is.
  public init(_ key: String, _ label: Phrase, _ value: Value) {
    self.key = key
    self.label = label
    self.value = value
  }

  /// A statistic that no table shows.
  init(_ key: String, _ value: Value) {
    self.init(key, Phrase(verbatim: key), value)
  }

  /// What a table shows; NaN where there is nothing.
  var number: Double {
    switch value {
    case .number(let number), .probability(let number): number ?? .nan
    case .count(let count): count.map(Double.init) ?? .nan
    case .flag(let flag): flag ? 1 : 0
    case .word, .phrase: .nan
    }
  }

  /// Whether the model has nothing of the kind, so that the table of fit leaves it out.
  var isAbsent: Bool {
    switch value {
    case .number(let number), .probability(let number): number == nil
    case .count(let count): count == nil
    case .flag: false
    case .word, .phrase: true
    }
  }

  /// How a table shows it.
  var display: NumberDisplay {
    switch value {
    case .number, .word: .inference(.estimate)
    case .count: .quantity
    case .probability: .probability
    case .flag: .checkMark
    case .phrase(let phrase): .words(phrase)
    }
  }

  /// What JSON has.
  var json: JSONValue {
    switch value {
    case .number(let number), .probability(let number): JSONValue(number)
    case .count(let count): count.map(JSONValue.integer) ?? .null
    case .flag(let flag): .boolean(flag)
    case .word(let word): JSONValue(word)
    case .phrase(let phrase): .string(phrase.english)
    }
  }
}

/// The numbers about a model, each once, and which of them stand where.
public struct FitStatistics: Sendable, Equatable {
  /// All of them.
  public let all: [FitStatistic]
  /// The keys of those in JSON's `fit`, in its order.
  public let json: [String]
  /// The keys of those in the table of fit, in its order; one without a number is left out.
  public let table: [String]
  /// The keys of those below the rule of a journal table.
  public let journal: [String]
  /// The keys of those below the rule of a table of models, which may be of several families.
  public let footer: [String]

  init(all: [FitStatistic], json: [String], table: [String], journal: [String], footer: [String]? = nil) {
    self.all = all
    self.json = json
    self.table = table
    self.journal = journal
    self.footer = footer ?? journal
  }

  /// The statistics of these keys, in their order.
  func selected(_ keys: [String]) -> [FitStatistic] {
    keys.compactMap { key in all.first { $0.key == key } }
  }
}
