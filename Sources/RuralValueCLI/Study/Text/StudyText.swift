import RuralValue

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The text of a study file as values with places, and the problems found so far.
///
/// Reading goes on after a problem, so that one call names them all.
final class StudyText {
  /// The file as the call names it.
  let source: String
  let places: StudyPlaces
  let root: StudyNode
  private(set) var problems: [StudyError.Problem] = []

  /// Reads JSON with comments (JSON5). Throws `StudyError` for text that is none.
  init(_ bytes: [UInt8], source: String) throws {
    self.source = source
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let text: [UInt8]
    do throws(StudyMisreading) {
      text = try StudyEncoding.utf8(bytes)
    } catch {
      throw StudyError(
        source: source, problems: [.init(path: "", line: error.line, message: error.message, kind: .data)])
    }
    guard text.contains(where: { $0 > 0x20 }) else {
      throw StudyError(
        source: source,
        problems: [
          .init(
            path: "", line: nil,
            message: "the file is empty; ruralvalue study --init DIR writes a template.", kind: .data)
        ])
    }
    places = StudyPlaces(text)
    if let misreading = places.misreading {
      throw StudyError(source: source, problems: [Self.problem(misreading)])
    }
    do {
      root = StudyNode(value: try decoder.decode(StudyValue.self, from: Data(text)), path: "")
    } catch {
      let misreading = StudyPlaces(text, judgesValues: true).misreading
      throw StudyError(source: source, problems: [Self.problem(misreading)])
    }
    noteRepeatedKeys()
  }

  /// Notes a problem at a node.
  func note(
    _ path: String, _ message: String, kind: FaultKind = .usage, concernsOneStep: Bool = false
  ) {
    let problem = StudyError.Problem(
      path: path, line: places.line(of: path), message: message, kind: kind,
      concernsOneStep: concernsOneStep)
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Whether a problem is known of a block or of anything inside it.
  func hasProblem(within path: String) -> Bool {
    problems.contains { $0.path == path || $0.path.hasPrefix(path + ".") || $0.path.hasPrefix(path + "[") }
  }

  /// Whether this very problem is known of a block or of anything inside it.
  func hasProblem(_ message: String, within path: String) -> Bool {
    problems.contains {
      $0.message == message
        && ($0.path == path || $0.path.hasPrefix(path + ".") || $0.path.hasPrefix(path + "["))
    }
  }

  /// Notes a key that a block must have, unless something else is wrong with the block, such as that very key
  /// misspelt.
  func noteMissing(_ path: String, _ message: String) {
    if !hasProblem(within: path) { note(path, message) }
  }

  /// Notes an error that a library type threw about something at a node.
  func note(_ path: String, _ error: any Error, concernsOneStep: Bool = false) {
    let fault = error as? any Fault
    note(path, "\(error)", kind: fault?.kind ?? .data, concernsOneStep: concernsOneStep)
  }

  /// Throws what was noted, if anything was.
  func requireNoProblem(butInOneStep: Bool = false) throws(StudyError) {
    let found = butInOneStep ? problems.filter { !$0.concernsOneStep } : problems
    guard found.isEmpty else { throw StudyError(source: source, problems: found) }
  }

  /// A key that stands twice in its block would silently count once.
  private func noteRepeatedKeys() {
    for (path, keys) in places.keys.sorted(by: { $0.key < $1.key }) {
      var lines: [String: Int] = [:]
      for key in keys {
        if let first = lines[key.name] {
          note(
            StudyPlaces.path(path, key.name),
            "the key \"\(key.name)\" stands in lines \(first) and \(key.line); expected it once.")
        }
        lines[key.name] = lines[key.name] ?? key.line
      }
    }
  }

  /// Why a text that the decoder refuses is no JSON5.
  private static func problem(_ misreading: StudyMisreading?) -> StudyError.Problem {
    let hint = " Comments after //, single quotes and a comma at a list's end are allowed."
    guard let misreading else {
      return .init(path: "", line: nil, message: "it is not valid JSON.\(hint)", kind: .data)
    }
    return .init(
      path: "column \(misreading.column)", line: misreading.line, message: "\(misreading.message).\(hint)",
      kind: .data)
  }
}
