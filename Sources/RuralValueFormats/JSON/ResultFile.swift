public import RuralValue

/// What a result that `--json` or `--format json` wrote tells a table of models.
public struct ResultFile: Sendable, Equatable {
  /// Its models, as columns of a table of models.
  public let models: [ModelColumn]
  /// What it calls its variables.
  public let labels: [VariableLabels.Label]
  /// Whether it rests on simulated data.
  public let isSimulated: Bool

  /// Reads a result.
  ///
  /// Throws `ResultFileError` for what is no result, has no model, or was changed by hand.
  public init(_ bytes: [UInt8], source: String) throws(ResultFileError) {
    let kind = FileKind(lookingInto: bytes)
    guard kind == .json || kind == .text else { throw .otherKind(source: source, kind) }
    let root: JSONNode
    do throws(JSONMisreading) {
      root = try JSONReader.read(bytes)
    } catch {
      throw .noJSON(source: source, error)
    }
    guard root["schema"]?.text == "ruralvalue.result/1" else {
      throw .otherFile(source: source, schema: root["schema"]?.text)
    }
    guard let models = root["models"]?.value.elements, !models.isEmpty else {
      throw .noModels(
        source: source, command: root["command"]?.text ?? "", isOld: root["coefficients"] != nil)
    }
    let reader = ModelReader(source: source)
    self.models = try reader.list(models) { (node) throws(ResultFileError) in try reader.model(node) }
    labels = try reader.list(root["labels"]?.value.elements ?? []) { (node) throws(ResultFileError) in
      try reader.label(node)
    }
    let mark = ResultDocument.simulatedMark
    isSimulated = (root["notes"]?.value.elements ?? []).contains {
      $0.text == mark.english || $0.text == mark.chinese
    }
  }
}

/// Reads the members of a model, and says where one is off.
private struct ModelReader {
  let source: String

  func model(_ node: JSONNode) throws(ResultFileError) -> ModelColumn {
    let model = ModelColumn(
      name: try phrase(node, "name"), outcome: try text(node, "outcome"),
      coefficients: try estimates(node, "coefficients"), effects: try estimates(node, "effects"),
      footer: try list(try elements(node, "footer")) { (node) throws(ResultFileError) in try statistic(node)
      },
      cautions: try list(try elements(node, "cautions")) { (node) throws(ResultFileError) in
        try phrase(node, "text")
      })
    return node["name_column"]?.text.map { model.named(after: $0) } ?? model
  }

  func label(_ node: JSONNode) throws(ResultFileError) -> VariableLabels.Label {
    VariableLabels.Label(
      name: try text(node, "name"), english: node["label"]?.text, chinese: node["label_zh"]?.text,
      unit: node["unit"]?.text)
  }

  private func estimates(_ node: JSONNode, _ key: String) throws(ResultFileError) -> [Estimate] {
    try list(try elements(node, key)) { (node) throws(ResultFileError) in
      let (role, detail) = (try text(node, "role"), node["of"]?.text)
      guard let role = Parameter.Role(name: role, detail: detail) else {
        throw unexpected(node, "role", "a role such as \"variable\" or \"spatial_lag\"")
      }
      var reference = ReferenceDistribution.normal
      if let degrees = node["df"], degrees.value != .null {
        guard case .integer(let count) = degrees.value, count > 0 else {
          throw unexpected(node, "df", "a whole number above 0, or null")
        }
        reference = .t(degreesOfFreedom: count)
      }
      return Estimate(
        Parameter(try text(node, "parameter"), role), try number(node, "estimate") ?? .nan,
        standardError: try number(node, "std_error") ?? .nan, reference: reference)
    }
  }

  private func statistic(_ node: JSONNode) throws(ResultFileError) -> FitStatistic {
    let label = try phrase(node, "label")
    let value: FitStatistic.Value
    switch try text(node, "kind") {
    case "number": value = .number(try number(node, "value"))
    case "p_value": value = .probability(try number(node, "value"))
    case "count":
      switch node["value"]?.value {
      case .integer(let count): value = .count(count)
      case .null: value = .count(nil)
      default: throw unexpected(node, "value", "a whole number or null")
      }
    case "flag":
      guard case .boolean(let flag) = node["value"]?.value else {
        throw unexpected(node, "value", "true or false")
      }
      value = .flag(flag)
    case "text": value = .phrase(try phrase(node, "value"))
    default: throw unexpected(node, "kind", "number, count, p_value, flag or text")
    }
    return FitStatistic(try text(node, "name"), label, value)
  }

  // MARK: - Members

  /// Words in English under a key, and in Chinese under `KEY_zh` where they are otherwise.
  private func phrase(_ node: JSONNode, _ key: String) throws(ResultFileError) -> Phrase {
    let english = try text(node, key)
    return Phrase(english, zh: node["\(key)_zh"]?.text ?? english)
  }

  private func text(_ node: JSONNode, _ key: String) throws(ResultFileError) -> String {
    guard let text = node[key]?.text else { throw unexpected(node, key, "a text") }
    return text
  }

  private func number(_ node: JSONNode, _ key: String) throws(ResultFileError) -> Double? {
    switch node[key]?.value {
    case .integer(let number): Double(number)
    case .number(let number): number
    case .null: nil
    default: throw unexpected(node, key, "a number or null")
    }
  }

  private func elements(_ node: JSONNode, _ key: String) throws(ResultFileError) -> [JSONNode] {
    guard case .list(let elements) = node[key]?.value else { throw unexpected(node, key, "a list") }
    return elements
  }

  func list<Value>(
    _ nodes: [JSONNode], _ read: (JSONNode) throws(ResultFileError) -> Value
  ) throws(ResultFileError) -> [Value] {
    var values: [Value] = []
    for node in nodes { values.append(try read(node)) }
    return values
  }

  private func unexpected(_ node: JSONNode, _ key: String, _ expected: String) -> ResultFileError {
    .member(source: source, line: (node[key] ?? node).line, key: key, expected: expected)
  }
}

/// What can keep a file from being a result with models.
public enum ResultFileError: Fault {
  /// The file is no JSON.
  case noJSON(source: String, JSONMisreading)
  /// The file is of a kind that is known by its bytes, and no JSON.
  case otherKind(source: String, FileKind)
  /// The file is JSON of another kind.
  case otherFile(source: String, schema: String?)
  /// The result has no model, or was written before results had the member `models`.
  case noModels(source: String, command: String, isOld: Bool)
  /// A member is missing or of another kind.
  case member(source: String, line: Int, key: String, expected: String)

  /// The input is off.
  public var kind: FaultKind { .data }

  /// What was found, where, what was expected and what to do.
  public var description: String {
    switch self {
    case .noJSON(let source, let error):
      "\(source), line \(error.line): \(error.message)\(error.column == nil ? "" : ".") \(Self.expected)"
    case .otherKind(let source, let kind): "\(source): this is \(kind.name). \(Self.expected)"
    case .otherFile(let source, let schema):
      "\(source): \(schema.map { "the file is a \"\($0)\" and no result" } ?? "the file is no result of ruralvalue")."
        + " \(Self.expected)"
    case .noModels(let source, let command, let isOld):
      isOld
        ? "\(source): the result has no member \"models\": an older ruralvalue wrote it. Make the call once more."
        : "\(source): a result of \(command) has no model to stand in a table of models. \(Self.expected)"
    case .member(let source, let line, let key, let expected):
      "\(source), line \(line): expected \(expected) as the member \"\(key)\" of a model, and found none; the file seems"
        + " to have been changed. Make the call once more."
    }
  }

  private static let expected =
    "Expected a result of gmm, sdm or fe, as \(Setting("json")) prints it and \(Setting("format")) json writes it."
}
