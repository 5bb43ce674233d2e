import RuralValue

/// Names of steps, which are folders and places in the report.
struct StudyNames {
  private var taken: Set<String> = []

  /// A name as a folder can have it: letters of any script, digits and hyphens, at most sixty of them.
  static func slug(_ name: String) -> String {
    var slug = ""
    for letter in name.lowercased() {
      if letter.isLetter || letter.isNumber || letter == "_" {
        slug.append(letter)
      } else if !slug.isEmpty, slug.last != "-" {
        slug.append("-")
      }
    }
    slug = String(slug.prefix(60))
    while slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? "unnamed" : slug
  }

  /// A name that no other step has; a second `main` becomes `main-2`.
  mutating func unique(_ name: String) -> String {
    var candidate = name
    var count = 1
    while !taken.insert(candidate).inserted {
      count += 1
      candidate = "\(name)-\(count)"
    }
    return candidate
  }
}
