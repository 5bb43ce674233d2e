extension CoefficientLayout {
  /// How people see the coefficients of one model; CSV and JSON have everything in any case.
  public enum Shape: String, Sendable, CaseIterable {
    /// A row each with all that follows from an estimate, its interval included.
    case full
    /// A row each: estimate with stars, standard error, z or t and p value; the numbers of the model below a rule.
    case rows
    /// The standard error beneath the estimate, as in tables of several models; the numbers of the model below a rule.
    case columns
  }

  /// The table of one model with a row a term: the estimate with its stars, the standard error, z or t and the p value,
  /// and the statistics of the model below a rule. Its columns in CSV are those that `audit` reads.
  public func rowTable(name: String, title: Phrase, notes: [Phrase] = []) -> ResultTable {
    precondition(models.count == 1, "A row holds the numbers of one model.")
    let (estimates, statistics) = (models[0].estimates, models[0].statistics)
    func column(
      _ name: String, _ heading: Phrase, _ display: NumberDisplay, _ value: (Estimate) -> Double
    ) -> ResultColumn {
      ResultColumn(
        name, heading, .number(estimates.map(value) + statistics.map { _ in .nan }), display: display,
        missing: .blank)
    }
    let letter = estimates.first?.reference.letter ?? "z"
    return ResultTable(
      name: name, title: title,
      columns: [
        ResultColumn(
          "term", Phrase("Variable", zh: "变量"),
          .phrase(estimates.map { label(of: $0.parameter) } + statistics.map(\.label))),
        ResultColumn(
          "estimate", Phrase("Coefficient", zh: "系数"),
          .number(estimates.map(\.value) + statistics.map(\.number)),
          rowDisplays: estimates.map { _ in .inference(.estimate) } + statistics.map(\.display),
          missing: .blank,
          significance: estimates.map(\.significance) + statistics.map { _ in .nan }),
        column("std_error", Phrase("Std. error", zh: "标准误"), .inference(.error), \.standardError),
        column("statistic", Phrase(verbatim: letter), .decimals) {
          $0.parameter.hasNullOfZero ? $0.statistic : .nan
        },
        column("p_value", Phrase("p", zh: "p值"), .probability, \.significance),
      ], sections: estimates.isEmpty || statistics.isEmpty ? [] : [.init(firstRow: estimates.count)],
      notes: notes
    ).adding(rowKinds: estimates.map { _ in .estimate } + statistics.map { _ in .statistic })
  }
}
