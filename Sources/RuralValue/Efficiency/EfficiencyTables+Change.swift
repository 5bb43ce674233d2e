internal import RuralValueNumerics

/// The tables of changes over time.
extension EfficiencyResult {
  /// One row a unit and step: `unit, from, to, malmquist, efficiency_change, technical_change, …`.
  public var changeTable: ResultTable { changeTable(changes, name: "efficiency_malmquist") }

  /// The same from the first period to the last; nil where that is the only step.
  public var wholeChangeTable: ResultTable? {
    wholeChanges.isEmpty ? nil : changeTable(wholeChanges, name: "efficiency_malmquist_span")
  }

  private var isDirectional: Bool { !specification.undesirable.isEmpty }

  private func changeTable(_ changes: [ProductivityChange], name: String) -> ResultTable {
    func number(_ name: String, _ heading: Phrase, _ value: (ProductivityChange) -> Double?) -> ResultColumn {
      ResultColumn(name, heading, .number(changes.map { value($0) ?? .nan }))
    }
    var columns: [ResultColumn] = [
      ResultColumn("unit", Phrase("Unit", zh: "单元"), .text(changes.map(\.unit))),
      ResultColumn("from", Phrase("From", zh: "起始"), .integer(changes.map(\.from))),
      ResultColumn("to", Phrase("To", zh: "截止"), .integer(changes.map(\.to))),
      number("malmquist", indexName) { $0.malmquist },
      number("efficiency_change", Phrase("Efficiency", zh: "技术效率变化 EC")) { $0.efficiencyChange },
      number("technical_change", Phrase("Technique", zh: "技术进步 TC")) { $0.technicalChange },
      number("pure_efficiency_change", Phrase("Pure efficiency", zh: "纯技术效率变化")) { $0.pureEfficiencyChange },
      number("scale_change", Phrase("Scale", zh: "规模效率变化")) { $0.scaleChange },
    ]
    if isDirectional {
      columns += [
        number("luenberger", Phrase("Luenberger", zh: "Luenberger指标")) { $0.luenberger?.total },
        number("luenberger_efficiency", Phrase("L, efficiency", zh: "L：效率变化")) { $0.luenberger?.efficiency },
        number("luenberger_technical", Phrase("L, technique", zh: "L：技术变化")) { $0.luenberger?.technical },
      ]
    }
    columns += [
      number("duality_gap", Phrase("Duality gap", zh: "对偶间隙")) { $0.dualityGap },
      ResultColumn("reason", Phrase("Remark", zh: "备注"), .remark(changes.map(\.reason)), missing: .blank),
    ]
    return ResultTable(
      name: name,
      title: name.hasSuffix("span")
        ? Phrase("Change of productivity from the first period to the last", zh: "首末期生产率变化")
        : Phrase("Change of productivity from period to period", zh: "逐期生产率变化"), columns: columns,
      keyColumns: 3, notes: changeNotes
    ).adding(cautions: changeCautions)
  }

  /// One row a step: means over the units, geometric but of differences.
  public var changeSummaryTable: ResultTable {
    let steps = changes.map { [$0.from, $0.to] }.firstAppearances.map { ($0[0], $0[1]) }
    var parts = steps.map { step in changes.filter { $0.from == step.0 && $0.to == step.1 } }
    if !wholeChanges.isEmpty { parts.append(wholeChanges) }
    func geometric(_ part: [ProductivityChange], _ value: (ProductivityChange) -> Double?) -> Double {
      let known = part.compactMap(value).filter { $0 > 0 }
      guard !known.isEmpty else { return .nan }
      return portableExponential(known.reduce(0) { $0 + portableLogarithm($1) } / Double(known.count))
    }
    func number(_ name: String, _ heading: Phrase, _ value: (ProductivityChange) -> Double?) -> ResultColumn {
      ResultColumn(name, heading, .number(parts.map { geometric($0, value) }))
    }
    var columns: [ResultColumn] = [
      ResultColumn("from", Phrase("From", zh: "起始"), .integer(parts.map { $0.first?.from })),
      ResultColumn("to", Phrase("To", zh: "截止"), .integer(parts.map { $0.first?.to })),
      ResultColumn("n", Phrase("Units", zh: "个体数"), .integer(parts.map(\.count))),
      ResultColumn(
        "undefined", Phrase("Undefined", zh: "无解个体数"),
        .integer(parts.map { $0.count { $0.malmquist == nil } })),
      number("malmquist", indexName) { $0.malmquist },
      number("efficiency_change", Phrase("Efficiency", zh: "技术效率变化 EC")) { $0.efficiencyChange },
      number("technical_change", Phrase("Technique", zh: "技术进步 TC")) { $0.technicalChange },
    ]
    if isDirectional {
      columns.append(
        ResultColumn(
          "luenberger", Phrase("Luenberger", zh: "Luenberger指标"),
          .number(
            parts.map { part in
              let known = part.compactMap { $0.luenberger?.total }
              return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
            })))
    } else {
      columns += [
        number("pure_efficiency_change", Phrase("Pure efficiency", zh: "纯技术效率变化")) {
          $0.pureEfficiencyChange
        },
        number("scale_change", Phrase("Scale", zh: "规模效率变化")) { $0.scaleChange },
      ]
    }
    let mean = Phrase(
      "Geometric means over the units that have the number\(isDirectional ? "; of Luenberger's differences arithmetic ones" : "").",
      zh: "表中为有定义单元的几何平均\(isDirectional ? "（Luenberger指标为算术平均）" : "")。")
    return ResultTable(
      name: "efficiency_malmquist_by_time", title: Phrase("Change of productivity: summary", zh: "生产率变化：汇总"),
      columns: columns, keyColumns: 2,
      sections: wholeChanges.isEmpty || steps.isEmpty
        ? []
        : [.init(firstRow: steps.count, title: Phrase("From the first period to the last", zh: "首期至末期"))],
      notes: [mean] + changeNotes
    ).adding(cautions: changeCautions)
  }

  /// What the index is called.
  private var indexName: Phrase {
    isDirectional
      ? Phrase("Malmquist–Luenberger", zh: "Malmquist–Luenberger指数") : Phrase("Malmquist", zh: "Malmquist指数")
  }
}
