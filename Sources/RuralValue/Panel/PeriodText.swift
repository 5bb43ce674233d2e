/// What a text says when it is read as a period, before it is known what the others beside it say.
enum PeriodText: Sendable, Hashable {
  /// A whole number, as a rule a year: `2012`, `2012年`, `FY2012`, `2012.0`.
  case whole(Int)
  /// `2012H1`, `2012年上半年`.
  case half(year: Int, half: Int)
  /// `2012Q1`, `2012年第一季度`.
  case quarter(year: Int, quarter: Int)
  /// `2012m3`, `2012年3月`, `Mar-12`.
  case month(year: Int, month: Int)
  /// `2012-12-31`.
  case day(year: Int, month: Int)
  /// `2012-03`, which may be March 2012, or `2012/13`, which is two years.
  case monthOrSpan(year: Int, number: Int)
  /// `2000-2004`.
  case span(first: Int, last: Int)

  /// Reads a text; nil where it says nothing of the kind.
  init?(_ text: String) {
    if let plain = Int(text), plain.magnitude <= PeriodText.largest {
      self = PeriodText.compactDay(plain) ?? .whole(plain)
      return
    }
    guard let read = PeriodText.read(PeriodTokens(text).tokens) else { return nil }
    self = read
  }

  /// A period that calendars can count with; distances between larger ones would leave the integers.
  private static let largest = 1_000_000_000_000

  /// `20121231`.
  private static func compactDay(_ number: Int) -> PeriodText? {
    let (month, day) = (number / 100 % 100, number % 100)
    guard (19_000_101...20_991_231).contains(number), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    return .day(year: number / 10_000, month: month)
  }

  private static func read(_ tokens: [PeriodTokens.Token]) -> PeriodText? {
    if let whole = whole(tokens) { return whole }
    if let part = partOfYear(tokens) { return part }
    return date(tokens) ?? wordedMonth(tokens)
  }

  /// `2012.0`, `-3`, `2012年度`, `FY2012`, `Y2012`.
  private static func whole(_ tokens: [PeriodTokens.Token]) -> PeriodText? {
    var rest = tokens[...]
    if case .word(let word)? = rest.first, ["y", "fy", "yr", "year"].contains(word) { rest.removeFirst() }
    let isYear = rest.count < tokens.count
    var isNegative = false
    if !isYear, rest.first == .sign("-") {
      isNegative = true
      rest.removeFirst()
    }
    guard case .number(let digits)? = rest.popFirst(), let number = Int(digits), number <= largest else {
      return nil
    }
    if rest.count == 2, rest.first == .sign("."), case .number(let zeros)? = rest.last,
      zeros.allSatisfy({ $0 == "0" })
    {
      rest = []
    }
    if rest.count == 1, case .word(let word)? = rest.first, ["年", "年度", "年末", "年底", "财年"].contains(word) {
      rest = []
    }
    guard rest.isEmpty, !isYear || digits.count == 4 else { return nil }
    return .whole(isNegative ? -number : number)
  }

  /// `2012Q1`, `Q1 2012`, `2012年第一季度`, `2012H1`, `2012m3`, `2012年3月`.
  private static func partOfYear(_ tokens: [PeriodTokens.Token]) -> PeriodText? {
    let parts = tokens.filter { ![.sign("-"), .sign("/"), .sign(":"), .sign(".")].contains($0) }
    guard parts.count <= 5, tokens.count - parts.count <= 1 else { return nil }
    var (year, number, words): (Int?, Int?, [String]) = (nil, nil, [])
    for part in parts {
      switch part {
      case .number(let digits) where digits.count == 4 && year == nil: year = Int(digits)
      case .number(let digits) where digits.count <= 2 && number == nil: number = Int(digits)
      case .word(let word): words.append(word)
      default: return nil
      }
    }
    guard let year, !words.isEmpty else { return nil }
    return partOfYear(year, number, words.joined())
  }

  private static func partOfYear(_ year: Int, _ number: Int?, _ written: String) -> PeriodText? {
    var word = written
    for opening in ["年第", "年", "第"] where word.hasPrefix(opening) {
      word.removeFirst(opening.count)
      break
    }
    var number = number
    if number == nil, let first = word.first, let digit = "一二三四".firstIndex(of: first) {
      number = "一二三四".distance(from: "一".startIndex, to: digit) + 1
      word.removeFirst()
    }
    switch (word, number) {
    case ("q", let part?), ("季度", let part?), ("季", let part?), ("qtr", let part?):
      return (1...4).contains(part) ? .quarter(year: year, quarter: part) : nil
    case ("h", let part?), ("s", let part?):
      return (1...2).contains(part) ? .half(year: year, half: part) : nil
    case ("上半年", nil): return .half(year: year, half: 1)
    case ("下半年", nil): return .half(year: year, half: 2)
    case ("m", let part?), ("月", let part?), ("月份", let part?), ("月末", let part?), ("月底", let part?):
      return (1...12).contains(part) ? .month(year: year, month: part) : nil
    default: return nil
    }
  }

  /// `2012-12-31`, `2012年12月31日`, `2012-03`, `2012/13`, `2000-2004`, `FY2012/13`.
  private static func date(_ tokens: [PeriodTokens.Token]) -> PeriodText? {
    var tokens = tokens[...]
    if tokens.first == .word("fy") { tokens.removeFirst() }
    while case .word(let word)? = tokens.last, ["年", "日", "年度"].contains(word) { tokens.removeLast() }
    let numbers = tokens.compactMap { token -> String? in
      if case .number(let digits) = token { digits } else { nil }
    }
    let joints = tokens.filter { if case .number = $0 { false } else { true } }
    guard (2...3).contains(numbers.count), joints.count == numbers.count - 1,
      numbers[0].count == 4, let first = Int(numbers[0]), let second = Int(numbers[1])
    else { return nil }
    if numbers.count == 3 {
      let isDate = [
        [.sign("-"), .sign("-")], [.sign("/"), .sign("/")], [.sign("."), .sign(".")],
        [.word("年"), .word("月")],
      ].contains(joints)
      guard isDate, (1...12).contains(second), (1...31).contains(Int(numbers[2]) ?? 0) else { return nil }
      return .day(year: first, month: second)
    }
    guard [.sign("-"), .sign("/"), .sign("~"), .word("至"), .word("to")].contains(joints[0]) else {
      return nil
    }
    if numbers[1].count == 4 { return second > first ? .span(first: first, last: second) : nil }
    return numbers[1].count <= 2 ? .monthOrSpan(year: first, number: second) : nil
  }

  /// `Mar-12`, `March 2012`, `2012 Mar`, `31-Dec-2012`.
  private static func wordedMonth(_ tokens: [PeriodTokens.Token]) -> PeriodText? {
    var (month, numbers): (Int?, [String]) = (nil, [])
    for token in tokens {
      switch token {
      case .word(let word):
        guard month == nil, word.count >= 3,
          let found = monthNames.firstIndex(where: {
            $0.hasPrefix(word) || word == "sept" && $0 == "september"
          })
        else { return nil }
        month = found + 1
      case .number(let digits): numbers.append(digits)
      case .sign(let sign): guard "-/., ".contains(sign) else { return nil }
      }
    }
    guard let month, (1...2).contains(numbers.count), let year = numbers.last, let value = Int(year) else {
      return nil
    }
    if numbers.count == 2 {
      guard year.count == 4, numbers[0].count <= 2 else { return nil }
      return .day(year: value, month: month)
    }
    guard year.count == 4 || year.count == 2 else { return nil }
    return .month(year: year.count == 4 ? value : value + (value < 50 ? 2000 : 1900), month: month)
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]
}

/// The numbers, words and signs of a short text, in half-width small letters, without spaces and without the time
/// of the day.
struct PeriodTokens {
  enum Token: Hashable {
    case number(String)
    case word(String)
    case sign(Character)
  }

  private(set) var tokens: [Token] = []

  init(_ text: String) {
    let word = CellText.halfWidth(CellText.trimmed(text)).lowercased()
    // Nothing that long is a period.
    guard word.utf8.count <= 40 else { return }
    var isParted = false
    for letter in PeriodTokens.withoutClock(word) {
      defer { isParted = letter.isWhitespace }
      if letter.isASCII, letter.isNumber {
        if !isParted, case .number(let digits)? = tokens.last {
          tokens[tokens.count - 1] = .number(digits + String(letter))
        } else {
          tokens.append(.number(String(letter)))
        }
      } else if letter.isLetter {
        if case .word(let word)? = tokens.last {
          tokens[tokens.count - 1] = .word(word + String(letter))
        } else {
          tokens.append(.word(String(letter)))
        }
      } else if !letter.isWhitespace {
        tokens.append(.sign("–—−".contains(letter) ? "-" : "～".contains(letter) ? "~" : letter))
      }
    }
  }

  /// `2012-12-31 00:00:00` and `2012-12-31t00:00:00z` without what follows the day.
  private static func withoutClock(_ word: String) -> Substring {
    guard let colon = word.firstIndex(of: ":"), word[..<colon].count >= 10 else { return word[...] }
    let date = word.prefix { $0 != " " && $0 != "t" }
    return date.count < word.count ? date : word[...]
  }
}
