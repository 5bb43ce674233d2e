extension NumberReading {
  /// What to do about a text that looks like a number and is none; nil where it does not look like one.
  static func advice(on word: String) -> String? {
    let lower = word.lowercased()
    if ["inf", "+inf", "-inf", "infinity", "-infinity", "∞", "-∞"].contains(lower) {
      return "An infinite value is not data: write the number or leave the cell empty."
    }
    if word.hasPrefix("#"), word.hasSuffix("!") || word.hasSuffix("?") {
      return "A spreadsheet formula failed here: correct it in the spreadsheet or leave the cell empty."
    }
    guard let digit = word.unicodeScalars.firstIndex(where: isDigit), isLeadIn(word.unicodeScalars[..<digit])
    else { return nil }
    return adviceOnLeadIn(word[..<digit]) ?? adviceOnRest(String(word[digit...]), of: lower)
  }

  /// What stood before the first digit.
  private static func adviceOnLeadIn(_ leadIn: Substring) -> String? {
    switch leadIn.unicodeScalars.last(where: { !CellText.isSpace($0) }) {
    case "(": "Parentheses do not make a number negative here: write -3 for (3)."
    case "–", "—", "―", "─": "A dash stands in place of the minus sign: write - and the number."
    case "'": "Remove the apostrophe before the number."
    case "¥", "$", "€", "£": "Remove the currency sign; it belongs in the column's name."
    case "<", ">", "≤", "≥", "~", "≈", "约": "Write the number alone, or leave the cell empty."
    default: nil
    }
  }

  /// What stands from the first digit on.
  private static func adviceOnRest(_ rest: String, of lower: String) -> String? {
    if rest.lowercased().hasPrefix("0x") {
      return "Hexadecimal numbers are not read: write it in decimal digits."
    }
    let tail = rest.unicodeScalars.drop { isDigit($0) || $0 == "." || $0 == "," || CellText.isSpace($0) }
    let body = String(rest.unicodeScalars.prefix(rest.unicodeScalars.count - tail.count))
    if tail.isEmpty { return adviceOnSeparators(body) }
    if tail.first == "e" || tail.first == "E" {
      let exponent = tail.dropFirst().drop { $0 == "+" || $0 == "-" }
      if !exponent.isEmpty, exponent.allSatisfy(isDigit) {
        return tooLarge
      }
    }
    return adviceOnUnit(String(tail), number: CellText.trimmed(body))
  }

  /// A suffix that is a unit, a multiplier or a footnote sign.
  private static func adviceOnUnit(_ unit: String, number: String) -> String? {
    let written = number.isEmpty ? "the number" : number
    switch CellText.trimmed(unit) {
    case "%", "‰", "％":
      return "Remove the \(CellText.trimmed(unit)) sign in the whole column and name the unit in its header."
    case "万", "亿", "千", "百万", "千万", "万元", "亿元", "万人", "k", "K", "m", "M":
      return "Write the number in full, or \(written) in the whole column with the unit in its header."
    case "*", "**", "***", "#", "①", "②", "③", "†", "‡", "[1]", "(1)", "a", "b", "r", "p":
      return "Remove the footnote sign: write \(written)."
    case "人", "户", "元", "个", "公里", "平方公里", "公顷", "亩", "吨", "km", "km2", "ha", "t", "km²":
      return "Remove the unit: write \(written) and name the unit in the header."
    default: return nil
    }
  }

  private static let tooLarge = "The number is too large for double precision (about 1.8e308)."

  /// Digits, points, commas and spaces only, and yet no number.
  private static func adviceOnSeparators(_ body: String) -> String? {
    let points = body.count { $0 == "." }
    let commas = body.count { $0 == "," }
    if body.unicodeScalars.contains(where: CellText.isSpace) {
      return "A space stands inside the number and does not part groups of three digits: two cells may have"
        + " run together, or a digit was moved. Look it up and write it without the space."
    }
    if commas >= 1, points == 1, body.firstIndex(of: ".")! < body.firstIndex(of: ",")! {
      return "Points part the thousands here and the comma is the decimal sign: write 1234.56 for 1.234,56."
    }
    if commas == 1, points == 0 {
      return
        "If the comma is the decimal sign, write a point; if it parts thousands, groups have three digits."
    }
    if commas >= 1 { return "The commas do not part groups of three digits: check the number." }
    if points >= 2 { return "There is more than one decimal point." }
    return body.utf8.count > 300 ? tooLarge : nil
  }

  /// Whether only a sign, a bracket, a currency or a comparison stands here.
  private static func isLeadIn(_ scalars: Substring.UnicodeScalarView) -> Bool {
    scalars.allSatisfy { "+-\u{2212}–—―─('¥$€£<>≤≥~≈约.,= ".unicodeScalars.contains($0) }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }
}
