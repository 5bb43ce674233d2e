import RuralValueNumerics

// An interrupted run says so with the exit code that shells expect, also where whoever started it had
// interrupts blocked. Files are written whole or not at all, so there is nothing to clean up.
var interrupts = sigset_t()
unsafe sigemptyset(&interrupts)
unsafe sigaddset(&interrupts, SIGINT)
unsafe pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
signal(SIGINT) { _ in _exit(ExitCode.interrupted.rawValue) }
signal(SIGPIPE, SIG_IGN)
// A file that grows beyond a limit of the shell is an error to be told, not an end without a word.
signal(SIGXFSZ, SIG_IGN)

let console = SystemConsole()
CrashReport.install(
  verb: CommandLineTool.commands.map { $0.definition.name }.first {
    CommandLine.arguments.dropFirst().first == $0
  })

// Results must not depend on the number of cores.
BLASThreads.use(1)
exit(CommandLineTool(console: console).run(Array(CommandLine.arguments.dropFirst())).rawValue)
