import RuralValue

/// One verb of the command line: its page of help, and what it does.
///
/// `init` turns the words of the call into checked options; `run` does the work. Neither prints: what a
/// command answers is delivered in one place.
protocol Command {
  /// The verb's name, its help and its options.
  static var definition: CommandDefinition { get }
  /// Checks the options of a call.
  init(_ arguments: ParsedArguments) throws
  /// Reads the inputs and computes the answer.
  func run(_ inputs: InputReader) throws -> CommandAnswer
}

/// What a command answers.
struct CommandAnswer {
  /// The tables, the specification and the notes.
  let document: ResultDocument
  /// Where a command's main product is a data set, the table that goes to standard output as CSV when
  /// there is no `--out`; the report then goes to standard error.
  var piped: ResultTable? = nil
  /// Where a command makes one file of a format of its own, such as a map.
  var product: Product? = nil
  /// What stands on standard output in the place of the tables, unless they are wanted as JSON.
  var text: String? = nil
  /// Lines below the tables on standard output, never broken, since paths stand in them.
  var closing: [Phrase] = []
  /// Figures that go to the folder of `--out` beside the tables.
  var drawings: [Drawing] = []
  /// What went wrong without ending the run: for standard error, also where notes are unwanted.
  var complaints: [String] = []
  /// What the shell is told once the answer is delivered.
  var exitCode: ExitCode = .done

  /// A figure with its file's name and what stands below it in a report.
  struct Drawing {
    let name: String
    let svg: String
    let caption: Phrase
  }

  /// A file that is not a table.
  struct Product {
    let bytes: [UInt8]
    /// Its path; `-` is standard output, and the report then goes to standard error.
    let path: String
  }
}

/// A verb's name, its help and its options.
struct CommandDefinition {
  let name: String
  /// One line for the list of commands.
  let summary: String
  /// The call's shape after the verb: `PANEL.csv --indicators SYSTEM.csv`.
  let usage: String
  /// The first thing that help shows.
  let examples: [Example]
  let options: [OptionDefinition]
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

  /// The options of every command, but for those that the verb has under the same name.
  var sharedOptions: [OptionDefinition] {
    OptionDefinition.shared.filter { shared in
      !options.contains { $0.name == shared.name } && !(writesOneFile && shared.name == "--format")
    }
  }

  /// The verb's own options and those that every command has.
  var allOptions: [OptionDefinition] { options + sharedOptions }
}

/// An option's name, its value and its line of help.
struct OptionDefinition {
  /// The name with its dashes: `--shift`.
  let name: String
  /// What stands for the value in help, or nil for a flag.
  let value: String?
  /// One sentence, with the default.
  let help: String
  /// The values that are allowed, where they are few.
  let choices: [String]
  /// Whether a call may give it more than once.
  let repeats: Bool

  /// Whether the value is itself words of a call, and may begin with a dash.
  var holdsWords: Bool { value == "WORDS" }

  /// An option that has a value.
  init(_ name: String, _ value: String, repeats: Bool = false, _ help: String) {
    self.init(name, value: value, choices: [], repeats: repeats, help: help)
  }

  /// An option whose value is one of a few.
  init(_ name: String, choices: [String], _ help: String) {
    self.init(name, value: choices.joined(separator: "|"), choices: choices, repeats: false, help: help)
  }

  /// A flag.
  init(_ name: String, help: String) {
    self.init(name, value: nil, choices: [], repeats: false, help: help)
  }

  private init(_ name: String, value: String?, choices: [String], repeats: Bool, help: String) {
    self.name = name
    self.value = value
    self.choices = choices
    self.repeats = repeats
    self.help = help
  }
}
