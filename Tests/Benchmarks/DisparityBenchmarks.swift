/// A national panel by 31 provinces and 340 prefectures, with people and two sectors, the same on any machine.
func disparityBenchmarks(_ folder: String) -> [Benchmark] {
  let data = "\(folder)/disparity"
  let panel = "\(data)/panel.csv"
  let draw = """
    function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
    BEGIN { s = 1; print "code,year,province,prefecture,income,people,yu,yr,nu,nr" > panel
      for (i = 0; i < 2850; i++) { p = i % 340; m = exp(u() + (p % 31) / 40)
        for (t = 2012; t < 2023; t++) { n = 5 + 90 * u(); r = .2 + .6 * u(); y = 9000 * m * exp(.3 * u())
          printf "%d,%d,province%02d,prefecture%03d,%.2f,%.3f,%.2f,%.2f,%.3f,%.3f\\n", 110000 + i, t, p % 31, p, y, n, \
            1.6 * y, y * (.6 + .2 * u()), n * (1 - r), n * r > panel } } }
    """
  let drawn = [["mkdir", "-p", data], ["awk", "-v", "panel=\(panel)", draw]]
  return [
    Benchmark(
      name: "disparity: Dagum by 31 provinces, 2,850 counties × 11 years",
      call: [
        "disparity", panel, "--variable", "income", "--population", "people", "--group", "province",
        "--quiet",
      ], processorTimeLimit: 0.3, preparation: drawn),
    Benchmark(
      name: "disparity: two levels, town and country and all files, 2,850 × 11",
      call: [
        "disparity", panel, "--variable", "income", "--group", "province,prefecture", "--urban", "yu",
        "--rural",
        "yr", "--urban-population", "nu", "--rural-population", "nr", "--out", "\(data)/out", "--quiet",
      ], processorTimeLimit: 0.6),
  ]
}
