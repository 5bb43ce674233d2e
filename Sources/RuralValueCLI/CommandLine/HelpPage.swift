/// The pages of help; examples come first.
enum HelpPage {
  /// The page of the whole tool.
  static func overview(of commands: [CommandDefinition]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    let list = commands.map { "  \($0.name.padded(to: width))  \($0.summary)" }.joined(separator: "\n")
    let examples = commands.compactMap { $0.examples.first }.map(render).joined(separator: "\n")
    return """
      ruralvalue: from a county panel to the tables and maps of a paper

      Examples
      \(examples)

      Commands
      \(list)

      ruralvalue <command> --help shows a command's examples and options.
      ruralvalue --version prints the version. A file name of - is standard input.
      Exit codes: 0 done, 1 internal error, 2 usage, 3 input data, 4 file, 5 numerical, 6 audit found
      decision errors or hand edits, compare a required cell that differs or study other results than
      a package's, 130 interrupted.

      """
  }

  /// The page of one command.
  static func page(of verb: any Command.Type) -> String {
    let command = verb.definition
    let own = verb.ownOptionCount
    var sections = [
      "ruralvalue \(command.name): \(command.summary)",
      "Examples\n" + command.examples.map(render).joined(separator: "\n"),
      "Usage\n  ruralvalue \(command.name) \(command.usage)",
    ]
    let options = verb.optionDefinitions.map { option in
      let help = option.help + (option.repeats ? "; may be repeated" : "")
      return line(option.name + (option.value.map { " \($0)" } ?? ""), help)
    }
    let shared = options.dropFirst(own) + [line("--help", "this page")]
    sections.append("Options\n" + options.prefix(own).joined(separator: "\n"))
    sections.append("Options of every command\n" + shared.joined(separator: "\n"))
    sections += command.remarks.map { wrapped($0, indent: 0) }
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func render(_ example: CommandDefinition.Example) -> String {
    "  # \(example.purpose)\n  \(example.call)"
  }

  private static func line(_ option: String, _ help: String) -> String {
    let head = "  " + option
    let help = wrapped(help, indent: 26)
    return head.count <= 24 ? head.padded(to: 26) + help.dropFirst(26) : head + "\n" + help
  }

  /// Text in lines of at most 100 letters.
  private static func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > 100, line != margin {
        lines.append(line)
        line = margin
      }
      line += (line == margin ? "" : " ") + word
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

extension String {
  /// The text followed by spaces up to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
