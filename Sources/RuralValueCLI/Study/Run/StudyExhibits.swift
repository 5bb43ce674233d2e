import RuralValue
import RuralValueFormats

/// The paper's tables and figures as the steps left them, and which of the steps' own stand there.
struct StudyExhibits {
  /// The exhibits in the paper's order.
  private(set) var shown: [ReportExhibit] = []
  /// By step and name, where tables stand that the paper shows whole.
  private(set) var tables: [String: [String: [ReportExhibit.Place]]] = [:]
  /// By step and place, where figures stand.
  private(set) var figures: [String: [Int: [ReportExhibit.Place]]] = [:]

  private let plan: StudyPlan
  private let statuses: [String: StepStatus]
  private let drawing: (String, StepRecord) -> String
  /// The rows of a step's table that the paper shows, and under which numbers.
  private var shownRows: [String: [String: (rows: Set<Int>, count: Int, places: [ReportExhibit.Place])]] = [:]

  /// Finds the exhibits of a plan; `drawing` reads a figure's file of a record.
  init(
    _ plan: StudyPlan, _ statuses: [StepStatus], drawing: @escaping (String, StepRecord) -> String
  ) {
    self.plan = plan
    self.statuses = Dictionary(zip(plan.steps.map(\.name), statuses)) { first, _ in first }
    self.drawing = drawing
    var numbers = (table: 0, figure: 0)
    for exhibit in plan.exhibits {
      let place: ReportExhibit.Place =
        switch exhibit.kind {
        case .table: .table(exhibit.number ?? numbers.table + 1)
        case .figure: .figure(exhibit.number ?? numbers.figure + 1)
        }
      let (content, step) = content(of: exhibit, at: place)
      // What nobody asked for by name is not missed, and takes no number.
      if case .missing = content, exhibit.number == nil { continue }
      switch place {
      case .table(let number): numbers.table = number
      case .figure(let number): numbers.figure = number
      }
      shown.append(ReportExhibit(place, content, step: step))
    }
    for (step, names) in shownRows {
      for (name, shown) in names where shown.rows.count == shown.count {
        tables[step, default: [:]][name] = shown.places
      }
    }
  }

  private mutating func content(
    of exhibit: StudyExhibit, at place: ReportExhibit.Place
  ) -> (ReportExhibit.Content, step: String?) {
    guard case .step(let name, let part) = exhibit.source else {
      let variables = ModelVariables(
        plan.models.compactMap { model in model.formula.map { (model.name, $0) } })
      guard !variables.isEmpty else {
        return (.missing(Phrase("The study has no models.", zh: "本研究没有模型。")), nil)
      }
      return (.table(ReportTable(titled(variables.table.worded(by: plan.labels), exhibit))), nil)
    }
    guard let record = statuses[name]?.record else {
      return (.missing(Phrase("The step \(name) has no result.", zh: "步骤\(name)没有结果。")), name)
    }
    switch exhibit.kind {
    case .table: return (table(part, of: record, name, exhibit, place), name)
    case .figure: return (figure(part, of: record, name, exhibit, place), name)
    }
  }

  private mutating func table(
    _ part: String?, of record: StepRecord, _ step: String, _ exhibit: StudyExhibit,
    _ place: ReportExhibit.Place
  ) -> ReportExhibit.Content {
    let found = record.tables.first { part == nil || $0.name == part }
    guard let table = found?.naming(units: plan.units) else {
      let names = record.tables.map(\.name)
      return .missing(missing(part, in: step, kind: Phrase("table", zh: "表"), names))
    }
    guard let whole = table.whole else { return .table(table) }
    guard let rows = whole.places(where: exhibit.rows), !rows.isEmpty else {
      let asked = exhibit.rows.map { "\($0.column) = \($0.values.joined(separator: ", "))" }
      return .missing(
        Phrase(
          "The table \(table.name) of the step \(step) has no rows with \(asked.joined(separator: " and ")).",
          zh: "步骤\(step)的表\(table.name)中没有符合\(asked.joined(separator: "、"))的行。"))
    }
    var known = shownRows[step]?[table.name] ?? ([], whole.rowCount, [])
    known.rows.formUnion(rows)
    known.places.append(place)
    shownRows[step, default: [:]][table.name] = known
    let shown = rows.count == whole.rowCount ? whole : whole.rows(rows)
    return .table(ReportTable(titled(shown, exhibit)))
  }

  private mutating func figure(
    _ part: String?, of record: StepRecord, _ step: String, _ exhibit: StudyExhibit,
    _ place: ReportExhibit.Place
  ) -> ReportExhibit.Content {
    let stems = record.figures.map { figure in
      figure.file.lastIndex(of: ".").map { String(figure.file[..<$0]) } ?? figure.file
    }
    guard let found = stems.firstIndex(where: { part == nil || $0 == part }) else {
      return .missing(missing(part, in: step, kind: Phrase("figure", zh: "图"), stems))
    }
    figures[step, default: [:]][found, default: []].append(place)
    let figure = record.figures[found]
    return .figure(
      ReportFigure(svg: drawing(figure.file, record), caption: exhibit.title ?? figure.caption))
  }

  private func titled(_ table: ResultTable, _ exhibit: StudyExhibit) -> ResultTable {
    exhibit.title.map { table.titled($0.worded(by: plan.labels)) } ?? table
  }

  private func missing(_ part: String?, in step: String, kind: Phrase, _ names: [String]) -> Phrase {
    let known = names.isEmpty ? Phrase("none", zh: "无") : Phrase(verbatim: names.joined(separator: ", "))
    let name = part.map { " \"\($0)\"" } ?? ""
    return Phrase(
      "The step \(step) has no \(kind.english)\(name); it has: \(known.english).",
      zh: "步骤\(step)没有\(kind.chinese)\(name)；现有：\(known.chinese)。")
  }
}
