/// Everything that a command answers: what was asked, on which sample, and the tables.
public struct ResultDocument: Sendable, Equatable {
  /// The command's name.
  public let command: String
  /// Every option in force, defaults included.
  public var specification: [JSONMember]
  /// The size of the sample, if the command has one.
  public let sample: Sample?
  /// The results in the order in which they are shown.
  public private(set) var parts: [Part]
  /// Members of the JSON document besides the tables: `fit`, `islands`.
  public private(set) var values: [JSONMember]
  /// What the reader must know; shown below the tables and on standard error.
  public private(set) var notes: [Phrase]
  /// What a model estimates, for comparisons; without the dummies of periods.
  public internal(set) var estimates: [Estimate] = []
  /// The effects of a model over space, besides its estimates.
  public internal(set) var effects: [Estimate] = []
  /// The tests of a model.
  public internal(set) var tests: [TestResult] = []
  /// What its tests say against the model, besides the cautions.
  public internal(set) var objections: [Phrase] = []
  /// The models as columns of a table of models, in which `table` sets results side by side.
  public var models: [ModelColumn] = []
  /// What the models' variables are called, for tables that are made of the result.
  public var labels: [VariableLabels.Label] = []
  /// The level of the estimates' intervals.
  public internal(set) var confidenceLevel = 0.95
  /// Why the numbers may not carry a conclusion: what its tables say, each once.
  public var cautions: [Phrase] { parts.flatMap(\.table.cautions).firstAppearances }
  /// The pictures that a report shows with the tables.
  public private(set) var figures: [ResultFigure]

  /// A document from its parts.
  public init(
    command: String, specification: [JSONMember] = [], sample: Sample?, parts: [Part],
    values: [JSONMember] = [], notes: [Phrase] = [], figures: [ResultFigure] = []
  ) {
    self.command = command
    self.specification = specification
    self.sample = sample
    self.parts = parts
    self.values = values
    self.notes = notes
    self.figures = figures
  }

  /// The document with more notes before its own.
  public func adding(notes more: [Phrase]) -> ResultDocument {
    var document = self
    document.notes = more + notes
    return document
  }

  /// The document with a comparison of groups before its tests, its member and its pictures.
  public func adding(_ groups: GroupComparison) -> ResultDocument {
    var document = self
    let place = parts.firstIndex { $0.table.name == "tests" } ?? parts.count
    document.parts.insert(contentsOf: groups.parts, at: place)
    document.values.append(groups.member(confidenceLevel: confidenceLevel))
    document.figures += groups.figures(confidenceLevel: confidenceLevel)
    if let whole = models.first { document.models = ModelColumn.beside(groups.columns, whole) }
    return document
  }

  /// The document with those of its parts that fulfil a condition.
  public func keeping(_ isKept: (Part) -> Bool) -> ResultDocument {
    var document = self
    document.parts = parts.filter(isKept)
    return document
  }

  /// The document with other tables and pictures.
  func mapping(
    tables table: (ResultTable) -> ResultTable, figures figure: (ResultFigure) -> ResultFigure
  ) -> ResultDocument {
    var document = self
    document.parts = parts.map { $0.mapping(table) }
    document.figures = figures.map(figure)
    return document
  }

  /// The document whose sentences spell settings as `spelling` has it: its notes, and what its tables and values say.
  public func spelling(settings spelling: (String) -> String) -> ResultDocument {
    func wording(_ text: String) -> String { RowWord.spelled(in: Setting.spelled(in: text, spelling)) }
    var document = self
    document.notes = notes.map { $0.worded(wording) }
    document.models = models.map { $0.worded(wording) }
    document.values = values.map { JSONMember($0.key, $0.value.worded(wording)) }
    document.parts = parts.map { $0.mapping { $0.worded(wording) } }
    return document
  }

  /// What stands below every table that rests on simulated data.
  public static let simulatedMark = Phrase(
    "Simulated data: about no real county.", zh: "模拟数据，不代表任何真实县域。")

  /// The document with every table saying that its data are simulated, wherever the table travels.
  public var markedAsSimulated: ResultDocument {
    var document = self
    document.parts = parts.map { part in
      // A table that has the mark of itself, as a map's legend, is not marked twice.
      part.mapping { $0.adding(notes: $0.notes.contains(Self.simulatedMark) ? [] : [Self.simulatedMark]) }
    }
    return document
  }

  /// The size of a sample.
  public struct Sample: Sendable, Equatable {
    /// The number of unit-periods used.
    public let observations: Int
    /// The number of units.
    public let units: Int
    /// The number of periods.
    public let periods: Int
    /// Rows of the input that were not used.
    public let droppedRows: Int

    /// A sample from its counts.
    public init(observations: Int, units: Int, periods: Int, droppedRows: Int = 0) {
      self.observations = observations
      self.units = units
      self.periods = periods
      self.droppedRows = droppedRows
    }
  }

  /// A table and where it goes.
  public struct Part: Sendable, Equatable {
    /// The table.
    public let table: ResultTable
    /// Whether it stands among the text tables on standard output.
    public let isShown: Bool
    /// Whether `--out` writes it to a file.
    public let isWritten: Bool
    /// Whether another table of the document has the same numbers for people; where all tables stand together, this one
    /// does not.
    public let isRepeated: Bool
    /// Its key in the JSON document, if it is there.
    public let jsonKey: String?

    /// A table and where it goes.
    public init(
      _ table: ResultTable, shown: Bool = true, written: Bool = true, repeated: Bool = false, jsonKey: String?
    ) {
      self.table = table
      isShown = shown
      isWritten = written
      isRepeated = repeated
      self.jsonKey = jsonKey
    }

    /// The same with another table.
    func mapping(_ transform: (ResultTable) -> ResultTable) -> Part {
      Part(transform(table), shown: isShown, written: isWritten, repeated: isRepeated, jsonKey: jsonKey)
    }
  }
}
