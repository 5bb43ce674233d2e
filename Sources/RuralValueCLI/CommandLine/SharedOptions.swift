import RuralValue
import RuralValueFormats

/// The file formats of `--out`.
enum OutputFormat: String, CaseIterable {
  case csv, md, tex, html, docx, json
}

/// Where and how an answer is delivered: the options of every verb.
struct DeliveryOptions: OptionGroup {
  var directory: String?
  var formats: [OutputFormat] = [.csv]
  var isJSON = false
  var isQuiet = false
  /// What the call may need before it refuses, in GB.
  var maximumMemory = 4.0
  /// Whether cells of CSV that a spreadsheet would run are quoted.
  var isSpreadsheetSafe = false
  /// Whether CSV begins with a byte-order mark, where a verb lets one ask for it.
  var startsWithMark = false
  /// The formats of pictures, and how wide they are on paper.
  var figures: [PictureFormat] = [.svg]
  var figureWidth: PictureWidth?
  var rendering = RenderOptions()
  /// What tables and pictures call variables.
  var labels = LabelOptions()

  static let options: [Option<DeliveryOptions>] =
    [
      Option(
        \.directory, "out", .folder("; without --out results go to standard output"),
        "write the result tables into DIR, each whole or not at all"),
      Option(
        \.formats, "format", .formats, default: [.csv],
        "files that --out writes: csv, md, tex, html, docx, json; e.g. csv,docx"),
      Option(
        \.figures, "figures", .pictures, default: [.svg],
        "pictures that are written: svg, png, pdf; PNG has 300 pixels an inch"),
      Option(
        \.figureWidth, "width", .pictureWidth,
        "the width of PNG and PDF on paper, such as 85mm or 17.5cm for one or two columns of a journal (default: the"
          + " drawing's own)"),
      Option(\.isJSON, "json", .flag, "one JSON document on standard output instead of text tables"),
      Option(\.rendering.language, "lang", .choice, default: .english, "language of headings and notes"),
      Option(
        \.rendering.digits, "digits", .digits, default: 3,
        "decimals in tables for people (text, md, tex, html, docx), and with an s, as in 3s, significant digits"
      ),
      Option(
        \.rendering.starLevels, "stars", .levels, default: StarMarks.defaultLevels,
        "significance levels for *, **, ***"),
      Option(
        \.maximumMemory, "max-memory",
        .number.limited(to: { $0 > 0 }, expected: "a number of gigabytes above zero, such as 4").called("GB"),
        default: 4, "what the call may need of memory before it refuses"),
      Option(
        \.isSpreadsheetSafe, "spreadsheet-safe", .flag,
        "put an apostrophe before CSV texts that a spreadsheet would run: those that begin with =, +, -, @, a tab"
          + " or a line break and are neither numbers nor dashes; read back, it is part of the text"),
      Option(\.isQuiet, "quiet", .flag, "no progress and no notes on standard error"),
    ] + LabelOptions.options.lifted(\.labels)

  /// Whether the answer becomes a JSON document, so that tables that only stand there are worth making.
  var wantsJSON: Bool { isJSON || formats.contains(.json) }

  /// A table as CSV, as the call delivers it.
  func csv(_ table: ResultTable) -> [UInt8] {
    (startsWithMark ? [0xEF, 0xBB, 0xBF] : [])
      + CSVWriter.bytes(of: table, isSpreadsheetSafe: isSpreadsheetSafe)
  }

  /// Makes the pictures that the call asks for.
  var pictures: PictureMaker { PictureMaker(formats: figures, width: figureWidth) }

  /// Throws where formats are named and nothing is written; a verb with a folder of its own always writes.
  func check(given: Set<String>, hasOwnFolder: Bool) throws(UsageError) {
    guard !given.contains("--format") || directory != nil else {
      throw .conflict("--format says which files --out writes; expected --out DIR beside it.")
    }
    guard !hasOwnFolder else { return }
    guard !given.contains("--figures") || directory != nil else {
      throw .conflict("--figures says which pictures --out writes; expected --out DIR beside it.")
    }
    guard !given.contains("--width") || figures.contains(where: { $0 != .svg }) else {
      throw .conflict(
        "--width is the width of PNG and PDF, for SVG has any; expected --figures png or --figures pdf beside it."
      )
    }
  }
}

extension OptionKind where Value == [OutputFormat] {
  /// File formats; none is what holds without the option.
  fileprivate static let formats = choices().mapped({ $0.isEmpty ? [.csv] : $0 }, { $0 })
}

extension OptionKind where Value == NumberDigits {
  /// Decimals, or with an s significant digits; JSON records the former as a number.
  fileprivate static let digits = OptionKind(
    shape: .text, placeholder: "N",
    read: { text, option in
      guard let digits = NumberDigits(text) else {
        throw UsageError.notANumber(option: option, found: text, expected: NumberDigits.expected)
      }
      return digits
    }, json: { $0.json })
}

extension NumberDigits {
  /// What a message expects.
  static let expected =
    "a whole number from 0 to 15 of decimals, or from 1s to 15s of significant digits, such as 3s"

  /// What JSON records: a number of decimals, `3`, or significant digits, `"3s"`.
  var json: JSONValue {
    switch self {
    case .decimals(let count): .integer(count)
    case .significant: .string(text)
    }
  }
}

extension OptionKind where Value == [Double] {
  /// The levels of stars, the weakest first.
  fileprivate static let levels = numbers(
    expected: "one to three levels between 0 and 1, such as 0.1,0.05,0.01",
    where: { levels in
      (1...3).contains(levels.count) && levels.allSatisfy { $0 > 0 && $0 < 1 }
        && Set(levels).count == levels.count
    }
  ).called("A,B,C").mapped({ $0.sorted(by: >) }, { $0 })
}

extension Option {
  /// The options of every verb that estimates a model.
  static func ofModel(
    layout: OptionPlace<Root, CoefficientLayout.Shape>, default shape: CoefficientLayout.Shape,
    confidence: OptionPlace<Root, Double>, covariance: OptionPlace<Root, Bool>
  ) -> [Option] {
    [
      .confidence(confidence),
      Option(covariance, "covariance", .flag, "also the covariance matrix of the coefficients"),
      Option(
        layout, "layout", .choice, default: shape,
        "how tables show the coefficients: full, with intervals; rows, as a paper sets one model; or columns, with errors"
          + " beneath as beside other models"),
    ]
  }

  /// The level of intervals.
  static func confidence(_ place: OptionPlace<Root, Double>) -> Option {
    let level = OptionKind<Double>.number
      .limited(to: { $0 > 0 && $0 < 1 }, expected: "a level such as 0.95").called("LEVEL")
    return Option(place, "confidence", level, default: 0.95, "level of intervals")
  }
}
