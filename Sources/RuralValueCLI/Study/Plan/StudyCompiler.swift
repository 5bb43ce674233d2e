import RuralValue
import RuralValueFormats

/// A block of the study file, and the steps that it becomes.
protocol StudyBlock {
  /// Its key, with the block around it: `moran`, `models.gmm`; behind it keys of other blocks that it reads too.
  static var keys: [String] { get }
  /// Adds its steps. What the block leaves out is filled in from the blocks before it.
  static func compile(_ node: StudyNode, into study: inout StudyCompiler)
  /// Adds the steps that the study has without the block.
  static func compileStandard(into study: inout StudyCompiler)
}

extension StudyBlock {
  static func compileStandard(into study: inout StudyCompiler) {}
}

/// Turns a study file into steps.
///
/// Problems are noted where they stand, and compiling goes on, so that one call names them all.
struct StudyCompiler {
  /// The blocks, in the order of the chain.
  static var blocks: [any StudyBlock.Type] {
    [
      PanelBlock.self, IndicatorBlock.self, AnalysisBlock.self, DescribeBlock.self, WeightsBlock.self,
      FEBlock.self, GMMBlock.self, MoranBlock.self, HotspotBlock.self, SDMBlock.self, RobustnessBlock.self,
      QuestionsBlock.self, TablesBlock.self, DisparityBlock.self, CouplingBlock.self, EvolveBlock.self,
      EfficiencyBlock.self,
      EvaluateBlock.self,
      MapBlock.self, PaperBlock.self,
    ]
  }

  /// The file's keys.
  static let keys =
    StudyOutput.keys
    + blocks.flatMap { $0.keys }.map { $0.split(separator: ".").first.map(String.init) ?? $0 }
    .firstAppearances

  let text: StudyText
  let files: StudyFiles
  let output: StudyOutput
  /// The blocks that the file has, by their keys.
  let nodes: [String: StudyNode]
  private(set) var steps: [StudyStep] = []
  private var names = StudyNames()
  /// The panel before the indices, and the one for the models.
  var panel = StudyTable()
  var analysis = StudyTable()
  var system: IndicatorSystem?
  /// What the scores call the panel's own keys, where they call them otherwise.
  var keyNames: [String: String] = [:]
  /// The spatial weights by the names that the study gives them; the first is the main one.
  var weights: [(name: String, path: String, step: String)] = []
  /// The polygons that a map draws where it names none.
  var polygons: String?
  /// The table of hot-spot classes, where there is one.
  var hotspots: StudyTable?
  /// The tables of colours that stand, one a block of evaluation.
  var warnings: [StudyTable] = []
  /// The classes of local Moran's I, by variable.
  var clusters: [String: StudyTable] = [:]
  /// Tables of values by unit and period that steps write, which a map may fill.
  var measures: [StudyTable] = []
  /// The file of the study's indicator system.
  var indicatorFile: String?
  /// The centres and ellipses that evolve blocks make, by their names.
  var centres: [(name: String, table: StudyTable)] = []
  var models: [CompiledModel] = []
  var panelPath = ""
  /// The column that holds the units' names, and where the study says so.
  var unitNames: (column: String, place: String)?
  /// What columns of the models' panel are made of by a step of its own, such as a logarithm, by their names.
  var origins: [String: String] = [:]

  /// The variants of models, which tables may name as they name models.
  var variants: [CompiledModel] = []
  /// What the study asks.
  var questions: [StudyQuestion] = []
  /// The tables and figures of the paper.
  var exhibits: [StudyExhibit] = []

  /// A model and what its variants start from.
  struct CompiledModel {
    let name: String
    let step: String
    let call: StudyCall
  }

  /// Compiles a study. Problems are noted in `text`, which the caller asks for them.
  static func compile(_ text: StudyText, files: StudyFiles, as delivery: CallFrame) -> StudyPlan {
    let members = text.root.members(known: keys, in: text)
    var output = StudyOutput(members, in: text)
    output.take(delivery)
    var nodes: [String: StudyNode] = [:]
    for (key, node) in members {
      let inner = blocks.flatMap { $0.keys }.filter { $0.hasPrefix(key + ".") }
        .map { String($0.dropFirst(key.count + 1)) }
      for (name, member) in inner.isEmpty ? [] : node.members(known: inner, in: text) {
        nodes["\(key).\(name)"] = member
      }
      nodes[key] = node
    }
    var compiler = StudyCompiler(text: text, files: files, output: output, nodes: nodes)
    if nodes["panel"] == nil, case .object = text.root.value {
      text.note("", "there is no block \"panel\"; expected panel: { file: \"panel.csv\" }.")
    } else {
      for block in blocks {
        if let node = nodes[block.keys[0]] {
          block.compile(node, into: &compiler)
        } else {
          block.compileStandard(into: &compiler)
        }
      }
    }
    compiler.nameOutcomes()
    for file in output.labels.files { compiler.requireFile(file.path, at: file.place) }
    let labels = compiler.labels()
    output.sources.requireRead(files.required, in: text)
    return StudyPlan(
      source: text.source, output: output, labels: labels, units: compiler.unitLabels(),
      panelPath: compiler.panelPath,
      steps: compiler.steps.map { $0.worded(by: labels) }, questions: compiler.questions,
      exhibits: compiler.exhibits,
      models: compiler.models.map { .init(name: $0.name, step: $0.step, formula: $0.call.formula) },
      inputs: files.required)
  }

  private init(text: StudyText, files: StudyFiles, output: StudyOutput, nodes: [String: StudyNode]) {
    self.text = text
    self.files = files
    self.output = output
    self.nodes = nodes
  }

  /// Adds a step that calls a verb, and notes what the verb itself says of the call.
  ///
  /// Returns the step's name. `product` names a file of the step where the verb writes one file of its own;
  /// `feeds` is set where other steps read the step's CSV files; `base` is the block of the model that a step varies;
  /// `further` are inputs behind the first.
  @discardableResult
  mutating func add(
    _ name: String, path: String, _ chapter: ReportChapter, _ title: Phrase, verb: any Command.Type,
    input: String, _ given: [Call.Given], needs: [String] = [], feeds: Bool = false, product: String? = nil,
    base: String? = nil, further: [String] = []
  ) -> String {
    let name = names.unique(name)
    let out = product.map { "\(folder(name))/\($0)" } ?? folder(name)
    var formats = verb.definition.writesOneFile ? [] : output.formats
    if feeds, !formats.contains(.csv) { formats.insert(.csv, at: 0) }
    var call = Call(verb, inputs: [input] + further)
    do {
      try call.take(given)
      let labels = output.labels.given(for: call, system: systemLabels)
      let own = call.given.filter { $0.name == "--label" }
      // A step's own labels hold before the study's.
      if !own.isEmpty { try call.set("--label", texts: []) }
      try call.take(labels + own + [Call.Given("--out", out)] + output.given(formats: formats))
      try call.check()
    } catch UsageError.missingOption
      where text.hasProblem(within: path) || base.map({ text.hasProblem(within: $0) }) == true
    {
      // What is wrong with the block has been said at its own place.
    } catch {
      let key = (error as? UsageError)?.option.map { StudyNode.path(path, String($0.dropFirst(2))) }
      text.note(key.flatMap { text.lines[$0] == nil ? nil : $0 } ?? path, error)
    }
    steps.append(
      StudyStep(
        name: name, path: path, chapter: chapter, title: title, action: .call(call),
        needs: needs.firstAppearances))
    return name
  }

  /// Lets a step write its results as JSON, too, for a step that reads them; returns the file.
  mutating func jsonFile(of name: String) -> String? {
    guard let place = steps.firstIndex(where: { $0.name == name }), var call = steps[place].call else {
      return nil
    }
    let formats = call.texts("--format").last ?? OutputFormat.csv.rawValue
    if !listed(formats).contains(OutputFormat.json.rawValue) {
      try? call.set("--format", texts: ["\(formats),\(OutputFormat.json.rawValue)"])
      steps[place] = steps[place].calling(call)
    }
    return "\(folder(name))/\(call.verb.definition.name).json"
  }

  /// Tells the description of the models' variables which of them the models explain: those are no regressors, and have
  /// no variance inflation.
  private mutating func nameOutcomes() {
    let formulas = models.compactMap(\.call.formula)
    let outcomes = formulas.flatMap(\.outcome.variables)
    let regressors = Set(formulas.flatMap(\.terms).flatMap(\.factors).map(\.name))
    let explained = Set(outcomes + outcomes.compactMap { origins[$0] })
      .subtracting(regressors).subtracting(regressors.compactMap { origins[$0] })
    for (place, step) in steps.enumerated() where step.path == DescribeBlock.keys[0] {
      guard var call = step.call, !call.gives("--outcome"),
        let names = call.texts("--variables").last.map(listed)
      else { continue }
      let own = names.filter(explained.contains)
      guard !own.isEmpty else { continue }
      try? call.set("--outcome", texts: [own.joined(separator: ",")])
      steps[place] = step.calling(call)
    }
  }

  /// The indicator system's file, whose names of columns later steps take over.
  private var systemLabels: (file: String, columns: Set<String>)? {
    guard let system, let indicatorFile else { return nil }
    return (indicatorFile, Set(system.indicators.map(\.column)))
  }

  /// What comparisons of models, which no verb makes, call variables.
  private func labels() -> VariableLabels {
    let tables = output.labels.files.flatMap { file in
      do {
        return try table(file.path, at: file.place).map { try VariableLabels.Label.labels(in: $0) } ?? []
      } catch {
        text.note(file.place, error)
        return []
      }
    }
    return VariableLabels(tables + output.labels.texts.compactMap { VariableLabels.Label($0) })
  }

  /// Adds a table that sets models side by side.
  mutating func add(
    _ name: String, path: String, _ title: Phrase, comparing models: [StudyStep.ComparedModel]
  ) {
    steps.append(
      StudyStep(
        name: names.unique(name), path: path, chapter: .robustness, title: title, action: .comparison(models),
        needs: models.map(\.step)))
  }

  /// A step's folder as calls name it.
  func folder(_ step: String) -> String { "\(output.folder)/\(step)" }

  /// A heading from the user's words, or the study's own.
  func title(_ call: StudyCall, _ standard: Phrase) -> Phrase {
    call.own["title"]?.word(in: text).map { Phrase(verbatim: $0) } ?? standard
  }

  /// The name of an element of a list, or a standard one.
  func name(_ call: StudyCall, default standard: String) -> String {
    let name = call.own["name"]?.word(in: text).map(CellText.trimmed) ?? standard
    return name.isEmpty ? standard : name
  }

  /// Reads a block whose verb reads the panel of the models: there the panel's keys may go by their own names. Where
  /// the verb takes spatial weights the block names one of the study's, and its seed is the study's.
  func modelCall(
    _ node: StudyNode, verb: any Command.Type, own: [String], without hidden: [OptionDefinition] = []
  ) -> StudyCall {
    let takesWeights = StudyCall(path: node.path, verb: verb).takesWeights
    let hidden = hidden + TableInput.reading + WeightsInput.options.map(\.definition)
    let names = keyNames.filter { analysis.columns?.contains($0.key) != true }
    return StudyCall(
      node, verb: verb, own: own + (takesWeights ? ["weights"] : []), without: hidden, calling: names,
      in: text)
  }
}
