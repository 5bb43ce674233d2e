import RuralValue
import RuralValueFormats

/// A file of a package's data, as the package names it.
struct PackagedFile: Equatable, Sendable {
  /// Its place in the package: `data/panel.csv`.
  let path: String
  let sha256: String
  /// Its size in bytes.
  let size: Int
  /// Where it comes from, as the study says.
  let source: StudySources.Source?
}

/// The files that a study reads, and their places in a package.
struct PackagedData {
  /// A file with its bytes.
  struct Copy {
    let file: PackagedFile
    let bytes: [UInt8]
  }

  /// The folder of a package's data.
  static let folder = "data"

  private(set) var copies: [Copy] = []
  /// The places by the bytes of the names that the study gives them.
  private var places: [[UInt8]: String] = [:]
  /// The places by the files that they are copies of, whatever links lead there.
  private var known: [String: String] = [:]
  private var taken: Set<String> = []

  /// The files that belong together under one name with several endings.
  private static let parts = ["shp", "dbf", "prj", "cpg", "shx"]

  /// Whether two files are parts of one shapefile.
  static func areParts(_ path: String, _ other: String) -> Bool {
    let (one, two) = (split(path), split(other))
    return one.stem == two.stem && [one, two].allSatisfy { parts.contains($0.ending.lowercased()) }
  }

  /// The data of a study that names some inputs. Throws what reading them throws.
  init(_ inputs: [String], files: StudyFiles, sources: StudySources) throws {
    for name in inputs where name != "-" {
      let place = SystemFile.realPath(files.location(of: name))
      if known[place] == nil {
        let kind = FileKind(try files.bytes(of: name))
        let parts = kind == .shapes || kind == .dbase ? parts(of: name, files) : [name]
        try add(parts, files, sources[name])
      }
      places[FileName.bytes(name)] = known[place]
    }
  }

  /// A file's place in the package, by the name that the study gives it.
  subscript(name: String) -> String? { places[FileName.bytes(name)] }

  /// The file itself, and beside it those of its name that a shapefile consists of.
  private func parts(of name: String, _ files: StudyFiles) -> [String] {
    let (folder, stem) = (FileName.folder(of: name), Self.split(FileName.last(of: name)).stem)
    let beside = SystemFile.names(in: FileName.folder(of: files.location(of: name))).filter { other in
      let (other, ending) = Self.split(other)
      return FileName.isSame(other, stem) && Self.parts.contains(ending.lowercased())
    }
    return [name] + beside.map { folder + $0 }.filter { !FileName.isSame($0, name) }
  }

  /// Takes files under one name that none has yet; a second `panel.csv` becomes `panel-2.csv`, for its folder's name may
  /// tell more of the machine than a package should.
  private mutating func add(_ names: [String], _ files: StudyFiles, _ source: StudySources.Source?) throws {
    let parts = names.map { Self.split(FileName.last(of: $0)) }
    var number = 1
    func new(_ part: (stem: String, ending: String)) -> String {
      part.stem + (number == 1 ? "" : "-\(number)") + (part.ending.isEmpty ? "" : ".\(part.ending)")
    }
    // Where capital letters do not count, two names that differ in them alone are one.
    while parts.contains(where: { taken.contains(new($0).lowercased()) }) { number += 1 }
    for (name, part) in zip(names, parts) {
      let path = "\(Self.folder)/\(new(part))"
      taken.insert(new(part).lowercased())
      let entry = try files.entry(name)
      known[SystemFile.realPath(files.location(of: name))] = path
      copies.append(
        Copy(
          file: PackagedFile(path: path, sha256: entry.sha256, size: entry.bytes.count, source: source),
          bytes: entry.bytes))
    }
  }

  /// A name without its last ending, and the ending.
  private static func split(_ name: String) -> (stem: String, ending: String) {
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return (name, "") }
    return (String(name[..<point]), String(name[name.index(after: point)...]))
  }
}
