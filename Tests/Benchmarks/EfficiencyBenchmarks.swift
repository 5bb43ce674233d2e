/// Efficiency of a nation's counties: programmes of few rows and as many columns as counties.
func efficiencyBenchmarks(_ folder: String) -> [Benchmark] {
  let data = "\(folder)/efficiency-2850x11"
  let panel = "\(data)/panel.csv"
  // Four inputs of very unlike sizes, an output that falls short of what they could give, and a bad one.
  let draw = """
    function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
    function level(m) { return m * exp(u() + u() + u() + u() - 2) }
    BEGIN { s = 1; print "id,year,labour,capital,land,technology,income,pollution" > file
      for (i = 0; i < 2850; i++) { size = exp(4 * u())
        for (t = 2012; t < 2023; t++) {
          a = level(40 * size); b = level(9000 * size); c = level(size); d = level(300 * size)
          y = 500 * exp(0.25 * (log(a) + log(b) + log(c) + log(d)) - 0.7 * u() - 0.3 * u() * u() + (t - 2012) * 0.02)
          printf "%d,%d,%.4f,%.4f,%.5f,%.4f,%.4f,%.4f\\n", 110000 + i, t, a, b, c, d, y, level(20 * size) > file } } }
    """
  func measured(_ name: String, _ options: [String], periods: String? = "2022:2022", time: Double)
    -> Benchmark
  {
    Benchmark(
      name: "efficiency: 2,850 counties, \(name)",
      call: [
        "efficiency", panel, "--inputs", "labour,capital,land,technology", "--outputs", "income", "--quiet",
      ] + (periods.map { ["--periods", $0] } ?? []) + options,
      processorTimeLimit: time, preparation: [["mkdir", "-p", data], ["awk", "-v", "file=\(panel)", draw]])
  }
  let bad = ["--undesirable", "pollution"]
  return [
    measured("super-SBM of a year, four inputs", ["--model", "super-sbm"], time: 20),
    measured(
      "super-SBM of a year with an undesirable output, variable returns",
      ["--model", "super-sbm", "--returns", "variable"] + bad, time: 20),
    measured("CCR of a year with slacks and peers", ["--model", "ccr"], time: 20),
    measured(
      "global Malmquist of three years", ["--model", "ccr", "--malmquist"], periods: "2020:2022", time: 15),
  ]
}
