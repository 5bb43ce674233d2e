import RuralValue
import RuralValueFormats

/// Where a study's data come from: its block `sources`, a word or more for each file that it reads.
struct StudySources {
  /// What is known of where a file comes from.
  struct Source: Equatable, Sendable {
    /// What the keys of a source mean, in the order in which they are told.
    static let keys = ["source", "url", "license", "accessed", "citation"]

    /// What the study says, by the keys.
    private(set) var words: [String: String] = [:]

    /// Who gives the file out, and what it is.
    var text: String? { words["source"] }
    /// Where it is to be had.
    var url: String? { words["url"] }
    /// Under which terms it may be used and passed on.
    var license: String? { words["license"] }
    /// When it was taken from there.
    var accessed: String? { words["accessed"] }
    /// How a list of references names it.
    var citation: String? { words["citation"] }

    /// A source from its words; those that are empty say nothing.
    init(_ words: [String: String]) { self.words = words.filter { !CellText.trimmed($0.value).isEmpty } }

    /// Whether nothing is said.
    var isEmpty: Bool { words.isEmpty }
  }

  /// The files as the study names them, with their sources and their places in the study file.
  private var all: [(file: String, source: Source?, place: String)] = []

  /// No sources.
  init() {}

  /// Reads the block: `{ "panel.csv": "Hunan Statistical Yearbook 2013–2023", "map.shp": { source: "…", url: "…" } }`.
  init(_ node: StudyNode, in text: StudyText) {
    for (file, member) in node.block(in: text) ?? [] {
      var words: [String: String] = [:]
      if case .object = member.value {
        for (key, part) in member.members(known: Source.keys, in: text) { words[key] = part.word(in: text) }
      } else {
        words["source"] = member.word(
          in: text, expected: "where the file comes from, such as \"County yearbook 2023\"")
      }
      // What is left empty, as in a template, is not said.
      let source = Source(words)
      all.append((file, source.isEmpty ? nil : source, member.path))
    }
  }

  /// What is said of a file.
  subscript(file: String) -> Source? { all.first { FileName.isSame($0.file, file) }?.source }

  /// Notes each file that the study does not read.
  func requireRead(_ files: [String], in text: StudyText) {
    for (file, _, place) in all where !files.contains(where: { FileName.isSame($0, file) }) {
      text.note(
        place,
        "the study reads no file \"\(file)\".\(NearestName.question(for: file, among: files)) It reads:"
          + " \(files.isEmpty ? "none" : files.joined(separator: ", ")).")
    }
  }
}
