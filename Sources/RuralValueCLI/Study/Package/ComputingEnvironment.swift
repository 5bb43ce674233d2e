import RuralValue
import RuralValueNumerics

/// What a study was computed with, as far as the system tells: nothing of it names the machine or its user.
struct ComputingEnvironment: Equatable, Sendable {
  let program: String
  let linearAlgebra: String
  let processor: String
  let cores: Int
  let system: String
  /// The machine's memory in bytes; nil where the system does not tell.
  let memory: Int?
  /// The most memory that the process had at a time, in bytes.
  let peakMemory: Int?
  /// How long the study took, in seconds.
  let seconds: Double
  /// How many steps ran side by side.
  let jobs: Int

  /// What this process runs on, after a study that took so long.
  init(seconds: Double, jobs: Int) {
    program = "ruralvalue \(ToolVersion.number)"
    linearAlgebra = BLASLibrary.description
    processor = Self.value("model name", in: "/proc/cpuinfo") ?? Self.architecture
    cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    system = Self.value("PRETTY_NAME", in: "/etc/os-release") ?? Self.kernel
    memory = Self.bytes("MemTotal", in: "/proc/meminfo")
    peakMemory = Self.bytes("VmHWM", in: "/proc/self/status")
    self.seconds = seconds
    self.jobs = jobs
  }

  /// The value behind a name and a colon or an equals sign, without quotation marks.
  private static func value(_ name: String, in file: String) -> String? {
    let text = String(decoding: (try? InputFile.bytes(at: file, calledBy: file)) ?? [], as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      guard let sign = line.firstIndex(where: { $0 == ":" || $0 == "=" }) else { continue }
      let value = CellText.trimmed(String(line[line.index(after: sign)...]).filter { $0 != "\"" })
      if !value.isEmpty { return value }
    }
    return nil
  }

  /// A number of kilobytes, in bytes.
  private static func bytes(_ name: String, in file: String) -> Int? {
    value(name, in: file).flatMap { Int($0.prefix { $0.isNumber }) }.map { $0 * 1024 }
  }

  private static var kernel: String {
    #if os(Linux)
      "Linux"
    #elseif os(macOS)
      "macOS"
    #else
      "unknown"
    #endif
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }
}

extension ComputingEnvironment {
  /// The facts as a package's list of contents has them.
  var member: JSONMember {
    JSONMember(
      "environment",
      .object([
        JSONMember("program", .string(program)), JSONMember("linear_algebra", .string(linearAlgebra)),
        JSONMember("processor", .string(processor)), JSONMember("cores", .integer(cores)),
        JSONMember("system", .string(system)), JSONMember("memory", memory.map { .integer($0) } ?? .null),
        JSONMember("peak_memory", peakMemory.map { .integer($0) } ?? .null),
        JSONMember("seconds", .number((seconds * 10).rounded() / 10)), JSONMember("jobs", .integer(jobs)),
      ]))
  }
}
