/// What the tests of transitions cannot carry.
enum TransitionCautions {
  static func small(_ test: TransitionHomogeneity, _ regimes: Phrase) -> [Phrase] {
    guard test.degreesOfFreedom > 0, test.smallRowCount > 0 else { return [] }
    let (few, all) = (test.smallRowCount, test.rowCount)
    return [
      Phrase(
        "By \(regimes.english), \(few) of the \(all) rows of transitions with observations \(few == 1 ? "has" : "have") fewer"
          + " than \(TransitionHomogeneity.smallRow): LR and Q are no χ² then. Fewer classes have fuller rows.",
        zh:
          "按\(regimes.chinese)划分后，\(all)行有观测的转移中有\(few)行不足\(TransitionHomogeneity.smallRow)次，LR与Q不再近似服从χ²分布；可减少类别数。"
      )
    ]
  }

  /// Figures of reference/evaluation/evolve_sizes.txt in the fixtures, of 2,000 draws each.
  static let dependence = Phrase(
    "LR and Q take transitions as independent. Where neighbours move together, p values are far too small: on Hunan's links"
      + " with ρ = 0.8, true nulls are rejected at 5 % in 13 to 21 of 100 draws over classes of the lag and in 47 to 56 over"
      + " halves of the time; of independent counties in 4 to 8, by LR of five persistent classes in 11.",
    zh: "LR与Q检验假定各次转移相互独立；相邻单元同向变动时p值严重偏小：在湖南邻接关系上取ρ＝0.8，5%水平下真实原假设按空间滞后类别的拒绝率为"
      + "13%至21%，按时段为47%至56%；县域相互独立时为4%至8%，五个持续性强的类别用LR时为11%。")

  static let coarseness = Phrase(
    "A class is coarse: within one, whoever has high neighbours stands higher itself, so that transitions differ by the class of"
      + " the lag even where neighbours have no influence (simulated with ρ = 0.8 and persistence 0.8: found in 35 to 75 of 100"
      + " draws).",
    zh: "类别较粗：同一类别中邻居水平高的单元自身水平也偏高，因此即使邻居毫无影响，转移概率也会随空间滞后类别而异"
      + "（ρ＝0.8、持续性0.8的模拟中有35%至75%被判为有差异）。")
}
