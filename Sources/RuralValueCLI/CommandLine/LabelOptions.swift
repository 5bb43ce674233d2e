import RuralValue
import RuralValueFormats

/// What tables and pictures call variables: the options of every verb.
struct LabelOptions: OptionGroup {
  /// The labels as the call writes them, `P=Population flow`; of a verb whose own option `label` names a column, that too.
  var texts: [String] = []
  /// The tables of labels.
  var files: [String] = []

  static let options: [Option<LabelOptions>] = [
    Option(
      \.texts, "label", .labels, default: [],
      "what tables and pictures call a name, such as \"P=Population flow\", with ;zh=人口流 behind it in Chinese and ;unit=persons"
        + " with a unit; csv and json keep the names"),
    Option(
      repeating: \.files, "label-file", .file,
      "a table of such labels with the columns name,label,label_zh,unit, or an indicator system"),
  ]

  /// The labels, those of files first, so that what stands in the call holds before them.
  func read(_ inputs: InputReader) throws -> VariableLabels {
    let tables = try files.flatMap { try VariableLabels.Label.labels(in: try inputs.table($0)) }
    return VariableLabels(tables + texts.compactMap { VariableLabels.Label($0) })
  }

  /// The column that a verb's own option `label` names, where it does.
  var column: String? { texts.last { !$0.contains("=") } }

  /// Says which labels are of no name that there is.
  ///
  /// A file of labels serves a whole paper, and is only spoken of where not one of its names is there. `options` are the
  /// words for the two, which a study calls otherwise.
  func notes(
    _ labels: VariableLabels, known: Set<String>,
    options: (text: String, file: String) = ("--label", "--label-file")
  ) -> [Phrase] {
    let own = texts.compactMap { VariableLabels.Label($0)?.name }.firstAppearances
    let among = known.sorted()
    var notes = own.filter { !known.contains($0) }.map { name in
      let nearest = NearestName.question(for: name, among: among)
      return Phrase(
        "\(options.text): there is no \"\(name)\" to be called otherwise.\(nearest)",
        zh: "\(options.text)：没有名为“\(name)”的变量。\(nearest)")
    }
    if !files.isEmpty, !labels.names.contains(where: { known.contains($0) && !own.contains($0) }),
      labels.names.contains(where: { !own.contains($0) })
    {
      let name = files.map(FileName.written).joined(separator: ", ")
      notes.append(
        Phrase(
          "\(options.file): \(name) has a label for nothing that is here.",
          zh: "\(options.file)：\(name)中的名称均未出现。"))
    }
    return notes
  }
}

extension VariableLabels.Label {
  /// A label as a call writes it: `P=Population flow;zh=人口流;unit=persons`; nil without a name or without any words.
  init?(_ text: String) {
    let parts = elements(of: text, separator: "=")
    guard parts.count > 1, let sign = text.firstIndex(of: "=") else { return nil }
    // A sign inside backticks belongs to the name.
    let quoted = parts[0].hasPrefix("`") && parts[0].hasSuffix("`")
    let end = quoted ? text.index(text.startIndex, offsetBy: Self.length(ofQuoted: text)) : sign
    guard end < text.endIndex, text[end] == "=" else { return nil }
    let name = unquoted(CellText.trimmed(String(text[..<end])))
    var (words, chinese, unit) = ([String](), String?.none, String?.none)
    for part in text[text.index(after: end)...].split(separator: ";", omittingEmptySubsequences: false) {
      if !words.isEmpty, part.hasPrefix("zh=") {
        chinese = CellText.trimmed(String(part.dropFirst(3)))
      } else if !words.isEmpty, part.hasPrefix("unit=") {
        unit = CellText.trimmed(String(part.dropFirst(5)))
      } else {
        words.append(String(part))
      }
    }
    let label = CellText.trimmed(words.joined(separator: ";"))
    let isEmpty = label.isEmpty && (chinese ?? "").isEmpty && (unit ?? "").isEmpty
    guard !name.isEmpty, !isEmpty else { return nil }
    self.init(
      name: name, english: label.isEmpty ? nil : label, chinese: chinese.flatMap { $0.isEmpty ? nil : $0 },
      unit: unit.flatMap { $0.isEmpty ? nil : $0 })
  }

  /// How long the text is up to its second backtick and the blanks behind it.
  private static func length(ofQuoted text: String) -> Int {
    var marks = 0
    for (place, letter) in text.enumerated() {
      if letter == "`" { marks += 1 }
      if marks >= 2, letter != "`", !letter.isWhitespace { return place }
    }
    return text.count
  }
}

extension OptionKind where Value == [String] {
  /// Names with their labels.
  static let labels = labels { text in
    guard VariableLabels.Label(text) == nil else { return nil }
    return "a column and its name, such as P=Population flow"
  }

  /// Names with their labels, or the column of the units' names, which has no sign of equality.
  static let labelsOrColumn: OptionKind = {
    var kind = labels { text in
      guard text.contains("="), VariableLabels.Label(text) == nil else { return nil }
      return "a column of names, or a column and its name, such as P=Population flow"
    }
    kind.placeholder = "COL|X=NAME"
    kind.mentions = { $0.filter { !$0.contains("=") }.map(OptionMention.column) }
    return OptionKind(
      shape: .column, placeholder: kind.placeholder, read: kind.read,
      json: { texts in
        texts.isEmpty
          ? .null : texts.count == 1 && !texts[0].contains("=") ? .string(texts[0]) : JSONValue(texts)
      }, mentions: kind.mentions, combine: kind.combine)
  }()

  private static func labels(_ expected: @escaping @Sendable (String) -> String?) -> OptionKind {
    OptionKind(
      shape: .text, placeholder: "X=NAME",
      read: { text, option in
        if let expected = expected(text) {
          throw UsageError.notANumber(option: option, found: text, expected: expected)
        }
        return [text]
      }, json: { JSONValue($0) }, combine: { $0 + $1 })
  }
}
