import Foundation
import TestSupport
import Testing

/// A reference file of the measures of evaluation, as a tree of dictionaries.
func evaluationReference(_ name: String) throws -> [String: Any] {
  let text = try ProjectFiles.fixtureText("reference/evaluation/\(name)")
  return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

/// Holds a number to a reference that is null where it is undefined.
func expectDefinedAlike(
  _ own: Double?, _ expected: Any?, absolute: Double, from source: String, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let expected = expected as? Double else {
    #expect(own == nil, "\(what) is undefined in \(source)", sourceLocation: sourceLocation)
    return
  }
  expectClose(
    own ?? .nan, expected, absolute: absolute, from: source, what, sourceLocation: sourceLocation)
}
