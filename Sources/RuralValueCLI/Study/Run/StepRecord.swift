import RuralValue
import RuralValueFormats

/// What a step left behind when it was done: enough to know later whether it must be done again, and to put its
/// results into the report without doing so.
struct StepRecord: Codable, Equatable, Sendable {
  /// A file with the digest of its bytes.
  struct File: Codable, Equatable, Sendable {
    /// Its name as calls use it.
    let path: String
    let sha256: String

    /// Its place inside the folder of outputs: the step's folder and the file's name, whatever the folder of
    /// outputs is called; nil for what would lead out of it.
    var place: String? {
      // Bytes, as the system sees them: a letter may be joined with marks that stand behind a slash.
      let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).suffix(2)
        .map { String(decoding: $0, as: UTF8.self) }
      let isInside = parts.count == 2 && !parts.contains { ["", ".", "..", ".study"].contains($0) }
      return isInside && !path.utf8.contains(0) ? parts.joined(separator: "/") : nil
    }
  }

  /// A figure of the report: one of the step's files, and what stands below it.
  struct Figure: Codable, Equatable, Sendable {
    let file: String
    let caption: Phrase
  }

  /// The digest of everything but files that decides the results: words, options, the program itself.
  let key: String
  /// The files that the step read, with what stood in them.
  let inputs: [File]
  /// The files that it wrote.
  let outputs: [File]
  /// What the reader must know.
  let notes: [Phrase]
  /// How large the sample is, in words.
  let sentence: Phrase?
  /// The tables of its section of the report. The page is made of them each time, so that no record holds markup.
  let tables: [ReportTable]
  let figures: [Figure]
  /// How much there is: observations, units, periods.
  let sample: [Int]
  /// What a model estimates, for comparisons.
  let estimates: [Estimate]
  /// Its effects over space.
  let effects: [Estimate]
  /// Its tests.
  let tests: [TestResult]
  /// What its tests say against it, besides the cautions.
  let objections: [Phrase]
  /// The level of its intervals.
  let confidenceLevel: Double
  /// Why its coefficients may not carry a conclusion.
  let cautions: [Phrase]
  /// Whether a table that it read says of itself that it is simulated.
  let isSimulated: Bool
  /// The names that labels of the study may be of.
  let names: [String]
  /// What it and the steps before it said that goes on to those after it.
  var said = Said()
  /// The columns that it was to make and that the data do not allow.
  var leftOut: [LeftOut] = []

  /// What steps say for those that read their files.
  struct Said: Codable, Equatable, Sendable {
    /// What columns are whose names do not say it, for every table that rests on them.
    var meanings: [ColumnMeaning] = []
    /// What is to be known of the panel's shape, which need not be said again.
    var ofShape: [Phrase] = []
    /// The columns that are not there, with the step that could not make them.
    var lacking: [MissingNeed] = []

    /// What several steps said, each sentence once.
    init(_ all: [Said] = []) {
      meanings = all.flatMap(\.meanings).firstAppearances
      ofShape = all.flatMap(\.ofShape).firstAppearances
      lacking = all.flatMap(\.lacking).firstAppearances
    }

    /// All of it as texts.
    var texts: [String] { (meanings.map(\.note) + ofShape).map(\.english) }
  }

  /// A column that could not be made.
  struct LeftOut: Codable, Equatable, Sendable {
    let column: String
    /// Why, as messages have it.
    let reason: String
  }
}

extension StepRecord {
  /// The words for numbers that JSON does not have: infinity, its negative, and no number.
  private static let notFinite = ["inf", "-inf", "nan"]

  /// The record as bytes: a line with the key's code of what follows, and the record.
  func bytes(of step: String, signedWith key: RecordKey) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: Self.notFinite[0], negativeInfinity: Self.notFinite[1], nan: Self.notFinite[2])
    let body = [UInt8](try encoder.encode(self))
    return Array("\(Self.code(of: body, step, key))\n".utf8) + body
  }

  /// The record of a step from its bytes; nil where they are none, as after an update of the program, and where they are
  /// not what was written with this key for this step.
  init?(_ bytes: [UInt8], of step: String, signedWith key: RecordKey) {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    let body = Array(bytes[(end + 1)...])
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: Self.notFinite[0], negativeInfinity: Self.notFinite[1], nan: Self.notFinite[2])
    guard String(decoding: bytes[..<end], as: UTF8.self) == Self.code(of: body, step, key),
      let record = try? decoder.decode(StepRecord.self, from: Data(body))
    else { return nil }
    self = record
  }

  private static func code(of body: [UInt8], _ step: String, _ key: RecordKey) -> String {
    key.code(of: body, for: "record \(step)")
  }
}
