import RuralValue
import RuralValueFormats
import RuralValueNumerics

/// Carries out one step, or finds that what it left behind still holds.
struct StepRunner: Sendable {
  let plan: StudyPlan
  let files: StudyFiles
  let folder: StudyFolder
  /// What every record's key begins with: the program and its linear algebra.
  let program: String
  /// Whether nothing that was left behind is used.
  let isFresh: Bool

  /// Carries out a step; `done` are the records of the steps before it.
  ///
  /// Throws whatever the step throws. What it had left behind is then gone, for it would pass for the results of other
  /// inputs; where the fault is the machine's, such as a full disk, it stays, for nothing says that it is wrong.
  func run(_ step: StudyStep, done: [String: StepRecord], failed: [String: String]) throws -> (
    record: StepRecord, isReused: Bool
  ) {
    let key = key(of: step, done: done, failed: failed)
    let old = folder.record(of: step.name)
    if !isFresh, let old, old.key == key, old.inputs.allSatisfy(holds), old.outputs.allSatisfy(stands) {
      return (old, true)
    }
    do {
      let said = said(before: step, done)
      let result =
        switch step.action {
        case .call(let call): try carryOut(call, of: step, said)
        case .comparison(let models): try compare(models, of: step, done: done, failed: failed, said)
        }
      let record = try write(result, of: step, key: key)
      for file in old?.outputs ?? [] where !record.outputs.contains(where: { $0.place == file.place }) {
        removeOutput(file, of: step.name)
      }
      return (record, false)
    } catch {
      if ExitCode(error) != .file { discard(step.name) }
      throw error
    }
  }

  /// Removes the files that a step had written, but for those that somebody changed since.
  func discard(_ step: String) {
    for file in folder.record(of: step)?.outputs ?? [] { removeOutput(file, of: step) }
    folder.forget(step)
  }

  private func removeOutput(_ file: StepRecord.File, of step: String) {
    guard let place = file.place, place.hasPrefix(step + "/") else { return }
    folder.removeOwn(place)
  }

  private func holds(_ file: StepRecord.File) -> Bool {
    (try? files.entry(file.path))?.sha256 == file.sha256
  }

  /// Whether an output is where it was written, as it was; steps after it then need not read it again.
  private func stands(_ file: StepRecord.File) -> Bool {
    guard let bytes = file.place.flatMap(folder.bytes), SHA256.hexadecimal(bytes) == file.sha256 else {
      return false
    }
    files.remember(file.path, StudyFiles.Entry(bytes: bytes, sha256: file.sha256))
    return true
  }

  /// A digest of what decides the results besides files.
  private func key(
    of step: StudyStep, done: [String: StepRecord], failed: [String: String]
  ) -> String {
    var texts = [program, step.name, step.chapter.rawValue, step.title.english, step.title.chinese]
    let options = plan.output
    texts.append(options.given(formats: options.formats).map { "\($0)" }.joined(separator: "\u{0}"))
    texts.append(
      (options.figures.map(\.rawValue) + [options.figureWidth?.text ?? ""]).joined(separator: "\u{0}"))
    texts += said(before: step, done).texts
    switch step.action {
    case .call(let call): texts += [step.command] + call.words
    case .comparison(let models):
      texts += plan.labels.texts
      for model in models {
        texts += [model.name, model.step, failed[model.step] ?? ""]
        texts += model.renamed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        texts += (done[model.step]?.estimates ?? []).map { "\($0)" }
        texts += [done[model.step].map { "\($0.confidenceLevel)" } ?? ""]
        texts += (done[model.step]?.sample ?? []).map { "\($0)" }
        texts += (done[model.step]?.cautions ?? []).map(\.english)
      }
    }
    return SHA256.hexadecimal(Array(texts.joined(separator: "\u{1}").utf8))
  }

  /// What the steps before one say of the files that it reads.
  private func said(before step: StudyStep, _ done: [String: StepRecord]) -> StepRecord.Said {
    StepRecord.Said(step.needs.compactMap { done[$0]?.said })
  }

  private func carryOut(
    _ call: Call, of step: StudyStep, _ said: StepRecord.Said
  ) throws -> StepResult {
    let inputs = InputReader(
      SilentConsole(), files: files, looksForLabels: false, told: said.ofShape)
    var call = call.inStudy(saying: said.meanings)
    call.figureWidth = plan.output.figureWidth
    var answer = try call.run(inputs)
    let leftOut = answer.leftOut.map { missing in
      StepRecord.LeftOut(column: missing.column, reason: Message.inStudy(missing.reason))
    }
    var now = said
    now.meanings += answer.meanings
    now.ofShape = inputs.told
    // A later step may make what an earlier one could not.
    let made = Set(answer.piped?.columns.map(\.name) ?? [])
    now.lacking = now.lacking.filter { $0.column.map(made.contains) != true }
    now.lacking += leftOut.map { MissingNeed(step: step.name, column: $0.column) }
    answer.document = answer.document.adding(notes: leftOut.map(\.note))
    var options = call.command.call.delivery
    // A verb that writes one file takes no formats; the study's hold for its tables.
    if call.verb.definition.writesOneFile { options.formats = plan.output.formats }
    // Nor does a call say in which formats the study has its pictures.
    (options.figures, options.figureWidth) = (plan.output.figures, plan.output.figureWidth)
    var result = try StepResult(
      answer, options: options, inputs: inputs, step: step,
      inputFiles: try inputs.inputs.map { .init(path: $0.path, sha256: try files.entry($0.path).sha256) })
    (result.said, result.leftOut) = (now, leftOut)
    return result
  }

  private func compare(
    _ models: [StudyStep.ComparedModel], of step: StudyStep, done: [String: StepRecord],
    failed: [String: String], _ said: StepRecord.Said
  ) throws -> StepResult {
    let compared = models.map { model -> RobustnessTable.Model in
      let name = Phrase(verbatim: model.name)
      guard let record = done[model.step] else {
        return .init(name: name, failure: failed[model.step] ?? "it was not estimated.")
      }
      return .init(
        name: name, estimates: record.estimates.map { $0.renamed(model.renamed) },
        confidenceLevel: record.confidenceLevel, observations: record.sample.first ?? 0,
        cautions: record.cautions)
    }
    let table = RobustnessTable(base: compared[0], variants: Array(compared.dropFirst()))
    let isSimulated = models.contains { done[$0.step]?.isSimulated ?? false }
    let document = table.document.adding(meanings: said.meanings, named: []).worded(by: plan.labels)
    var result = try StepResult(
      isSimulated ? document.markedAsSimulated : document, options: plan.deliveryOptions, step: step,
      isSimulated: isSimulated, names: table.document.wordedNames)
    result.said = said
    return result
  }

  private func write(_ result: StepResult, of step: StudyStep, key: String) throws -> StepRecord {
    var outputs: [StepRecord.File] = []
    var written: [(name: String, entry: StudyFiles.Entry)] = []
    for file in result.files where !outputs.contains(where: { $0.path.hasSuffix("/\(file.name)") }) {
      let name = "\(plan.output.folder)/\(step.name)/\(file.name)"
      let entry = StudyFiles.Entry(bytes: file.bytes, sha256: SHA256.hexadecimal(file.bytes))
      written.append(("\(step.name)/\(file.name)", entry))
      outputs.append(.init(path: name, sha256: entry.sha256))
    }
    let record = result.record(key: key, outputs: outputs)
    try folder.write(written, record, of: step.name)
    for (file, output) in zip(written, outputs) { files.remember(output.path, file.entry) }
    return record
  }
}
