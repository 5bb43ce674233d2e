import Foundation

// Measures the release build against the limits that the issues set: processor time of the whole process
// and its largest resident set, the medians of seven runs that take turns.
//
//     make benchmark                      all
//     .build/release/benchmarks entropy   those whose name contains the word

let folder = FileManager.default.temporaryDirectory.appending(path: "ruralvalue-benchmarks").path
let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ruralvalue")
  .path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)

let wanted = CommandLine.arguments.dropFirst()
let chosen = benchmarks(folder: folder).filter { benchmark in
  wanted.isEmpty || wanted.contains { benchmark.name.contains($0) }
}
for call in chosen.flatMap(\.preparation) {
  guard run([tool] + call).exitCode == 0 else {
    print("The preparation failed: ruralvalue \(call.joined(separator: " "))")
    exit(1)
  }
}

var costs = [[Cost]](repeating: [], count: chosen.count)
for _ in 0..<7 {
  for (position, benchmark) in chosen.enumerated() { costs[position].append(run([tool] + benchmark.call)) }
}
func column(_ text: String, _ width: Int) -> String {
  text.padding(toLength: width, withPad: " ", startingAt: 0)
}
print(column("benchmark", 60), column("CPU s", 8), column("limit", 8), column("MB", 8), column("limit", 8))
let measurements = zip(chosen, costs).map { Measurement(benchmark: $0, runs: $1) }
for measurement in measurements {
  let benchmark = measurement.benchmark
  print(
    column(benchmark.name, 60), column(String(format: "%.3f", measurement.processorTime), 8),
    column(String(format: "%.3f", benchmark.processorTimeLimit), 8),
    column(String(format: "%.0f", measurement.memory), 8),
    column(benchmark.memoryLimit.map { String(format: "%.0f", $0) } ?? "", 8),
    measurement.failed ? "FAILED" : measurement.isWithinLimits ? "ok" : "OVER")
}
exit(measurements.allSatisfy(\.isWithinLimits) ? 0 : 1)
