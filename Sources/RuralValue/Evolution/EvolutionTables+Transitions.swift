extension EvolutionTables {
  /// The chains: all transitions, then one a class of the spatial lag.
  private func chains(
    _ transitions: TransitionResult
  ) -> [(regime: Int?, name: Phrase, matrix: TransitionMatrix)] {
    [(nil, Phrase("all", zh: "全部"), transitions.chain)]
      + transitions.regimes.enumerated().map {
        ($0.offset + 1, Phrase("lag \($0.offset + 1)", zh: "邻居\($0.offset + 1)类"), $0.element)
      }
  }

  /// The upper bounds of classes: `of, time, class, upper`.
  func cutTable(_ transitions: TransitionResult) -> ResultTable {
    let own = transitions.cuts.map { (Phrase("value", zh: "变量值"), $0) }
    let lag = transitions.lagCuts.map { (Phrase("lag", zh: "空间滞后"), $0) }
    let rows = (own + lag).flatMap { of, cuts in
      cuts.points.enumerated().map { (of: of, period: cuts.period, class: $0.offset + 1, upper: $0.element) }
    }
    return ResultTable(
      name: "class_cuts", title: Phrase("Bounds of classes", zh: "分级界限"),
      columns: [
        ResultColumn("of", Phrase("Of", zh: "对象"), .phrase(rows.map(\.of))),
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map(\.period)), missing: .blank),
        ResultColumn("class", Phrase("Class", zh: "类别"), .integer(rows.map(\.class))),
        ResultColumn("upper", Phrase("Upper bound", zh: "上限"), .number(rows.map(\.upper))),
      ], keyColumns: 2, notes: [cutNote(transitions)])
  }

  private func cutNote(_ transitions: TransitionResult) -> Phrase {
    let asked = result.specification
    let rule =
      !asked.cuts.isEmpty
      ? Phrase("cut points as given", zh: "给定界限")
      : asked.quantiles == .annual
        ? Phrase("quantiles of each period (type 7)", zh: "各期分位数（第7型）")
        : Phrase("quantiles of all units and periods together (type 7)", zh: "全部单元与时期合并的分位数（第7型）")
    let lag =
      transitions.lagCuts.isEmpty
      ? Phrase("", zh: "")
      : asked.lagClasses == .same || !asked.cuts.isEmpty
        ? Phrase(" The spatial lag has the variable's bounds.", zh: "空间滞后采用变量自身的界限。")
        : Phrase(
          " The spatial lag has bounds of its own; \(Setting("lag-classes")) same takes the variable's, and other numbers follow.",
          zh: "空间滞后采用其自身分布的界限；\(Setting("lag-classes")) same改用变量的界限，结果会不同。")
    return Phrase(
      "Classes are numbered from 1, the lowest; bounds are \(rule.english), and a value on a bound is below it."
        + lag.english,
      zh: "类别自低至高编号为1、2……；界限为\(rule.chinese)，恰在界限上的取值归入较低一类。\(lag.chinese)")
  }

  /// The matrices as people read them: a row a class at the beginning.
  func matrixTable(_ transitions: TransitionResult) -> ResultTable {
    let k = transitions.classCount
    let chains = chains(transitions)
    let rows = chains.flatMap { chain in (0..<k).map { (chain, $0) } }
    let columns = (0..<k).map { to in
      ResultColumn(
        "to_\(to + 1)", Phrase("To \(to + 1)", zh: "至\(to + 1)类"),
        .number(rows.map { $0.0.matrix.probability($0.1, to) ?? .nan }))
    }
    return ResultTable(
      name: "transition_matrix",
      title: Phrase(
        "Transition probabilities of \(result.variable.asVariable)",
        zh: "\(result.variable.asVariable)的转移概率矩阵"),
      columns: [
        ResultColumn("chain", Phrase("Chain", zh: "转移链"), .phrase(rows.map { $0.0.name })),
        ResultColumn("from", Phrase("From", zh: "期初类别"), .integer(rows.map { $0.1 + 1 })),
        ResultColumn("n", Phrase("n", zh: "次数"), .integer(rows.map { $0.0.matrix.rowSums[$0.1] })),
      ] + columns, keyColumns: 2,
      sections: chains.count > 1
        ? chains.indices.map { .init(firstRow: $0 * k) } : [],
      notes: [matrixNote(transitions)] + (transitions.regimes.isEmpty ? [] : weightsNotes))
  }

  private func matrixNote(_ transitions: TransitionResult) -> Phrase {
    let space =
      transitions.regimes.isEmpty
      ? Phrase("", zh: "")
      : Phrase(
        " lag 1, lag 2 …: by the class of the neighbours' mean at the beginning.",
        zh: "邻居1类、2类……：按期初邻居均值所属类别划分。")
    return Phrase(
      "p = n_ij/n_i of transitions to the next period; a gap gives none, and a class never seen at the beginning has no"
        + " probability.\(space.english)",
      zh: "p＝n_ij/n_i，仅计相邻两期的转移，间断不计；期初从未出现的类别无概率。\(space.chinese)")
  }

  /// `regime, from, to, count, probability, std_error`.
  func transitionTable(_ transitions: TransitionResult) -> ResultTable {
    let k = transitions.classCount
    let rows = chains(transitions).flatMap { chain in
      (0..<k).flatMap { from in (0..<k).map { (chain, from, $0) } }
    }
    return ResultTable(
      name: "transitions",
      title: Phrase("Transitions of \(result.variable.asVariable)", zh: "\(result.variable.asVariable)的类别转移"),
      columns: [
        ResultColumn(
          "regime", Phrase("Class of the lag", zh: "空间滞后类别"), .integer(rows.map { $0.0.regime }),
          missing: .blank),
        ResultColumn("from", Phrase("From", zh: "期初类别"), .integer(rows.map { $0.1 + 1 })),
        ResultColumn("to", Phrase("To", zh: "期末类别"), .integer(rows.map { $0.2 + 1 })),
        ResultColumn("count", Phrase("n", zh: "次数"), .integer(rows.map { $0.0.matrix.counts[$0.1][$0.2] })),
        ResultColumn(
          "probability", Phrase("Probability", zh: "转移概率"),
          .number(rows.map { $0.0.matrix.probability($0.1, $0.2) ?? .nan })),
        ResultColumn(
          "std_error", Phrase("Std. error", zh: "标准误"),
          .number(rows.map { $0.0.matrix.standardError($0.1, $0.2) ?? .nan })),
      ], keyColumns: 3)
  }

  /// `regime, n, mobility, second_eigenvalue, half_life, closed, period` and the ergodic shares.
  func mobilityTable(_ transitions: TransitionResult) -> ResultTable {
    let chains = chains(transitions)
    func numbers(_ value: (TransitionMatrix) -> Double?) -> ResultValues {
      .number(chains.map { value($0.matrix) ?? .nan })
    }
    let shares = (0..<transitions.classCount).map { number in
      ResultColumn(
        "share_\(number + 1)", Phrase("Share \(number + 1)", zh: "稳态\(number + 1)类"),
        numbers { $0.ergodic?[number] })
    }
    return ResultTable(
      name: "mobility", title: Phrase("Mobility and ergodic shares", zh: "流动性与稳态分布"),
      columns: [
        ResultColumn("chain", Phrase("Chain", zh: "转移链"), .phrase(chains.map(\.name))),
        ResultColumn("n", Phrase("n", zh: "次数"), .integer(chains.map { $0.matrix.total })),
        ResultColumn("mobility", Phrase("Shorrocks", zh: "Shorrocks指数"), numbers(\.mobility)),
        ResultColumn("second_eigenvalue", Phrase("|λ₂|", zh: "|λ₂|"), numbers(\.secondEigenvalue)),
        ResultColumn("half_life", Phrase("Half-life", zh: "半衰期"), numbers(\.halfLife)),
        ResultColumn(
          "closed", Phrase("Closed", zh: "闭合类"),
          .text(
            chains.map { chain in
              chain.matrix.closedClasses.map { $0.map { "\($0 + 1)" }.joined(separator: " ") }
                .joined(separator: " | ")
            })),
      ] + shares, notes: mobilityNotes(chains.map { ($0.name, $0.matrix) }))
  }

  private func mobilityNotes(_ chains: [(name: Phrase, matrix: TransitionMatrix)]) -> [Phrase] {
    var notes = [
      Phrase(
        "Shorrocks: (k − tr P)/(k − 1), 0 where all stay. Half-life: −ln 2/ln |λ₂| periods. Shares: πP = π, where the chain would"
          + " settle if it went on like this. Closed: classes that no transition leaves, sets apart by |.",
        zh: "Shorrocks指数：(k−tr P)/(k−1)，全部不动时为0。半衰期：−ln 2/ln |λ₂|期。稳态分布：πP＝π，即若转移规律不变的长期分布。"
          + "闭合类：不再离开的类别集合，以|分隔。")
    ]
    for (name, matrix) in chains {
      let empty = matrix.rowSums.indices.filter { matrix.rowSums[$0] == 0 }.map { "\($0 + 1)" }
      if !empty.isEmpty {
        notes.append(
          Phrase(
            "\(name.english): class \(listed(empty)) never stands at the beginning, so that there are no ergodic shares.",
            zh: "\(name.chinese)：类别\(listed(empty, in: .chinese))从未作为期初出现，无稳态分布。"))
      } else if matrix.closedClasses.count > 1 {
        notes.append(
          Phrase(
            "\(name.english): there are \(matrix.closedClasses.count) closed sets of classes, so that where a unit ends depends on"
              + " where it begins: no ergodic shares.",
            zh: "\(name.chinese)：存在\(matrix.closedClasses.count)个闭合类，终态取决于初态，无唯一稳态分布。"))
      } else if let period = matrix.period, period > 1 {
        notes.append(
          Phrase(
            "\(name.english): the chain goes round every \(period) periods; the shares are a mean over time and no limit, and"
              + " there is no half-life.",
            zh: "\(name.chinese)：该链以\(period)期为周期循环，稳态分布只是时间平均而非极限，无半衰期。"))
      }
    }
    return notes
  }

  /// `regime, class, share`.
  func ergodicTable(_ transitions: TransitionResult) -> ResultTable {
    let rows = chains(transitions).flatMap { chain in (0..<transitions.classCount).map { (chain, $0) } }
    return ResultTable(
      name: "ergodic",
      title: Phrase(
        "Ergodic shares of \(result.variable.asVariable)", zh: "\(result.variable.asVariable)的稳态分布"),
      columns: [
        ResultColumn(
          "regime", Phrase("Class of the lag", zh: "空间滞后类别"), .integer(rows.map { $0.0.regime }),
          missing: .blank),
        ResultColumn("class", Phrase("Class", zh: "类别"), .integer(rows.map { $0.1 + 1 })),
        ResultColumn(
          "share", Phrase("Share", zh: "份额"), .number(rows.map { $0.0.matrix.ergodic?[$0.1] ?? .nan })),
      ], keyColumns: 2)
  }
}
