import RuralValue
import RuralValueFormats

/// Turns a study file into steps.
///
/// Each block becomes calls of verbs; what a block leaves out is filled in from the blocks before it. Problems
/// are noted where they stand, and compiling goes on, so that one call names them all.
struct StudyCompiler {
  /// The file's blocks, in the order of the chain.
  static let keys = [
    "title", "language", "seed", "output", "panel", "prepare", "indicators", "analysis", "describe",
    "weights",
    "models", "moran", "hotspots", "robustness", "maps",
  ]

  let text: StudyText
  let files: StudyFiles
  let output: StudyOutput
  let blocks: [String: StudyNode]
  var steps: [StudyStep] = []
  var names = StudyNames()
  /// The panel before the indices, and the one for the models.
  var panel = StudyTable(path: "", step: nil, words: [], columns: nil)
  var analysis = StudyTable(path: "", step: nil, words: [], columns: nil)
  var system: IndicatorSystem?
  /// What the scores call the panel's own keys, where they call them otherwise.
  var keyNames: [String: String] = [:]
  /// The spatial weights by the names that the study gives them; the first is the main one.
  var weights: [(name: String, path: String, step: String)] = []
  /// The polygons that a map draws where it names none.
  var polygons: String?
  /// The table of hot-spot classes, where there is one.
  var hotspots: StudyTable?
  var models: [CompiledModel] = []

  /// A model and what its variants start from.
  struct CompiledModel {
    let name: String
    let step: String
    let call: StudyCall
  }

  /// Compiles a study. Problems are noted in `text`, which the caller asks for them.
  static func compile(_ text: StudyText, files: StudyFiles, overrides: StudyOverrides) -> StudyPlan {
    let members = text.root.members(known: keys, in: text)
    var output = StudyOutput(members, in: text)
    overrides.apply(to: &output)
    var compiler = StudyCompiler(
      text: text, files: files, output: output,
      blocks: Dictionary(members.map { ($0.key, $0.node) }) { first, _ in first })
    compiler.compileAll()
    return StudyPlan(
      source: text.source, output: output, panelPath: compiler.panelPath, steps: compiler.steps,
      inputs: files.required)
  }

  private(set) var panelPath = ""

  private init(text: StudyText, files: StudyFiles, output: StudyOutput, blocks: [String: StudyNode]) {
    self.text = text
    self.files = files
    self.output = output
    self.blocks = blocks
  }

  private mutating func compileAll() {
    guard case .object = text.root.value else { return }
    guard let block = blocks["panel"] else {
      text.note("", "there is no block \"panel\"; expected panel: { file: \"panel.csv\" }.")
      return
    }
    panelPath = compilePanel(block)
    compileIndicators()
    compileAnalysis()
    compileDescription()
    compileWeights()
    compileModels()
    compileMoran()
    compileHotspots()
    compileSpatialModels()
    compileRobustness()
    compileMaps()
  }

  /// Adds a step that calls a verb, and checks its words as the verb does.
  ///
  /// Returns the step's name. `product` names a file of the step where the verb writes one file of its own;
  /// `feeds` is set where other steps read the step's CSV files.
  @discardableResult
  mutating func add(
    _ name: String, path: String, _ chapter: ReportChapter, _ title: Phrase, verb: CommandDefinition,
    input: String, _ words: [String], needs: [String] = [], feeds: Bool = false, product: String? = nil
  ) -> String {
    let name = names.unique(name)
    let out = product.map { "\(folder(name))/\($0)" } ?? folder(name)
    var formats = output.formats
    if feeds, !formats.contains(.csv) { formats.insert(.csv, at: 0) }
    var rendering = output.words(format: verb.writesOneFile ? [] : formats)
    if !verb.allOptions.contains(where: { $0.name == "--digits" }) { rendering = [] }
    let call = [verb.name, input] + Self.latest(words, verb) + ["--out", out] + rendering
    check(call, verb, path: path)
    steps.append(
      StudyStep(
        name: name, path: path, chapter: chapter, title: title, action: .call(call),
        needs: needs.firstAppearances))
    return name
  }

  /// The words with each option that is given once at most in its last place: a model's `periods` goes before
  /// the panel's.
  private static func latest(_ words: [String], _ verb: CommandDefinition) -> [String] {
    var kept: [[String]] = []
    var place = 0
    while place < words.count {
      let option = verb.allOptions.first { $0.name == words[place] }
      let length = option?.value == nil ? 1 : 2
      if option?.value != nil, option?.repeats == false { kept.removeAll { $0[0] == words[place] } }
      kept.append(Array(words[place..<min(place + length, words.count)]))
      place += length
    }
    return kept.flatMap { $0 }
  }

  /// Adds a step that is no call.
  mutating func add(_ step: StudyStep) { steps.append(step) }

  /// A step's folder as calls name it.
  func folder(_ step: String) -> String { "\(output.folder)/\(step)" }

  /// Notes what the verb itself says of the words.
  private func check(_ words: [String], _ verb: CommandDefinition, path: String) {
    guard let command = CommandLineTool.commands.first(where: { $0.definition.name == verb.name }) else {
      return
    }
    do {
      let arguments = try ParsedArguments(Array(words.dropFirst()), command: command.definition)
      _ = try DeliveryOptions(words: arguments)
      _ = try command.init(arguments)
    } catch let error as UsageError {
      if case .missingOption = error, text.hasProblem(within: path) { return }
      // A step of preparation has said it at its own place.
      if text.hasProblem("\(error)", within: path) { return }
      let key = error.option.map { StudyNode.path(path, String($0.dropFirst(2))) }
      text.note(key.flatMap { text.lines[$0] == nil ? nil : $0 } ?? path, error)
    } catch {
      text.note(path, error)
    }
  }

  /// Notes a file that is not there; returns whether it is.
  @discardableResult
  func requireFile(_ path: String, at place: String, hint: String = "") -> Bool {
    do {
      try files.require(path)
      return true
    } catch {
      text.note(place, "\(error)\(hint)", kind: (error as? any Fault)?.kind ?? .file)
      return false
    }
  }

  /// A heading from the user's words, or the study's own.
  func title(_ call: StudyCall, _ standard: Phrase) -> Phrase {
    call.own["title"]?.word(in: text).map { Phrase(verbatim: $0) } ?? standard
  }

  /// The name of an element of a list, or a standard one.
  func name(_ call: StudyCall, default standard: String) -> String {
    let name = call.own["name"]?.word(in: text).map(CellText.trimmed) ?? standard
    return name.isEmpty ? standard : name
  }
}
