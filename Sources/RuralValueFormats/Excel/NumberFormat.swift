/// What the number format of a cell makes of its number.
enum NumberFormat: Equatable {
  /// Nothing: thousands and units do not change the value.
  case plain
  /// So many decimals, which do not change the value either.
  case decimals(Int)
  /// As a percentage, which does not change the value.
  case percent
  /// A day, a time of day or both.
  case date
  /// Hours, minutes and seconds that may be more than a day's.
  case duration
  /// So many digits, with zeros before the number: a code.
  case padded(Int)

  /// The format of an id that every spreadsheet knows.
  ///
  /// 27 to 36 and 50 to 58 are dates and times where Excel is Chinese, Japanese or Korean.
  /// Source: ECMA-376, part 1, section 18.8.30.
  init(builtIn id: Int) {
    switch id {
    case 46: self = .duration
    case 14...22, 27...36, 45, 47, 50...58: self = .date
    case 1, 3, 37, 38: self = .decimals(0)
    case 2, 4, 39, 40: self = .decimals(2)
    case 9, 10: self = .percent
    default: self = .plain
    }
  }

  /// The format of a code such as `yyyy"年"m"月"`: what stands in its first section outside quotes and brackets.
  init(code: String) {
    let section = FormatSection(code)
    if section.isElapsed {
      self = .duration
    } else if section.letters.contains(where: { "ymdhs年月日".contains($0) }) {
      self = .date
    } else if (2...20).contains(code.count), code.allSatisfy({ $0 == "0" }) {
      self = .padded(code.count)
    } else if section.letters.contains("%") {
      self = .percent
    } else {
      self = section.decimals.map(NumberFormat.decimals) ?? .plain
    }
  }
}

/// The first section of a number format, without what is only shown: `"text"`, `\c`, `_c`, `*c`, brackets.
private struct FormatSection {
  /// The letters and signs that are left, in small letters.
  private(set) var letters = ""
  /// Whether hours, minutes or seconds stand in brackets, as of `[h]:mm`.
  private(set) var isElapsed = false

  /// How many decimals a number is shown with, where all its digits are: `#,##0.000`; nil for other sections.
  var decimals: Int? {
    let sides = letters.split(separator: ".", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    guard (1...2).contains(sides.count), sides[0].last == "0", sides[0].allSatisfy({ "#0,".contains($0) })
    else {
      return nil
    }
    guard sides.count == 2 else { return 0 }
    return sides[1].allSatisfy { $0 == "0" } ? sides[1].count : nil
  }

  init(_ code: String) {
    guard !["general", "g/通用格式"].contains(code.lowercased()) else { return }
    var rest = code.lowercased()[...]
    while let letter = rest.popFirst(), letter != ";" {
      switch letter {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let content = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(content.count + 1)
        if ["h", "hh", "m", "mm", "s", "ss"].contains(content) { isElapsed = true }
      default: letters.append(letter)
      }
    }
    if letters.hasPrefix("general") || letters.hasPrefix("g/通用格式") { letters = "" }
  }
}
