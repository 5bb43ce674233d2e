/// Holds every printed number of a table to what the others allow, by interval arithmetic on their rounding.
///
/// From b and se follows an interval for z, from z one for p, from p the stars that are possible.
/// Source: methods/audit.md; the idea is that of statcheck (Nuijten et al. 2016).
public enum Auditor {
  /// Audits a table; for effects, `coefficients` adds the check of totals against (b + θ)/(1 − ρ).
  ///
  /// Throws `AuditError` where the coefficients do not belong to the effects.
  public static func audit(
    _ table: PublishedTable, coefficients: PublishedTable? = nil,
    _ specification: AuditSpecification = .standard
  ) throws(AuditError) -> AuditResult {
    var totals: CoefficientTotals?
    if let coefficients {
      guard table.hasEffects else { throw .coefficientsWithoutEffects(source: table.source) }
      totals = try CoefficientTotals(coefficients, effects: table.terms)
    }
    let audit = RowAudit(specification: specification, ignoresSign: table.ignoresSign)
    let rows = table.rows.map { row in
      row.effect == .total
        ? audit.audit(row, parts: parts(of: row, in: table), coefficientTotal: totals?[row])
        : audit.audit(row)
    }
    return AuditResult(
      table: table, specification: specification, rows: rows,
      findings: findings(table, rows, specification))
  }

  /// Audits a table by the levels given, else by those of its note, else by the usual ones that explain its rows best;
  /// and with the degrees of freedom given, else by the normal distribution, or by Student's t where it alone gives the
  /// printed p values.
  ///
  /// Throws `AuditError` as `audit(_:coefficients:_:)` does, and for levels or degrees of freedom that are off.
  public static func audit(
    _ table: PublishedTable, coefficients: PublishedTable? = nil, levels: [Double]?, degreesOfFreedom: Double?
  ) throws(AuditError) -> AuditResult {
    let given = try AuditSpecification(
      levels: levels ?? StarConvention.economics.levels, degreesOfFreedom: degreesOfFreedom)
    let reference =
      degreesOfFreedom == nil ? ReferenceSearch(table)?.distribution ?? given.reference : given.reference
    let choice = LevelChoice(table, given: levels, reference)
    let result = try audit(
      table, coefficients: coefficients, AuditSpecification(choice.convention, reference))
    return AuditResult(
      table: table, specification: result.specification, rows: result.rows,
      findings: [choice.finding].compactMap(\.self) + result.findings)
  }

  /// Direct and indirect effect, where both are printed.
  private static func parts(of total: PublishedTable.Row, in table: PublishedTable) -> EffectParts? {
    func estimate(_ effect: PublishedTable.Effect) -> PrintedNumber? {
      table.rows.first { $0.term == total.term && $0.column == total.column && $0.effect == effect }?.estimate
    }
    guard let direct = estimate(.direct), let indirect = estimate(.indirect) else { return nil }
    return EffectParts(direct: direct, indirect: indirect)
  }

  private static func findings(
    _ table: PublishedTable, _ rows: [AuditedRow], _ specification: AuditSpecification
  ) -> [AuditFinding] {
    var findings = table.readings.map { AuditFinding(.reading, rows: [], $0) }
    findings += [
      agreement(of: rows, .sum), agreement(of: rows, .totalFromCoefficients), zeroPValues(table),
      ReferenceSearch(table)?.finding, ParenthesesReading.finding(table, specification),
    ].compactMap(\.self)
    for column in table.columns { findings += CombinationSearch(table.rows(of: column))?.findings ?? [] }
    let unchecked = rows.filter { $0.checks.isEmpty && !GridWords.isVariance($0.printed.term) }.map(
      \.printed.name)
    if !unchecked.isEmpty {
      findings.append(
        AuditFinding(
          .unchecked, rows: unchecked,
          Phrase(
            "Too little is printed to check: \(unchecked.joined(separator: ", ")).",
            zh: "印刷数字不足、无法检查：\(unchecked.joined(separator: "、"))。")))
    }
    return findings
  }

  private static func zeroPValues(_ table: PublishedTable) -> AuditFinding? {
    let zeros = table.rows.filter { $0.pValue?.isPrintedAsZero ?? false }
    guard let cell = zeros.first?.pValue else { return nil }
    let bound = IntervalText.number(cell.interval.upper, max(0, cell.decimals) + 1)
    return AuditFinding(
      .zeroPValue, rows: zeros.map(\.name),
      Phrase(
        "A p value printed as \(cell.text) (\(zeros.map(\.name).joined(separator: ", "))) is not zero: it is"
          + " below \(bound).",
        zh: "印为\(cell.text)的p值（\(zeros.map(\.name).joined(separator: "、"))）并非零，而是小于\(bound)。"))
  }

  /// A total's term, with its model in a table of several.
  private static func name(ofTotal row: PublishedTable.Row) -> String {
    row.column.map { "\(row.term) [\($0)]" } ?? row.term
  }

  /// How many totals agree with direct + indirect, or with the coefficients.
  private static func agreement(of rows: [AuditedRow], _ kind: AuditCheck.Kind) -> AuditFinding? {
    let judged = rows.compactMap { row in
      row.checks.first { $0.kind == kind }.map { (name(ofTotal: row.printed), $0) }
    }
    guard !judged.isEmpty else { return nil }
    let misfits = judged.filter { $0.1.verdict != .consistent }
    let isSum = kind == .sum
    let basis =
      isSum ? Phrase("direct + indirect", zh: "直接＋间接效应") : Phrase("(b + θ)/(1 − ρ)", zh: "(b＋θ)/(1－ρ)")
    func list(_ language: Language) -> String {
      misfits.map { term, check in
        let allowed = check.allowedText.text(in: language)
        return language == .chinese
          ? "\(term)印为\(check.printed)，应为\(allowed)" : "\(term) printed \(check.printed), allowed \(allowed)"
      }.joined(separator: language == .chinese ? "；" : "; ")
    }
    let conclusion =
      isSum
      ? Phrase("", zh: "")
      : Phrase(
        " The effects cannot follow from these coefficients with a row-standardised W.",
        zh: "在行标准化权重下，这些效应不可能由该系数表得出。")
    let text =
      misfits.isEmpty
      ? Phrase(
        "All \(judged.count) totals are \(basis.english) within rounding.",
        zh: "\(judged.count)个总效应在舍入范围内均等于\(basis.chinese)。")
      : Phrase(
        "\(misfits.count) of \(judged.count) totals are not \(basis.english): \(list(.english))."
          + conclusion.english,
        zh:
          "\(judged.count)个总效应中有\(misfits.count)个不等于\(basis.chinese)：\(list(.chinese))。\(conclusion.chinese)")
    return AuditFinding(
      isSum ? .sums : .totals, rows: misfits.map(\.0), text,
      values: [
        JSONMember(
          "allowed",
          .object(judged.map { JSONMember($0.0, $0.1.allowed.json) }))
      ])
  }
}
