/// What the marks behind estimates mean: of each the level below which a p value earns it.
public struct StarConvention: Sendable, Equatable {
  /// The marks, from the weakest level to the strongest: `*`, `**`, `***`, or `+`, `*`, `**`.
  public let marks: [String]
  /// Their levels, falling.
  public let levels: [Double]

  /// Marks with their levels, which fall; of both there are as many.
  public init(marks: [String], levels: [Double]) {
    precondition(marks.count == levels.count, "Every mark needs its level.")
    self.marks = marks
    self.levels = levels
  }

  /// Stars by number: `*` for the first level, `**` for the second.
  public init(levels: [Double]) {
    self.init(marks: levels.indices.map { StarText.stars($0 + 1) }, levels: levels)
  }

  /// The levels 0.1, 0.05 and 0.01 of most economics journals.
  public static let economics = StarConvention(levels: [0.1, 0.05, 0.01])

  /// How strong a mark is: 0 for none, then 1 for the weakest; one more than there are for a mark without a level.
  public func rank(of mark: String) -> Int {
    if mark.isEmpty { return 0 }
    return (marks.firstIndex(of: mark) ?? marks.count) + 1
  }

  /// The mark of a rank, nothing for 0.
  func mark(_ rank: Int) -> String { marks.indices.contains(rank - 1) ? marks[rank - 1] : "" }

  /// The ranks that a p value within the interval may earn.
  func ranks(of pValue: RoundingInterval) -> ClosedRange<Int> {
    levels.count { pValue.upper < $0 }...levels.count { pValue.lower < $0 }
  }

  /// `* p < 0.05, ** p < 0.01`.
  var text: String { zip(marks, levels).map { "\($0) p < \($1)" }.joined(separator: ", ") }

  /// `5/1 %`, and where marks are no plain stars `+ 10 %, * 5 %`.
  var shortName: String {
    let percents = levels.map { FixedDecimals.text($0 * 100, atMost: 9) }
    let isPlain = marks == levels.indices.map { StarText.stars($0 + 1) }
    return isPlain
      ? percents.joined(separator: "/") + " %"
      : zip(marks, percents).map { "\($0) \($1) %" }.joined(separator: ", ")
  }

  /// A convention with how often it is met, as a rough share of tables.
  struct Usual: Sendable {
    let convention: StarConvention
    let share: Double
  }

  /// What is used in the field, the most usual first: economics and Chinese journals have 10/5/1; Stata's `esttab`,
  /// psychology and sociology 5/1/0.1; SPSS 5/1; R's `modelsummary` and management journals a sign for 10 % before
  /// the stars; a few count the other way.
  ///
  /// - Parameter weak: the sign that a table prints for the weakest level, such as `+` or `†`; without one no convention
  ///   that has it is tried.
  static func usual(weak: String?) -> [Usual] {
    func stars(_ levels: [Double], _ share: Double) -> Usual {
      Usual(convention: StarConvention(levels: levels), share: share)
    }
    func signed(_ levels: [Double], _ share: Double) -> Usual? {
      guard let weak else { return nil }
      let marks = [weak] + levels.dropFirst().indices.map { StarText.stars($0) }
      return Usual(convention: StarConvention(marks: marks, levels: levels), share: share)
    }
    let all = [
      stars([0.1, 0.05, 0.01], 0.5), stars([0.05, 0.01, 0.001], 0.2), stars([0.05, 0.01], 0.1),
      signed([0.1, 0.05, 0.01, 0.001], 0.06), signed([0.1, 0.05, 0.01], 0.04), stars([0.05], 0.03),
      stars([0.1, 0.05], 0.02), stars([0.1], 0.01), stars([0.01], 0.01),
      Usual(convention: StarConvention(marks: ["***", "**", "*"], levels: [0.1, 0.05, 0.01]), share: 0.01),
      Usual(convention: StarConvention(marks: ["**", "*"], levels: [0.05, 0.01]), share: 0.003),
      stars([0.05, 0.01, 0.001, 0.0001], 0.01), signed([0.1, 0.05], 0.01),
    ]
    return all.compactMap(\.self)
  }
}

extension StarConvention {
  /// The convention that a note states, whatever its order: `* p < 0.05, ** p < 0.01`, `***, **, * denote
  /// significance at 1 %, 5 %, 10 %`, `*、**、***分别表示在10%、5%、1%水平上显著`, `p < 0.1*, p < 0.05**`.
  ///
  /// Nil where it states none, or none whose levels can be told.
  public init?(note: String) {
    let tokens = Self.tokens(of: note)
    for start in tokens.indices {
      guard let pairs = Self.pairs(in: tokens[start...]) else { continue }
      let sorted = pairs.sorted { $0.level > $1.level }
      let marks = sorted.map(\.mark)
      guard Set(marks).count == marks.count,
        zip(sorted, sorted.dropFirst()).allSatisfy({ $0.level > $1.level })
      else { continue }
      self.init(marks: marks, levels: sorted.map(\.level))
      return
    }
    return nil
  }

  private enum Token: Equatable {
    case mark(String)
    case level(Double)
    case end
  }

  /// Marks and levels that begin here and belong to each other: in turn, or all of the one and then all of the other.
  private static func pairs(in tokens: ArraySlice<Token>) -> [(mark: String, level: Double)]? {
    var runs: [(isMark: Bool, marks: [String], levels: [Double])] = []
    scan: for token in tokens {
      switch token {
      case .mark(let mark):
        if runs.last?.isMark != true { runs.append((true, [], [])) }
        runs[runs.count - 1].marks.append(mark)
      case .level(let level):
        if runs.last?.isMark != false { runs.append((false, [], [])) }
        runs[runs.count - 1].levels.append(level)
      case .end: break scan
      }
    }
    guard runs.count >= 2 else { return nil }
    if runs[0].marks.count > 1 || runs[0].levels.count > 1 {
      let (marks, levels) = (runs[0].marks + runs[1].marks, runs[0].levels + runs[1].levels)
      return marks.count == levels.count ? Array(zip(marks, levels)) : nil
    }
    var pairs: [(mark: String, level: Double)] = []
    var place = 0
    while place + 1 < runs.count {
      guard let mark = (runs[place].marks + runs[place + 1].marks).first,
        let level = (runs[place].levels + runs[place + 1].levels).first
      else { break }
      pairs.append((mark, level))
      place += 2
    }
    return pairs.isEmpty ? nil : pairs
  }

  /// The marks and levels of a text in their order; a sentence's end parts them.
  private static func tokens(of note: String) -> [Token] {
    let text = Array(MarkText.plain(note))
    var tokens: [Token] = []
    var place = 0
    while place < text.count {
      let letter = text[place]
      if MarkText.isStar(letter) || MarkText.weak.contains(letter) {
        var end = place + 1
        while end < text.count, text[end] == letter { end += 1 }
        let next = end < text.count ? text[end] : " "
        // A plus between numbers or words adds; a mark stands before a p, a blank, or a sign.
        let before = text[..<place].last { $0 != " " }
        let isSign =
          letter == "+" && (next.isNumber || before.map { $0.isLetter || $0.isNumber || $0 == ")" } ?? false)
        if !isSign { tokens.append(.mark(String(text[place..<end]))) }
        place = end
      } else if letter.isNumber || (letter == "." && place + 1 < text.count && text[place + 1].isNumber) {
        var end = place
        while end < text.count, text[end].isNumber || text[end] == "." || text[end] == "," {
          if text[end] == ",", !(end + 1 < text.count && text[end + 1].isNumber && text[place] == "0") {
            break
          }
          if text[end] == ".", !(end + 1 < text.count && text[end + 1].isNumber) { break }
          end += 1
        }
        if let level = level(text, place..<end) { tokens.append(.level(level)) }
        place = end
      } else {
        if letter == "。" || letter == "\n"
          || (letter == "." && place + 1 < text.count && text[place + 1] == " " && place > 0
            && !text[place - 1].isNumber)
        {
          tokens.append(.end)
        }
        place += 1
      }
    }
    return tokens
  }

  /// Levels that are understood without a sign before or behind them.
  private static let usualLevels = [0.1, 0.05, 0.01, 0.001, 0.0001]

  /// A number as a level: behind `<` or before a percent sign, and no more than 20 %.
  private static func level(_ text: [Character], _ range: Range<Int>) -> Double? {
    guard case .number(let value) = NumberReading(String(text[range]).replacing(",", with: ".")) else {
      return nil
    }
    let after = String(text[range.upperBound...].prefix(9)).drop { $0 == " " }.lowercased()
    // `10, 5 and 1 percent`: the sign may stand behind the last of them only.
    let isPercent = after.hasPrefix("%") || after.hasPrefix("per")
    let before = text[..<range.lowerBound].reversed().first { !$0.isWhitespace }
    let isBound = before.map { "<≤⩽".contains($0) } ?? false
    let share = isPercent ? value / 100 : value
    guard share > 0, share <= 0.2, isPercent || isBound || usualLevels.contains(value) else {
      // A list of percents whose sign stands at the end.
      let list = String(text[range.upperBound...].prefix(40))
      guard value >= 0.01, value <= 20,
        after.hasPrefix(",") || after.hasPrefix("and") || after.hasPrefix("、"),
        let sign = list.firstIndex(where: { !($0.isNumber || " ,.、and".contains($0)) }),
        list[sign] == "%" || list[sign...].hasPrefix("per")
      else { return nil }
      return value / 100
    }
    return share
  }
}

/// The signs that stand behind estimates.
enum MarkText {
  /// Signs for a level weaker than that of a star.
  static let weak: Set<Character> = ["+", "†", "‡", "#"]

  /// Whether a mark is such a sign.
  static func isWeak(_ mark: String) -> Bool { mark.count == 1 && mark.allSatisfy(weak.contains) }

  static func isStar(_ letter: Character) -> Bool { letter == "*" }

  /// A text in half-width signs, with every kind of star as `*`, of minus as `-`, and of blank as a blank.
  static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in CellText.halfWidth(text).unicodeScalars {
      switch scalar {
      case "∗", "⁎", "⋆", "✱", "﹡", "★", "٭": scalars.append("*")
      case "\u{2212}", "\u{2012}", "\u{FE63}", "\u{2011}": scalars.append("-")
      case "\u{200B}", "\u{FEFF}", "\u{2060}", "\u{AD}", "\u{200C}", "\u{200D}": break
      case "⁺": scalars.append("+")
      case "﹢": scalars.append("+")
      default: scalars.append(CellText.isSpace(scalar) ? (scalar == "\n" ? "\n" : " ") : scalar)
      }
    }
    return String(scalars)
  }
}
