import RuralValue
import RuralValueNumerics

/// The whole program but for its process: words in, exit code out.
struct CommandLineTool {
  /// The verbs, in the order in which help lists them.
  static var commands: [any Command.Type] {
    [
      PrepareCommand.self, DescribeCommand.self, EntropyCommand.self, FECommand.self, GMMCommand.self,
      WeightsCommand.self, MoranCommand.self, HotspotCommand.self, SDMCommand.self, DisparityCommand.self,
      CouplingCommand.self, EvolveCommand.self, EfficiencyCommand.self, EvaluateCommand.self, MapCommand.self,
      TableCommand.self, AuditCommand.self, CompareCommand.self, SimulateCommand.self, StudyCommand.self,
    ]
  }

  let console: any Console

  /// Carries out a call; every error becomes a message and an exit code here.
  ///
  /// The code holds whether or not anybody can be told: only a call that was done ends otherwise where standard
  /// output did not take its answer.
  func run(_ words: [String]) -> ExitCode {
    do {
      let code = try carryOut(words)
      guard let reason = console.outputFailure else { return code }
      let error = FileError.cannotWriteOutput(reason: reason)
      console.writeMessage("ruralvalue: \(Message.text(error))")
      return code == .done ? ExitCode(error) : code
    } catch {
      let verb = words.first.flatMap { word in Self.commands.first { $0.definition.name == word } }
      let name = verb.map { "ruralvalue \($0.definition.name)" } ?? "ruralvalue"
      let code = ExitCode(error)
      console.writeMessage(
        code == .internalError
          ? "\(name): internal error: \(Message.text(error)). Please report it with the call and its input."
          : "\(name): \(Message.text(error))")
      return code
    }
  }

  private func carryOut(_ words: [String]) throws -> ExitCode {
    let definitions = Self.commands.map { $0.definition }
    var words = words
    // `ruralvalue help entropy` is `ruralvalue entropy --help`.
    if words.first == "help" { words = words.dropFirst() + ["--help"] }
    guard let verb = words.first, verb != "--help", verb != "-h" else {
      console.write(HelpPage.overview(of: definitions))
      return .done
    }
    if verb == "--version" {
      console.write("ruralvalue \(ToolVersion.number)\n")
      return .done
    }
    guard let command = Self.commands.first(where: { $0.definition.name == verb }) else {
      throw UsageError.unknownCommand(verb, commands: definitions.map(\.name))
    }
    let rest = Array(words.dropFirst())
    if rest.contains("--help") || rest.contains("-h") {
      console.write(HelpPage.page(of: command))
      return .done
    }
    let inputs = InputReader(console)
    let call = try Call(rest, of: command)
    guard BLASLibrary.hasRoom(forThreads: 1) else { throw ProcessError.noRoomForLinearAlgebra }
    let answer = try call.run(inputs)
    try Delivery(call: call, inputs: inputs, console: console).deliver(answer)
    return answer.exitCode
  }
}

/// What whoever started the process does not let it have.
enum ProcessError: Fault {
  case noRoomForLinearAlgebra

  var kind: FaultKind { .data }

  var description: String {
    "Linear algebra needs \(BLASLibrary.bytesOfThread >> 20) MB of address space, which the process may not have. Give"
      + " it more, as with ulimit -v unlimited."
  }
}
