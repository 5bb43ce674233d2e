/// Every benchmark, in the order of the issues.
func benchmarks(folder: String) -> [Benchmark] {
  preparationBenchmarks(folder) + linearPanelBenchmarks(folder) + dynamicPanelBenchmarks(folder)
    + spaceBenchmarks(folder) + binaryFileBenchmarks(folder)
    + spatialDurbinBenchmarks(folder) + studyBenchmarks(folder)
    + spaceBenchmarks(folder)
    + spatialDurbinBenchmarks(folder) + disparityBenchmarks(folder) + couplingBenchmarks(folder)
    + evolveBenchmarks(folder) + efficiencyBenchmarks(folder) + evaluateBenchmarks(folder)
    + studyBenchmarks(folder)
}

private func studyBenchmarks(_ folder: String) -> [Benchmark] {
  [
    Benchmark(
      name: "study: the Hunan study, 24 steps from indicators to the report",
      call: ["study", "Fixtures/studies/hunan/study.json", "--fresh", "--out", "\(folder)/study", "--quiet"],
      processorTimeLimit: 10),
    Benchmark(
      name: "simulate: 100 replications of the default system GMM, 121 × 11",
      call: [
        "simulate", "dynamic-panel", "--counties", "121", "--coefficients", "P=0.1,C=-0.05", "--seed", "1",
        "--replications", "100", "--quiet",
      ], processorTimeLimit: 4),
  ]
}

private func preparationBenchmarks(_ folder: String) -> [Benchmark] {
  let national = "\(folder)/national"
  return [
    Benchmark(name: "help: a page of help", call: ["entropy", "--help"], processorTimeLimit: 0.02),
    Benchmark(
      name: "entropy: 2,850 counties × 11 years × 24 indicators",
      call: [
        "entropy", "\(national)/panel-simulated.csv", "--indicators", "\(national)/indicators.csv", "--out",
        "\(national)/out",
      ], processorTimeLimit: 0.2, memoryLimit: 300, preparation: [simulated(2850, "2012:2022", national)]),
  ]
}

func simulated(_ counties: Int, _ periods: String, _ folder: String) -> [String] {
  [
    "ruralvalue", "simulate", "indicators", "--counties", "\(counties)", "--periods", periods, "--seed", "1",
    "--out", folder,
  ]
}

/// Panels of scores V, P, C, I, T, made by simulate and entropy.
func scores(_ counties: Int, _ periods: String, _ folder: String) -> [[String]] {
  [
    simulated(counties, periods, folder),
    [
      "ruralvalue", "entropy", "\(folder)/panel-simulated.csv", "--indicators", "\(folder)/indicators.csv",
      "--out",
      folder,
    ],
  ]
}

/// A panel of 57,000 rows with 15 regressors, and two-way effects on it.
private func linearPanelBenchmarks(_ folder: String) -> [Benchmark] {
  let data = "\(folder)/fe-2850x20"
  let panel = "\(data)/panel.csv"
  let draw = """
    function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
    BEGIN { s = 1; printf "id,year,y" > file; for (k = 1; k <= 15; k++) printf ",x%d", k > file; print "" > file
      for (i = 0; i < 2850; i++) { m = u()
        for (t = 2003; t < 2023; t++) { y = m + u() + t / 100; line = ""
          for (k = 1; k <= 15; k++) { x = u() + m / 2; y += x / k; line = line sprintf(",%.6f", x) }
          printf "%d,%d,%.6f%s\\n", 110000 + i, t, y, line > file } } }
    """
  let terms = (1...15).map { "x\($0)" }.joined(separator: " + ")
  func estimated(_ name: String, _ options: [String], time: Double, memory: Double?, peers: [Peer] = [])
    -> Benchmark
  {
    Benchmark(
      name: "fe: 2,850 × 20, 15 regressors, \(name)",
      call: ["fe", panel, "--formula", "y ~ \(terms)", "--quiet"] + options, processorTimeLimit: time,
      memoryLimit: memory, preparation: [["mkdir", "-p", data], ["awk", "-v", "file=\(panel)", draw]],
      peers: peers)
  }
  return [
    estimated(
      "two-way, clustered, no tests", ["--no-tests"], time: 0.2, memory: 120,
      peers: ["pyfixest", "linearmodels"].map {
        Peer(name: "Python \($0)", words: ["python3", "Tests/Benchmarks/peers/effects.py", $0, panel])
      }),
    estimated("two-way, clustered, all tests", [], time: 0.2, memory: 120),
  ]
}

private func dynamicPanelBenchmarks(_ folder: String) -> [Benchmark] {
  let employment = "Fixtures/reference/gmm/abdata.csv"
  let (small, national, long) = ("\(folder)/gmm-121x11", "\(folder)/gmm-2850x11", "\(folder)/gmm-2850x25")
  let peers = "Tests/Benchmarks/peers"
  func interacted(_ folder: String) -> [String] {
    [
      "gmm", "\(folder)/scores.csv", "--formula", "V ~ lag(V) + P*C*I*T", "--gmm", "V,2:", "--iv", "P*C*I*T",
      "--collapse", "--quiet",
    ]
  }
  func byDefault(_ folder: String) -> [String] {
    ["gmm", "\(folder)/scores.csv", "--formula", "V ~ lag(V) + P*C*I*T", "--quiet"]
  }
  func deep(_ regressors: String, _ instruments: String) -> [String] {
    [
      "gmm", "\(long)/scores.csv", "--formula", "V ~ lag(V) + \(regressors)", "--gmm", "V,2:6", "--gmm",
      "\(instruments),2:6", "--quiet",
    ]
  }
  return [
    Benchmark(
      name: "gmm: EmplUK, two-step system",
      call: [
        "gmm", employment, "--formula", "n ~ lag(n) + w + k", "--gmm", "n,2:", "--gmm", "w,2:", "--iv", "k",
        "--time-effects", "none", "--quiet",
      ], processorTimeLimit: 0.025,
      peers: [
        Peer(name: "gretl dpanel", words: ["sh", "-c", "gretlcli -b $PWD/\(peers)/employment.inp"]),
        Peer(name: "R plm", words: ["Rscript", "\(peers)/employment.R"]),
        Peer(
          name: "Python pydynpd",
          words: [
            "python3", "\(peers)/pydynpd.py", employment, "n L1.n w k | gmm(n, 2:99) gmm(w, 2:99) iv(k)",
            "id,year",
          ]),
      ]),
    Benchmark(
      name: "gmm: 121 × 11, 15 interacted regressors, time dummies, collapsed", call: interacted(small),
      processorTimeLimit: 0.05, preparation: scores(121, "2012:2022", small)),
    Benchmark(
      name: "gmm: 2,850 × 11, the same", call: interacted(national), processorTimeLimit: 0.4,
      preparation: scores(2850, "2012:2022", national)),
    Benchmark(
      name: "gmm: 121 × 11, the same with Ahn and Schmidt's moments",
      call: interacted(small) + ["--nonlinear"],
      processorTimeLimit: 0.1, preparation: scores(121, "2012:2022", small)),
    Benchmark(
      name: "gmm: 121 × 11, the same, continuously updated", call: interacted(small) + ["--steps", "cue"],
      processorTimeLimit: 0.5, preparation: scores(121, "2012:2022", small)),
    Benchmark(
      name: "gmm: 121 × 11, the default call, all tests", call: byDefault(small), processorTimeLimit: 0.12,
      preparation: scores(121, "2012:2022", small)),
    Benchmark(
      name: "gmm: 2,850 × 11, the default call, all tests", call: byDefault(national), processorTimeLimit: 1,
      preparation: scores(2850, "2012:2022", national)),
    Benchmark(
      name: "gmm: 2,850 × 25, 4 regressors, lags 2–6 uncollapsed", call: deep("P + C + I + T", "P,C,I,T"),
      processorTimeLimit: 2, memoryLimit: 300, preparation: scores(2850, "1998:2022", long)),
    Benchmark(
      name: "gmm: 2,850 × 25, 15 regressors, lags 2–6 uncollapsed", call: deep("P*C*I*T", "P*C*I*T"),
      processorTimeLimit: 10, memoryLimit: 800, preparation: scores(2850, "1998:2022", long)),
  ]
}

/// A spatial panel on a grid of counties with queen contiguity, and its weights.
private func spatialPanel(
  counties: Int, _ periods: String, _ coefficients: String, _ folder: String, _ options: [String] = []
) -> [String] {
  [
    "ruralvalue", "simulate", "sdm", "--counties", "\(counties)", "--periods", periods, "--rho", "0.4",
    "--coefficients", coefficients, "--outcome", "y", "--seed", "1", "--quiet", "--out", folder,
  ] + options
}

/// Workbooks, Stata files and shapefiles as large as those that people have.
private func binaryFileBenchmarks(_ folder: String) -> [Benchmark] {
  let maker = "Fixtures/reference/files/make_large.py"
  let workbook = "\(folder)/large.xlsx"
  return [
    Benchmark(
      name: "describe: one variable of an .xlsx of 50,000 × 20",
      call: ["describe", workbook, "--variables", "x0", "--quiet"], processorTimeLimit: 0.9, memoryLimit: 300,
      preparation: [["python3", maker, "xlsx", workbook]]),
    Benchmark(
      name: "prepare: an .xlsx of 50,000 × 20 to CSV",
      call: ["prepare", workbook, "--as-is", "--out", "\(folder)/large-xlsx", "--quiet"],
      processorTimeLimit: 0.9, memoryLimit: 300, preparation: [["python3", maker, "xlsx", workbook]]),
    Benchmark(
      name: "describe: one variable of a .dta of 50,000 × 20",
      call: ["describe", "\(folder)/large.dta", "--variables", "x0", "--quiet"], processorTimeLimit: 0.3,
      memoryLimit: 150, preparation: [["python3", maker, "dta", "\(folder)/large.dta"]]),
    Benchmark(
      name: "weights: queen contiguity of 3,109 polygons, 9 MB of .shp",
      call: [
        "weights", "\(folder)/large.shp", "--rule", "queen", "--out", "\(folder)/queen-shp.csv", "--quiet",
      ],
      processorTimeLimit: 0.3,
      preparation: [
        ["python3", "Fixtures/reference/spatial/make_polygons.py", "\(folder)/large.geojson"],
        ["python3", maker, "shp", "\(folder)/large.geojson", "\(folder)/large"],
      ]),
  ]
}

private func spaceBenchmarks(_ folder: String) -> [Benchmark] {
  let polygons = "\(folder)/polygons.geojson"
  let grid = "\(folder)/grid-3107"
  let points = "\(folder)/points.csv"
  // A plain of 2,000 by 2,000 km, the same on any machine.
  let scattered = [
    [
      "awk", "-v", "OFS=,", "-v", "file=\(points)",
      """
      BEGIN { print "id,lon,lat" > file; s = 1; for (i = 0; i < 100000; i++) { s = (s * 16807) % 2147483647; a = s; \
      s = (s * 16807) % 2147483647; print i, 100 + 20 * a / 2147483647, 22 + 18 * s / 2147483647 > file } }
      """,
    ]
  ]
  let drawn = [["python3", "Fixtures/reference/spatial/make_polygons.py", polygons]]
  let panel = [spatialPanel(counties: 3107, "2022:2022", "x1=1", grid)]
  return [
    Benchmark(
      name: "weights: queen contiguity of 3,109 polygons, 23 MB of GeoJSON",
      call: ["weights", polygons, "--rule", "queen", "--out", "\(folder)/queen.csv", "--quiet"],
      processorTimeLimit: 0.6, preparation: drawn),
    Benchmark(
      name: "weights: the four nearest of 100,000 points",
      call: ["weights", points, "--rule", "knn:4", "--quiet"], processorTimeLimit: 0.5, preparation: scattered
    ),
    Benchmark(
      name: "weights: 100,000 points within 20 km, 6.6 million links",
      call: ["weights", points, "--rule", "distance:20", "--quiet"], processorTimeLimit: 3, memoryLimit: 500,
      preparation: scattered),
    Benchmark(
      name: "hotspot: Gi* with 9,999 permutations, 3,107 units",
      call: [
        "hotspot", "\(grid)/panel-simulated.csv", "--variable", "x1", "--weights", "\(grid)/weights.csv",
        "--permutations", "9999",
        "--quiet",
      ], processorTimeLimit: 0.4, preparation: panel),
    Benchmark(
      name: "moran: local Moran with 9,999 permutations, 3,107 units",
      call: [
        "moran", "\(grid)/panel-simulated.csv", "--variable", "x1", "--weights", "\(grid)/weights.csv",
        "--local",
        "--permutations", "9999", "--quiet",
      ], processorTimeLimit: 0.4, preparation: panel),
  ]
}

private func spatialDurbinBenchmarks(_ folder: String) -> [Benchmark] {
  func grid(_ counties: Int, _ periods: Int, time: Double, memory: Double?) -> Benchmark {
    let data = "\(folder)/sdm-\(counties)"
    return Benchmark(
      name: "sdm: \(counties) × \(periods), 4 regressors",
      call: [
        "sdm", "\(data)/panel-simulated.csv", "--formula", "y ~ x1 + x2 + x3 + x4", "--weights",
        "\(data)/weights.csv",
        "--quiet",
      ], processorTimeLimit: time, memoryLimit: memory,
      preparation: [
        spatialPanel(
          counties: counties, "\(2023 - periods):2022", "x1=1,x2=1,x3=1,x4=1",
          data, ["--durbin", "x1=0.5,x2=0.5,x3=0.5,x4=0.5"])
      ])
  }
  return [
    Benchmark(
      name: "sdm: cigarettes, two-way, 1,000 draws",
      call: [
        "sdm", "Fixtures/reference/sdm/cigar.csv", "--formula", "logc ~ logp + logy", "--weights",
        "Fixtures/reference/sdm/us-state-borders.csv", "--draws", "1000", "--quiet",
      ], processorTimeLimit: 0.04),
    grid(2850, 11, time: 0.25, memory: 120),
    grid(10_000, 11, time: 0.9, memory: nil),
    grid(40_000, 5, time: 5, memory: 500),
    inverseDistances(1000, time: 0.8, memory: nil, folder),
    inverseDistances(2850, time: 10, memory: 700, folder),
  ]
}

/// A panel of five years and the inverse distances of all its counties, a list of both directions: 260 MB at 2,850.
private func inverseDistances(_ counties: Int, time: Double, memory: Double?, _ folder: String) -> Benchmark {
  let data = "\(folder)/dense-\(counties)"
  let draw = """
    function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
    BEGIN { s = 1; print "id,year,y,x1,x2" > panel; print "from,to,weight" > links
      for (i = 0; i < n; i++) { x[i] = 10 * u(); y[i] = 10 * u(); m = u()
        for (t = 2018; t < 2023; t++) { a = u(); b = u()
          printf "%d,%d,%.9f,%.9f,%.9f\\n", 110000 + i, t, m + a + b / 2 + u(), a, b > panel } }
      for (i = 0; i < n; i++) for (j = 0; j < n; j++) if (i != j) printf "%d,%d,%.15f\\n", 110000 + i, 110000 + j, \
        1 / sqrt((x[i] - x[j]) ^ 2 + (y[i] - y[j]) ^ 2) > links }
    """
  let (panel, links) = ("\(data)/panel.csv", "\(data)/links.csv")
  return Benchmark(
    name: "sdm: \(counties) × 5, inverse distances, all tests",
    call: ["sdm", panel, "--formula", "y ~ x1 + x2", "--weights", links, "--quiet"],
    processorTimeLimit: time, memoryLimit: memory,
    preparation: [
      ["mkdir", "-p", data],
      ["awk", "-v", "n=\(counties)", "-v", "panel=\(panel)", "-v", "links=\(links)", draw],
    ],
    peers: ["splm", "SDPDmod"].map {
      Peer(name: "R \($0)", words: ["Rscript", "Tests/Benchmarks/peers/dense.R", $0, panel, links])
    })
}
