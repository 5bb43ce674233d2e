/// Text as LaTeX sets it literally.
enum LaTeXText {
  /// A text in which nothing is a command, whatever stands beside a sign and joins it to one character.
  ///
  /// Chinese stays UTF-8, for ctex. Greek letters and the signs of mathematics become commands, for pdfLaTeX has
  /// no glyphs for them in text and the fonts of XeLaTeX often none either.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let replacement = replacements[scalar] {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A cell's text. A star or bracket at its beginning would belong to the `\\` before it.
  static func cell(_ text: String) -> String {
    let escaped = escaped(text)
    return escaped.hasPrefix("*") || escaped.hasPrefix("[") ? "{}" + escaped : escaped
  }

  /// A name fit for `\label`: ASCII letters, digits and hyphens, and of other letters their numbers, so that names of
  /// Chinese steps differ.
  static func label(_ name: String) -> String {
    name.unicodeScalars.reduce(into: "") { label, scalar in
      if scalar.isASCII {
        let letter = Character(scalar)
        label.append(letter.isLetter || letter.isNumber ? letter : "-")
      } else {
        label += "u\(String(scalar.value, radix: 16))"
      }
    }
  }

  private static let replacements: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
      "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
      "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "$<$", ">": "$>$", "|": "$|$",
      "\"": "\\textquotedblright{}", "²": "\\textsuperscript{2}", "³": "\\textsuperscript{3}",
      "×": "$\\times$", "·": "$\\cdot$", "−": "$-$", "±": "$\\pm$", "≤": "$\\leq$", "≥": "$\\geq$",
      "≠": "$\\neq$", "≈": "$\\approx$", "∞": "$\\infty$", "′": "$'$", "…": "\\ldots{}", "°": "$^{\\circ}$",
      "→": "$\\rightarrow$", "∪": "$\\cup$", "∩": "$\\cap$", "∈": "$\\in$", "√": "$\\surd$",
      "✓": "$\\checkmark$", "⁻": "$^{-}$",
      "¹": "\\textsuperscript{1}", "\u{A0}": "~", "\t": " ", "\n": " ", "‹": "$\\langle$", "›": "$\\rangle$",
      "\u{FFFD}": "?",
    ]
    for (digit, (raised, lowered)) in zip("⁰⁴⁵⁶⁷⁸⁹".unicodeScalars, "₀₄₅₆₇₈₉".unicodeScalars).enumerated() {
      let number = digit == 0 ? 0 : digit + 3
      table[raised] = "\\textsuperscript{\(number)}"
      table[lowered] = "\\textsubscript{\(number)}"
    }
    for (digit, lowered) in "₁₂₃".unicodeScalars.enumerated() {
      table[lowered] = "\\textsubscript{\(digit + 1)}"
    }
    // The pictures of control characters.
    for code in 0...0x21 as ClosedRange<UInt32> {
      guard let picture = Unicode.Scalar(0x2400 + code) else { continue }
      let number = String(code == 0x21 ? 0x7F : code, radix: 16, uppercase: true)
      table[picture] = "$\\langle$U+00\(number.utf8.count < 2 ? "0" : "")\(number)$\\rangle$"
    }
    for digit in 0...9 as ClosedRange<UInt32> {
      if let low = Unicode.Scalar(0x2080 + digit) { table[low] = "\\textsubscript{\(digit)}" }
      // Of ¹, ² and ³ Unicode has others.
      if digit == 0 || digit > 3, let high = Unicode.Scalar(0x2070 + digit) {
        table[high] = "\\textsuperscript{\(digit)}"
      }
    }
    for (letter, name) in zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ".unicodeScalars, greekNames) {
      table[letter] = "$\\\(name)$"
    }
    return table
  }()

  private static let greekNames = [
    "alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "varphi", "chi", "psi", "omega", "Gamma", "Delta",
    "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
  ]
}
