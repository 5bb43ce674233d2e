/// What an audit says of several rows together.
public struct AuditFinding: Sendable, Equatable {
  /// What it is about.
  public let kind: Kind
  /// The rows that it concerns.
  public let rows: [String]
  /// The finding in a sentence or two.
  public let text: Phrase
  /// Its numbers, for scripts.
  public let values: [JSONMember]

  /// What a finding is about.
  public enum Kind: String, Sendable, CaseIterable {
    /// p values printed as 0.000.
    case zeroPValue = "zero-p-value"
    /// Which distribution explains the p values.
    case reference = "reference-distribution"
    /// What the column of standard errors holds.
    case parentheses
    /// Rows that are sums of other rows.
    case combinations
    /// Whether one covariance gives the standard errors of such sums.
    case covariance
    /// Whether total effects are direct plus indirect ones.
    case sums
    /// Whether total effects follow from the coefficients.
    case totals
    /// Rows of which nothing could be checked.
    case unchecked
  }

  init(_ kind: Kind, rows: [String], _ text: Phrase, values: [JSONMember] = []) {
    self.kind = kind
    self.rows = rows
    self.text = text
    self.values = values
  }
}
