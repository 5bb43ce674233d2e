/// Every benchmark, in the order of the issues.
func benchmarks(folder: String) -> [Benchmark] {
  let national = "\(folder)/national"
  return [
    Benchmark(
      name: "help: a page of help", call: ["entropy", "--help"], processorTimeLimit: 0.02, memoryLimit: nil),
    Benchmark(
      name: "entropy: 2,850 counties × 11 years × 24 indicators",
      call: [
        "entropy", "\(national)/panel-simulated.csv", "--indicators", "\(national)/indicators.csv", "--out",
        "\(national)/out",
      ],
      processorTimeLimit: 0.35, memoryLimit: 300,
      preparation: [
        [
          "simulate", "indicators", "--counties", "2850", "--periods", "2012:2022", "--seed", "1", "--out",
          national,
        ]
      ]),
  ]
}
