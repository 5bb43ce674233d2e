/// What a row of a table is called where people have it: an observation of a Stata file, a record of a dBASE table, a row
/// of a sheet.
///
/// A table numbers its rows, and sentences about it say `panel.dta, line 3, column "gdp"`, for most files are texts. The
/// name of a source whose rows are none carries a sign, and whoever shows a sentence puts the right words in the place:
/// `panel.dta, observation 3, variable "gdp"`. Behind the name of a sheet's column another sign and its letters make a
/// cell of both: `panel.xlsx, sheet "面板", cell D3, column "gdp"`.
public enum RowWord: CaseIterable, Sendable {
  /// A row of a Stata file, whose columns are variables.
  case observation
  /// A row of a dBASE table, whose columns are fields.
  case record
  /// A row of a sheet.
  case row

  /// The name of a sheet's column, with the letters that make cells of it and rows.
  public static func label(_ name: String, letters: String) -> String {
    name + String(Character(columnSign)) + letters
  }

  /// The sign between a column's name and its letters.
  private static let columnSign = Unicode.Scalar(0xFDD5 as UInt32)!

  /// The source's name with the sign of its rows.
  public func signed(_ source: String) -> String { source + String(Character(sign)) }

  /// A noncharacter, which Unicode sets aside for a program's own use, as those around a `Setting`.
  private var sign: Unicode.Scalar {
    switch self {
    case .observation: Unicode.Scalar(0xFDD2 as UInt32)!
    case .record: Unicode.Scalar(0xFDD3 as UInt32)!
    case .row: Unicode.Scalar(0xFDD4 as UInt32)!
    }
  }

  private var row: String {
    switch self {
    case .observation: "observation"
    case .record: "record"
    case .row: "row"
    }
  }

  private var column: String {
    switch self {
    case .observation: "variable"
    case .record: "field"
    case .row: "column"
    }
  }

  private var chineseRow: String {
    switch self {
    case .observation: "个观测"
    case .record: "条记录"
    case .row: "行"
    }
  }

  /// A sentence in which rows are called what the signs of its sources say, and the signs are gone.
  ///
  /// `, line 3` behind a source without a sign is left as it is.
  public static func spelled(in sentence: String) -> String {
    // The first byte of the signs: nearly all texts have none.
    guard sentence.utf8.contains(0xEF) else { return sentence }
    let scalars = Array(sentence.unicodeScalars)
    let word = allCases.first { scalars.contains($0.sign) }
    guard let word = word ?? (scalars.contains(columnSign) ? .row : nil) else { return sentence }
    var spelling = Spelling(word: word)
    var place = 0
    while place < scalars.count { spelling.take(scalars, &place) }
    return String(spelling.text)
  }

  /// A sentence as far as it is spelled.
  private struct Spelling {
    let word: RowWord
    var text = String.UnicodeScalarView()
    /// How long the text was behind the last source with a sign, and behind the row that follows one.
    private var (source, row) = (-1, -1)
    /// The last row behind a source with a sign, in words.
    private var lastRow = (word: "", number: "")

    init(word: RowWord) {
      self.word = word
    }

    /// Takes what stands at a place, or what is to stand there instead.
    mutating func take(_ scalars: [Unicode.Scalar], _ place: inout Int) {
      let scalar = scalars[place]
      if RowWord.allCases.contains(where: { $0.sign == scalar }) {
        place += 1
        if place < scalars.count, !scalars[place].isASCII { translateSheet() }
        source = text.count
      } else if scalar == RowWord.columnSign {
        place += 1 + scalars[(place + 1)...].prefix { ("A"..."Z").contains($0) }.count
      } else if let length = takeRow(scalars[place...]) ?? takeColumn(scalars[place...]) {
        place += length
      } else {
        if scalar == "行", isBehindNumber(in: scalars, place) {
          text += word.chineseRow.unicodeScalars
        } else {
          text.append(scalar)
        }
        place += 1
      }
    }

    /// Puts what a Chinese sentence says in the place of `, sheet "W"` at the end.
    private mutating func translateSheet() {
      let before = String(text)
      guard before.last == "\"", let sheet = before.ranges(of: ", sheet \"").last else { return }
      text = "\(before[..<sheet.lowerBound])，工作表“\(before[sheet.upperBound...].dropLast())”".unicodeScalars
    }

    /// Takes `line 3` or `lines 3 and 7`; returns how much it was.
    private mutating func takeRow(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
      guard text.last == " ",
        let found = ["lines ", "line "].first(where: { rest.starts(with: $0.unicodeScalars) })
      else { return nil }
      let number = rest.dropFirst(found.unicodeScalars.count).prefix { ("0"..."9").contains($0) }
      let isBehindComma = text.dropLast().last == ","
      guard !number.isEmpty, !isBehindComma || text.count - 2 == source else { return nil }
      lastRow = ("\(word.row)\(found == "lines " ? "s" : "") ", String(String.UnicodeScalarView(number)))
      text += lastRow.word.unicodeScalars
      text += number
      row = text.count
      return found.unicodeScalars.count + number.count
    }

    /// Takes `column "` behind a source or its row; returns how much it was.
    private mutating func takeColumn(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
      let column = "column \"".unicodeScalars
      guard rest.starts(with: column), text.count >= 2, [source, row].contains(text.count - 2) else {
        return nil
      }
      let name = rest.dropFirst(column.count).prefix { $0 != "\"" }
      if let sign = name.firstIndex(of: RowWord.columnSign), row == text.count - 2 {
        text.removeLast(lastRow.word.unicodeScalars.count + lastRow.number.unicodeScalars.count + 2)
        text += "cell ".unicodeScalars
        text += name[(sign + 1)...]
        text += "\(lastRow.number), ".unicodeScalars
      }
      text += "\(word.column) \"".unicodeScalars
      return column.count
    }

    /// Whether 行 ends `第 3 行`.
    private func isBehindNumber(in scalars: [Unicode.Scalar], _ place: Int) -> Bool {
      guard place > 1, scalars[place - 1] == " " else { return false }
      let before = scalars[..<(place - 1)].reversed().drop {
        !"第。".unicodeScalars.contains($0) && !$0.properties.isAlphabetic
      }
      return before.first == "第"
    }
  }
}
