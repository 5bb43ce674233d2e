/// Coupling of scores over a national panel.
func couplingBenchmarks(_ folder: String) -> [Benchmark] {
  let national = "\(folder)/coupling-2850x11"
  return [
    Benchmark(
      name: "coupling: 2,850 × 11, value with four flows, means by year",
      call: ["coupling", "\(national)/scores.csv", "--systems", "V,P,C,I,T", "--quiet"],
      processorTimeLimit: 0.2, preparation: scores(2850, "2012:2022", national)),
    Benchmark(
      name: "coupling: the same of two systems, written for maps",
      call: [
        "coupling", "\(national)/scores.csv", "--systems", "V,P", "--out", "\(national)/coupling", "--quiet",
      ], processorTimeLimit: 0.2, preparation: scores(2850, "2012:2022", national)),
  ]
}
