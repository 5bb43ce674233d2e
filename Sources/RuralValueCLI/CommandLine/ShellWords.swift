import RuralValue

/// Words of a call inside a text, as a shell would split them: '…', "…", and \ before a letter.
enum ShellWords {
  /// The words. Throws `UsageError.conflict` where a quote stays open.
  static func split(_ text: String, option: String) throws(UsageError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for letter in text {
      if isEscaped {
        // Inside "…" a backslash stands for itself but before ", \, $ and `.
        if quote == "\"", !"\"\\$`".contains(letter) { word = (word ?? "") + "\\" }
        word = (word ?? "") + String(letter)
        isEscaped = false
      } else if letter == "\\", quote != "'" {
        isEscaped = true
        word = word ?? ""
      } else if let open = quote {
        if letter == open { quote = nil } else { word = (word ?? "") + String(letter) }
      } else if letter == "'" || letter == "\"" {
        quote = letter
        word = word ?? ""
      } else if letter.isWhitespace {
        if let complete = word { words.append(complete) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    if let quote {
      throw .conflict("\(option) has a \(quote) that is not closed: \(text)")
    }
    guard !isEscaped else { throw .conflict("\(option) ends with a backslash: \(text)") }
    return words + (word.map { [$0] } ?? [])
  }
}
