/// A call whose cost an issue sets a limit to.
struct Benchmark {
  /// What it shows.
  let name: String
  /// The words after `ruralvalue`.
  let call: [String]
  /// The most processor time of the whole process, in seconds.
  let processorTimeLimit: Double
  /// The most memory, in MB; nil where none is set.
  var memoryLimit: Double? = nil
  /// Programs that make the input, run once before; `ruralvalue` stands for the tool.
  var preparation: [[String]] = []
  /// Other programs that do the same, run beside it where they are installed.
  var peers: [Peer] = []
}

/// Another program that does the same.
struct Peer {
  let name: String
  let words: [String]
}

/// The medians of several runs.
struct Measurement {
  let runs: [Cost]

  var processorTime: Double { median(runs.map(\.processorTime)) }
  var memory: Double { median(runs.map(\.memory)) }
  var failed: Bool { runs.isEmpty || runs.contains { $0.exitCode != 0 } }

  func isWithin(_ benchmark: Benchmark) -> Bool {
    !failed && processorTime <= benchmark.processorTimeLimit && memory <= benchmark.memoryLimit ?? .infinity
  }
}

func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
