import Glibc

/// What one run of a program cost.
struct Cost {
  /// User and system time of the whole process, in seconds.
  let processorTime: Double
  /// The largest resident set, in MB.
  let memory: Double
  /// The exit code, or −1 where a signal ended it.
  let exitCode: Int32
}

/// Runs a program with its output thrown away and returns what it cost, as the kernel counts it.
func run(_ words: [String]) -> Cost {
  var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
  defer { unsafe arguments.forEach { unsafe free($0) } }
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
  unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  var process: pid_t = 0
  guard unsafe posix_spawnp(&process, words[0], &actions, nil, &arguments, environ) == 0 else {
    return Cost(processorTime: 0, memory: 0, exitCode: -1)
  }
  var status: Int32 = 0
  var usage = rusage()
  while unsafe wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return Cost(
    processorTime: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory: Double(usage.ru_maxrss) / 1024,
    exitCode: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1)
}
