/// The growth rate x_t / x_(t−k) − 1 since k calendar steps earlier.
struct GrowthRate {
  let steps: Int
  let zeroBaseIsMissing: Bool

  func outcome(_ variable: PreparedVariable) throws(PreparationError) -> ColumnOutcome {
    let panel = variable.panel
    let base = panel.lag(variable.values, by: steps)
    let zeroBases = variable.values.indices.filter { base[$0] == 0 && !variable.values[$0].isNaN }
    if let first = zeroBases.first, !zeroBaseIsMissing {
      throw .zeroBase(
        place: variable.place(first), basePeriod: panel.period(ofRow: first) - steps * panel.periodStep,
        others: zeroBases.count - 1)
    }
    var outcome = ColumnOutcome(values: zip(variable.values, base).map { $0 / $1 - 1 })
    for row in zeroBases {
      outcome.values[row] = .nan
      outcome.touched.append((row, .zeroBase))
    }
    let negative = variable.values.indices.count { base[$0] < 0 && !variable.values[$0].isNaN }
    if negative > 0 {
      outcome.notes.append(
        Phrase(
          "\(variable.name): \(negative) growth rates have a negative base; their sign says the opposite of"
            + " the change.",
          zh: "\(variable.name)：\(negative)个增长率的基期值为负，其符号与实际变化方向相反。"))
    }
    return outcome
  }
}
