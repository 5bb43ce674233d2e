import RuralValue

/// What can be wrong with the words of a call.
enum UsageError: Fault {
  case unknownCommand(String, commands: [String])
  case unknownOption(String, command: String, options: [String])
  case missingValue(option: String, value: String)
  case unexpectedValue(option: String, value: String)
  case notAChoice(option: String, found: String, choices: [String])
  case notANumber(option: String, found: String, expected: String)
  case givenTwice(option: String)
  case wrongInputCount(command: String, found: Int, usage: String)
  case missingOption(option: String, command: String, purpose: String)
  case conflict(String)

  var kind: FaultKind { .usage }

  /// The option that the error is about, if it is about one.
  var option: String? {
    switch self {
    case .missingValue(let option, _), .unexpectedValue(let option, _), .notAChoice(let option, _, _),
      .notANumber(let option, _, _), .givenTwice(let option), .missingOption(let option, _, _):
      option
    case .unknownCommand, .unknownOption, .wrongInputCount, .conflict: nil
    }
  }

  var description: String {
    switch self {
    case .unknownCommand(let found, let commands):
      return "There is no command \"\(found)\".\(NearestName.question(for: found, among: commands))"
        + " The commands are: \(commands.joined(separator: ", ")). See ruralvalue --help."
    case .unknownOption(let found, let command, let options):
      return "\(command) has no option \(found).\(NearestName.question(for: found, among: options))"
        + " See ruralvalue \(command) --help."
    case .missingValue(let option, let value):
      return "\(option) stands without its value; expected \(option) \(value)."
    case .unexpectedValue(let option, let value):
      return "\(option) takes no value; found \"\(value)\"."
    case .notAChoice(let option, let found, let choices):
      return "\(option) is \"\(found)\"; expected one of \(choices.joined(separator: ", "))."
        + NearestName.question(for: found, among: choices)
    case .notANumber(let option, let found, let expected):
      return "\(option) is \"\(found)\"; expected \(expected)."
    case .givenTwice(let option):
      return "\(option) is given twice; expected it once."
    case .wrongInputCount(let command, let found, let usage):
      let what = found == 0 ? "no input is named" : "\(found) inputs are named"
      return
        "\(command): \(what); expected ruralvalue \(command) \(usage). A file name of - is standard input."
    case .missingOption(let option, let command, let purpose):
      return "\(command) needs \(option): \(purpose). See ruralvalue \(command) --help."
    case .conflict(let sentence):
      return sentence
    }
  }
}
