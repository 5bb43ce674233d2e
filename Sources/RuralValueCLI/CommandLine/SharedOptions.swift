import RuralValue
import RuralValueFormats

extension OptionDefinition {
  /// The options of every command.
  static let shared: [OptionDefinition] = [
    OptionDefinition("--out", "DIR", "write the result tables into DIR, each whole or not at all"),
    OptionDefinition(
      "--format", "LIST", "files that --out writes: csv, md, tex, html, json; e.g. csv,tex (default csv)"),
    OptionDefinition("--json", help: "one JSON document on standard output instead of text tables"),
    OptionDefinition("--lang", choices: ["en", "zh"], "language of headings and notes (default en)"),
    OptionDefinition("--digits", "N", "decimals in text, md, tex and html tables (default 3)"),
    OptionDefinition("--stars", "A,B,C", "significance levels for *, **, *** (default 0.1,0.05,0.01)"),
    OptionDefinition("--quiet", help: "no progress and no notes on standard error"),
    OptionDefinition("--help", help: "this page"),
  ]

  /// The options of commands that read a panel or another table from a CSV file.
  static let table: [OptionDefinition] =
    [
      OptionDefinition("--unit", "COL", "the column of county codes or names (default: the first)"),
      OptionDefinition("--time", "COL", "the column of years (default: the second)"),
      OptionDefinition("--periods", "A:B", "keep only the periods from A to B; either end may be open"),
      OptionDefinition(
        "--where", "COL=VALUE", repeats: true,
        "keep only such rows: \"region=PRD,East\", \"region!=PRD\", \"V>=0.2\""),
    ] + csv

  /// The options of every verb that estimates a model.
  static let model: [OptionDefinition] = [
    OptionDefinition("--confidence", "LEVEL", "level of intervals (default 0.95)"),
    OptionDefinition("--covariance", help: "also the covariance matrix of the coefficients"),
  ]

  /// How a CSV file is to be read.
  static let csv: [OptionDefinition] = [
    OptionDefinition("--encoding", "NAME", "the input's encoding, e.g. gb18030 (default: detected)"),
    OptionDefinition("--separator", "NAME", "comma, tab, semicolon or one character (default: detected)"),
    OptionDefinition("--header-rows", "N", "rows of column names; 0 where there are none (default 1)"),
    OptionDefinition("--skip-lines", "N", "lines above the header to leave out (default 0)"),
    OptionDefinition("--skip-footer", "N", "rows below the data to leave out (default 0)"),
  ]
}

/// The file formats of `--out`.
enum OutputFormat: String, CaseIterable {
  case csv, md, tex, html, json
}

/// Where and how an answer is delivered.
struct DeliveryOptions {
  let directory: String?
  var formats: [OutputFormat]
  let isJSON: Bool
  let isQuiet: Bool
  let rendering: RenderOptions

  /// Options from their values, for what no call asks for.
  init(directory: String?, formats: [OutputFormat], rendering: RenderOptions) {
    self.directory = directory
    self.formats = formats
    self.rendering = rendering
    isJSON = false
    isQuiet = true
  }

  /// Checks the shared options of a call.
  init(_ arguments: ParsedArguments) throws(UsageError) {
    directory = arguments.command.writesOneFile ? nil : arguments.text("--out")
    var formats: [OutputFormat] = []
    for name in arguments.list("--format") {
      guard let format = OutputFormat(rawValue: name) else {
        throw .notAChoice(option: "--format", found: name, choices: OutputFormat.allCases.map(\.rawValue))
      }
      if !formats.contains(format) { formats.append(format) }
    }
    guard formats.isEmpty || directory != nil else {
      throw .conflict("--format says which files --out writes; expected --out DIR beside it.")
    }
    self.formats = formats.isEmpty ? [.csv] : formats
    isJSON = arguments.has("--json")
    isQuiet = arguments.has("--quiet")

    var levels = [0.1, 0.05, 0.01]
    if arguments.text("--stars") != nil {
      levels = arguments.list("--stars").compactMap(Double.init).sorted(by: >)
      guard levels.count == arguments.list("--stars").count, (1...3).contains(levels.count),
        levels.allSatisfy({ $0 > 0 && $0 < 1 }), Set(levels).count == levels.count
      else {
        throw .notANumber(
          option: "--stars", found: arguments.text("--stars")!,
          expected: "one to three levels between 0 and 1, such as 0.1,0.05,0.01")
      }
    }
    rendering = RenderOptions(
      language: arguments.choice("--lang", default: .english),
      digits: try arguments.integer("--digits", in: 0...15) ?? 3, starLevels: levels)
  }
}
