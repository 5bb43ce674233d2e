import RuralValue

/// What LaTeX sets, as plain text: the words and signs that a reader of the page would see.
enum LaTeXPlainText {
  /// A cell with the columns and rows that it spans.
  static func span(_ letters: [Character]) -> GridBuilder.Span {
    var span = GridBuilder.Span(text: "")
    var part = letters[...]
    while let (name, arguments, rest) = leadingSpan(part) {
      let count = max(1, Int(LaTeXPlainText.text(arguments[0])) ?? 1)
      if name == "multicolumn" {
        span.columns = min(count, GridBuilder.mostColumns)
      } else {
        span.rows = count
      }
      part = arguments[arguments.count - 1]
      if !LaTeXPlainText.text(rest).isEmpty { part = (Array(part) + [" "] + Array(rest))[...] }
    }
    span.text = text(part)
    return span
  }

  /// `\multicolumn{n}{format}{text}` or `\multirow{n}{width}{text}` at the begin of a cell.
  private static func leadingSpan(
    _ letters: ArraySlice<Character>
  ) -> (name: String, arguments: [ArraySlice<Character>], rest: ArraySlice<Character>)? {
    let source = Array(letters.drop { $0.isWhitespace })
    for (name, count) in [("multicolumn", 3), ("multirow", 3)] {
      let command = Array("\\" + name)
      guard source.starts(with: command) else { continue }
      var place = command.count
      var arguments: [ArraySlice<Character>] = []
      while place < source.count, arguments.count < count {
        if source[place] == "[" {
          guard let end = source[place...].firstIndex(of: "]") else { return nil }
          place = end + 1
        } else if source[place] == "{" {
          guard let end = endOfGroup(source, from: place) else { return nil }
          arguments.append(source[(place + 1)..<end])
          place = end + 1
        } else if source[place] == "*" || source[place] == "=" {
          // `\multirow{2}*{text}`
          arguments.append(source[place...place])
          place += 1
        } else if source[place].isWhitespace {
          place += 1
        } else {
          return nil
        }
      }
      guard arguments.count == count else { return nil }
      return (name, arguments, source[place...])
    }
    return nil
  }

  private static func endOfGroup(_ letters: [Character], from start: Int) -> Int? {
    var (depth, place) = (0, start)
    while place < letters.count {
      switch letters[place] {
      case "\\": place += 1
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth == 0 { return place }
      default: break
      }
      place += 1
    }
    return nil
  }

  /// The paragraphs of a part of a document, without tables' own commands.
  static func paragraphs(_ part: ArraySlice<Character>) -> [String] {
    var paragraphs: [[Character]] = [[]]
    var isBlank = false
    for letter in part {
      if letter == "\n" {
        if isBlank { paragraphs.append([]) }
        isBlank = true
      } else if !letter.isWhitespace {
        isBlank = false
      }
      paragraphs[paragraphs.count - 1].append(letter)
    }
    return paragraphs.map { text($0[...]) }.filter { !$0.isEmpty }.prefix(12).map { String($0.prefix(4_000)) }
  }

  /// The text of a part.
  static func text(_ part: ArraySlice<Character>) -> String {
    var result = ""
    let letters = Array(part)
    var place = 0
    while place < letters.count {
      let letter = letters[place]
      place += 1
      switch letter {
      case "{", "}", "$", "^": break
      case "~": result += " "
      case "-" where letters[place...].starts(with: ["-", "-"]):
        result += "—"
        place += 2
      case "-" where place < letters.count && letters[place] == "-":
        result += "–"
        place += 1
      case "_": break
      case "\\": (place, result) = command(letters, place, result)
      default: result.append(letter.isWhitespace ? " " : letter)
      }
    }
    return GridBuilder.oneLine(result)
  }

  /// The command behind a backslash: where its arguments end that are no text, and the text with what it stands for.
  private static func command(_ letters: [Character], _ start: Int, _ text: String) -> (Int, String) {
    guard start < letters.count else { return (start, text) }
    var end = start
    while end < letters.count, letters[end].isASCII, letters[end].isLetter { end += 1 }
    guard end > start else {
      switch letters[start] {
      case "&", "%", "_", "#", "$", "{", "}": return (start + 1, text + String(letters[start]))
      case ",", ";", ":", " ", "\\", "\n": return (start + 1, text + " ")
      // Signs over letters, and the ends of formulas.
      default: return (start + 1, text)
      }
    }
    let name = String(letters[start..<end])
    if let sign = signs[name] { return (end, text + sign) }
    guard let count = measures[name] else { return (end, text) }
    var place = end
    if name == "begin" { return (endOfBegin(letters, end), text + " ") }
    for _ in 0..<count {
      while place < letters.count, letters[place].isWhitespace { place += 1 }
      if place < letters.count, letters[place] == "*" { place += 1 }
      if place < letters.count, letters[place] == "[", let close = letters[place...].firstIndex(of: "]") {
        place = close + 1
      }
      guard place < letters.count, letters[place] == "{", let close = endOfGroup(letters, from: place) else {
        break
      }
      place = close + 1
    }
    if count == 0, place < letters.count, letters[place] == "[",
      let close = letters[place...].firstIndex(of: "]")
    {
      place = close + 1
    }
    return (place, text)
  }

  /// Where the begin of an environment ends, of a table with its columns.
  private static func endOfBegin(_ letters: [Character], _ start: Int) -> Int {
    guard start < letters.count, letters[start] == "{", let end = endOfGroup(letters, from: start) else {
      return start
    }
    let isTable = String(letters[(start + 1)..<end]).hasPrefix("tab")
    var place = end + 1
    if place < letters.count, letters[place] == "[", let close = letters[place...].firstIndex(of: "]") {
      place = close + 1
    }
    if isTable || String(letters[(start + 1)..<end]) == "minipage", place < letters.count,
      letters[place] == "{",
      let close = endOfGroup(letters, from: place), String(letters[(start + 1)..<end]) != "tablenotes"
    {
      place = close + 1
    }
    return place
  }

  /// Commands whose first arguments, so many, are no text.
  private static let measures: [String: Int] = [
    "begin": 1, "end": 1, "vspace": 1, "hspace": 1, "label": 1, "color": 1, "textcolor": 1, "cellcolor": 1,
    "rowcolor": 1, "fontsize": 2, "setlength": 2, "addtolength": 2, "phantom": 1, "hphantom": 1,
    "vphantom": 1,
    "rule": 2, "parbox": 1, "makebox": 0, "raisebox": 1, "caption": 1, "cite": 1, "citep": 1, "citet": 1,
    "ref": 1,
    "eqref": 1, "renewcommand": 2, "newcommand": 2, "def": 0, "tnote": 1, "includegraphics": 1, "input": 1,
    "resizebox": 2, "scalebox": 1, "rotatebox": 1, "shortstack": 0, "makecell": 0, "thead": 0, "item": 0,
    "multirow": 2, "multicolumn": 2, "SetCell": 1, "cmidrule": 1, "cline": 1, "footnote": 1, "adjustbox": 1,
    "usepackage": 1, "captionsetup": 1, "centering": 0, "sisetup": 1, "setcounter": 2, "url": 1,
  ]

  /// Commands that stand for signs.
  private static let signs: [String: String] = [
    "ast": "*", "star": "*", "textasteriskcentered": "*", "dagger": "†", "dag": "†", "textdagger": "†",
    "ddagger": "‡",
    "ddag": "‡", "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "lt": "<",
    "textless": "<", "gt": ">", "textgreater": ">", "approx": "≈", "neq": "≠", "infty": "∞", "checkmark": "✓",
    "cmark": "✓", "xmark": "✗", "textminus": "-", "textendash": "–", "textemdash": "—", "ldots": "…",
    "dots": "…",
    "quad": " ", "qquad": " ", "newline": " ", "par": " ", "rightarrow": "→", "to": "→",
    "textquotedblright": "\"",
    "textquotedblleft": "\"", "textbackslash": "\\", "textasciitilde": "~", "textbar": "|", "prime": "'",
    "surd": "√",
    "ln": "ln ", "log": "log ", "exp": "exp ", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω", "textsterling": "£", "copyright": "©", "degree": "°", "circ": "°", "textdegree": "°",
  ]
}
