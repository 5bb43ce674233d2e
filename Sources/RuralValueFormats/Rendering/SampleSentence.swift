public import RuralValue

extension ResultDocument.Sample {
  /// The size of the sample in a sentence: `Sample: 630 observations, 90 units, 7 periods.`
  public var sentence: Phrase {
    let counts = [
      Wording.counted(observations, "observation"), Wording.counted(units, "unit"),
      Wording.counted(periods, "period"),
    ]
    let hasDropped = droppedRows > 0
    return Phrase(
      "Sample: " + counts.joined(separator: ", ")
        + (hasDropped ? "; \(Wording.counted(droppedRows, "row")) dropped" : "") + ".",
      zh: "样本：观测值\(observations)个，个体\(units)个，时期\(periods)个"
        + (hasDropped ? "；剔除\(droppedRows)行" : "") + "。")
  }
}
