extension MonteCarloResult {
  /// Bias, spread, coverage and rejection rates, one row a parameter; `levels` are those of rejection.
  public func termTable(levels: [Double]) -> ResultTable {
    let percent = Percentage.text(confidenceLevel)
    func numbers(_ value: (MonteCarloTerm) -> Double) -> ResultValues { .number(terms.map(value)) }
    func part(
      _ name: String, _ heading: Phrase, _ part: InferencePart, _ value: (MonteCarloTerm) -> Double
    ) -> ResultColumn {
      ResultColumn(name, heading, numbers(value), display: .inference(part))
    }
    let columns = [
      ResultColumn.terms("term", Phrase("Term", zh: "变量"), terms.map(\.name)),
      part("truth", Phrase("Truth", zh: "真值"), .estimate, \.truth),
      part("mean", Phrase("Mean", zh: "均值"), .estimate, \.mean),
      part("bias", Phrase("Bias", zh: "偏差"), .estimate, \.bias),
      part("sd", Phrase("SD", zh: "标准差"), .error, \.deviation),
      part("rmse", Phrase("RMSE", zh: "均方根误差"), .error, \.rootMeanSquaredError),
      part("mean_std_error", Phrase("Mean\nstd. error", zh: "标准误\n均值"), .error, \.meanStandardError),
      ResultColumn(
        "coverage", Phrase("Coverage\nof \(percent) %", zh: "\(percent)%区间\n覆盖率"), numbers(\.coverage)),
      ResultColumn(
        "coverage_low", Phrase("Coverage\nfrom", zh: "覆盖率\n下限"), numbers(\.coverageInterval.lower)),
      ResultColumn("coverage_high", Phrase("Coverage\nto", zh: "覆盖率\n上限"), numbers(\.coverageInterval.upper)),
    ]
    return ResultTable(
      name: "monte_carlo",
      title: Phrase(
        "Monte Carlo of \(estimated) replications", zh: "蒙特卡洛模拟（\(estimated)次重复）"),
      columns: columns
        + rejectionColumns(levels) { level in numbers { $0.rejectionRate(level: level) } },
      notes: [
        Phrase(
          "Rejection rates are of the hypothesis that the parameter is zero: power where the truth is not zero, size"
            + " where it is.", zh: "拒绝率针对“参数为零”的原假设：真值不为零时即检验功效，真值为零时即检验水平。"),
        Phrase(
          "Coverage from … to: Wilson's 95 % interval, for the replications are a sample.",
          zh: "覆盖率上下限：因重复次数有限，给出Wilson 95%区间。"),
      ] + failureNotes)
  }

  /// How often the tests of model and instruments reject, one row a test.
  public func testTable(levels: [Double]) -> ResultTable {
    ResultTable(
      name: "monte_carlo_tests", title: Phrase("Rejection rates of the tests", zh: "各检验的拒绝率"),
      columns: [
        ResultColumn("name", Phrase("Test", zh: "检验"), .text(tests.map(\.name))),
        ResultColumn("computed", Phrase("Computed", zh: "可计算次数"), .integer(tests.map(\.pValues.count))),
      ] + rejectionColumns(levels) { level in .number(tests.map { $0.rejectionRate(level: level) }) })
  }

  private func rejectionColumns(_ levels: [Double], _ values: (Double) -> ResultValues) -> [ResultColumn] {
    levels.map { level in
      let percent = Percentage.text(level)
      return ResultColumn(
        "rejected_\(level)", Phrase("Rejected\nat \(percent) %", zh: "\(percent)%水平\n拒绝率"), values(level))
    }
  }

  /// How many replications failed and why, the most frequent reason first.
  private var failureNotes: [Phrase] {
    guard !failures.isEmpty else { return [] }
    let reasons = Dictionary(grouping: failures, by: \.reason).mapValues(\.count)
    let most = reasons.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return [
      Phrase(
        "\(failures.count) of \(replications) replications gave no estimate and are left out. Most often: \(most?.key ?? "")",
        zh: "\(replications)次重复中有\(failures.count)次未得到估计，已剔除。最常见原因：\(most?.key ?? "")")
    ]
  }
}
