import RuralValue
import RuralValueFormats

/// `ruralvalue table`: models of any results side by side, as a paper prints them.
struct TableCommand: Command {
  static let definition = CommandDefinition(
    name: "table",
    summary: "results of fe, gmm and sdm side by side: one table for the paper",
    usage: "A.json [B.json …] [options]",
    examples: [
      .init(
        purpose: "three models in one Word table",
        call:
          "ruralvalue fe panel.csv --formula 'V ~ P + C' --json > fe.json"
          + "\nruralvalue sdm panel.csv --formula 'V ~ P + C' --weights queen.csv --json > sdm.json"
          + "\nruralvalue table fe.json sdm.json --out table2.docx"),
      .init(
        purpose: "a heading above columns, some terms, t instead of standard errors",
        call:
          "ruralvalue table a.json b.json c.json --group 'Baseline:1;Robust:2-3' --keep 'P,C,P:C' --brackets t"
      ),
      .init(
        purpose: "direct, indirect and total effects beside each other",
        call: "ruralvalue table sdm.json --effects wide --out table6.tex"),
    ],
    remarks: [
      """
      A result is what --json prints and --format json writes; one with several models, as of several weights or \
      groups, gives a column each. A term that only some models have leaves the others' places empty. Dummies of \
      periods are not shown: the row "Effects of periods" says where they are.
      """,
      """
      --keep, --drop and --order take names as results have them (lag(V, 1), P:C, W*lnP, direct P) or patterns \
      with * and ?: W*, direct *.
      """,
    ], inputs: 1...Int.max)

  static let options: [Option<TableCommand>] = [
    Option(
      \.outputPath, "out", .output.called("FILE|DIR"),
      "a file, whose ending tells its format (docx, tex, html, md, csv, json), or a folder for those of --format;"
        + " without it the table goes to standard output"),
    Option(
      \.specification.groups, "group", .columnGroups,
      "headings above columns: \"Baseline:1-2;Robust:3-5\""),
    Option(\.specification.kept, "keep", .termPatterns, "show these terms alone"),
    Option(\.specification.dropped, "drop", .termPatterns, "leave these terms out"),
    Option(\.specification.ordered, "order", .termPatterns, "these terms first, in this order"),
    Option(
      \.specification.effects, "effects", .choice, default: .panels,
      "direct, indirect and total effects: in blocks below the coefficients, as rows, beside each other instead of"
        + " the coefficients, or not at all"),
    Option(
      \.specification.below, "brackets", .choice, default: .standardError,
      "below estimates: standard errors in parentheses, or t or p in brackets"),
    Option(\.specification.title, "title", .text, "what stands above the table"),
  ]

  var call = CallFrame()
  var specification = ModelTableSpecification()
  /// A file, or a folder to which the call is delivered as those of other verbs are.
  var outputPath: String? {
    didSet { call.delivery.directory = fileFormat == nil && outputPath != "-" ? outputPath : nil }
  }

  /// The format of the file that `--out` names; nil where it names a folder.
  private var fileFormat: OutputFormat? { ending.flatMap { OutputFormat(rawValue: $0.lowercased()) } }

  /// The ending of what `--out` names.
  private var ending: String? {
    guard let outputPath, !outputPath.hasSuffix("/") else { return nil }
    let parts = FileName.last(of: outputPath).split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? parts.last.map(String.init) : nil
  }

  func check() throws {
    // A file of another format, `t.doc`, would become a folder of that name.
    guard let outputPath, let ending, fileFormat == nil, !ending.isEmpty, ending.allSatisfy(\.isLetter),
      FileStatus(at: outputPath)?.kind != .folder
    else { return }
    let formats = OutputFormat.allCases.map(\.rawValue)
    throw UsageError.conflict(
      "--out \(outputPath) ends in .\(ending), which is no format of tables."
        + "\(NearestName.question(for: ending, among: formats)) Expected one of \(formats.joined(separator: ", ")), or a"
        + " folder, with / behind it where its name has a dot.")
  }

  mutating func answer(_ inputs: InputReader) throws -> CommandAnswer {
    var models: [ModelTable.Source] = []
    var labels: [VariableLabels.Label] = []
    for path in call.inputs {
      let source = InputReader.name(of: path)
      let result = try ResultFile(try inputs.bytes(of: path), source: source)
      inputs.look(at: result)
      models += result.models.map { .init($0, source: source) }
      // Of two results the first one's words hold, and before both those of the call.
      labels = result.labels + labels
    }
    call.labels = call.labels.over(labels)
    noteRepeated(inputs)
    let table = try ModelTable(models, specification)
    let document = try table.document(levels: call.delivery.rendering.starLevels).adding(notes: inputs.notes)
    var answer = CommandAnswer(document: document)
    if let outputPath, let format = fileFormat { answer.tableFile = .init(path: outputPath, format: format) }
    return answer
  }

  /// Says which results stand twice in the call, which may be a slip.
  private func noteRepeated(_ inputs: InputReader) {
    let names = call.inputs.map(InputReader.name)
    for name in names.firstAppearances where names.count(where: { $0 == name }) > 1 {
      inputs.note([
        Phrase(
          "\(name) is named more than once, and so are its columns.", zh: "\(name)重复给出，其各列亦重复。")
      ])
    }
  }
}

extension OptionKind where Value == [TermPattern] {
  /// Names of terms and patterns, separated by commas.
  fileprivate static let termPatterns = OptionKind(
    shape: .list, placeholder: "TERMS",
    read: { text, _ in TermPattern.list(text) },
    json: { JSONValue($0.map(\.text)) })
}

extension OptionKind where Value == [ModelTableSpecification.Group] {
  /// Headings and the columns below them, separated by semicolons.
  fileprivate static let columnGroups = OptionKind(
    shape: .text, placeholder: "NAME:A-B;…",
    read: { text, option in
      guard let groups = ModelTableSpecification.groups(in: text) else {
        throw UsageError.notANumber(
          option: option, found: text,
          expected: "headings with the columns below them, such as \"Baseline:1-2;Robust:3-5\"")
      }
      return groups
    },
    json: { groups in
      .string(
        groups.map { "\($0.heading):\($0.columns.lowerBound)-\($0.columns.upperBound)" }.joined(
          separator: ";"))
    })
}

extension ModelTableSpecification {
  /// Headings and the columns below them, as in `Baseline:1-2;Robust:3-5`; nil for another text.
  static func groups(in text: String) -> [Group]? {
    var groups: [Group] = []
    for part in elements(of: text, separator: ";") where !part.isEmpty {
      guard let colon = part.lastIndex(of: ":") else { return nil }
      let heading = CellText.trimmed(String(part[..<colon]))
      let ends = part[part.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
        .map { Int(CellText.trimmed(String($0))) }
      guard !heading.isEmpty, (1...2).contains(ends.count), let first = ends[0],
        let last = ends[ends.count - 1],
        first >= 1, first <= last
      else { return nil }
      groups.append(Group(heading: heading, columns: first...last))
    }
    return groups
  }
}

extension TermPattern {
  /// Names and patterns, separated by commas; `lag(V, 1)` is one name.
  static func list(_ text: String) -> [TermPattern] {
    var names: [String] = []
    for part in elements(of: text) {
      if let last = names.last, last.count(where: { $0 == "(" }) > last.count(where: { $0 == ")" }) {
        names[names.count - 1] = "\(last), \(part)"
      } else {
        names.append(part)
      }
    }
    return names.filter { !$0.isEmpty }.map { TermPattern($0) }
  }
}
