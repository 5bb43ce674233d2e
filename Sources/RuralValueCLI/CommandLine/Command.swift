import RuralValue
import RuralValueFormats

/// One verb of the command line: its page of help, its options, and what it does.
///
/// A verb holds the values of its options, each at its default before a call sets them. `check` looks at what
/// several of them say together; `answer` does the work and leaves the values in force behind, such as the
/// columns that were found. Neither prints: what a command answers is delivered in one place.
protocol Command: OptionGroup {
  /// The verb's name and its page of help.
  static var definition: CommandDefinition { get }
  /// The inputs of the call, and the options that every verb has.
  var call: CallFrame { get set }
  /// Throws for options that contradict each other.
  func check() throws
  /// Reads the inputs and computes the answer.
  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer
}

/// What the call of any verb has besides the verb's own options.
struct CallFrame: Sendable {
  /// The words that are no options: files.
  var inputs: [String] = []
  /// The names of the options that the call gives.
  var given: Set<String> = []
  /// Where and how the answer is delivered.
  var delivery = DeliveryOptions()
  /// How wide a study prints the pictures that it makes of the call's drawings.
  var studyWidth: PictureWidth?
  /// What people call variables, once a run has read them.
  var labels = VariableLabels()
  /// Whether a preparation goes on without a new column that the data do not allow, as in a study, where other steps
  /// have no need of it.
  var leavesOutImpossibleColumns = false
  /// What earlier steps of a study say of columns whose names do not say it.
  var meanings: [ColumnMeaning] = []
}

extension Command {
  func check() throws {}

  /// What is to be known of the verb's options, its own first.
  static var optionDefinitions: [OptionDefinition] { allOptions.map(\.definition) }

  /// How many options are the verb's own.
  static var ownOptionCount: Int { options.count }

  /// The verb's own options and those that every verb has.
  static var allOptions: [Option<Self>] {
    let own = Set(options.map(\.definition.name))
    return options
      + DeliveryOptions.options.lifted(\Self.call.delivery).filter { shared in
        switch shared.definition.name {
        case "--format": !definition.writesOneFile
        case "--figures": definition.pictures == .many
        case "--width": definition.pictures != .none
        case let name: !own.contains(name)
        }
      }
  }

  /// The verb with every option at its default.
  static func standard() -> Self {
    var verb = Self()
    for option in allOptions { option.reset(&verb) }
    return verb
  }

  /// The verb with one option as a call gives it. Throws `UsageError`, or what the value's type throws.
  func with(_ name: String, _ text: String) throws -> Self {
    guard let option = Self.allOptions.first(where: { $0.definition.name == name }) else { return self }
    var verb = self
    try option.put(&verb, text)
    verb.call.given.insert(name)
    return verb
  }

  /// Throws for an option that must be given and is not, and for options that contradict each other.
  func checkAll() throws {
    try call.delivery.check(given: call.given, hasOwnFolder: Self.definition.writesOneFile)
    try check()
    for option in Self.options {
      let definition = option.definition
      // A list of nothing but commas names nothing.
      let isMissing = !call.given.contains(definition.name) || option.member(self).value == .array([])
      if let purpose = definition.purpose, isMissing {
        throw UsageError.missingOption(
          option: definition.call, command: Self.definition.name, purpose: purpose)
      }
    }
  }

  /// What the options' values name.
  var mentions: [(option: String, what: OptionMention)] {
    Self.allOptions.flatMap { option in option.mentions(self).map { (option.definition.name, $0) } }
  }

  /// Does the work; the document's specification then has every option in force, and what the verb adds.
  func run(_ inputs: InputReader) throws -> CommandAnswer {
    var verb = self
    // What cannot be drawn is said before anything is computed.
    try call.delivery.pictures.requireProgram()
    let limit = ProcessMemory.limit(MemoryLimit(gigabytes: call.delivery.maximumMemory))
    let progress = inputs.progress(isQuiet: call.delivery.isQuiet)
    defer { progress.clear() }
    verb.call.labels = try call.delivery.labels.read(inputs)
    var answer = try MemoryLimit.$current.withValue(limit) {
      try ProgressReport.$current.withValue(progress.report(in: call.delivery.rendering.language)) {
        do { return try verb.answer(inputs) } catch { throw inputs.explained(error) }
      }
    }
    let more = answer.document.specification
    let members = Self.allOptions.map { option in
      more.first { $0.key == option.definition.jsonKey } ?? option.member(verb)
    }
    answer.document.specification =
      members + more.filter { extra in !members.contains { $0.key == extra.key } }
    // Before words stand in the place of names.
    let document = answer.document.spelling(settings: Message.option).adding(
      meanings: call.meanings + answer.meanings, named: Set(mentions.compactMap(\.what.column)))
    answer.document = document.worded(by: verb.call.labels)
    let names = document.wordedNames
    answer.document.labels = verb.call.labels.labels(of: names)
    if !inputs.looksForLabels || !verb.call.labels.isEmpty {
      answer.labelledNames.formUnion(inputs.columns.union(names))
    }
    if inputs.looksForLabels, !verb.call.labels.isEmpty {
      answer.document = answer.document.adding(
        notes: call.delivery.labels.notes(verb.call.labels, known: answer.labelledNames))
    }
    return answer
  }
}

extension CallFrame {
  /// The drawings of figures that have a file of their own, where there is a folder for them.
  func drawings(of figures: [ResultFigure]) -> [CommandAnswer.Drawing] {
    guard delivery.directory != nil else { return [] }
    return figures.compactMap { figure in
      guard let name = figure.name, let drawn = drawing(figure) else { return nil }
      return .init(name: "\(name).svg", svg: drawn.svg, caption: drawn.caption)
    }
  }
}

extension CallFrame {
  /// The drawing of a figure in the call's words; nil for one with nothing to draw.
  func drawing(_ figure: ResultFigure) -> ReportFigure? {
    ReportFigure(figure.worded(by: labels), language: delivery.rendering.language)
  }
}

/// What a command answers.
struct CommandAnswer {
  /// The tables and the notes; its specification holds members that are no option, or whose value only the run
  /// knows, until the options' own are set before them.
  var document: ResultDocument
  /// Where a command's main product is a data set, the table that goes to standard output as CSV when
  /// there is no `--out`; the report then goes to standard error.
  var piped: ResultTable? = nil
  /// Where a command makes one file of a format of its own, such as a map.
  var product: Product? = nil
  /// Where the first table or the whole answer goes to one file that the call names.
  var tableFile: TableFile? = nil
  /// What stands on standard output in the place of the tables, unless they are wanted as JSON.
  var text: String? = nil
  /// Lines below the tables on standard output, never broken, since paths stand in them.
  var closing: [Phrase] = []
  /// Figures that go to the folder of `--out` beside the tables.
  var drawings: [Drawing] = []
  /// Pages for people that go to the folder of `--out` beside the tables.
  var pages: [Page] = []
  /// What went wrong without ending the run: for standard error, also where notes are unwanted.
  var complaints: [String] = []
  /// Names that a label may be of: what the answer calls by labels besides its tables, and from its run on all of them.
  var labelledNames: Set<String> = []
  /// What columns of the answer are whose names do not say it.
  var meanings: [ColumnMeaning] = []
  /// The new columns that the data do not allow, where the call goes on without them.
  var leftOut: [PreparationReport.LeftOut] = []
  /// What the shell is told once the answer is delivered.
  var exitCode: ExitCode = .done

  /// A file of the answer itself, in the format of its ending.
  struct TableFile {
    let path: String
    let format: OutputFormat
  }

  /// A figure with its file's name and what stands below it in a report.
  struct Drawing {
    let name: String
    let svg: String
    let caption: Phrase
  }

  /// A page of HTML with its file's name.
  struct Page {
    let name: String
    let text: String
  }

  /// The drawings, in the formats that are asked for, and pages as files. Throws `FileError`.
  func otherFiles(_ pictures: PictureMaker) throws -> [(name: String, bytes: [UInt8])] {
    try drawings.flatMap { try pictures.files(of: $0.svg, named: $0.name) }
      + pages.map { ($0.name, Array($0.text.utf8)) }
  }

  /// A file that is not a table.
  struct Product {
    let bytes: [UInt8]
    /// Its path; `-` is standard output, and the report then goes to standard error.
    let path: String
    /// Of a drawing, the same as it is printed in the width that the call gives: pictures are made of this one.
    var printed: String? = nil

    init(bytes: [UInt8], path: String) {
      self.bytes = bytes
      self.path = path
    }

    /// A table as CSV, as the call delivers it.
    init(_ table: ResultTable, path: String, _ delivery: DeliveryOptions) {
      self.init(bytes: delivery.csv(table), path: path)
    }
  }
}

/// A verb's name and what its page of help says besides its options.
struct CommandDefinition {
  let name: String
  /// One line for the list of commands.
  let summary: String
  /// The call's shape after the verb: `PANEL.csv --indicators SYSTEM.csv`.
  let usage: String
  /// The first thing that help shows.
  let examples: [Example]
  /// What the reader should know besides, in short paragraphs.
  var remarks: [String] = []
  /// How many inputs a call has.
  var inputs: ClosedRange<Int> = 1...1

  struct Example {
    /// What the example achieves.
    let purpose: String
    /// The call as one would type it.
    let call: String
  }

  /// Whether `--out` names a file instead of a folder.
  var writesOneFile = false
  /// What pictures the verb makes.
  var pictures = PictureOutput.none
}
