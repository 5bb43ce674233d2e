import Foundation

// Measures the release build against the limits that the issues set: processor time of the whole process
// and its largest resident set, the medians of runs that take turns with other programs', where those are
// installed. Run from the project's root:
//
//     make benchmark                      all
//     .build/release/benchmarks entropy   those whose name contains the word

let folder = FileManager.default.temporaryDirectory.appending(path: "ruralvalue-benchmarks").path
let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ruralvalue")
  .path
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)

func line(
  _ name: String, _ measurement: Measurement, limits: (time: Double?, memory: Double?), verdict: String
) {
  func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: width, withPad: " ", startingAt: 0)
  }
  func number(_ value: Double?, _ format: String) -> String { value.map { String(format: format, $0) } ?? "" }
  print(
    column(name, 66), column(number(measurement.processorTime, "%.3f"), 8),
    column(number(limits.time, "%.3f"), 8),
    column(number(measurement.memory, "%.0f"), 7), column(number(limits.memory, "%.0f"), 7), verdict)
}

let wanted = CommandLine.arguments.dropFirst()
let chosen = benchmarks(folder: folder).filter { benchmark in
  wanted.isEmpty || wanted.contains { benchmark.name.contains($0) }
}
print("CPU seconds and MB of the whole process, medians; limits beside them")
var areAllWithin = true
var prepared: Set<[String]> = []
for benchmark in chosen {
  for words in benchmark.preparation where prepared.insert(words).inserted {
    if run(words.map { $0 == "ruralvalue" ? tool : $0 }).exitCode != 0 {
      print("\(benchmark.name): the preparation failed: \(words.joined(separator: " "))")
    }
  }
  var costs: [Cost] = []
  var peerCosts = [[Cost]](repeating: [], count: benchmark.peers.count)
  for turn in 0..<7 {
    costs.append(run([tool] + benchmark.call))
    for (position, peer) in benchmark.peers.enumerated() where turn < 3 {
      if let first = peerCosts[position].first, first.exitCode != 0 { continue }
      peerCosts[position].append(run(peer.words))
    }
  }
  let measurement = Measurement(runs: costs)
  let isWithin = measurement.isWithin(benchmark)
  areAllWithin = areAllWithin && isWithin
  line(
    benchmark.name, measurement, limits: (benchmark.processorTimeLimit, benchmark.memoryLimit),
    verdict: measurement.failed ? "FAILED" : isWithin ? "ok" : "OVER")
  for (peer, costs) in zip(benchmark.peers, peerCosts) {
    let measurement = Measurement(runs: costs)
    if measurement.failed {
      print("    \(peer.name): not installed, or it failed")
    } else {
      line("    \(peer.name)", measurement, limits: (nil, nil), verdict: "")
    }
  }
}
exit(areAllWithin ? 0 : 1)
