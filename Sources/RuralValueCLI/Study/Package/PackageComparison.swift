import RuralValue
import RuralValueFormats

/// The results of a study that was run again, file by file beside those of its package.
struct PackageComparison {
  /// How a result that was made again compares with the package's.
  enum Verdict: Equatable, Sendable {
    /// Byte for byte.
    case same
    /// Numbers differ, and print the same.
    case asPrinted(FileDifference)
    /// A picture whose drawing is the same: another program, or another version of it, made it of the drawing.
    case otherPicture
    /// nil where the package holds no copy to compare with.
    case differs(FileDifference?)
    case notMade
    /// The package has no such file.
    case new

    /// The order from good to bad.
    fileprivate var rank: Int {
      switch self {
      case .same: 0
      case .asPrinted, .otherPicture: 1
      case .new: 2
      case .differs: 3
      case .notMade: 4
      }
    }

    /// Whether the result is what the package says.
    var holds: Bool { rank < 2 }

    /// Whether it is so though its bytes are others.
    var isOtherwiseSame: Bool { rank == 1 }

    var difference: FileDifference? {
      switch self {
      case .asPrinted(let difference): difference
      case .differs(let difference): difference
      case .same, .otherPicture, .notMade, .new: nil
      }
    }
  }

  /// The files by their names in the package, in its order.
  let files: [(path: String, verdict: Verdict)]
  /// Files of the package that are not as its manifest says.
  let changed: [String]

  /// Compares what two manifests list; `old` and `new` give the bytes of a file by its place in the folder of outputs.
  init(
    _ before: ManifestListing, _ after: ManifestListing, old: (String) -> [UInt8]?, new: (String) -> [UInt8]?
  ) {
    var files: [(String, Verdict)] = []
    var changed: [String] = []
    let made = Dictionary(after.files.map { ($0.place, $0.sha256) }) { first, _ in first }
    for file in before.files {
      let held = old(file.place)
      let isWhole = held.map { SHA256.hexadecimal($0) == file.sha256 } ?? false
      if held != nil, !isWhole { changed.append(file.path) }
      let verdict: Verdict
      switch made[file.place] {
      case nil: verdict = .notMade
      case file.sha256?: verdict = .same
      default:
        let difference =
          isWhole
          ? held.flatMap { held in
            new(file.place).map { FileDifference(held, $0, named: file.place, digits: before.digits) }
          } : nil
        verdict = difference.map { $0.printsSame ? .asPrinted($0) : .differs($0) } ?? .differs(nil)
      }
      files.append((file.path, verdict))
    }
    let known = Set(before.files.map(\.place))
    files += after.files.filter { !known.contains($0.place) }.map { ($0.path, .new) }
    self.changed = changed
    let held = Set(files.filter { $0.1.holds }.map(\.0))
    self.files = files.map { path, verdict in
      let isPicture = path.hasSuffix(".png") || path.hasSuffix(".pdf")
      let hasDrawing = held.contains("\(FileName.folder(of: path))\(FileStem.of(path)).svg")
      return isPicture && !verdict.holds && verdict != .notMade && hasDrawing
        ? (path, .otherPicture) : (path, verdict)
    }
  }

  /// How a table or figure came out, of which these are the files.
  ///
  /// Where data files differ they tell, for all digits are there; else the worst of the files.
  func verdict(of paths: [String]) -> Verdict {
    // What has no file of its own, as what the models' variables are, follows from the study file alone.
    guard !paths.isEmpty else { return .same }
    let own = files.filter { paths.contains($0.path) }
    func worst(_ files: [(path: String, verdict: Verdict)]) -> Verdict? {
      files.max { $0.verdict.rank < $1.verdict.rank }?.verdict
    }
    let data = worst(own.filter { $0.path.hasSuffix(".csv") })
    return data == nil || data == .same ? worst(own) ?? .notMade : data ?? .notMade
  }

  /// How many files are the same, byte for byte.
  var sameCount: Int { files.count { $0.verdict == .same } }
}
