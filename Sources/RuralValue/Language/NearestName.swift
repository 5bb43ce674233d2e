/// Finds the name that a misspelt one was probably meant to be.
public enum NearestName {
  /// The candidate with the smallest edit distance to `name`, where it is near enough to be a plausible
  /// misspelling: at most a third of the letters, and at least one, may differ. Case does not count.
  public static func suggestion(for name: String, among candidates: [String]) -> String? {
    let letters = Array(name.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased())
      let allowed = max(1, max(letters.count, other.count) / 3)
      let distance = editDistance(letters, other)
      // Two names without a letter in common are not a misspelling of each other.
      guard distance <= allowed, distance < max(letters.count, other.count) else { continue }
      if best == nil || distance < best!.distance { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// ` Did you mean "…"?` where a candidate is near, else nothing.
  public static func question(for name: String, among candidates: [String]) -> String {
    suggestion(for: name, among: candidates).map { " Did you mean \"\($0)\"?" } ?? ""
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours between two words.
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of first appearance.
  public var firstAppearances: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }

  /// The first element that stands a second time.
  var firstRepetition: Element? {
    var seen = Set<Element>(minimumCapacity: count)
    return first { !seen.insert($0).inserted }
  }

  /// For each element the position at which it first stands.
  public var positions: [Element: Int] {
    Dictionary(zip(self, indices), uniquingKeysWith: { first, _ in first })
  }
}
