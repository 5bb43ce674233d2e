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
      name: "moran", title: Phrase("Global Moran's I of \(variable)", zh: "\(variable) 的全局莫兰指数"),
      columns: columns, notes: [inferenceNote, weightsNote])
  }

  /// The same without the columns under normality, which screens and pages seldom have room for.
  public var briefGlobalTable: ResultTable {
    let table = globalTable
    return ResultTable(
      name: table.name, title: table.title,
      columns: table.columns.filter { !["z_normal", "p_normal"].contains($0.name) }, notes: table.notes)
  }

  /// One row a unit and period: `unit, time, i, z, p_value, quadrant`.
  public var localTable: ResultTable {
    var columns: [ResultColumn] = [
      ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(local.flatMap { $0.units.map { $0 } })),
      ResultColumn(
        "time", Phrase("Time", zh: "时间"),
        .integer(local.flatMap { part in part.units.map { _ in part.period } })),
      ResultColumn("i", Phrase("Local I", zh: "局部莫兰指数"), .number(local.flatMap(\.i))),
      ResultColumn("z", Phrase(verbatim: "z"), .number(local.flatMap(\.z))),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(local.flatMap(\.pValues)), display: .probability),
      ResultColumn(
        "quadrant", Phrase("Quadrant", zh: "集聚类型"), .text(local.flatMap { $0.quadrants.map { $0?.rawValue } })
      ),
      ResultColumn(
        "p_fdr", Phrase("p (FDR)", zh: "p值（FDR）"),
        .number(local.flatMap { BenjaminiHochberg.adjusted($0.pValues) }), display: .probability),
    ]
    if specification.permutations > 0 {
      columns.append(
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"),
          .number(local.flatMap { part in part.permutationP ?? part.units.map { _ in .nan } }),
          display: .probability))
    }
    return ResultTable(
      name: "local_moran", title: Phrase("Local Moran's I of \(variable)", zh: "\(variable) 的局部莫兰指数（LISA）"),
      columns: columns, notes: [localNote, weightsNote])
  }

  /// How many units of each period lie in each quadrant at 5 %.
  public var quadrantTable: ResultTable {
    func counts(_ quadrant: LocalMoran.Quadrant) -> [Int?] {
      local.map { part in
        zip(part.quadrants, part.pValues).count { $0 == quadrant && $1 < 0.05 }
      }
    }
    return ResultTable(
      name: "local_moran_counts",
      title: Phrase(
        "Units with local Moran's I significant at 5 %, by quadrant", zh: "局部莫兰指数在5%水平上显著的单元数（按集聚类型）"),
      columns: [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(local.map(\.period))),
        ResultColumn("HH", Phrase("high–high", zh: "高–高集聚"), .integer(counts(.highHigh))),
        ResultColumn("LL", Phrase("low–low", zh: "低–低集聚"), .integer(counts(.lowLow))),
        ResultColumn("HL", Phrase("high–low", zh: "高–低集聚"), .integer(counts(.highLow))),
        ResultColumn("LH", Phrase("low–high", zh: "低–高集聚"), .integer(counts(.lowHigh))),
      ], notes: [weightsNote])
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

  private var localNote: Phrase {
    Phrase(
      "z and p (two-sided) under conditional randomisation; p (FDR) adjusted by Benjamini and Hochberg within"
        + " the period; p (perm.) two-sided, twice what PySAL prints.",
      zh: "z 与双侧 p 值基于条件随机化；p值（FDR）为同期内 Benjamini–Hochberg 校正；置换 p 值为双侧，是 PySAL 结果的两倍。")
  }

  private var weightsNote: Phrase { .weights(fingerprint, specification.standardisation) }
}

extension BivariateMoranResult {
  /// One row a period: `time, n, i, p_permutation`.
  public var table: ResultTable {
    ResultTable(
      name: "moran_bivariate",
      title: Phrase(
        "Bivariate Moran's I of \(variable) and neighbours' \(laggedVariable)",
        zh: "\(variable) 与邻居 \(laggedVariable) 的双变量莫兰指数"),
      columns: [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(results.map(\.period))),
        ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(results.map(\.unitCount))),
        ResultColumn("i", Phrase("I", zh: "双变量莫兰指数"), .number(results.map(\.i))),
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"),
          .number(results.map { $0.permutationP ?? .nan }),
          display: .probability),
      ], notes: [Phrase("Weights \(fingerprint).", zh: "权重矩阵指纹：\(fingerprint)。")])
  }
}

extension Phrase {
  /// The note that says which weights a table rests on.
  static func weights(_ fingerprint: String, _ standardisation: WeightsStandardisation) -> Phrase {
    let (english, chinese) =
      switch standardisation {
      case .row: ("row-standardised", "行标准化")
      case .none: ("as given", "未标准化")
      case .spectral: ("scaled by the spectral radius", "谱半径标准化")
      case .minmax: ("scaled by the largest row or column sum", "最小–最大标准化")
      }
    return Phrase("Weights \(fingerprint), \(english).", zh: "权重矩阵（\(chinese)），指纹 \(fingerprint)。")
  }
}
