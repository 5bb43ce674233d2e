import Foundation

@testable import RuralValueCLI

/// A console that keeps what is written, for tests that run the tool inside their own process.
final class RecordingConsole: Console {
  private(set) var output: [UInt8] = []
  private(set) var errors = ""
  private let input: [UInt8]
  let stateFolder: String?

  init(input: [UInt8] = [], stateFolder: String? = RecordingConsole.sharedState) {
    self.input = input
    self.stateFolder = stateFolder
  }

  /// A home for what the program remembers while the tests run, which is not the user's.
  static let sharedState = FileManager.default.temporaryDirectory.appending(
    path: "ruralvalue-tests-\(getuid())/ruralvalue"
  ).path

  var outputText: String { String(decoding: output, as: UTF8.self) }

  func readInput() throws -> [UInt8] { input }
  func write(_ bytes: [UInt8]) { output += bytes }
  func writeError(_ text: String) { errors += text }
}

/// What a call wrote and returned.
struct Outcome: Equatable {
  let output: String
  let errors: String
  let code: ExitCode
}

/// Runs a call, given as words, inside the test's process.
func ruralvalue(
  _ words: [String], input: [UInt8] = [], stateFolder: String? = RecordingConsole.sharedState
) -> Outcome {
  let console = RecordingConsole(input: input, stateFolder: stateFolder)
  let code = CommandLineTool(console: console).run(words)
  return Outcome(output: console.outputText, errors: console.errors, code: code)
}

/// Runs a call as one types it: words separated by spaces, `'…'` around words that hold spaces, and `|`
/// between calls of which each reads what the one before it wrote. The first word is `ruralvalue`.
func shell(_ line: String) -> Outcome {
  var outcome = Outcome(output: "", errors: "", code: .done)
  var errors = ""
  for call in words(of: line).split(separator: "|") {
    outcome = ruralvalue(Array(call.dropFirst()), input: Array(outcome.output.utf8))
    errors += outcome.errors
    if outcome.code != .done { break }
  }
  return Outcome(output: outcome.output, errors: errors, code: outcome.code)
}

private func words(of line: String) -> [String] {
  var words: [String] = []
  var word: String?
  var quote: Character?
  for letter in line {
    if let open = quote {
      if letter == open { quote = nil } else { word = (word ?? "") + String(letter) }
    } else if letter == "'" || letter == "\"" {
      quote = letter
      word = word ?? ""
    } else if letter == " " || letter == "\n" {
      if let complete = word { words.append(complete) }
      word = nil
    } else {
      word = (word ?? "") + String(letter)
    }
  }
  return words + (word.map { [$0] } ?? [])
}
