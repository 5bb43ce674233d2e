import RuralValueNumerics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// An interrupted run says so with the exit code that shells expect; files are written whole or not at all.
signal(SIGINT) { _ in _exit(ExitCode.interrupted.rawValue) }
signal(SIGPIPE, SIG_IGN)
// Results must not depend on the number of cores.
BLASThreads.use(1)
exit(CommandLineTool(console: SystemConsole()).run(Array(CommandLine.arguments.dropFirst())).rawValue)
