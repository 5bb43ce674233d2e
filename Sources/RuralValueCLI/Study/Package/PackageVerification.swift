import RuralValue
import RuralValueFormats

/// What came of a package that was run again: its data, its tables and figures, and all other files.
struct PackageVerification {
  /// A file of data beside what the package says of it.
  struct DataFile {
    let file: PackagedFile
    /// The digest of what is there.
    let found: String

    var isSame: Bool { found == file.sha256 }
  }

  let contents: PackageContents
  let data: [DataFile]
  /// nil where nothing was run.
  let comparison: PackageComparison?
  /// Files of the package besides data that are not as they were when it was made.
  let changed: [String]

  /// Whether everything is what the package says, at least in print.
  var holds: Bool {
    data.allSatisfy(\.isSame) && changed.isEmpty && comparison?.files.allSatisfy(\.verdict.holds) ?? true
  }

  /// The answer's tables: data, tables and figures, and files that differ besides.
  var parts: [ResultDocument.Part] {
    [.init(dataTable, jsonKey: "data")]
      + (comparison.map { comparison in
        let isSame = contents.exhibits.allSatisfy { comparison.verdict(of: $0.files) == .same }
        // A long list of what is the same says no more than one sentence.
        return [.init(exhibitTable(comparison), shown: !isSame, jsonKey: "exhibits")] + otherParts(comparison)
      } ?? [])
  }

  private var dataTable: ResultTable {
    ResultTable(
      name: "data", title: Phrase("Data of the package", zh: "材料的数据"),
      columns: [
        ResultColumn("file", Phrase("File", zh: "文件"), .text(data.map(\.file.path))),
        ResultColumn(
          "result", Phrase("Result", zh: "结果"),
          .phrase(data.map { $0.isSame ? Phrase("same", zh: "相同") : Phrase("differs", zh: "不同") })),
        ResultColumn(
          "expected", Phrase("Expected SHA-256", zh: "应为SHA-256"),
          .text(data.map { head(ofDigest: $0.file.sha256) })),
        ResultColumn("found", Phrase("Found", zh: "实为"), .text(data.map { head(ofDigest: $0.found) })),
      ])
  }

  /// The first digits of a digest, which is enough to tell two apart.
  private func head(ofDigest digest: String) -> String { "\(digest.prefix(12))…" }

  /// The beginning of a long title, which is enough to know it again.
  private func short(_ title: String) -> String { title.count > 60 ? "\(title.prefix(59))…" : title }

  private func exhibitTable(_ comparison: PackageComparison) -> ResultTable {
    let verdicts = contents.exhibits.map { comparison.verdict(of: $0.files) }
    let columns = [
      ResultColumn("exhibit", Phrase("Table or figure", zh: "表／图"), .phrase(contents.exhibits.map(\.name))),
      ResultColumn("title", Phrase("Title", zh: "标题"), .phrase(contents.exhibits.map(\.title)))
        .shown(as: contents.exhibits.map { Phrase(short($0.title.english), zh: short($0.title.chinese)) }),
      ResultColumn("step", Phrase("Step", zh: "步骤"), .text(contents.exhibits.map(\.step))),
    ]
    return ResultTable(
      name: "exhibits", title: Phrase("Tables and figures, run again", zh: "重新运行的表与图"),
      columns: columns + differences(verdicts))
  }

  /// Files that differ and belong to no table or figure of the report; the formats of one table together.
  private func otherParts(_ comparison: PackageComparison) -> [ResultDocument.Part] {
    let shown = Set(contents.exhibits.flatMap(\.files))
    let paths = comparison.files.filter { $0.verdict != .same && !shown.contains($0.path) }.map(\.path)
    guard !paths.isEmpty else { return [] }
    let others = FileStem.grouped(paths).map { first, others in
      let stem = FileName.folder(of: first) + FileStem.of(first)
      let own = paths.filter { FileName.folder(of: $0) + FileStem.of($0) == stem }
      return (
        path: ([first] + others).joined(separator: ", "), verdict: comparison.verdict(of: own)
      )
    }
    return [
      .init(
        ResultTable(
          name: "files", title: Phrase("Other files that are not the same", zh: "其他不同的文件"),
          columns: [ResultColumn("file", Phrase("File", zh: "文件"), .text(others.map(\.path)))]
            + differences(others.map(\.verdict))),
        jsonKey: "files")
    ]
  }

  private func differences(_ verdicts: [PackageComparison.Verdict]) -> [ResultColumn] {
    let found = verdicts.map(\.difference)
    return [
      ResultColumn("result", Phrase("Result", zh: "结果"), .phrase(verdicts.map(\.phrase))),
      ResultColumn(
        "values", Phrase("Values that differ", zh: "不同的数值"), .integer(found.map { $0?.count }),
        missing: .blank),
      ResultColumn(
        "largest", Phrase("Largest, as a share", zh: "最大相对差异"),
        .number(found.map { $0.flatMap { $0.isNumeric ? $0.largest : nil } ?? .nan }), display: .quantity,
        missing: .blank
      ).shown(as: found.map { Phrase(verbatim: $0.flatMap { $0.isNumeric ? $0.share : nil } ?? "") }),
      ResultColumn("place", Phrase("Where first", zh: "首处"), .remark(found.map { $0?.first?.phrase })),
    ]
  }

  /// What it all comes to.
  var sentences: [Phrase] {
    var sentences: [Phrase] = []
    let other = data.filter { !$0.isSame }.map(\.file.path)
    if !other.isEmpty {
      let names = other.joined(separator: ", ")
      sentences.append(
        Phrase(
          "Not the data of the package: \(names). What follows from them may differ for that reason.",
          zh: "与材料不同的数据：\(names)，由此得出的结果可能因此不同。"))
    }
    if !changed.isEmpty {
      let names = changed.joined(separator: ", ")
      sentences.append(
        Phrase(
          "Changed in the package since it was made: \(names).", zh: "材料生成后被修改的文件：\(names)。"))
    }
    guard let comparison else { return sentences + (holds ? [everythingStands] : []) }
    let (same, all) = (comparison.sameCount, comparison.files.count)
    sentences.append(
      Phrase(
        "\(same) of \(all) files are the same, byte for byte.", zh: "\(all)个文件中\(same)个逐字节相同。"))
    if contents.exhibits.allSatisfy({ comparison.verdict(of: $0.files) == .same }) {
      let tables = contents.exhibits.count { $0.kind == .table }
      let figures = contents.exhibits.count - tables
      sentences.append(
        Phrase(
          "All \(tables) tables and \(figures) figures are the same.", zh: "\(tables)张表与\(figures)幅图全部相同。"))
    }
    for kind in PackagedExhibit.Kind.allCases {
      let own = contents.exhibits.filter { $0.kind == kind }
      let moved = own.filter { !comparison.verdict(of: $0.files).holds }
      let printed = own.filter { comparison.verdict(of: $0.files).isOtherwiseSame }
      sentences += sentence(moved, "moved", "变动")
      sentences += sentence(printed, "same as printed, with other digits behind", "打印值相同、末位不同")
    }
    return sentences
  }

  private func sentence(_ exhibits: [PackagedExhibit], _ english: String, _ chinese: String) -> [Phrase] {
    guard !exhibits.isEmpty else { return [] }
    let names = exhibits.map(\.name)
    return [
      Phrase(
        "\(english.prefix(1).uppercased())\(english.dropFirst()): \(names.map(\.english).joined(separator: ", ")).",
        zh: "\(chinese)：\(names.map(\.chinese).joined(separator: "、"))。")
    ]
  }

  private var everythingStands: Phrase {
    Phrase(
      "Data and results are as they were when the package was made; nothing was run.",
      zh: "数据与结果同材料生成时一致；未运行研究。")
  }
}

extension PackageComparison.Verdict {
  var phrase: Phrase {
    switch self {
    case .same: Phrase("same", zh: "相同")
    case .asPrinted: Phrase("same as printed", zh: "打印值相同")
    case .otherPicture: Phrase("same drawing", zh: "绘图相同")
    case .differs: Phrase("differs", zh: "不同")
    case .notMade: Phrase("not made", zh: "未生成")
    case .new: Phrase("not in the package", zh: "材料中没有")
    }
  }
}

extension FileDifference {
  /// The largest difference for people: `11.1 %`, `2.3e-13`.
  fileprivate var share: String {
    guard largest > 0 else { return "" }
    guard largest < 0.001 else { return "\((largest * 1000).rounded() / 10) %" }
    let exponent = Int(log10(largest).rounded(.down))
    return "\((largest * pow(10, Double(1 - exponent))).rounded() / 10)e\(exponent)"
  }
}

extension FileDifference.Place {
  /// The place and what stands there, short enough for a table.
  var phrase: Phrase {
    func short(_ text: String) -> String { text.count > 24 ? "\(text.prefix(24))…" : text }
    let values = ": \(short(before)) → \(short(after))"
    return column.isEmpty
      ? Phrase("line \(row)\(values)", zh: "第\(row)行\(values)")
      : Phrase(verbatim: "\(short(row)), \(short(column))\(values)")
  }
}
