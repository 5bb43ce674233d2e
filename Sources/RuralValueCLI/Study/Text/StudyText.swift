import RuralValue
import RuralValueFormats

/// The text of a study file as values with places, and the problems found so far.
///
/// Reading goes on after a problem, so that one call names them all.
final class StudyText {
  /// The file as the call names it.
  let source: String
  let root: StudyNode
  /// The line of every key and value, by its path.
  private(set) var lines: [String: Int] = [:]
  private(set) var problems: [StudyError.Problem] = []

  /// Reads JSON with comments. Throws `StudyError` for text that is none.
  init(_ bytes: [UInt8], source: String) throws(StudyError) {
    self.source = source
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
    guard bytes.contains(where: { $0 > 0x20 && !marks.contains($0) }) else {
      throw StudyError(
        source: source,
        problems: [
          .init(
            path: "", line: nil,
            message: "the file is empty; ruralvalue study --init DIR writes a template.", kind: .data)
        ])
    }
    do throws(JSONMisreading) {
      root = StudyNode(value: try JSONReader.read(bytes, .study).value, path: "")
    } catch {
      let hint = ". Comments after //, single quotes and a comma at a list's end are allowed."
      throw StudyError(
        source: source,
        problems: [
          .init(
            path: error.column.map { "column \($0)" } ?? "", line: error.line,
            message: error.message + (error.column == nil ? "" : hint), kind: .data)
        ])
    }
    learnPlaces(root)
  }

  /// The line of a path, or of the nearest path above it that has one.
  func line(of path: String) -> Int? {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = String(path[..<cut])
    }
    return nil
  }

  /// Notes a problem at a node.
  func note(
    _ path: String, _ message: String, kind: FaultKind = .usage, concernsOneStep: Bool = false
  ) {
    let problem = StudyError.Problem(
      path: path, line: line(of: path), message: message, kind: kind,
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
    note(path, Message.text(error), kind: fault?.kind ?? .data, concernsOneStep: concernsOneStep)
  }

  /// Throws what was noted, if anything was.
  func requireNoProblem(butInOneStep: Bool = false) throws(StudyError) {
    let found = butInOneStep ? problems.filter { !$0.concernsOneStep } : problems
    guard found.isEmpty else { throw StudyError(source: source, problems: found) }
  }

  /// Learns where everything below a node stands, and notes a key that stands twice in its block, which would
  /// silently count once.
  private func learnPlaces(_ node: StudyNode) {
    if case .list = node.value {
      for (element, place) in zip(node.elements(), node.value.elements) {
        lines[element.path] = place.line
        learnPlaces(element)
      }
    }
    var firstLines: [String: Int] = [:]
    for member in node.value.members {
      let path = StudyNode.path(node.path, member.key)
      lines[path] = member.line
      if let first = firstLines[member.key] {
        note(path, "the key \"\(member.key)\" stands in lines \(first) and \(member.line); expected it once.")
      } else {
        firstLines[member.key] = member.line
        learnPlaces(StudyNode(value: member.node.value, path: path))
      }
    }
  }
}
