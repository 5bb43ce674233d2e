import RuralValue

/// The characters of a LaTeX document without its comments, and where its groups and environments are.
struct LaTeXSource {
  let letters: [Character]
  /// Where each line begins in `letters`; comments take no letters but keep their lines.
  private let lineStarts: [Int]

  init(_ text: String) {
    var letters: [Character] = []
    var starts = [0]
    var isComment = false
    var isEscaped = false
    for letter in text {
      if letter.isNewline {
        isComment = false
        letters.append("\n")
        starts.append(letters.count)
        isEscaped = false
        continue
      }
      if isComment { continue }
      if letter == "%", !isEscaped {
        isComment = true
        continue
      }
      isEscaped = letter == "\\" && !isEscaped
      letters.append(letter)
    }
    self.letters = letters
    lineStarts = starts
  }

  /// The line of a place, from 1; blanks before what stands there do not count.
  func line(of place: Int) -> Int {
    var place = place
    while place < letters.count, letters[place].isWhitespace { place += 1 }
    var (low, high) = (0, lineStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= place { low = middle + 1 } else { high = middle }
    }
    return max(1, low)
  }

  /// The command at a backslash: its name, and where it ends.
  func command(at place: Int) -> (name: String, end: Int) {
    var end = place + 1
    while end < letters.count, letters[end].isASCII, letters[end].isLetter { end += 1 }
    if end == place + 1 {
      return (end < letters.count ? String(letters[end]) : "", min(end + 1, letters.count))
    }
    return (String(letters[(place + 1)..<end]), end)
  }

  /// An environment: where it stands, and what stands in it.
  struct Environment {
    let name: String
    let range: Range<Int>
    let body: Range<Int>
  }

  /// The next environment of some names that begins before a place; one that is never closed reaches to the end.
  func environment(from start: Int, before limit: Int? = nil, named names: Set<String>) -> Environment? {
    var place = start
    while place < limit ?? letters.count {
      guard letters[place] == "\\" else {
        place += 1
        continue
      }
      let (name, end) = command(at: place)
      if name == "begin", let (found, bodyStart) = self.name(from: end), names.contains(found) {
        // Environments of one name may stand within each other.
        var (depth, next) = (1, bodyStart)
        while next < letters.count {
          guard letters[next] == "\\" else {
            next += 1
            continue
          }
          let (word, wordEnd) = command(at: next)
          if word == "begin" || word == "end", let (other, after) = self.name(from: wordEnd), other == found {
            depth += word == "begin" ? 1 : -1
            if depth == 0 { return Environment(name: found, range: place..<after, body: bodyStart..<next) }
          }
          next = wordEnd
        }
        return Environment(name: found, range: place..<letters.count, body: bodyStart..<letters.count)
      }
      place = end
    }
    return nil
  }

  private func name(from place: Int) -> (String, Int)? {
    guard let (group, end) = group(from: place, before: letters.count), group.count < 30 else { return nil }
    return (String(group), end)
  }

  /// The group in braces or brackets that comes next, behind blanks: what stands in it, and where it ends.
  func group(from start: Int, before limit: Int) -> (ArraySlice<Character>, Int)? {
    var place = start
    while place < limit, letters[place].isWhitespace { place += 1 }
    guard place < limit, letters[place] == "{" || letters[place] == "[" else { return nil }
    let close: Character = letters[place] == "{" ? "}" : "]"
    let open = place
    var depth = 0
    place += 1
    while place < limit {
      let letter = letters[place]
      if letter == "\\" {
        place += 2
        continue
      }
      if depth == 0, letter == close { return (letters[(open + 1)..<place], place + 1) }
      if letter == "{" { depth += 1 }
      if letter == "}" { depth -= 1 }
      if depth < 0 { return nil }
      place += 1
    }
    return nil
  }

  /// Where an optional argument in brackets ends that comes next, behind blanks.
  func option(from start: Int, before limit: Int) -> Int? {
    let place = letters[start..<limit].firstIndex { !$0.isWhitespace } ?? limit
    guard place < limit, letters[place] == "[" else { return nil }
    return group(from: place, before: limit)?.1
  }

  /// Where the arguments of a rule end: in brackets, parentheses or braces, right behind it.
  func skipArguments(from start: Int, before limit: Int) -> Int {
    var place = start
    while place < limit {
      if letters[place] == "(" {
        guard let end = letters[place..<limit].firstIndex(of: ")") else { return place }
        place = end + 1
      } else if letters[place] == "[" || letters[place] == "{" {
        guard let end = group(from: place, before: limit)?.1 else { return place }
        place = end
      } else {
        break
      }
    }
    return place
  }

  /// Whether a long table says further below what stands at its foot.
  func hasFoot(from place: Int, before limit: Int) -> Bool {
    var place = place
    while place < limit {
      if letters[place] == "\\" {
        let (name, end) = command(at: place)
        if name == "endfoot" || name == "endlastfoot" { return true }
        place = end
      } else {
        place += 1
      }
    }
    return false
  }

  /// The text of a caption behind its command, and where it ends.
  func caption(from start: Int, before limit: Int) -> (String, Int) {
    var place = start
    if place < limit, letters[place] == "*" { place += 1 }
    if place < limit, letters[place] == "[", let end = group(from: place, before: limit)?.1 { place = end }
    guard let (text, end) = group(from: place, before: limit) else { return ("", place) }
    return (LaTeXPlainText.text(text), end)
  }

  /// The text of the argument of a command within a part.
  func argument(of command: String, in part: ArraySlice<Character>) -> String? {
    var place = part.startIndex
    while place < part.endIndex {
      guard letters[place] == "\\" else {
        place += 1
        continue
      }
      let (name, end) = self.command(at: place)
      if name == command {
        let text = caption(from: end, before: part.endIndex).0
        return text.isEmpty ? nil : text
      }
      place = end
    }
    return nil
  }

  // MARK: - Floats

  private static let floats: Set<String> = [
    "table", "table*", "sidewaystable", "sidewaystable*", "threeparttable", "wraptable", "landscape",
    "ThreePartTable",
  ]

  /// The innermost float around a place that begins behind another, nil where there is none.
  func float(around place: Int, from start: Int) -> Range<Int>? {
    var from = start
    while let found = environment(from: from, before: place, named: Self.floats) {
      if found.range.contains(place) { return found.range }
      from = found.range.upperBound
    }
    return nil
  }

  /// Where the paragraphs that may be a table's notes end: before the next environment of tables or section, and never
  /// far away.
  func endOfParagraphs(from start: Int) -> Int {
    var place = start
    let limit = min(letters.count, start + 4_000)
    while place < limit {
      if letters[place] == "\\" {
        let (name, end) = command(at: place)
        if ["section", "subsection", "chapter", "clearpage", "newpage"].contains(name) { return place }
        if name == "end", let (found, _) = self.name(from: end), Self.floats.contains(found) { return place }
        if name == "begin", let (found, _) = self.name(from: end), found != "tablenotes", found != "minipage"
        {
          return place
        }
        place = end
      } else {
        place += 1
      }
    }
    return limit
  }

  // MARK: - Keys of tblr

  /// The text of `key = {…}` or `key={…}` in the options of a tblr.
  func value(of key: String, in option: ArraySlice<Character>) -> String? {
    values(of: key, in: option).first
  }

  func values(of key: String, in option: ArraySlice<Character>) -> [String] {
    let wanted = Array(key)
    var found: [String] = []
    var place = option.startIndex
    while place + wanted.count < option.endIndex {
      let isKey =
        letters[place..<(place + wanted.count)].elementsEqual(wanted)
        && (place == option.startIndex || !letters[place - 1].isLetter)
      guard isKey else {
        place += 1
        continue
      }
      var next = place + wanted.count
      // `note{a} = {…}`
      if letters[next] == "{", let end = group(from: next, before: option.endIndex)?.1 { next = end }
      while next < option.endIndex, letters[next].isWhitespace { next += 1 }
      if next < option.endIndex, letters[next] == "=",
        let (text, end) = group(from: next + 1, before: option.endIndex)
      {
        found.append(LaTeXPlainText.text(text))
        place = end
      } else {
        place += 1
      }
    }
    return found
  }
}
