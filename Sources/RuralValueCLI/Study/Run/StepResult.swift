import RuralValue
import RuralValueFormats

/// What a step made, before any of it is written.
struct StepResult {
  let inputs: [StepRecord.File]
  let files: [(name: String, bytes: [UInt8])]
  let notes: [String]
  let fragment: StepRecord.Fragment
  let sample: [Int]
  let estimates: [Estimate]
  let confidenceLevel: Double
  let isSimulated: Bool

  /// What a verb answered.
  init(
    _ answer: CommandAnswer, options: DeliveryOptions, inputs: InputReader, step: StudyStep,
    inputFiles: [StepRecord.File]
  ) {
    let delivered = AnswerFiles(options: options, inputs: inputs)
    let document = delivered.document(of: answer)
    var files = Self.tables(document, delivered)
    files += answer.drawings.map { ($0.name, Array($0.svg.utf8)) }
    var figures = answer.drawings.map { ReportFigure(svg: $0.svg, caption: $0.caption) }
    if let product = answer.product {
      let name = product.path.split(separator: "/").last.map(String.init) ?? product.path
      // The file that other steps read comes before a table of the same name.
      files.insert((name, product.bytes), at: 0)
      if name.hasSuffix(".svg") {
        figures.append(ReportFigure(svg: String(decoding: product.bytes, as: UTF8.self), caption: step.title))
      }
    }
    self.init(
      document, files: files, figures: figures, inputs: inputFiles, options: options, step: step,
      isSimulated: inputs.hasSimulatedData)
  }

  /// A document that is no verb's answer.
  init(_ document: ResultDocument, options: DeliveryOptions, step: StudyStep, isSimulated: Bool) {
    let delivered = AnswerFiles(options: options, inputs: InputReader(SilentConsole()))
    self.init(
      document, files: Self.tables(document, delivered), figures: [], inputs: [], options: options,
      step: step,
      isSimulated: isSimulated)
  }

  /// Tables in the formats asked for; one that is too long for a page, such as a panel, as data alone.
  private static func tables(
    _ document: ResultDocument, _ delivered: AnswerFiles
  ) -> [(name: String, bytes: [UInt8])] {
    var data = delivered
    data.options.formats = [.csv]
    func part(_ isLong: Bool) -> ResultDocument {
      document.keeping { ($0.table.rowCount > longest) == isLong }
    }
    let isJSON = delivered.options.formats.contains(.json)
    let whole = isJSON ? [("\(document.command).json", delivered.json(document))] : []
    var pages = delivered
    pages.options.formats.removeAll { $0 == .json }
    return data.tables(part(true)) + pages.tables(part(false)) + whole
  }

  /// The most rows of a table that is written for people.
  private static let longest = 300

  private init(
    _ document: ResultDocument, files: [(name: String, bytes: [UInt8])], figures: [ReportFigure],
    inputs: [StepRecord.File], options: DeliveryOptions, step: StudyStep, isSimulated: Bool
  ) {
    let language = options.rendering.language
    let plots = document.figures.compactMap { ReportFigure($0, language: language) }
    let section = ReportSection(
      anchor: step.name, chapter: step.chapter, title: step.title, call: step.call?.line,
      tables: document.parts.filter(\.isShown).map(\.table), figures: figures + plots,
      notes: (document.sample.map { [$0.sentence] } ?? []) + document.notes)
    let fragment = ReportFragment(section, options: options.rendering)
    self.inputs = inputs
    self.files = files + plots.enumerated().map { ("figure_\($0 + 1).svg", Array($1.svg.utf8)) }
    notes = document.notes.map { $0.text(in: language) }
    self.fragment = StepRecord.Fragment(
      anchor: fragment.anchor, chapter: fragment.chapter.rawValue, title: fragment.title, html: fragment.html)
    sample = document.sample.map { [$0.observations, $0.units, $0.periods] } ?? []
    estimates = document.estimates
    confidenceLevel = document.confidenceLevel
    self.isSimulated = isSimulated
  }
}
