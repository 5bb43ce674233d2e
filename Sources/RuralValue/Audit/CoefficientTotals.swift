/// The total effects that a table of coefficients allows where W is row-standardised:
/// (b_k + θ_k)/(1 − ρ), since then (I − ρW)⁻¹ has rows that sum to 1/(1 − ρ).
///
/// Source: LeSage and Pace (2009), Introduction to Spatial Econometrics, 2.7.
struct CoefficientTotals: Equatable {
  /// The allowed total of each term that has both coefficients.
  let totals: [(term: String, interval: RoundingInterval)]

  static func == (one: CoefficientTotals, other: CoefficientTotals) -> Bool {
    one.totals.elementsEqual(other.totals) { $0 == $1 }
  }

  private static let parameterNames = ["rho", "Rho", "ρ", "spatial rho", "Spatial rho", "Spatial:rho"]

  /// Throws `AuditError` where there is no ρ below 1, or no term has X and W×X.
  init(_ coefficients: PublishedTable, effects: [String]) throws(AuditError) {
    guard
      let rho = Self.parameterNames.lazy.compactMap({ coefficients.row($0)?.estimate?.interval }).first,
      rho.upper < 1
    else { throw .noSpatialParameter(source: coefficients.source, terms: coefficients.terms) }
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

  subscript(_ term: String) -> RoundingInterval? { totals.first { $0.term == term }?.interval }
}
