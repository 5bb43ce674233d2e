import RuralValue

/// What the system lets this process have of memory: the shell's `ulimit -v` and `ulimit -d`, and the limit of a
/// container.
enum ProcessMemory {
  /// The smaller of the limit that a call asks for and what the system leaves.
  static func limit(_ asked: MemoryLimit) -> MemoryLimit {
    guard let available, available < asked.bytes else { return asked }
    return MemoryLimit(bytes: available, origin: .system)
  }

  /// The memory that may still be taken, in bytes; nil where the system sets no limit.
  ///
  /// A fifth of the room is left to what asks nobody: the pieces between allocations, stacks, the linear algebra.
  private static var available: Double? {
    let room = [
      room("Max address space", used: pages(0)), room("Max data size", used: pages(5)), containerLimit,
    ].compactMap(\.self).min()
    return room.map { max(0, 0.8 * $0) }
  }

  /// What a limit of the process leaves.
  private static func room(_ name: String, used: Double) -> Double? {
    let line = text("/proc/self/limits").split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Double($0.dropFirst(name.count).split(separator: " ")[0]) }.map { $0 - used }
  }

  /// What the process has by now, in bytes: all of its addresses come first, its data sixth.
  private static func pages(_ place: Int) -> Double {
    let counts = text("/proc/self/statm").split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    return place < counts.count ? counts[place] * Double(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// The smallest limit of the control groups around the process.
  private static var containerLimit: Double? {
    guard let line = text("/proc/self/cgroup").split(separator: "\n").first(where: { $0.hasPrefix("0::") })
    else { return nil }
    var parts = line.dropFirst(3).split(separator: "/")
    var limits: [Double] = []
    while true {
      let place = (["/sys/fs/cgroup"] + parts.map(String.init) + ["memory.max"]).joined(separator: "/")
      if let limit = Double(text(place).filter { !$0.isWhitespace }) { limits.append(limit) }
      guard parts.popLast() != nil else { return limits.min() }
    }
  }

  private static func text(_ path: String) -> String {
    String(decoding: (try? InputFile.bytes(at: path, calledBy: path)) ?? [], as: UTF8.self)
  }
}
