/// The tables of one or several hot-spot analyses.
///
/// With several variables every table says in its first column which.
public struct HotSpotTables: Sendable, Equatable {
  let results: [HotSpotResult]
  let names: [String]
  private let analysis: ClassAnalysis
  private let isSimulated: Bool

  /// Tables of results; `names` are the variables' column names, for the wide table of classes, which says how they came
  /// about: `span` is what was made of the variables, `weights` what the weights are called.
  ///
  /// Of simulated data the written tables have a column `simulated`, so that no later step forgets it.
  public init(
    _ results: [HotSpotResult], names: [String], span: ClassAnalysis.Span? = nil, weights: String = "W",
    isSimulated: Bool = false
  ) {
    precondition(results.count == names.count && !results.isEmpty, "Every result needs a name.")
    self.results = results
    self.names = names
    analysis = .hotSpots(of: span, weights: weights)
    self.isSimulated = isSimulated
  }

  private var parts: [(name: String, spots: HotSpots)] {
    zip(names, results).flatMap { name, result in result.spots.map { (name, $0) } }
  }

  var hasPermutations: Bool { results[0].specification.permutations > 0 }

  var titleNames: Phrase {
    let ending = String(results[0].variable.dropFirst(names[0].count))
    var chinese = ending
    for (word, term) in [(", growth ", "增长率"), (", change ", "变化量")] where ending.hasPrefix(word) {
      chinese = " \(term)（\(ending.dropFirst(word.count))）"
    }
    let names = names.map(\.asVariable)
    return Phrase(names.joined(separator: ", ") + ending, zh: names.joined(separator: "、") + chinese)
  }

  /// One row a unit and period: `unit, time, gi, p_value, class`, then the classes by false discovery rate
  /// and, with permutations, those by permutation.
  public var table: ResultTable {
    let spots = parts.map(\.spots)
    let p = spots.flatMap(\.pValues)
    var columns = variableColumn(parts.flatMap { part in part.spots.units.map { _ in part.name } })
    columns += [
      ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(spots.flatMap { $0.units.map { $0 } })),
      ResultColumn(
        "time", Phrase("Time", zh: "时间"),
        .integer(spots.flatMap { part in part.units.map { _ in part.period } })),
      ResultColumn("gi", Phrase(verbatim: "Gi*"), .number(spots.flatMap(\.gi)), significance: p),
      ResultColumn("p_value", Phrase("p", zh: "p值"), .number(p), display: .probability),
      ResultColumn("class", Phrase("Class", zh: "类别"), .integer(spots.flatMap { $0.classes.map { $0 } })),
      ResultColumn(
        "p_fdr", Phrase("p (FDR)", zh: "p值（FDR）"), .number(spots.flatMap(\.adjustedP)), display: .probability),
      ResultColumn(
        "class_fdr", Phrase("Class (FDR)", zh: "类别（FDR）"),
        .integer(spots.flatMap { $0.adjustedClasses.map { $0 } })),
    ]
    if hasPermutations {
      columns += [
        ResultColumn(
          "p_permutation", Phrase("p (perm.)", zh: "p值（置换）"),
          .number(spots.flatMap { part in part.permutationP ?? part.units.map { _ in .nan } }),
          display: .probability),
        ResultColumn(
          "class_permutation", Phrase("Class (perm.)", zh: "类别（置换）"),
          .integer(
            spots.flatMap { part in part.permutationClasses?.map { $0 } ?? part.units.map { _ in nil } })),
      ]
    }
    return ResultTable(
      name: "hotspot",
      title: Phrase(
        "Gi* of \(titleNames.signedEnglish)", zh: "\(titleNames.signedChinese) 的冷热点分析（Getis–Ord Gi*）"),
      columns: columns + simulatedColumn(p.count), notes: [classNote, weightsNote])
  }

  /// The classes side by side, ready for `map --hot`: `unit, time`, then one column a variable, one more a variable with
  /// the classes that `fdr` leaves out, and how they came about.
  ///
  /// `fdr` takes the classes by false discovery rate. Units without a value have a row with empty cells.
  public func classTable(fdr: Bool) -> ResultTable {
    var keys: [(unit: String, time: Int?)] = []
    var rowOfKey: [String: Int] = [:]
    func key(_ unit: String, _ time: Int?) -> String { "\(unit)\u{0}\(time ?? .min)" }
    func add(_ units: [String], _ period: Int?) {
      for unit in units where rowOfKey[key(unit, period)] == nil {
        rowOfKey[key(unit, period)] = keys.count
        keys.append((unit, period))
      }
    }
    for part in parts { add(part.spots.units, part.spots.period) }
    for result in results {
      for spots in result.spots { add(result.units, spots.period) }
    }
    func columns(fdr: Bool) -> [(name: String, cells: [Int?])] {
      zip(names, results).map { name, result in
        var cells = [Int?](repeating: nil, count: keys.count)
        for spots in result.spots {
          for (unit, level) in zip(spots.units, fdr ? spots.adjustedClasses : spots.classes) {
            cells[rowOfKey[key(unit, spots.period)] ?? 0] = level
          }
        }
        return (name, cells)
      }
    }
    return ResultTable(
      name: fdr ? "hotspot_classes_fdr" : "hotspot_classes",
      title: Phrase("Hot and cold classes", zh: "冷热点类别"),
      columns: [
        ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(keys.map(\.unit))),
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(keys.map(\.time))),
      ]
        + columns(fdr: fdr).map { name, cells in
          ResultColumn(name, Phrase(WordedName(name, .variable)), .integer(cells))
        }
        + analysis.corrected(by: fdr ? .fdr : .none).columns(columns(fdr: !fdr), rowCount: keys.count)
        + simulatedColumn(keys.count), notes: [classNote, weightsNote])
  }

  private func simulatedColumn(_ rowCount: Int) -> [ResultColumn] {
    isSimulated
      ? [
        ResultColumn(
          "simulated", Phrase("Simulated", zh: "模拟数据"), .text([String?](repeating: "yes", count: rowCount)))
      ] : []
  }

  /// How many units each period has in each class, raw and by false discovery rate.
  public var countTable: ResultTable {
    var rows: [(name: String, period: Int?, basis: Phrase, counts: [Int?])] = []
    for part in parts {
      var variants: [(Phrase, [Int])] = [
        (Phrase("z", zh: "z值"), part.spots.classes), (Phrase("FDR", zh: "FDR校正"), part.spots.adjustedClasses),
      ]
      if let classes = part.spots.permutationClasses {
        variants.append((Phrase("permutation", zh: "置换检验"), classes))
      }
      rows += variants.map { basis, classes in
        (part.name, part.spots.period, basis, (-3...3).map { level in classes.count { $0 == level } })
      }
    }
    return ResultTable(
      name: "hotspot_counts",
      title: Phrase(
        "Hot and cold spots of \(titleNames.signedEnglish)", zh: "\(titleNames.signedChinese) 的冷热点数量"),
      columns: variableColumn(rows.map(\.name)) + [
        ResultColumn("time", Phrase("Time", zh: "时间"), .integer(rows.map(\.period))),
        ResultColumn("basis", Phrase("By", zh: "判别依据"), .phrase(rows.map(\.basis))),
      ]
        + HotSpotTables.headings.enumerated().map { position, heading in
          ResultColumn(heading.0, heading.1, .integer(rows.map { $0.counts[position] }))
        }, notes: [classNote, weightsNote]
    ).adding(cautions: emptied.map { [$0] } ?? [])
  }

  /// Whose spots control of the false discovery rate takes away, all of them.
  private var emptied: Phrase? {
    let hasPeriods = results.contains { $0.spots.count > 1 }
    return ClassAnalysis.emptied(
      parts.map { name, spots in
        let period = hasPeriods ? spots.period.map { " \($0)" } ?? "" : ""
        return (
          name.asVariable + period, spots.classes.count { $0 != 0 },
          spots.adjustedClasses.count { $0 != 0 }
        )
      })
  }

  private static let headings: [(String, Phrase)] = [
    ("cold_99", Phrase("cold 99 %", zh: "冷点99%")), ("cold_95", Phrase("cold 95 %", zh: "冷点95%")),
    ("cold_90", Phrase("cold 90 %", zh: "冷点90%")), ("not_significant", Phrase("n.s.", zh: "不显著")),
    ("hot_90", Phrase("hot 90 %", zh: "热点90%")), ("hot_95", Phrase("hot 95 %", zh: "热点95%")),
    ("hot_99", Phrase("hot 99 %", zh: "热点99%")),
  ]

  func variableColumn(_ cells: [String]) -> [ResultColumn] {
    results.count == 1
      ? [] : [.variables("variable", Phrase("Variable", zh: "变量"), cells)]
  }

  private var classNote: Phrase {
    let specification = results[0].specification
    return Phrase(
      "Classes: ±1, ±2, ±3 at 90, 95, 99 % confidence (|Gi*| at least 1.645, 1.960, 2.576), hot above zero;"
        + " FDR: Benjamini and Hochberg within the period."
        + (hasPermutations
          ? " Conditional permutations: \(specification.permutations), seed \(specification.seed), two-sided."
          : ""),
      zh: "类别±1、±2、±3对应置信度90%、95%、99%（|Gi*| ≥ 1.645、1.960、2.576），正为热点、负为冷点；FDR 为同期内"
        + " Benjamini–Hochberg 校正。"
        + (hasPermutations ? "条件置换 \(specification.permutations) 次，种子 \(specification.seed)，双侧。" : ""))
  }

  private var weightsNote: Phrase {
    Phrase(
      "Weights \(results[0].fingerprint), binary with self.",
      zh: "权重矩阵（0–1，含自身），指纹 \(results[0].fingerprint)。")
  }
}
