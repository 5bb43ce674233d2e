import RuralValue
import RuralValueFormats

/// A study file whose paths lead into a package instead of to where its maker has the files.
struct PackagedStudy {
  /// The study's name in every package.
  static let name = "study.json"
  /// The folder of results where the study's own is no folder inside a package.
  static let standardFolder = "results"

  let data: PackagedData
  /// The folder of outputs as the study names it.
  private let oldFolder: String
  /// The folder of outputs in the package.
  let folder: String

  init(_ plan: StudyPlan, data: PackagedData) {
    self.data = data
    oldFolder = plan.output.folder
    let parts = oldFolder.split(separator: "/", omittingEmptySubsequences: false)
    let isInside =
      !parts.contains { ["", ".", ".."].contains($0) } && parts.first.map(String.init) != PackagedData.folder
    folder = isInside ? oldFolder : Self.standardFolder
  }

  /// The study file's bytes with its paths in the package; comments and all else stay.
  func bytes(_ original: [UInt8]) -> [UInt8] {
    JSONTexts.rewriting(original, .study) { text, key in
      if key == "folder", folder != oldFolder, StudyOutput.plain(text) == oldFolder { return folder }
      guard !Self.words.contains(key ?? "") else { return nil }
      let new = renamed(text)
      return new == text ? nil : new
    }
  }

  /// Keys of what people read, in which no name is one of a file.
  private static let words: Set = ["title", "caption", "name", "label", "label_zh"]

  /// Throws `PackageError.otherCalls` where the study in the package would not make the same calls.
  func require(_ plan: StudyPlan, toCallLike original: StudyPlan) throws(PackageError) {
    guard plan.steps.map(\.name) == original.steps.map(\.name) else { throw .otherCalls(step: nil) }
    for (new, old) in zip(plan.steps, original.steps) {
      guard new.call?.words == old.call?.words.map(inPackage) else { throw .otherCalls(step: new.name) }
    }
  }

  /// A word of a call with the paths of the package, outputs among them.
  private func inPackage(_ word: String) -> String {
    renamed(word) { part in
      let rest = part.hasPrefix(oldFolder + "/") ? part.dropFirst(oldFolder.count) : nil
      return rest.map { folder + $0 }
    }
  }

  /// Options of a call with the paths of the package.
  func renamed(_ given: [Call.Given]) -> [Call.Given] {
    given.map { Call.Given($0.name, $0.name == "--label" ? $0.text : renamed($0.text)) }
  }

  /// A text with places in the package instead of the files that it names: alone, in lists, before settings, and with
  /// a sheet behind them.
  private func renamed(_ text: String, else other: (String) -> String? = { _ in nil }) -> String {
    if let whole = place(of: text, other) { return whole }
    var (result, part) = ("", "")
    func close() {
      let inside = CellText.trimmed(part)
      let isQuoted = inside.count > 2 && inside.hasPrefix("`") && inside.hasSuffix("`")
      if let new = place(of: isQuoted ? String(inside.dropFirst().dropLast()) : inside, other) {
        result += part.replacing(inside, with: isQuoted ? "`\(new)`" : new, maxReplacements: 1)
      } else if let sign = part.firstIndex(of: "="),
        let new = place(of: String(part[part.index(after: sign)...]), other)
      {
        result += part[...sign] + new
      } else {
        result += part
      }
      part = ""
    }
    for letter in text {
      if letter == "," || letter == ";" {
        close()
        result.append(letter)
      } else {
        part.append(letter)
      }
    }
    close()
    return result
  }

  /// The place of a name, which may name a sheet too.
  private func place(of name: String, _ other: (String) -> String?) -> String? {
    if let place = data[name] ?? other(name) { return place }
    guard let sign = name.lastIndex(of: "#") else { return nil }
    return data[String(name[..<sign])].map { $0 + name[sign...] }
  }
}
