import RuralValue
import RuralValueFormats

/// What `call.json` says of one call whose results stand in its folder. There is no clock in it, so that the same call
/// gives the same bytes.
struct CallRecord {
  /// A file of the folder with the digest of its bytes.
  struct Output: Equatable {
    let name: String
    let sha256: String
  }

  /// The whole record as it is written.
  let json: JSONValue
  /// The verb and the words after it.
  let words: [String]
  let outputs: [Output]

  /// The record of a call that wrote these files.
  init(
    _ call: Call, specification: [JSONMember], inputs: [InputDigest],
    files: [(name: String, bytes: [UInt8])]
  ) {
    let outputs = files.map { Output(name: $0.name, sha256: SHA256.hexadecimal($0.bytes)) }
    let arguments = call.words.map(FileName.written)
    func file(_ path: String, _ sha256: String) -> JSONValue {
      .object([JSONMember("path", .string(path)), JSONMember("sha256", .string(sha256))])
    }
    self.outputs = outputs
    words = [call.verb.definition.name] + arguments
    json = .object([
      JSONMember("command", .string(call.verb.definition.name)),
      JSONMember("arguments", JSONValue(arguments)),
      JSONMember("version", .string(ToolVersion.number)), JSONMember("specification", .object(specification)),
      JSONMember("inputs", .array(inputs.map { file($0.path, $0.sha256) })),
      JSONMember("outputs", .array(outputs.map { file($0.name, $0.sha256) })),
    ])
  }

  /// The call as one would type it.
  var line: String { (["ruralvalue"] + words).map(ShellText.quoted).joined(separator: " ") }

  /// The digests that stand for a name.
  func digests(of name: String) -> [String] {
    outputs.filter { FileName.isSame($0.name, name) }.map(\.sha256)
  }
}

extension CallRecord {
  /// A record as JSON has it; nil where it is none, or names a file outside its folder.
  fileprivate init?(_ node: JSONNode) {
    guard let command = node["command"]?.text, let arguments = node["arguments"]?.value.elements,
      let files = node["outputs"]?.value.elements
    else { return nil }
    words = [command] + arguments.compactMap(\.text)
    outputs = files.compactMap { file in
      guard let name = file["path"]?.text, let sha256 = file["sha256"]?.text, !name.isEmpty, name != "..",
        name != ".", FileName.folder(of: name).isEmpty
      else { return nil }
      return Output(name: name, sha256: sha256)
    }
    guard outputs.count == files.count, words.count == arguments.count + 1 else { return nil }
    json = JSONValue(node)
  }
}

/// `call.json`: the calls whose results stand in a folder, in the order in which they first wrote there.
struct CallDocument {
  static let name = "call.json"
  private static let schema = "ruralvalue.call/1"

  var calls: [CallRecord] = []

  init() {}

  /// The document from its bytes; nil where they are somebody else's.
  init?(_ bytes: [UInt8]) {
    guard let node = try? JSONReader.read(bytes), node["schema"]?.text == Self.schema,
      let elements = node["calls"]?.value.elements
    else { return nil }
    calls = elements.compactMap(CallRecord.init)
    guard calls.count == elements.count else { return nil }
  }

  var bytes: [UInt8] {
    JSONWriter.bytes(
      .object([JSONMember("schema", .string(Self.schema)), JSONMember("calls", .array(calls.map(\.json)))]))
  }

  /// Whether a call wrote such a file under the name.
  func knows(_ name: String, _ digest: String) -> Bool {
    calls.contains { $0.digests(of: name).contains(digest) }
  }
}

extension JSONValue {
  /// The value of a node, without its lines.
  fileprivate init(_ node: JSONNode) {
    self =
      switch node.value {
      case .null: .null
      case .boolean(let isTrue): .boolean(isTrue)
      case .integer(let number): .integer(number)
      case .number(let number): .number(number)
      case .text(let text): .string(text)
      case .list(let nodes): .array(nodes.map { JSONValue($0) })
      case .object(let members): .object(members.map { JSONMember($0.key, JSONValue($0.node)) })
      }
  }
}
