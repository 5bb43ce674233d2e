import RuralValue
import RuralValueFormats

/// A table or a figure of a study's report, as a package lists it: its number there, and the step and the files that it
/// is.
struct PackagedExhibit: Equatable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case table, figure
  }

  let kind: Kind
  /// Its number in the report.
  let number: String
  let title: Phrase
  /// The step that makes it.
  let step: String
  /// Its files as calls name them.
  let files: [String]

  /// What people call it: `Table 3`.
  var name: Phrase {
    switch kind {
    case .table: Phrase("Table \(number)", zh: "表\(number)")
    case .figure: Phrase("Figure \(number)", zh: "图\(number)")
    }
  }
}

extension StudyDelivery {
  /// The report's tables and figures in its order, with its numbers.
  var exhibits: [PackagedExhibit] { report.listed }
}

extension StudyReport {
  /// The report's tables and figures in its order, with its numbers: those of the paper, then those of the appendix.
  fileprivate var listed: [PackagedExhibit] {
    let exhibits = StudyExhibits(plan, statuses, drawing: { _, _ in "" })
    let records = Dictionary(zip(plan.steps.map(\.name), statuses)) { first, _ in first }
    var listed = exhibits.shown.compactMap { exhibit in
      paperExhibit(exhibit, exhibits, record: exhibit.step.flatMap { records[$0]?.record })
    }
    for (chapter, number) in chapters(isAppendix: !exhibits.shown.isEmpty) {
      let lead = exhibits.shown.isEmpty ? "" : number
      for (step, status) in told where step.chapter == chapter {
        guard let record = status.record else { continue }
        func add(_ kind: PackagedExhibit.Kind, _ title: Phrase, _ files: [String]) {
          let count = listed.count {
            $0.kind == kind && $0.number.hasPrefix(lead)
              && $0.number.dropFirst(lead.count).allSatisfy(\.isNumber)
          }
          listed.append(
            PackagedExhibit(
              kind: kind, number: "\(lead)\(count + 1)", title: title, step: step.name, files: files))
        }
        for table in record.tables where exhibits.tables[step.name]?[table.name] == nil {
          add(.table, table.title, record.files(ofTable: table.name))
        }
        for (place, figure) in record.figures.enumerated() where exhibits.figures[step.name]?[place] == nil {
          add(.figure, figure.caption, record.files(called: FileStem.of(figure.file)))
        }
      }
    }
    return listed
  }

  private func paperExhibit(
    _ exhibit: ReportExhibit, _ exhibits: StudyExhibits, record: StepRecord?
  ) -> PackagedExhibit? {
    switch (exhibit.place, exhibit.content) {
    case (.table(let number), .table(let table)):
      return PackagedExhibit(
        kind: .table, number: "\(number)", title: table.title, step: exhibit.step ?? "report",
        files: record?.files(ofTable: table.name) ?? [])
    case (.figure(let number), .figure(let figure)):
      let places = exhibit.step.flatMap { exhibits.figures[$0] } ?? [:]
      let place = places.first { $0.value.contains(exhibit.place) }?.key
      let file = place.flatMap { record?.figures[$0].file } ?? ""
      return PackagedExhibit(
        kind: .figure, number: "\(number)", title: figure.caption, step: exhibit.step ?? "report",
        files: record?.files(called: FileStem.of(file)) ?? [])
    default: return nil
    }
  }
}

extension StepRecord {
  /// The files of a table of the report. Of one that is an excerpt of others, and has none, those of the step's data that
  /// are no other table of the report.
  fileprivate func files(ofTable name: String) -> [String] {
    let own = files(called: name)
    guard own.isEmpty else { return own }
    let others = Set(tables.map(\.name))
    return outputs.map(\.path).filter { $0.hasSuffix(".csv") && !others.contains(FileStem.of($0)) }
  }

  fileprivate func files(called stem: String) -> [String] {
    outputs.map(\.path).filter { FileStem.of($0) == stem }
  }
}

/// The names of files without folders and endings, which the formats of one table have in common.
enum FileStem {
  /// A file's name without folders and its last ending.
  static func of(_ path: String) -> String {
    let name = FileName.last(of: path)
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// Files by their folders and stems, in their order: the first of each, and the endings of the others.
  static func grouped(_ paths: [String]) -> [(first: String, others: [String])] {
    var groups: [(first: String, others: [String])] = []
    for path in paths {
      let stem = FileName.folder(of: path) + of(path)
      if let place = groups.firstIndex(where: { FileName.folder(of: $0.first) + of($0.first) == stem }) {
        groups[place].others.append(String(path.dropFirst(stem.count)))
      } else {
        groups.append((path, []))
      }
    }
    return groups
  }
}
