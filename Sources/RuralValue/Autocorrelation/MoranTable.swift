extension MoranResult {
  /// One row a period: `time, i, expected, sd, z, p_value, p_permutation` and Geary's C.
  public var globalTable: ResultTable {
    let p = global.map(\.pValue)
    var columns: [ResultColumn] = [
      ResultColumn("time", Phrase("Time", zh: "时间"), .integer(global.map(\.period))),
      ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(global.map(\.unitCount))),
      ResultColumn("i", Phrase("Moran's I", zh: "莫兰指数 I"), .number(global.map(\.i)), significance: p),
      ResultColumn("expected", Phrase("E(I)", zh: "期望 E(I)"), .number(global.map(\.expected))),
      ResultColumn("sd", Phrase("sd(I)", zh: "标准差"), .number(global.map { $0.variance.squareRoot() })),
      ResultColumn("z", Phrase(verbatim: "z"), .number(global.map(\.z))),
      ResultColumn("p_value", Phrase("p", zh: "p值"), .number(p), display: .probability),
      ResultColumn("z_normal", Phrase("z (normal)", zh: "z（正态假设）"), .number(global.map(\.normalZ))),
      ResultColumn(
        "p_normal", Phrase("p (normal)", zh: "p值（正态假设）"), .number(global.map(\.normalP)),
        display: .probability),
    ]
    columns.append(
      ResultColumn(
        "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"), .number(global.map { $0.permutationP ?? .nan }),
        display: .probability))
    columns += [
      ResultColumn("geary_c", Phrase("Geary's C", zh: "Geary C"), .number(global.map(\.geary))),
      ResultColumn("geary_z", Phrase("z (C)", zh: "z（C）"), .number(global.map(\.gearyZ))),
      ResultColumn(
        "geary_p", Phrase("p (C)", zh: "p值（C）"), .number(global.map(\.gearyP)), display: .probability),
    ]
    return ResultTable(
      name: "moran",
      title: Phrase("Global Moran's I of \(variable.asVariable)", zh: "\(variable.asVariable) 的全局莫兰指数"),
      columns: columns, notes: [inferenceNote, weightsNote])
  }

  /// The same without the columns under normality, which screens and pages seldom have room for.
  public var briefGlobalTable: ResultTable {
    let table = globalTable
    return ResultTable(
      name: table.name, title: table.title,
      columns: table.columns.filter { !["z_normal", "p_normal"].contains($0.name) }, notes: table.notes)
  }

  private var inferenceNote: Phrase {
    let permutations =
      specification.permutations == 0
      ? Phrase("", zh: "")
      : Phrase(
        " Permutation p (one-sided): (1 + #{I* ≥ I}) / (1 + \(specification.permutations)), seed"
          + " \(specification.seed).",
        zh: "置换检验（单侧）p = (1 + #{I* ≥ I}) / (1 + \(specification.permutations))，种子 \(specification.seed)。")
    return Phrase(
      "sd, z and p (two-sided) under randomisation; files also have z and p under normality. z of Geary's C"
        + " is above zero for positive autocorrelation.\(permutations.english)",
      zh: "标准差、z 与双侧 p 值基于随机化假设；输出文件另含正态性假设下的 z 与 p。Geary C 的 z 大于零表示正自相关。\(permutations.chinese)")
  }

  /// The tables of local Moran's I.
  public var localTables: LocalMoranTables {
    LocalMoranTables(
      parts: local, specification: specification, variable: variable, units: units,
      title: Phrase("Local Moran's I of \(variable.asVariable)", zh: "\(variable.asVariable) 的局部莫兰指数（LISA）"),
      weightsNote: weightsNote)
  }

  private var weightsNote: Phrase { .weights(fingerprint, specification.standardisation) }
}

extension BivariateMoranResult {
  /// One row a period: `time, n, i, p_permutation, r`.
  public var table: ResultTable {
    ResultTable(
      name: "moran_bivariate",
      title: Phrase(
        "Bivariate Moran's I of \(variable.asVariable) and neighbours' \(laggedVariable.asVariable)",
        zh: "\(variable.asVariable) 与邻居 \(laggedVariable.asVariable) 的双变量莫兰指数"),
      columns: [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(results.map(\.period))),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(results.map(\.unitCount))),
        ResultColumn("i", Phrase("I", zh: "双变量莫兰指数"), .number(results.map(\.i))),
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"),
          .number(results.map { $0.permutationP ?? .nan }),
          display: .probability),
        ResultColumn("r", Phrase("r in place", zh: "同地相关系数 r"), .number(results.map(\.correlation))),
      ], notes: [Phrase("Weights \(fingerprint).", zh: "权重矩阵指纹：\(fingerprint)。")]
    ).adding(cautions: [Self.caution])
  }

  /// The tables of local bivariate Moran's I.
  public var localTables: LocalMoranTables {
    LocalMoranTables(
      parts: local, specification: specification, variable: variable, laggedVariable: laggedVariable,
      units: units,
      title: Phrase(
        "Local bivariate Moran's I of \(variable.asVariable) and neighbours' \(laggedVariable.asVariable)",
        zh: "\(variable.asVariable) 与邻居 \(laggedVariable.asVariable) 的局部双变量莫兰指数（LISA）"),
      weightsNote: .weights(fingerprint, specification.standardisation), caution: Self.caution)
  }

  /// What the bivariate form cannot tell.
  private static let caution = Phrase(
    "Bivariate Moran's I does not tell correlation in place from association across space: where both variables go"
      + " together within units and each is clustered, a unit's value goes with its neighbours' of the other without any"
      + " effect between them.",
    zh: "双变量莫兰指数不能区分同地相关与跨地关联：若两变量在同一单元内相关且各自集聚，即使单元之间没有任何影响，某单元的取值也会与邻居的另一变量相关。")
}

extension JoinCountResult {
  /// One row a pair of classes and period: `time, first, second, joins, expected, sd, z, p_value, p_permutation`.
  public var table: ResultTable {
    let rows = counts.flatMap { count in count.pairs.map { (period: count.period, pair: $0) } }
    let p = rows.map(\.pair.pValue)
    func name(_ level: Int?) -> Phrase {
      level.map { Phrase(verbatim: "\($0)") } ?? Phrase("different", zh: "不同类")
    }
    var columns: [ResultColumn] = [
      ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map(\.period))),
      ResultColumn("first", Phrase("Class", zh: "类别"), .phrase(rows.map { name($0.pair.first) })),
      ResultColumn("second", Phrase("with", zh: "邻接类别"), .phrase(rows.map { name($0.pair.second) })),
    ]
    if counts.allSatisfy(\.isBinary) {
      let kinds = [1: "BW", 0: "WW", 2: "BB"]
      columns.append(
        ResultColumn(
          "kind", Phrase("Kind", zh: "连接类型"),
          .text(rows.map { kinds[($0.pair.first ?? 0) + ($0.pair.second ?? 0)] })))
    }
    columns += [
      ResultColumn(
        "joins", Phrase("Joins", zh: "连接数"), .number(rows.map(\.pair.joins)), display: .fixedDecimals(1)),
      ResultColumn(
        "expected", Phrase("Expected", zh: "期望"), .number(rows.map(\.pair.expected)),
        display: .fixedDecimals(2)),
      ResultColumn(
        "sd", Phrase("sd", zh: "标准差"), .number(rows.map { $0.pair.variance.squareRoot() }),
        display: .fixedDecimals(2)),
      ResultColumn("z", Phrase(verbatim: "z"), .number(rows.map(\.pair.z)), significance: p),
      ResultColumn("p_value", Phrase("p", zh: "p值"), .number(p), display: .probability),
    ]
    if specification.permutations > 0 {
      columns.append(
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"),
          .number(rows.map { $0.pair.permutationP ?? .nan }), display: .probability))
    }
    return ResultTable(
      name: "join_counts",
      title: Phrase("Join counts of \(variable.asVariable)", zh: "\(variable.asVariable) 的连接数统计"),
      columns: columns, keyColumns: 3, notes: [note, weightsNote])
  }

  private var note: Phrase {
    let permutations =
      specification.permutations == 0
      ? Phrase("", zh: "")
      : Phrase(
        " Permutations: \(specification.permutations), seed \(specification.seed), two-sided.",
        zh: "置换 \(specification.permutations) 次，种子 \(specification.seed)，双侧。")
    return Phrase(
      "Joins are links between units; BB joins 1 with 1, WW 0 with 0, BW 1 with 0. Mean, sd, z and p (two-sided) over all"
        + " ways to deal the classes to the units (nonfree sampling, Cliff and Ord). z above zero for the same class:"
        + " the class clusters; where few joins are expected, trust the permutation p.\(permutations.english)",
      zh: "连接数为单元之间的邻接数；BB 为 1–1，WW 为 0–0，BW 为 1–0。期望、标准差、z 与双侧 p 值基于将各类别随机分配给单元的全部方式"
        + "（非自由抽样，Cliff & Ord）。同类 z 大于零表示该类集聚；期望连接数很少时以置换 p 值为准。\(permutations.chinese)")
  }

  private var weightsNote: Phrase {
    Phrase("Weights \(fingerprint), binary.", zh: "权重矩阵（0–1），指纹 \(fingerprint)。")
  }
}

extension Phrase {
  /// The note that says which weights a table rests on.
  static func weights(_ fingerprint: String, _ standardisation: WeightsStandardisation) -> Phrase {
    let scaling = scaling(standardisation)
    return Phrase(
      "Weights \(fingerprint), \(scaling.english).", zh: "权重矩阵（\(scaling.chinese)），指纹 \(fingerprint)。")
  }

  /// How weights are scaled.
  static func scaling(_ standardisation: WeightsStandardisation) -> Phrase {
    switch standardisation {
    case .row: Phrase("row-standardised", zh: "行标准化")
    case .none: Phrase("as given", zh: "未标准化")
    case .spectral: Phrase("scaled by the spectral radius", zh: "谱半径标准化")
    case .minmax: Phrase("scaled by the largest row or column sum", zh: "最小–最大标准化")
    }
  }
}
