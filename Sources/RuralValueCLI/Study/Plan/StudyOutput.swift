import RuralValue
import RuralValueFormats

/// The block `output`, the language and the seed: how everything that the study writes looks.
struct StudyOutput {
  /// The keys of the file that it reads.
  static let keys = ["title", "language", "seed", "output", "labels", "sources"]

  var title: String?
  var language = Language.english
  var seed: Int?
  /// The folder as the study file names it.
  var folder = "results"
  var formats: [OutputFormat] = [.csv]
  var figures: [PictureFormat] = [.svg]
  var figureWidth: PictureWidth?
  var digits: NumberDigits?
  var stars: [Double]?
  var maximumMemory = 4.0
  var isSpreadsheetSafe = false
  /// What all steps call variables.
  var labels = StudyLabels()
  /// Where the data come from.
  var sources = StudySources()

  /// Reads the file's first keys.
  init(_ members: [(key: String, node: StudyNode)], in text: StudyText) {
    for (key, node) in members {
      switch key {
      case "title": title = node.word(in: text)
      case "language":
        let choices = Language.allCases.map(\.rawValue)
        if let word = node.word(in: text, expected: "one of \(choices.joined(separator: ", "))") {
          if let language = Language(rawValue: word) {
            self.language = language
          } else {
            text.note(node.path, "is \"\(word)\"; expected \"en\" or \"zh\".")
          }
        }
      case "labels": labels = StudyLabels(node, in: text)
      case "sources": sources = StudySources(node, in: text)
      case "seed": seed = node.integer(in: 0...Int.max, text)
      case "output":
        for (key, node) in node.members(
          known: ["folder", "formats", "figures", "width", "digits", "stars"], in: text)
        {
          read(key, node, in: text)
        }
      default: break
      }
    }
  }

  private mutating func read(_ key: String, _ node: StudyNode, in text: StudyText) {
    switch key {
    case "folder": folder = Self.folder(node, in: text) ?? folder
    case "digits":
      digits = node.value.word.flatMap { NumberDigits($0) }
      if digits == nil {
        text.note(node.path, "found \(node.value.found); expected \(NumberDigits.expected).")
      }
    case "stars":
      let levels = node.elements().compactMap {
        $0.number(in: text, expected: "levels such as [0.1, 0.05, 0.01]")
      }
      guard (1...3).contains(levels.count), levels.allSatisfy({ $0 > 0 && $0 < 1 }),
        Set(levels).count == levels.count
      else {
        text.note(node.path, "expected one to three levels between 0 and 1, such as [0.1, 0.05, 0.01].")
        return
      }
      stars = levels.sorted(by: >)
    case "figures":
      let known: [PictureFormat] = Self.choices(
        node, in: text, expected: "formats such as [\"svg\", \"png\"]")
      if !known.isEmpty { figures = known }
    case "width":
      let expected = "a width from 10mm to 1000mm, such as \"85mm\""
      guard let word = node.word(in: text, expected: expected) else { return }
      figureWidth = PictureWidth(word)
      if figureWidth == nil { text.note(node.path, "is \"\(word)\"; expected \(expected).") }
    default:
      let known: [OutputFormat] = Self.choices(node, in: text, expected: "formats such as [\"csv\", \"tex\"]")
      if !known.isEmpty { formats = known }
    }
  }

  /// The formats that a list names, each once; notes what is none.
  private static func choices<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
    _ node: StudyNode, in text: StudyText, expected: String
  ) -> [Choice] {
    let names = node.words(in: text, expected: expected)
    let choices = Choice.allCases.map(\.rawValue)
    for name in names where !choices.contains(name) {
      text.note(
        node.path,
        "there is no format \"\(name)\".\(NearestName.question(for: name, among: choices)) The formats are: "
          + "\(choices.joined(separator: ", ")).")
    }
    return names.firstAppearances.compactMap(Choice.init)
  }

  /// The folder's name, which stands in calls, and in lists there.
  private static func folder(_ node: StudyNode, in text: StudyText) -> String? {
    guard let name = node.word(in: text, expected: "the name of a folder") else { return nil }
    let isOption = name.hasPrefix("-")
    guard !isOption,
      !name.contains(where: { ",;".contains($0) || $0.unicodeScalars.contains { $0.value < 0x20 } })
    else {
      text.note(
        node.path,
        "is \"\(name)\"; expected the name of a folder without commas and semicolons that does not begin with -."
      )
      return nil
    }
    return plain(name)
  }

  /// The folder's name without a slash at its end.
  static func plain(_ folder: String) -> String {
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder.isEmpty ? "results" : folder
  }

  /// Takes what a call of `study` says otherwise than the file.
  mutating func take(_ call: CallFrame) {
    let rendering = call.delivery.rendering
    if call.given.contains("--lang") { language = rendering.language }
    if call.given.contains("--digits") { digits = rendering.digits }
    if call.given.contains("--stars") { stars = rendering.starLevels }
    if call.given.contains("--figures") { figures = call.delivery.figures }
    if call.given.contains("--width") { figureWidth = call.delivery.figureWidth }
    labels.take(call.delivery.labels)
    maximumMemory = call.delivery.maximumMemory
    isSpreadsheetSafe = call.delivery.isSpreadsheetSafe
  }

  /// The options of every call that differ from the verbs' own defaults.
  func given(formats: [OutputFormat]) -> [Call.Given] {
    var given: [Call.Given] = []
    if formats != [.csv], !formats.isEmpty {
      given.append(Call.Given("--format", formats.map(\.rawValue).joined(separator: ",")))
    }
    if language != .english { given.append(Call.Given("--lang", language.rawValue)) }
    if let digits, digits != 3 { given.append(Call.Given("--digits", digits.text)) }
    if let stars, stars != StarMarks.defaultLevels {
      given.append(Call.Given("--stars", stars.map { "\($0)" }.joined(separator: ",")))
    }
    if maximumMemory != 4 { given.append(Call.Given("--max-memory", "\(maximumMemory)")) }
    if isSpreadsheetSafe { given.append(Call.Given("--spreadsheet-safe", "")) }
    return given
  }
}

extension CallFrame {
  /// What a call of `study` says otherwise than the file, as options of such a call.
  var studyOptions: [Call.Given] {
    let rendering = delivery.rendering
    let options: [(name: String, texts: [String])] = [
      ("--lang", [rendering.language.rawValue]), ("--digits", [rendering.digits.text]),
      ("--stars", [rendering.starLevels.map { "\($0)" }.joined(separator: ",")]),
      ("--figures", [delivery.figures.map(\.rawValue).joined(separator: ",")]),
      ("--width", delivery.figureWidth.map { [$0.text] } ?? []), ("--label", delivery.labels.texts),
      ("--label-file", delivery.labels.files), ("--max-memory", ["\(delivery.maximumMemory)"]),
      ("--spreadsheet-safe", [""]),
    ]
    return options.filter { given.contains($0.name) }.flatMap { option in
      option.texts.map { Call.Given(option.name, $0) }
    }
  }
}
