/// The tables of local Moran's I, of one variable or of two.
public struct LocalMoranTables: Sendable, Equatable {
  let parts: [LocalMoran]
  let specification: MoranSpecification
  /// The column of classes.
  let variable: String
  /// The variable whose neighbours' values count; nil for the variable itself.
  var laggedVariable: String? = nil
  /// The units of the data, those too that have no value.
  let units: [String]
  let title: Phrase
  let weightsNote: Phrase
  var caution: Phrase? = nil

  /// One row a unit and period: `unit, time, i, z, p_value, quadrant`, then the classes.
  public var table: ResultTable {
    var columns: [ResultColumn] = [
      ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(parts.flatMap { $0.units.map { $0 } })),
      ResultColumn(
        "time", Phrase("Time", zh: "时间"),
        .integer(parts.flatMap { part in part.units.map { _ in part.period } })),
      ResultColumn("i", Phrase("Local I", zh: "局部莫兰指数"), .number(parts.flatMap(\.i))),
      ResultColumn("z", Phrase(verbatim: "z"), .number(parts.flatMap(\.z))),
      ResultColumn(
        "p_value", Phrase("p", zh: "p值"), .number(parts.flatMap(\.pValues)), display: .probability),
      ResultColumn(
        "quadrant", Phrase("Quadrant", zh: "集聚类型"), .text(parts.flatMap { $0.quadrants.map { $0?.rawValue } })
      ),
      ResultColumn(
        "p_fdr", Phrase("p (FDR)", zh: "p值（FDR）"),
        .number(parts.flatMap { BenjaminiHochberg.adjusted($0.pValues) }), display: .probability),
    ]
    if hasPermutations {
      columns += [
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"), .number(parts.flatMap(\.classP)),
          display: .probability),
        ResultColumn(
          "p_permutation_fdr", Phrase("p (perm., FDR)", zh: "p值（置换，FDR）"),
          .number(parts.flatMap(\.adjustedClassP)), display: .probability),
      ]
    }
    columns += [
      ResultColumn("class", Phrase("Class", zh: "类别"), .integer(parts.flatMap { codes($0, fdr: false) })),
      ResultColumn(
        "class_fdr", Phrase("Class (FDR)", zh: "类别（FDR）"), .integer(parts.flatMap { codes($0, fdr: true) })),
    ]
    return finished("local_moran", title, columns, [inferenceNote, classNote])
  }

  /// The same without the classes, which are codes for maps, and their adjusted p.
  public var briefTable: ResultTable {
    let table = table
    return ResultTable(
      name: table.name, title: table.title,
      columns: table.columns.filter { !["p_permutation_fdr", "class", "class_fdr"].contains($0.name) },
      notes: [inferenceNote, weightsNote]
    ).adding(cautions: table.cautions)
  }

  /// How many units of each period lie in each quadrant at 5 % by z.
  public var quadrantTable: ResultTable {
    func counts(_ quadrant: LocalMoran.Quadrant) -> [Int?] {
      parts.map { part in
        zip(part.quadrants, part.pValues).count { $0 == quadrant && $1 < 0.05 }
      }
    }
    return finished(
      "local_moran_counts",
      Phrase(
        "Units with local Moran's I significant at 5 %, by quadrant", zh: "局部莫兰指数在5%水平上显著的单元数（按集聚类型）"),
      [ResultColumn("time", Phrase("Time", zh: "时间"), .integer(parts.map(\.period)))]
        + Self.headings.map { quadrant, heading in
          ResultColumn(quadrant.rawValue, heading, .integer(counts(quadrant)))
        }, [])
  }

  /// How many units each period has in each class, by its own p and under false discovery control.
  public var countTable: ResultTable {
    let rows = parts.flatMap { [($0, false), ($0, true)] }
    func counts(_ holds: @escaping (Int?) -> Bool) -> ResultValues {
      .integer(rows.map { part, fdr in codes(part, fdr: fdr).count(where: holds) })
    }
    let plain = hasPermutations ? Phrase("permutation", zh: "置换检验") : Phrase("z", zh: "z值")
    return finished(
      "lisa_counts", Phrase("\(title.english): clusters and outliers", zh: "\(title.chinese)：集聚与离群单元数"),
      [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map { $0.0.period })),
        ResultColumn(
          "basis", Phrase("By", zh: "判别依据"), .phrase(rows.map { $0.1 ? Phrase("FDR", zh: "FDR校正") : plain })),
      ]
        + Self.headings.map { quadrant, heading in
          ResultColumn(quadrant.rawValue, heading, counts { $0 == quadrant.code })
        } + [
          ResultColumn("not_significant", Phrase("n.s.", zh: "不显著"), counts { $0 == 0 }),
          ResultColumn("islands", Phrase("no neighbour", zh: "无邻居"), counts { $0 == nil }),
        ], [classNote] + resolutionNote
    ).adding(cautions: emptied.map { [$0] } ?? [])
  }

  /// The periods whose classes control of the false discovery rate takes away, all of them; where permutations are too few for
  /// it, that says nothing.
  private var emptied: Phrase? {
    guard resolutionNote.isEmpty else { return nil }
    return ClassAnalysis.emptied(
      parts.map { part in
        let counts = [false, true].map { fdr in codes(part, fdr: fdr).count { ($0 ?? 0) != 0 } }
        return (variable.asVariable + (part.period.map { " \($0)" } ?? ""), counts[0], counts[1])
      })
  }

  /// The classes of every unit, ready for `map --lisa`: `unit, time`, a column named as the variable, one more with the
  /// classes that `fdr` leaves out, and how they came about; `weights` is what the weights are called.
  ///
  /// 0 is not significant, 1 high–high, 2 low–low, 3 low–high, 4 high–low; empty without neighbours or without a value.
  /// `fdr` takes the classes under false discovery control. Of simulated data the table has a column `simulated`.
  public func classTable(fdr: Bool, weights: String = "W", isSimulated: Bool) -> ResultTable {
    let missing = parts.map { part in
      let known = Set(part.units)
      return units.filter { !known.contains($0) }
    }
    func cells(fdr: Bool) -> [Int?] {
      zip(parts, missing).flatMap { codes($0, fdr: fdr) + $1.map { _ in nil } }
    }
    let names = zip(parts, missing).flatMap { $0.units + $1 }
    let analysis = ClassAnalysis.clusters(specification, laggedVariable: laggedVariable, weights: weights)
      .corrected(by: fdr ? .fdr : .none)
    var columns = [
      ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(names)),
      ResultColumn(
        "time", Phrase("Time", zh: "时间"),
        .integer(
          zip(parts, missing).flatMap { part, missing in (part.units + missing).map { _ in part.period } })
      ),
      ResultColumn(variable, Phrase(verbatim: variable), .integer(cells(fdr: fdr))),
    ]
    columns += analysis.columns([(variable, cells(fdr: !fdr))], rowCount: names.count)
    if isSimulated {
      columns.append(
        ResultColumn("simulated", Phrase("Simulated", zh: "模拟数据"), .text(names.map { _ in "yes" })))
    }
    return finished(
      fdr ? "lisa_classes_fdr" : "lisa_classes",
      Phrase("Classes of \(title.english)", zh: "\(title.chinese)类别"),
      columns, [classNote])
  }

  /// The code of each unit's class; nil without neighbours.
  private func codes(_ part: LocalMoran, fdr: Bool) -> [Int?] {
    let clusters = part.clusters(
      fdr ? part.adjustedClassP : part.classP, level: specification.significance)
    return zip(part.quadrants, clusters).map { quadrant, cluster in
      quadrant == nil ? nil : cluster?.code ?? 0
    }
  }

  private var hasPermutations: Bool { specification.permutations > 0 }

  private func finished(
    _ name: String, _ title: Phrase, _ columns: [ResultColumn], _ notes: [Phrase]
  ) -> ResultTable {
    ResultTable(name: name, title: title, columns: columns, notes: notes + [weightsNote])
      .adding(cautions: caution.map { [$0] } ?? [])
  }

  private static let headings: [(LocalMoran.Quadrant, Phrase)] = [
    (.highHigh, Phrase("high–high", zh: "高–高集聚")), (.lowLow, Phrase("low–low", zh: "低–低集聚")),
    (.highLow, Phrase("high–low", zh: "高–低集聚")), (.lowHigh, Phrase("low–high", zh: "低–高集聚")),
  ]
}

extension LocalMoranTables {
  private var inferenceNote: Phrase {
    Phrase(
      "z and p (two-sided) under conditional randomisation; p (FDR) adjusted by Benjamini and Hochberg within"
        + " the period; p (perm.) two-sided, twice what PySAL prints.",
      zh: "z 与双侧 p 值基于条件随机化；p值（FDR）为同期内 Benjamini–Hochberg 校正；置换 p 值为双侧，是 PySAL 结果的两倍。")
  }

  private var classNote: Phrase {
    let level = Percentage.text(specification.significance)
    let basis =
      hasPermutations
      ? Phrase(
        "the two-sided p of \(specification.permutations) conditional permutations (seed \(specification.seed))",
        zh: "\(specification.permutations) 次条件置换的双侧 p 值（种子 \(specification.seed)）")
      : Phrase("the two-sided p of z", zh: "z 的双侧 p 值")
    return Phrase(
      "Classes: 1 high–high, 2 low–low, 3 low–high, 4 high–low, 0 not significant at \(level) % by \(basis.english); FDR:"
        + " the same p adjusted by Benjamini and Hochberg within the period.",
      zh: "类别：1 高–高，2 低–低，3 低–高，4 高–低，0 不显著；显著性水平 \(level)%，依据\(basis.chinese)；FDR 为同期内"
        + " Benjamini–Hochberg 校正。")
  }

  /// That permutations are too few for false discovery control to find a single unit.
  private var resolutionNote: [Phrase] {
    let count = parts.map { part in part.classP.count { !$0.isNaN } }.max() ?? 0
    let least = 2 / Double(1 + specification.permutations)
    let needed = specification.significance / Double(max(1, count))
    guard hasPermutations, least > needed else { return [] }
    let enough = (2 / needed - 1).rounded(.up)
    return [
      Phrase(
        "With \(specification.permutations) permutations no p is below \(FixedDecimals.text(least, atMost: 6)), and under"
          + " false discovery control among \(count) units a single one must be at most"
          + " \(FixedDecimals.text(needed, atMost: 6)): for FDR give \(Setting("permutations")) \(grouped(enough).replacing(",", with: ""))"
          + " or more.",
        zh:
          "\(specification.permutations) 次置换的 p 值不小于 \(FixedDecimals.text(least, atMost: 6))，而在 \(count) 个单元中经 FDR 校正后"
          + "单个单元显著需不大于 \(FixedDecimals.text(needed, atMost: 6))；使用 FDR 时请将 \(Setting("permutations")) 设为"
          + " \(grouped(enough).replacing(",", with: "")) 或更多。")
    ]
  }
}

extension LocalMoran {
  /// The p values on which classes rest, adjusted by Benjamini and Hochberg.
  var adjustedClassP: [Double] { BenjaminiHochberg.adjusted(classP) }
}
