/// A call whose cost an issue sets a limit to.
struct Benchmark {
  /// What it shows.
  let name: String
  /// The words after `ruralvalue`.
  let call: [String]
  /// The most processor time of the whole process, in seconds.
  let processorTimeLimit: Double
  /// The most memory, in MB; nil where none is set.
  let memoryLimit: Double?
  /// Calls that make the input, run once before.
  var preparation: [[String]] = []
}

/// The medians of several runs.
struct Measurement {
  let benchmark: Benchmark
  let runs: [Cost]

  var processorTime: Double { median(runs.map(\.processorTime)) }
  var memory: Double { median(runs.map(\.memory)) }
  var failed: Bool { runs.contains { $0.exitCode != 0 } }
  var isWithinLimits: Bool {
    !failed && processorTime <= benchmark.processorTimeLimit && memory <= benchmark.memoryLimit ?? .infinity
  }
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
