import RuralValue

/// What can keep a package from being made or run.
enum PackageError: Fault {
  case isTaken(path: String, names: [String])
  case isNoFolder(path: String)
  case isCurrent(path: String)
  /// The study in the package would not do what the study does.
  case otherCalls(step: String?)
  case failed(steps: [FailedStep], code: ExitCode)
  case noPackage(source: String)
  /// A study's folder, or any other, where a package is looked for.
  case isFolder(path: String, hasStudy: Bool)
  case dataMissing(package: String, files: [PackagedFile])
  case noManifest(path: String)
  case readsElsewhere(package: String, files: [String])

  /// A step with why it has no results.
  struct FailedStep: Equatable {
    let name: String
    let reason: String
  }

  var kind: FaultKind {
    switch self {
    case .isTaken, .isNoFolder, .isCurrent, .isFolder, .dataMissing: .file
    case .noPackage, .noManifest, .readsElsewhere: .data
    case .otherCalls: .usage
    case .failed(_, .data), .failed(_, .decisionErrors): .data
    case .failed(_, .file): .file
    case .failed(_, .usage): .usage
    case .failed: .numerical
    }
  }

  var description: String {
    switch self {
    case .isTaken(let path, let names):
      let some =
        names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", … (\(names.count) in all)" : "")
      return
        "\(path) is not empty: it has \(some). A package needs a folder of its own, and nothing was written. Name"
        + " another folder, or move this one away."
    case .isNoFolder(let path):
      return
        "\(path) is a file or a link; expected the name of a new folder for the package. Nothing was written."
    case .isCurrent(let path):
      return
        "\(path) is the folder in which the call is made; expected the name of a new one, such as package. Nothing was"
        + " written."
    case .otherCalls(let step):
      return "With its data in \(PackagedData.folder)/ the study would make other calls"
        + (step.map { " in the step \($0)" } ?? "")
        + ", so that no package was made. Give the data files names without spaces, commas and semicolons that are no"
        + " keys of the study, in the study file's folder."
    case .failed(let steps, _):
      return "No package was made, for it would not hold all of the study:"
        + steps.map { "\n\($0.name): \($0.reason)" }.joined()
    case .noPackage(let source):
      return "\(source) is no list of a package's contents; expected the \(PackageContents.name) that"
        + " ruralvalue study STUDY.json --package DIR writes."
    case .isFolder(let path, hasStudy: true):
      return
        "\(path) is a folder without \(PackageContents.name), and so no package; expected a package, or the study"
        + " file itself: \(FileName.path(path, PackagedStudy.name))."
    case .isFolder(let path, hasStudy: false):
      return
        "\(path) is a folder without \(PackageContents.name), and so no package; expected a package or a study"
        + " file."
    case .readsElsewhere(let package, let files):
      return
        "The study of \(package) reads files outside the package: \(files.joined(separator: ", ")). No package that this"
        + " program makes does so; nothing was run."
    case .noManifest(let path):
      return "\(path) is no manifest of a study; expected the one with which the package was made."
    case .dataMissing(let package, let files):
      let list = files.map { file -> String in
        let source = file.source
        let where_ = [source?.text, source?.url, source?.license.map { "licence: \($0)" }].compactMap(\.self)
        return "\nto get: \(file.path), from "
          + (where_.isEmpty
            ? "where README.md says; the study names no source" : where_.joined(separator: "; "))
          + "\n  \(file.size) bytes, SHA-256 \(file.sha256)"
      }
      return
        "\(package) needs \(files.count) data file\(files.count == 1 ? "" : "s") that \(files.count == 1 ? "is" : "are")"
        + " not there; nothing was run." + list.joined()
        + "\nPut \(files.count == 1 ? "it" : "them") there under \(files.count == 1 ? "that name" : "these names") and call"
        + " again: what is there is checked first."
    }
  }
}
