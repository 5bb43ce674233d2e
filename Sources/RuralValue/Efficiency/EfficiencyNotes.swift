/// What must be said with efficiency.
extension EfficiencyResult {
  var title: Phrase {
    Phrase("Efficiency: \(modelName.english)", zh: "效率测度：\(modelName.chinese)")
  }

  /// The model with its returns to scale.
  var modelName: Phrase {
    let returns =
      specification.returns == .constant
      ? Phrase("constant returns", zh: "规模报酬不变") : Phrase("variable returns", zh: "规模报酬可变")
    let way =
      specification.orientation == .input
      ? Phrase("input-oriented", zh: "投入导向") : Phrase("output-oriented", zh: "产出导向")
    let bad: Phrase =
      specification.undesirable.isEmpty
      ? Phrase("", zh: "") : Phrase(" with undesirable outputs", zh: "（含非期望产出）")
    switch specification.model {
    case .slacks:
      return Phrase("SBM\(bad.english), \(returns.english)", zh: "SBM\(bad.chinese)，\(returns.chinese)")
    case .superSlacks:
      return Phrase(
        "super-SBM\(bad.english), \(returns.english)", zh: "超效率SBM\(bad.chinese)，\(returns.chinese)")
    case .constantRadial: return Phrase("CCR, \(way.english)", zh: "CCR，\(way.chinese)")
    case .variableRadial: return Phrase("BCC, \(way.english)", zh: "BCC，\(way.chinese)")
    }
  }

  private var columnsNote: Phrase {
    let s = specification
    let bad: Phrase =
      s.undesirable.isEmpty
      ? Phrase("", zh: "")
      : Phrase(
        "; undesirable outputs \(s.undesirable.joined(separator: ", "))",
        zh: "；非期望产出：\(s.undesirable.joined(separator: "、"))")
    return Phrase(
      "Inputs \(s.inputs.joined(separator: ", ")); outputs \(s.outputs.joined(separator: ", "))\(bad.english)."
        + (hasPeriods ? " Each period has a frontier of its own." : ""),
      zh: "投入：\(s.inputs.joined(separator: "、"))；产出：\(s.outputs.joined(separator: "、"))\(bad.chinese)。"
        + (hasPeriods ? "各期使用当期前沿。" : ""))
  }

  private var scoreNote: Phrase {
    switch specification.model {
    case .slacks:
      return Phrase(
        "Score: slacks-based, not oriented (Tone 2001\(specification.undesirable.isEmpty ? "" : "; with undesirable outputs Tone 2003"));"
          + " 1 is efficient without any slack.",
        zh: "效率值为非导向SBM（Tone 2001\(specification.undesirable.isEmpty ? "" : "；含非期望产出依Tone 2003")），1表示有效且无松弛。")
    case .superSlacks:
      return Phrase(
        "Score: slacks-based (Tone 2001\(specification.undesirable.isEmpty ? "" : "; with undesirable outputs Tone 2003"));"
          + " efficient units have a super-efficiency from 1 up, against the others (Tone 2002)."
          + (specification.undesirable.isEmpty
            ? "" : " Super-efficiency with undesirable outputs is a common extension, not Tone's own.")
          + " At the border of efficiency the two do not meet: ranks near it can jump.",
        zh:
          "效率值为SBM（Tone 2001\(specification.undesirable.isEmpty ? "" : "；含非期望产出依Tone 2003")）；有效单元另以其余单元为前沿计算超效率（Tone 2002），不低于1。"
          + (specification.undesirable.isEmpty ? "" : "含非期望产出的超效率SBM为文献常用扩展，非Tone原式。")
          + "有效边界处两者不连续，边界附近的排名可能跳跃。")
    case .constantRadial, .variableRadial:
      return Phrase(
        "Score: one factor of all \(specification.orientation == .input ? "inputs, θ" : "outputs, 1/φ"); a score of 1 with slacks is"
          + " only weakly efficient. Super-efficiency of efficient units against the others (Andersen and Petersen 1993).",
        zh:
          "效率值为径向\(specification.orientation == .input ? "投入缩减系数θ" : "产出扩张系数的倒数1/φ")；效率值为1但有松弛者仅为弱有效。有效单元的超效率以其余单元为前沿（Andersen与Petersen 1993）。"
      )
    }
  }

  private var scaleNote: Phrase {
    let way =
      specification.orientation == .input ? Phrase("inputs", zh: "投入导向") : Phrase("outputs", zh: "产出导向")
    return Phrase(
      "Scale efficiency is CCR/BCC of \(way.english)\(specification.undesirable.isEmpty ? "" : "; undesirable outputs have no part in it");"
        + " returns to scale by the scores under constant, variable and non-increasing returns."
        + " Every optimum is proven by its dual, with a gap below 1e-9.",
      zh:
        "规模效率＝CCR/BCC（\(way.chinese)\(specification.undesirable.isEmpty ? "" : "，不含非期望产出")）；规模报酬由CRS、VRS与NIRS三个效率值判定。各规划最优解均经对偶验证，间隙小于1e-9。"
    )
  }

  var methodNotes: [Phrase] { [columnsNote, scoreNote, scaleNote] }

  var uniquenessNote: Phrase {
    Phrase(
      "Peers and weights need not be unique: other programs may name others for the same score.",
      zh: "参照单元及其权重不一定唯一，其他软件可能给出不同组合但效率值相同。")
  }

  var slackNote: Phrase {
    Phrase(
      (specification.model.isRadial
        ? "Target: the value by the radial factor, then by the slack; slacks are the largest in shares of the unit's own values."
        : "Target: the value less its slack, for a good output plus it.")
        + " Slacks need not be unique.",
      zh: (specification.model.isRadial ? "目标值＝径向调整后再扣除（产出为加上）松弛，松弛按占自身数值比例之和最大选取。" : "目标值＝实际值减松弛（期望产出为加松弛）。")
        + "松弛不一定唯一。")
  }

  /// How far the scores can be believed.
  var cautions: [Phrase] {
    var cautions: [Phrase] = []
    let needed = specification.advisableUnits
    let few = periods.filter { $0.units.count < needed }
    if let least = few.map(\.units.count).min() {
      let place =
        hasPeriods && few.count < periods.count
        ? " in \(listed(few.map { frequency.label($0.period) }, most: 10))" : ""
      cautions.append(
        Phrase(
          "\(least) units\(place) are few for \(specification.columns.count) columns: with fewer than \(needed) units (the rule"
            + " max(ms, 3(m + s))) many are efficient only because nobody compares with them.",
          zh: "单元数偏少（最少\(least)个，经验法则要求不少于max(ms, 3(m+s))＝\(needed)个），许多单元可能仅因缺乏可比对象而有效。"))
    }
    cautions.append(
      Phrase(
        "Scores depend on each other through the frontier: as the outcome of a second-stage regression they need the bootstrap"
          + " of Simar and Wilson (2007), not plain standard errors.",
        zh: "效率值通过共同前沿相互依赖：作为第二阶段回归的被解释变量时，应采用Simar与Wilson（2007）的自助法，普通标准误无效。"))
    return cautions
  }

  var changeNotes: [Phrase] {
    let isDirectional = !specification.undesirable.isEmpty
    var notes: [Phrase] = []
    switch specification.change {
    case .global:
      notes.append(
        isDirectional
          ? Phrase(
            "Global Malmquist–Luenberger (Oh 2010): one frontier of all periods, so that steps chain and every programme has an"
              + " answer; another period in the data changes all of them. Technique: what the index leaves beside efficiency.",
            zh: "全局Malmquist–Luenberger指数（Oh 2010）：各期数据共同构成前沿，可逐期连乘且必有解；增加时期会改变全部数值。技术进步为指数除以效率变化。")
          : Phrase(
            "Global Malmquist (Pastor and Lovell 2005): one frontier of all periods, so that steps chain; another period in the"
              + " data changes all of them. Technique: the change of the best-practice gap, index/efficiency.",
            zh: "全局Malmquist指数（Pastor与Lovell 2005）：各期数据共同构成前沿，可逐期连乘；增加时期会改变全部数值。技术进步为最佳实践缺口变化（指数除以效率变化）。"))
    case .contemporaneous:
      notes.append(
        isDirectional
          ? Phrase(
            "Malmquist–Luenberger by the frontiers of the two periods (Chung, Färe and Grosskopf 1997); where a programme between"
              + " the periods is infeasible there is no number. \(Setting("frontier")) global always has one.",
            zh: "基于两期前沿的Malmquist–Luenberger指数（Chung等 1997）；跨期规划无可行解时无定义，\(Setting("frontier")) global 必有解。")
          : Phrase(
            "Malmquist by the frontiers of the two periods (Färe et al. 1994); steps need not chain.",
            zh: "基于两期前沿的Malmquist指数（Färe等 1994），逐期连乘不一定等于首末期直接计算。"))
    case nil: break
    }
    notes.append(
      isDirectional
        ? Phrase(
          "Directional distances towards more output and less undesirable output, inputs as they are, weak disposability, constant"
            + " returns; above one (Luenberger: above zero) is better. Under weak disposability efficiency has no pure part here.",
          zh: "方向距离函数：增加期望产出、减少非期望产出，投入不变，弱可处置性，规模报酬不变；大于1（Luenberger指标大于0）为改善，效率变化不再分解为纯技术效率与规模效率。")
        : Phrase(
          "Output distances under constant returns; above one is better. Efficiency is its pure part, under variable returns, times"
            + " that of scale.",
          zh: "产出距离函数，规模报酬不变；大于1为改善。效率变化＝纯技术效率变化（规模报酬可变）×规模效率变化。"))
    return notes
  }

  /// What makes changes hard to compare: units that come and go.
  var changeCautions: [Phrase] {
    let counts = periods.map(\.units.count)
    let isBalanced = periods.allSatisfy { Set($0.units.map(\.unit)) == Set(periods[0].units.map(\.unit)) }
    guard !isBalanced else { return [] }
    let list = zip(periods, counts).map { "\(frequency.label($0.period)): \($1)" }.joined(separator: ", ")
    return [
      Phrase(
        "The frontiers are not of the same units in each period (\(list)): a unit that comes or goes moves the frontier, and the"
          + " technical change with it.",
        zh: "各期构成前沿的单元不同（\(list)）：单元进出会移动前沿并影响技术进步。")
    ]
  }

  /// What the reader must know besides.
  public var notes: [Phrase] { sampleNotes }
}
