import RuralValue

/// A cell as people see it, before any format has set it.
enum DisplayCell: Equatable {
  /// Words.
  case text(String)
  /// A number in the pieces that renderers align.
  case number(NumberPieces)
  /// A number that was wanted and could not be had.
  case dash
  /// Nothing.
  case blank

  /// A number as its display says; `decimals` are those of a row of estimates that needs its own, and `pValue` gives
  /// the stars.
  init(
    _ value: Double, display: NumberDisplay, decimals: Int?, missing: MissingDisplay, pValue: Double,
    marks: StarMarks, options: RenderOptions
  ) {
    if case .words(let phrase) = display {
      self = .text(VisibleText.of(phrase.text(in: options.language)))
      return
    }
    guard !value.isNaN else {
      self = missing == .dash ? .dash : .blank
      return
    }
    if display == .yesNo || display == .checkMark {
      let yes = display == .yesNo ? Phrase("Yes", zh: "是") : Phrase(verbatim: "✓")
      self = .text((value != 0 ? yes : Phrase("No", zh: "否")).text(in: options.language))
      return
    }
    if display == .stars, value >= 0, value < 10 {
      self = value == 0 ? .blank : .text(String(repeating: "*", count: Int(value)))
      return
    }
    var pieces = NumberPieces(value, display: display, decimals: decimals, digits: options.digits)
    pieces.after += marks.marks(pValue: pValue)
    self = .number(pieces)
  }
}

/// A number's text in pieces: `(`, `-0`, `.045`, `)`.
struct NumberPieces: Equatable {
  /// An opening parenthesis or a less-than sign.
  var before = ""
  /// The minus sign and the digits before the point.
  var whole: String
  /// The point and the digits behind it.
  var fraction: String
  /// A closing parenthesis, stars.
  var after = ""

  /// A number as its display says, with the user's digits; `decimals` are those of a row of estimates that needs
  /// its own.
  init(_ value: Double, display: NumberDisplay, decimals: Int? = nil, digits: NumberDigits) {
    switch display {
    case .decimals, .yesNo, .checkMark, .stars, .words: self.init(value, digits: digits)
    case .inference: self.init(value, digits: decimals.map(NumberDigits.decimals) ?? digits)
    case .finerInference(_, let least):
      self.init(value, digits: decimals.map(NumberDigits.decimals) ?? digits.atLeast(decimals: least))
    case .quantity: self.init(quantity: value, digits: digits)
    case .fixedDecimals(let decimals): self.init(value, digits: .decimals(decimals))
    case .probability:
      // Two decimals would make 0.04 and 0.00 of p values that decide.
      let decimals = max(3, digits.count)
      let smallest = (0..<decimals).reduce(1.0) { power, _ in power / 10 }
      let isTiny = value < smallest
      self.init(isTiny ? smallest : value, digits: .decimals(decimals))
      if isTiny { before = "<" }
    case .standardError:
      self.init(value, digits: decimals.map(NumberDigits.decimals) ?? digits)
      before = "("
      after = ")"
    case .bracketed(let isProbability):
      self.init(value, display: isProbability ? .probability : .decimals, digits: digits)
      before = "[" + before
      after = "]"
    }
  }

  /// A number with its digits; from 10^15 on, and where it takes very many decimals, in scientific notation, for no
  /// table holds such digits.
  private init(_ value: Double, digits: NumberDigits) {
    guard abs(value) < 1e15 else {
      self.init(text: RoundTripNumber.text(value))
      return
    }
    switch digits {
    case .significant(let digits): self.init(text: SignificantDigits.text(value, digits: digits))
    case .decimals(let decimals) where decimals > SignificantDigits.mostDecimals:
      self.init(text: SignificantDigits.scientific(value, digits: 2))
    case .decimals(let decimals): self.init(text: FixedDecimals.text(value, decimals: decimals))
    }
  }

  /// A quantity, with signs between thousands.
  private init(quantity value: Double, digits: NumberDigits) {
    guard abs(value) < 1e15 else {
      self.init(text: RoundTripNumber.text(value))
      return
    }
    self.init(text: SignificantDigits.quantity(value, digits: digits))
    whole = SignificantDigits.grouped(whole)
  }

  /// A number's text, parted at its point; a power of ten belongs to what stands before it.
  private init(text: String) {
    let point = text.contains("e") ? text.endIndex : text.firstIndex(of: ".") ?? text.endIndex
    whole = String(text[..<point])
    fraction = String(text[point...])
  }

  /// A whole number, such as a year or a count; a quantity has signs between thousands.
  init(_ value: Int, display: NumberDisplay = .decimals) {
    whole = display == .quantity ? SignificantDigits.grouped(String(value)) : String(value)
    fraction = ""
  }

  /// All pieces in one.
  var text: String { before + whole + fraction + after }
}
