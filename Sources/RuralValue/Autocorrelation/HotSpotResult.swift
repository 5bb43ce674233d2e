/// Hot and cold spots, period by period.
public struct HotSpotResult: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// What was asked.
  public let specification: HotSpotSpecification
  /// One set a period.
  public let spots: [HotSpots]
  /// The fingerprint of the binary weights with self.
  public let fingerprint: String
  /// What the reader must know.
  public let notes: [Term]

  /// One row a unit and period: `unit, time, gi, p_value, class`, then the classes by false discovery rate
  /// and, with permutations, those by permutation.
  public var table: ResultTable {
    let p = spots.flatMap(\.pValues)
    var columns: [ResultColumn] = [
      ResultColumn("unit", Term("Unit", zh: "单元"), .text(spots.flatMap { $0.units.map { $0 } })),
      ResultColumn(
        "time", Term("Time", zh: "时间"), .integer(spots.flatMap { part in part.units.map { _ in part.period } })),
      ResultColumn("gi", Term("Gi*", zh: "Gi*"), .number(spots.flatMap(\.gi)), significance: p),
      ResultColumn("p_value", Term("p", zh: "p值"), .number(p), display: .probability),
      ResultColumn("class", Term("Class", zh: "类别"), .integer(spots.flatMap { $0.classes.map { $0 } })),
      ResultColumn(
        "p_fdr", Term("p (FDR)", zh: "p值（FDR）"), .number(spots.flatMap(\.adjustedP)), display: .probability),
      ResultColumn(
        "class_fdr", Term("Class (FDR)", zh: "类别（FDR）"), .integer(spots.flatMap { $0.adjustedClasses.map { $0 } })),
    ]
    if specification.permutations > 0 {
      columns += [
        ResultColumn(
          "p_permutation", Term("p (perm.)", zh: "p值（置换）"),
          .number(spots.flatMap { part in part.permutationP ?? part.units.map { _ in .nan } }),
          display: .probability),
        ResultColumn(
          "class_permutation", Term("Class (perm.)", zh: "类别（置换）"),
          .integer(spots.flatMap { part in part.permutationClasses?.map { $0 } ?? part.units.map { _ in nil } })),
      ]
    }
    return ResultTable(
      name: "hotspot", title: Term("Gi* of \(variable)", zh: "\(variable) 的冷热点分析（Getis–Ord Gi*）"),
      columns: columns, notes: [classNote, weightsNote])
  }

  /// How many units each period has in each class, raw and by false discovery rate.
  public var countTable: ResultTable {
    var period: [Int?] = []
    var basis: [Term] = []
    var counts: [[Int?]] = []
    for part in spots {
      var variants: [(Term, [Int])] = [
        (Term("z", zh: "z值"), part.classes), (Term("FDR", zh: "FDR校正"), part.adjustedClasses),
      ]
      if let classes = part.permutationClasses {
        variants.append((Term("permutation", zh: "置换检验"), classes))
      }
      for (name, classes) in variants {
        period.append(part.period)
        basis.append(name)
        counts.append((-3...3).map { level in classes.count { $0 == level } })
      }
    }
    let headings: [(String, Term)] = [
      ("cold_99", Term("cold 99 %", zh: "冷点99%")), ("cold_95", Term("cold 95 %", zh: "冷点95%")),
      ("cold_90", Term("cold 90 %", zh: "冷点90%")), ("not_significant", Term("n.s.", zh: "不显著")),
      ("hot_90", Term("hot 90 %", zh: "热点90%")), ("hot_95", Term("hot 95 %", zh: "热点95%")),
      ("hot_99", Term("hot 99 %", zh: "热点99%")),
    ]
    return ResultTable(
      name: "hotspot_counts", title: Term("Hot and cold spots of \(variable)", zh: "\(variable) 的冷热点数量"),
      columns: [
        ResultColumn("time", Term("Time", zh: "时间"), .integer(period)),
        ResultColumn("basis", Term("By", zh: "判别依据"), .term(basis)),
      ]
        + headings.enumerated().map { position, heading in
          ResultColumn(heading.0, heading.1, .integer(counts.map { $0[position] }))
        }, notes: [classNote, weightsNote])
  }

  private var classNote: Term {
    Term(
      "Classes: ±1, ±2, ±3 at 90, 95, 99 % confidence (|Gi*| at least 1.645, 1.960, 2.576), hot above zero;"
        + " FDR: Benjamini and Hochberg within the period."
        + (specification.permutations > 0
          ? " Conditional permutations: \(specification.permutations), seed \(specification.seed), two-sided." : ""),
      zh: "类别±1、±2、±3对应置信度90%、95%、99%（|Gi*| ≥ 1.645、1.960、2.576），正为热点、负为冷点；FDR 为同期内"
        + " Benjamini–Hochberg 校正。"
        + (specification.permutations > 0
          ? "条件置换 \(specification.permutations) 次，种子 \(specification.seed)，双侧。" : ""))
  }

  private var weightsNote: Term {
    Term("Weights \(fingerprint), binary with self.", zh: "权重矩阵（0–1，含自身），指纹 \(fingerprint)。")
  }
}
