/// What an audit found: a verdict a row, and what concerns several rows.
public struct AuditResult: Sendable, Equatable {
  /// The table as printed.
  public let table: PublishedTable
  /// What it was held to.
  public let specification: AuditSpecification
  /// The rows with their checks, in the order of the table.
  public let rows: [AuditedRow]
  /// What concerns several rows.
  public let findings: [AuditFinding]

  /// The rows of one verdict.
  public func rows(_ verdict: AuditVerdict) -> [AuditedRow] { rows.filter { $0.verdict == verdict } }

  /// Whether any row's stars or p value put it on the wrong side of the weakest level.
  public var hasDecisionErrors: Bool { rows.contains { $0.verdict == .decisionError } }

  /// The finding of a kind.
  public func finding(_ kind: AuditFinding.Kind) -> AuditFinding? { findings.first { $0.kind == kind } }
}

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
