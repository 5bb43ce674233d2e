/// The rules behind the numbers, in sentences: nothing is scored or coloured by a rule that is not named.
extension EvaluationResult {
  /// What the reader of every table must know.
  public var ruleNotes: [Phrase] { scoreNotes + colourNotes }

  /// How scores came about.
  var scoreNotes: [Phrase] {
    [weightNote] + (specification.scoresAttainment ? [attainmentNote] : []) + [missingNote].compactMap(\.self)
  }

  /// How colours came about.
  var colourNotes: [Phrase] { [colourNote, standingNote, countyNote].compactMap(\.self) }

  private var attainmentNote: Phrase {
    switch specification.attainment {
    case .ratio:
      Phrase(
        "Attainment (ratio): value/target for +, target/value for − and 1 where the value is not above zero; undefined for"
          + " targets of zero or below. Cut to 0 … 1 in scores, shown uncut.",
        zh: "达成度（ratio）：正向指标为指标值/目标值，负向指标为目标值/指标值（指标值不大于0时为1）；目标值不大于0时无定义。计分时截取至0–1，列示时不截取。")
    case .goalpost:
      Phrase(
        "Attainment (goalpost): (value − red)/(target − red). Cut to 0 … 1 in scores, shown uncut.",
        zh: "达成度（goalpost）：（指标值−红线）/（目标值−红线）。计分时截取至0–1，列示时不截取。")
    case .mixed:
      Phrase(
        "Attainment (mixed): ratio (value/target for +, target/value for −) where the target is above zero, else goalpost,"
          + " (value − red)/(target − red). Cut to 0 … 1 in scores, shown uncut.",
        zh: "达成度（mixed）：目标值大于0时用ratio（正向为指标值/目标值，负向为目标值/指标值），否则用goalpost，即（指标值−红线）/（目标值−红线）。计分时截取至0–1，列示时不截取。"
      )
    }
  }

  private var weightNote: Phrase {
    let source: Phrase
    if let completeUnits {
      let counts = completeUnits.map(String.init).joined(separator: ", ")
      source = Phrase(
        "entropy weights (pooled min–max, annual mean) from the \(counts) counties with every cell",
        zh: "熵权（全样本极差标准化，逐期权重取均值），基于数据完整的\(counts)个县域")
    } else if specification.scorecard.indices.allSatisfy(specification.scorecard.hasEqualWeights) {
      source = Phrase("equal weights", zh: "等权")
    } else {
      source = Phrase("the card's weights", zh: "指标体系给定权重")
    }
    guard specification.weighting == .topsis else {
      return Phrase(
        "Score: Σ weight × attainment with \(source.english).", zh: "得分：权重×达成度之和，\(source.chinese)。")
    }
    let variant: Phrase =
      switch specification.topsis {
      case .inMatrix:
        Phrase(
          "pooled min–max, weights inside the matrix (squared in the distance; Hwang and Yoon)",
          zh: "全样本极差标准化，权重置于矩阵内（距离中为权重平方；Hwang与Yoon）")
      case .inDistance:
        Phrase("pooled min–max, weights inside the distance (not squared)", zh: "全样本极差标准化，权重置于距离内（不平方）")
      case .vector:
        Phrase(
          "vector normalisation within each period, weights inside the matrix; years do not compare",
          zh: "逐期向量标准化，权重置于矩阵内，各期不可比")
      }
    return Phrase(
      "Score: closeness D−/(D+ + D−) by TOPSIS with \(source.english); \(variant.english). Only complete rows take part.",
      zh: "得分：TOPSIS相对贴近度D−/(D+ + D−)，\(source.chinese)；\(variant.chinese)。仅数据完整的观测参与计算。")
  }

  private var missingNote: Phrase? {
    guard indicators.contains(where: { $0.values.contains(where: \.isNaN) }) else { return nil }
    guard specification.scoresAttainment, specification.missing == .renormalise else {
      return Phrase(
        "A county without a value of some indicator has no score in that period (\(Setting("missing")) renormalise scores it on the rest).",
        zh: "某指标缺失的县域当期无得分（可用\(Setting("missing")) renormalise按其余指标计分）。")
    }
    return Phrase(
      "Where an indicator is missing, weights are brought to one over the rest; the column missing counts them.",
      zh: "指标缺失时，其余指标权重重新归一；missing列为缺失指标数。")
  }

  private var colourNote: Phrase {
    func share(_ value: Double) -> String { FixedDecimals.text(100 * value, atMost: 4) }
    switch specification.rule {
    case .fixed:
      return Phrase(
        "Colours (fixed): red beyond the red threshold, yellow beyond the yellow one, else green; a value on a threshold has"
          + " the better colour.",
        zh: "预警规则（fixed）：劣于红线为红，劣于黄线为黄，其余为绿；恰在线上取较优等级。")
    case .share(let green, let yellow):
      return Phrase(
        "Colours (\(specification.rule.text)): green from \(share(green)) % of the target on, yellow from \(share(yellow)) %, else"
          + " red; for − the target over the value counts. No colour where the target is not above zero.",
        zh:
          "预警规则（\(specification.rule.text)）：达到目标值的\(share(green))%为绿，达到\(share(yellow))%为黄，其余为红；负向指标按目标值与指标值之比；目标值不大于0时无等级。"
      )
    case .quantile(let red, let yellow):
      return Phrase(
        "Colours (\(specification.rule.text)): within each period the worst \(share(red)) % are red and those up to"
          + " \(share(yellow)) % yellow, however good all are; ties add none.",
        zh: "预警规则（\(specification.rule.text)）：每期最差的\(share(red))%为红，至\(share(yellow))%为黄，与整体水平无关；并列不增加红灯。")
    case .control(let from, let to):
      let (first, last) = (
        frequency.label(frequency.bound(from, isUpper: false)),
        frequency.label(frequency.bound(to, isUpper: true))
      )
      return Phrase(
        "Colours (\(specification.rule.text)): the change since the period before, held to the mean of the changes between periods of"
          + " \(first)–\(last), σ = mean moving range/(2/√π): yellow more than 2σ on the bad side, red more than 3σ; green"
          + " where the baseline never varied. Periods after the baseline alone are judged, with three baseline changes or more.",
        zh:
          "预警规则（\(specification.rule.text)）：以\(first)–\(last)各期变化的均值为中心线，σ=平均移动极差/(2/√π)；当期变化劣于中心线2σ为黄、3σ为红，基期无变化者为绿。仅评判基期之后、且基期变化不少于3个的时期。"
      )
    }
  }

  private var standingNote: Phrase? {
    guard hasPeriods else { return nil }
    let first = label(0)
    let rule =
      specification.release == 1
      ? Phrase("A warning falls with the first better observation", zh: "一经改善即解除预警")
      : Phrase(
        "A warning rises at once and falls after \(specification.release) better observations",
        zh: "预警即时升级，连续\(specification.release)次改善后方解除")
    return Phrase(
      "\(rule.english) (release \(specification.release)); a period without a colour keeps what stands and is stale; since \(first)"
        + " means \(first) or before.",
      zh: "\(rule.chinese)（release \(specification.release)）；无等级的时期沿用现行等级并标为陈旧；起始为\(first)者指\(first)或更早。")
  }

  private var countyNote: Phrase {
    switch specification.countyRule {
    case .veto:
      Phrase("A county has the worst colour of its indicators (veto).", zh: "县域等级取其指标中的最差者（veto）。")
    case .reds(let count):
      Phrase(
        "A county is red from \(count) red indicators on, yellow where any is not green (reds=\(count)).",
        zh: "红灯指标达\(count)个的县域为红，存在非绿指标者为黄（reds=\(count)）。")
    }
  }

  /// What the list's columns mean.
  var listNotes: [Phrase] {
    let share: Phrase =
      specification.scoresAttainment
      ? Phrase(
        "Share: the indicator's part of what the county's score lacks, w(1 − a)/Σ.",
        zh: "障碍度：该指标在县域得分损失中的份额，w(1−a)/Σ。")
      : Phrase(
        "Share: w(1 − a)/Σ of attainments with the same weights; TOPSIS itself has no such parts.",
        zh: "障碍度：按相同权重的达成度计算，w(1−a)/Σ；TOPSIS得分本身不可如此分解。")
    return [
      Phrase("Order: red before yellow, then by share.", zh: "排序：先红后黄，再按障碍度。"), share, trendNote, yearsNote,
    ]
  }

  private var trendNote: Phrase {
    Phrase(
      "Trend: Sen's slope, the median of all slopes between two periods; unclear where Mann and Kendall's p is .1 or more."
        + " With fewer than \(SensSlope.leastForTest) observations nothing tells a trend from noise, of which half would improve.",
      zh: "趋势：Sen斜率，即任意两期斜率的中位数；Mann–Kendall检验p值不小于0.1者为不明显。"
        + "观测少于\(SensSlope.leastForTest)期时无法区分趋势与噪声，纯噪声亦有一半表现为改善。")
  }

  private var yearsNote: Phrase {
    Phrase(
      "Years to target: the gap over that slope, where it improves and is not unclear; no forecast.",
      zh: "达标所需年数：差距除以该斜率，仅在改善且趋势明显时给出，并非预测。")
  }

  /// What stands below every card.
  public var cardNotes: [Phrase] { alarmCautions + ruleNotes + [trendNote, yearsNote] }

  /// What the columns of groups mean.
  var groupNotes: [Phrase] {
    let weighted = specification.population.map {
      Phrase("Weighted mean by \($0). ", zh: "加权均值以\($0)为权。")
    }
    return [
      Phrase(
        "\(weighted?.english ?? "")n counts counties with a score; colours are those of the period, not what stands.",
        zh: "\(weighted?.chinese ?? "")n为有得分的县域数；等级为当期等级，非现行等级。")
    ]
  }

  /// What was found in the data: for the notes of the whole answer.
  public var notes: [Phrase] {
    var notes: [Phrase] = []
    for indicator in indicators {
      let name = indicator.entry.indicator.name
      if let note = targetNote(indicator, name) { notes.append(note) }
      let missing = indicator.values.count(where: \.isNaN)
      if missing > 0 {
        notes.append(
          Phrase(
            "\"\(name.english)\": \(missing) of \(count) county-periods have no value; they have no colour and are named missing.",
            zh: "“\(name.chinese)”：\(count)个县域–时期中有\(missing)个缺失，无等级，单列为缺失。"))
      }
      let lost = indicator.reasons.count { $0 == .noThreshold }
      if lost > 0, specification.rule == .fixed {
        notes.append(
          Phrase(
            "\"\(name.english)\": \(lost) county-periods are in regions for which the card has no row; they have no colour.",
            zh: "“\(name.chinese)”：\(lost)个县域–时期所在区域在指标体系中无对应行，无等级。"))
      }
    }
    for index in indices {
      for member in index.distances?.constant ?? [] {
        let name = indicators[member].entry.indicator.name
        notes.append(
          Phrase(
            "\"\(name.english)\" is the same in all complete rows; it adds nothing to the distances of TOPSIS.",
            zh: "“\(name.chinese)”在所有完整观测中取值相同，对TOPSIS距离无贡献。"))
      }
    }
    if completeUnits != nil, specification.scorecard.indicators.contains(where: { $0.weight != nil }) {
      notes.append(
        Phrase(
          "Weights are by entropy; those of the scorecard are not used.", zh: "采用熵权，未使用指标体系中给定的权重。"))
    }
    return notes
  }

  private func targetNote(_ indicator: EvaluatedIndicator, _ name: Phrase) -> Phrase? {
    let byRatio = specification.scoresAttainment && specification.attainment == .ratio
    let isScored = indices.contains { index in
      zip(index.members, index.weights).contains { indicators[$0].entry == indicator.entry && $1 > 0 }
    }
    guard let target = indicator.targets.first(where: { $0 <= 0 }) else { return nil }
    let value = RoundTripNumber.text(target)
    if byRatio, isScored {
      return Phrase(
        "\"\(name.english)\" has target \(value): a ratio to it says nothing, so that its attainment and the scores with it are"
          + " undefined. \(Setting("attainment")) goalpost measures from the red threshold instead, mixed does so for such targets"
          + " alone.",
        zh:
          "“\(name.chinese)”目标值为\(value)，比值无意义，其达成度及相关得分无定义。可用\(Setting("attainment")) goalpost（以红线为起点），或mixed（仅对此类目标）。"
      )
    }
    if case .share = specification.rule {
      return Phrase(
        "\"\(name.english)\" has target \(value): shares of it say nothing, so that it has no colour under this rule.",
        zh: "“\(name.chinese)”目标值为\(value)，按目标比例的规则对其无意义，无等级。")
    }
    return nil
  }
}
