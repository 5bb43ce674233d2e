/// The tables of a coupling.
extension CouplingResult {
  /// One row a unit and period, ready for a map: `unit, time`, the systems, `c_classical, c_corrected, t, d_classical,
  /// d_corrected, grade, grade_name`; last, where the data are simulated, the column that says so.
  public func table(isSimulated: Bool = false) -> ResultTable {
    let grades = degrees.indices.map { grade($0, specification.form) }
    func numbers(_ name: String, _ heading: Phrase, _ value: (CouplingDegree) -> Double?) -> ResultColumn {
      ResultColumn(
        name, heading, .number(degrees.map { $0.flatMap(value) ?? .nan }), display: .fixedDecimals(4))
    }
    let own: [ResultColumn] = [
      numbers("c_classical", Self.heading("C", .classical), \.classical),
      numbers("c_corrected", Self.heading("C", .corrected), \.corrected),
      numbers("t", levelHeading, \.level),
      numbers("d_classical", Self.heading("D", .classical)) { $0.coordination(.classical) },
      numbers("d_corrected", Self.heading("D", .corrected)) { $0.coordination(.corrected) },
      ResultColumn("grade", Phrase("Grade", zh: "等级"), .integer(grades.map { $0?.number })),
      ResultColumn("grade_name", Phrase("Coordination", zh: "协调等级"), .remark(grades.map { $0?.name })),
    ]
    let taken = Set(["unit", "time", Table.simulatedColumn] + own.map(\.name))
    let mark = ResultColumn(
      Table.simulatedColumn, Phrase("Simulated", zh: "模拟数据"), .text(unitOfRow.map { _ in "yes" }))
    return ResultTable(
      name: "coupling", title: title,
      columns: [ResultColumn("unit", Phrase("Unit", zh: "县域"), .text(unitOfRow))]
        + (hasPeriods
          ? [ResultColumn("time", Phrase("Period", zh: "时期"), .integer(periodOfRow.map { periods[$0] }))]
          : [])
        + zip(specification.systems, systems).map { name, values in
          ResultColumn(
            taken.contains(name) ? "system_\(name)" : name, Phrase(WordedName(name, .variable)),
            .number(values),
            display: .fixedDecimals(4))
        } + own + (isSimulated ? [mark] : []), keyColumns: hasPeriods ? 2 : 1,
      notes: [methodNote, gradeNote])
  }

  /// The same for programs, `time` null in a cross-section.
  public var rowTable: ResultTable {
    let columns = table().columns
    let time = ResultColumn("time", Phrase("Period", zh: "时期"), .integer(unitOfRow.map { _ in nil }))
    return ResultTable(
      name: "coupling_rows", title: title,
      columns: hasPeriods ? columns : [columns[0], time] + columns.dropFirst(), keyColumns: 2)
  }

  /// The means over all units, and over each group's, in every period: `group, time, n, t, c_classical, c_corrected,
  /// d_classical, d_corrected`.
  public var meanTable: ResultTable {
    let means = means
    func numbers(_ name: String, _ heading: Phrase, _ value: (Mean) -> Double?) -> ResultColumn {
      ResultColumn(name, heading, .number(means.map { value($0) ?? .nan }), display: .fixedDecimals(4))
    }
    let forms = CouplingForm.allCases.enumerated()
    return ResultTable(
      name: "coupling_means",
      title: Phrase("\(title.signedEnglish): means by period", zh: "\(title.signedChinese)：各期均值"),
      columns: placeColumns(means) + [
        ResultColumn("n", Phrase("Units", zh: "县域数"), .integer(means.map(\.count))),
        numbers("t", levelHeading, \.level),
      ]
        + forms.map { place, form in
          numbers("c_\(form.rawValue)", Self.heading("C", form)) { $0.coupling[place] }
        }
        + forms.map { place, form in
          numbers("d_\(form.rawValue)", Self.heading("D", form)) { $0.coordination[place] }
        }, keyColumns: groups == nil ? 1 : 2, sections: sections(means), notes: [methodNote]
    ).adding(cautions: cautions)
  }

  /// How many units each period has in each of the ten grades.
  public var gradeTable: ResultTable {
    let means = means
    return ResultTable(
      name: "coupling_grades",
      title: Phrase(
        "Units by grade of the \(specification.form.phrase.english) D",
        zh: "\(specification.form.phrase.chinese)耦合协调度等级分布"),
      columns: placeColumns(means)
        + CoordinationGrade.all.map { grade in
          ResultColumn(
            "grade_\(grade.number)", Phrase(verbatim: "\(grade.number)"),
            .integer(means.map { $0.grades[grade.number - 1] }),
            group: .init(key: "units_by_grade", member: "\(grade.number)"))
        }, keyColumns: groups == nil ? 1 : 2, sections: sections(means), notes: [gradeNote])
  }

  private func placeColumns(_ means: [Mean]) -> [ResultColumn] {
    let time = ResultColumn(
      "time", Phrase("Period", zh: "时期"), .integer(means.map { hasPeriods ? periods[$0.period] : nil }))
    guard let groups else { return [time] }
    return [
      ResultColumn(
        "group", Phrase(verbatim: groups.name), .text(means.map { $0.group.map { groups.labels[$0] } })),
      time,
    ]
  }

  /// A rule before each group; above the first block, that it is about all units.
  private func sections(_ means: [Mean]) -> [ResultTable.Section] {
    guard groups != nil else { return [] }
    return [.init(firstRow: 0, title: Phrase("All units", zh: "全部县域"))]
      + means.indices.filter { $0 > 0 && means[$0].group != means[$0 - 1].group }.map { .init(firstRow: $0) }
  }

  /// T, told from a system of that name.
  private var levelHeading: Phrase {
    specification.systems.contains("T") ? Phrase("T level", zh: "T（综合水平）") : Phrase(verbatim: "T")
  }

  private static func heading(_ letter: String, _ form: CouplingForm) -> Phrase {
    Phrase("\(letter) \(form.phrase.english)", zh: "\(letter)（\(form.phrase.chinese)）")
  }

  private var title: Phrase {
    let names = specification.systems.map(\.asVariable)
    return Phrase(
      "Coupling coordination of \(names.joined(separator: ", "))", zh: "\(names.joined(separator: "、"))的耦合协调度"
    )
  }

  private var methodNote: Phrase {
    let names = zip(specification.systems, specification.weights)
    let weights =
      specification.hasOwnWeights
      ? names.map { "\(RoundTripNumber.text($1)) \($0)" }.joined(separator: " + ") : nil
    return Phrase(
      "Classical C: geometric over arithmetic mean of the systems; corrected C: Wang, Kong et al. (2021). T ="
        + " \(weights ?? "the systems' mean"); D = √(C·T). The corrected C depends on how the systems were scaled to"
        + " [0, 1].",
      zh: "传统C为各系统几何平均与算术平均之比；修正C依王淑佳等（2021）。T = \(weights ?? "各系统均值")；D = √(C·T)。修正C依赖各系统标准化到[0,1]的方式。"
    )
  }

  private var gradeNote: Phrase {
    let bounds = specification.bounds
    let list = CoordinationGrade.all
    let (english, chinese) = (
      list.map { "\($0.number) \($0.name.english) \($0.interval(bounds))" }.joined(separator: "; "),
      list.map { "\($0.number) \($0.name.chinese)\($0.interval(bounds))" }.joined(separator: "；")
    )
    return Phrase(
      "Graded is the \(specification.form.phrase.english) D (Liao 1999): \(english).",
      zh: "等级依\(specification.form.phrase.chinese)D划分（廖重斌，1999）：\(chinese)。")
  }

  /// That the classical C says little where it crowds near one.
  var cautions: [Phrase] {
    let all = degrees.compactMap { $0?.classical }
    let high = all.count { $0 >= 0.8 }
    guard 2 * high > all.count else { return [] }
    let share = FixedDecimals.text(100 * Double(high) / Double(all.count), decimals: 0)
    return [
      Phrase(
        "\(share) % of the classical C are 0.8 or more: with two systems that is so wherever the smaller is a quarter of"
          + " the larger, at any level. A high C is no strong coupling; read T, D and the corrected C.",
        zh: "\(share)%的传统C不低于0.8：两系统时只要较小者达到较大者的四分之一即如此，与水平高低无关；C高不等于耦合强，应结合T、D与修正C。")
    ]
  }

  /// What the reader must know of the rows.
  public var notes: [Phrase] {
    var notes: [Phrase] = []
    let absent = degrees.count { $0 == nil }
    if absent > 0 {
      notes.append(
        Phrase(
          "\(absent) row\(absent == 1 ? " lacks" : "s lack") a system; C, T and D are undefined there.",
          zh: "\(absent)行缺少某一系统，其C、T、D无定义。"))
    }
    let empty = degrees.indices.filter { degrees[$0].map { $0.classical == nil } ?? false }
    if let first = empty.first {
      let place = unitOfRow[first] + (hasPeriods ? " \(frequency.label(periods[periodOfRow[first]]))" : "")
      notes.append(
        Phrase(
          "All systems are zero in \(empty.count) row\(empty.count == 1 ? "" : "s"), first \(place): C is undefined and D"
            + " zero; means of C leave such rows out.",
          zh: "\(empty.count)行各系统均为0（首个为\(place)）：C无定义，D为0；C的均值不含这些行。"))
    }
    if let groupOfRow {
      let groupless = groupOfRow.count { $0 == nil }
      if groupless > 0 {
        notes.append(
          Phrase(
            "\(groupless) row\(groupless == 1 ? " has" : "s have") no \(groups?.name ?? "group") and"
              + " \(groupless == 1 ? "counts" : "count") only for all units.",
            zh: "\(groupless)行没有\(groups?.name ?? "分组")，仅计入总体。"))
      }
    }
    return notes
  }
}
