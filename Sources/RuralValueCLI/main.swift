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

// OpenBLAS starts a thread for each processor when it is loaded; each maps 128 MB, and where it may not, it asks again
// without end. A process with a limit on its address space begins anew with one thread.
var space = rlimit()
if unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space) == 0, space.rlim_cur != rlim_t.max,
  ProcessInfo.processInfo.environment["OPENBLAS_NUM_THREADS"] != "1"
{
  unsafe setenv("OPENBLAS_NUM_THREADS", "1", 1)
  unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
}

keepFreedMemory()
if space.rlim_cur == rlim_t.max { askForLargePages() }
SystemConsole.takePlacesOfClosedStreams()
CrashReport.install(
  verb: CommandLineTool.commands.map { $0.definition.name }.first {
    CommandLine.arguments.dropFirst().first == $0
  })

// Results must not depend on the number of cores.
BLASThreads.use(1)
// What a file or a call nests within bounds needs more than the least stack that a shell may set.
exit(
  WorkerThreads.withDeepStack {
    CommandLineTool(console: SystemConsole()).run(CommandLine.words).rawValue
  })
