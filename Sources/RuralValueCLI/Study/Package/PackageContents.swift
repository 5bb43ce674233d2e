import RuralValue
import RuralValueFormats

/// What a package holds and how it was made, as its `package.json` says.
///
/// The digests of results are not repeated here: they stand in the manifest of the results.
struct PackageContents {
  /// The file's name in the package.
  static let name = "package.json"
  private static let schema = "ruralvalue.package/1"

  let title: String
  let language: Language
  /// The folder of the results.
  let results: String
  /// Options with which `study` was called, which the study file does not say.
  let options: [Call.Given]
  /// Whether the data are in the package, or only their digests.
  let hasData: Bool
  let data: [PackagedFile]
  let exhibits: [PackagedExhibit]
  /// The results that the package does not hold because they repeat the data.
  let leftOut: [String]
  /// The digest of the manifest of the results.
  let manifestSHA256: String
  /// What it was made with; nil where the file was read.
  var environment: ComputingEnvironment?

  /// The manifest's place in the package.
  var manifest: String { "\(results)/manifest.json" }

  /// The file's bytes.
  var bytes: [UInt8] {
    JSONWriter.bytes(
      .object(
        [
          JSONMember("schema", .string(Self.schema)), JSONMember("version", .string(ToolVersion.number)),
          JSONMember("title", .string(title)), JSONMember("language", .string(language.rawValue)),
          JSONMember("study", .string(PackagedStudy.name)), JSONMember("results", .string(results)),
          JSONMember("options", .array(options.map { JSONValue([$0.name, $0.text]) })),
          JSONMember("includes_data", .boolean(hasData)),
          JSONMember("data", .array(data.map { .object($0.members) })),
          JSONMember("left_out", JSONValue(leftOut)),
          JSONMember(
            "manifest",
            .object([JSONMember("path", .string(manifest)), JSONMember("sha256", .string(manifestSHA256))])),
          JSONMember("exhibits", .array(exhibits.map { .object($0.members) })),
        ] + (environment.map { [$0.member] } ?? [])))
  }

  init(
    title: String, language: Language, results: String, options: [Call.Given], hasData: Bool,
    data: [PackagedFile],
    exhibits: [PackagedExhibit], leftOut: [String], manifestSHA256: String, environment: ComputingEnvironment?
  ) {
    self.title = title
    self.language = language
    self.results = results
    self.options = options
    self.hasData = hasData
    self.data = data
    self.exhibits = exhibits
    self.leftOut = leftOut
    self.manifestSHA256 = manifestSHA256
    self.environment = environment
  }

  /// Reads the file of a package. Throws `PackageError.noPackage` for any other.
  init(_ bytes: [UInt8], source: String) throws(PackageError) {
    guard let node = try? JSONReader.read(bytes), node["schema"]?.text == Self.schema,
      let results = node["results"]?.text, let manifest = node["manifest"]?["sha256"]?.text,
      // What leads out of the package is of no package of ours.
      ([results] + (node["data"]?.value.elements ?? []).compactMap { $0["path"]?.text }).allSatisfy(
        Self.isInside)
    else { throw .noPackage(source: source) }
    title = node["title"]?.text ?? ""
    language = node["language"]?.text.flatMap(Language.init) ?? .english
    self.results = results
    options = (node["options"]?.value.elements ?? []).compactMap { pair in
      let texts = pair.value.elements.compactMap(\.text)
      return texts.count == 2 ? Call.Given(texts[0], texts[1]) : nil
    }
    hasData = node["includes_data"]?.value == .boolean(true)
    data = (node["data"]?.value.elements ?? []).compactMap(PackagedFile.init)
    exhibits = (node["exhibits"]?.value.elements ?? []).compactMap(PackagedExhibit.init)
    leftOut = (node["left_out"]?.value.elements ?? []).compactMap(\.text)
    manifestSHA256 = manifest
  }

  private static func isInside(_ path: String) -> Bool {
    !path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .contains { ["", ".", ".."].contains(String(decoding: $0, as: UTF8.self)) }
  }
}

extension PackagedFile {
  fileprivate var members: [JSONMember] {
    let words = source?.words ?? [:]
    return [
      JSONMember("path", .string(path)), JSONMember("sha256", .string(sha256)),
      JSONMember("bytes", .integer(size)),
    ] + StudySources.Source.keys.map { key in JSONMember(key, words[key].map { .string($0) } ?? .null) }
  }

  fileprivate init?(_ node: JSONNode) {
    guard let path = node["path"]?.text, let sha256 = node["sha256"]?.text,
      case .integer(let size)? = node["bytes"]?.value
    else { return nil }
    (self.path, self.sha256, self.size) = (path, sha256, size)
    let words = StudySources.Source.keys.compactMap { key in node[key]?.text.map { (key, $0) } }
    let source = StudySources.Source(Dictionary(words) { first, _ in first })
    self.source = source.isEmpty ? nil : source
  }
}

extension PackagedExhibit {
  fileprivate var members: [JSONMember] {
    [
      JSONMember("kind", .string(kind.rawValue)), JSONMember("number", .string(number)),
      JSONMember("title", .string(title.english)), JSONMember("title_zh", .string(title.chinese)),
      JSONMember("step", .string(step)), JSONMember("files", JSONValue(files)),
    ]
  }

  fileprivate init?(_ node: JSONNode) {
    guard let kind = node["kind"]?.text.flatMap(Kind.init),
      let number = node["number"]?.text,
      let title = node["title"]?.text, let step = node["step"]?.text
    else { return nil }
    self.init(
      kind: kind, number: number, title: Phrase(title, zh: node["title_zh"]?.text ?? title), step: step,
      files: (node["files"]?.value.elements ?? []).compactMap(\.text))
  }
}
