/// A national panel: 2,850 counties over 11 years on a grid with queen contiguity.
func evolveBenchmarks(_ folder: String) -> [Benchmark] {
  let data = "\(folder)/evolve-2850x11"
  let panel = [
    "ruralvalue", "simulate", "sdm", "--counties", "2850", "--periods", "2012:2022", "--rho", "0.4",
    "--coefficients", "x1=1", "--outcome", "y", "--seed", "1", "--quiet", "--out", data,
  ]
  let call = [
    "evolve", "\(data)/panel-simulated.csv", "--variable", "y", "--weights", "\(data)/weights.csv", "--quiet",
  ]
  return [
    Benchmark(
      name: "evolve: spatial Markov, 2,850 × 11", call: call + ["--parts", "transitions"],
      processorTimeLimit: 0.3, preparation: [panel]),
    Benchmark(
      name: "evolve: the same with densities", call: call + ["--parts", "kernel,transitions"],
      processorTimeLimit: 0.4, preparation: [panel]),
  ]
}
