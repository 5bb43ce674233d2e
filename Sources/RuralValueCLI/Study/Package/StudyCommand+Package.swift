import RuralValue
import RuralValueFormats

extension StudyCommand {
  /// Makes a package of a study: its data and its file under names that hold everywhere, and the results that the study
  /// has there.
  ///
  /// The study is run in the package itself, so that what is packed is known to run; its own results stay as they are.
  func package(_ ready: Ready, into folder: String, _ inputs: InputReader) throws -> CommandAnswer {
    let data = try PackagedData(
      ready.plan.inputs, files: ready.files, sources: ready.plan.output.sources)
    let study = PackagedStudy(ready.plan, data: data)
    let place = try PackageFolder(folder)
    do {
      for copy in data.copies { try place.write(copy.bytes, to: copy.file.path) }
      let bytes = study.bytes(ready.bytes)
      try place.write(bytes, to: PackagedStudy.name)
      var inside = self
      inside.outputPath = nil
      inside.call.delivery.labels.files = call.delivery.labels.files.map { data[$0] ?? $0 }
      let path = FileName.path(place.temporary, PackagedStudy.name)
      let packed = try inside.ready(path, bytes: bytes)
      try study.require(packed.plan, toCallLike: ready.plan)
      guard packed.reach.reads.isEmpty, packed.reach.writes == nil else {
        throw PackageError.otherCalls(step: nil)
      }
      let (contents, notes) = try inside.fill(place, packed, data.copies.map(\.file), study, inputs)
      try place.takeItsPlace()
      return answer(contents, in: folder, notes: notes + traces(in: bytes))
    } catch {
      place.discard()
      throw error
    }
  }

  /// Runs the study inside the package, and writes what is told of it.
  private func fill(
    _ place: PackageFolder, _ packed: Ready, _ data: [PackagedFile], _ study: PackagedStudy,
    _ inputs: InputReader
  ) throws -> (PackageContents, notes: [Phrase]) {
    let start = ContinuousClock.now
    // Nothing of the user's own key goes into a package, and nothing of an earlier run.
    let finished = try carryOut(packed, key: nil, inputs)
    let time = start.duration(to: .now).components
    let failures = finished.failures.failures
    guard failures.isEmpty else {
      throw PackageError.failed(
        steps: failures.map { .init(name: $0.step, reason: $0.reason) }, code: failures[0].code)
    }
    place.remove("\(study.folder)/\(StudyFolder.ownName)")
    let leftOut = withoutData ? Self.repeatingData(packed.plan, finished.statuses) : []
    if withoutData {
      for file in data.map(\.path) + leftOut { place.removeFile(file) }
    }
    let environment = ComputingEnvironment(
      seconds: Double(time.seconds) + Double(time.attoseconds) * 1e-18, jobs: jobs)
    let contents = PackageContents(
      title: packed.plan.title, language: packed.plan.output.language, results: study.folder,
      options: study.renamed(call.studyOptions), hasData: !withoutData, data: data,
      exhibits: finished.delivery.exhibits, leftOut: leftOut,
      manifestSHA256: SHA256.hexadecimal(finished.delivered.manifest.bytes), environment: environment)
    try place.write(contents.bytes, to: PackageContents.name)
    let readme = PackageReadme(
      contents: contents, plan: packed.plan, statuses: finished.statuses, environment: environment)
    try place.write(readme.bytes, to: "README.md")
    return (contents, [sourceNote(data), leftOutNote(leftOut)].compactMap(\.self))
  }

  /// The results that hold the data themselves, row by row: the panels that `prepare` writes, and the files of the step
  /// that hold all of its tables.
  private static func repeatingData(_ plan: StudyPlan, _ statuses: [StepStatus]) -> [String] {
    zip(plan.steps, statuses).filter { $0.0.command == PrepareCommand.definition.name }
      .flatMap { $0.1.record?.outputs ?? [] }.map(\.path)
      .filter {
        ["panel", PrepareCommand.definition.name, FileStem.of(AnswerFiles.allTables)].contains(
          FileStem.of($0))
      }
  }

  /// What the study file still says of the machine, as in a comment.
  private func traces(in bytes: [UInt8]) -> [Phrase] {
    let text = String(decoding: bytes, as: UTF8.self)
    let own = SystemFile.realPath(StudyFiles.folder(ofStudy: path ?? ""))
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    return [own, home].filter { $0.utf8.count > 1 && text.contains($0) }.firstAppearances.map { place in
      Phrase(
        "\(PackagedStudy.name) in the package still names \(place), in a comment or a text of yours; look whether it should.",
        zh: "材料中的\(PackagedStudy.name)仍提到\(place)（注释或文字），请检查是否保留。")
    }
  }

  private func sourceNote(_ data: [PackagedFile]) -> Phrase? {
    let silent = data.filter { $0.source == nil }.map { FileName.last(of: $0.path) }
    guard !silent.isEmpty else { return nil }
    let names = silent.joined(separator: ", ")
    return Phrase(
      "The study does not say where these come from: \(names). Name it in a block sources: { \"FILE\": \"where it comes"
        + " from\" }, for README.md and for whoever replicates.",
      zh: "研究未说明下列数据的来源：\(names)。请在sources: { \"文件名\": \"来源\" }中注明，供README.md与复现者使用。")
  }

  private func leftOutNote(_ files: [String]) -> Phrase? {
    guard !files.isEmpty else { return nil }
    let names = files.joined(separator: ", ")
    return Phrase(
      "Left out with the data, which they repeat row by row: \(names). Tables, maps and the report may still show values"
        + " of single units; look through them before you pass the package on.",
      zh: "下列结果逐行重复数据，已随数据一并略去：\(names)。表、地图与报告仍可能含个体数值，分发前请检查。")
  }

  private func answer(_ contents: PackageContents, in folder: String, notes: [Phrase]) -> CommandAnswer {
    let tables = contents.exhibits.count { $0.kind == .table }
    let figures = contents.exhibits.count - tables
    let table = ResultTable(
      name: "package", title: Phrase("A replication package in \(folder)", zh: "复现材料：\(folder)"),
      columns: [
        ResultColumn(
          "file", Phrase("File", zh: "文件"),
          .text(
            ["README.md", PackagedStudy.name]
              + (contents.hasData ? contents.data.map(\.path) : ["\(PackagedData.folder)/"])
              + ["\(contents.results)/", PackageContents.name])),
        ResultColumn(
          "about", Phrase("What it is", zh: "内容"),
          .phrase(
            [
              Phrase("the README, after the template of the data editors", zh: "按数据编辑模板的说明"),
              Phrase("the study, with the package's paths", zh: "研究文件（路径为材料内路径）"),
            ]
              + (contents.hasData
                ? contents.data.map { _ in Phrase("data", zh: "数据") }
                : [
                  Phrase(
                    "the place of \(contents.data.count) data files, which are not in it",
                    zh: "\(contents.data.count)个数据文件的位置（未收入）")
                ])
              + [
                Phrase(
                  "the results: \(tables) tables, \(figures) figures, the report",
                  zh: "结果：\(tables)张表、\(figures)幅图与报告"),
                Phrase("what a replication is compared with", zh: "复现时的比对清单"),
              ])),
      ])
    var answer = CommandAnswer(
      document: ResultDocument(
        command: "study", sample: nil, parts: [.init(table, jsonKey: "package")], notes: notes))
    answer.closing = [
      Phrase(
        "To fill in: what stands in [square brackets] in \(FileName.path(folder, "README.md"))",
        zh: "请填写\(FileName.path(folder, "README.md"))中[方括号]内的内容"),
      Phrase("To replicate: ruralvalue study \(folder)", zh: "复现：ruralvalue study \(folder)"),
    ]
    return answer
  }
}
