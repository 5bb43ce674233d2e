/// Where each key of a study file stands, and in which order.
///
/// Foundation's decoder tells neither, for its objects are dictionaries, nor where a text that it refuses goes
/// wrong. So this walks over the same text: it judges no values, and where it cannot go on it says why.
struct StudyPlaces {
  /// A key's name inside its object, and its line.
  struct Key: Equatable {
    let name: String
    let line: Int
  }

  /// The keys of every object, by the object's path, in the order of the text; a key given twice is there twice.
  private(set) var keys: [String: [Key]] = [:]
  /// The line of every value, by its path.
  private(set) var lines: [String: Int] = [:]
  /// Where the text goes wrong, if it does.
  private(set) var misreading: StudyMisreading?

  private var scanner: StudyScanner
  private var depth = 0
  private let judgesValues: Bool
  /// Far deeper than any study, and far less deep than what would exhaust the stack.
  private static let deepest = 100

  /// The places in a text.
  ///
  /// `judgesValues` asks of every text and number whether the decoder takes it: for a text that it refuses.
  init(_ bytes: [UInt8], judgesValues: Bool = false) {
    scanner = StudyScanner(bytes)
    self.judgesValues = judgesValues
    do throws(StudyMisreading) {
      try value("")
      try scanner.requireEnd()
    } catch {
      misreading = error
    }
  }

  /// The path of a member: `models.gmm`.
  static func path(_ parent: String, _ key: String) -> String { parent.isEmpty ? key : "\(parent).\(key)" }

  /// The line of a path, or of the nearest path above it that has one.
  func line(of path: String) -> Int? {
    var path = path
    while !path.isEmpty {
      if let line = lines[path] { return line }
      guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      path = String(path[..<cut])
    }
    return nil
  }

  private mutating func value(_ path: String) throws(StudyMisreading) {
    scanner.skipBlanks()
    lines[path] = lines[path] ?? scanner.line
    let start = scanner
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw scanner.tooDeep(Self.deepest) }
    switch scanner.upcoming {
    case UInt8(ascii: "{"): return try object(path)
    case UInt8(ascii: "["): return try list(path)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try scanner.quoted()
    default: try scanner.literal()
    }
    if judgesValues { try scanner.requireValue(from: start) }
  }

  private mutating func object(_ path: String) throws(StudyMisreading) {
    scanner.step()
    keys[path] = keys[path] ?? []
    while true {
      if scanner.skip("}") { return }
      let line = scanner.line
      let name = try scanner.key()
      keys[path]?.append(Key(name: name, line: line))
      let member = Self.path(path, name)
      lines[member] = line
      guard scanner.skip(":") else { throw scanner.unexpected("a colon after the key \"\(name)\"") }
      try value(member)
      if scanner.skip(",") { continue }
      guard scanner.skip("}") else { throw scanner.unexpected("a comma or } after the value of \"\(name)\"") }
      return
    }
  }

  private mutating func list(_ path: String) throws(StudyMisreading) {
    scanner.step()
    var count = 0
    while true {
      if scanner.skip("]") { return }
      try value("\(path)[\(count)]")
      count += 1
      if scanner.skip(",") { continue }
      guard scanner.skip("]") else { throw scanner.unexpected("a comma or ] in the list") }
      return
    }
  }
}

/// Where a study file cannot be read on, and why.
struct StudyMisreading: Error, Equatable {
  let line: Int
  let column: Int
  let message: String
}
