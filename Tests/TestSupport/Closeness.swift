public import Testing

/// Holds a number to a reference, whose source the message names.
///
/// Passes where |actual − expected| ≤ relative · |expected| + absolute; a NaN never passes.
public func expectClose(
  _ actual: Double, _ expected: Double, relative: Double = 0, absolute: Double = 0, from source: String,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  let allowed = relative * abs(expected) + absolute
  let difference = abs(actual - expected)
  #expect(
    difference <= allowed || actual == expected,
    "\(what) is \(actual), \(source) has \(expected); they differ by \(difference), allowed are \(allowed)",
    sourceLocation: sourceLocation)
}
