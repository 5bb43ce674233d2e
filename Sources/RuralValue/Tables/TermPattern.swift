/// Which parameters of a table of models a word names: one by its name, or several by a pattern with `*` and `?`.
///
/// `W*lnP` is a name and no pattern where a model has that term.
public struct TermPattern: Sendable, Equatable {
  /// The word as it was given.
  public let text: String

  /// A pattern from its word.
  public init(_ text: String) { self.text = text }

  /// Those of the parameters that are meant, in their own order.
  func matches(among parameters: [Parameter]) -> [Parameter] {
    let exact = parameters.filter { $0.name == text || $0.fullName == text }
    guard exact.isEmpty else { return exact }
    let pattern = Array(text)
    return parameters.filter { parameter in
      Self.matches(pattern[...], Array(parameter.name)[...])
        || Self.matches(pattern[...], Array(parameter.fullName)[...])
    }
  }

  /// Whether a pattern describes the whole of a name; `*` stands for any letters, `?` for one.
  private static func matches(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
    // The place behind the last `*`, and where its letters end so far.
    var (place, letter) = (pattern.startIndex, name.startIndex)
    var star: (behind: Int, end: Int)?
    while letter < name.endIndex {
      if place < pattern.endIndex, pattern[place] == "*" {
        star = (place + 1, letter)
        place += 1
      } else if place < pattern.endIndex, pattern[place] == "?" || pattern[place] == name[letter] {
        place += 1
        letter += 1
      } else if let (behind, end) = star {
        star = (behind, end + 1)
        (place, letter) = (behind, end + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
