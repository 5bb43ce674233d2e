import RuralValue
import RuralValueFormats

/// The folder of a study's outputs, to be read only: no lock, no record and no key is made.
struct StudyResults {
  private let root: HeldFolder?
  private let path: String
  private let listing: ManifestListing
  private let records: [String: StepRecord]

  /// The outputs in a folder that a manifest lists, with what a key has signed of its steps.
  init(_ path: String, _ listing: ManifestListing, key: RecordKey?) {
    (self.path, self.listing) = (path, listing)
    let root = HeldFolder(path)
    self.root = root
    let folder = root?.folder(StudyFolder.ownName)?.folder("records")
    let steps = listing.files.compactMap(\.step).firstAppearances
    records = Dictionary(
      steps.compactMap { step in
        guard let key, let bytes = folder?.bytes(of: StudyFolder.recordName(step)) else { return nil }
        return StepRecord(bytes, of: step, signedWith: key).map { (step, $0) }
      }
    ) { first, _ in first }
  }

  /// The files that are not as the study wrote them, in the manifest's order, and the manifest where it is not what the
  /// steps left behind.
  func findings(manifest: String) -> [StudyAudit.Finding] {
    var isManifestTrue = true
    let findings = listing.files.compactMap { file -> StudyAudit.Finding? in
      let record = file.step.flatMap { records[$0] }
      let written = record?.outputs.first { $0.place == file.place }?.sha256
      if record != nil, written != file.sha256 { isManifestTrue = false }
      guard let bytes = bytes(of: file.place) else { return .init(path: file.path, kind: .missing) }
      guard SHA256.hexadecimal(bytes) != written ?? file.sha256 else { return nil }
      let original = record.flatMap { self.original(file, $0, sha256: written ?? file.sha256) }
      return .init(
        path: file.path, kind: .changed,
        difference: original.map { FileDifference($0, bytes, named: file.place, digits: listing.digits) })
    }
    return findings + (isManifestTrue ? [] : [.init(path: manifest, kind: .otherManifest)])
  }

  private func bytes(of place: String) -> [UInt8]? {
    let folder = FileName.folder(of: place)
    let held = folder.isEmpty ? root : root?.folder(String(folder.dropLast()))
    return held?.bytes(of: FileName.last(of: place))
  }

  /// What the study had written, made again of the table in the step's record; nil where that is not the whole table, and
  /// where the digest says that it was written otherwise.
  private func original(_ file: ManifestListing.Output, _ record: StepRecord, sha256: String) -> [UInt8]? {
    let name = FileName.last(of: file.place)
    let parts = name.split(separator: ".")
    guard parts.count == 2, let format = OutputFormat(rawValue: String(parts[1])), let step = file.step,
      let table = record.tables.first(where: { $0.name == String(parts[0]) })?.whole
    else { return nil }
    let document = ResultDocument(
      command: listing.commands[step] ?? "", sample: nil, parts: [.init(table, jsonKey: nil)])
    for isSafe in [false, true] {
      var options = DeliveryOptions()
      (options.formats, options.isSpreadsheetSafe) = ([format], isSafe)
      options.rendering = RenderOptions(
        language: listing.language, digits: listing.digits, starLevels: listing.stars)
      let files = AnswerFiles(options: options, inputs: InputReader(SilentConsole()), step: step)
      if let bytes = files.tables(document).first(where: { $0.name == name })?.bytes,
        SHA256.hexadecimal(bytes) == sha256
      {
        return bytes
      }
    }
    return nil
  }
}
