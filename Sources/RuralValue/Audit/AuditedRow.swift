/// A printed row with its checks and its verdict.
public struct AuditedRow: Sendable, Equatable {
  /// The row as printed.
  public let printed: PublishedTable.Row
  /// The checks that its cells permit.
  public let checks: [AuditCheck]
  /// The z that b/se allows.
  public let allowedStatistic: RoundingInterval?
  /// The p that b/se allows, else z.
  public let allowedPValue: RoundingInterval?
  /// The mark that p may earn, else the printed p, from none to the strongest.
  public let allowedStars: ClosedRange<Int>?
  /// The total that direct + indirect allows.
  public let allowedTotal: RoundingInterval?

  /// The worst of the checks.
  public var verdict: AuditVerdict { checks.map(\.verdict).max() ?? .consistent }

  /// The checks that fail.
  public var failures: [AuditCheck] { checks.filter { $0.verdict != .consistent } }

  /// For each check that fails, the cells that alone could settle it without upsetting another check.
  public let repairs: [AuditCheck.Kind: [AuditRepair]]

  /// The cells of which any one alone settles every failing check.
  public var settlingCells: [String] {
    guard let first = failures.first else { return [] }
    return (repairs[first.kind] ?? []).map(\.cell).filter { cell in
      failures.allSatisfy { (repairs[$0.kind] ?? []).contains { $0.cell == cell } }
    }
  }
}

/// The direct and the indirect effect of which a total is the sum.
struct EffectParts {
  let direct: PrintedNumber
  let indirect: PrintedNumber

  /// All totals that they allow.
  var sum: RoundingInterval { direct.interval + indirect.interval }
}

/// Holds the cells of one row to each other.
struct RowAudit {
  let specification: AuditSpecification
  /// Whether statistics are printed without their sign.
  var ignoresSign = false

  /// The row with every check that its cells permit.
  ///
  /// `parts` are the direct and indirect effect of a total, `coefficientTotal` is what (b + θ)/(1 − ρ) allows.
  func audit(
    _ row: PublishedTable.Row, parts: EffectParts? = nil, coefficientTotal: RoundingInterval? = nil
  ) -> AuditedRow {
    let reference = specification.reference.reaching(row.leastDegrees)
    let ratio = row.hasNegativeError ? nil : row.ratio
    let ratioP = ratio.map(reference.pValues)
    let statisticP = row.statistic.map { reference.pValues(of: $0.interval) }
    let checks = self.checks(row, parts: parts, coefficientTotal: coefficientTotal)
    let allowedP = ratioP ?? statisticP
    return AuditedRow(
      printed: row, checks: checks, allowedStatistic: ratio, allowedPValue: allowedP,
      allowedStars: (allowedP ?? row.pValue?.probability).map(specification.stars), allowedTotal: parts?.sum,
      repairs: repairs(of: row, checks, parts: parts, coefficientTotal: coefficientTotal))
  }

  private func repairs(
    of row: PublishedTable.Row, _ checks: [AuditCheck], parts: EffectParts?,
    coefficientTotal: RoundingInterval?
  ) -> [AuditCheck.Kind: [AuditRepair]] {
    let failing = checks.filter { $0.verdict != .consistent }
    guard !failing.isEmpty else { return [:] }
    let search = RepairSearch(
      row: row, parts: parts, sound: Set(checks.map(\.kind)).subtracting(failing.map(\.kind)),
      convention: specification.convention
    ) { self.checks($0, parts: parts, coefficientTotal: coefficientTotal) }
    return Dictionary(uniqueKeysWithValues: failing.map { ($0.kind, search.repairs(of: $0)) })
  }

  /// Every check that the row's cells permit.
  private func checks(
    _ row: PublishedTable.Row, parts: EffectParts?, coefficientTotal: RoundingInterval?
  ) -> [AuditCheck] {
    let reference = specification.reference.reaching(row.leastDegrees)
    let ratio = row.hasNegativeError ? nil : row.ratio
    let ratioP = ratio.map(reference.pValues)
    let statisticP = row.statistic.map { reference.pValues(of: $0.interval) }
    var checks: [AuditCheck] = []
    if row.hasNegativeError, let error = row.standardError {
      checks.append(
        AuditCheck(
          kind: .positiveStandardError, printed: error.text, allowed: RoundingInterval(0, .infinity),
          verdict: .inconsistent, decimals: error.decimals))
    }
    if let statistic = row.statistic {
      if !ignoresSign, let estimate = row.estimate { checks.append(sign(statistic, estimate)) }
      if let ratio {
        checks.append(
          compare(.statisticFromRatio, statistic, ignoresSign ? ratio.magnitude : ratio, reference))
      }
    }
    if let pValue = row.pValue {
      if let statisticP { checks.append(compare(.pValueFromStatistic, pValue, statisticP, reference)) }
      if let ratioP { checks.append(compare(.pValueFromRatio, pValue, ratioP, reference)) }
    }
    if let mark = row.mark {
      if let pValue = row.pValue { checks.append(marks(.starsFromPValue, mark, pValue.probability)) }
      if let statisticP { checks.append(marks(.starsFromStatistic, mark, statisticP)) }
      if let ratioP { checks.append(marks(.starsFromRatio, mark, ratioP)) }
    }
    if let estimate = row.estimate {
      if let parts { checks.append(value(.sum, estimate, parts.sum)) }
      if let coefficientTotal { checks.append(value(.totalFromCoefficients, estimate, coefficientTotal)) }
    }
    return checks
  }

  private func sign(_ statistic: PrintedNumber, _ estimate: PrintedNumber) -> AuditCheck {
    let bounds = estimate.interval
    let allowed = RoundingInterval(bounds.lower < 0 ? -.infinity : 0, bounds.upper > 0 ? .infinity : 0)
    return value(.sign, statistic, allowed)
  }

  private func value(
    _ kind: AuditCheck.Kind, _ cell: PrintedNumber, _ allowed: RoundingInterval
  ) -> AuditCheck {
    AuditCheck(
      kind: kind, printed: cell.text, allowed: allowed,
      verdict: cell.interval.overlaps(allowed) ? .consistent : .inconsistent, decimals: cell.decimals)
  }

  /// A statistic or p value, of which a wrong one may change the row's decision.
  private func compare(
    _ kind: AuditCheck.Kind, _ cell: PrintedNumber, _ allowed: RoundingInterval, _ reference: AuditReference
  ) -> AuditCheck {
    let isStatistic = kind == .statisticFromRatio
    let found = isStatistic ? cell.interval : cell.probability
    let decides = specification.differInDecision(
      isStatistic ? reference.pValues(of: found) : found,
      isStatistic ? reference.pValues(of: allowed) : allowed)
    return AuditCheck(
      kind: kind, printed: cell.text, allowed: allowed,
      verdict: found.overlaps(allowed) ? .consistent : decides ? .decisionError : .inconsistent,
      decimals: cell.decimals)
  }

  private func marks(_ kind: AuditCheck.Kind, _ mark: String, _ pValue: RoundingInterval) -> AuditCheck {
    let convention = specification.convention
    let (rank, allowed) = (convention.rank(of: mark), convention.ranks(of: pValue))
    let decides = (rank > 0 && allowed.upperBound == 0) || (rank == 0 && allowed.lowerBound > 0)
    return AuditCheck(
      kind: kind, printed: mark,
      allowed: RoundingInterval(Double(allowed.lowerBound), Double(allowed.upperBound)),
      verdict: allowed.contains(rank) ? .consistent : decides ? .decisionError : .inconsistent, decimals: 0,
      marks: convention.marks)
  }
}

/// The total effects that a table of coefficients allows where W is row-standardised:
/// (b_k + θ_k)/(1 − ρ), since then (I − ρW)⁻¹ has rows that sum to 1/(1 − ρ).
///
/// Source: LeSage and Pace (2009), Introduction to Spatial Econometrics, 2.7.
struct CoefficientTotals: Equatable {
  /// The model whose coefficients these are, in a table of several.
  let column: String?
  /// The allowed total of each term that has both coefficients.
  let totals: [(term: String, interval: RoundingInterval)]

  static func == (one: CoefficientTotals, other: CoefficientTotals) -> Bool {
    one.column == other.column && one.totals.elementsEqual(other.totals) { $0 == $1 }
  }

  static let parameterNames = ["rho", "Rho", "ρ", "spatial rho", "Spatial rho", "Spatial:rho"]

  /// Throws `AuditError` where there is no ρ below 1, or no term has X and W×X.
  init(_ coefficients: PublishedTable, effects: [String]) throws(AuditError) {
    let parameter = Self.parameterNames.lazy.compactMap { coefficients.row($0) }.first
    guard let rho = parameter?.estimate?.interval, rho.upper < 1 else {
      throw .noSpatialParameter(source: coefficients.source, terms: coefficients.terms)
    }
    // Of several models the first that has ρ.
    column = parameter?.column
    let coefficients = coefficients.rows(of: column)
    let divisor = RoundingInterval(1 - rho.upper, 1 - rho.lower)
    totals = effects.compactMap { term in
      let lagged = coefficients.rows.first { row in
        let factors = CombinationSearch.factors(of: row.term)
        return factors.count == 2 && factors[0].uppercased() == "W" && factors[1] == term
      }
      guard let own = coefficients.row(term)?.estimate, let lag = lagged?.estimate else { return nil }
      return (term, (own.interval + lag.interval).divided(byPositive: divisor))
    }
    guard !totals.isEmpty else {
      throw .noCommonTerms(source: coefficients.source, effects: effects, coefficients: coefficients.terms)
    }
  }

  /// What is allowed for the total of a term.
  subscript(_ term: String) -> RoundingInterval? { totals.first { $0.term == term }?.interval }

  /// What is allowed for a total; nil for that of another model.
  subscript(_ row: PublishedTable.Row) -> RoundingInterval? {
    guard row.column == nil || column == nil || row.column == column else { return nil }
    return self[row.term]
  }
}

extension PublishedTable {
  /// Whether it has the spatial parameter that totals of effects need.
  public var hasSpatialParameter: Bool { CoefficientTotals.parameterNames.contains { row($0) != nil } }

  /// Whether any row prints two things of which one follows from the other.
  public var canBeChecked: Bool {
    rows.contains { row in
      let inference = [row.standardError, row.statistic, row.pValue].compactMap(\.self)
      return inference.count > 1 && row.estimate != nil || row.mark != nil && !inference.isEmpty
        || row.effect == .total || row.statistic != nil && row.pValue != nil
    }
  }
}
