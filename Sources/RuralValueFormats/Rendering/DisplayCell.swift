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

  /// A number as its display says; `pValue` gives the stars.
  init(
    _ value: Double, display: NumberDisplay, missing: MissingDisplay, pValue: Double, marks: StarMarks,
    options: RenderOptions
  ) {
    if case .words(let phrase) = display {
      self = .text(VisibleText.of(phrase.text(in: options.language)))
      return
    }
    guard !value.isNaN else {
      self = missing == .dash ? .dash : .blank
      return
    }
    if display == .yesNo {
      self = .text(
        (value != 0 ? Phrase("Yes", zh: "是") : Phrase("No", zh: "否")).text(in: options.language))
      return
    }
    if display == .stars, value >= 0, value < 10 {
      self = value == 0 ? .blank : .text(String(repeating: "*", count: Int(value)))
      return
    }
    var pieces = NumberPieces(value, display: display, digits: options.digits)
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

  /// A number as its display says, with the user's number of decimals.
  init(_ value: Double, display: NumberDisplay, digits: Int) {
    switch display {
    case .decimals, .yesNo, .stars, .words: self.init(value, decimals: digits)
    case .fixedDecimals(let decimals): self.init(value, decimals: decimals)
    case .probability:
      // Two decimals would make 0.04 and 0.00 of p values that decide.
      let decimals = max(3, digits)
      let smallest = (0..<decimals).reduce(1.0) { power, _ in power / 10 }
      let isTiny = value < smallest
      self.init(isTiny ? smallest : value, decimals: decimals)
      if isTiny { before = "<" }
    case .standardError:
      self.init(value, decimals: digits)
      before = "("
      after = ")"
    case .bracketed(let isProbability):
      self.init(value, display: isProbability ? .probability : .decimals, digits: digits)
      before = "[" + before
      after = "]"
    }
  }

  /// A number with its decimals; from 10^15 on in scientific notation, for no table holds such digits.
  private init(_ value: Double, decimals: Int) {
    let text =
      abs(value) < 1e15 ? FixedDecimals.text(value, decimals: decimals) : RoundTripNumber.text(value)
    let point = abs(value) < 1e15 ? text.firstIndex(of: ".") ?? text.endIndex : text.endIndex
    whole = String(text[..<point])
    fraction = String(text[point...])
  }

  /// A whole number.
  init(_ value: Int) {
    whole = String(value)
    fraction = ""
  }

  /// All pieces in one.
  var text: String { before + whole + fraction + after }
}
