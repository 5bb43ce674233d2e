/// A scorecard of 24 indicators over a national panel, with targets near the middle of its simulated values.
func evaluateBenchmarks(_ folder: String) -> [Benchmark] {
  let national = "\(folder)/evaluate-2850x11"
  // Every column of numbers of the simulated panel becomes a row with thresholds; which are met does not matter to the clock.
  let card = """
    NR == 1 { print "index,dimension,indicator,column,direction,target,yellow,red,weight" > file
      for (k = 4; k <= NF; k++) print "A,d," $k "," $k ",+,50,20,5," > file; exit }
    """
  let preparation = [
    simulated(2850, "2012:2022", national),
    ["awk", "-F,", "-v", "file=\(national)/card.csv", card, "\(national)/panel-simulated.csv"],
  ]
  let call = [
    "evaluate", "\(national)/panel-simulated.csv", "--scorecard", "\(national)/card.csv", "--quiet",
  ]
  return [
    Benchmark(
      name: "evaluate: 24 indicators × 2,850 counties × 11 years, tables for the terminal", call: call,
      processorTimeLimit: 0.4, preparation: preparation),
    Benchmark(
      name: "evaluate: the same with every cell written", call: call + ["--out", "\(national)/out"],
      processorTimeLimit: 1.5, preparation: preparation),
  ]
}
