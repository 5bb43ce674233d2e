import RuralValue
import RuralValueFormats

/// What a manifest of an earlier run lists, and how its tables were printed.
struct ManifestListing {
  /// A file that the study wrote.
  struct Output: Equatable {
    /// Its name as calls use it.
    let path: String
    /// Its place in the folder of outputs.
    let place: String
    let sha256: String
    /// The step that wrote it; nil for what the study writes besides.
    let step: String?
  }

  /// The study file.
  let study: StepRecord.File
  /// The files that the study read, as it names them.
  let inputs: [StepRecord.File]
  let files: [Output]
  /// The verb of each step.
  let commands: [String: String]
  let language: Language
  let digits: NumberDigits
  let stars: [Double]

  /// The list of a manifest's bytes; nil where they are none.
  init?(_ bytes: [UInt8]) {
    guard let node = EarlierManifest.manifest(bytes), let study = node["study"].flatMap(StepRecord.File.init)
    else {
      return nil
    }
    self.study = study
    inputs = (node["inputs"]?.value.elements ?? []).compactMap(StepRecord.File.init)
    let steps = node["steps"]?.value.elements ?? []
    commands = Dictionary(
      steps.compactMap { step in step["name"]?.text.map { ($0, step["command"]?.text ?? "") } }
    ) { first, _ in first }
    let own = ["report", "tables"].compactMap { node[$0].flatMap(StepRecord.File.init) }.map {
      Output(path: $0.path, place: FileName.last(of: $0.path), sha256: $0.sha256, step: nil)
    }
    files =
      steps.flatMap { step in
        (step["outputs"]?.value.elements ?? []).compactMap(StepRecord.File.init).compactMap { file in
          file.place.map { Output(path: file.path, place: $0, sha256: file.sha256, step: step["name"]?.text) }
        }
      } + own
    language = node["options"]?["language"]?.text.flatMap(Language.init) ?? .english
    let digits = node["options"]?["digits"]
    self.digits =
      if case .integer(let count)? = digits?.value { .decimals(count) } else {
        digits?.text.flatMap { NumberDigits($0) } ?? 3
      }
    let stars = (node["options"]?["stars"]?.value.elements ?? []).compactMap { level -> Double? in
      if case .number(let number) = level.value { number } else { nil }
    }
    self.stars = stars.isEmpty ? StarMarks.defaultLevels : stars
  }
}
