import RuralValue
import RuralValueFormats

/// What a step made, before any of it is written.
struct StepResult {
  let files: [(name: String, bytes: [UInt8])]
  private let document: ResultDocument
  private let inputs: [StepRecord.File]
  private let figures: [StepRecord.Figure]
  private let isSimulated: Bool
  private let names: [String]
  /// What is said here and before, for the steps that read its files.
  var said = StepRecord.Said()
  /// The columns that could not be made.
  var leftOut: [StepRecord.LeftOut] = []

  /// What a verb answered.
  init(
    _ answer: CommandAnswer, options: DeliveryOptions, inputs: InputReader, step: StudyStep,
    inputFiles: [StepRecord.File]
  ) throws {
    let delivered = AnswerFiles(options: options, inputs: inputs, step: step.name)
    let document = delivered.document(of: answer)
    var files = Self.tables(document, delivered)
    files += try answer.otherFiles(PictureMaker(formats: [.svg]))
    var figures = answer.drawings.map { StepRecord.Figure(file: $0.name, caption: $0.caption) }
    if let product = answer.product {
      let name = product.path.split(separator: "/").last.map(String.init) ?? product.path
      // The file that other steps read comes before a table of the same name.
      files.insert((name, product.bytes), at: 0)
      if name.hasSuffix(".svg") {
        figures.append(StepRecord.Figure(file: name, caption: step.title))
      }
    }
    try self.init(
      document, files: files, figures: figures,
      printed: answer.product?.printed.map { [files[0].name: $0] } ?? [:],
      pictures: options.pictures, inputs: inputFiles,
      language: options.rendering.language, isSimulated: inputs.hasSimulatedData,
      names: answer.labelledNames.sorted())
  }

  /// A document that is no verb's answer.
  ///
  /// `names` are those that labels may be of.
  init(
    _ document: ResultDocument, options: DeliveryOptions, step: StudyStep, isSimulated: Bool,
    names: Set<String>
  ) throws {
    let delivered = AnswerFiles(options: options, inputs: InputReader(SilentConsole()), step: step.name)
    try self.init(
      document, files: Self.tables(document, delivered), figures: [], pictures: options.pictures, inputs: [],
      language: options.rendering.language, isSimulated: isSimulated, names: names.sorted())
  }

  /// Tables in the formats asked for; one that is too long for a page, such as a panel, as data alone.
  private static func tables(
    _ document: ResultDocument, _ delivered: AnswerFiles
  ) -> [(name: String, bytes: [UInt8])] {
    var data = delivered
    data.options.formats = [.csv]
    func part(_ isLong: Bool) -> ResultDocument {
      document.keeping { ($0.table.rowCount > AnswerFiles.longest) == isLong }
    }
    let isJSON = delivered.options.formats.contains(.json)
    let whole = isJSON ? [("\(document.command).json", delivered.json(document))] : []
    var pages = delivered
    pages.options.formats.removeAll { $0 == .json }
    return data.tables(part(true)) + pages.tables(part(false)) + whole
  }

  private init(
    _ document: ResultDocument, files: [(name: String, bytes: [UInt8])], figures: [StepRecord.Figure],
    printed: [String: String] = [:], pictures: PictureMaker, inputs: [StepRecord.File], language: Language,
    isSimulated: Bool, names: [String]
  ) throws {
    // What a verb draws for its own folder is not drawn a second time.
    let drawn = Set(figures.map(\.caption.english))
    let plots = document.figures.compactMap { ReportFigure($0, language: language) }
      .filter { !drawn.contains($0.caption.english) }.enumerated()
      .map { (file: "figure_\($0 + 1).svg", plot: $1) }
    let all = files + plots.map { ($0.file, Array($0.plot.svg.utf8)) }
    // The drawing itself stays in any case: the report is made of it.
    let further = PictureMaker(formats: pictures.formats.filter { $0 != .svg }, width: pictures.width)
    self.files =
      try all
      + all.filter { $0.name.hasSuffix(".svg") }.flatMap {
        try further.files(of: printed[$0.name] ?? String(decoding: $0.bytes, as: UTF8.self), named: $0.name)
      }
    self.figures = figures + plots.map { .init(file: $0.file, caption: $0.plot.caption) }
    self.document = document
    self.inputs = inputs
    self.isSimulated = isSimulated
    self.names = names
  }

  /// What is left behind once the files are written.
  func record(key: String, outputs: [StepRecord.File]) -> StepRecord {
    StepRecord(
      key: key, inputs: inputs, outputs: outputs, notes: document.notes, sentence: document.sample?.sentence,
      tables: document.parts.filter(\.isShown).map { ReportTable($0.table) }, figures: figures,
      sample: document.sample.map { [$0.observations, $0.units, $0.periods] } ?? [],
      estimates: document.estimates, effects: document.effects, tests: document.tests,
      objections: document.objections, confidenceLevel: document.confidenceLevel,
      cautions: document.cautions, isSimulated: isSimulated, names: names, said: said, leftOut: leftOut)
  }
}
