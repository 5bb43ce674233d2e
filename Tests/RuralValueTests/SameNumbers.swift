import Testing

/// Holds two lists equal, a missing value (NaN) being equal to a missing value.
func expectSame(_ actual: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation) {
  let isSame =
    actual.count == expected.count && zip(actual, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  #expect(isSame, "\(actual) is not \(expected)", sourceLocation: sourceLocation)
}
