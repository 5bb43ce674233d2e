#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a step left behind when it was done: enough to know later whether it must be done again, and to put its
/// results into the report without doing so.
struct StepRecord: Codable, Equatable, Sendable {
  /// A file with the digest of its bytes.
  struct File: Codable, Equatable, Sendable {
    /// Its name as calls use it.
    let path: String
    let sha256: String
  }

  /// A coefficient for comparisons; what is not finite is nil.
  struct Estimate: Codable, Equatable, Sendable {
    let term: String
    let estimate: Double?
    let standardError: Double?
    let pValue: Double?
  }

  /// A section of the report, ready to be put into the page.
  struct Fragment: Codable, Equatable, Sendable {
    let anchor: String
    let chapter: String
    let title: String
    let html: String
  }

  /// The digest of everything but files that decides the results: words, options, the program itself.
  let key: String
  /// The files that the step read, with what stood in them.
  let inputs: [File]
  /// The files that it wrote.
  let outputs: [File]
  /// What the reader must know, in the study's language.
  let notes: [String]
  let fragment: Fragment
  /// How much there is: observations, units, periods.
  let sample: [Int]
  /// Coefficients of a model.
  let estimates: [Estimate]
  /// Whether a table that it read says of itself that it is simulated.
  let isSimulated: Bool

  /// The record as bytes.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }

  /// The record from its bytes, or nil where they are none, as after an update of the program.
  init?(_ bytes: [UInt8]) {
    guard let record = try? JSONDecoder().decode(StepRecord.self, from: Data(bytes)) else { return nil }
    self = record
  }

  init(
    key: String, inputs: [File], outputs: [File], notes: [String], fragment: Fragment, sample: [Int],
    estimates: [Estimate], isSimulated: Bool
  ) {
    self.key = key
    self.inputs = inputs
    self.outputs = outputs
    self.notes = notes
    self.fragment = fragment
    self.sample = sample
    self.estimates = estimates
    self.isSimulated = isSimulated
  }
}
