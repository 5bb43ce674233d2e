/// Which degrees of freedom explain the printed p values: p must be that of z, or of b/se where z is absent.
struct ReferenceSearch: Equatable {
  /// Rows that print p and from which z follows.
  let rows: [String]
  /// The rows whose p the normal distribution gives.
  let normalRows: [String]
  /// The whole degrees of freedom of Student's t that give every p: from the first up to the last, which is
  /// nil where there is no upper limit. Nil where none gives all.
  let degrees: (first: Int, last: Int?)?

  static func == (one: ReferenceSearch, other: ReferenceSearch) -> Bool {
    one.rows == other.rows && one.normalRows == other.normalRows
      && one.degrees?.first == other.degrees?.first && one.degrees?.last == other.degrees?.last
  }

  /// Beyond this, t and normal are the same in any printed table.
  private static let most = 100_000

  /// Student's t where it gives every p value and the normal distribution misses several: of at least three, or of two
  /// with so many decimals that one number of degrees of freedom alone gives both.
  var distribution: AuditReference? {
    guard let degrees, normalRows.count <= rows.count - 2, rows.count >= 3 || degrees.first == degrees.last
    else {
      return nil
    }
    return .within(degrees.first, degrees.last)
  }

  init?(_ table: PublishedTable) {
    var pairs: [(name: String, z: RoundingInterval, p: RoundingInterval)] = []
    for row in table.rows {
      guard let p = row.pValue, let z = row.statistic?.interval ?? row.ratio else { continue }
      pairs.append((row.name, z, p.probability))
    }
    guard !pairs.isEmpty else { return nil }
    rows = pairs.map(\.name)
    normalRows = pairs.filter { AuditReference().pValues(of: $0.z).overlaps($0.p) }.map(\.name)
    // p falls as ν rises, so each row allows the ν from where its smallest p is small enough to where its
    // largest is still large enough.
    func allFit(_ side: (RoundingInterval, RoundingInterval) -> Bool, _ degrees: Double) -> Bool {
      let reference = AuditReference(degreesOfFreedom: degrees)
      return pairs.allSatisfy { side(reference.pValues(of: $0.z), $0.p) }
    }
    let isLowEnough = { (found: RoundingInterval, p: RoundingInterval) in found.lower <= p.upper + 1e-12 }
    let isHighEnough = { (found: RoundingInterval, p: RoundingInterval) in found.upper >= p.lower - 1e-12 }
    guard allFit(isLowEnough, Double(Self.most)), allFit(isHighEnough, 1) else {
      degrees = nil
      return
    }
    let first = Self.firstTrue(1...Self.most) { allFit(isLowEnough, Double($0)) }
    guard !allFit(isHighEnough, Double(Self.most)) else {
      degrees = (first, nil)
      return
    }
    let last = Self.firstTrue(1...Self.most) { !allFit(isHighEnough, Double($0)) } - 1
    degrees = first <= last ? (first, last) : nil
  }

  /// The first number for which a condition holds that, once true, stays true, and is at the end.
  private static func firstTrue(_ range: ClosedRange<Int>, _ condition: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  var finding: AuditFinding {
    let isNormal = normalRows.count == rows.count
    let range = degrees.map { first, last in
      last.map { $0 == first ? "\(first)" : "\(first)–\($0)" } ?? "≥ \(first)"
    }
    let fitted = "\(normalRows.count) of \(rows.count)"
    let text: Phrase
    switch (isNormal, range) {
    case (true, let range?):
      text = Phrase(
        "The p values are those of N(0,1) in all \(rows.count) rows; t with \(range) degrees of freedom would"
          + " round to the same.",
        zh: "\(rows.count)行p值均与N(0,1)相符；自由度\(range)的t分布经四舍五入也相同。")
    case (true, nil):
      text = Phrase(
        "The p values are those of N(0,1) in all \(rows.count) rows.", zh: "\(rows.count)行p值均与N(0,1)相符。")
    case (false, let range?):
      text = Phrase(
        "The p values are those of t with \(range) degrees of freedom in all \(rows.count) rows; N(0,1) gives"
          + " \(fitted). \(distribution == nil ? "See \(Setting("df"))." : "Taken, but for \(Setting("df")).")",
        zh: "\(rows.count)行p值均与自由度\(range)的t分布相符，N(0,1)仅符合\(normalRows.count)行，可用\(Setting("df"))指定。")
    case (false, nil):
      text = Phrase(
        "No one reference distribution gives all \(rows.count) p values; N(0,1) gives \(fitted).",
        zh: "没有单一参照分布能给出全部\(rows.count)个p值；N(0,1)符合\(normalRows.count)个。")
    }
    return AuditFinding(
      .reference, rows: rows, text,
      values: [
        JSONMember("normal", .boolean(isNormal)), JSONMember("normal_rows", JSONValue(normalRows)),
        JSONMember("df_from", degrees.map { .integer($0.first) } ?? .null),
        JSONMember("df_to", degrees?.last.map { .integer($0) } ?? .null),
      ])
  }
}
