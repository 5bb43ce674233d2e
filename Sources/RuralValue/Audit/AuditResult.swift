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
