import RuralValue
import RuralValueFormats

/// `ruralvalue study`: a whole paper from one file.
struct StudyCommand: Command {
  static let definition = CommandDefinition(
    name: "study",
    summary: "a whole study from one file: tables, maps, a report and a manifest",
    usage: "STUDY.json [--out DIR] [--jobs N] [--package DIR] | PACKAGE [--out DIR] | --init DIR",
    examples: [
      .init(
        purpose: "a commented study file and an indicator system to begin with",
        call: "ruralvalue study --init mystudy"),
      .init(
        purpose: "is everything in order? Nothing is run", call: "ruralvalue study mystudy/study.json --check"
      ),
      .init(
        purpose: "all tables, maps and the report, two steps at a time",
        call: "ruralvalue study mystudy/study.json --jobs 2"),
      .init(
        purpose: "a replication package for the journal",
        call: "ruralvalue study mystudy/study.json --package package"),
      .init(purpose: "elsewhere, the package run again and compared", call: "ruralvalue study package"),
    ],
    remarks: [
      """
      The study file is JSON, with comments after //. Its blocks are \
      \(StudyCompiler.keys.dropLast().joined(separator: ", ")) and \(StudyCompiler.keys.last ?? ""); all but \
      panel may be absent. Inside a block stand the options of the verb that it calls, without dashes. Paths are \
      relative to the study file.
      """,
      """
      Each step writes into a folder of its own; report.html shows everything, manifest.json names every file \
      by its digest. A step whose inputs and options have not changed is not run again. A step that fails leaves \
      the others: the report says why, and the exit code is its. Tables of more than 300 rows are written as CSV \
      alone. With the format docx in the block output, tables.docx holds the report's tables; figures and width there make \
      PNG or PDF of every drawing, which stays itself, for the report is made of it. Where a file stands that the study did not write, or that was changed since, it is kept beside the \
      new one as NAME.kept. What a step left behind is believed only where your own key signed it: a folder that \
      somebody else sends is run again. The key is $XDG_STATE_HOME/ruralvalue/record-key or \
      ~/.local/state/ruralvalue/record-key.
      """,
      """
      --package copies every input to data/ (of a shapefile all parts), gives the study file the new paths, and runs it \
      there; nothing in the package tells of the machine's folders. README.md lists the data with their digests and the \
      sources that the block sources: { "panel.csv": "where it comes from" } names, the machine, the time, and of each \
      table and figure the call and the files. study PACKAGE checks the data, runs the study into results-new and says \
      which files, tables and figures differ, where first and by how much: the exit code is 0 where all print the same and \
      6 where any differs or the data are others. With --check it runs nothing.
      """,
    ], inputs: 0...1, writesOneFile: true, pictures: .many)

  static let options: [Option<StudyCommand>] = [
    Option(
      \.outputPath, "out", .folder(),
      "the folder of the outputs (default: the study's own, beside the study file)"),
    Option(
      \.jobs, "jobs", .integer(1...256), default: 1,
      "how many steps run side by side {default}; results do not depend on it"),
    Option(\.checksOnly, "check", .flag, "say what would be run and what is wrong, and run nothing"),
    Option(\.isFresh, "fresh", .flag, "run every step, also where nothing has changed since the last run"),
    Option(
      \.keyPath, "record-key", .file,
      "the key by which a later run knows what this one wrote, made if it is missing; jobs of one study on several"
        + " machines share it (default: your own, in your state folder)"),
    Option(
      \.templateFolder, "init", .folder(),
      "write a commented study file, an indicator system and a README.txt"),
    Option(\.template, "template", .choice, default: .hunan, "the system that --init writes"),
    Option(
      \.packageFolder, "package", .folder(),
      "make a replication package in DIR, which must be new or empty: data, study file, results and a README.md after the"
        + " data editors' template"),
    Option(
      \.withoutData, "without-data", .flag,
      "leave the data out of the package, and say by digest and source which they are"),
  ]

  var call = CallFrame()
  var outputPath: String?
  var jobs = 1
  var checksOnly = false
  var isFresh = false
  var keyPath: String?
  var templateFolder: String?
  var template = IndicatorTemplate.hunan
  var packageFolder: String?
  var withoutData = false

  /// The study file, or the package to be run again; a call that writes a new study has none.
  var path: String? { call.inputs.first }

  func check() throws {
    guard (path == nil) != (templateFolder == nil) else {
      throw path == nil
        ? UsageError.wrongInputCount(command: "study", found: 0, usage: Self.definition.usage)
        : UsageError.conflict("--init writes a new study; expected it without a study file.")
    }
    guard templateFolder != nil || !call.given.contains("--template") else {
      throw UsageError.conflict("--template goes with --init DIR.")
    }
    guard !withoutData || packageFolder != nil else {
      throw UsageError.conflict("--without-data goes with --package DIR.")
    }
    guard packageFolder == nil || outputPath == nil && !checksOnly && templateFolder == nil else {
      throw UsageError.conflict(
        "--package runs the study into the package; expected it without --out, --check and --init.")
    }
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    if let templateFolder {
      return try StudyTemplate(template).write(
        to: templateFolder, language: call.delivery.rendering.language)
    }
    guard let path else { throw UsageError.wrongInputCount(command: "study", found: 0, usage: "") }
    if let package = try Self.package(at: path) {
      guard packageFolder == nil else {
        throw UsageError.conflict(
          "--package makes a package of a study file; found one that is made, \(package).")
      }
      if let option = call.studyOptions.first(where: { $0.name != "--lang" }) {
        throw UsageError.conflict(
          "A package is run with the options with which it was made; expected it without \(option.name).")
      }
      return try verify(package, inputs)
    }
    let ready = try ready(path, bytes: try inputs.bytes(of: path))
    if let packageFolder { return try package(ready, into: packageFolder, inputs) }
    return checksOnly ? try check(ready.plan, ready.reach) : try run(ready, inputs)
  }
}
